//! The small Cognito, asked by AWS's own client as the site asks it.

use std::collections::HashMap;

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{BehaviorVersion, Region},
    error::ProvideErrorMetadata,
    operation::admin_initiate_auth::{AdminInitiateAuthError, AdminInitiateAuthOutput},
    types::{AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType, MessageActionType, UserStatusType},
};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use local_harness::{Options, Persona, Running, start};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A harness and a client for its user pool, with what `identify` is told of it.
struct Pool {
    harness: Running,
    client: Client,
    pool: String,
    app: String,
    issuer: String,
}

impl Pool {
    async fn start() -> Self {
        let harness = start(Options::default()).await.expect("a harness");
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

    fn maya(&self) -> &Persona {
        &self.harness.personas()[0]
    }

    async fn ask(
        &self,
        flow: AuthFlowType,
        parameters: &[(&str, &str)],
    ) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        let parameters: HashMap<_, _> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let call = self.client.admin_initiate_auth().user_pool_id(&self.pool).client_id(&self.app).auth_flow(flow);
        call.set_auth_parameters(Some(parameters))
            .send()
            .await
            .map_err(aws_sdk_cognitoidentityprovider::error::SdkError::into_service_error)
    }

    async fn sign_in(&self, name: &str, password: &str) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        self.ask(AuthFlowType::AdminUserPasswordAuth, &[("USERNAME", name), ("PASSWORD", password)]).await
    }

    async fn tokens(&self) -> AuthenticationResultType {
        let signed_in = self.sign_in(self.maya().email, self.maya().password).await.expect("a sign-in");
        signed_in.authentication_result.expect("tokens")
    }

    async fn refresh(&self, token: &str) -> Result<AdminInitiateAuthOutput, AdminInitiateAuthError> {
        self.ask(AuthFlowType::RefreshTokenAuth, &[("REFRESH_TOKEN", token)]).await
    }

    /// The claims of a token, once its signature and times hold.
    async fn verified(&self, token: &str, audience: Option<&str>) -> Value {
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
    let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    stream
        .write_all(format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes())
        .await
        .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
}

