//! How things are written down: everything comes back, old formats are read, and what can't be read is said to be so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write as _;
use std::path::PathBuf;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use order_manager::access::Actor;
use order_manager::agreement::{Agreement, AgreementState};
use order_manager::audit::{Act, End, Entry, Event, Subject};
use order_manager::bulk::NotOrdered;
use order_manager::order::{Acknowledged, Draft, FromProject, Placed, ProductOrder};
use order_manager::value::{FileReference, SecretText, Value};
use platform::store::{Mailing, ProjectRow, RowState, Session, SessionId, StoreError, Versioned, Visitor, Wanted};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::agreements::{agreement, draft_under_agreement, every_stage};
use crate::bench::Bench;
use crate::mailing;
use crate::orders::{create, read};
use crate::partners;
use crate::projects::{project, row, sent, wrong};
use crate::provisioning;
use crate::samples::{
    answers, by_staff, customer, customer_id, every_state, every_value, full_draft, is, later, now, number, person, placed,
    plain_draft,
};

type Row = HashMap<String, AttributeValue>;

pub(crate) async fn every_kind_of_answer_comes_back_as_it_was_saved(Bench { store, .. }: Bench) {
    for (order, value) in (1..).zip(every_value()) {
        let mut draft = plain_draft(order);
        draft.items[0].answers = answers(vec![value.clone()]);
        let saved = create(&store, ProductOrder::Draft(draft)).await;
        assert_eq!(read(&store, order).await, Ok(Some(saved)), "{value:?}");
    }
}

/// Any value at all, a few levels deep.
fn any_value() -> impl Strategy<Value = Value> {
    let id = || "[a-z0-9]{1,20}(-[a-z0-9]{1,10}){0,2}";
    let text = || any::<String>().prop_map(Box::<str>::from);
    let date = || (2000_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day));
    let file = (text(), text(), text(), any::<u64>());
    let leaf = prop_oneof![
        id().prop_map(|id| Value::Choice(is(&id))),
        prop::collection::btree_set(id(), 0..4).prop_map(|ids| Value::Choices(ids.iter().map(|id| is(id)).collect())),
        any::<i64>().prop_map(Value::Integer),
        text().prop_map(Value::Text),
        any::<bool>().prop_map(Value::Boolean),
        Just(Value::Acknowledged),
        "[2-9][0-8]2[2-9][0-9]2[0-9]{4}".prop_map(|digits| Value::Telephone(is(&digits))),
        date().prop_map(Value::Date),
        file.prop_map(|(key, name, media, bytes)| Value::File(FileReference { key, name, media, bytes })),
        any::<u32>().prop_map(Value::AutonomousSystemNumber),
        prop::collection::vec((any::<std::net::Ipv6Addr>(), 0_u8..=128), 0..3)
            .prop_map(|prefixes| Value::Prefixes(prefixes.iter().map(|(base, bits)| is(&format!("{base}/{bits}"))).collect())),
        any::<std::net::IpAddr>().prop_map(Value::IpAddress),
        text().prop_map(Value::DomainName),
        prop::collection::vec(any::<(u16, u16)>(), 0..4).prop_map(Value::VlanIds),
        any::<String>().prop_map(|text| Value::Secret(SecretText::new(&text))),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        let row = prop::collection::vec(prop::option::of(inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::List),
            prop::collection::vec(row, 0..4).prop_map(Value::Rows),
        ]
    })
}

pub(crate) async fn any_answers_at_all_come_back_as_they_were_saved(Bench { store, .. }: Bench) {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(any_value(), 0..12);
    for order in 0..60 {
        let values = strategy.new_tree(&mut runner).expect("values").current();
        let mut draft = plain_draft(order);
        draft.items[0].answers = answers(values);
        let saved = create(&store, ProductOrder::Draft(draft)).await;
        assert_eq!(read(&store, order).await, Ok(Some(saved)));
    }
}

/// The fixtures of the format that is written today. A format that is no longer written keeps its folder, and what it holds
/// is still read.
const NEWEST: &str = "2";
const FORMATS: [&str; 2] = ["1", NEWEST];

/// What the fixtures hold: in a folder for each format, files named so, rows of these tables.
const FIXTURES: [(&str, &str); 16] = [
    ("agreement", "agreements"),
    ("agreement-draft", "orders"),
    ("rates", "customers"),
    ("draft", "orders"),
    ("partner", "partners"),
    ("partner-order", "orders"),
    ("placed", "orders"),
    ("states", "orders"),
    ("customer", "customers"),
    ("mailing", "customers"),
    ("project", "projects"),
    ("project-draft", "orders"),
    ("provisioning", "orders"),
    ("session", "sessions"),
    ("visitor", "sessions"),
    ("trail", "audit"),
];

