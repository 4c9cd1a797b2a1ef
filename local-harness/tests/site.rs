//! The harness as a tester or a script meets it.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Region},
    types::{AttributeValue, StreamViewType, TableStatus, TimeToLiveStatus},
};
use local_harness::{Options, Running, StartError, Storage, start};
use order_manager::order::Content;
use platform::store::Wanted;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Status, head and body of an answer.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

async fn ask(harness: &Running, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(harness.address()).await.expect("a connection");
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
        harness.address(),
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await.expect("a request");
    // A body that is too large is refused before it has all been read.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

async fn get(harness: &Running, path: &str) -> Answer {
    ask(harness, "GET", path, &[], b"").await
}

fn tables(harness: &Running) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(harness.dynamodb_endpoint())
        .http_client(platform::http_client::http_client())
        .build();
    Client::from_conf(config)
}

/// A template with one route to a step that nobody has written.
fn unwritten() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("template.yaml");
    let text = "
Resources:
  DreamFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: site}}
    Properties: {Handler: dream, Environment: {Variables: {SESSIONS_TABLE: s, CATALOGUE_TABLE: c}}}
  DreamIntegration: {Type: 'AWS::ApiGatewayV2::Integration', Properties: {IntegrationUri: !GetAtt DreamFunction.Arn}}
  DreamRoute: {Type: 'AWS::ApiGatewayV2::Route', Properties: {RouteKey: 'GET /dream', Target: !Sub 'integrations/${DreamIntegration}'}}
";
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

#[tokio::test]
async fn the_tables_are_those_of_the_template() {
    let harness = start(Options::default()).await.expect("a harness");
    let client = tables(&harness);
    let told = |name| harness.whole_environment().get(name).expect("a table").to_owned();
    let orders = client.describe_table().table_name(told("ORDERS_TABLE")).send().await.expect("orders").table.expect("a table");
    assert_eq!(orders.table_status, Some(TableStatus::Active));
    assert_eq!(orders.stream_specification.and_then(|stream| stream.stream_view_type), Some(StreamViewType::NewAndOldImages));
    let indexes = orders.global_secondary_indexes.unwrap_or_default();
    let mut names: Vec<_> = indexes.iter().filter_map(|index| index.index_name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["by_customer", "by_partner", "by_queue"]);
    let expiry = client.describe_time_to_live().table_name(told("SESSIONS_TABLE")).send().await.expect("expiry");
    let expiry = expiry.time_to_live_description.expect("expiry");
    assert_eq!(
        (expiry.time_to_live_status, expiry.attribute_name.as_deref()),
        (Some(TimeToLiveStatus::Enabled), Some("expires_at"))
    );
    harness.stop().await;
}

#[tokio::test]
async fn each_function_is_told_of_its_own_tables_and_of_this_origin() {
    let harness = start(Options::default()).await.expect("a harness");
    let start = harness.environment("start").expect("start");
    assert_eq!(start.get("SITE_ORIGIN"), Some(harness.origin().as_str()));
    assert_eq!(start.get("ORDERS_TABLE"), None);
    assert_eq!(start.get("USER_POOL_ID"), None);
    let identify = harness.environment("identify").expect("identify");
    assert_eq!(identify.get("TOKEN_ISSUER"), Some("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_UserPool"));
    assert!(identify.get("JWKS_URL").is_some_and(|address| address.starts_with(&harness.cognito_endpoint())));
}

#[tokio::test]
async fn a_tester_finds_services_in_place_and_orders_in_the_states_there_are() {
    let harness = start(Options::default()).await.expect("a harness");
    let app = platform::App::new(harness.whole_environment(), harness.clock().for_functions()).expect("an application");
    let (mut states, mut sites, mut terms) = (BTreeMap::new(), vec![], 0);
    for persona in harness.personas() {
        let file = app.store.customer(persona.customer).await.expect("an answer").expect("a customer");
        let ends = file.customer.products.iter().filter_map(|product| product.term_ends);
        terms += ends.filter(|end| *end > harness.clock().now().to_zoned(jiff::tz::TimeZone::UTC).date()).count();
        sites.push(file.customer.sites.len());
        for listed in app.store.orders_of(persona.customer).await.expect("a list") {
            let wanted = Wanted { order: Some(listed.id), ..Wanted::default() };
            let order = app.store.load(&wanted).await.expect("an answer").order.expect("the order").value;
            states.insert(order.state().wire_name(), order);
        }
    }
    assert_eq!((sites.as_slice(), terms), (&[2, 1, 2][..], 3));
    let found: Vec<_> = states.keys().copied().collect();
    assert_eq!(found, ["acknowledged", "cancelled", "completed", "draft", "held", "inProgress", "pending"]);
    let Content::Placed(under_way) = states["inProgress"].content() else { panic!("it was placed") };
    let reached = under_way.items[0].milestones.iter().filter(|milestone| milestone.reached.is_some()).count();
    assert!(reached > 0 && reached < under_way.items[0].milestones.len() && under_way.items[0].committed.is_some());
}

