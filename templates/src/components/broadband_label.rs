//! The broadband label of 47 CFR 8.1(a), in the form the rule gives: what a plan costs and does, told the same way by everybody.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::broadband::Plan;
use order_manager::catalogue::BroadbandLabel;
use order_manager::money::Money;
use order_manager::pricing::PriceLine;

use super::unbroken::unbroken;
use crate::messages::Words;
use crate::path::{Outside, Path};

/// What a label says: the catalogue's own facts, and the prices that go with the plan.
#[derive(Clone, Debug)]
pub struct BroadbandFacts<'a> {
    /// Speeds, latency, data, identifier.
    pub label: &'a BroadbandLabel,
    /// The plan's name: the service and its speed tier.
    pub plan: &'a str,
    /// Monthly price.
    pub monthly: Money,
    /// When that price is introductory: for how long, and what follows.
    pub introductory: Option<Introductory>,
    /// The length of the contract that the price asks for; `None` when it asks for none.
    pub contract_months: Option<u16>,
    /// Monthly fees of ours beside the price.
    pub monthly_fees: Vec<(Cow<'a, str>, Money)>,
    /// What is paid once, when ordering.
    pub one_time_fees: Vec<(Cow<'a, str>, Money)>,
    /// The most that ending early can cost.
    pub early_termination: Option<Money>,
    /// Estimated taxes a month, where they are known.
    pub taxes: Option<Money>,
}

impl<'a> BroadbandFacts<'a> {
    /// What a plan's label says, in a language.
    #[must_use]
    pub fn of(plan: &Plan<'a>, words: &Words) -> Self {
        let fees = |lines: &[PriceLine], amount: fn(&PriceLine) -> Option<Money>| {
            let fee = |line: &PriceLine| Some((line.label.in_language(words.language()).to_owned().into(), amount(line)?));
            lines.iter().filter_map(fee).collect()
        };
        Self {
            label: plan.label,
            plan: plan.name.in_language(words.language()),
            monthly: plan.monthly,
            introductory: plan.introductory.map(|(months, then)| Introductory { months, then }),
            contract_months: None,
            monthly_fees: fees(&plan.monthly_fees, PriceLine::monthly),
            one_time_fees: fees(&plan.one_time_fees, PriceLine::once),
            early_termination: None,
            taxes: Some(plan.taxes),
        }
    }
}

/// An introductory price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Introductory {
    /// For so many months.
    pub months: u16,
    /// What it costs after them.
    pub then: Money,
}

/// The label. `id` keeps the ids of several labels on a page apart.
#[must_use]
pub fn broadband_label(words: &Words, id: &str, facts: &BroadbandFacts<'_>) -> Markup {
    let label = facts.label;
    html! {
        section .facts aria-labelledby=(id) {
            h3 id=(id) { (words.text("label-title")) span .vh { ": " (facts.plan) } }
            p .provider { (words.text("site-name")) }
            p .plan { (facts.plan) }
            p { (words.text("label-kind")) }
            dl .thick {
                (row(&words.text("label-monthly"), &facts.monthly.to_string(), true))
            }
            (price_terms(words, facts))
            h4 .thick { (words.text("label-charges")) }
            dl {
                (fees(words, &words.text("label-monthly-fees"), &facts.monthly_fees))
                (fees(words, &words.text("label-one-time-fees"), &facts.one_time_fees))
                (row(&words.text("label-early-termination"), &amount_or_none(words, facts.early_termination), true))
                @match facts.taxes {
                    Some(taxes) => (row(&words.text("label-taxes"), &taxes.to_string(), true)),
                    None => (row(&words.text("label-taxes"), &words.text("label-taxes-vary"), true)),
                }
            }
            h4 .thick { (words.text("label-discounts")) }
            p { a href=(Path::HELP.at("discounts")) { (words.text("label-discounts-link")) } " " (words.text("label-discounts-text")) }
            h4 .thick { (words.text("label-speeds")) }
            dl {
                (row(&words.text("label-download"), &words.with("label-mbps", &[("speed", label.download_mbps.into())]), false))
                (row(&words.text("label-upload"), &words.with("label-mbps", &[("speed", label.upload_mbps.into())]), false))
                (row(&words.text("label-latency"), &words.with("label-ms", &[("latency", label.latency_ms.into())]), false))
            }
            dl .thick {
                @match label.data_included_gb {
                    Some(data) => {
                        (row(&words.text("label-data"), &words.with("label-gb", &[("data", data.into())]), true))
                        (row(&words.text("label-overage"), &Money::zero(facts.monthly.currency()).to_string(), false))
                    },
                    None => {
                        (row(&words.text("label-data"), &words.text("label-unlimited"), true))
                        (row(&words.text("label-overage"), &words.text("label-overage-none"), false))
                    }
                }
            }
            dl .thick {
                (linked(&words.text("label-network"), &Path::TERMS.at("network-management"), &words.text("label-policy")))
                (linked(&words.text("label-privacy"), &Path::PRIVACY, &words.text("label-policy")))
            }
            h4 .thick { (words.text("label-support")) }
            p { a href=(Path::HELP) { (words.text("label-contact")) } " " (unbroken(&words.text("help-phone"))) }
            p .thick {
                (words.text("label-learn")) " "
                a href=(Outside::FCC_CONSUMER.as_str()) { "fcc.gov/consumer" }
            }
            p .id { (words.text("label-plan-id")) " " span .number { (label.plan_id) } }
        }
    }
}

/// What the rule makes each label say of its price.
fn price_terms(words: &Words, facts: &BroadbandFacts<'_>) -> Markup {
    html! {
        p {
            @match facts.introductory {
                None => (words.text("label-not-introductory")),
                Some(price) => (words.with(
                    "label-introductory",
                    &[("months", price.months.into()), ("then", price.then.to_string().into())],
                )),
            }
        }
        p {
            @match facts.contract_months {
                None => (words.text("label-no-contract")),
                Some(months) => {
                    (words.with("label-contract", &[("months", months.into())])) " "
                    a href=(Path::TERMS) { (words.text("label-contract-terms")) }
                },
            }
        }
    }
}

fn fees(words: &Words, title: &str, fees: &[(Cow<'_, str>, Money)]) -> Markup {
    html! {
        @if fees.is_empty() {
            (row(title, &words.text("label-none"), true))
        } @else {
            div .head { dt { (title) } dd {} }
            @for (label, amount) in fees { div .sub { dt { (label) } dd { (amount) } } }
        }
    }
}

fn row(key: &str, value: &str, strong: bool) -> Markup {
    html! { div .strong[strong] { dt { (key) } dd { (value) } } }
}

fn linked(key: &str, to: &Path, label: &str) -> Markup {
    html! { div .strong { dt { (key) } dd { a href=(to) { (label) span .vh { ": " (key) } } } } }
}

fn amount_or_none(words: &Words, amount: Option<Money>) -> String {
    amount.map_or_else(|| words.text("label-none").into_owned(), |amount| amount.to_string())
}
