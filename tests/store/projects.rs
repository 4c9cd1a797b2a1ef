//! Projects: stored whole or not at all, and ordered row by row, once.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::join_all;
use order_manager::address::GeographicAddress;
use order_manager::audit::{Act, Event};
use order_manager::bulk::{Common, NotOrdered, SiteOrder};
use order_manager::id::{OrderId, ProjectId, SiteId};
use order_manager::order::{Content, ServicePlace};
use order_manager::party::Customer;
use order_manager::value::Answers;
use platform::App;
use platform::store::{NewSite, Project, ProjectRow, RowState, Wanted, WrongRow};
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::samples::{by_staff, customer, customer_id, is, later, now, plain_draft, staff_member};

/// A project of so many good rows; another for each number.
pub(crate) fn project(good: u32) -> Project {
    let draft = plain_draft(1);
    let uuid = |end: u32| format!("018f3a2e-0000-7000-8000-{end:012x}");
    Project {
        common: Common {
            project: is(&uuid(0xaa00 + good)),
            offering: is("broadband-internet"),
            ordered_for: draft.ordered_for,
            started_by: order_manager::access::ActedBy::Staff(staff_member()),
            started: now(),
        },
        file_name: "stores.csv".into(),
        stored: is(&uuid(0xab00 + good)),
        good,
        wrong: 1,
        next: 0,
        done: 0,
        failed: 0,
        changed: now(),
    }
}

/// A good row.
pub(crate) fn row(number: u32) -> ProjectRow {
    let address = GeographicAddress {
        street: format!("{} Juniper Street NE", 100 + number).into(),
        unit: None,
        city: "Atlanta".into(),
        state: is("GA"),
        zip: is("30308"),
    };
    let site: SiteId = is(&format!("018f3a2e-0000-7000-8000-{:012x}", 0xd000 + number));
    ProjectRow {
        number,
        line: u64::from(number) + 2,
        site: SiteOrder {
            name: format!("Store {number}").into(),
            address: address.clone(),
            contact_name: "Ana".into(),
            contact_phone: is("404 555 0142"),
            requested: number.is_multiple_of(2).then(|| is("2027-01-29")),
            answers: Answers::new(),
        },
        place: ServicePlace { site, address },
        new_site: if number == 0 { NewSite::Known } else { NewSite::At(number) },
        in_service: plain_draft(1).in_service,
        state: RowState::Waiting,
    }
}

/// A row with something wrong.
pub(crate) fn wrong() -> WrongRow {
    let problems = vec![(Some("zip".into()), "Enter a ZIP code".into()), (None, "Two cells too many".into())];
    WrongRow { line: 9, cells: vec!["=a".into(), String::new().into()], problems }
}

/// What goes on record of a file that was sent.
pub(crate) fn sent() -> Event {
    by_staff(Act::SitesSent, 0)
}

/// Whose project it is: nothing is known but what the project's rows bring.
async fn customer_without_places(bench: &Bench) {
    let customer = Customer { sites: vec![], products: vec![], ..customer() };
    bench.store.put_customer(&customer, &[]).await.expect("a customer");
}

async fn stored(bench: &Bench, good: u32) -> (Project, Vec<ProjectRow>) {
    let (project, rows) = (project(good), (0..good).map(row).collect::<Vec<_>>());
    bench.store.create_project(&project, &rows, &[wrong()], &sent()).await.expect("stored");
    (project, rows)
}

/// An event of the project's head, as the stream brings it.
fn event(project: ProjectId) -> Value {
    let key = json!({ "pk": { "S": project.to_string() }, "sk": { "S": "project" } });
    json!({ "Records": [{ "eventName": "MODIFY", "dynamodb": { "Keys": key, "SequenceNumber": "1" } }] })
}

/// Has the function that is deployed take an event; whether it took it.
async fn taken(app: &App, event: &Value) -> bool {
    let function = machine::functions().into_iter().find(|function| function.name == "bulk-load").expect("the function");
    let answer = (function.handler)(app, event.clone()).await.expect("an answer");
    answer["batchItemFailures"].as_array().is_some_and(Vec::is_empty)
}

/// Every row is an order of its own; there are no others, and each new place is the customer's once.
async fn all_is_ordered(bench: &Bench, project: &Project) {
    let after = bench.store.project(project.common.project).await.expect("a load").expect("the project");
    assert_eq!((after.next, after.done, after.failed), (project.good, project.good, 0));
    let rows = bench.store.project_rows(&after, 0, project.good).await.expect("rows");
    let orders: BTreeSet<OrderId> = rows
        .iter()
        .map(|row| match row.state {
            RowState::Done(order) => order,
            other => panic!("row {} is {other:?}", row.number),
        })
        .collect();
    let all = bench.raw.scan().table_name(bench.table("orders")).send().await.expect("a scan");
    let stored: BTreeSet<OrderId> =
        all.items().iter().filter_map(|row| row.get("pk").and_then(|pk| pk.as_s().ok())).map(|pk| is(pk)).collect();
    assert_eq!((orders.len(), &orders), (project.good as usize, &stored));
    let customers = bench.raw.scan().table_name(bench.table("customers")).send().await.expect("a scan");
    let of = |prefix: &str| {
        let is_of = |row: &&std::collections::HashMap<String, AttributeValue>| {
            row.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk.starts_with(prefix))
        };
        customers.items().iter().filter(is_of).count()
    };
    assert_eq!((of("site#"), of("draft#")), (project.good as usize - 1, 0), "places, and pointers to drafts");
}