#[tokio::test]
async fn what_only_one_of_template_and_code_has_keeps_the_harness_from_starting() {
    let (_folder, template) = unwritten();
    let error = start(Options { template, seed: false, ..Options::default() }).await.err().expect("a refusal");
    let StartError::Gaps(gaps) = &error else { panic!("{error}") };
    for gap in ["the function dream has no code in `site`", "the function start is not in the template"] {
        assert!(gaps.iter().any(|said| said == gap) && error.to_string().contains(gap), "{gap}: {gaps:#?}");
    }
}

#[tokio::test]
async fn what_api_gateway_would_not_carry_is_too_large() {
    let harness = start(Options { seed: false, ..Options::default() }).await.expect("a harness");
    assert_eq!(ask(&harness, "POST", "/sign-in", &[], &vec![b'x'; (10 << 20) + 1]).await.status, 413);
}

#[tokio::test]
async fn the_testers_pages_say_the_same_as_their_json() {
    let harness = start(Options::default()).await.expect("a harness");
    let page = get(&harness, "/_harness/").await;
    assert!(page.status == 200 && page.head.contains("content-type: text/html"));
    let personas = get(&harness, "/_harness/personas.json").await.json();
    assert_eq!(personas[0]["customer"], harness.personas()[0].customer.to_string());
    for persona in harness.personas() {
        assert!(page.body.contains(persona.email) && page.body.contains(persona.password));
    }
    let routes = get(&harness, "/_harness/routes.json").await.json();
    let sign_in = json!({"method": "GET", "path": "/sign-in", "key": "GET /sign-in", "function": "identify"});
    assert!(routes.as_array().is_some_and(|routes| routes.contains(&sign_in)));
    assert!(page.body.contains("GET /sign-in"));
    assert_eq!(get(&harness, "/_harness/outbox.json").await.json(), json!([]));
    assert_eq!(get(&harness, "/_harness/other").await.status, 404);
}

#[tokio::test]
async fn the_clock_is_set_by_json_by_form_and_in_process_but_by_no_other_site() {
    let harness = start(Options::default()).await.expect("a harness");
    let set = json!({"set": "2026-03-02T12:00:00Z"}).to_string();
    let answer = ask(&harness, "POST", "/_harness/clock.json", &[], set.as_bytes()).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"now": "2026-03-02T12:00:00Z", "fixed": true})));
    assert_eq!(harness.clock().now().to_string(), "2026-03-02T12:00:00Z");
    let answer = ask(&harness, "POST", "/_harness/clock", &[("sec-fetch-site", "same-origin")], b"advance_seconds=1800").await;
    assert!(answer.status == 303 && answer.head.contains("location: /_harness/"));
    assert_eq!(get(&harness, "/_harness/clock.json").await.json()["now"], "2026-03-02T12:30:00Z");
    assert_eq!(ask(&harness, "POST", "/_harness/clock", &[("sec-fetch-site", "cross-site")], b"real=true").await.status, 403);
    assert_eq!(ask(&harness, "POST", "/_harness/clock.json", &[], b"{}").await.status, 422);
    assert!(harness.clock().read().fixed);
}

#[tokio::test]
async fn a_taken_port_is_named_with_the_flag_that_changes_it() {
    let first = start(Options::default()).await.expect("a harness");
    let port = first.address().port();
    let error = start(Options { port, ..Options::default() }).await.err().expect("taken");
    assert_eq!(error, StartError::PortTaken(port));
    assert!(error.to_string().contains(&port.to_string()) && error.to_string().contains("--port"));
}

#[tokio::test]
async fn a_data_folder_is_one_harness_at_a_time_and_keeps_what_it_was_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let with_data = || Options { storage: Storage::Data(folder.path().join("kept")), ..Options::default() };
    let first = start(with_data()).await.expect("a harness");
    let second = start(with_data()).await.err().expect("in use");
    assert_eq!(second, StartError::DataFolderInUse(folder.path().join("kept")));
    assert!(second.to_string().contains("--data"));

    let table = first.whole_environment().get("CUSTOMERS_TABLE").expect("a table").to_owned();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    tables(&first).put_item().table_name(&table).item("pk", text("a")).item("sk", text("b")).send().await.expect("kept");
    first.stop().await;

    // The engine's last connection may hold the file for an instant more.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let again = start(with_data()).await.expect("a harness");
    let item = tables(&again).get_item().table_name(&table).key("pk", text("a")).key("sk", text("b")).send().await.expect("read");
    assert!(item.item.is_some());
}
