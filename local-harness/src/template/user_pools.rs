//! Finds the user pools of a template with what belongs to each.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    HostedSpec, IdentityProviderSpec, MultiFactor, SignUps, TemplateError, UserPoolClientSpec, UserPoolSpec,
    intrinsics::{REGION, Scope, shape},
    is_standard,
    wiring::typed,
};

pub(super) fn user_pools(scope: &Scope<'_>) -> Result<Vec<UserPoolSpec>, TemplateError> {
    let mut pools = Vec::new();
    for (logical_id, resource) in scope.resources("AWS::Cognito::UserPool")? {
        let properties = &resource["Properties"];
        let id = scope.physical_id(logical_id, logical_id)?;
        let passwords = &properties["Policies"]["PasswordPolicy"];
        let by_administrators = or(scope, &properties["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], false, logical_id)?;
        let verified = &properties["UserAttributeUpdateSettings"]["AttributesRequireVerificationBeforeUpdate"];
        pools.push(UserPoolSpec {
            minimum_password_length: or(scope, &passwords["MinimumLength"], 8, logical_id)?,
            temporary_password_days: or(scope, &passwords["TemporaryPasswordValidityDays"], 7, logical_id)?,
            sign_ups: if by_administrators { SignUps::ByAdministrators } else { SignUps::Open },
            factors: or(scope, &properties["MfaConfiguration"], MultiFactor::Off, logical_id)?,
            custom_attributes: custom_attributes(scope, &properties["Schema"], logical_id)?,
            verified_before_update: or(scope, verified, vec![], logical_id)?,
            clients: clients(scope, &id)?,
            providers: providers(scope, &id)?,
            resource_scopes: resource_scopes(scope, &id)?,
            domain: domain(scope, &id)?,
            logical_id: logical_id.to_owned(),
            id,
        });
    }
    Ok(pools)
}

/// The resources of a kind that belong to a pool.
fn of_pool<'t>(scope: &Scope<'t>, kind: &str, pool: &str) -> Result<Vec<(&'t str, &'t Value)>, TemplateError> {
    let mut found = Vec::new();
    for (logical_id, resource) in scope.resources(kind)? {
        let properties = &resource["Properties"];
        if scope.text(&properties["UserPoolId"], logical_id)? == pool {
            found.push((logical_id, properties));
        }
    }
    Ok(found)
}

fn providers(scope: &Scope<'_>, pool: &str) -> Result<Vec<IdentityProviderSpec>, TemplateError> {
    let mut providers = Vec::new();
    for (logical_id, properties) in of_pool(scope, "AWS::Cognito::UserPoolIdentityProvider", pool)? {
        let kind = scope.text(&properties["ProviderType"], logical_id)?;
        if kind != "OIDC" {
            return Err(shape(logical_id, format!("the harness has no identity provider that speaks {kind}, only OIDC")));
        }
        let details: BTreeMap<String, String> = typed(scope, &properties["ProviderDetails"], logical_id)?;
        let detail = |name: &str| details.get(name).cloned().ok_or_else(|| shape(logical_id, format!("it has no {name}")));
        let mapping: BTreeMap<String, String> = or(scope, &properties["AttributeMapping"], BTreeMap::new(), logical_id)?;
        providers.push(IdentityProviderSpec {
            name: scope.text(&properties["ProviderName"], logical_id)?,
            issuer: detail("oidc_issuer")?,
            client_id: detail("client_id")?,
            client_secret: scope.secret(&detail("client_secret")?, logical_id)?,
            scopes: detail("authorize_scopes")?,
            mapping,
        });
    }
    Ok(providers)
}

fn resource_scopes(scope: &Scope<'_>, pool: &str) -> Result<Vec<String>, TemplateError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Defined {
        scope_name: String,
    }
    let mut scopes = Vec::new();
    for (logical_id, properties) in of_pool(scope, "AWS::Cognito::UserPoolResourceServer", pool)? {
        let server = scope.text(&properties["Identifier"], logical_id)?;
        let defined: Vec<Defined> = or(scope, &properties["Scopes"], vec![], logical_id)?;
        scopes.extend(defined.into_iter().map(|Defined { scope_name }| format!("{server}/{scope_name}")));
    }
    Ok(scopes)
}

