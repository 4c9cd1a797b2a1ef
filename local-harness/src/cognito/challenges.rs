//! What signing in asks for after the password, and the session strings that tie the answer to it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    error::CognitoError,
    pool::{State, opaque_token},
    user::{Asked, Status, User},
};
use crate::template::{MultiFactor, UserPoolClientSpec};

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Challenge {
    pub(super) asked: Question,
    client: String,
    pub(super) sub: String,
    expires: Timestamp,
    answered: bool,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    NewPassword,
    SoftwareToken,
}

impl Question {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::NewPassword => "NEW_PASSWORD_REQUIRED",
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        }
    }

    /// What is to be asked of somebody whose password was right, if anything.
    pub(super) fn of(user: &User, factors: MultiFactor) -> Option<Self> {
        let asked = factors != MultiFactor::Off && user.factor.asked != Asked::Never && user.factor.authenticator.is_some();
        match user.status {
            Status::ForceChangePassword => Some(Self::NewPassword),
            _ if asked => Some(Self::SoftwareToken),
            _ => None,
        }
    }
}

impl State {
    /// Asks a user something, as Cognito puts it.
    pub(super) fn ask(&mut self, question: Question, client: &UserPoolClientSpec, user: &User, now: Timestamp) -> Value {
        let session = opaque_token();
        let challenge = Challenge {
            asked: question,
            client: client.id.clone(),
            sub: user.sub.clone(),
            expires: now.saturating_add(SignedDuration::from_secs(client.challenge_seconds)).unwrap_or(now),
            answered: false,
        };
        self.challenges.insert(session.clone(), challenge);
        let parameters = match question {
            Question::NewPassword => json!({
                "USER_ID_FOR_SRP": user.username,
                "requiredAttributes": "[]",
                "userAttributes": json!(user.attributes).to_string(),
            }),
            Question::SoftwareToken => json!({ "USER_ID_FOR_SRP": user.username }),
        };
        json!({ "ChallengeName": question.name(), "Session": session, "ChallengeParameters": parameters })
    }

    /// The challenge that a session string stands for. It goes on standing until the answer was right.
    pub(super) fn challenge(
        &self,
        session: &str,
        question: Question,
        client: &UserPoolClientSpec,
        now: Timestamp,
    ) -> Result<Challenge, CognitoError> {
        let refused = CognitoError::NotAuthorized;
        let of_client = |challenge: &&Challenge| challenge.client == client.id && challenge.asked == question;
        let challenge = self.challenges.get(session).filter(of_client).ok_or(refused("Invalid session for the user."))?;
        if challenge.answered {
            return Err(refused("Invalid session for the user, session can only be used once."));
        }
        if challenge.expires <= now {
            return Err(refused("Invalid session for the user, session is expired."));
        }
        Ok(challenge.clone())
    }

    /// A challenge was answered rightly: its session string is of no more use.
    pub(super) fn answered(&mut self, session: &str) {
        if let Some(challenge) = self.challenges.get_mut(session) {
            challenge.answered = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::personas;

    #[test]
    fn a_persona_with_an_authenticator_is_asked_for_its_code_where_the_pool_has_factors() {
        let mut persona = personas().remove(0);
        assert_eq!(Question::of(&User::of(&persona, Timestamp::UNIX_EPOCH), MultiFactor::Optional), None);
        persona.totp_secret = Some("MFZWIZTHNBVGW3DNNZXXA4LSON2HKVTX");
        let user = User::of(&persona, Timestamp::UNIX_EPOCH);
        assert_eq!(Question::of(&user, MultiFactor::Optional), Some(Question::SoftwareToken));
        assert_eq!(Question::of(&user, MultiFactor::Off), None);
    }
}
