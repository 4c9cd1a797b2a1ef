//! The pages of an agreement, as they are shown.

use http::StatusCode;
use jiff::ToSpan;
use lambda_http::{Body, Response};
use order_manager::access::Duty;
use order_manager::agreement::{Reader, Stage, Terms, ladder, needs, price_table, redline as differences, text_of, year_spend};
use order_manager::entered::{Entered, FieldError};
use order_manager::money::MoneyError;
use platform::{App, Incoming, PageError, respond};
use templates::components::commitment::CommitmentMeter;
use templates::pages::agreement::approvals::{self, Approvals, Deciding};
use templates::pages::agreement::clauses::{self, Clauses};
use templates::pages::agreement::document::{self, Document};
use templates::pages::agreement::ladder::{self as ladder_page, Ladder};
use templates::pages::agreement::overview::{self, Deed, Overview};
use templates::pages::agreement::prices::{self as price_page, Margins, Prices};
use templates::pages::agreement::redline::{self, FROM, Redline, TO};
use templates::pages::agreement::terms::{self as terms_page, TermsPage};
use templates::pages::agreement::{Notice, Tab};
use templates::path::Path;

use crate::deal::Deal;
use crate::{prices, terms, wordings};

/// A page as it is asked for.
pub(crate) async fn show(app: &App, deal: &Deal, incoming: &Incoming, tab: Tab) -> Result<Response<Body>, PageError> {
    // A customer has one page, with the text.
    if deal.reader == Reader::Customer {
        return Ok(respond::see_other(&Path::agreement_page(deal.value().id, "acceptance")));
    }
    let notice = incoming.query(Notice::PARAMETER).and_then(|name| Notice::named(&name));
    let shown = Shown { notice, status: StatusCode::OK, entered: None, errors: &[] };
    match tab {
        Tab::Redline => changes(app, deal, incoming).await,
        Tab::Document => text(app, deal, incoming).await,
        tab => again(app, deal, tab, &shown).await,
    }
}

/// What a page is shown with, beside the agreement.
struct Shown<'a> {
    notice: Option<Notice>,
    status: StatusCode,
    /// What was typed; what is saved otherwise.
    entered: Option<&'a Entered>,
    errors: &'a [FieldError],
}

/// A page again, with what is wrong.
pub(crate) async fn wrong(
    app: &App,
    deal: &Deal,
    tab: Tab,
    entered: &Entered,
    status: StatusCode,
    errors: &[FieldError],
) -> Result<Response<Body>, PageError> {
    again(app, deal, tab, &Shown { notice: None, status, entered: Some(entered), errors }).await
}

/// A page that has a form.
async fn again(app: &App, deal: &Deal, tab: Tab, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    match tab {
        Tab::Overview => outline(app, deal, shown).await,
        Tab::Terms => term_form(app, deal, shown).await,
        Tab::Prices => price_form(deal, shown),
        Tab::Ladder => rungs(deal, shown),
        Tab::Clauses => clause_form(deal, shown),
        Tab::Approvals => approval_form(deal, shown),
        Tab::Redline | Tab::Document => Err(PageError::NotFound),
    }
}

async fn outline(app: &App, deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let agreement = deal.value();
    let nothing = Entered::default();
    let offer_days = deal.catalogue.negotiation.as_ref().map_or(0, |negotiation| negotiation.longest_offer_days);
    let view = Overview {
        head: deal.head(shown.notice),
        agreement,
        meter: meter(app, deal).await?,
        deeds: &deeds(deal),
        order: order(deal),
        today: deal.today,
        open_at_most: deal.today.saturating_add(i32::from(offer_days).days()),
        entered: shown.entered.unwrap_or(&nothing),
        errors: shown.errors,
    };
    Ok(deal.page(shown.status, |context| overview::render(context, &view)))
}