fn domain(scope: &Scope<'_>, pool: &str) -> Result<Option<String>, TemplateError> {
    let domains = of_pool(scope, "AWS::Cognito::UserPoolDomain", pool)?;
    let domain = domains.first().map(|(logical_id, properties)| scope.text(&properties["Domain"], logical_id));
    Ok(domain.transpose()?.map(|prefix| format!("https://{prefix}.auth.{REGION}.amazoncognito.com")))
}

/// Those of a schema's attributes that the pool does not have anyway.
fn custom_attributes(scope: &Scope<'_>, schema: &Value, at: &str) -> Result<Vec<String>, TemplateError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Attribute {
        name: String,
        #[serde(default)]
        required: bool,
    }
    let schema: Vec<Attribute> = or(scope, schema, vec![], at)?;
    let own = schema.into_iter().filter(|attribute| !attribute.required && !is_standard(&attribute.name));
    Ok(own.map(|attribute| format!("custom:{}", attribute.name)).collect())
}

fn clients(scope: &Scope<'_>, pool: &str) -> Result<Vec<UserPoolClientSpec>, TemplateError> {
    let mut clients = Vec::new();
    for (logical_id, properties) in of_pool(scope, "AWS::Cognito::UserPoolClient", pool)? {
        let existence = &properties["PreventUserExistenceErrors"];
        let minutes: i64 = or(scope, &properties["AuthSessionValidity"], 3, logical_id)?;
        let has_secret = or(scope, &properties["GenerateSecret"], false, logical_id)?;
        clients.push(UserPoolClientSpec {
            id: scope.physical_id(logical_id, logical_id)?,
            // Where nothing runs but this machine's stand-ins, a secret that can be known beforehand does.
            secret: has_secret.then(|| format!("{}-secret", logical_id.to_ascii_lowercase())),
            auth_flows: or(scope, &properties["ExplicitAuthFlows"], vec![], logical_id)?,
            hides_unknown_users: !existence.is_null() && scope.text(existence, logical_id)? == "ENABLED",
            id_token_seconds: validity(scope, properties, "IdToken", 3600, logical_id)?,
            access_token_seconds: validity(scope, properties, "AccessToken", 3600, logical_id)?,
            refresh_token_seconds: validity(scope, properties, "RefreshToken", 30 * 86400, logical_id)?,
            challenge_seconds: minutes * 60,
            read_attributes: or(scope, &properties["ReadAttributes"], None, logical_id)?,
            write_attributes: or(scope, &properties["WriteAttributes"], None, logical_id)?,
            hosted: hosted(scope, properties, logical_id)?,
            logical_id: logical_id.to_owned(),
        });
    }
    Ok(clients)
}

fn hosted(scope: &Scope<'_>, properties: &Value, at: &str) -> Result<HostedSpec, TemplateError> {
    if !or(scope, &properties["AllowedOAuthFlowsUserPoolClient"], false, at)? {
        return Ok(HostedSpec::default());
    }
    let list = |name: &str| or(scope, &properties[name], vec![], at);
    Ok(HostedSpec {
        flows: list("AllowedOAuthFlows")?,
        scopes: list("AllowedOAuthScopes")?,
        callback_urls: list("CallbackURLs")?,
        logout_urls: list("LogoutURLs")?,
        providers: list("SupportedIdentityProviders")?,
    })
}

/// A token's life: a number in `TokenValidityUnits`, whose own defaults are hours and, for refresh tokens, days.
fn validity(scope: &Scope<'_>, properties: &Value, token: &str, default: i64, at: &str) -> Result<i64, TemplateError> {
    let number = &properties[format!("{token}Validity")];
    if number.is_null() {
        return Ok(default);
    }
    let number: i64 = typed(scope, number, at)?;
    let seconds = match properties["TokenValidityUnits"][token].as_str() {
        Some("seconds") => 1,
        Some("minutes") => 60,
        Some("hours") => 3600,
        Some("days") => 86400,
        None if token == "RefreshToken" => 86400,
        None => 3600,
        Some(other) => return Err(shape(at, format!("`{other}` is no unit of a token's validity"))),
    };
    Ok(number * seconds)
}

/// A property, or what holds where the template does not say.
fn or<T: DeserializeOwned>(scope: &Scope<'_>, value: &Value, default: T, at: &str) -> Result<T, TemplateError> {
    if value.is_null() { Ok(default) } else { typed(scope, value, at) }
}
