//! What staff do about an agreement as a whole: ask, approve, send, answer, sign, end.

use http::StatusCode;
use lambda_http::{Body, Response};
use order_manager::admits::Reading;
use order_manager::agreement::{
    Agreement, ClauseAnswer, Command, Reader, Refusal, Signing, StaffDeed, Stage, next_level, read_rate,
};
use order_manager::characteristic::ValueType;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::value::Value;
use platform::{App, Incoming, PageError, respond};
use templates::pages::agreement::approvals::{APPROVE, DOWN_TO, RETURN_REASON, SUBJECT, WAIVE, WAIVER_REASON};
use templates::pages::agreement::overview::{
    ACCEPTED, ANSWER, AUTHORITY, COUNTERED, Deed, OPEN_UNTIL, OTHER_WORDS, REASON, RECALL_REASON, REFUSED, SIGNER, SIGNER_TITLE,
    TERMINATES, TERMINATION_REASON, TEXT,
};
use templates::pages::agreement::{Notice, Tab};
use templates::path::Path;

use crate::deal::Deal;
use crate::pages::wrong;
use crate::refused;

/// The longest line of a signature.
const LONGEST_LINE: usize = 100;
/// The longest that a day may be ahead, in days.
const FARTHEST: i32 = 3_660;

/// Does what the overview's forms ask for.
pub(crate) async fn act(app: &App, deal: &Deal, incoming: &Incoming, deed: Deed) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    staff_only(deal)?;
    if entered.names().any(|name| !takes(deal, deed, name)) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Overview, entered, status, &[error]).await;
    }
    let commands = match commands(deal, deed, entered) {
        Ok(commands) => commands,
        Err(errors) => return wrong(app, deal, Tab::Overview, entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await,
    };
    let sheets = match deed {
        Deed::Send | Deed::Countersign => app.store.rate_sheets(deal.value().customer.id).await?,
        _ => vec![],
    };
    let named = |field: &str| match (field, deed) {
        ("reason", Deed::Recall) => RECALL_REASON.to_owned(),
        ("reason", Deed::Terminate) => TERMINATION_REASON.to_owned(),
        (field, _) => field.to_owned(),
    };
    done(app, deal, incoming, Tab::Overview, deal.decided(commands, &sheets), named).await
}

/// Does what the approvals' forms ask for.
pub(crate) async fn decide(app: &App, deal: &Deal, incoming: &Incoming, name: &str) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    staff_only(deal)?;
    let fields: &[&str] = match name {
        APPROVE => &[],
        WAIVE => &[SUBJECT, DOWN_TO, WAIVER_REASON],
        _ => &[RETURN_REASON],
    };
    if entered.names().any(|name| !fields.contains(&name)) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Approvals, entered, status, &[error]).await;
    }
    let seen = deal.value().version().seen();
    let deed = match name {
        APPROVE => match &deal.value().newest {
            Stage::InApproval(waiting) => next_level(&waiting.needs, &waiting.approvals).cloned(),
            _ => None,
        }
        .map(|level| StaffDeed::Approve { level, seen })
        .ok_or_else(|| vec![FieldError::new("", Reason::Said("agreement-refused-state"))]),
        WAIVE => waiver(deal, entered),
        _ => Ok(StaffDeed::Return { reason: entered.text(RETURN_REASON).into(), seen }),
    };
    let deed = match deed {
        Ok(deed) => deed,
        Err(errors) => return wrong(app, deal, Tab::Approvals, entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await,
    };
    let field = |field: &str| match (field, name) {
        ("reason", WAIVE) => WAIVER_REASON.to_owned(),
        ("reason", _) => RETURN_REASON.to_owned(),
        (field, _) => field.to_owned(),
    };
    done(app, deal, incoming, Tab::Approvals, deal.decided([staff(deal, deed)], &[]), field).await
}

fn staff_only(deal: &Deal) -> Result<(), PageError> {
    if deal.reader == Reader::Customer { Err(PageError::NotFound) } else { Ok(()) }
}