/// How far this year's commitment is met, once the agreement is in force.
async fn meter(app: &App, deal: &Deal) -> Result<Option<CommitmentMeter>, PageError> {
    let sheets = deal.value().rate_sheets();
    let sheet = sheets.iter().find(|sheet| sheet.counts_on(deal.today));
    let Some((sheet, commitment)) = sheet.and_then(|sheet| Some((sheet, sheet.commitment.as_ref()?))) else {
        return Ok(None);
    };
    let products = app.store.customer(deal.value().customer.id).await?.map(|file| file.customer.products).unwrap_or_default();
    let spend = year_spend(sheet, &products, &deal.catalogue, deal.today).map_err(beyond)?;
    let committed = commitment.in_year(spend.year);
    Ok(committed.map(|committed| CommitmentMeter { committed, spent: spend.in_place, adds: None, until: spend.ends }))
}

/// What the reader can do about the agreement now.
fn deeds(deal: &Deal) -> Vec<Deed> {
    let agreement = deal.value();
    if deal.reader == Reader::Colleague && !agreement.state().is_final() {
        return vec![Deed::TakeOver];
    }
    if deal.reader != Reader::Owner {
        return vec![];
    }
    let mut deeds = match &agreement.newest {
        Stage::Draft(_) => vec![Deed::AskApproval],
        Stage::InApproval(_) => vec![Deed::TakeBack],
        Stage::Approved(_) => vec![Deed::Send, Deed::TakeBack],
        Stage::Sent(sent) if sent.offer.valid_until < deal.today => vec![Deed::Lapse],
        Stage::Sent(_) => vec![Deed::Recall],
        Stage::Countered(countered) => {
            let answered = |clause| countered.answers.iter().any(|answered| answered.clause == clause);
            let open = countered.counter.clauses.iter().any(|wish| !answered(wish.clause.clone()));
            if open { vec![Deed::AnswerCounter, Deed::Recall] } else { vec![Deed::Revise, Deed::Recall] }
        }
        Stage::AwaitingCountersignature(_) => vec![Deed::Countersign, Deed::Recall],
        Stage::InForce(_) | Stage::Declined(_) | Stage::Recalled(_) | Stage::Expired(_) => vec![Deed::Revise],
        Stage::Superseded(_) | Stage::Terminated(_) => vec![],
    };
    if agreement.in_force().is_some() {
        deeds.push(Deed::Terminate);
    }
    deeds
}

/// Where ordering under it begins: the account is opened first where it is not open.
fn order(deal: &Deal) -> Option<Path> {
    let in_force = deal.value().in_force().is_some_and(|signed| signed.from <= deal.today);
    let customer = deal.value().customer.id;
    (in_force && deal.does(Duty::Serve)).then(|| Path::customer(customer).at("new-order"))
}

async fn term_form(app: &App, deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let saved = terms::saved(&deal.value().version().terms);
    let sites = terms::sites(app, deal).await?;
    let sites: Vec<_> = sites.into_iter().map(|(id, place)| (id.to_string(), place.to_string())).collect();
    let view = TermsPage {
        head: deal.head(shown.notice),
        lengths: deal.catalogue.negotiation.as_ref().map_or(&[], |negotiation| &negotiation.terms),
        documents: &deal.value().version().terms.documents,
        sites: &sites,
        earliest: deal.today,
        latest: deal.today.saturating_add(2.years()),
        last_end: deal.today.saturating_add(10.years()),
        entered: shown.entered.unwrap_or(&saved),
        errors: shown.errors,
    };
    Ok(deal.page(shown.status, |context| terms_page::render(context, &view)))
}

fn price_form(deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let version = deal.value().version();
    let rows = price_table(version, &deal.catalogue).map_err(beyond)?;
    let saved = prices::saved(&version.terms);
    let to_add = prices::to_add(deal);
    let view = Prices {
        head: deal.head(shown.notice),
        catalogue: &deal.catalogue,
        documents: &version.terms.documents,
        rows: &rows,
        given: deal.value().newest.approvals(),
        quotes_end: (deal.today, deal.today.saturating_add(prices::LONGEST_QUOTE.days())),
        to_add: &to_add,
        margins: if deal.does(Duty::Approve) || deal.reader == Reader::Owner { Margins::Shown } else { Margins::Hidden },
        entered: shown.entered.unwrap_or(&saved),
        errors: shown.errors,
    };
    Ok(deal.page(shown.status, |context| price_page::render(context, &view)))
}

