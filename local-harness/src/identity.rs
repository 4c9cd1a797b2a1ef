//! Where people are known: the small Cognito of this process, or another that is reached by its address.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{BehaviorVersion, Region},
    types::{
        AttributeType, ExplicitAuthFlowsType, MessageActionType, PasswordPolicyType, PreventUserExistenceErrorTypes,
        UserPoolPolicyType, UsernameAttributeType,
    },
};

use crate::{
    HarnessClock, Outbox, Persona, StartError,
    cognito::{Cognito, KeyRing},
    error::said,
    template::{REGION, UserPoolSpec},
};

/// An app client as a program that uses it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppClient {
    /// Its id.
    pub id: String,
    /// What it proves itself with, if it has to.
    pub secret: Option<String>,
}

/// A running user pool.
#[derive(Debug)]
pub(crate) enum Identity {
    Embedded(Cognito),
    Elsewhere(Elsewhere),
}

/// A Cognito that somebody else runs, with the pools that were made in it.
#[derive(Debug)]
pub(crate) struct Elsewhere {
    url: String,
    client: Client,
    pools: Vec<String>,
    /// What the pools and clients are called there, by logical id.
    ids: BTreeMap<String, String>,
    app_clients: BTreeMap<String, AppClient>,
}

impl Identity {
    /// Starts the embedded one, or makes the template's pools at `url`.
    pub(crate) async fn start(
        url: Option<&str>,
        pools: Vec<UserPoolSpec>,
        clock: &HarnessClock,
        outbox: &Outbox,
    ) -> Result<Self, StartError> {
        match url {
            None => Cognito::start(pools, clock, outbox).await.map(Self::Embedded),
            Some(url) => {
                Elsewhere::start(url.trim_end_matches('/'), &pools).await.map(Self::Elsewhere).map_err(StartError::Cognito)
            }
        }
    }

    pub(crate) fn endpoint(&self) -> String {
        match self {
            Self::Embedded(cognito) => cognito.endpoint(),
            Self::Elsewhere(elsewhere) => elsewhere.url.clone(),
        }
    }

    /// Ids that the template's resources really have, where they differ.
    pub(crate) fn ids(&self) -> BTreeMap<String, String> {
        match self {
            Self::Embedded(_) => BTreeMap::new(),
            Self::Elsewhere(elsewhere) => elsewhere.ids.clone(),
        }
    }

    /// Scheme and host of the pools' domain.
    pub(crate) fn hosted(&self) -> String {
        match self {
            Self::Embedded(cognito) => cognito.hosted(),
            Self::Elsewhere(elsewhere) => elsewhere.url.clone(),
        }
    }

    /// An app client of the template.
    pub(crate) fn app_client(&self, logical_id: &str) -> Option<AppClient> {
        match self {
            Self::Embedded(cognito) => cognito.app_client(logical_id),
            Self::Elsewhere(elsewhere) => elsewhere.app_clients.get(logical_id).cloned(),
        }
    }

    /// What the embedded one signs tokens with.
    pub(crate) fn key_ring(&self) -> Option<KeyRing> {
        match self {
            Self::Embedded(cognito) => Some(cognito.key_ring()),
            Self::Elsewhere(_) => None,
        }
    }

    /// Makes a persona somebody who can sign in.
    pub(crate) async fn add(&self, persona: &mut Persona) -> Result<(), StartError> {
        match self {
            Self::Embedded(cognito) => cognito.add(persona),
            Self::Elsewhere(elsewhere) => elsewhere.add(persona).await.map_err(StartError::Cognito)?,
        }
        Ok(())
    }

    pub(crate) async fn stop(self) {
        if let Self::Embedded(cognito) = self {
            cognito.stop().await;
        }
    }
}

impl Elsewhere {
    async fn start(url: &str, specs: &[UserPoolSpec]) -> Result<Self, String> {
        let client = client(url);
        let mut made = Self { url: url.to_owned(), client, pools: vec![], ids: BTreeMap::new(), app_clients: BTreeMap::new() };
        for spec in specs {
            made.make(spec).await.map_err(|reason| format!("the user pool cannot be made at {url}: {reason}"))?;
        }
        Ok(made)
    }

    async fn make(&mut self, spec: &UserPoolSpec) -> Result<(), String> {
        let length = i32::try_from(spec.minimum_password_length).unwrap_or(i32::MAX);
        let policy = PasswordPolicyType::builder().minimum_length(length).build();
        let made = self
            .client
            .create_user_pool()
            .pool_name(&spec.logical_id)
            .username_attributes(UsernameAttributeType::Email)
            .policies(UserPoolPolicyType::builder().password_policy(policy).build())
            .send()
            .await
            .map_err(said)?;
        let pool = made.user_pool.and_then(|pool| pool.id).ok_or("it has no id")?;
        for client in &spec.clients {
            let existence = if client.hides_unknown_users { "ENABLED" } else { "LEGACY" };
            let made = self
                .client
                .create_user_pool_client()
                .user_pool_id(&pool)
                .client_name(&client.logical_id)
                .set_explicit_auth_flows(Some(
                    client.auth_flows.iter().map(|flow| ExplicitAuthFlowsType::from(flow.as_str())).collect(),
                ))
                .prevent_user_existence_errors(PreventUserExistenceErrorTypes::from(existence))
                .send()
                .await
                .map_err(said)?;
            let id = made.user_pool_client.and_then(|client| client.client_id).ok_or("its client has no id")?;
            self.ids.insert(client.logical_id.clone(), id);
        }
        self.ids.insert(spec.logical_id.clone(), pool.clone());
        self.pools.push(pool);
        Ok(())
    }

    /// The subject is whatever that pool makes it.
    async fn add(&self, persona: &mut Persona) -> Result<(), String> {
        for pool in &self.pools {
            let attribute = |name: &str, value: &str| AttributeType::builder().name(name).value(value).build().map_err(said);
            let made = self
                .client
                .admin_create_user()
                .user_pool_id(pool)
                .username(persona.email)
                .user_attributes(attribute("email", persona.email)?)
                .user_attributes(attribute("email_verified", "true")?)
                .user_attributes(attribute("name", persona.name)?)
                .message_action(MessageActionType::Suppress)
                .send()
                .await
                .map_err(said)?;
            let attributes = made.user.map(|user| user.attributes.unwrap_or_default()).unwrap_or_default();
            if let Some(sub) =
                attributes.into_iter().find(|attribute| attribute.name == "sub").and_then(|attribute| attribute.value)
            {
                persona.sub = sub.parse().map_err(|_| format!("{sub} is no subject as Cognito makes them"))?;
            }
            let set = self
                .client
                .admin_set_user_password()
                .user_pool_id(pool)
                .username(persona.email)
                .password(persona.password)
                .permanent(true);
            set.send().await.map_err(said)?;
        }
        Ok(())
    }
}

/// A client for a stand-in.
fn client(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static(REGION))
        .credentials_provider(Credentials::new("test", "test", None, None, "stand-in"))
        .endpoint_url(endpoint)
        .http_client(platform::http_client::http_client())
        .build();
    Client::from_conf(config)
}
