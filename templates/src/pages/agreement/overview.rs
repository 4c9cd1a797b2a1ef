//! An agreement: what it is about, how far its commitment is met, its versions, and what can be done about it.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{Agreement, ClauseAnswer, Countered, InForce, Signature, Sites, Stage, Starts};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::ClauseId;

use super::{Head, Tab, framed, moment, stage_tag};
use crate::components::banner::banner;
use crate::components::button::{link, primary};
use crate::components::commitment::{CommitmentMeter, commitment_meter};
use crate::components::date_input::date_input;
use crate::components::details::details;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, button_form, form};
use crate::components::ordered::term;
use crate::components::radios::{Choice, radios};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::text_input::{TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::Context;
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The field with who signs for us.
pub const SIGNER: &str = "name";
/// The field with the title of who signs.
pub const SIGNER_TITLE: &str = "title";
/// The field with what gives the signer the right to sign.
pub const AUTHORITY: &str = "authority";
/// The hidden field with the fingerprint of the text that is signed.
pub const TEXT: &str = "text";
/// The field with the last day on which the customer may accept it.
pub const OPEN_UNTIL: &str = "valid-until";
/// The field with why it is taken back from the customer.
pub const RECALL_REASON: &str = "recall-reason";
/// The field with why it ends before its term.
pub const TERMINATION_REASON: &str = "termination-reason";
/// The field with the day on which it ends.
pub const TERMINATES: &str = "last-day";
/// What the name of the field with our answer to a clause ends with.
pub const ANSWER: &str = "-answer";
/// What the name of the field with other words for a clause ends with.
pub const OTHER_WORDS: &str = "-text";
/// What the name of the field with the reason for other words than the standard ends with.
pub const REASON: &str = "-reason";
/// The clause is taken as the customer wants it.
pub const ACCEPTED: &str = "accepted";
/// The clause stays as it was.
pub const REFUSED: &str = "refused";
/// The clause gets other words still.
pub const COUNTERED: &str = "countered";

/// The page.
#[derive(Clone, Debug)]
pub struct Overview<'a> {
    /// What every page says.
    pub head: Head<'a>,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// How far this year's commitment is met, once it is in force and something is committed to.
    pub meter: Option<CommitmentMeter>,
    /// What the reader can do about it now.
    pub deeds: &'a [Deed],
    /// Where ordering under it begins, once it is in force.
    pub order: Option<Path>,
    /// Today.
    pub today: Date,
    /// The last day until which it may be open to the customer.
    pub open_at_most: Date,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// Something that can be done about an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Have it approved.
    AskApproval,
    /// Take it back from approval.
    TakeBack,
    /// Send it to the customer.
    Send,
    /// Take it back from the customer.
    Recall,
    /// Go on from what the customer wants otherwise.
    AnswerCounter,
    /// Sign for the company.
    Countersign,
    /// Write the next version.
    Revise,
    /// End it before its term.
    Terminate,
    /// Negotiate it from now on.
    TakeOver,
    /// Close an offer that was open until a day that is over.
    Lapse,
}

impl Deed {
    /// Everything that can be done.
    pub const ALL: [Self; 10] = [
        Self::AskApproval,
        Self::TakeBack,
        Self::Send,
        Self::Recall,
        Self::AnswerCounter,
        Self::Countersign,
        Self::Revise,
        Self::Terminate,
        Self::TakeOver,
        Self::Lapse,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AskApproval => "ask-approval",
            Self::TakeBack => "take-back",
            Self::Send => "send",
            Self::Recall => "recall",
            Self::AnswerCounter => "answer",
            Self::Countersign => "countersign",
            Self::Revise => "revise",
            Self::Terminate => "terminate",
            Self::TakeOver => "take-over",
            Self::Lapse => "lapse",
        }
    }

    /// What can be done by this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == name)
    }
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Overview<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let fields = Fields::new(words, view);
    let content = html! {
        @if let Some(order) = &view.order { div .actions { (link(order, &words.text("agreement-order"))) } }
        @if let Stage::Draft(draft) = &view.agreement.newest {
            @if let Some(returned) = &draft.returned {
                @let said = words.with("offer-returned-by", &[("name", (&*returned.by.name).into())]);
                (banner(Tone::Attention, &said, &html! { p { (returned.reason) } }))
            }
        }
        @if let Stage::Countered(countered) = &view.agreement.newest { (counter(context, view, &filled, &fields, countered)) }
        @for deed in view.deeds { (doing(context, view, &filled, &fields, *deed)) }
        h2 { (words.text("agreement-about")) }
        (summary_list(words, &rows(words, view)))
        @if let Some(meter) = &view.meter {
            h2 { (words.text("commitment-title")) }
            (commitment_meter(words, meter))
        }
        (signatures(words, &view.agreement.newest))
        h2 { (words.text("agreement-versions")) }
        (versions(words, view))
    };
    framed(context, &view.head, Tab::Overview, filled.problems(&fields.in_order()), &content)
}

