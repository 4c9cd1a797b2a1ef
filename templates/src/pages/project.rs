//! A project: how far the sites of a file are, what has to be put right, and the orders they came to.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::bulk::NotOrdered;
use order_manager::id::{CustomerId, OrderId, ProjectId};

use super::bulk::wrong_rows;
use crate::components::banner::banner;
use crate::components::button::{primary, second_link};
use crate::components::form::button_form;
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::task_list::{Task, task_list};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The page with the sites from this one on, in the address.
pub const FROM: &str = "from";
/// The sites of one page.
pub const SITES_SHOWN: u32 = 100;

/// The page.
#[derive(Clone, Debug)]
pub struct Project<'a> {
    /// Which.
    pub id: ProjectId,
    /// Whose.
    pub customer: CustomerId,
    /// The file's name.
    pub file_name: &'a str,
    /// What is ordered.
    pub offering: Cow<'a, str>,
    /// When the file was sent.
    pub sent: Date,
    /// How far it is.
    pub progress: Progress,
    /// Good rows.
    pub good: u32,
    /// Orders made.
    pub done: u32,
    /// Good rows that could not be ordered after all.
    pub failed: u32,
    /// The sites shown begin with this one, from 0.
    pub from: u32,
    /// The sites shown.
    pub sites: &'a [Site<'a>],
    /// The rows that have something wrong, by line.
    pub wrong: &'a [(u64, Vec<String>)],
}

/// How far a project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Every row was dealt with.
    Finished,
    /// Rows are being dealt with.
    UnderWay,
    /// Rows wait, and nothing has happened for some time.
    StandsStill,
}

/// A site.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// What the customer calls it.
    pub name: &'a str,
    /// Its address, on one line.
    pub place: String,
    /// How far it is.
    pub state: SiteState,
}

/// How far a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteState {
    /// Its turn has not come.
    Waiting,
    /// It is this order.
    Ordered(OrderId),
    /// It could not be ordered after all.
    Failed(NotOrdered),
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Project<'_>) -> Markup {
    let words = context.words;
    let title = words.with("project-title", &[("file", view.file_name.into())]);
    let sent = words.with("project-sent", &[("offering", (&*view.offering).into()), ("date", words.date(view.sent).into())]);
    let waiting = view.good.saturating_sub(view.done + view.failed);
    let count = |key: &'static str, count: usize| Row::new(words.text(key), count.to_string());
    let rows = [
        count("project-orders", view.done as usize),
        count("project-waiting", waiting as usize),
        count("project-failed", view.failed as usize),
        count("project-wrong", view.wrong.len()),
    ];
    let main = html! {
        h1 { (title) }
        p { (sent) }
        (standing(context, view))
        (summary_list(words, &rows))
        @if !view.wrong.is_empty() {
            h2 { (words.text("project-correct-title")) }
            p { (words.text("project-correct")) }
            p { a href=(Path::project_errors(view.id)) { (words.text("project-correct-download")) } }
            (wrong_rows(words, view.wrong))
        }
        (sites(words, view))
        div .actions { (second_link(&Path::sites(view.customer), &words.text("project-send-another"))) }
    };
    page(context, Page { back: Some(Path::sites(view.customer)), ..Page::titled(title.clone(), main) })
}

fn standing(context: &Context<'_>, view: &Project<'_>) -> Markup {
    let words = context.words;
    let dealt_with = [("done", (view.done + view.failed).into()), ("all", view.good.into())];
    let refresh = html! { p { a href=(Path::project(view.id)) { (words.text("project-refresh")) } } };
    match view.progress {
        Progress::Finished => banner(Tone::Good, &words.text("project-finished"), &html! {}),
        Progress::UnderWay => {
            let said = html! { p { (words.text("project-reload")) } (refresh) };
            banner(Tone::Active, &words.with("project-under-way", &dealt_with), &said)
        }
        Progress::StandsStill => {
            let button = primary(&words.text("project-go-on"));
            let said = html! {
                p { (words.text("project-stands-still")) }
                (button_form(context, &Path::project(view.id), None, &button))
            };
            banner(Tone::Attention, &words.with("project-under-way", &dealt_with), &said)
        }
    }
}

