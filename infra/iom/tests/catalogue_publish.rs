//! Publishing as an operator does it: the command, on a table of an engine that runs in this process.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};

const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../order-manager/catalogue");

/// A table, and a copy of the repository's catalogue to be edited.
struct Desk {
    endpoint: String,
    files: tempfile::TempDir,
    _engine: tokio::runtime::Runtime,
}

impl Desk {
    fn new() -> Self {
        let engine = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let endpoint = engine.block_on(async {
            let database = dynoxide::Database::memory().expect("a database");
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
            let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
            tokio::spawn(dynoxide::server::serve_on(listener, database));
            create_table(&endpoint).await;
            endpoint
        });
        let files = tempfile::tempdir().expect("a folder");
        for entry in fs::read_dir(OWN).expect("the catalogue") {
            let path = entry.expect("a file").path();
            fs::copy(&path, files.path().join(path.file_name().expect("a name"))).expect("a copy");
        }
        Self { endpoint, files, _engine: engine }
    }

    /// Edits a file: what stands in quotes after the first `key = ` becomes something else.
    fn set(&self, file: &str, key: &str, value: &str) -> String {
        let path = self.files.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        let begin = text.find(&format!("{key} = \"")).expect("the key") + key.len() + 4;
        let length = text[begin..].find('"').expect("its end");
        fs::write(&path, format!("{}{value}{}", &text[..begin], &text[begin + length..])).expect("a file");
        text[begin..begin + length].to_owned()
    }

    fn iom(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iom"));
        command.arg("catalogue").args(arguments).args(["--table", "catalogue", "--endpoint", &self.endpoint]);
        command.output().expect("the command runs")
    }

    fn folder(&self) -> &str {
        Path::to_str(self.files.path()).expect("a name")
    }

    /// What it says when it does what it is told.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.iom(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What it says when it does not.
    fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.iom(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn publishes(&self, more: &[&str]) -> String {
        self.does(&[&["publish", self.folder()], more].concat())
    }
}

async fn create_table(endpoint: &str) {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(platform::http_client::http_client())
        .endpoint_url(endpoint)
        .build();
    let mut create = Client::from_conf(config).create_table().table_name("catalogue").billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
        let definition = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
        create = create.attribute_definitions(definition.build().expect("a definition")).key_schema(key.build().expect("a key"));
    }
    create.send().await.expect("a table");
}

#[test]
fn what_changes_is_said_before_it_is_published_and_a_dry_run_writes_nothing() {
    let desk = Desk::new();
    assert!(desk.does(&["list"]).starts_with("none is published"));
    desk.set("catalogue.toml", "version", "2");
    let was = desk.set("data-ip.toml", "monthly", "1.23");
    let dry = desk.publishes(&["--dry-run"]);
    assert!(dry.contains("which is built in"), "{dry}");
    assert!(dry.contains(&format!("${was} a month -> $1.23 a month")), "{dry}");
    assert!(dry.ends_with("nothing was written; without --dry-run it takes effect at once\n"), "{dry}");
    assert!(desk.does(&["list"]).starts_with("none is published"));
    let real = desk.publishes(&[]);
    assert!(real.contains("$1.23 a month") && real.ends_with("published: it takes effect at once\n"), "{real}");
    let list = desk.does(&["list"]);
    assert!(list.starts_with("2\tpublished ") && list.contains("\tin force since "), "{list}");
    let again = desk.publishes(&[]);
    assert!(again.contains("nothing changes") && again.ends_with("it is in force already: nothing is left to do\n"), "{again}");
}

#[test]
fn a_version_is_not_used_for_other_content() {
    let desk = Desk::new();
    desk.set("catalogue.toml", "version", "2");
    desk.publishes(&[]);
    desk.set("data-ip.toml", "monthly", "1.23");
    for more in [&[][..], &["--dry-run"]] {
        let why = desk.refuses(&[&["publish", desk.folder()], more].concat());
        assert!(why.starts_with("version 2 is there already, with other content"), "{why}");
    }
    let built_in = platform::catalogue::embedded().expect("the catalogue that was built in").version.to_string();
    desk.set("catalogue.toml", "version", &built_in);
    let why = desk.refuses(&["publish", desk.folder()]);
    assert!(why.starts_with(&format!("version {built_in} is there already")), "{why}");
}

#[test]
fn files_with_a_problem_are_not_published() {
    let desk = Desk::new();
    desk.set("catalogue.toml", "currency", "dollars");
    let why = desk.refuses(&["publish", desk.folder()]);
    assert!(why.contains("`dollars` is no currency"), "{why}");
    assert!(desk.does(&["list"]).starts_with("none is published"));
}

#[test]
fn what_takes_effect_later_is_listed_so_and_can_be_taken_back() {
    let desk = Desk::new();
    desk.set("catalogue.toml", "version", "2");
    desk.publishes(&[]);
    desk.set("catalogue.toml", "version", "3");
    let said = desk.publishes(&["--from", "2199-01-01"]);
    assert!(said.contains("published: it takes effect at 2199-01-01T0"), "{said}");
    let list = desk.does(&["list"]);
    assert!(list.contains("\tin force since ") && list.contains("\ttakes effect 2199-01-01T0"), "{list}");
    desk.set("catalogue.toml", "version", "4");
    let why = desk.refuses(&["publish", desk.folder(), "--from", "2199-06-01"]);
    assert!(why.starts_with("3 is to take effect at 2199-01-01"), "{why}");
    let said = desk.publishes(&[]);
    assert!(said.contains("3 still takes effect at 2199-01-01"), "{said}");
    assert_eq!(desk.does(&["withdraw", "3"]), "3 is taken back and will not take effect\n");
    let list = desk.does(&["list"]);
    let standing: Vec<_> = list.lines().filter_map(|line| line.rsplit('\t').next()?.split_whitespace().next()).collect();
    assert_eq!(standing, ["earlier,", "taken", "in"], "{list}");
    for version in ["3", "4", "never"] {
        assert!(desk.refuses(&["withdraw", version]).starts_with("this version is not waiting"), "{version}");
    }
    let why = desk.refuses(&["publish", desk.folder(), "--from", "2020-01-01"]);
    assert!(why.contains("has passed"), "{why}");
}
