//! The clauses' wordings, and the term that is taken from the ladder.

use http::StatusCode;
use lambda_http::{Body, Response};
use order_manager::agreement::{Clause, Edit, NewWording, Term, Wording};
use order_manager::entered::{Entered, FieldError, Reason};
use platform::{App, Incoming, PageError};
use templates::pages::agreement::Tab;
use templates::pages::agreement::clauses::{CHANGED, REASON, STANDARD, TEXT, WORDING};
use templates::pages::agreement::ladder::TERM;

use crate::deal::Deal;
use crate::pages::wrong;
use crate::terms::saved_as;

/// What is saved, as the form holds it.
pub(crate) fn saved(clauses: &[Clause]) -> Entered {
    let mut entered = Entered::default();
    for clause in clauses {
        let id = &clause.id;
        match &clause.wording {
            Wording::Standard => entered.add(format!("{id}{WORDING}"), STANDARD),
            Wording::Changed { text, reason } => {
                entered.add(format!("{id}{WORDING}"), CHANGED);
                entered.add(format!("{id}{TEXT}"), &**text);
                entered.add(format!("{id}{REASON}"), &**reason);
            }
        }
    }
    entered
}

pub(crate) async fn save(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    let clauses = &deal.value().version().terms.clauses;
    let fields: Vec<_> =
        clauses.iter().flat_map(|clause| [WORDING, TEXT, REASON].map(|ending| format!("{}{ending}", clause.id))).collect();
    if entered.names().any(|name| fields.iter().all(|field| field != name)) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Clauses, entered, status, &[error]).await;
    }
    let (mut edits, mut errors) = (vec![], vec![]);
    for clause in clauses {
        match wording(clause, entered) {
            Ok(None) => {}
            Ok(Some(wording)) => edits.push(Edit::Clause(clause.id.clone(), wording)),
            Err(wrong) => errors.extend(wrong),
        }
    }
    if !errors.is_empty() {
        return wrong(app, deal, Tab::Clauses, entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await;
    }
    saved_as(app, deal, incoming, Tab::Clauses, edits, ToOwned::to_owned).await
}

/// The new wording of a clause; nothing where it stays as it is.
fn wording(clause: &Clause, entered: &Entered) -> Result<Option<NewWording>, Vec<FieldError>> {
    let name = |ending: &str| format!("{}{ending}", clause.id);
    let typed = |ending: &str| entered.text(&name(ending)).trim();
    match typed(WORDING) {
        STANDARD if clause.wording == Wording::Standard => Ok(None),
        STANDARD => Ok(Some(NewWording::Standard)),
        CHANGED => {
            let missing: Vec<_> = [TEXT, REASON]
                .into_iter()
                .filter(|ending| typed(ending).is_empty())
                .map(|ending| FieldError::new(name(ending), Reason::Missing))
                .collect();
            if !missing.is_empty() {
                return Err(missing);
            }
            let new = Wording::Changed { text: typed(TEXT).into(), reason: typed(REASON).into() };
            let changed = NewWording::Changed { text: typed(TEXT).into(), reason: typed(REASON).into() };
            Ok((new != clause.wording).then_some(changed))
        }
        "" => Err(vec![FieldError::new(name(WORDING), Reason::Missing)]),
        _ => Err(vec![FieldError::new(name(WORDING), Reason::NotAChoice)]),
    }
}

/// Takes a term of the ladder.
pub(crate) async fn take_term(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    if entered.names().any(|name| name != TERM) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Ladder, entered, status, &[error]).await;
    }
    let months: u16 = entered.text(TERM).parse().map_err(|_| PageError::Unprocessable)?;
    let compared = deal.catalogue.negotiation.as_ref().is_some_and(|negotiation| negotiation.terms.contains(&months));
    if !compared {
        return Err(PageError::Unprocessable);
    }
    let term = Term { months, ..deal.value().version().terms.term.clone() };
    saved_as(app, deal, incoming, Tab::Ladder, vec![Edit::Term(term)], |_| String::new()).await
}