fn rungs(deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let version = deal.value().version();
    let rungs = ladder(version, &deal.catalogue).map_err(beyond)?;
    let view = Ladder { head: deal.head(shown.notice), rungs: &rungs, chosen: version.terms.term.months, errors: shown.errors };
    Ok(deal.page(shown.status, |context| ladder_page::render(context, &view)))
}

fn clause_form(deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let clauses = &deal.value().version().terms.clauses;
    let saved = wordings::saved(clauses);
    let entered = shown.entered.unwrap_or(&saved);
    let view = Clauses { head: deal.head(shown.notice), clauses, entered, errors: shown.errors };
    Ok(deal.page(shown.status, |context| clauses::render(context, &view)))
}

fn approval_form(deal: &Deal, shown: &Shown<'_>) -> Result<Response<Body>, PageError> {
    let agreement = deal.value();
    let version = agreement.version();
    let person = deal.asker.session.actor.person();
    let deciding = match (&agreement.newest, deal.does(Duty::Approve)) {
        (Stage::InApproval(waiting), true) if waiting.asked_by.person == person || version.is_by(person) => Deciding::Own,
        (Stage::InApproval(_), true) => Deciding::Approval,
        (Stage::Draft(_), true) if !version.is_by(person) => Deciding::Waiver,
        _ => Deciding::Nothing,
    };
    let nothing = Entered::default();
    let view = Approvals {
        head: deal.head(shown.notice),
        agreement,
        catalogue: &deal.catalogue,
        needed: &needs(version, &deal.catalogue).map_err(beyond)?,
        deciding,
        entered: shown.entered.unwrap_or(&nothing),
        errors: shown.errors,
    };
    Ok(deal.page(shown.status, |context| approvals::render(context, &view)))
}

/// The numbers of the versions, the first first.
fn versions(deal: &Deal) -> Vec<u32> {
    (1..=deal.value().version().number).collect()
}

/// What a version says.
async fn stage(app: &App, deal: &Deal, number: u32) -> Result<Stage, PageError> {
    app.store.version_of(deal.value(), number).await?.ok_or(PageError::NotFound)
}

async fn changes(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let versions = versions(deal);
    let newest = deal.value().version().number;
    let asked = |name| incoming.query(name).map_or(Ok(None), |text| text.parse().map(Some).map_err(|_| PageError::NotFound));
    let to = asked(TO)?.unwrap_or(newest);
    let from = asked(FROM)?.unwrap_or_else(|| to.saturating_sub(1).max(1));
    let (before, after): (Terms, Terms) =
        (stage(app, deal, from).await?.version().terms.clone(), stage(app, deal, to).await?.version().terms.clone());
    let found = differences(&before, &after);
    let view = Redline {
        head: deal.head(None),
        catalogue: &deal.catalogue,
        versions: &versions,
        between: (newest > 1).then_some((from, to)),
        differences: &found,
    };
    Ok(deal.page(StatusCode::OK, |context| redline::render(context, &view)))
}

async fn text(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let number = incoming.query(TO).map_or(Ok(None), |text| text.parse().map(Some).map_err(|_| PageError::NotFound))?;
    let stage = stage(app, deal, number.unwrap_or_else(|| deal.value().version().number)).await?;
    let text = match stage.offer() {
        Some(offer) => offer.text.clone(),
        None => text_of(stage.version(), &deal.value().customer, &deal.catalogue),
    };
    let view = Document { head: deal.head(None), text: &text, stage: &stage };
    Ok(deal.page(StatusCode::OK, |context| document::render(context, &view)))
}

/// An amount that is beyond reckoning, which prices of a catalogue are not.
pub(crate) fn beyond(_: MoneyError) -> PageError {
    PageError::Broken("an amount does not fit")
}
