//! The pool's own domain and the corporate provider, as far as they depend on the clock, the personas or a page.

use jiff::SignedDuration;
use local_harness::Options;
use serde_json::Value;

use crate::bench::{Answer, Pool, send};

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A harness with nothing seeded, for staff are known without that.
async fn without_customers() -> Pool {
    Pool::with(Options { seed: false, ..Options::default() }).await
}

/// Sends somebody of the staff to sign in: to the corporate provider's page.
async fn sent(pool: &Pool) -> Answer {
    let client = pool.harness.app_client("StaffClient").expect("a client").id;
    let callback = format!("{}/staff/callback", pool.harness.origin());
    let query = serde_html_form::to_string([
        ("response_type", "code"),
        ("client_id", &*client),
        ("redirect_uri", &*callback),
        ("identity_provider", "Corporate"),
        ("state", "a-state"),
        ("nonce", "a-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    send("GET", &format!("{}/oauth2/authorize?{}", pool.harness.hosted_origin(), query.expect("a query")), &[]).await
}

/// Signs somebody in there; the answer leads back to the domain.
async fn signed_in(page: &str, employee: &str, password: &str) -> Answer {
    let shown = send("GET", page, &[]).await;
    let question = shown.body.split_once("name=\"question\" value=\"").and_then(|(_, rest)| rest.split('"').next());
    let form = [("question", question.expect("a question")), ("employee", employee), ("password", password)];
    send("POST", page.split('?').next().expect("a page"), &form).await
}

/// The code that somebody comes back to the site with.
async fn code(pool: &Pool, employee: &str, password: &str) -> String {
    let page = sent(pool).await.location.expect("a way to the provider");
    let back = signed_in(&page, employee, password).await.location.expect("a way back");
    let back = send("GET", &back, &[]).await;
    assert_eq!(back.parameter("state").as_deref(), Some("a-state"));
    back.parameter("code").expect("a code")
}

async fn exchange(pool: &Pool, code: &str, verifier: &str) -> (u16, Value) {
    let client = pool.harness.app_client("StaffClient").expect("a client").id;
    let callback = format!("{}/staff/callback", pool.harness.origin());
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &*client),
        ("redirect_uri", &*callback),
        ("code", code),
        ("code_verifier", verifier),
    ];
    let answer = send("POST", &format!("{}/oauth2/token", pool.harness.hosted_origin()), &form).await;
    (answer.status, serde_json::from_str(&answer.body).expect("JSON"))
}

#[tokio::test]
async fn each_of_the_staff_comes_back_with_their_own_subject_and_groups() {
    let pool = without_customers().await;
    let client = pool.harness.app_client("StaffClient").expect("a client").id;
    for person in pool.harness.staff() {
        let (status, tokens) = exchange(&pool, &code(&pool, person.employee, person.password).await, VERIFIER).await;
        assert_eq!(status, 200, "{tokens}");
        let claims = pool.verified(tokens["id_token"].as_str().expect("a token"), Some(&client)).await;
        assert_eq!((&claims["sub"], &claims["name"]), (&person.sub.to_string().into(), &person.name.into()));
        let groups: Vec<String> = serde_json::from_str(claims["custom:idp_groups"].as_str().expect("groups")).expect("a list");
        assert_eq!(groups, person.groups);
        assert_eq!(claims["nonce"], "a-nonce");
        assert_eq!(claims["identities"][0]["providerName"], "Corporate");
    }
}

#[tokio::test]
async fn a_code_is_good_once_for_five_minutes_and_for_who_has_its_verifier() {
    let pool = without_customers().await;
    let person = pool.harness.staff().remove(0);
    let new = async || code(&pool, person.employee, person.password).await;
    let good = new().await;
    assert_eq!(exchange(&pool, &good, VERIFIER).await.0, 200);
    assert_eq!(exchange(&pool, &good, VERIFIER).await.1["error"], "invalid_grant");
    assert_eq!(exchange(&pool, &new().await, CHALLENGE).await.1["error"], "invalid_grant");
    let late = new().await;
    pool.harness.clock().advance(SignedDuration::from_mins(5));
    assert_eq!(exchange(&pool, &late, VERIFIER).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn the_corporate_provider_wants_the_password_and_its_answer_is_taken_once_and_in_time() {
    let pool = without_customers().await;
    let person = pool.harness.staff().remove(0);
    let page = sent(&pool).await.location.expect("a way to the provider");
    assert!(page.starts_with("http://localhost:"), "another site than {}: {page}", pool.harness.origin());
    let wrong = signed_in(&page, person.employee, "not-the-password").await;
    assert!(wrong.status == 401 && wrong.body.contains("That is not the password."), "{}", wrong.body);
    let back = signed_in(&page, person.employee, person.password).await.location.expect("a way back");
    assert!(send("GET", &back, &[]).await.parameter("code").is_some());
    assert_eq!(send("GET", &back, &[]).await.status, 400);
    let late = sent(&pool).await.location.expect("a way to the provider");
    let late = signed_in(&late, person.employee, person.password).await.location.expect("a way back");
    pool.harness.clock().advance(SignedDuration::from_mins(5));
    assert_eq!(send("GET", &late, &[]).await.status, 400);
}

#[tokio::test]
async fn a_client_of_the_pools_own_users_gets_a_page_to_sign_in_on() {
    let text = std::fs::read_to_string(local_harness::template::repository_template()).expect("the template");
    let text = text.replace(
        "SupportedIdentityProviders: [!Ref CorporateProviderName]",
        "SupportedIdentityProviders: [!Ref CorporateProviderName, COGNITO]",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let template = folder.path().join("template.yaml");
    std::fs::write(&template, text).expect("written");
    let pool = Pool::with(Options { template, ..Options::default() }).await;
    let client = pool.harness.app_client("StaffClient").expect("a client").id;
    let callback = format!("{}/staff/callback", pool.harness.origin());
    let query = serde_html_form::to_string([("response_type", "code"), ("client_id", &*client), ("redirect_uri", &*callback)]);
    let hosted = pool.harness.hosted_origin();
    let led = send("GET", &format!("{hosted}/oauth2/authorize?{}", query.expect("a query")), &[]).await;
    let page = format!("{hosted}{}", led.location.expect("a way to the page"));
    let shown = send("GET", &page, &[]).await;
    assert!(shown.body.contains("Sign in with Corporate") && shown.body.contains("name=\"password\""), "{}", shown.body);
    let answer = async |password: &str| send("POST", &page, &[("username", pool.maya().email), ("password", password)]).await;
    let wrong = answer("not-the-password").await;
    assert!(wrong.status == 400 && wrong.body.contains("Incorrect username or password."), "{}", wrong.body);
    assert!(answer(pool.maya().password).await.parameter("code").is_some());
}
