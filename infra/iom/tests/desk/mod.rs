//! The command on a table of an engine that runs in this process.

use std::fs;
use std::process::{Command, Output};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType,
};
use order_manager::catalogue::Area;
use order_manager::party::Customer;
use platform::store::Store;
use platform::{Config, Environment, Tables};
use tempfile::TempDir;

/// What the table is called.
const TABLE: &str = "customers";

/// An operator's desk: a table and a folder.
pub(crate) struct Desk {
    endpoint: String,
    engine: tokio::runtime::Runtime,
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let engine = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let endpoint = engine.block_on(async {
            let database = dynoxide::Database::memory().expect("a database");
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
            let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
            tokio::spawn(dynoxide::server::serve_on(listener, database));
            create_table(&client(&endpoint)).await;
            endpoint
        });
        Self { endpoint, engine, folder: tempfile::tempdir().expect("a folder") }
    }

    /// A file of the desk's, and its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iom"));
        command.args(arguments).args(["--table", TABLE, "--endpoint", &self.endpoint]).output().expect("it runs")
    }

    /// What the command says when it has done what it should.
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What the command says when it refuses.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// The store that the command's table is of.
    pub(crate) fn store(&self) -> Store {
        let environment = Environment::default()
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ACCESS_KEY_ID", "test")
            .with("AWS_SECRET_ACCESS_KEY", "test")
            .with("AWS_ENDPOINT_URL_DYNAMODB", &self.endpoint);
        let tables = Tables { customers: TABLE.to_owned(), orders: TABLE.to_owned(), ..Tables::default() };
        Store::new(&Config::of_tables(&environment, tables).expect("a configuration"))
    }

    /// The customer of an account number.
    pub(crate) fn customer(&self, number: &str) -> Option<Customer> {
        let store = self.store();
        self.engine.block_on(async {
            let id = store.customer_of_account(number).await.expect("the store")?;
            Some(store.customer(id).await.expect("the store")?.customer)
        })
    }

    /// An area of the catalogue that was built in, and a window in which technicians come.
    pub(crate) fn area(&self) -> (Area, String) {
        let catalogue = platform::catalogue::embedded().expect("the catalogue that was built in");
        (catalogue.areas[0].clone(), catalogue.windows[0].id.to_string())
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

async fn create_table(client: &Client) {
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("a key");
    let lookup = GlobalSecondaryIndex::builder()
        .index_name("by_lookup")
        .key_schema(key("lookup", KeyType::Hash))
        .projection(Projection::builder().projection_type(ProjectionType::All).build());
    let mut create = client.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
    let queue = GlobalSecondaryIndex::builder()
        .index_name("by_queue")
        .key_schema(key("queue", KeyType::Hash))
        .key_schema(key("changed", KeyType::Range))
        .projection(Projection::builder().projection_type(ProjectionType::All).build());
    for name in ["pk", "sk", "lookup", "queue", "changed"] {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S);
        create = create.attribute_definitions(attribute.build().expect("an attribute"));
    }
    let create = create.key_schema(key("pk", KeyType::Hash)).key_schema(key("sk", KeyType::Range));
    let create = create.global_secondary_indexes(lookup.build().expect("an index"));
    create.global_secondary_indexes(queue.build().expect("an index")).send().await.expect("a table");
}
