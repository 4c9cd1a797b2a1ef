//! Sign-ins and the tokens that come of them.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    error::CognitoError,
    pool::{Pool, State, id, opaque_token},
    user::User,
};
use crate::template::UserPoolClientSpec;

/// What lets an access token be used for calls about oneself.
pub(super) const OWN_ACCOUNT: &str = "aws.cognito.signin.user.admin";

/// A sign-in that can be renewed.
#[derive(Clone, Debug)]
pub(super) struct SignIn {
    pub(super) client: String,
    pub(super) sub: String,
    /// What all tokens of one sign-in have in common.
    pub(super) origin: String,
    /// What its access tokens are good for, with spaces between.
    pub(super) scope: String,
    pub(super) signed_in: Timestamp,
    pub(super) expires: Timestamp,
    pub(super) revoked: bool,
}

impl SignIn {
    fn holds(&self, now: Timestamp) -> Result<(), CognitoError> {
        if self.revoked {
            return Err(CognitoError::NotAuthorized("Refresh Token has been revoked"));
        }
        if self.expires <= now {
            return Err(CognitoError::NotAuthorized("Refresh Token has expired"));
        }
        Ok(())
    }
}

impl State {
    /// Signs a user in: the sign-in, and the refresh token that renews it.
    pub(super) fn sign_in(&mut self, client: &UserPoolClientSpec, user: &User, scope: &str, now: Timestamp) -> (SignIn, String) {
        let sign_in = SignIn {
            client: client.id.clone(),
            sub: user.sub.clone(),
            origin: id(),
            scope: scope.to_owned(),
            signed_in: now,
            expires: now.saturating_add(SignedDuration::from_secs(client.refresh_token_seconds)).unwrap_or(now),
            revoked: false,
        };
        let refresh = opaque_token();
        self.refresh_tokens.insert(refresh.clone(), sign_in.origin.clone());
        self.sign_ins.insert(sign_in.origin.clone(), sign_in.clone());
        (sign_in, refresh)
    }

    /// The sign-in that a refresh token renews, and its user.
    pub(super) fn renewed(
        &self,
        client: &UserPoolClientSpec,
        token: &str,
        now: Timestamp,
    ) -> Result<(SignIn, User), CognitoError> {
        let sign_in = self.refresh_tokens.get(token).and_then(|origin| self.sign_ins.get(origin));
        let sign_in =
            sign_in.filter(|sign_in| sign_in.client == client.id).ok_or(CognitoError::NotAuthorized("Invalid Refresh Token"))?;
        sign_in.holds(now)?;
        let user = self.users.find(&sign_in.sub)?;
        if !user.enabled {
            return Err(CognitoError::NotAuthorized("User is disabled."));
        }
        Ok((sign_in.clone(), user.clone()))
    }

    /// Ends a sign-in by its refresh token. Ending it twice is no mistake.
    pub(super) fn revoke(&mut self, client: &UserPoolClientSpec, token: &str) -> Result<(), CognitoError> {
        let sign_in = self.refresh_tokens.get(token).and_then(|origin| self.sign_ins.get_mut(origin));
        sign_in.filter(|sign_in| sign_in.client == client.id).ok_or(CognitoError::UnsupportedTokenType)?.revoked = true;
        Ok(())
    }

    /// Ends all sign-ins of a user.
    pub(super) fn revoke_all(&mut self, sub: &str) {
        for sign_in in self.sign_ins.values_mut().filter(|sign_in| sign_in.sub == sub) {
            sign_in.revoked = true;
        }
    }
}

impl Pool {
    /// The tokens of a new sign-in, as Cognito answers a call with them.
    pub(super) fn signed_in(&self, client: &UserPoolClientSpec, user: &User, now: Timestamp) -> Value {
        let (sign_in, refresh) = self.state().sign_in(client, user, OWN_ACCOUNT, now);
        let mut result = self.tokens(client, user, &sign_in, now);
        result["RefreshToken"] = refresh.into();
        json!({ "AuthenticationResult": result, "ChallengeParameters": {} })
    }

    /// The ID and access tokens of a sign-in, as Cognito fills them.
    pub(super) fn tokens(&self, client: &UserPoolClientSpec, user: &User, sign_in: &SignIn, now: Timestamp) -> Value {
        json!({
            "IdToken": self.id_token(client, user, sign_in, None, now),
            "AccessToken": self.access_token(client, user, sign_in, now),
            "ExpiresIn": client.access_token_seconds,
            "TokenType": "Bearer",
        })
    }

    /// Who somebody is, for the client alone, with the attributes that it may read.
    pub(super) fn id_token(
        &self,
        client: &UserPoolClientSpec,
        user: &User,
        sign_in: &SignIn,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> String {
        let mut claims = self.common(user, sign_in, "id", client.id_token_seconds, now);
        for (name, value) in user.attributes.iter().filter(|(name, _)| client.reads(name)) {
            claims[name] = match (name.as_str(), value.as_str()) {
                ("email_verified" | "phone_number_verified", value) => (value == "true").into(),
                ("identities", value) => serde_json::from_str(value).unwrap_or_default(),
                (_, value) => value.into(),
            };
        }
        claims["aud"] = client.id.clone().into();
        claims["cognito:username"] = user.username.clone().into();
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        self.keys.sign(&claims)
    }

    /// What a client may do for somebody.
    pub(super) fn access_token(&self, client: &UserPoolClientSpec, user: &User, sign_in: &SignIn, now: Timestamp) -> String {
        let mut claims = self.common(user, sign_in, "access", client.access_token_seconds, now);
        claims["client_id"] = client.id.clone().into();
        claims["username"] = user.username.clone().into();
        claims["scope"] = sign_in.scope.clone().into();
        self.keys.sign(&claims)
    }

    fn common(&self, user: &User, sign_in: &SignIn, token_use: &str, seconds: i64, now: Timestamp) -> Value {
        json!({
            "sub": user.sub,
            "iss": self.issuer(),
            "origin_jti": sign_in.origin,
            "event_id": id(),
            "jti": id(),
            "token_use": token_use,
            "auth_time": sign_in.signed_in.as_second(),
            "iat": now.as_second(),
            "exp": now.as_second() + seconds,
        })
    }

    /// The user whom an access token lets ask about themselves, and the client it was made for.
    pub(super) fn owner(&self, token: &str, now: Timestamp) -> Result<(User, &UserPoolClientSpec), CognitoError> {
        let refused = CognitoError::NotAuthorized;
        let claims = self.keys.read(token).ok_or(refused("Invalid Access Token"))?;
        let claim = |name: &str| claims[name].as_str().unwrap_or_default();
        if claim("token_use") != "access" {
            return Err(refused("Invalid Access Token"));
        }
        if claims["exp"].as_i64().is_none_or(|exp| exp <= now.as_second()) {
            return Err(refused("Access Token has expired"));
        }
        let state = self.state();
        if state.sign_ins.get(claim("origin_jti")).is_none_or(|sign_in| sign_in.revoked) {
            return Err(refused("Access Token has been revoked"));
        }
        if !claim("scope").split(' ').any(|scope| scope == OWN_ACCOUNT) {
            return Err(refused("Access Token does not have required scopes"));
        }
        let user = state.users.find(claim("sub"))?;
        if !user.enabled {
            return Err(refused("User is disabled."));
        }
        Ok((user.clone(), self.client(claim("client_id"))?))
    }
}
