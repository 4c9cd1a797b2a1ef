//! What has to be approved before an agreement is sent, by whom and in what order; and what has become of it.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::access::ActedBy;
use order_manager::agreement::{Agreement, ApprovalNeed, Because, Event, Given, Stage, TrailEntry};
use order_manager::catalogue::{ApprovalRule, Catalogue, Threshold};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::ApprovalLevelId;

use super::{Head, Tab, framed, moment};
use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, button_form, form};
use crate::components::select::{SelectOption, select};
use crate::components::tag::{Tone, tag};
use crate::components::text_input::{Size, TextInput, text_input};
use crate::components::textarea::textarea;
use crate::components::timeline::{Progress, Step, timeline};
use crate::layout::Context;
use crate::messages::{Asks, Words};

/// The field with why it is given back.
pub const RETURN_REASON: &str = "return-reason";
/// Approving, as addresses name it.
pub const APPROVE: &str = "approve";
/// Giving it back, as addresses name it.
pub const RETURN: &str = "return";
/// Waiving a floor, as addresses name it.
pub const WAIVE: &str = "waive";
/// The field with the price whose floor is waived.
pub const SUBJECT: &str = "subject";
/// The field with how low it may go.
pub const DOWN_TO: &str = "down-to";
/// The field with why.
pub const WAIVER_REASON: &str = "waiver-reason";

/// The page.
#[derive(Clone, Debug)]
pub struct Approvals<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The catalogue, for the names of rules and levels.
    pub catalogue: &'a Catalogue,
    /// What this version needs, the lowest level first.
    pub needed: &'a [ApprovalNeed],
    /// What the reader may decide.
    pub deciding: Deciding,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// What the reader may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// Nothing.
    Nothing,
    /// Nothing, because it is their own.
    Own,
    /// Whether to approve it.
    Approval,
    /// Whether a price may go below its floor: the version is being written, and not by them.
    Waiver,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Approvals<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let reason = Field::new(RETURN_REASON, words.text("offer-return-reason"));
    let waiver = Waiver::new(words);
    let trail: Vec<_> = view.agreement.trail.iter().map(|entry| step(words, view, entry)).collect();
    let content = html! {
        @if view.needed.is_empty() {
            p .lede { (words.text("approvals-none")) }
        } @else {
            p .lede { (words.text("approvals-lede")) }
            (needed(words, view))
        }
        (deciding(context, view, &filled, &reason))
        @if view.deciding == Deciding::Waiver { (waiving(context, view, &filled, &waiver)) }
        h2 { (words.text("approvals-trail")) }
        (timeline(words, &trail))
    };
    framed(
        context,
        &view.head,
        Tab::Approvals,
        filled.problems(&[&reason, &waiver.subject, &waiver.down_to, &waiver.reason]),
        &content,
    )
}