/// The page's fields.
struct Fields<'a> {
    signer: Field<'a>,
    title: Field<'a>,
    authority: Field<'a>,
    open_until: Field<'a>,
    recall: Field<'a>,
    termination: Field<'a>,
    terminates: Field<'a>,
    answers: Vec<(&'a ClauseId, [Field<'a>; 3])>,
}

impl<'a> Fields<'a> {
    fn new(words: &'a Words, view: &'a Overview<'_>) -> Self {
        let open: &[_] = match &view.agreement.newest {
            Stage::Countered(countered) if view.deeds.contains(&Deed::AnswerCounter) => &countered.counter.clauses,
            _ => &[],
        };
        let answers = open.iter().map(|wish| {
            let clause = &wish.clause;
            let answer = Field::new(format!("{clause}{ANSWER}"), words.text("agreement-our-answer")).asks(Asks::Choosing);
            let other = Field::new(format!("{clause}{OTHER_WORDS}"), words.text("agreement-other-words"))
                .hint(words.text("agreement-other-words-hint"))
                .optional();
            let reason = Field::new(format!("{clause}{REASON}"), words.text("agreement-answer-reason"))
                .hint(words.text("clauses-reason-hint"))
                .optional();
            (clause, [answer, other, reason])
        });
        Self {
            signer: Field::new(SIGNER, words.text("agreement-signer")),
            title: Field::new(SIGNER_TITLE, words.text("agreement-signer-title")),
            authority: Field::new(AUTHORITY, words.text("agreement-authority")).hint(words.text("agreement-authority-hint")),
            open_until: Field::new(OPEN_UNTIL, words.text("agreement-send-until")),
            recall: Field::new(RECALL_REASON, words.text("agreement-recall-reason"))
                .hint(words.text("agreement-recall-reason-hint")),
            termination: Field::new(TERMINATION_REASON, words.text("agreement-termination-reason")),
            terminates: Field::new(TERMINATES, words.text("agreement-terminates")),
            answers: answers.collect(),
        }
    }

    fn in_order(&self) -> Vec<&Field<'a>> {
        let Self { signer, title, authority, open_until, recall, termination, terminates, answers } = self;
        let first = answers.iter().flat_map(|(_, fields)| fields);
        first.chain([signer, title, authority, open_until, recall, terminates, termination]).collect()
    }
}

fn rows<'a>(words: &'a Words, view: &'a Overview<'_>) -> Vec<Row<'a>> {
    let terms = &view.agreement.version().terms;
    let edit = |tab: Tab| view.head.is_open().then(|| tab.path(view.head.agreement));
    let (starts, ends) = match &view.agreement.newest {
        Stage::InForce(InForce { from, until, .. }) => (words.short_date(*from).into(), words.short_date(*until).into()),
        _ => {
            let starts = match terms.term.starts {
                Starts::LaterSignature => words.text("agreement-starts-signed"),
                Starts::On(day) => words.short_date(day).into(),
            };
            (starts, words.text("agreement-ends-open"))
        }
    };
    let sites = match &terms.sites {
        Sites::Every => vec![words.text("agreement-sites-all")],
        Sites::These(sites) => sites.values().map(|place| (&**place).into()).collect(),
    };
    let commitment = match &terms.commitment {
        None => vec![words.text("agreement-commitment-none")],
        Some(commitment) => super::yearly(words, commitment),
    };
    let row = |key, value, tab| Row { change: edit(tab), ..Row::new(key, value) };
    vec![
        Row::new(words.text("agreement-owner"), &*view.agreement.owner.name),
        row(words.text("agreement-term"), term(words, terms.term.months), Tab::Terms),
        row(words.text("agreement-starts"), starts, Tab::Terms),
        row(words.text("agreement-ends"), ends, Tab::Terms),
        Row { key: words.text("agreement-sites"), lines: sites, change: edit(Tab::Terms), file: None },
        Row { key: words.text("agreement-commitment"), lines: commitment, change: edit(Tab::Terms), file: None },
    ]
}

