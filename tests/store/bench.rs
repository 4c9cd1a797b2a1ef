//! The engines, and what every test gets of one: a store over tables of its own, and a plain client for what the store hides.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType,
};
use jiff::Timestamp;
use platform::http_client::http_client;
use platform::store::Store;
use platform::{App, Clock, Config, Environment};

/// A store over tables of its own.
pub(crate) struct Bench {
    /// The store.
    pub(crate) store: Store,
    /// A way to the rows past the store.
    pub(crate) raw: Client,
    /// Where the engine listens.
    pub(crate) end_point: String,
    prefix: String,
}

impl Bench {
    /// A table's name.
    pub(crate) fn table(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A second store over the same tables, by another way: as another function has it.
    pub(crate) fn store_at(&self, end_point: &str) -> Store {
        store(end_point, &self.prefix)
    }

    /// A function over the same tables, at a time.
    pub(crate) fn app(&self, now: Timestamp) -> App {
        App::new(&environment(&self.end_point, &self.prefix), Clock::from_fn(move || now)).expect("an application")
    }

    async fn new(end_point: String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let prefix = format!("t{}-", COUNT.fetch_add(1, Ordering::Relaxed));
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .http_client(http_client())
            .endpoint_url(&end_point)
            .build();
        let bench = Self { store: store(&end_point, &prefix), raw: Client::from_conf(config), end_point, prefix };
        for (table, indexes) in [
            ("sessions", &[][..]),
            ("customers", &[("by_lookup", "lookup", None, &[][..])][..]),
            (
                "orders",
                &[
                    ("by_customer", "customer", Some("changed"), &["format", "state", "summary"][..]),
                    ("by_queue", "queue", Some("changed"), &["format", "state", "summary", "work"][..]),
                    ("by_partner", "partner", Some("ordered"), &["format", "state"][..]),
                ][..],
            ),
            ("inventory", &[][..]),
            ("catalogue", &[][..]),
            ("audit", &[][..]),
            ("projects", &[][..]),
            ("partners", &[][..]),
            (
                "agreements",
                &[
                    ("by_customer", "customer", Some("changed"), &["format", "summary"][..]),
                    ("by_queue", "queue", Some("changed"), &["format", "customer", "summary"][..]),
                ][..],
            ),
        ] {
            bench.create_table(table, indexes).await;
        }
        bench
    }

    /// An index is its name, its keys, and what of a row it holds beside them; nothing named is everything.
    async fn create_table(&self, table: &str, indexes: &[(&str, &str, Option<&str>, &[&str])]) {
        let name = self.table(table);
        let mut create = self.raw.create_table().table_name(&name).billing_mode(BillingMode::PayPerRequest);
        for (attribute, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
            create = create.attribute_definitions(text(attribute)).key_schema(key(attribute, kind));
        }
        let mut attributes: Vec<&str> = vec![];
        for (index, hash, range, held) in indexes {
            let projection = match *held {
                [] => Projection::builder().projection_type(ProjectionType::All),
                held => held.iter().fold(Projection::builder().projection_type(ProjectionType::Include), |projection, name| {
                    projection.non_key_attributes(*name)
                }),
            };
            let mut made = GlobalSecondaryIndex::builder().index_name(*index).projection(projection.build());
            made = made.key_schema(key(hash, KeyType::Hash));
            attributes.push(hash);
            if let Some(range) = range {
                made = made.key_schema(key(range, KeyType::Range));
                attributes.push(range);
            }
            create = create.global_secondary_indexes(made.build().expect("an index"));
        }
        attributes.sort_unstable();
        attributes.dedup();
        for attribute in attributes {
            create = create.attribute_definitions(text(attribute));
        }
        create.send().await.expect("a table");
        let wait = self.raw.wait_until_table_exists().table_name(name);
        wait.wait(Duration::from_secs(20)).await.expect("a table that is ready");
    }
}

fn store(end_point: &str, prefix: &str) -> Store {
    Store::new(&Config::read(&environment(end_point, prefix)).expect("a configuration"))
}

fn environment(end_point: &str, prefix: &str) -> Environment {
    let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let table = |name: &str, table: &str| (name.to_owned(), format!("{prefix}{table}"));
    Environment::from_iter([
        variable("AWS_REGION", "us-east-1"),
        variable("AWS_ACCESS_KEY_ID", "test"),
        variable("AWS_SECRET_ACCESS_KEY", "test"),
        variable("AWS_ENDPOINT_URL_DYNAMODB", end_point),
        table("SESSIONS_TABLE", "sessions"),
        table("CUSTOMERS_TABLE", "customers"),
        table("ORDERS_TABLE", "orders"),
        table("INVENTORY_TABLE", "inventory"),
        table("CATALOGUE_TABLE", "catalogue"),
        table("AUDIT_TABLE", "audit"),
        table("PROJECTS_TABLE", "projects"),
        table("PARTNERS_TABLE", "partners"),
        table("AGREEMENTS_TABLE", "agreements"),
    ])
}

fn text(name: &str) -> AttributeDefinition {
    let definition = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
    definition.build().expect("a definition")
}

fn key(name: &str, kind: KeyType) -> KeySchemaElement {
    KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("a key")
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(test);
}

/// Runs a test on a dynoxide of its own.
pub(crate) fn on_dynoxide<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    run(async {
        let database = dynoxide::Database::memory().expect("a database");
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let end_point = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        test(Bench::new(end_point).await).await;
    });
}

/// Runs a test on the DynamoDB Local that all tests share, or says that there is none.
pub(crate) fn on_dynamodb_local<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    static LOCAL: OnceLock<Option<(Child, String)>> = OnceLock::new();
    if let Some((_, end_point)) = LOCAL.get_or_init(start_dynamodb_local) {
        run(async { test(Bench::new(end_point.clone()).await).await });
    }
}

fn start_dynamodb_local() -> Option<(Child, String)> {
    let skip = |why: &str| {
        // Past the test runner's capture: what was not tested must be seen.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: the store's contract on DynamoDB Local: {why}\n");
        None
    };
    let Some(home) = std::env::var_os("DYNAMODB_LOCAL_HOME").filter(|home| !home.is_empty()) else {
        return skip("DYNAMODB_LOCAL_HOME is not set");
    };
    let java = Command::new("java").arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !java.is_ok_and(|status| status.success()) {
        return skip("there is no java");
    }
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port();
    // The shell ends Java when its own input ends, which is when this process does, however it does.
    let script = "java -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.library.path=./DynamoDBLocal_lib \
                  -jar DynamoDBLocal.jar -inMemory -sharedDb -disableTelemetry -port $0 >/dev/null 2>&1 </dev/null & \
                  java=$!; cat >/dev/null; kill $java";
    let shell = Command::new("sh").args(["-c", script, &port.to_string()]).current_dir(home).stdin(Stdio::piped()).spawn();
    let shell = shell.expect("a shell");
    let listens = (0..300).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    assert!(listens, "DynamoDB Local did not start within 30 seconds");
    Some((shell, format!("http://127.0.0.1:{port}")))
}
