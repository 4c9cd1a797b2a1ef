//! A harness of a test's own and a client for its user pool.

use std::collections::HashMap;

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{BehaviorVersion, Region},
    error::SdkError,
    operation::{
        admin_initiate_auth::{AdminInitiateAuthError, AdminInitiateAuthOutput},
        admin_respond_to_auth_challenge::{AdminRespondToAuthChallengeError, AdminRespondToAuthChallengeOutput},
    },
    types::{AuthFlowType, AuthenticationResultType, ChallengeNameType},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use local_harness::{Options, Persona, Running, start};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A harness and a client for its user pool, with what `identify` is told of it.
pub(crate) struct Pool {
    pub(crate) harness: Running,
    pub(crate) client: Client,
    pub(crate) pool: String,
    pub(crate) app: String,
    pub(crate) issuer: String,
}

impl Pool {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let harness = start(options).await.expect("a harness");
        let config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(harness.cognito_endpoint())
            .http_client(platform::http_client::http_client())
            .build();
        let told = |name| harness.environment("identify").and_then(|told| told.get(name)).expect("a variable").to_owned();
        let (pool, app, issuer) = (told("USER_POOL_ID"), told("CUSTOMER_CLIENT_ID"), told("TOKEN_ISSUER"));
        Self { client: Client::from_conf(config), harness, pool, app, issuer }
    }

    pub(crate) fn maya(&self) -> &Persona {
        &self.harness.personas()[0]
    }

    pub(crate) async fn ask(
        &self,
        flow: AuthFlowType,
        parameters: &[(&str, &str)],
    ) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        let parameters: HashMap<_, _> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let call = self.client.admin_initiate_auth().user_pool_id(&self.pool).client_id(&self.app).auth_flow(flow);
        call.set_auth_parameters(Some(parameters)).send().await.map_err(SdkError::into_service_error)
    }

    pub(crate) async fn sign_in(&self, name: &str, password: &str) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        self.ask(AuthFlowType::AdminUserPasswordAuth, &[("USERNAME", name), ("PASSWORD", password)]).await
    }

    /// Answers the question that signing in asked.
    pub(crate) async fn respond(
        &self,
        question: ChallengeNameType,
        session: &str,
        answers: &[(&str, &str)],
    ) -> Result<AdminRespondToAuthChallengeOutput, AdminRespondToAuthChallengeError> {
        let call = self.client.admin_respond_to_auth_challenge().user_pool_id(&self.pool).client_id(&self.app);
        let answers: HashMap<_, _> = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let call = call.challenge_name(question).session(session).set_challenge_responses(Some(answers));
        call.send().await.map_err(SdkError::into_service_error)
    }

    pub(crate) async fn tokens(&self) -> AuthenticationResultType {
        let signed_in = self.sign_in(self.maya().email, self.maya().password).await.expect("a sign-in");
        signed_in.authentication_result.expect("tokens")
    }

    pub(crate) async fn refresh(&self, token: &str) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        self.ask(AuthFlowType::RefreshTokenAuth, &[("REFRESH_TOKEN", token)]).await
    }

    /// Has the tokens signed with a new key, as a script would.
    pub(crate) async fn rotate_keys(&self) {
        let answer = ask("POST", &format!("{}/_harness/keys.json", self.harness.origin())).await;
        assert!(answer.contains("true"), "{answer}");
    }

    /// The claims of a token, once its signature and times hold.
    pub(crate) async fn verified(&self, token: &str, audience: Option<&str>) -> Value {
        let address =
            self.harness.environment("identify").and_then(|told| told.get("JWKS_URL")).expect("the key set's address").to_owned();
        let keys: JwkSet = serde_json::from_str(&fetch(&address).await).expect("a key set");
        let header = jsonwebtoken::decode_header(token).expect("a header");
        let key = keys.find(&header.kid.expect("a key id")).expect("the key");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&self.issuer]);
        match audience {
            Some(audience) => validation.set_audience(&[audience]),
            None => validation.validate_aud = false,
        }
        jsonwebtoken::decode(token, &DecodingKey::from_jwk(key).expect("a public key"), &validation).expect("a good token").claims
    }
}

async fn fetch(url: &str) -> String {
    ask("GET", url).await
}

/// The body of an answer.
async fn ask(method: &str, url: &str) -> String {
    send(method, url, &[]).await.body
}

/// An answer of the domain or the corporate provider.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where it leads, when it does.
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Answer {
    /// A parameter of the address that it leads to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.location.as_deref()?.split_once('?')?.1;
        let parameters: Vec<(String, String)> = serde_html_form::from_str(query).expect("parameters");
        parameters.into_iter().find_map(|(own, value)| (own == name).then_some(value))
    }
}

/// Sends a form, or nothing.
pub(crate) async fn send(method: &str, url: &str, form: &[(&str, &str)]) -> Answer {
    let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let body = serde_html_form::to_string(form).expect("a form");
    let head =
        format!("{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await.expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
    let location = head.lines().find_map(|line| line.strip_prefix("location: ")).map(str::to_owned);
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, location, body: body.to_owned() }
}