pub(crate) async fn a_project_comes_back_as_it_was_stored_and_is_listed_with_its_customer(bench: Bench) {
    let (project, rows) = stored(&bench, 30).await;
    let id = project.common.project;
    assert_eq!(bench.store.project(id).await, Ok(Some(project.clone())));
    assert_eq!(bench.store.project_rows(&project, 0, 30).await, Ok(rows.clone()));
    assert_eq!(bench.store.project_rows(&project, 10, 5).await, Ok(rows[10..15].to_vec()));
    assert_eq!(bench.store.wrong_rows(&project).await, Ok(vec![wrong()]));
    let listed = bench.store.projects_of(customer_id()).await.expect("a list");
    assert_eq!(listed.iter().map(|entry| (entry.id, entry.good)).collect::<Vec<_>>(), [(id, 30)]);
    assert_eq!(bench.store.customer(customer_id()).await, Ok(None), "a list of projects makes no customer");
}

pub(crate) async fn a_project_that_is_stored_twice_is_there_once(bench: Bench) {
    let (first, _) = stored(&bench, 2).await;
    let again = Project { stored: project(77).stored, good: 1, ..first.clone() };
    bench.store.create_project(&again, &[row(0)], &[], &sent()).await.expect("as if it had been stored");
    assert_eq!(bench.store.project(first.common.project).await, Ok(Some(first.clone())));
    assert_eq!(bench.store.project_rows(&first, 0, 9).await.map(|rows| rows.len()), Ok(2));
}

pub(crate) async fn of_rows_without_a_head_nothing_is_ordered(bench: Bench) {
    let (project, _) = stored(&bench, 3).await;
    let id = project.common.project.to_string();
    let key = |name: &str, value: &str| (name.to_owned(), AttributeValue::S(value.to_owned()));
    let delete = bench.raw.delete_item().table_name(bench.table("projects"));
    delete.set_key(Some([key("pk", &id), key("sk", "project")].into())).send().await.expect("deleted");
    assert!(taken(&bench.app(later(1)), &event(project.common.project)).await);
    let all = bench.raw.scan().table_name(bench.table("orders")).send().await.expect("a scan");
    assert_eq!(all.count(), 0);
}

pub(crate) async fn rows_become_orders_once_however_often_and_late_changes_come(bench: Bench) {
    customer_without_places(&bench).await;
    let (project, _) = stored(&bench, 120).await;
    let (app, event) = (bench.app(later(1)), event(project.common.project));
    for _ in 0..6 {
        // As if the stream were read by several at once, which it never is.
        join_all((0..3).map(|_| taken(&app, &event))).await;
    }
    for _ in 0..6 {
        assert!(taken(&app, &event).await);
    }
    all_is_ordered(&bench, &project).await;
    let rows = bench.store.project_rows(&project, 0, 1).await.expect("rows");
    let RowState::Done(order) = rows[0].state else { panic!("{:?}", rows[0]) };
    let loaded = bench.store.load(&Wanted { order: Some(order), ..Wanted::default() }).await.expect("a load");
    let order = loaded.order.expect("the order").value;
    let Content::Draft(draft) = order.content() else { panic!("{order:?}") };
    assert_eq!(draft.project.as_ref().map(|from| (from.project, &*from.site_name)), Some((project.common.project, "Store 0")));
    assert_eq!(draft.items.len(), 1);
}

pub(crate) async fn a_loader_that_breaks_off_anywhere_loses_and_doubles_nothing(bench: Bench) {
    customer_without_places(&bench).await;
    let (project, _) = stored(&bench, 60).await;
    let event = event(project.common.project);
    let mut broken_off = 0;
    for patience in (1..=1_000).map(|turn| Duration::from_millis(turn * 3)) {
        // Another process each time: what the one before was at is lost, wherever it was.
        let app = bench.app(later(1));
        if tokio::time::timeout(patience, taken(&app, &event)).await.is_err() {
            broken_off += 1;
        }
        if bench.store.project(project.common.project).await.expect("a load").expect("the project").is_finished() {
            break;
        }
    }
    assert!(broken_off > 1, "it was never broken off");
    all_is_ordered(&bench, &project).await;
}

pub(crate) async fn a_row_that_can_not_be_ordered_any_more_keeps_no_other_from_it(bench: Bench) {
    let project = project(3);
    let mut rows: Vec<_> = (0..3).map(row).collect();
    rows[1].place.address.zip = is("99999");
    customer_without_places(&bench).await;
    bench.store.create_project(&project, &rows, &[], &sent()).await.expect("stored");
    assert!(taken(&bench.app(later(1)), &event(project.common.project)).await);
    let after = bench.store.project(project.common.project).await.expect("a load").expect("the project");
    assert_eq!((after.next, after.done, after.failed), (3, 2, 1));
    let rows = bench.store.project_rows(&after, 0, 3).await.expect("rows");
    assert_eq!(rows[1].state, RowState::Failed(NotOrdered::NotAvailable));
}