/// Saves what came of it, or shows the page again with why nothing did.
async fn done(
    app: &App,
    deal: &Deal,
    incoming: &Incoming,
    tab: Tab,
    after: Result<Agreement, Refusal>,
    name: impl Fn(&str) -> String,
) -> Result<Response<Body>, PageError> {
    match after {
        Ok(after) => {
            deal.save(app, &after).await?;
            // What is decided leaves an approver with what else waits.
            let next = if deal.reader == Reader::Approver { Path::DEALS } else { tab.path(after.id) };
            Ok(respond::see_other(&next.with(Notice::PARAMETER, Notice::Saved.as_str())))
        }
        // Its fields are on the page with the prices, not here.
        Err(Refusal::Rates(_)) => {
            let error = FieldError::new("", Reason::Said("agreement-refused-rates"));
            wrong(app, deal, tab, &incoming.entered, StatusCode::UNPROCESSABLE_ENTITY, &[error]).await
        }
        Err(refusal) => {
            let errors = refused::named(refusal, name)?;
            wrong(app, deal, tab, &incoming.entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await
        }
    }
}

/// Whether the form of a deed has such a field.
fn takes(deal: &Deal, deed: Deed, name: &str) -> bool {
    let fields: &[&str] = match deed {
        Deed::Send => &[OPEN_UNTIL],
        Deed::Recall => &[RECALL_REASON],
        Deed::Countersign => &[SIGNER, SIGNER_TITLE, AUTHORITY, TEXT],
        Deed::Terminate => &[TERMINATES, TERMINATION_REASON],
        Deed::AnswerCounter => {
            let clauses = &deal.value().version().terms.clauses;
            let of = |clause: &order_manager::agreement::Clause| {
                [ANSWER, OTHER_WORDS, REASON].iter().any(|ending| format!("{}{ending}", clause.id) == name)
            };
            return clauses.iter().any(of);
        }
        Deed::AskApproval | Deed::TakeBack | Deed::Revise | Deed::TakeOver | Deed::Lapse => &[],
    };
    fields.contains(&name)
}

fn staff(deal: &Deal, deed: StaffDeed) -> Command {
    Command::Staff { by: deal.member(), roles: deal.roles(), deed }
}

fn commands(deal: &Deal, deed: Deed, entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
    let deed = match deed {
        Deed::Lapse => return Ok(vec![Command::Lapse]),
        Deed::AnswerCounter => return answers(deal, entered),
        Deed::AskApproval => StaffDeed::AskApproval,
        Deed::TakeBack => StaffDeed::Withdraw,
        Deed::Revise => StaffDeed::Revise,
        Deed::TakeOver => StaffDeed::TakeOver,
        Deed::Send => StaffDeed::Send { seen: deal.value().version().seen(), valid_until: day(deal, OPEN_UNTIL, entered)? },
        Deed::Recall => StaffDeed::Recall(entered.text(RECALL_REASON).into()),
        Deed::Countersign => StaffDeed::Countersign(signing(entered, TEXT)?),
        Deed::Terminate => {
            StaffDeed::Terminate { last_day: day(deal, TERMINATES, entered)?, reason: entered.text(TERMINATION_REASON).into() }
        }
    };
    Ok(vec![staff(deal, deed)])
}

/// How somebody signs; every field is needed.
pub(crate) fn signing(entered: &Entered, text: &str) -> Result<Signing, Vec<FieldError>> {
    let line = |field| entered.line(field, LONGEST_LINE);
    match (line(SIGNER), line(SIGNER_TITLE), line(AUTHORITY)) {
        (Ok(name), Ok(title), Ok(authority)) => Ok(Signing { name, title, authority, text_sha256: entered.text(text).into() }),
        (name, title, authority) => Err([name.err(), title.err(), authority.err()].into_iter().flatten().collect()),
    }
}

fn day(deal: &Deal, field: &str, entered: &Entered) -> Result<jiff::civil::Date, Vec<FieldError>> {
    let reading = Reading { today: deal.today, area: None, services: &[], files: &[] };
    match (ValueType::Date { earliest: 0, latest: FARTHEST }).admit(field, entered, &reading)? {
        Some(Value::Date(day)) => Ok(day),
        _ => Err(vec![FieldError::new(field, Reason::Missing)]),
    }
}

/// Our answer to each clause that the customer wants otherwise.
fn answers(deal: &Deal, entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
    let Stage::Countered(countered) = &deal.value().newest else { return Ok(vec![]) };
    let (mut commands, mut errors) = (vec![], vec![]);
    for wish in &countered.counter.clauses {
        let name = |ending: &str| format!("{}{ending}", wish.clause);
        let typed = |ending: &str| entered.text(&name(ending)).trim();
        let needed = |endings: &[&str]| -> Vec<_> {
            let missing = endings.iter().filter(|ending| typed(ending).is_empty());
            missing.map(|ending| FieldError::new(name(ending), Reason::Missing)).collect()
        };
        let (answer, missing) = match typed(ANSWER) {
            ACCEPTED => (ClauseAnswer::Accepted(typed(REASON).into()), needed(&[REASON])),
            REFUSED => (ClauseAnswer::Refused, vec![]),
            COUNTERED => {
                let answer = ClauseAnswer::Countered { text: typed(OTHER_WORDS).into(), reason: typed(REASON).into() };
                (answer, needed(&[OTHER_WORDS, REASON]))
            }
            "" => (ClauseAnswer::Refused, needed(&[ANSWER])),
            _ => (ClauseAnswer::Refused, vec![FieldError::new(name(ANSWER), Reason::NotAChoice)]),
        };
        errors.extend(missing);
        commands.push(staff(deal, StaffDeed::Answer(wish.clause.clone(), answer)));
    }
    if errors.is_empty() { Ok(commands) } else { Err(errors) }
}

fn waiver(deal: &Deal, entered: &Entered) -> Result<StaffDeed, Vec<FieldError>> {
    let subject = entered.required(SUBJECT);
    let subject = subject.and_then(|text| text.parse().map_err(|_| FieldError::new(SUBJECT, Reason::NotAChoice)));
    let down_to = entered.required(DOWN_TO);
    let down_to =
        down_to.and_then(|text| read_rate(text, deal.catalogue.currency()).map_err(|reason| FieldError::new(DOWN_TO, reason)));
    match (subject, down_to) {
        (Ok(subject), Ok(down_to)) => Ok(StaffDeed::Waive { subject, down_to, reason: entered.text(WAIVER_REASON).into() }),
        (subject, down_to) => Err([subject.err(), down_to.err()].into_iter().flatten().collect()),
    }
}
