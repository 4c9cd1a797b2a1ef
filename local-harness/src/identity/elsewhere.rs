//! A Cognito that somebody else runs: the template's pools are made there, with all that belongs to them.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::{
    Client, Config,
    config::{BehaviorVersion, Region},
    types::{
        AdminCreateUserConfigType, AttributeDataType, AttributeType, ExplicitAuthFlowsType, IdentityProviderTypeType,
        MessageActionType, OAuthFlowType, PasswordPolicyType, PreventUserExistenceErrorTypes, ResourceServerScopeType,
        SchemaAttributeType, SoftwareTokenMfaConfigType, TimeUnitsType, TokenValidityUnitsType, UserAttributeUpdateSettingsType,
        UserPoolMfaType, UserPoolPolicyType, UsernameAttributeType, UsernameConfigurationType, VerifiedAttributeType,
    },
};

use super::AppClient;
use crate::{
    Persona,
    error::said,
    template::{IdentityProviderSpec, MultiFactor, REGION, SignUps, UserPoolClientSpec, UserPoolSpec},
};

/// A Cognito that somebody else runs, with the pools that were made in it.
#[derive(Debug)]
pub(crate) struct Elsewhere {
    pub(super) url: String,
    client: Client,
    pools: Vec<String>,
    /// What the pools and clients are called there, by logical id.
    pub(super) ids: BTreeMap<String, String>,
    /// The clients, by logical id.
    pub(super) app_clients: BTreeMap<String, AppClient>,
}

impl Elsewhere {
    pub(super) async fn start(url: &str, specs: &[UserPoolSpec]) -> Result<Self, String> {
        let client = client(url);
        let mut made = Self { url: url.to_owned(), client, pools: vec![], ids: BTreeMap::new(), app_clients: BTreeMap::new() };
        for spec in specs {
            made.make(spec).await.map_err(|reason| format!("the user pool cannot be made at {url}: {reason}"))?;
        }
        Ok(made)
    }

    /// Its own domain is whatever that Cognito has: none is made.
    async fn make(&mut self, spec: &UserPoolSpec) -> Result<(), String> {
        let pool = self.make_pool(spec).await?;
        self.make_scopes(&pool, &spec.resource_scopes).await?;
        for provider in &spec.providers {
            self.make_provider(&pool, provider).await?;
        }
        for client in &spec.clients {
            self.make_client(&pool, client).await?;
        }
        self.ids.insert(spec.logical_id.clone(), pool.clone());
        self.pools.push(pool);
        Ok(())
    }

    async fn make_pool(&self, spec: &UserPoolSpec) -> Result<String, String> {
        let number = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let length = i32::try_from(spec.minimum_password_length).unwrap_or(i32::MAX);
        let passwords = PasswordPolicyType::builder()
            .minimum_length(length)
            .require_lowercase(false)
            .require_uppercase(false)
            .require_numbers(false)
            .require_symbols(false)
            .temporary_password_validity_days(number(spec.temporary_password_days))
            .build();
        let attribute = |name: &str| {
            let name = name.trim_start_matches("custom:");
            SchemaAttributeType::builder().name(name).attribute_data_type(AttributeDataType::String).mutable(true).build()
        };
        let verified = spec.verified_before_update.iter().map(|name| VerifiedAttributeType::from(name.as_str())).collect();
        let updates =
            UserAttributeUpdateSettingsType::builder().set_attributes_require_verification_before_update(Some(verified));
        let without_case = UsernameConfigurationType::builder().case_sensitive(false).build().map_err(said)?;
        let by_administrators = spec.sign_ups == SignUps::ByAdministrators;
        let made = self
            .client
            .create_user_pool()
            .pool_name(&spec.logical_id)
            .username_attributes(UsernameAttributeType::Email)
            .username_configuration(without_case)
            .auto_verified_attributes(VerifiedAttributeType::Email)
            .policies(UserPoolPolicyType::builder().password_policy(passwords).build())
            .admin_create_user_config(
                AdminCreateUserConfigType::builder().allow_admin_create_user_only(by_administrators).build(),
            )
            .user_attribute_update_settings(updates.build())
            .set_schema(Some(spec.custom_attributes.iter().map(|name| attribute(name)).collect()))
            .send()
            .await
            .map_err(said)?;
        let pool = made.user_pool.and_then(|pool| pool.id).ok_or("it has no id")?;
        let factors = match spec.factors {
            MultiFactor::Off => return Ok(pool),
            MultiFactor::Optional => UserPoolMfaType::Optional,
            MultiFactor::On => UserPoolMfaType::On,
        };
        let authenticators = SoftwareTokenMfaConfigType::builder().enabled(true).build();
        let call = self.client.set_user_pool_mfa_config().user_pool_id(&pool).mfa_configuration(factors);
        call.software_token_mfa_configuration(authenticators).send().await.map_err(said)?;
        Ok(pool)
    }