fn needed(words: &Words, view: &Approvals<'_>) -> Markup {
    let (rule_is, from, here) = (words.text("approvals-rule"), words.text("approvals-threshold"), words.text("approvals-found"));
    let stands = words.text("approvals-standing");
    html! {
        div .scroll role="region" aria-label=(words.text("approvals-needed")) tabindex="0" {
            table .compare.stack {
                caption .vh { (words.text("approvals-needed")) }
                thead { tr {
                    th scope="col" { (words.text("approvals-who")) }
                    @for column in [&rule_is, &from, &here, &stands] { th scope="col" { (column) } }
                } }
                tbody {
                    @for level in view.needed.chunk_by(|one, other| one.level == other.level) {
                        @for (index, need) in level.iter().enumerate() {
                            @let rule = view.catalogue.negotiation.iter().flat_map(|all| &all.rules).find(|rule| rule.id == need.rule);
                            tr {
                                @if index == 0 { th .item scope="row" rowspan=(level.len()) { (level_name(words, view, &need.level)) } }
                                td data-label=(rule_is) { @if let Some(rule) = rule { (rule.label.in_language(words.language())) } }
                                td data-label=(from) { @if let Some(rule) = rule { (threshold(words, rule)) } }
                                td data-label=(here) { (found(words, view, &need.because)) }
                                @if index == 0 { td data-label=(stands) rowspan=(level.len()) { (standing(words, view, &need.level)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a level is called.
fn level_name<'a>(words: &Words, view: &'a Approvals<'_>, level: &'a ApprovalLevelId) -> &'a str {
    let known = view.catalogue.approval_levels().iter().find(|known| known.id == *level);
    known.map_or(level.as_str(), |known| known.name.in_language(words.language()))
}

fn threshold<'a>(words: &'a Words, rule: &ApprovalRule) -> Cow<'a, str> {
    match rule.when {
        Threshold::DiscountAbove(percent) => words.with("approvals-over", &[("value", format!("{percent}%").into())]),
        Threshold::MarginBelow(percent) => words.with("approvals-under", &[("value", format!("{percent}%").into())]),
        Threshold::ValueAbove(amount) => words.with("approvals-over", &[("value", amount.to_string().into())]),
        Threshold::ClauseChanged => words.text("approvals-any-change"),
    }
}

/// What this version has: the first, and how many more.
fn found<'a>(words: &'a Words, view: &Approvals<'_>, because: &[Because]) -> Cow<'a, str> {
    let Some(first) = because.iter().max_by_key(|because| weight(because)) else { return "".into() };
    let price = |subject: &order_manager::agreement::RateSubject| {
        let found = subject.in_catalogue(view.catalogue);
        found.map_or_else(
            || subject.to_string(),
            |(offering, price, _)| {
                let (offering, price) = (offering.name.in_language(words.language()), price.label.in_language(words.language()));
                format!("{offering}, {price}")
            },
        )
    };
    let said = match first {
        Because::Discount(subject, percent) | Because::Margin(subject, percent) => format!("{percent}% ({})", price(subject)),
        Because::Value(amount) => amount.to_string(),
        Because::Clause(clause) => {
            let clause = view.agreement.version().terms.clauses.iter().find(|known| known.id == *clause);
            clause.map_or_else(String::new, |clause| clause.heading.to_string())
        }
    };
    match because.len() - 1 {
        0 => said.into(),
        more => words.with("approvals-more", &[("first", said.into()), ("count", more.into())]),
    }
}

/// How much a reason weighs beside others of its rule: the largest discount, the smallest margin.
fn weight(because: &Because) -> i32 {
    match because {
        Because::Discount(_, percent) => percent.0,
        Because::Margin(_, percent) => -percent.0,
        Because::Value(_) | Because::Clause(_) => 0,
    }
}

fn standing(words: &Words, view: &Approvals<'_>, level: &ApprovalLevelId) -> Markup {
    let given: Option<&Given> = view.agreement.newest.approvals().iter().find(|given| given.level == *level);
    html! {
        @match (given, &view.agreement.newest) {
            (Some(given), _) => {
                (tag(Tone::Good, &words.with("offer-approval-given", &[("name", (&*given.by.name).into())])))
                p .about { (moment(words, given.at)) }
            }
            (None, Stage::InApproval(_)) => (tag(Tone::Attention, &words.text("approvals-waiting"))),
            (None, _) => (tag(Tone::Neutral, &words.text("approvals-open"))),
        }
    }
}

fn deciding(context: &Context<'_>, view: &Approvals<'_>, filled: &Filled<'_>, reason: &Field<'_>) -> Markup {
    let words = context.words;
    let (approve, give_back) = (words.text("offer-approve"), words.text("offer-return"));
    match view.deciding {
        Deciding::Nothing | Deciding::Waiver => html! {},
        Deciding::Own => html! { p .note { (words.text("approvals-own")) } },
        Deciding::Approval => html! {
            div .actions { (button_form(context, &view.head.action(APPROVE), Some(view.head.saved), &primary(&approve))) }
            p { (words.text("approvals-take-over")) " " a href=(Tab::Prices.path(view.head.agreement)) { (words.text("approvals-take-over-link")) } }
            section .card .column {
                h2 { (give_back) }
                (form(
                    context,
                    &Form { action: &view.head.action(RETURN), save: &give_back, version: Some(view.head.saved), uploads: false },
                    &html! {
                        (textarea(filled, reason, 2, Some("off")))
                        div .actions { (primary(&give_back)) }
                    },
                ))
            }
        },
    }
}

/// The fields of a waiver.
struct Waiver<'a> {
    subject: Field<'a>,
    down_to: Field<'a>,
    reason: Field<'a>,
}

impl<'a> Waiver<'a> {
    fn new(words: &'a Words) -> Self {
        Self {
            subject: Field::new(SUBJECT, words.text("approvals-waive-subject")).asks(Asks::Choosing),
            down_to: Field::new(DOWN_TO, words.text("approvals-waive-down-to")).hint(words.text("approvals-waive-down-to-hint")),
            reason: Field::new(WAIVER_REASON, words.text("approvals-waive-reason")),
        }
    }
}

fn waiving(context: &Context<'_>, view: &Approvals<'_>, filled: &Filled<'_>, fields: &Waiver<'_>) -> Markup {
    let words = context.words;
    let waive = words.text("approvals-waive");
    let prices: Vec<_> = view
        .agreement
        .version()
        .terms
        .rates
        .iter()
        .filter_map(|line| {
            let (offering, price, _) = line.subject.in_catalogue(view.catalogue)?;
            let language = words.language();
            let label = format!("{}, {}", offering.name.in_language(language), price.label.in_language(language));
            Some(SelectOption { value: line.subject.to_string().into(), label: label.into(), unavailable: None })
        })
        .collect();
    let controls = html! {
        p { (words.text("approvals-waive-about")) }
        (select(filled, &fields.subject, &prices, None))
        (text_input(filled, &fields.down_to, &TextInput { size: Size::Short, ..TextInput::filled_in_by("off") }))
        (textarea(filled, &fields.reason, 2, Some("off")))
        div .actions { (primary(&waive)) }
    };
    html! {
        section .card .column {
            h2 { (waive) }
            (form(
                context,
                &Form { action: &view.head.action(WAIVE), save: &waive, version: Some(view.head.saved), uploads: false },
                &controls,
            ))
        }
    }
}

/// Something that happened, as a step of the trail.
fn step<'a>(words: &'a Words, view: &'a Approvals<'_>, entry: &'a TrailEntry) -> Step<'a> {
    let name = match &entry.by {
        Some(ActedBy::Staff(staff)) => &*staff.name,
        // What lapses is nobody's doing, and its words name nobody.
        Some(ActedBy::Customer(_) | ActedBy::Partner(_)) | None => &*view.agreement.customer.name,
    };
    let said = |key| words.with(key, &[("name", name.into()), ("number", entry.seen.version.into())]);
    let (title, note): (_, Option<Cow<'_, str>>) = match &entry.event {
        Event::Begun => (said("approvals-begun"), None),
        Event::Edited => (said("approvals-edited"), None),
        Event::Voided(levels) => {
            let levels: Vec<_> = levels.iter().map(|level| level_name(words, view, level)).collect();
            (said("approvals-voided"), Some(levels.join(", ").into()))
        }
        Event::Waived(subject) => (said("approvals-waived"), Some(subject.to_string().into())),
        Event::ApprovalAsked => (said("approvals-asked"), None),
        Event::Withdrawn => (said("approvals-taken-back"), None),
        Event::Approved(level) => (said("approvals-approved"), Some(level_name(words, view, level).into())),
        Event::Returned(reason) => (said("approvals-returned"), Some((&**reason).into())),
        Event::Sent(until) => (said("approvals-sent"), Some(words.short_date(*until).into())),
        Event::Countered => (said("approvals-countered"), None),
        Event::ClauseAnswered => (said("approvals-answered"), None),
        Event::Accepted => (said("approvals-accepted"), None),
        Event::Countersigned(from) => (said("approvals-countersigned"), Some(words.short_date(*from).into())),
        Event::Declined => (said("approvals-declined"), None),
        Event::Recalled(reason) => (said("approvals-recalled"), Some((&**reason).into())),
        Event::Terminated(reason) => (said("approvals-terminated"), Some((&**reason).into())),
        Event::Expired => (said("approvals-expired"), None),
        Event::TakenOver => (said("approvals-taken-over"), None),
    };
    Step { title, progress: Progress::Done, when: Some(moment(words, entry.at).into()), note }
}