fn fixture(format: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/records").join(format).join(format!("{name}.json"))
}

fn draft() -> ProductOrder {
    ProductOrder::Draft(full_draft(1))
}

fn placed_order() -> ProductOrder {
    ProductOrder::Acknowledged(Acknowledged { order: placed(2, vec![number(2)]) })
}

/// An order in every state, short: it is the states' own forms that count.
fn states() -> Vec<ProductOrder> {
    let short = |order: &mut Placed, number: u64| {
        *order = Placed { items: vec![], price: plain_draft(1).priced.price, ..placed(number, vec![]) };
        order.price.lines.clear();
    };
    let mut states: Vec<_> = every_state().into_iter().skip(2).collect();
    for (number, state) in (10..).zip(&mut states) {
        match state {
            ProductOrder::Draft(_) => {}
            ProductOrder::Acknowledged(state) => short(&mut state.order, number),
            ProductOrder::Rejected(state) => short(&mut state.order, number),
            ProductOrder::InProgress(state) => short(&mut state.order, number),
            ProductOrder::Held(state) => short(&mut state.order, number),
            ProductOrder::Pending(state) => short(&mut state.order, number),
            ProductOrder::Partial(state) => short(&mut state.order, number),
            ProductOrder::Completed(state) => short(&mut state.order, number),
            ProductOrder::Failed(state) => short(&mut state.order, number),
            ProductOrder::AssessingCancellation(state) => short(&mut state.order, number),
            ProductOrder::PendingCancellation(state) => short(&mut state.order, number),
            ProductOrder::Cancelled(state) => short(&mut state.order, number),
            ProductOrder::AwaitingApproval(state) => state.draft = plain_draft(number),
            ProductOrder::Quoted(state) => state.draft = plain_draft(number),
            ProductOrder::AwaitingCustomer(state) => state.draft = plain_draft(number),
        }
    }
    states
}

/// What a customer was told of the order that is on its way.
const TOLD: &str = "order-started";

/// Ids that are the same every time.
fn cookie(letter: &str) -> SessionId {
    SessionId::parse(&letter.repeat(43)).expect("an id")
}

fn session() -> Session {
    let customers = vec![customer_id()];
    let actor = Actor::Customer { person: person(), customers };
    Session { actor, name: "Zoë".to_owned(), began: now(), last_used: later(1), checked: later(2) }
}

fn visitor() -> Visitor {
    Visitor { address: Some(customer().sites[1].address.clone()), return_to: Some("/customers".to_owned()), expires: later(60) }
}

/// A project's draft.
fn project_draft() -> ProductOrder {
    let from = FromProject {
        project: project(3).common.project,
        site_name: "Zoë’s".into(),
        contact_name: "Ana".into(),
        contact_phone: is("404 555 0142"),
        requested: Some(is("2027-01-29")),
    };
    ProductOrder::Draft(Draft { project: Some(Box::new(from)), ..plain_draft(50) })
}

/// A draft that an agreement prices, and that no list of the customer's has.
fn agreement_draft() -> ProductOrder {
    let ProductOrder::Draft(of_project) = project_draft() else { panic!("a draft") };
    let id = plain_draft(51).id;
    ProductOrder::Draft(Draft { id, agreement: draft_under_agreement().agreement, ..of_project })
}

/// An agreement in each state: one in force, with a version before it that is kept apart, is the last.
fn agreements() -> Vec<Agreement> {
    let mut stages = every_stage(2);
    stages.rotate_left(7);
    (1..).zip(stages).map(|(number, stage)| agreement(number, stage)).collect()
}

/// A project's good rows, one in each state.
fn project_rows() -> Vec<ProjectRow> {
    let states = [RowState::Waiting, RowState::Done(project_draft().id()), RowState::Failed(NotOrdered::NotAvailable)];
    (0..).zip(states).map(|(number, state)| ProjectRow { state, ..row(number) }).collect()
}

/// What is on record of them.
fn on_record() -> Event {
    by_staff(Act::OrderPlaced, 1)
}

/// When the orders of every state were made.
fn another_day() -> Timestamp {
    later(60 * 24 * 7)
}

