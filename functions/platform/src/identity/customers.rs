//! What customers do about their own sign-in: each call of the user pool, and what may come of it.
//!
//! Whatever the pool refuses for comes out as few cases as a page may tell apart. Unknown users take the same calls as known ones.

use std::collections::HashMap;

use aws_sdk_cognitoidentityprovider::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cognitoidentityprovider::operation::admin_initiate_auth::AdminInitiateAuthOutput;
use aws_sdk_cognitoidentityprovider::operation::admin_respond_to_auth_challenge::AdminRespondToAuthChallengeOutput;
use aws_sdk_cognitoidentityprovider::types::{
    AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType, ContextDataType, HttpHeader,
    SoftwareTokenMfaSettingsType,
};
use jiff::Timestamp;
use order_manager::id::PersonId;
use order_manager::party::EmailAddress;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tokens::{Expected, From};
use super::{Identity, Person, subject};
use crate::page_error::PageError;
use crate::viewer::Viewer;

/// What came of an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// It is this person.
    Person(Person),
    /// The password was right; the pool asks something more.
    Asked(Challenge),
    /// It is not, for whatever reason: nobody is told which.
    Refused,
}

/// What the pool asks after the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// What it asks.
    pub question: Question,
    /// The pool's name for this attempt; it works once.
    session: String,
    /// The pool's name for the user.
    username: String,
}

/// What the pool may ask after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// A password of one's own in the place of the first one.
    NewPassword,
    /// A code of an authenticator app.
    Code,
}

/// What an answer of the pool says of what it asks next.
struct Asking {
    challenge_name: Option<ChallengeNameType>,
    session: Option<String>,
    challenge_parameters: Option<HashMap<String, String>>,
}

/// What came of answering it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The next step.
    SignIn(SignIn),
    /// The code is wrong; another may be tried.
    Wrong,
    /// The pool does not take that password.
    PasswordRefused,
    /// It took too long, or was answered already.
    Over,
}

/// What came of creating a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// It is there, and a code is on its way.
    Made(PersonId),
    /// The address has one.
    Taken,
    /// The pool does not take that password.
    PasswordRefused,
    /// The pool refuses for another reason.
    Refused,
}

/// What came of an authenticator app's first code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Signing in asks for the app's codes from now on.
    Added,
    /// It is wrong; another may be tried.
    Wrong,
    /// It took too long: the password has to be given again.
    Over,
}

/// What came of setting a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetPassword {
    /// It counts.
    Done,
    /// The code that allows it is wrong.
    WrongCode,
    /// The pool does not take that password.
    Refused,
}

/// What the pool knows of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// What they sign in with.
    pub email: EmailAddress,
    /// Whether they may.
    pub enabled: bool,
    /// Whether signing in asks for a code of an authenticator app.
    pub factor: bool,
}

/// That somebody has just given their password again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Proof {
    /// Where signing in asks for nothing more, what acts for the person at the pool for a few minutes.
    tokens: Option<Tokens>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Tokens {
    access: String,
    refresh: Option<String>,
}

