//! Version against version, line by line.

use maud::{Markup, html};
use order_manager::agreement::{
    Agreed, Carried, Clause, Commitment, CommonEnd, Difference, Provision, Rate, RateLine, Side, Sites, Starts, Term, Wording,
};
use order_manager::catalogue::{AtTermEnd, Catalogue, EarlyTermination};

use super::{Head, Tab, framed, yearly};
use crate::components::ordered::term;
use crate::layout::Context;
use crate::messages::Words;
use crate::path::Path;

/// The parameter with the version compared with.
pub const FROM: &str = "from";
/// The parameter with the version that is looked at.
pub const TO: &str = "version";

/// The page.
#[derive(Clone, Debug)]
pub struct Redline<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The catalogue, for the names of prices.
    pub catalogue: &'a Catalogue,
    /// The versions there are, the first first.
    pub versions: &'a [u32],
    /// The two that are compared; none while there is but one.
    pub between: Option<(u32, u32)>,
    /// What differs.
    pub differences: &'a [Difference<'a>],
}

/// A line that differs: what it is about, what it said and what it says.
struct Change {
    subject: String,
    before: Vec<String>,
    now: Vec<String>,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Redline<'_>) -> Markup {
    let words = context.words;
    let content = match view.between {
        None => html! { p { (words.text("redline-one-version")) } },
        Some((from, to)) => html! {
            (choosing(words, view, from, to))
            @if view.differences.is_empty() { p { (words.text("redline-same")) } }
            @else { (table(words, view, from, to)) }
        },
    };
    framed(context, &view.head, Tab::Redline, vec![], &content)
}

/// The two versions, each to be changed for another.
fn choosing(words: &Words, view: &Redline<'_>, from: u32, to: u32) -> Markup {
    let path =
        |from: u32, to: u32| Tab::Redline.path(view.head.agreement).with(FROM, &from.to_string()).with(TO, &to.to_string());
    html! {
        (versions(words, view, &words.text("redline-from"), from, &|version| path(version, to)))
        (versions(words, view, &words.text("redline-to"), to, &|version| path(from, version)))
    }
}

fn versions(words: &Words, view: &Redline<'_>, label: &str, chosen: u32, leads_to: &dyn Fn(u32) -> Path) -> Markup {
    html! {
        nav aria-label=(label) {
            ul {
                li .about { (label) }
                @for version in view.versions {
                    @let name = words.with("agreement-version", &[("number", (*version).into())]);
                    li {
                        @if *version == chosen { strong { a href=(leads_to(*version)) aria-current="true" { (name) } } }
                        @else { a href=(leads_to(*version)) { (name) } }
                    }
                }
            }
        }
    }
}

fn table(words: &Words, view: &Redline<'_>, from: u32, to: u32) -> Markup {
    let version = |number: u32| words.with("agreement-version", &[("number", number.into())]);
    html! {
        table .compare {
            caption .vh { (words.text("agreement-tab-redline")) }
            thead { tr {
                th scope="col" { (words.text("redline-what")) }
                th scope="col" { (version(from)) }
                th scope="col" { (version(to)) }
            } }
            tbody {
                @for change in view.differences.iter().map(|difference| change(words, view.catalogue, difference)) {
                    tr {
                        th scope="row" { (change.subject) }
                        td { (lines(&change.before, |said| html! { del { (said) } })) }
                        td { (lines(&change.now, |said| html! { ins { (said) } })) }
                    }
                }
            }
        }
    }
}

fn lines(said: &[String], mark: impl Fn(&str) -> Markup) -> Markup {
    html! {
        @if said.is_empty() { "–" }
        @for line in said { p { (mark(line)) } }
    }
}

/// A difference in words.
fn change(words: &Words, catalogue: &Catalogue, difference: &Difference<'_>) -> Change {
    let both = |subject: &str, before: Vec<String>, now: Vec<String>| Change { subject: subject.to_owned(), before, now };
    match difference {
        Difference::Name(before, now) => both(&words.text("terms-name"), vec![(*before).to_owned()], vec![(*now).to_owned()]),
        Difference::Parties(before, now) => {
            let said =
                |parties: &order_manager::agreement::Parties| vec![parties.company.to_string(), parties.customer.to_string()];
            both(&words.text("redline-parties"), said(before), said(now))
        }
        Difference::Term(before, now) => {
            both(&words.text("agreement-term"), term_in_words(words, before), term_in_words(words, now))
        }
        Difference::Sites(before, now) => both(&words.text("agreement-sites"), sites(words, before), sites(words, now)),
        Difference::Document(side) => {
            let document = |document: &order_manager::agreement::Document| document.title.to_string();
            one(side, |_| words.text("redline-document").into_owned(), |it| vec![document(it)])
        }
        Difference::Precedence(before, now) => {
            let said = |ids: &[&order_manager::id::DocumentId]| ids.iter().map(ToString::to_string).collect();
            both(&words.text("redline-precedence"), said(before), said(now))
        }
        Difference::Rate(side) => one(side, |line| rate_subject(words, catalogue, line), |line| rate_in_words(words, line)),
        Difference::Commitment(before, now) => {
            let said = |commitment: &Option<&Commitment>| {
                commitment.map_or_else(Vec::new, |commitment| {
                    let mut said: Vec<String> = yearly(words, commitment).into_iter().map(Into::into).collect();
                    said.push(words.with("redline-shortfall", &[("percent", commitment.shortfall.to_string().into())]).into());
                    said
                })
            };
            both(&words.text("agreement-commitment"), said(before), said(now))
        }
        Difference::EarlyTermination(before, now) => both(&words.text("terms-early"), ending(words, before), ending(words, now)),
        Difference::Provision(side) => {
            one(side, |_| words.text("terms-more").into_owned(), |provision| vec![provision_in_words(words, provision)])
        }
        Difference::Clause(side) => one(side, |clause| clause.heading.to_string(), |clause| clause_in_words(words, clause)),
    }
}

