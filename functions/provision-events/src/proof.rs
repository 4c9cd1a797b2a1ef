//! Whether a message is a provisioning system's own: signed with the key that it shares with us, or with a token of a client of its
//! own, as the deployment says. Only the one counts, never the other.
//!
//! What was overheard is worth little: a signature is good for five minutes and for this very message, and a token for no more than an
//! hour; and a message that comes again under its id changes nothing, for as long as its order is kept.

use http::{HeaderMap, StatusCode};
use platform::identity::bearer;
use platform::provisioning::{SIGNATURE, is_signed};
use platform::{App, EventProof};

use crate::Problem;

/// What a token must be good for.
const SCOPE: &str = "provisioning/events.write";

/// Whether a message is to be believed.
///
/// # Errors
/// Why it is not, or that nobody can say just now.
pub(crate) async fn check(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), Problem> {
    match app.config.event_proof {
        EventProof::Signature => signed(app, headers, body),
        EventProof::Token => borne(app, headers).await,
    }
}

fn signed(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), Problem> {
    let given = headers.get(SIGNATURE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let keys = app.config.provisioning.as_ref().map_or(&[][..], |settings| &settings.keys);
    if keys.iter().any(|key| is_signed(key, given, body, app.clock.now())) {
        return Ok(());
    }
    let message = format!("Sign it anew in {SIGNATURE}: t=<seconds>,v1=<HMAC-SHA-256 of \"<seconds>.<body>\">.");
    Err(Problem::new(StatusCode::UNAUTHORIZED, "invalidSignature", "The event is not signed, or too old", message))
}

async fn borne(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let problem = |status, code, reason, message: &str| Err(Problem::new(status, code, reason, message));
    let ask = "Get one from the user pool by client credentials, for the scope provisioning/events.write.";
    let Some(token) = bearer(headers) else {
        return problem(StatusCode::UNAUTHORIZED, "missingToken", "The event comes without a token", ask);
    };
    match app.identity.partner(token, app.clock.now()).await {
        Ok(Ok(token)) if token.allows(SCOPE) => Ok(()),
        Ok(Ok(_)) => problem(StatusCode::FORBIDDEN, "insufficientScope", "The token is good for something else", ask),
        Ok(Err(_)) => problem(StatusCode::UNAUTHORIZED, "invalidToken", "The token is not valid, or its time is over", ask),
        Err(error) => {
            tracing::error!(?error, "nobody can say whether a token is good");
            let message = "Nothing was changed. Send the event again later.";
            problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The token can’t be checked just now", message)
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use platform::provisioning::signature;
    use platform::{Clock, Environment};

    use super::*;

    /// Whether a function with these keys believes a message that is signed with this one.
    fn believes(keys: &str, key: &str) -> bool {
        let names = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SESSIONS_TABLE", "CATALOGUE_TABLE"];
        let environment = names.into_iter().fold(Environment::default(), |all, name| all.with(name, "test"));
        let app = App::new(&environment.with("PROVISIONING_KEY", keys), Clock::system()).expect("an application");
        let signature = signature(key, app.clock.now().as_second(), b"{}");
        let header = HeaderValue::from_str(&signature).expect("a header");
        signed(&app, &HeaderMap::from_iter([(http::HeaderName::from_static(SIGNATURE), header)]), b"{}").is_ok()
    }

    #[test]
    fn while_the_key_is_changed_the_new_and_the_old_one_are_believed_and_afterwards_the_new_one_alone() {
        for (keys, new, old) in [("old", false, true), ("new,old", true, true), ("new", true, false), ("", false, false)] {
            assert_eq!((believes(keys, "new"), believes(keys, "old")), (new, old), "{keys}");
        }
    }

    #[test]
    fn nothing_is_believed_for_being_signed_with_nothing() {
        assert!(!believes("", "") && !believes("new,,", ""));
    }
}
