//! A form that comes when its session is over: kept for a day, and sent by the same person once they have signed in again.

use http::Method;
use jiff::Timestamp;
use lambda_http::{Body, Response};
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::ValueType;
use order_manager::entered::Entered;
use templates::path::Path;

use crate::page_error::PageError;
use crate::request::{Incoming, Origin};
use crate::store::{LateForm, Session, SessionId, Wanted};
use crate::{App, session};

/// The pages whose forms are kept, and all below them.
const KEPT_UNDER: [&str; 2] = ["/orders", "/customers"];
/// Below a customer, where staff prove whom they are speaking with: a proof is given anew.
const PROOF: &str = "/access";
/// Fields with this in their names hold a password.
const PASSWORD: &str = "password";

impl App {
    /// Keeps a form that this session can't send now, where it may be; then the page where its sender confirms it. Of several that
    /// were sent since a moment (the session's end), the first is kept.
    ///
    /// # Errors
    /// When the store fails: then the form is better sent again.
    pub(crate) async fn kept_late(
        &self,
        incoming: &Incoming,
        id: &SessionId,
        session: &Session,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Path>, PageError> {
        let proven = session::is_token_of(id, &incoming.token) && now < session::proves_until(session, &self.config);
        if !proven || !may_be_kept(incoming) {
            return Ok(None);
        }
        let loaded = self.store.load(&Wanted::default()).await?;
        let catalogue = self.catalogues.current(&self.store, &loaded.catalogue_head, now).await?;
        let form = LateForm {
            person: session.actor.person(),
            action: incoming.path().to_owned(),
            version: incoming.version.clone(),
            entered: without_secrets(&incoming.entered, &catalogue),
        };
        self.store.keep_late_form(id, &form, since, now).await?;
        Ok(Some(Path::KEPT))
    }
}

/// Whether a form is one that is kept: of an order or a customer, and nothing but fields.
fn may_be_kept(incoming: &Incoming) -> bool {
    let below = |page: &&str| incoming.path().strip_prefix(*page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    incoming.is_of(&Method::POST) && incoming.is_plain_form() && KEPT_UNDER.iter().any(below) && !incoming.path().ends_with(PROOF)
}

/// What was entered, but for passwords: those are typed again.
fn without_secrets(entered: &Entered, catalogue: &Catalogue) -> Entered {
    let asked = catalogue.offerings.iter().chain(catalogue.changes.values()).flat_map(|offering| &offering.characteristics);
    let secrets: Vec<_> =
        asked.filter(|asked| matches!(asked.value, ValueType::Secret { .. })).map(|asked| asked.id.as_str()).collect();
    let mut kept = entered.clone();
    for name in entered.names() {
        let whole = name.split('.').next().unwrap_or(name);
        if name.contains(PASSWORD) || secrets.contains(&whole) {
            kept.remove(name);
        }
    }
    kept
}

/// A kept form that is being sent: whose it is, where that is shown.
pub(crate) fn being_sent(incoming: &Incoming) -> Option<SessionId> {
    let id = incoming.session.clone().filter(|id| session::is_token_of(id, &incoming.token));
    id.filter(|_| incoming.origin == Origin::Kept)
}

/// Whether a kept form has been answered for good. Where another try may do better, it stays.
pub(crate) fn is_settled(answer: &Result<Response<Body>, PageError>) -> bool {
    match answer {
        Ok(response) => !response.status().is_server_error(),
        Err(error) => matches!(error, PageError::SeeOther(_) | PageError::Unprocessable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_kept_and_everything_else_is() {
        let catalogue = crate::catalogue::embedded().expect("a catalogue");
        let asked = catalogue.offerings.iter().flat_map(|offering| &offering.characteristics);
        let secret = asked.into_iter().find(|asked| matches!(asked.value, ValueType::Secret { .. })).expect("a secret");
        let secret = secret.id.as_str();
        let entered: Entered =
            [(secret, "one"), ("new-password", "two"), ("speed", "1-gbps"), ("more", "a"), ("more", "b")].into_iter().collect();
        let kept = without_secrets(&entered, &catalogue);
        assert_eq!(kept, [("speed", "1-gbps"), ("more", "a"), ("more", "b")].into_iter().collect());
    }

    #[test]
    fn a_form_stays_kept_where_another_try_may_do_better() {
        let with = |status: u16| Response::builder().status(status).body(Body::Empty).map_err(|_| PageError::Malformed);
        assert!([200, 303, 409, 422].into_iter().all(|status| is_settled(&with(status))));
        assert!(!is_settled(&with(503)));
        assert!(is_settled(&Err(PageError::SeeOther(Path::START))));
        for error in [
            PageError::SignIn { return_to: None, ended: true },
            PageError::NotFound,
            PageError::Conflict,
            PageError::Identity("away".to_owned()),
        ] {
            assert!(!is_settled(&Err(error)));
        }
    }
}
