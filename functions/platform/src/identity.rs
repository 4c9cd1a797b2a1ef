//! Who people are: Cognito, asked once at sign-in and again from time to time. No token outlives the request it came with.

mod customers;
pub mod staff;
mod tokens;

use std::sync::{Arc, OnceLock};

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_sdk_cognitoidentityprovider::error::ProvideErrorMetadata;
use aws_sdk_cognitoidentityprovider::operation::admin_get_user::AdminGetUserOutput;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use order_manager::id::PersonId;
use uuid::Uuid;

use crate::config::{CognitoSettings, Config, TokenSettings};
use crate::http_client::{connector, http_client};
use crate::page_error::PageError;
use tokens::{Claims, Expected, Keys, verified, verified_access};

pub use tokens::{PartnerToken, Unbelievable};

pub use customers::{Answered, Challenge, Known, Proof, Question, SetPassword, Shown, SignIn, SignUp};

/// The way to the identity provider. Nothing is connected until somebody signs in.
#[derive(Clone)]
pub struct Identity {
    config: Arc<Config>,
    client: Arc<OnceLock<Client>>,
    keys: Keys,
}

/// A person, as the identity provider names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who: the subject, never the e-mail, which may change hands.
    pub id: PersonId,
    /// The name to greet them by.
    pub name: String,
}

impl Identity {
    /// By a function's configuration.
    #[must_use]
    pub fn new(config: Arc<Config>) -> Self {
        Self { config, client: Arc::default(), keys: Keys::default() }
    }

    fn settings(&self) -> Result<&CognitoSettings, PageError> {
        self.config.cognito.as_ref().ok_or(PageError::Broken("this function is not given the identity provider"))
    }

    fn tokens(&self) -> Result<&TokenSettings, PageError> {
        self.config.tokens.as_ref().ok_or(PageError::Broken("this function is not told whose tokens to believe"))
    }

    fn client(&self) -> &Client {
        self.client.get_or_init(|| {
            let mut builder = aws_sdk_cognitoidentityprovider::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(self.config.region.clone()))
                .credentials_provider(self.config.credentials.clone())
                .http_client(http_client());
            builder.set_endpoint_url(self.config.cognito_endpoint.clone());
            Client::from_conf(builder.build())
        })
    }

    /// Whether a person may still come in.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn is_enabled(&self, person: PersonId) -> Result<bool, PageError> {
        Ok(self.user(&person.to_string()).await?.is_some_and(|user| user.enabled))
    }

    /// A user as the pool knows them; `None` where it knows nobody of that name.
    async fn user(&self, username: &str) -> Result<Option<AdminGetUserOutput>, PageError> {
        let settings = self.settings()?;
        match self.client().admin_get_user().user_pool_id(&settings.user_pool).username(username).send().await {
            Ok(user) => Ok(Some(user)),
            Err(error) if error.code() == Some("UserNotFoundException") => Ok(None),
            Err(error) => Err(PageError::Identity(error.code().unwrap_or("no answer").to_owned())),
        }
    }

    /// What an ID token says, once it is verified; or why it is not believed.
    async fn verify(
        &self,
        token: &str,
        expected: &Expected<'_>,
        now: Timestamp,
    ) -> Result<Result<Claims, Unbelievable>, PageError> {
        let key = self.keys.key_of(token, now, self.fetch_keys(self.tokens()?)).await?;
        Ok(key.and_then(|key| verified(token, &key, expected, now)).inspect_err(|why| {
            tracing::warn!(?why, "an ID token is not believed");
        }))
    }

    /// The partner whose system bears an access token, and what the token is good for; or why it is not believed.
    ///
    /// # Errors
    /// When the pool's keys cannot be fetched, or this function is not told whose tokens to believe.
    pub async fn partner(&self, token: &str, now: Timestamp) -> Result<Result<PartnerToken, Unbelievable>, PageError> {
        let settings = self.tokens()?;
        let key = self.keys.key_of(token, now, self.fetch_keys(settings)).await?;
        Ok(key.and_then(|key| verified_access(token, &key, &settings.issuer, now)).inspect_err(|why| {
            tracing::warn!(?why, "an access token is not believed");
        }))
    }

    /// Ends what could renew a sign-in. The token is dropped by whoever has it in any case; a failure to revoke it leaves one
    /// that nobody holds.
    async fn revoke(&self, client: &str, refresh: Option<&str>) {
        let Some(refresh) = refresh else { return };
        if let Err(error) = self.client().revoke_token().client_id(client).token(refresh).send().await {
            tracing::warn!(code = error.code().unwrap_or("no answer"), "a refresh token was not revoked");
        }
    }

    async fn fetch_keys(&self, settings: &TokenSettings) -> Result<JwkSet, PageError> {
        let failed = |_| PageError::Identity("the pool's keys cannot be fetched".to_owned());
        let request = HttpRequest::get(&*settings.jwks_url).map_err(|_| PageError::Broken("JWKS_URL is no address"))?;
        let answer =
            connector().call(request).await.map_err(|_| PageError::Identity("the pool's keys cannot be fetched".to_owned()))?;
        let bytes = aws_smithy_types::byte_stream::ByteStream::new(answer.into_body()).collect().await.map_err(failed)?;
        serde_json::from_slice(&bytes.into_bytes()).map_err(|_| PageError::Identity("the pool's keys cannot be read".to_owned()))
    }
}

/// The token that a request bears (RFC 6750, section 2.1).
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whom a token is about.
fn subject(claims: &Claims) -> Result<PersonId, PageError> {
    Uuid::try_parse(&claims.sub).map(PersonId::new).map_err(|_| PageError::Broken("the ID token's subject is none of ours"))
}
