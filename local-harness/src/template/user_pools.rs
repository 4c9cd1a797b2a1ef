//! The user pools of a template with their clients.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    TemplateError,
    intrinsics::{Scope, shape},
    wiring::typed,
};

/// A user pool (`AWS::Cognito::UserPool`) with its clients.
#[derive(Clone, Debug)]
pub struct UserPoolSpec {
    /// Logical id in the template.
    pub logical_id: String,
    /// Pool id.
    pub id: String,
    /// The shortest password it takes.
    pub minimum_password_length: usize,
    /// How long a password that an administrator chose can be signed in with, in days.
    pub temporary_password_days: i64,
    /// Who makes somebody a user.
    pub sign_ups: SignUps,
    /// Whether signing in may ask for a second factor.
    pub factors: MultiFactor,
    /// Attributes besides the standard ones, as they are called in calls and tokens.
    pub custom_attributes: Vec<String>,
    /// Attributes that change only once a code has confirmed the new value.
    pub verified_before_update: Vec<String>,
    /// Its app clients.
    pub clients: Vec<UserPoolClientSpec>,
}

/// Who makes somebody a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUps {
    /// Anybody makes themselves one.
    Open,
    /// Only administrators do.
    ByAdministrators,
}

/// Whether signing in may ask for a second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MultiFactor {
    /// It never does.
    #[default]
    Off,
    /// It does of those who have set one up.
    Optional,
    /// It does of everybody.
    On,
}

/// An app client (`AWS::Cognito::UserPoolClient`).
#[derive(Clone, Debug)]
pub struct UserPoolClientSpec {
    /// Logical id in the template.
    pub logical_id: String,
    /// Client id.
    pub id: String,
    /// What it proves itself with, if it has to.
    pub secret: Option<String>,
    /// `ExplicitAuthFlows`.
    pub auth_flows: Vec<String>,
    /// Whether an unknown user is answered like a wrong password.
    pub hides_unknown_users: bool,
    /// Life of an ID token.
    pub id_token_seconds: i64,
    /// Life of an access token.
    pub access_token_seconds: i64,
    /// Life of a refresh token.
    pub refresh_token_seconds: i64,
    /// How long a question at signing in waits for its answer.
    pub challenge_seconds: i64,
    /// The attributes that it may read; all standard ones, where it does not say.
    pub read_attributes: Option<Vec<String>>,
    /// The attributes that it may write; all standard ones, where it does not say.
    pub write_attributes: Option<Vec<String>>,
}

impl UserPoolClientSpec {
    /// Whether it may read an attribute. Which identities somebody has at other providers is never hidden from it.
    #[must_use]
    pub fn reads(&self, attribute: &str) -> bool {
        attribute == "identities" || may(self.read_attributes.as_deref(), attribute)
    }

    /// Whether it may write an attribute.
    #[must_use]
    pub fn writes(&self, attribute: &str) -> bool {
        may(self.write_attributes.as_deref(), attribute)
    }
}

fn may(attributes: Option<&[String]>, attribute: &str) -> bool {
    match attributes {
        Some(attributes) => attributes.iter().any(|allowed| allowed == attribute),
        None => !attribute.starts_with("custom:"),
    }
}

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
            logical_id: logical_id.to_owned(),
            id,
        });
    }
    Ok(pools)
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

/// Whether every pool has an attribute (OpenID Connect's standard claims).
#[must_use]
pub fn is_standard(name: &str) -> bool {
    const STANDARD: [&str; 20] = [
        "address",
        "birthdate",
        "email",
        "email_verified",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "phone_number_verified",
        "picture",
        "preferred_username",
        "profile",
        "sub",
        "updated_at",
        "website",
        "zoneinfo",
    ];
    STANDARD.contains(&name)
}

fn clients(scope: &Scope<'_>, pool: &str) -> Result<Vec<UserPoolClientSpec>, TemplateError> {
    let mut clients = Vec::new();
    for (logical_id, resource) in scope.resources("AWS::Cognito::UserPoolClient")? {
        let properties = &resource["Properties"];
        if scope.text(&properties["UserPoolId"], logical_id)? != pool {
            continue;
        }
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
            logical_id: logical_id.to_owned(),
        });
    }
    Ok(clients)
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
