//! What every test gets: a pool of its own on a stand-in, made of the template as the harness makes it, and nobody in it.

use std::collections::HashMap;

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{BehaviorVersion, Region},
    error::{ProvideErrorMetadata, SdkError},
    types::{AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType, MessageActionType},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use local_harness::{AppClient, Options, Running, start};
use serde_json::Value;

use crate::gaps::{self, Gap};
use crate::http::Http;
use crate::stand_ins::{ministack, oidc_provider};

/// Somebody whom tests make a user.
pub(crate) const NAME: &str = "lena.vogt@example.com";
pub(crate) const PASSWORD: &str = "lena-counts-clouds";

/// A pool of a test's own.
pub(crate) struct Bench {
    pub(crate) harness: Running,
    pub(crate) client: Client,
    pub(crate) pool: String,
    pub(crate) customers: String,
    gaps: &'static [Gap],
}

/// What came of signing in.
#[derive(Debug)]
pub(crate) enum SignedIn {
    Tokens(AuthenticationResultType),
    /// It asks something more, in a session.
    Asked(ChallengeNameType, String),
    /// It is refused: the error's name, and its words.
    Refused(String, String),
}

impl SignedIn {
    pub(crate) fn tokens(self) -> AuthenticationResultType {
        match self {
            Self::Tokens(tokens) => tokens,
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub(crate) fn asked(self, what: &ChallengeNameType) -> String {
        match self {
            Self::Asked(asked, session) if asked == *what => session,
            other => panic!("not asked for {what:?}: {other:?}"),
        }
    }

    pub(crate) fn refused(self) -> String {
        match self {
            Self::Refused(name, _) => name,
            other => panic!("not refused: {other:?}"),
        }
    }
}

impl Bench {
    async fn new(options: Options, gaps: &'static [Gap]) -> Self {
        let harness = start(Options { seed: false, ..options }).await.expect("a harness");
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(harness.cognito_endpoint())
            .http_client(platform::http_client::http_client())
            .build();
        let told = |name: &str| harness.environment("identify").and_then(|told| told.get(name)).expect("a variable").to_owned();
        let (pool, customers) = (told("USER_POOL_ID"), told("CUSTOMER_CLIENT_ID"));
        Self { client: Client::from_conf(config), pool, customers, gaps, harness }
    }

    /// Whether the stand-in is known to get something wrong.
    pub(crate) fn lacks(&self, gap: Gap) -> bool {
        self.gaps.contains(&gap)
    }

    pub(crate) fn staff(&self) -> AppClient {
        self.harness.app_client("StaffClient").expect("a client")
    }

    pub(crate) fn partner(&self) -> AppClient {
        self.harness.app_client("TryOutPartnerClient").expect("a client")
    }

    /// Makes [`NAME`] a user who can sign in; gives the subject.
    pub(crate) async fn user(&self) -> String {
        let attribute = |name: &str, value: &str| AttributeType::builder().name(name).value(value).build().expect("an attribute");
        let call = self.client.admin_create_user().user_pool_id(&self.pool).username(NAME);
        let call = call.user_attributes(attribute("email", NAME)).user_attributes(attribute("email_verified", "true"));
        let made = call.message_action(MessageActionType::Suppress).send().await.expect("a user").user.expect("a user");
        let call = self.client.admin_set_user_password().user_pool_id(&self.pool).username(NAME);
        call.password(PASSWORD).permanent(true).send().await.expect("a password");
        let sub = made.attributes().iter().find(|attribute| attribute.name == "sub").and_then(AttributeType::value);
        sub.expect("a subject").to_owned()
    }

    pub(crate) async fn sign_in(&self, name: &str, password: &str) -> SignedIn {
        self.ask(AuthFlowType::AdminUserPasswordAuth, &[("USERNAME", name), ("PASSWORD", password)]).await
    }

    pub(crate) async fn ask(&self, flow: AuthFlowType, parameters: &[(&str, &str)]) -> SignedIn {
        let call = self.client.admin_initiate_auth().user_pool_id(&self.pool).client_id(&self.customers).auth_flow(flow);
        match call.set_auth_parameters(Some(pairs(parameters))).send().await {
            Ok(answer) => outcome(answer.authentication_result, answer.challenge_name, answer.session),
            Err(error) => refusal(&error),
        }
    }

    /// Answers what signing in asked.
    pub(crate) async fn answer(&self, asked: ChallengeNameType, session: &str, answers: &[(&str, &str)]) -> SignedIn {
        let call = self.client.admin_respond_to_auth_challenge().user_pool_id(&self.pool).client_id(&self.customers);
        let call = call.challenge_name(asked).session(session).set_challenge_responses(Some(pairs(answers)));
        match call.send().await {
            Ok(answer) => outcome(answer.authentication_result, answer.challenge_name, answer.session),
            Err(error) => refusal(&error),
        }
    }

    pub(crate) async fn access_token(&self) -> String {
        self.sign_in(NAME, PASSWORD).await.tokens().access_token.expect("an access token")
    }

    /// The code that was sent; MiniStack sends nothing, and takes one code for each purpose.
    pub(crate) fn code(&self, to: &str, otherwise: &str) -> String {
        self.harness.outbox().code(to).unwrap_or_else(|| otherwise.to_owned())
    }

    /// The claims of a token, once its signature, issuer and times hold, and its audience where it has one.
    pub(crate) async fn verified(&self, token: &str, audience: Option<&str>) -> Value {
        let told =
            |name: &str| self.harness.environment("identify").and_then(|told| told.get(name)).expect("a variable").to_owned();
        let keys: JwkSet = serde_json::from_value(Http::default().get(&told("JWKS_URL")).await.json()).expect("a key set");
        let header = jsonwebtoken::decode_header(token).expect("a header");
        let key = keys.find(&header.kid.expect("a key id")).expect("the key");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[told("TOKEN_ISSUER")]);
        match audience {
            Some(audience) => validation.set_audience(&[audience]),
            None => validation.validate_aud = false,
        }
        let claims = jsonwebtoken::decode::<Value>(token, &DecodingKey::from_jwk(key).expect("a public key"), &validation);
        claims.expect("a good token").claims
    }
}

/// The name of the error that a call was refused with.
pub(crate) fn code_of<T: std::fmt::Debug, E: ProvideErrorMetadata + std::fmt::Debug>(outcome: Result<T, SdkError<E>>) -> String {
    outcome.expect_err("refused").code().expect("a name").to_owned()
}

fn pairs(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn outcome(tokens: Option<AuthenticationResultType>, asked: Option<ChallengeNameType>, session: Option<String>) -> SignedIn {
    match (tokens, asked) {
        (Some(tokens), _) => SignedIn::Tokens(tokens),
        (None, asked) => SignedIn::Asked(asked.expect("a question"), session.expect("a session")),
    }
}

fn refusal<E: ProvideErrorMetadata>(error: &SdkError<E>) -> SignedIn {
    SignedIn::Refused(error.code().expect("a name").to_owned(), error.message().unwrap_or_default().to_owned())
}

fn run<F: Future<Output = ()>>(options: Options, gaps: &'static [Gap], test: impl FnOnce(Bench) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    runtime.block_on(async { test(Bench::new(options, gaps).await).await });
}

/// Runs a test on the harness's own.
pub(crate) fn on_the_harness<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    run(Options::default(), &[], test);
}

/// Runs a test on the harness's own with `oidc-provider`, or says that there is none.
pub(crate) fn on_the_harness_with_oidc_provider<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    if let Some(corporate) = oidc_provider() {
        run(Options { corporate: Some(corporate), ..Options::default() }, &[], test);
    }
}

/// Runs a test on MiniStack with `oidc-provider`, or says that one of them is not there.
pub(crate) fn on_ministack<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    if let (Some(url), Some(corporate)) = (ministack(), oidc_provider()) {
        run(Options { cognito: Some(url), corporate: Some(corporate), ..Options::default() }, gaps::MINISTACK, test);
    }
}