/// Something that is in one of the versions, or in both.
fn one<T>(side: &Side<'_, T>, subject: impl Fn(&T) -> String, said: impl Fn(&T) -> Vec<String>) -> Change {
    match side {
        Side::Gone(before) => Change { subject: subject(before), before: said(before), now: vec![] },
        Side::New(now) => Change { subject: subject(now), before: vec![], now: said(now) },
        Side::Changed(before, now) => Change { subject: subject(now), before: said(before), now: said(now) },
    }
}

fn term_in_words(words: &Words, it: &Term) -> Vec<String> {
    let starts = match it.starts {
        Starts::LaterSignature => words.text("agreement-starts-signed").into_owned(),
        Starts::On(day) => words.short_date(day),
    };
    let at_end = match it.at_end {
        AtTermEnd::RollMonthly => words.text("terms-rolls"),
        AtTermEnd::Renew => words.text("terms-renews"),
        AtTermEnd::Disconnect => words.text("terms-ends"),
    };
    let notice = words.with("redline-notice", &[("days", it.notice_days.into())]);
    vec![term(words, it.months).into_owned(), starts, at_end.into_owned(), notice.into_owned()]
}

fn sites(words: &Words, sites: &Sites) -> Vec<String> {
    match sites {
        Sites::Every => vec![words.text("agreement-sites-all").into_owned()],
        Sites::These(sites) => sites.values().map(ToString::to_string).collect(),
    }
}

fn rate_subject(words: &Words, catalogue: &Catalogue, line: &RateLine) -> String {
    let found = line.subject.in_catalogue(catalogue);
    found.map_or_else(
        || line.subject.to_string(),
        |(offering, price, _)| {
            format!("{}, {}", offering.name.in_language(words.language()), price.label.in_language(words.language()))
        },
    )
}

fn rate_in_words(words: &Words, line: &RateLine) -> Vec<String> {
    let one = |rate: Rate| match rate {
        Rate::Amount(amount) => amount.to_string(),
        rate if rate.is_list() => words.text("redline-list").into_owned(),
        Rate::Off(percent) => words.with("redline-off", &[("percent", percent.to_string().into())]).into_owned(),
    };
    let mut said: Vec<String> = match &line.agreed {
        Agreed::Flat(rate) => vec![one(*rate)],
        Agreed::ByVolume(tiers) => tiers
            .iter()
            .map(|tier| {
                let from = words.with("prices-from", &[("count", tier.from.into())]);
                format!("{from}: {}", one(tier.rate))
            })
            .collect(),
    };
    if let Carried::OffNet(quote) = &line.carried {
        let quoted = [("supplier", (&*quote.supplier).into()), ("date", words.short_date(quote.expires).into())];
        said.push(words.with("prices-floor-quoted", &quoted).into_owned());
    }
    said
}

fn ending(words: &Words, charge: &EarlyTermination) -> Vec<String> {
    let share = [("first", charge.first_year.to_string().into()), ("after", charge.after.to_string().into())];
    let most = charge.at_most.map(|most| words.with("review-contract-early-most", &[("amount", most.to_string().into())]));
    std::iter::once(words.with("redline-ending", &share)).chain(most).map(Into::into).collect()
}

fn provision_in_words(words: &Words, provision: &Provision) -> String {
    match provision {
        Provision::RateReview { every_months } => {
            format!("{} {}", words.text("terms-review"), term(words, *every_months))
        }
        Provision::TechnologyUpgrade { after_months } => {
            format!("{} {}", words.text("terms-upgrade"), term(words, *after_months))
        }
        Provision::BusinessDownturn { drop, relief } => {
            let shares = [("drop", drop.to_string().into()), ("relief", relief.to_string().into())];
            words.with("redline-downturn", &shares).into_owned()
        }
        Provision::CoTerminous { on: CommonEnd::WithAgreement } => words.text("terms-together-with-agreement").into_owned(),
        Provision::CoTerminous { on: CommonEnd::On(day) } => {
            words.with("redline-together-on", &[("date", words.short_date(*day).into())]).into_owned()
        }
        Provision::Affiliates(names) => format!("{}: {}", words.text("terms-affiliates"), names.join(", ")),
        Provision::ServiceCredit { objective, share } => {
            let with = [("objective", (&**objective).into()), ("percent", share.to_string().into())];
            words.with("redline-credit", &with).into_owned()
        }
    }
}

fn clause_in_words(words: &Words, clause: &Clause) -> Vec<String> {
    match &clause.wording {
        Wording::Standard => vec![words.text("clauses-standard").into_owned()],
        Wording::Changed { text, reason } => {
            vec![text.to_string(), words.with("clauses-because", &[("reason", (&**reason).into())]).into_owned()]
        }
    }
}
