//! What a customer says to an agreement that was sent to them: sign it, want it otherwise, decline it.

use http::StatusCode;
use lambda_http::{Body, Response};
use order_manager::admits::kept_field;
use order_manager::agreement::{Agreement, ClauseWish, Command, Counter, CustomerDeed, Offer, Reader, Refusal, Sent, Stage};
use order_manager::characteristic::ValueType;
use order_manager::entered::{Entered, FieldError, Reason};
use platform::{App, Brought, Incoming, PageError, respond};
use templates::components::upload::OnFile;
use templates::pages::agreement::acceptance::{
    self, AUTHORITY, Acceptance, DECLINE_REASON, FILE, MAY_SIGN, MEDIA, NOTE, SIGN, SIGNATURE, TEXT, TITLE, WANTED, YES,
};
use templates::pages::agreement::document::{self, Kept};
use templates::path::Path;

use crate::deal::Deal;
use crate::deeds::signing;
use crate::refused;

/// The most bytes of a marked-up file.
const MOST_BYTES: u64 = 4 << 20;
/// The most characters of what a customer writes to us, and of a clause as they want it.
const LONGEST: usize = 4_000;

pub(crate) fn show(deal: &Deal) -> Result<Response<Body>, PageError> {
    page(deal, StatusCode::OK, &Entered::default(), &[])
}

/// What was sent, to be answered, or the text to keep where there is nothing to answer.
fn page(deal: &Deal, status: StatusCode, entered: &Entered, errors: &[FieldError]) -> Result<Response<Body>, PageError> {
    let customer = deal.value().customer.id;
    let stage = deal.shown_to_customer()?;
    match (stage, deal.reader) {
        (Stage::Sent(Sent { offer }), Reader::Customer) => {
            let view = Acceptance {
                agreement: deal.value().id,
                customer,
                offer,
                saved: deal.agreement.version,
                on_file: if entered.has(&kept_field(FILE)) { OnFile::AFile } else { OnFile::Nothing },
                entered,
                errors,
            };
            Ok(deal.page(status, |context| acceptance::render(context, &view)))
        }
        _ => {
            let view = Kept { agreement: deal.value().id, customer, stage, today: deal.today };
            Ok(deal.page(status, |context| document::render_kept(context, &view)))
        }
    }
}

/// What was sent, when it is the customer who answers and the form is as it was shown.
enum Answering<'a> {
    /// It may be answered.
    Open(&'a Offer),
    /// The page again instead.
    Page(Response<Body>),
}

fn answering<'a>(deal: &'a Deal, incoming: &Incoming, known: impl Fn(&str) -> bool) -> Result<Answering<'a>, PageError> {
    if deal.reader != Reader::Customer {
        return Err(PageError::CustomersOwn);
    }
    if incoming.entered.names().any(|name| !known(name)) {
        return Err(PageError::Unprocessable);
    }
    let Stage::Sent(Sent { offer }) = &deal.value().newest else {
        // Answered before, perhaps by this very form: the page says how it stands.
        return Ok(Answering::Page(respond::see_other(&Path::agreement_page(deal.value().id, SIGN))));
    };
    match deal.stale(incoming) {
        None => Ok(Answering::Open(offer)),
        Some((status, error)) => Ok(Answering::Page(page(deal, status, &incoming.entered, &[error])?)),
    }
}

/// Signs it.
pub(crate) async fn sign(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let known = |name: &str| [SIGNATURE, TITLE, AUTHORITY, MAY_SIGN, TEXT].contains(&name);
    if let Answering::Page(page) = answering(deal, incoming, known)? {
        return Ok(page);
    }
    let entered = &incoming.entered;
    let signed = signing(entered, TEXT);
    let may = entered.all(MAY_SIGN) == [YES];
    let missing = (!may).then(|| FieldError::new(MAY_SIGN, Reason::NotAcknowledged));
    match (signed, missing) {
        (Ok(signed), None) => done(app, deal, entered, CustomerDeed::Accept(signed)).await,
        (signed, missing) => {
            let errors: Vec<_> = signed.err().into_iter().flatten().chain(missing).collect();
            page(deal, StatusCode::UNPROCESSABLE_ENTITY, entered, &errors)
        }
    }
}

/// Declines it.
pub(crate) async fn decline(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    if let Answering::Page(page) = answering(deal, incoming, |name| name == DECLINE_REASON)? {
        return Ok(page);
    }
    let reason = incoming.entered.text(DECLINE_REASON).trim();
    let reason = (!reason.is_empty()).then(|| reason.into());
    done(app, deal, &incoming.entered, CustomerDeed::Decline(reason)).await
}

/// Wants it otherwise.
pub(crate) async fn counter(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let clauses = &deal.shown_to_customer()?.version().terms.clauses;
    let wanted = |name: &str| name.strip_suffix(WANTED).is_some_and(|id| clauses.iter().any(|clause| clause.id.as_str() == id));
    let kept = kept_field(FILE);
    let offer = match answering(deal, incoming, |name| name == NOTE || name == FILE || name == kept || wanted(name))? {
        Answering::Open(offer) => offer,
        Answering::Page(page) => return Ok(page),
    };
    let value = ValueType::File { media: MEDIA.map(Into::into).into(), max_bytes: MOST_BYTES };
    let brought = Brought::along(app, incoming, &deal.asker.session_id, deal.value().id, FILE, &value).await?;
    let entered = &brought.entered;
    let mut errors = vec![];
    let file = match brought.file {
        Ok(Some(file)) => Some(file),
        Ok(None) => {
            errors.push(FieldError::new(FILE, Reason::Missing));
            None
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    let mut text = |field: &str| {
        let typed = entered.text(field).trim();
        if typed.chars().count() > LONGEST {
            errors.push(FieldError::new(field, Reason::TooLong { max: LONGEST }));
        }
        (!typed.is_empty()).then(|| Box::<str>::from(typed))
    };
    let note = text(NOTE);
    let wishes: Vec<_> = offer
        .version
        .terms
        .clauses
        .iter()
        .filter_map(|clause| Some(ClauseWish { clause: clause.id.clone(), text: text(&format!("{}{WANTED}", clause.id))? }))
        .collect();
    let Some(file) = file.filter(|_| errors.is_empty()) else {
        return page(deal, StatusCode::UNPROCESSABLE_ENTITY, entered, &errors);
    };
    let by = deal.asker.session.actor.person();
    let counter = Counter { by, at: deal.asker.now, file: file.clone(), clauses: wishes, note };
    app.files.keep(&file, deal.asker.now).await?;
    done(app, deal, entered, CustomerDeed::Counter(Box::new(counter))).await
}

/// Saves the customer's answer, or shows the page again with why it was not taken.
async fn done(app: &App, deal: &Deal, entered: &Entered, deed: CustomerDeed) -> Result<Response<Body>, PageError> {
    let command = Command::Customer { by: deal.asker.session.actor.person(), deed };
    let after: Result<Agreement, Refusal> = deal.decided([command], &[]);
    match after {
        Ok(after) => {
            deal.save(app, &after).await?;
            Ok(respond::see_other(&Path::agreement_page(after.id, SIGN)))
        }
        Err(refusal) => {
            let named = |field: &str| if field == "reason" { DECLINE_REASON.to_owned() } else { field.to_owned() };
            page(deal, StatusCode::UNPROCESSABLE_ENTITY, entered, &refused::named(refusal, named)?)
        }
    }
}
