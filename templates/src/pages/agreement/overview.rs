//! An agreement: what it is about, how far its commitment is met, its versions, and what can be done about it.

mod counter;
mod deeds;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{Agreement, InForce, Sites, Stage, Starts};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::ClauseId;

use self::counter::counter;
pub use self::deeds::Deed;
use self::deeds::doing;
use super::{Head, Tab, framed, moment, stage_tag};
use crate::components::banner::banner;
use crate::components::button::link;
use crate::components::commitment::{CommitmentMeter, commitment_meter};
use crate::components::field::{Field, Filled};
use crate::components::ordered::term;
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::document::{blocks, signatures};
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
        (blocks(words, &signatures(words, &view.agreement.newest)))
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
