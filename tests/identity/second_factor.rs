//! Authenticators.

use aws_sdk_cognitoidentityprovider::types::{ChallengeNameType, SoftwareTokenMfaSettingsType, VerifySoftwareTokenResponseType};
use jiff::SignedDuration;
use local_harness::totp_code;

use crate::bench::{Bench, NAME, PASSWORD, SignedIn, code_of};
use crate::gaps::Gap;

/// An authenticator with a secret, whose clock may be ahead by so many steps.
struct Authenticator<'b> {
    bench: &'b Bench,
    secret: String,
}

impl<'b> Authenticator<'b> {
    async fn associated(bench: &'b Bench, access: &str) -> Self {
        let answer = bench.client.associate_software_token().access_token(access).send().await.expect("a secret");
        Self { bench, secret: answer.secret_code.expect("a secret") }
    }

    fn code(&self, steps_ahead: i64) -> String {
        let at = self.bench.harness.clock().now() + SignedDuration::from_secs(30 * steps_ahead);
        totp_code(&self.secret, at).expect("a code")
    }

    /// A code that is none of the secret's just now.
    fn wrong(&self) -> &'static str {
        let right: Vec<_> = (-2..=2).map(|steps| self.code(steps)).collect();
        ["111111", "222222", "333333", "444444", "555555", "666666"]
            .into_iter()
            .find(|code| !right.iter().any(|right| right == code))
            .expect("one of six")
    }
}

/// Whoever is signed in sets one up, which has signing in ask for it.
async fn set_up<'b>(bench: &'b Bench, access: &str) -> Authenticator<'b> {
    let authenticator = Authenticator::associated(bench, access).await;
    let verify = bench.client.verify_software_token().access_token(access).user_code(authenticator.code(0));
    let shown = verify.send().await.expect("it has the secret");
    assert_eq!(shown.status, Some(VerifySoftwareTokenResponseType::Success));
    let before = bench.sign_in(NAME, PASSWORD).await;
    assert_eq!(matches!(before, SignedIn::Asked(..)), bench.lacks(Gap::AuthenticatorWaitsToBeWanted), "{before:?}");
    prefer(bench, access, true).await;
    authenticator
}

async fn prefer(bench: &Bench, access: &str, wanted: bool) {
    let settings = SoftwareTokenMfaSettingsType::builder().enabled(wanted).preferred_mfa(wanted).build();
    let call = bench.client.set_user_mfa_preference().access_token(access).software_token_mfa_settings(settings);
    call.send().await.expect("set");
}

pub(crate) async fn an_authenticator_that_has_shown_itself_is_asked_for(bench: Bench) {
    bench.user().await;
    let access = bench.access_token().await;
    let authenticator = set_up(&bench, &access).await;
    let user = bench.client.get_user().access_token(&access).send().await.expect("a user");
    assert_eq!(user.user_mfa_setting_list(), ["SOFTWARE_TOKEN_MFA"]);
    assert_eq!(user.preferred_mfa_setting(), Some("SOFTWARE_TOKEN_MFA"));

    let asked = ChallengeNameType::SoftwareTokenMfa;
    let session = bench.sign_in(NAME, PASSWORD).await.asked(&asked);
    let answer = |session: String, code: String| {
        let (asked, bench) = (asked.clone(), &bench);
        async move { bench.answer(asked, &session, &[("USERNAME", NAME), ("SOFTWARE_TOKEN_MFA_CODE", &code)]).await }
    };
    assert_eq!(answer(session.clone(), authenticator.wrong().to_owned()).await.refused(), "CodeMismatchException");
    // The code that it showed itself with was used up by that: the next one is good already.
    let next = authenticator.code(1);
    let astray = answer("a-session-that-nobody-was-given".to_owned(), next.clone()).await;
    if bench.lacks(Gap::ChallengeSessions) {
        astray.tokens();
    } else {
        assert_eq!(astray.refused(), "NotAuthorizedException");
    }
    answer(session, next.clone()).await.tokens();
    let again = bench.sign_in(NAME, PASSWORD).await.asked(&asked);
    let again = answer(again, next).await;
    if bench.lacks(Gap::CodesOfAuthenticatorsAreTakenOnce) {
        again.tokens();
    } else {
        assert_eq!(again.refused(), "CodeMismatchException");
    }
}

pub(crate) async fn an_authenticator_that_is_turned_off_is_not_asked_for(bench: Bench) {
    bench.user().await;
    let access = bench.access_token().await;
    set_up(&bench, &access).await;
    prefer(&bench, &access, false).await;
    bench.sign_in(NAME, PASSWORD).await.tokens();
}

pub(crate) async fn what_is_not_an_authenticators_code_does_not_set_it_up(bench: Bench) {
    bench.user().await;
    let access = bench.access_token().await;
    let verify = |code: &str| bench.client.verify_software_token().access_token(&access).user_code(code).send();
    assert_eq!(code_of(verify("111111").await), "EnableSoftwareTokenMFAException");
    let authenticator = Authenticator::associated(&bench, &access).await;
    assert_eq!(code_of(verify(authenticator.wrong()).await), "EnableSoftwareTokenMFAException");
    bench.sign_in(NAME, PASSWORD).await.tokens();
}