/// The versions, the newest first.
fn versions(words: &Words, view: &Overview<'_>) -> Markup {
    let agreement = view.agreement;
    let newest = (agreement.version().number, agreement.state(), agreement.changed);
    let earlier = agreement.earlier.iter().rev().map(|version| (version.number, version.state, version.since));
    html! {
        ul .tasks {
            @for (number, state, since) in std::iter::once(newest).chain(earlier) {
                @let path = Tab::Document.path(agreement.id).with(super::redline::TO, &number.to_string());
                li {
                    div {
                        a href=(path) { (words.with("agreement-version", &[("number", number.into())])) }
                        p .about { (moment(words, since)) }
                    }
                    div { (stage_tag(words, state)) }
                }
            }
        }
    }
}

/// Who signed a version, when, and by what right; nothing before anybody has.
pub(super) fn signatures(words: &Words, stage: &Stage) -> Markup {
    let (customer, company) = match stage {
        Stage::AwaitingCountersignature(waiting) => (Some(&waiting.customer), None),
        Stage::InForce(signed) => (Some(&signed.customer), Some(&signed.company)),
        Stage::Superseded(then) => (Some(&then.agreement.customer), Some(&then.agreement.company)),
        Stage::Terminated(then) => (Some(&then.agreement.customer), Some(&then.agreement.company)),
        _ => (None, None),
    };
    let row = |key, signature: &Signature| Row {
        key,
        lines: vec![
            words.with("agreement-signed-by", &[("name", (&*signature.name).into()), ("title", (&*signature.title).into())]),
            signature.authority.to_string().into(),
            moment(words, signature.signed).into(),
        ],
        change: None,
        file: None,
    };
    let customer = customer.map(|signature| row(words.text("agreement-for-customer"), signature));
    let company = company.map(|signature| row(words.text("agreement-for-company"), signature));
    let rows: Vec<_> = customer.into_iter().chain(company).collect();
    html! {
        @if !rows.is_empty() {
            h2 { (words.text("agreement-signatures")) }
            (summary_list(words, &rows))
        }
    }
}

/// What the customer wants otherwise, and what we say to it.
fn counter(
    context: &Context<'_>,
    view: &Overview<'_>,
    filled: &Filled<'_>,
    fields: &Fields<'_>,
    countered: &Countered,
) -> Markup {
    let words = context.words;
    let Countered { counter, answers, offer } = countered;
    let heading = |clause: &ClauseId| {
        let clause = offer.version.terms.clauses.iter().find(|known| known.id == *clause);
        clause.map_or("", |clause| &*clause.heading)
    };
    let said = words.with("agreement-countered-on", &[("date", moment(words, counter.at).into())]);
    let clauses = html! {
        @for wish in &counter.clauses {
            section .card {
                h3 { (heading(&wish.clause)) }
                (summary_list(words, &[Row::new(words.text("agreement-clause-wanted"), &*wish.text)]))
                @if let Some((_, [answer, other, reason])) = fields.answers.iter().find(|(clause, _)| **clause == wish.clause) {
                    (radios(filled, answer, &[
                        Choice::new(ACCEPTED, words.text("agreement-answer-accepted")),
                        Choice::new(REFUSED, words.text("agreement-answer-refused")),
                        Choice::new(COUNTERED, words.text("agreement-answer-countered")),
                    ]))
                    (textarea(filled, other, 2, Some("off")))
                    (text_input(filled, reason, &TextInput::filled_in_by("off")))
                } @else if let Some(answered) = answers.iter().find(|answered| answered.clause == wish.clause) {
                    p .about { (answered_in_words(words, &answered.answer)) }
                }
            }
        }
    };
    let save = words.text("agreement-answer");
    html! {
        (banner(Tone::Attention, &said, &html! {
            @if let Some(note) = &counter.note { blockquote { (note) } }
            p { a href=(view.head.action(super::MARKED_UP)) { (counter.file.name) } }
        }))
        @if fields.answers.is_empty() { (clauses) } @else {
            (form(
                context,
                &Form {
                    action: &view.head.action(Deed::AnswerCounter.as_str()),
                    save: &save,
                    version: Some(view.head.saved),
                    uploads: false,
                },
                &html! { (clauses) div .actions { (primary(&save)) } },
            ))
        }
    }
}