    async fn make_scopes(&self, pool: &str, scopes: &[String]) -> Result<(), String> {
        let mut servers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (server, scope) in scopes.iter().filter_map(|scope| scope.split_once('/')) {
            servers.entry(server).or_default().push(scope);
        }
        for (server, scopes) in servers {
            let scope = |name: &&str| ResourceServerScopeType::builder().scope_name(*name).scope_description(*name).build();
            let scopes: Vec<_> = scopes.iter().map(scope).collect::<Result<_, _>>().map_err(said)?;
            let call = self.client.create_resource_server().user_pool_id(pool).identifier(server).name(server);
            call.set_scopes(Some(scopes)).send().await.map_err(said)?;
        }
        Ok(())
    }

    async fn make_provider(&self, pool: &str, provider: &IdentityProviderSpec) -> Result<(), String> {
        let call = self.client.create_identity_provider().user_pool_id(pool).provider_name(&provider.name);
        let call = call
            .provider_type(IdentityProviderTypeType::Oidc)
            .provider_details("oidc_issuer", &provider.issuer)
            .provider_details("client_id", &provider.client_id)
            .provider_details("client_secret", &provider.client_secret)
            .provider_details("authorize_scopes", &provider.scopes)
            .provider_details("attributes_request_method", "GET")
            .set_attribute_mapping(Some(provider.mapping.clone().into_iter().collect()));
        call.send().await.map(|_| ()).map_err(said)
    }

    async fn make_client(&mut self, pool: &str, client: &UserPoolClientSpec) -> Result<(), String> {
        let existence = if client.hides_unknown_users { "ENABLED" } else { "LEGACY" };
        let minutes = |seconds: i64| i32::try_from(seconds / 60).unwrap_or(i32::MAX);
        let hosted = &client.hosted;
        let some = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        let flows = client.auth_flows.iter().map(|flow| ExplicitAuthFlowsType::from(flow.as_str())).collect();
        let units = TokenValidityUnitsType::builder()
            .access_token(TimeUnitsType::Minutes)
            .id_token(TimeUnitsType::Minutes)
            .refresh_token(TimeUnitsType::Minutes)
            .build();
        let call = self
            .client
            .create_user_pool_client()
            .user_pool_id(pool)
            .client_name(&client.logical_id)
            .generate_secret(client.secret.is_some())
            .set_explicit_auth_flows(Some(flows))
            .prevent_user_existence_errors(PreventUserExistenceErrorTypes::from(existence))
            .enable_token_revocation(true)
            .token_validity_units(units)
            .access_token_validity(minutes(client.access_token_seconds))
            .id_token_validity(minutes(client.id_token_seconds))
            .refresh_token_validity(minutes(client.refresh_token_seconds))
            .auth_session_validity(minutes(client.challenge_seconds))
            .set_read_attributes(client.read_attributes.clone())
            .set_write_attributes(client.write_attributes.clone())
            .set_supported_identity_providers(some(&hosted.providers))
            .allowed_o_auth_flows_user_pool_client(!hosted.flows.is_empty())
            .set_allowed_o_auth_flows(Some(hosted.flows.iter().map(|flow| OAuthFlowType::from(flow.as_str())).collect()))
            .set_allowed_o_auth_scopes(some(&hosted.scopes))
            .set_callback_urls(some(&hosted.callback_urls))
            .set_logout_urls(some(&hosted.logout_urls));
        let made = call.send().await.map_err(said)?.user_pool_client.ok_or("its client is not told")?;
        let id = made.client_id.ok_or("its client has no id")?;
        self.ids.insert(client.logical_id.clone(), id.clone());
        self.app_clients.insert(client.logical_id.clone(), AppClient { id, secret: made.client_secret });
        Ok(())
    }

    /// Makes a persona somebody who can sign in, whose authenticator is not asked for there.
    /// The subject is whatever that pool makes it.
    pub(super) async fn add(&self, persona: &mut Persona) -> Result<(), String> {
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
