//! The trails of who did what, as an operator looks at them: the command, on a table of an engine that runs in this process.

use std::collections::HashMap;
use std::process::{Command, Output};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use order_manager::audit::{Act, Capacity, Entry, Event, Subject};
use platform::store::Store;
use platform::{Config, Environment, Tables};

/// A table with two trails: three entries, and one.
struct Desk {
    endpoint: String,
    engine: tokio::runtime::Runtime,
    last: Entry,
}

const PERSON: &str = "person#5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2c";

impl Desk {
    fn new() -> Self {
        let engine = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let (endpoint, last) = engine.block_on(async {
            let database = dynoxide::Database::memory().expect("a database");
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
            let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
            tokio::spawn(dynoxide::server::serve_on(listener, database));
            create_table(&client(&endpoint)).await;
            let store = store(&endpoint);
            let person: order_manager::id::PersonId = PERSON.trim_start_matches("person#").parse().expect("a person");
            let event = |second: i64| {
                let at = jiff::Timestamp::from_second(1_772_000_000 + second).expect("a time");
                Event::new(Act::SignedIn, at, Some(person), Capacity::Customer).on("/sign-in")
            };
            for second in 0..3 {
                store.audit(&Subject::Person(person), &event(second)).await.expect("an entry");
            }
            let last = store.audit(&Subject::address("maya@example.com"), &event(3)).await.expect("an entry");
            (endpoint, last)
        });
        Self { endpoint, engine, last }
    }

    fn iom(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iom"));
        command.args(["audit"]).args(arguments).args(["--table", "audit", "--endpoint", &self.endpoint]);
        command.output().expect("it runs")
    }

    /// Puts other words into the second entry, as somebody would who may write to the table and should not.
    fn tamper(&self) {
        let key = |name: &str, value: &str| (name.to_owned(), AttributeValue::S(value.to_owned()));
        let key = HashMap::from([key("pk", PERSON), key("sk", "000000000002")]);
        let change = client(&self.endpoint).update_item().table_name("audit").set_key(Some(key));
        let change = change.update_expression("SET act = :act");
        let change = change.expression_attribute_values(":act", AttributeValue::S("signed-out".to_owned()));
        self.engine.block_on(change.send()).expect("a change");
    }
}

fn client(endpoint: &str) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(platform::http_client::http_client())
        .endpoint_url(endpoint)
        .build();
    Client::from_conf(config)
}

fn store(endpoint: &str) -> Store {
    let environment = Environment::default()
        .with("AWS_REGION", "us-east-1")
        .with("AWS_ACCESS_KEY_ID", "test")
        .with("AWS_SECRET_ACCESS_KEY", "test")
        .with("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
    let tables = Tables { audit: "audit".to_owned(), ..Tables::default() };
    Store::new(&Config::of_tables(&environment, tables).expect("a configuration"))
}

async fn create_table(client: &Client) {
    let mut create = client.create_table().table_name("audit").billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
        create = create.attribute_definitions(attribute.build().expect("an attribute")).key_schema(key.build().expect("a key"));
    }
    create.send().await.expect("a table");
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn trails_as_they_were_written_are_said_to_be_with_the_hash_of_their_last_entry() {
    let desk = Desk::new();
    let output = desk.iom(&["verify"]);
    assert!(output.status.success(), "{}", said(&output));
    let text = out(&output);
    assert!(text.contains("person#") && text.contains("\t3 entries\t") && text.ends_with("all as they were written\n"), "{text}");
    assert!(text.contains(&desk.last.own.to_string()), "{text}");
    let one = desk.iom(&["verify", PERSON, "--expect", &desk.last.own.to_string()]);
    assert!(!one.status.success() && said(&one).contains("is gone"), "it is not in that trail: {}", said(&one));
    let all = desk.iom(&["verify", "--expect", &desk.last.own.to_string()]);
    assert!(all.status.success(), "{}", said(&all));
}

#[test]
fn a_trail_that_was_tampered_with_is_named_with_the_entry() {
    let desk = Desk::new();
    desk.tamper();
    for arguments in [&["verify"][..], &["verify", PERSON]] {
        let output = desk.iom(arguments);
        assert!(!output.status.success());
        assert_eq!(said(&output), format!("{PERSON}: entry 2 was changed after it was written\n"));
    }
}

#[test]
fn a_trail_is_exported_an_entry_a_line() {
    let desk = Desk::new();
    let output = desk.iom(&["export", PERSON]);
    let text = out(&output);
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (&lines[0]["act"], &lines[0]["page"], &lines[1]["before"]),
        (&"signed-in".into(), &"/sign-in".into(), &lines[0]["own"])
    );
    assert_eq!(out(&desk.iom(&["export"])).lines().count(), 4);
    let nobody = desk.iom(&["export", "person#nobody"]);
    assert!(!nobody.status.success() && said(&nobody) == "there is no trail of person#nobody\n", "{}", said(&nobody));
}