async fn assert_all_is_found(bench: &Bench) {
    let store = &bench.store;
    for order in [draft(), placed_order()].into_iter().chain(states()) {
        let found = store.load(&Wanted { order: Some(order.id()), ..Wanted::default() }).await.expect("a load").order;
        assert_eq!(found.map(|found| found.value), Some(order));
    }
    for order in states() {
        let trail = store.audit_trail(&Subject::Order(order.id()).to_string()).await;
        assert_eq!(trail, Ok(vec![Entry::following(End::START, &Subject::Order(order.id()), &on_record())]));
    }
    let file = store.customer(customer_id()).await.expect("a read").expect("a customer");
    assert_eq!(file.customer, customer());
    let summaries: Vec<_> =
        file.drafts.iter().chain(&file.just_placed).map(|order| (order.id, order.state, order.changed)).collect();
    let waiting = states().into_iter().filter(|order| !order.state().is_placed());
    let listed =
        std::iter::once((draft(), now())).chain(waiting.map(|order| (order, another_day()))).chain([(placed_order(), now())]);
    assert_eq!(summaries, listed.map(|(order, at)| (order.id(), order.state(), at)).collect::<Vec<_>>());
    assert_eq!(store.customers_of(person()).await, Ok(vec![customer_id()]));
    let found = store.load(&Wanted { order: Some(project_draft().id()), ..Wanted::default() }).await.expect("a load").order;
    assert_eq!(found.map(|found| found.value), Some(project_draft()));
    let found = store.load(&Wanted { order: Some(agreement_draft().id()), ..Wanted::default() }).await.expect("a load").order;
    assert_eq!(found.map(|found| found.value), Some(agreement_draft()));
    for expected in agreements() {
        let wanted = Wanted { agreement: Some(expected.id), agreement_version: Some(1), ..Wanted::default() };
        let loaded = store.load(&wanted).await.expect("a load");
        let signed = expected.state() == AgreementState::InForce;
        assert_eq!(loaded.agreement_version, signed.then(|| every_stage(1).remove(11)));
        assert_eq!(loaded.agreement.map(|agreement| agreement.value), Some(expected));
    }
    let rates: Vec<_> = agreements().iter().flat_map(Agreement::rate_sheets).collect();
    assert_eq!(file.rates, rates);
    let expected = project(3);
    assert_eq!(store.project(expected.common.project).await, Ok(Some(expected.clone())));
    assert_eq!(store.project_rows(&expected, 0, 3).await, Ok(project_rows()));
    assert_eq!(store.wrong_rows(&expected).await, Ok(vec![wrong()]));
    let known = store.provisioning(provisioning::on_its_way().id()).await;
    assert_eq!(known, Ok(Some(provisioning::expected())));
    partners::assert_is_found(bench).await;
    let told = store.begin_telling(provisioning::on_its_way().id(), TOLD, later(8)).await;
    assert_eq!(told, Ok(false), "it was told");
    let mailing = Mailing { choice: mailing::choice(), key: Some(mailing::key()) };
    assert_eq!(store.mailing(customer_id()).await, Ok(mailing));
    let (one, two) = (cookie("A"), cookie("E"));
    let loaded = store.load(&Wanted { session: Some(&one), visitor: Some(&two), ..Wanted::default() }).await.expect("a load");
    assert_eq!((loaded.session, loaded.visitor), (Some(session()), Some(visitor())));
}

pub(crate) async fn records_of_every_format_are_read(bench: Bench) {
    for format in FORMATS {
        for (name, table) in FIXTURES {
            let text = std::fs::read_to_string(fixture(format, name)).expect("a fixture");
            let rows: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
            for row in &rows {
                let row = row.as_object().expect("a row").iter().map(|(name, value)| (name.clone(), attribute(value))).collect();
                put(&bench, table, row).await;
            }
        }
        assert_all_is_found(&bench).await;
    }
}