#[tokio::test]
async fn a_personas_password_gives_tokens_that_verify() {
    let pool = Pool::start().await;
    let tokens = pool.tokens().await;
    assert_eq!((tokens.token_type(), tokens.expires_in()), (Some("Bearer"), 300));
    let identity = pool.verified(tokens.id_token().expect("an ID token"), Some(&pool.app)).await;
    let access = pool.verified(tokens.access_token().expect("an access token"), None).await;
    for claims in [&identity, &access] {
        assert_eq!(claims["sub"], pool.maya().sub.to_string());
        assert_eq!(claims["iss"], format!("https://cognito-idp.us-east-1.amazonaws.com/{}", pool.pool));
        assert_eq!(claims["origin_jti"], identity["origin_jti"]);
        assert_eq!(claims["auth_time"], claims["iat"]);
    }
    assert_eq!(
        (&identity["token_use"], &identity["email"], &identity["email_verified"]),
        (&"id".into(), &pool.maya().email.into(), &true.into())
    );
    assert_eq!((&identity["name"], &access["name"]), (&pool.maya().name.into(), &Value::Null));
    assert_eq!((&access["token_use"], &access["client_id"]), (&"access".into(), &Value::from(pool.app.as_str())));
    assert_ne!(identity["jti"], access["jti"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_are_answered_alike() {
    let pool = Pool::start().await;
    for (name, password) in [(pool.maya().email, "not-her-password"), ("nobody@example.com", pool.maya().password)] {
        let error = pool.sign_in(name, password).await.expect_err("refused");
        assert!(error.is_not_authorized_exception(), "{error:?}");
        assert_eq!(error.message(), Some("Incorrect username or password."));
    }
    let upper_case = pool.maya().email.to_uppercase();
    assert!(pool.sign_in(&upper_case, pool.maya().password).await.is_ok());
}

#[tokio::test]
async fn a_refresh_token_works_until_it_is_revoked_or_expires() {
    let pool = Pool::start().await;
    let refresh = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    let renewed = pool.refresh(&refresh).await.expect("renewed").authentication_result.expect("tokens");
    assert!(renewed.id_token().is_some() && renewed.refresh_token().is_none());
    for _ in 0..2 {
        pool.client.revoke_token().client_id(&pool.app).token(&refresh).send().await.expect("revoked");
    }
    let error = pool.refresh(&refresh).await.expect_err("revoked");
    assert!(error.is_not_authorized_exception(), "{error:?}");

    let later = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    pool.harness.clock().advance(SignedDuration::from_mins(61));
    assert_eq!(pool.refresh(&later).await.expect_err("expired").message(), Some("Refresh Token has expired"));
}

#[tokio::test]
async fn signing_somebody_out_everywhere_revokes_all_refresh_tokens() {
    let pool = Pool::start().await;
    let refresh = pool.tokens().await.refresh_token().expect("a refresh token").to_owned();
    pool.client
        .admin_user_global_sign_out()
        .user_pool_id(&pool.pool)
        .username(pool.maya().email)
        .send()
        .await
        .expect("signed out");
    assert!(pool.refresh(&refresh).await.is_err());
}

#[tokio::test]
async fn an_administrator_sees_who_is_disabled_and_they_cannot_sign_in() {
    let pool = Pool::start().await;
    let sub = pool.maya().sub.to_string();
    let seen = pool.client.admin_get_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("a user");
    assert!(seen.enabled && seen.username == sub && seen.user_status == Some(UserStatusType::Confirmed));
    let email = seen.user_attributes().iter().find(|attribute| attribute.name == "email").and_then(AttributeType::value);
    assert_eq!(email, Some(pool.maya().email));

    pool.client.admin_disable_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("disabled");
    let seen = pool.client.admin_get_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("a user");
    assert!(!seen.enabled);
    assert_eq!(
        pool.sign_in(pool.maya().email, pool.maya().password).await.expect_err("disabled").message(),
        Some("User is disabled.")
    );
    pool.client.admin_enable_user().user_pool_id(&pool.pool).username(&sub).send().await.expect("enabled");
    assert!(pool.sign_in(pool.maya().email, pool.maya().password).await.is_ok());

    let nobody = pool.client.admin_get_user().user_pool_id(&pool.pool).username("nobody").send().await.expect_err("nobody");
    assert!(nobody.into_service_error().is_user_not_found_exception());
}

#[tokio::test]
async fn a_user_made_by_an_administrator_must_choose_a_password_unless_it_was_set_for_good() {
    let pool = Pool::start().await;
    let make = || {
        let call = pool
            .client
            .admin_create_user()
            .user_pool_id(&pool.pool)
            .username("new@example.com")
            .message_action(MessageActionType::Suppress);
        call.temporary_password("for-the-first-time").send()
    };
    let made = make().await.expect("a user").user.expect("a user");
    assert_eq!(made.user_status, Some(UserStatusType::ForceChangePassword));
    assert!(make().await.expect_err("taken").into_service_error().is_username_exists_exception());

    let challenged = pool.sign_in("new@example.com", "for-the-first-time").await.expect("a challenge");
    assert_eq!(challenged.challenge_name, Some(ChallengeNameType::NewPasswordRequired));
    assert!(challenged.authentication_result.is_none());

    let set = |password: &str| {
        let call = pool.client.admin_set_user_password().user_pool_id(&pool.pool).username("new@example.com");
        call.password(password).permanent(true).send()
    };
    assert!(set("short").await.expect_err("short").into_service_error().is_invalid_password_exception());
    set("chosen-for-good").await.expect("set");
    assert!(pool.sign_in("new@example.com", "chosen-for-good").await.expect("signed in").authentication_result.is_some());
}

#[tokio::test]
async fn what_the_stand_in_does_not_have_it_refuses_by_name() {
    let pool = Pool::start().await;
    let error = pool.client.list_devices().access_token("x").send().await.expect_err("refused").into_service_error();
    assert!(error.message().is_some_and(|message| message.contains("ListDevices")), "{error:?}");
    let flow = pool.ask(AuthFlowType::UserPasswordAuth, &[]).await.expect_err("refused");
    assert!(flow.is_invalid_parameter_exception(), "{flow:?}");
    let elsewhere = pool.client.admin_get_user().user_pool_id("us-east-1_Other").username("x").send().await.expect_err("refused");
    assert!(elsewhere.into_service_error().is_resource_not_found_exception());
}