fn answered_in_words(words: &Words, answer: &ClauseAnswer) -> Markup {
    html! {
        @match answer {
            ClauseAnswer::Accepted(_) => (words.text("agreement-answer-accepted")),
            ClauseAnswer::Refused => (words.text("agreement-answer-refused")),
            ClauseAnswer::Countered { text, .. } => { (words.text("agreement-answer-countered")) ": " (text) }
        }
    }
}

/// The form of something that can be done.
fn doing(context: &Context<'_>, view: &Overview<'_>, filled: &Filled<'_>, fields: &Fields<'_>, deed: Deed) -> Markup {
    let words = context.words;
    match deed {
        Deed::AskApproval => button(context, view, deed, &words.text("agreement-ask"), &words.text("agreement-ask-about")),
        Deed::TakeBack => {
            button(context, view, deed, &words.text("agreement-take-back"), &words.text("agreement-take-back-about"))
        }
        Deed::Revise => button(context, view, deed, &words.text("agreement-revise"), &words.text("agreement-revise-about")),
        Deed::TakeOver => {
            button(context, view, deed, &words.text("agreement-take-over"), &words.text("agreement-take-over-about"))
        }
        Deed::Lapse => button(context, view, deed, &words.text("agreement-lapse"), &words.text("agreement-lapse-about")),
        // Its form stands among what the customer wants otherwise.
        Deed::AnswerCounter => html! {},
        Deed::Send => {
            let controls = html! {
                p { (words.text("agreement-send-about")) }
                (date_input(filled, &fields.open_until, view.today, view.open_at_most))
            };
            entering(context, view, deed, &words.text("agreement-send"), &controls)
        }
        Deed::Recall => {
            let form =
                entering(context, view, deed, &words.text("agreement-recall"), &textarea(filled, &fields.recall, 2, Some("off")));
            seldom(filled, &[&fields.recall], &words.text("agreement-recall"), form)
        }
        Deed::Countersign => {
            let text = view.agreement.newest.offer().map_or("", |offer| &offer.text_sha256);
            let controls = html! {
                input type="hidden" name=(TEXT) value=(text);
                (text_input(filled, &fields.signer, &TextInput::filled_in_by("name")))
                (text_input(filled, &fields.title, &TextInput::filled_in_by("organization-title")))
                (text_input(filled, &fields.authority, &TextInput::filled_in_by("off")))
            };
            entering(context, view, deed, &words.text("agreement-countersign"), &controls)
        }
        Deed::Terminate => {
            let controls = html! {
                (date_input(filled, &fields.terminates, view.today, view.agreement.in_force().map_or(view.today, |signed| signed.until)))
                (textarea(filled, &fields.termination, 2, Some("off")))
            };
            let form = entering(context, view, deed, &words.text("agreement-terminate"), &controls);
            seldom(filled, &[&fields.terminates, &fields.termination], &words.text("agreement-terminate"), form)
        }
    }
}

/// What is seldom done opens on demand; what is wrong with it is seen at once.
fn seldom(filled: &Filled<'_>, fields: &[&Field<'_>], label: &str, form: Markup) -> Markup {
    let wrong = fields.iter().any(|field| !filled.wrong_with(field).is_empty());
    if wrong { form } else { details(label, &form) }
}

fn button(context: &Context<'_>, view: &Overview<'_>, deed: Deed, label: &str, about: &str) -> Markup {
    html! {
        section .card .column {
            h2 { (label) }
            p { (about) }
            (button_form(context, &view.head.action(deed.as_str()), Some(view.head.saved), &primary(label)))
        }
    }
}

fn entering(context: &Context<'_>, view: &Overview<'_>, deed: Deed, label: &str, controls: &Markup) -> Markup {
    let action = view.head.action(deed.as_str());
    let controls = html! { (controls) div .actions { (primary(label)) } };
    html! {
        section .card .column {
            h2 { (label) }
            (form(context, &Form { action: &action, save: label, version: Some(view.head.saved), uploads: false }, &controls))
        }
    }
}