/// When this fails, what is stored has changed its form: that takes a new format and a folder of fixtures for it
/// (`WRITE_RECORD_FIXTURES=1` writes them). An attribute that was added, and may be missing in older rows, is the one change
/// for which the newest fixtures may be written anew.
pub(crate) async fn what_is_written_today_is_what_the_newest_fixtures_hold(bench: Bench) {
    let store = &bench.store;
    store.put_number(crate::samples::RATE_CENTRE, is("4045550001")).await.expect("a number");
    store.put_number(crate::samples::RATE_CENTRE, is("4045550002")).await.expect("a number");
    store.put_slot(&crate::samples::slot("2026-03-10", "morning", 1)).await.expect("an appointment");
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    create(store, draft()).await;
    create(store, placed_order()).await;
    // At another time, so that those just placed are not the ones wanted.
    for state in states() {
        store.create_order(&state, Some(&on_record()), another_day()).await.expect("an order");
    }
    for (number, state) in (10..).zip(states()) {
        let found = read(store, number).await.expect("a load").expect("an order");
        assert_eq!(found.value, state);
    }
    create(store, project_draft()).await;
    create(store, agreement_draft()).await;
    for agreement in agreements() {
        let signed = agreement.state() == AgreementState::InForce;
        let first = if signed { Agreement { newest: every_stage(1).remove(11), ..agreement.clone() } } else { agreement.clone() };
        store.create_agreement(&first, None).await.expect("an agreement");
        if signed {
            store.save_agreement(&Versioned { version: 1, value: first }, &agreement, None).await.expect("a save");
        }
    }
    store.create_project(&project(3), &project_rows(), &[wrong()], &sent()).await.expect("a project");
    provisioning::stored(&bench).await;
    partners::stored(&bench).await;
    assert_eq!(store.begin_telling(provisioning::on_its_way().id(), TOLD, later(7)).await, Ok(true));
    mailing::stored(&bench).await;
    store.put_session(&cookie("A"), &session()).await.expect("a session");
    store.put_visitor(&cookie("E"), &visitor()).await.expect("a visitor");
    assert_all_is_found(&bench).await;

    for (name, table) in FIXTURES {
        let rows = bench.raw.scan().table_name(bench.table(table)).send().await.expect("a scan").items.unwrap_or_default();
        let mut rows: Vec<_> = rows.iter().filter(|row| belongs_to(name, row)).map(json_of).collect();
        rows.sort_by_key(|row| format!("{} {}", row["pk"], row["sk"]));
        let path = fixture(NEWEST, name);
        if std::env::var_os("WRITE_RECORD_FIXTURES").is_some() {
            let lines: Vec<_> = rows.iter().map(ToString::to_string).collect();
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, format!("[\n{}\n]\n", lines.join(",\n"))).expect("a fixture written");
        }
        let held: Vec<serde_json::Value> =
            serde_json::from_str(&std::fs::read_to_string(path).expect("a fixture")).expect("JSON");
        assert_eq!(rows, held, "{name}");
    }
}

/// Whether a row is of an order that a partner sent.
fn of_partner(pk: &str) -> bool {
    [partners::ordered().id(), partners::refused().order].iter().any(|id| id.to_string() == pk)
}

/// Which fixture a row that was written belongs to.
fn belongs_to(name: &str, row: &Row) -> bool {
    let (pk, sk) = (row["pk"].as_s().expect("a key"), row["sk"].as_s().expect("a key"));
    match name {
        "draft" => *pk == draft().id().to_string(),
        "placed" => *pk == placed_order().id().to_string(),
        "project-draft" => *pk == project_draft().id().to_string(),
        "agreement-draft" => *pk == agreement_draft().id().to_string(),
        "rates" => sk.starts_with("agreement#"),
        "mailing" => sk.starts_with("mail"),
        "customer" => !sk.starts_with("agreement#") && !sk.starts_with("mail"),
        "partner-order" => of_partner(pk),
        "provisioning" => *pk == provisioning::on_its_way().id().to_string(),
        "states" => [draft(), placed_order(), project_draft(), agreement_draft(), provisioning::on_its_way()]
            .iter()
            .all(|order| *pk != order.id().to_string() && !of_partner(pk)),
        "session" => pk.starts_with("sid#"),
        "visitor" => pk.starts_with("flow#"),
        _ => true,
    }
}

/// An attribute from its form in JSON, as DynamoDB's own interface has it.
fn attribute(json: &serde_json::Value) -> AttributeValue {
    let (kind, value) = json.as_object().and_then(|object| object.iter().next()).expect("a kind and a value");
    let text = || value.as_str().expect("a text").to_owned();
    match kind.as_str() {
        "S" => AttributeValue::S(text()),
        "N" => AttributeValue::N(text()),
        "BOOL" => AttributeValue::Bool(value.as_bool().expect("a boolean")),
        "NULL" => AttributeValue::Null(true),
        "L" => AttributeValue::L(value.as_array().expect("a list").iter().map(attribute).collect()),
        "M" => {
            let entries = value.as_object().expect("a map");
            AttributeValue::M(entries.iter().map(|(name, value)| (name.clone(), attribute(value))).collect())
        }
        // What is compressed stands there as it reads.
        "packed" => AttributeValue::B(Blob::new(packed(value))),
        other => panic!("{other} is not used in records"),
    }
}