fn sites(words: &Words, view: &Project<'_>) -> Markup {
    let last = view.from + u32::try_from(view.sites.len()).unwrap_or(u32::MAX);
    let range = [("first", (view.from + 1).into()), ("last", last.into()), ("all", view.good.into())];
    let tasks: Vec<_> = view.sites.iter().map(|site| task(words, site)).collect();
    let at = |from: u32| Path::project(view.id).with(FROM, &from.to_string()).at("sites");
    html! {
        h2 #sites { (words.text("project-sites-title")) }
        p { (words.with("project-sites-range", &range)) }
        (task_list("site", &tasks))
        @if view.from > 0 { p { a href=(at(view.from.saturating_sub(SITES_SHOWN))) { (words.text("project-previous")) } } }
        @if last < view.good { p { a href=(at(last)) { (words.text("project-next")) } } }
    }
}

fn task<'a>(words: &'a Words, site: &'a Site<'a>) -> Task<'a> {
    let waits = Task {
        title: site.name.into(),
        path: None,
        note: Some(site.place.as_str().into()),
        status: words.text("project-state-waiting"),
        tone: Tone::Neutral,
    };
    match site.state {
        SiteState::Waiting => waits,
        SiteState::Ordered(order) => Task {
            title: words.with("project-open", &[("site", site.name.into()), ("reference", order.reference().into())]),
            path: Some(Path::order(order)),
            status: words.text("project-state-done"),
            tone: Tone::Good,
            ..waits
        },
        SiteState::Failed(why) => Task {
            note: Some(format!("{} – {}", site.place, why_not(words, why)).into()),
            status: words.text("project-state-failed"),
            tone: Tone::Bad,
            ..waits
        },
    }
}

fn why_not<'a>(words: &'a Words, why: NotOrdered) -> Cow<'a, str> {
    match why {
        NotOrdered::NotAvailable => words.text("project-not-available"),
        NotOrdered::Excluded => words.text("project-not-beside"),
        NotOrdered::Answers => words.text("project-not-chosen"),
        NotOrdered::Otherwise => words.text("project-not-otherwise"),
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;

    use crate::sample::{self, Sample, context};

    let failed = [NotOrdered::NotAvailable, NotOrdered::Excluded, NotOrdered::Answers, NotOrdered::Otherwise];
    let states = [SiteState::Ordered(sample::order_id()), SiteState::Waiting].into_iter().chain(failed.map(SiteState::Failed));
    let site = |state| Site { name: "Store 12, Midtown", place: sample::address().to_string(), state };
    let sites: Vec<_> = states.map(site).collect();
    let wrong =
        [(3, vec!["ZIP code: Enter a ZIP code".to_owned()]), (7, vec!["The same address is in an earlier row".to_owned()])];
    let view = Project {
        id: sample::parsed("018f3a2e-0000-7000-8000-00000000aa01"),
        customer: sample::customer().id,
        file_name: "stores-south.csv",
        offering: "Business Internet".into(),
        sent: date(2026, 11, 20),
        progress: Progress::UnderWay,
        good: 340,
        done: 101,
        failed: 4,
        from: 100,
        sites: &sites,
        wrong: &wrong,
    };
    vec![
        Sample::new("project", render(&context(), &view)),
        Sample::new(
            "project-stands-still",
            render(&context(), &Project { progress: Progress::StandsStill, from: 0, ..view.clone() }),
        ),
        Sample::new(
            "project-finished",
            render(
                &context(),
                &Project { progress: Progress::Finished, good: 6, done: 2, failed: 4, from: 0, wrong: &[], ..view.clone() },
            ),
        ),
    ]
}
