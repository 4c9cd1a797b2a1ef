//! A user pool as the harness understands it, with all that belongs to it.

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// The providers elsewhere that it lets people sign in by.
    pub providers: Vec<IdentityProviderSpec>,
    /// What clients that act for nobody may be allowed: resource servers' scopes with their servers before them.
    pub resource_scopes: Vec<String>,
    /// The address of its own domain, if it has one.
    pub domain: Option<String>,
}

/// An identity provider elsewhere that speaks OpenID Connect (`AWS::Cognito::UserPoolIdentityProvider`).
#[derive(Clone, Debug)]
pub struct IdentityProviderSpec {
    /// What the pool calls it.
    pub name: String,
    /// Where it says what it is.
    pub issuer: String,
    /// What the pool is registered as there.
    pub client_id: String,
    /// What the pool proves itself with there.
    pub client_secret: String,
    /// What the pool asks it for, with spaces between.
    pub scopes: String,
    /// The claim that each attribute comes from.
    pub mapping: BTreeMap<String, String>,
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
    /// What it may do at the pool's domain.
    pub hosted: HostedSpec,
}

/// What a client may do at the pool's domain: nothing, where the template does not say.
#[derive(Clone, Debug, Default)]
pub struct HostedSpec {
    /// `AllowedOAuthFlows`.
    pub flows: Vec<String>,
    /// `AllowedOAuthScopes`.
    pub scopes: Vec<String>,
    /// Where it may have people sent back to.
    pub callback_urls: Vec<String>,
    /// Where it may have people sent who have signed out.
    pub logout_urls: Vec<String>,
    /// `SupportedIdentityProviders`; `COGNITO` is the pool itself.
    pub providers: Vec<String>,
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