fn packed(json: &serde_json::Value) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(vec![], Compression::fast());
    encoder.write_all(json.to_string().as_bytes()).expect("bytes");
    encoder.finish().expect("bytes")
}

fn unpacked(packed: &Blob) -> serde_json::Value {
    serde_json::from_reader(DeflateDecoder::new(packed.as_ref())).expect("compressed JSON")
}

fn json_of(row: &Row) -> serde_json::Value {
    let sorted: BTreeMap<_, _> = row.iter().collect();
    sorted.into_iter().map(|(name, value)| (name.clone(), json_of_attribute(value))).collect()
}

fn json_of_attribute(value: &AttributeValue) -> serde_json::Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::Bool(yes) => json!({ "BOOL": yes }),
        AttributeValue::Null(_) => json!({ "NULL": true }),
        AttributeValue::L(entries) => json!({ "L": entries.iter().map(json_of_attribute).collect::<Vec<_>>() }),
        AttributeValue::M(entries) => json!({ "M": json_of(entries) }),
        AttributeValue::B(bytes) => json!({ "packed": unpacked(bytes) }),
        other => panic!("{other:?} is not used in records"),
    }
}

/// Changes a stored row past the store, and gives it as it was.
async fn tamper(bench: &Bench, table: &str, change: impl FnOnce(&mut Row)) -> Row {
    let rows = bench.raw.scan().table_name(bench.table(table)).send().await.expect("a scan").items.unwrap_or_default();
    let before = rows.into_iter().next().expect("a row");
    let mut row = before.clone();
    change(&mut row);
    put(bench, table, row).await;
    before
}

async fn put(bench: &Bench, table: &str, row: Row) {
    bench.raw.put_item().table_name(bench.table(table)).set_item(Some(row)).send().await.expect("a row");
}

/// What the store says of an order whose row was changed; it is whole again afterwards.
async fn corrupted(bench: &Bench, change: impl FnOnce(&mut Row)) -> String {
    let order = ProductOrder::Draft(Draft { holds: vec![], ..full_draft(1) });
    bench.store.create_order(&order, None, now()).await.expect("an order");
    let whole = tamper(bench, "orders", change).await;
    let found = read(&bench.store, 1).await;
    put(bench, "orders", whole).await;
    match found {
        Err(StoreError::Corrupt(why)) => why,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_row_of_a_format_to_come_is_corrupt(bench: Bench) {
    let why = corrupted(&bench, |row| {
        row.insert("format".to_owned(), AttributeValue::N("3".to_owned()));
    });
    assert!(why.await.contains("format 3"));
}

pub(crate) async fn a_row_without_a_format_is_corrupt(bench: Bench) {
    corrupted(&bench, |row| {
        row.remove("format");
    })
    .await;
}

pub(crate) async fn a_malformed_row_is_corrupt_and_its_content_is_not_in_the_error(bench: Bench) {
    let secret = "hunter2 of Zoë";
    let mut whys = BTreeSet::new();
    let wrong: [fn(&mut Row, AttributeValue); 4] = [
        |row, wrong| drop(row.insert("version".to_owned(), wrong)),
        |row, wrong| drop(row.insert("state".to_owned(), wrong)),
        |row, wrong| drop(row.insert("order".to_owned(), wrong)),
        |row, wrong| drop(row.insert("order".to_owned(), AttributeValue::M(HashMap::from([("draft".to_owned(), wrong)])))),
    ];
    for change in wrong {
        whys.insert(corrupted(&bench, |row| change(row, AttributeValue::S(secret.to_owned()))).await);
    }
    assert!(whys.iter().all(|why| !why.contains(secret)), "{whys:?}");

    let wrong = || AttributeValue::S(secret.to_owned());
    bench.store.put_customer(&customer(), &[]).await.expect("a customer");
    // Whichever row comes first: a profile has a kind, the others have a record.
    let names = ["kind", "record"];
    tamper(&bench, "customers", |row| row.extend(names.map(|name| (name.to_owned(), wrong())))).await;
    let found = bench.store.customer(customer_id()).await;
    assert!(matches!(&found, Err(StoreError::Corrupt(why)) if !why.contains(secret)), "{found:?}");

    bench.store.put_session(&cookie("A"), &session()).await.expect("a session");
    tamper(&bench, "sessions", |row| row.extend([("customers".to_owned(), wrong())])).await;
    let loaded = bench.store.load(&Wanted { session: Some(&cookie("A")), ..Wanted::default() }).await;
    assert!(matches!(&loaded, Err(StoreError::Corrupt(why)) if !why.contains(secret)), "{loaded:?}");
}
