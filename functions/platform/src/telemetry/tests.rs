use order_manager::entered::Reason;
use serde_json::json;

use super::*;
use crate::{Clock, Environment};

fn app() -> App {
    let names = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SESSIONS_TABLE", "CATALOGUE_TABLE"];
    let environment = names.into_iter().fold(Environment::default(), |environment, name| environment.with(name, "x"));
    let environment = environment.with("ENV_NAME", "dev").with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9");
    App::new(&environment, Clock::system()).expect("the application")
}

fn request() -> Request {
    let event = r#"{"version":"2.0","routeKey":"POST /orders/{order}/items/{item}","rawPath":"/orders/1/items/2","rawQueryString":"",
        "headers":{"host":"site.example","cookie":"__Host-sid=secret"},"body":"name=Maya+Chen","requestContext":{"http":{
        "method":"POST","path":"/orders/1/items/2","protocol":"HTTP/1.1","sourceIp":"203.0.113.9","userAgent":"Firefox"},
        "routeKey":"POST /orders/{order}/items/{item}","stage":"$default","timeEpoch":0},"isBase64Encoded":false}"#;
    lambda_http::request::from_str(event).expect("an event")
}

fn answered(status: u16) -> Response<Body> {
    Response::builder().status(status).body(Body::Empty).expect("an answer")
}

async fn line(log: &Log, happens: impl FnOnce()) -> (String, Value) {
    let answer = async |_| {
        happens();
        answered(422)
    };
    let (_, line) = log.of_request(&app(), request(), answer).await;
    let parsed = serde_json::from_str(&line).expect("JSON");
    (line, parsed)
}

#[tokio::test]
async fn a_request_has_one_line_that_says_what_was_asked_and_nothing_personal() {
    let log = Log::new("configure");
    let order = "0190d5e0-0000-7000-8000-000000000001".parse().expect("an order");
    let (text, said) = line(&log, || {
        about(order);
        wrong(&[FieldError::new("port-number", Reason::Missing), FieldError::new("", Reason::Said("form-not-ours"))]);
    })
    .await;
    assert!(!text.contains('\n'));
    assert_eq!((&said["function"], &said["route"]), (&json!("configure"), &json!("POST /orders/{order}/items/{item}")));
    assert_eq!((&said["status"], &said["coldStart"], &said["dynamodbCalls"]), (&json!(422), &json!(true), &json!(0)));
    assert_eq!((&said["order"], &said["fields"]), (&json!(order.to_string()), &json!(["port-number"])));
    assert!(said["durationMs"].as_f64().is_some_and(|took| (0.0..10_000.0).contains(&took)));
    for personal in ["Maya", "203.0.113.9", "Firefox", "secret", "site.example"] {
        assert!(!text.contains(personal), "{text}");
    }
    assert_eq!(line(&log, || {}).await.1["coldStart"], json!(false));
}

#[tokio::test]
async fn what_is_counted_is_in_the_line_as_cloudwatch_reads_metrics() {
    let log = Log::new("review");
    let (_, said) = line(&log, order_placed).await;
    assert_eq!((&said["Environment"], &said["Step"]), (&json!("dev"), &json!("placed")));
    assert_eq!((&said["Reached"], &said["OrdersPlaced"]), (&json!(1), &json!(1)));
    let directives = said["_aws"]["CloudWatchMetrics"].as_array().expect("directives");
    assert!(said["_aws"]["Timestamp"].as_i64().is_some_and(|at| at > 1_700_000_000_000), "in milliseconds");
    for directive in directives {
        assert_eq!(directive["Namespace"], "OrderManager");
        for named in directive["Dimensions"][0].as_array().expect("dimensions") {
            assert!(said[named.as_str().expect("a name")].is_string(), "{named}");
        }
        for metric in directive["Metrics"].as_array().expect("metrics") {
            assert!(said[metric["Name"].as_str().expect("a name")].is_u64(), "{metric}");
        }
    }
    let (_, failed) = line(&log, sign_in_failed).await;
    assert_eq!((&failed["SignInFailures"], &failed["Step"], &failed["Reached"]), (&json!(1), &Value::Null, &Value::Null));
    let (_, plain) = line(&log, || {}).await;
    assert_eq!(plain["_aws"], Value::Null, "nothing to count is no metric");
}

#[tokio::test]
async fn requests_that_are_under_way_together_are_noted_apart() {
    let (log, other) = (Log::new("start"), Log::new("track"));
    let slow = async |_| {
        reached(Stage::Start);
        tokio::task::yield_now().await;
        answered(200)
    };
    let (app, quick) = (app(), async |_| answered(200));
    let ((_, first), (_, second)) =
        futures_util::future::join(log.of_request(&app, request(), slow), other.of_request(&app, request(), quick)).await;
    assert!(first.contains("\"Reached\":1") && !second.contains("Reached"), "{first}\n{second}");
    reached(Stage::Start);
}

#[tokio::test]
async fn every_call_to_dynamodb_is_counted_those_that_are_made_again_among_them() {
    let app = app();
    let asks = async |_| {
        // Nobody listens there: each try is a call.
        let _ = app.store.load(&crate::store::Wanted::default()).await;
        answered(503)
    };
    let (_, line) = Log::new("start").of_request(&app, request(), asks).await;
    let said: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(said["dynamodbCalls"], json!(3), "{line}");
}

#[tokio::test]
async fn a_batch_of_a_stream_says_how_late_it_is() {
    let app = app();
    let made = app.clock.now().as_second() - 5;
    let record = json!({"eventName": "INSERT", "dynamodb": {"ApproximateCreationDateTime": made, "SequenceNumber": "1",
        "Keys": {"pk": {"S": "a"}, "sk": {"S": "b"}}}});
    let batch = json!({"Records": [record]});
    let (outcome, notes) = noting(crate::stream::each(batch, async |_| Err("not now"))).await;
    assert!(outcome.is_ok());
    let log = Log::new("bulk-load");
    let line = log.line(&app, About::Event { handled: true }, Instant::now(), &notes);
    let said: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!((&said["changes"], &said["failedChanges"]), (&json!(1), &json!(1)));
    assert!(said["Lag"].as_u64().is_some_and(|late| (4_000..60_000).contains(&late)), "{line}");
}