impl Identity {
    /// Signs a customer in by password: the tokens are verified once, then revoked and dropped.
    ///
    /// # Errors
    /// When the identity provider cannot be asked, or its answer cannot be believed.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        viewer: &Viewer,
        now: Timestamp,
    ) -> Result<SignIn, PageError> {
        let Some(answer) = self.by_password(email, password, viewer).await? else { return Ok(SignIn::Refused) };
        let AdminInitiateAuthOutput { authentication_result, challenge_name, session, challenge_parameters, .. } = answer;
        self.next(email, authentication_result, Asking { challenge_name, session, challenge_parameters }, now).await
    }

    async fn by_password(
        &self,
        username: &str,
        password: &SecretString,
        viewer: &Viewer,
    ) -> Result<Option<AdminInitiateAuthOutput>, PageError> {
        let settings = self.settings()?;
        let attempt = self
            .client()
            .admin_initiate_auth()
            .auth_flow(AuthFlowType::AdminUserPasswordAuth)
            .user_pool_id(&settings.user_pool)
            .client_id(&settings.customer_client)
            .auth_parameters("USERNAME", username)
            .auth_parameters("PASSWORD", password.expose_secret())
            .set_context_data(context(viewer));
        match attempt.send().await {
            Ok(answer) => Ok(Some(answer)),
            Err(SdkError::ServiceError(error)) if is_refusal(error.err().code()) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    /// What the pool's answer to a password or to a challenge comes to.
    async fn next(
        &self,
        username: &str,
        tokens: Option<AuthenticationResultType>,
        asking: Asking,
        now: Timestamp,
    ) -> Result<SignIn, PageError> {
        if let Some(tokens) = tokens {
            let settings = self.settings()?;
            let token = tokens.id_token().ok_or(PageError::Broken("signed in without an ID token"))?;
            let expected = Expected { issuer: &self.tokens()?.issuer, client: &settings.customer_client, from: From::Pool };
            let claims = self.verify(token, &expected, now).await?;
            let claims = claims.map_err(|_| PageError::Broken("the ID token does not verify"))?;
            let person = Person { id: subject(&claims)?, name: claims.name.or(claims.email).unwrap_or_default() };
            self.revoke(&settings.customer_client, tokens.refresh_token()).await;
            return Ok(SignIn::Person(person));
        }
        let question = match asking.challenge_name {
            Some(ChallengeNameType::NewPasswordRequired) => Question::NewPassword,
            Some(ChallengeNameType::SoftwareTokenMfa) => Question::Code,
            other => {
                tracing::warn!(challenge = ?other, "the user pool asks something that no page asks");
                return Ok(SignIn::Refused);
            }
        };
        let own_name = asking.challenge_parameters.and_then(|mut parameters| parameters.remove("USER_ID_FOR_SRP"));
        let username = own_name.unwrap_or_else(|| username.to_owned());
        Ok(SignIn::Asked(Challenge { question, session: asking.session.unwrap_or_default(), username }))
    }

    /// Answers what the pool asked: a code, or a new password.
    ///
    /// # Errors
    /// When the identity provider cannot be asked, or its answer cannot be believed.
    pub async fn answer(
        &self,
        challenge: &Challenge,
        answer: &SecretString,
        viewer: &Viewer,
        now: Timestamp,
    ) -> Result<Answered, PageError> {
        let settings = self.settings()?;
        let (name, response) = match challenge.question {
            Question::NewPassword => (ChallengeNameType::NewPasswordRequired, "NEW_PASSWORD"),
            Question::Code => (ChallengeNameType::SoftwareTokenMfa, "SOFTWARE_TOKEN_MFA_CODE"),
        };
        let attempt = self
            .client()
            .admin_respond_to_auth_challenge()
            .user_pool_id(&settings.user_pool)
            .client_id(&settings.customer_client)
            .challenge_name(name)
            .session(&challenge.session)
            .challenge_responses("USERNAME", &challenge.username)
            .challenge_responses(response, answer.expose_secret())
            .set_context_data(context(viewer));
        match attempt.send().await {
            Ok(answer) => {
                let AdminRespondToAuthChallengeOutput {
                    authentication_result,
                    challenge_name,
                    session,
                    challenge_parameters,
                    ..
                } = answer;
                let asking = Asking { challenge_name, session, challenge_parameters };
                let next = self.next(&challenge.username, authentication_result, asking, now).await?;
                Ok(Answered::SignIn(next))
            }
            Err(error) => match code_of(&error) {
                Some("CodeMismatchException") => Ok(Answered::Wrong),
                Some("InvalidPasswordException" | "PasswordHistoryPolicyViolationException") => Ok(Answered::PasswordRefused),
                code if is_refusal(code) || code == Some("ExpiredCodeException") => Ok(Answered::Over),
                _ => Err(failed(&error)),
            },
        }
    }

    /// Asks for the password again. `None` when it is not theirs.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn prove(&self, person: PersonId, password: &SecretString, viewer: &Viewer) -> Result<Option<Proof>, PageError> {
        let Some(answer) = self.by_password(&person.to_string(), password, viewer).await? else { return Ok(None) };
        let tokens = answer.authentication_result.and_then(|tokens| {
            Some(Tokens { access: tokens.access_token()?.to_owned(), refresh: tokens.refresh_token().map(str::to_owned) })
        });
        // Asked for a code, the pool has found the password right all the same.
        let asked_for_code = answer.challenge_name == Some(ChallengeNameType::SoftwareTokenMfa);
        Ok((tokens.is_some() || asked_for_code).then_some(Proof { tokens }))
    }

    /// Drops what a proof came with.
    pub async fn let_go(&self, proof: Proof) {
        if let (Some(tokens), Ok(settings)) = (proof.tokens, self.settings()) {
            self.revoke(&settings.customer_client, tokens.refresh.as_deref()).await;
        }
    }

    /// Creates a sign-in, which counts once the code that the pool sends has come back.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn sign_up(&self, email: &EmailAddress, name: &str, password: &SecretString) -> Result<SignUp, PageError> {
        let settings = self.settings()?;
        let sign_up = self
            .client()
            .sign_up()
            .client_id(&settings.customer_client)
            .username(email.as_str())
            .password(password.expose_secret())
            .user_attributes(attribute("email", email.as_str())?)
            .user_attributes(attribute("name", name)?);
        match sign_up.send().await {
            Ok(made) => Ok(SignUp::Made(person(made.user_sub())?)),
            Err(error) => match code_of(&error) {
                Some("UsernameExistsException" | "AliasExistsException") => Ok(SignUp::Taken),
                Some("InvalidPasswordException") => Ok(SignUp::PasswordRefused),
                code if is_refusal(code) => Ok(SignUp::Refused),
                _ => Err(failed(&error)),
            },
        }
    }

    /// Whether a code confirms a new sign-in.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn confirm_sign_up(&self, email: &EmailAddress, code: &str) -> Result<bool, PageError> {
        let settings = self.settings()?;
        let confirm = self.client().confirm_sign_up().client_id(&settings.customer_client).username(email.as_str());
        let confirmed = confirm.confirmation_code(code).send().await;
        confirmed.map(|_| true).or_else(|error| if is_refusal(code_of(&error)) { Ok(false) } else { Err(failed(&error)) })
    }

    /// Has the code of a new sign-in sent again. Whether there is one that waits for a code.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn send_again(&self, email: &EmailAddress) -> Result<bool, PageError> {
        let settings = self.settings()?;
        let send = self.client().resend_confirmation_code().client_id(&settings.customer_client).username(email.as_str());
        let sent = send.send().await;
        sent.map(|_| true).or_else(|error| if is_refusal(code_of(&error)) { Ok(false) } else { Err(failed(&error)) })
    }

    /// Has a code sent to choose a new password with, where the address has a sign-in. Nobody is told whether it has.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn recover(&self, email: &EmailAddress) -> Result<(), PageError> {
        let settings = self.settings()?;
        let send = self.client().forgot_password().client_id(&settings.customer_client).username(email.as_str());
        let sent = send.send().await;
        sent.map(|_| ()).or_else(|error| if is_refusal(code_of(&error)) { Ok(()) } else { Err(failed(&error)) })
    }

    /// Chooses a new password by a code.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn finish_recovery(
        &self,
        email: &EmailAddress,
        code: &str,
        password: &SecretString,
    ) -> Result<SetPassword, PageError> {
        let settings = self.settings()?;
        let finish = self.client().confirm_forgot_password().client_id(&settings.customer_client).username(email.as_str());
        match finish.confirmation_code(code).password(password.expose_secret()).send().await {
            Ok(_) => Ok(SetPassword::Done),
            Err(error) => match code_of(&error) {
                Some("InvalidPasswordException" | "PasswordHistoryPolicyViolationException") => Ok(SetPassword::Refused),
                code if is_refusal(code) => Ok(SetPassword::WrongCode),
                _ => Err(failed(&error)),
            },
        }
    }

    /// Sets the password of somebody who has shown who they are.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn set_password(&self, person: PersonId, password: &SecretString) -> Result<SetPassword, PageError> {
        let settings = self.settings()?;
        let set = self.client().admin_set_user_password().user_pool_id(&settings.user_pool).username(person.to_string());
        match set.password(password.expose_secret()).permanent(true).send().await {
            Ok(_) => Ok(SetPassword::Done),
            Err(error) => match code_of(&error) {
                Some("InvalidPasswordException" | "PasswordHistoryPolicyViolationException") => Ok(SetPassword::Refused),
                _ => Err(failed(&error)),
            },
        }
    }

    /// Gives somebody another address to sign in with, which they have shown to be theirs. `false` when somebody else has it.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn set_email(&self, person: PersonId, email: &EmailAddress) -> Result<bool, PageError> {
        let settings = self.settings()?;
        let set = self.client().admin_update_user_attributes().user_pool_id(&settings.user_pool).username(person.to_string());
        let set = set.user_attributes(attribute("email", email.as_str())?).user_attributes(attribute("email_verified", "true")?);
        match set.send().await {
            Ok(_) => Ok(true),
            Err(error) if code_of(&error) == Some("AliasExistsException") => Ok(false),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Begins to add an authenticator app: the secret it has to be given. `None` when what the proof came with is no longer good.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn begin_factor(&self, proof: &Proof) -> Result<Option<SecretString>, PageError> {
        let Some(tokens) = &proof.tokens else { return Ok(None) };
        match self.client().associate_software_token().access_token(&tokens.access).send().await {
            Ok(begun) => Ok(begun.secret_code.map(SecretString::from)),
            Err(error) if is_refusal(code_of(&error)) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Adds the app, which shows by its first code that it has the secret. From then on signing in asks for one.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn finish_factor(&self, proof: &Proof, code: &str) -> Result<Shown, PageError> {
        let Some(tokens) = &proof.tokens else { return Ok(Shown::Over) };
        let shown = self.client().verify_software_token().access_token(&tokens.access).user_code(code).send().await;
        if let Err(error) = shown {
            return match code_of(&error) {
                Some("EnableSoftwareTokenMFAException" | "CodeMismatchException") => Ok(Shown::Wrong),
                code if is_refusal(code) => Ok(Shown::Over),
                _ => Err(failed(&error)),
            };
        }
        let asked = SoftwareTokenMfaSettingsType::builder().enabled(true).preferred_mfa(true).build();
        let prefer = self.client().set_user_mfa_preference().access_token(&tokens.access).software_token_mfa_settings(asked);
        prefer.send().await.map_err(|error| failed(&error))?;
        Ok(Shown::Added)
    }

    /// Has signing in no longer ask for a code of an authenticator app.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn remove_factor(&self, person: PersonId) -> Result<(), PageError> {
        let settings = self.settings()?;
        let not_asked = SoftwareTokenMfaSettingsType::builder().enabled(false).preferred_mfa(false).build();
        let prefer = self.client().admin_set_user_mfa_preference().user_pool_id(&settings.user_pool);
        let prefer = prefer.username(person.to_string()).software_token_mfa_settings(not_asked);
        prefer.send().await.map(|_| ()).map_err(|error| failed(&error))
    }

    /// What the pool knows of somebody, by their id or their e-mail address. `None` when it does not know them.
    ///
    /// # Errors
    /// When the identity provider cannot be asked, or its answer makes no sense.
    pub async fn known(&self, username: &str) -> Result<Option<Known>, PageError> {
        let Some(user) = self.user(username).await? else { return Ok(None) };
        let attribute = |name: &str| user.user_attributes().iter().find(|attribute| attribute.name == name)?.value();
        let email = attribute("email").and_then(|email| email.parse().ok());
        Ok(Some(Known {
            id: person(attribute("sub").unwrap_or_default())?,
            email: email.ok_or(PageError::Broken("a user without an e-mail address"))?,
            enabled: user.enabled,
            factor: user.user_mfa_setting_list().iter().any(|factor| factor == "SOFTWARE_TOKEN_MFA"),
        }))
    }
}

/// What the pool is told for its protection against threats.
fn context(viewer: &Viewer) -> Option<ContextDataType> {
    let agent = HttpHeader::builder().header_name("User-Agent").header_value(&viewer.agent).build();
    let context = ContextDataType::builder()
        .ip_address(viewer.address.to_string())
        .server_name(&viewer.host)
        .server_path(&viewer.path)
        .http_headers(agent);
    context.build().ok()
}

fn attribute(name: &str, value: &str) -> Result<AttributeType, PageError> {
    let attribute = AttributeType::builder().name(name).value(value).build();
    attribute.map_err(|_| PageError::Broken("an attribute without a name"))
}

fn person(sub: &str) -> Result<PersonId, PageError> {
    Uuid::try_parse(sub).map(PersonId::new).map_err(|_| PageError::Broken("a subject that is no UUID"))
}

fn code_of<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

fn failed<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> PageError {
    PageError::Identity(code_of(error).unwrap_or("no answer").to_owned())
}

/// The refusals that all get the same answer.
fn is_refusal(code: Option<&str>) -> bool {
    matches!(
        code,
        Some(
            "NotAuthorizedException"
                | "UserNotFoundException"
                | "UserNotConfirmedException"
                | "PasswordResetRequiredException"
                | "InvalidParameterException"
                | "TooManyRequestsException"
                | "CodeMismatchException"
                | "ExpiredCodeException"
                | "LimitExceededException"
                | "TooManyFailedAttemptsException"
                | "CodeDeliveryFailureException"
                | "AliasExistsException"
        )
    )
}
