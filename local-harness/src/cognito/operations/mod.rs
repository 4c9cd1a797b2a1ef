//! The calls. Each takes the fields that the site and its tests send; others are ignored, as harmless here.

mod administration;
mod authentication;
mod own;
mod recovery;
mod registration;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{error::CognitoError, pool::Pools};

/// Carries out a call.
///
/// # Errors
/// As Cognito would refuse it; a call that this stand-in does not have is refused by name.
pub(super) fn call(pools: &Pools, operation: &str, input: Value) -> Result<Value, CognitoError> {
    match operation {
        "AdminInitiateAuth" => authentication::begin(pools, &read(input)?),
        "AdminRespondToAuthChallenge" => authentication::respond(pools, &read(input)?),
        "RevokeToken" => authentication::revoke(pools, &read(input)?),
        "SignUp" => registration::sign_up(pools, read(input)?),
        "ConfirmSignUp" => registration::confirm(pools, &read(input)?),
        "ResendConfirmationCode" => registration::resend(pools, &read(input)?),
        "ForgotPassword" => recovery::forgot(pools, &read(input)?),
        "ConfirmForgotPassword" => recovery::confirm(pools, read(input)?),
        "GetUser" => own::describe(pools, &read(input)?),
        "ChangePassword" => own::change_password(pools, read(input)?),
        "UpdateUserAttributes" => own::update(pools, read(input)?),
        "GetUserAttributeVerificationCode" => own::send_again(pools, &read(input)?),
        "VerifyUserAttribute" => own::verify(pools, &read(input)?),
        "AssociateSoftwareToken" => own::associate(pools, &read(input)?),
        "VerifySoftwareToken" => own::verify_software_token(pools, &read(input)?),
        "SetUserMFAPreference" => own::prefer(pools, &read(input)?),
        "AdminCreateUser" => administration::create(pools, read(input)?),
        "AdminGetUser" => administration::describe(pools, &read(input)?),
        "AdminEnableUser" => administration::enable(pools, &read(input)?),
        "AdminDisableUser" => administration::disable(pools, &read(input)?),
        "AdminSetUserPassword" => administration::set_password(pools, read(input)?),
        "AdminUpdateUserAttributes" => administration::update(pools, read(input)?),
        "AdminSetUserMFAPreference" => administration::prefer(pools, &read(input)?),
        "AdminUserGlobalSignOut" => administration::sign_out(pools, &read(input)?),
        other => Err(CognitoError::UnknownOperation(other.to_owned())),
    }
}

/// An attribute as calls carry it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    name: String,
    #[serde(default)]
    value: String,
}

/// Which factor a call wants asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct FactorSettings {
    enabled: bool,
    preferred_mfa: bool,
}

fn read<T: DeserializeOwned>(input: Value) -> Result<T, CognitoError> {
    serde_json::from_value(input).map_err(|error| CognitoError::InvalidParameter(error.to_string()))
}
