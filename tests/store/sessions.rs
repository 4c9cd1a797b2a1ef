//! Sessions and visitors.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::join_all;
use order_manager::access::{AccessReason, Actor, CustomerAuthentication, Grant, Role, Staff};
use order_manager::order::ProductOrder;
use platform::store::{AccessCode, LateForm, Loaded, Session, SessionId, Store, Visitor, Wanted};

use crate::bench::Bench;
use crate::orders::create;
use crate::samples::{customer, customer_id, is, later, now, order_id, person, plain_draft};

fn session() -> Session {
    let customers = vec![customer_id(), is("019b0000-0000-7000-8000-0000000000c2")];
    let actor = Actor::Customer { person: person(), customers };
    Session { actor, name: "Zoë".to_owned(), began: now(), last_used: later(1), checked: later(2) }
}

fn visitor() -> Visitor {
    let address = Some(customer().sites[1].address.clone());
    Visitor { address, return_to: Some("/customers".to_owned()), expires: later(60) }
}

fn id() -> SessionId {
    SessionId::mint().expect("random numbers")
}

async fn found(store: &Store, id: &SessionId) -> Option<Session> {
    store.load(&Wanted { session: Some(id), ..Wanted::default() }).await.expect("a load").session
}

pub(crate) async fn a_session_is_found_by_its_cookie_and_not_by_what_is_stored(bench: Bench) {
    let (id, store) = (id(), &bench.store);
    store.put_session(&id, &session()).await.expect("a session");
    assert_eq!(found(store, &SessionId::parse(id.as_cookie()).expect("an id")).await, Some(session()));
    assert_eq!(found(store, &self::id()).await, None);
    let rows = bench.raw.scan().table_name(bench.table("sessions")).send().await.expect("a scan").items.unwrap_or_default();
    assert_eq!(rows.len(), 1);
    let stored = format!("{rows:?}");
    assert!(stored.contains(&id.key()) && !stored.contains(id.as_cookie()));
    assert_eq!(SessionId::parse(&id.key()), None);
}

fn staff_session() -> Session {
    let grant = Grant {
        customer: customer_id(),
        name: "Zoë O’Neil".into(),
        account_number: "400-118-22".into(),
        reason: AccessReason::Call,
        authenticated: CustomerAuthentication::CodeToRecord,
        given: now(),
        until: later(60),
    };
    let roles = BTreeSet::from([Role::SalesRepresentative, Role::Approver]);
    let username = "Corporate_e-1041".into();
    Session { actor: Actor::Staff(Staff { person: person(), username, roles, grant: Some(grant) }), ..session() }
}

pub(crate) async fn a_session_of_staff_comes_back_with_its_roles_and_whom_it_acts_for(Bench { store, .. }: Bench) {
    let id = id();
    let between = Session {
        actor: Actor::Staff(Staff {
            person: person(),
            username: "Corporate_e-1112".into(),
            roles: [Role::ContractNegotiator].into(),
            grant: None,
        }),
        ..session()
    };
    for session in [staff_session(), between] {
        store.put_session(&id, &session).await.expect("a session");
        assert_eq!(found(&store, &id).await, Some(session));
    }
}

pub(crate) async fn a_session_that_was_ended_is_not_found_and_can_not_be_touched_back_to_life(Bench { store, .. }: Bench) {
    let id = id();
    store.put_session(&id, &session()).await.expect("a session");
    assert_eq!(store.delete_session(&id).await, Ok(()));
    assert_eq!(store.delete_session(&id).await, Ok(()));
    assert_eq!(store.touch_session(&id, later(3), later(60)).await, Ok(()));
    assert_eq!(store.session_checked(&id, later(3)).await, Ok(()));
    assert_eq!(found(&store, &id).await, None);
}

pub(crate) async fn using_a_session_changes_nothing_but_when_it_was_used(Bench { store, .. }: Bench) {
    let id = id();
    store.put_session(&id, &session()).await.expect("a session");
    assert_eq!(store.touch_session(&id, later(3), later(60)).await, Ok(()));
    assert_eq!(found(&store, &id).await, Some(Session { last_used: later(3), ..session() }));
}

pub(crate) async fn being_checked_changes_nothing_but_when_it_was_checked(Bench { store, .. }: Bench) {
    let id = id();
    store.put_session(&id, &session()).await.expect("a session");
    assert_eq!(store.session_checked(&id, later(4)).await, Ok(()));
    assert_eq!(found(&store, &id).await, Some(Session { checked: later(4), ..session() }));
}

pub(crate) async fn a_session_is_kept_until_a_day_after_its_longest_life(bench: Bench) {
    let id = id();
    let expires = async || {
        let key = [("pk", format!("sid#{}", id.key())), ("sk", "session".to_owned())];
        let key = key.map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
        let row = bench.raw.get_item().table_name(bench.table("sessions")).set_key(Some(key.into())).send().await;
        let row = row.expect("a read").item.expect("a row");
        row["expires_at"].as_n().expect("a number").parse::<i64>().expect("seconds")
    };
    bench.store.put_session(&id, &session()).await.expect("a session");
    assert_eq!(expires().await, later(36 * 60).as_second());
    bench.store.touch_session(&id, later(3), later(60)).await.expect("a use");
    assert_eq!(expires().await, later(60).as_second());
}

pub(crate) async fn a_visitor_comes_back_as_they_were(Bench { store, .. }: Bench) {
    let id = id();
    assert_eq!(store.visitor(&id).await, Ok(None));
    for visitor in [visitor(), Visitor { address: None, return_to: None, expires: now() }] {
        assert_eq!(store.put_visitor(&id, &visitor).await, Ok(()));
        assert_eq!(store.visitor(&id).await, Ok(Some(visitor.clone())));
        let loaded = store.load(&Wanted { visitor: Some(&id), ..Wanted::default() }).await.expect("a load");
        assert_eq!(loaded, Loaded { visitor: Some(visitor), ..Loaded::default() });
    }
}

pub(crate) async fn session_visitor_order_and_head_come_in_one_load(Bench { store, .. }: Bench) {
    let (one, two) = (id(), id());
    let catalogue = crate::catalogue::sample("2026-02-01", 1);
    store.put_session(&one, &session()).await.expect("a session");
    store.put_visitor(&two, &visitor()).await.expect("a visitor");
    let catalogue_head = crate::catalogue::publish(&store, &catalogue, 0, 0).await.expect("a catalogue");
    let order = create(&store, ProductOrder::Draft(plain_draft(1))).await;
    let wanted = Wanted { session: Some(&one), visitor: Some(&two), order: Some(order_id(1)), ..Wanted::default() };
    let all =
        Loaded { session: Some(session()), visitor: Some(visitor()), order: Some(order), catalogue_head, ..Loaded::default() };
    assert_eq!(store.load(&wanted).await, Ok(all.clone()));
    // A session's cookie opens no visitor's row, nor the other way round, though they are in one table.
    let swapped = Wanted { session: Some(&two), visitor: Some(&one), ..Wanted::default() };
    assert_eq!(store.load(&swapped).await, Ok(Loaded { catalogue_head: all.catalogue_head, ..Loaded::default() }));
}

pub(crate) async fn loading_nothing_asks_for_the_head_alone(Bench { store, .. }: Bench) {
    assert_eq!(store.load(&Wanted::default()).await, Ok(Loaded::default()));
}

pub(crate) async fn a_persons_sessions_are_found_and_ended_by_whose_they_are(Bench { store, .. }: Bench) {
    let (one, two) = (id(), id());
    for (id, began) in [(&one, now()), (&two, later(1))] {
        let session = Session { began, ..session() };
        store.list_session(id, &session, "Firefox, Linux").await.expect("listed");
        store.put_session(id, &session).await.expect("a session");
    }
    let person = session().actor.person();
    let stranger = is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2d");
    let keys = async |person| -> Vec<String> {
        store.sessions_of(person).await.expect("a list").into_iter().map(|own| own.key).collect()
    };
    assert_eq!(keys(person).await, [two.key(), one.key()], "the last begun first");
    assert_eq!(store.end_own_session(stranger, &one.key()).await, Ok(false), "somebody else's is not there");
    assert!(found(&store, &one).await.is_some());
    assert_eq!(store.end_sessions_of(person, Some(&two)).await, Ok(1));
    assert_eq!((found(&store, &one).await, keys(person).await), (None, vec![two.key()]));
    assert_eq!(store.end_sessions_of(person, None).await, Ok(1));
    assert_eq!(found(&store, &two).await, None);
}

fn late_form(text: &str) -> LateForm {
    let entered = [("name", text), ("more", "a"), ("more", "b")].into_iter().collect();
    LateForm { person: person(), action: "/orders/1/items".to_owned(), version: "7".to_owned(), entered }
}

pub(crate) async fn a_form_that_came_late_is_opened_by_its_session_alone_and_goes_with_it(bench: Bench) {
    let (one, two, store) = (id(), id(), &bench.store);
    store.keep_late_form(&one, &late_form("a secret"), now(), now()).await.expect("kept");
    assert_eq!(store.late_form(&one, now()).await, Ok(Some(late_form("a secret"))));
    assert_eq!(store.late_form(&two, now()).await, Ok(None));
    assert_eq!(store.late_form(&one, later(24 * 60)).await, Ok(None), "it is kept a day");
    let rows = bench.raw.scan().table_name(bench.table("sessions")).send().await.expect("rows").items.unwrap_or_default();
    assert!(rows.len() == 1 && !format!("{rows:?}").contains("a secret"), "the table does not tell");
    assert_eq!(rows[0]["expires_at"].as_n().expect("a number"), &later(24 * 60).as_second().to_string());
    store.delete_session(&one).await.expect("ended");
    assert_eq!(store.late_form(&one, now()).await, Ok(None));

    store.list_session(&two, &session(), "").await.expect("listed");
    store.keep_late_form(&two, &late_form("a secret"), now(), now()).await.expect("kept");
    assert_eq!(store.end_own_session(person(), &two.key()).await, Ok(true));
    assert_eq!(store.late_form(&two, now()).await, Ok(None), "not after it was ended from elsewhere either");
}

pub(crate) async fn the_first_form_since_an_end_is_kept_and_follows_its_person_to_their_new_session(Bench { store, .. }: Bench) {
    let (old, new) = (id(), id());
    store.keep_late_form(&old, &late_form("first"), now(), later(1)).await.expect("kept");
    store.keep_late_form(&old, &late_form("second"), now(), later(2)).await.expect("not kept");
    assert_eq!(store.late_form(&old, later(2)).await, Ok(Some(late_form("first"))));
    let stranger = is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2d");
    store.carry_late_form(&old, &new, stranger, later(3)).await.expect("nothing");
    assert_eq!(store.late_form(&new, later(3)).await, Ok(None), "it is somebody else's");
    store.carry_late_form(&old, &new, person(), later(3)).await.expect("carried");
    assert_eq!(store.late_form(&new, later(3)).await, Ok(Some(late_form("first"))));
    assert_eq!(store.late_form(&new, later(24 * 60 + 1)).await, Ok(None), "no longer than it would have been");
    store.keep_late_form(&new, &late_form("second"), later(40), later(41)).await.expect("kept");
    assert_eq!(store.late_form(&new, later(41)).await, Ok(Some(late_form("second"))), "after the next end, the next");
    store.discard_late_form(&new).await.expect("thrown away");
    assert_eq!(store.late_form(&new, later(41)).await, Ok(None));
}

pub(crate) async fn what_is_under_way_is_opened_by_its_id_alone_and_ended_once(bench: Bench) {
    let (one, two) = (id(), id());
    bench.store.begin_flow(&one, &"a secret", later(10)).await.expect("begun");
    assert_eq!(bench.store.flow::<String>(&one, now()).await, Ok(Some("a secret".to_owned())));
    assert_eq!(bench.store.flow::<String>(&two, now()).await, Ok(None));
    assert_eq!(bench.store.flow::<String>(&one, later(10)).await, Ok(None), "it lasts so long");
    let rows = bench.raw.scan().table_name(bench.table("sessions")).send().await.expect("rows").items.unwrap_or_default();
    assert!(rows.len() == 1 && !format!("{rows:?}").contains("a secret"), "the table does not tell");
    assert_eq!(bench.store.end_flow::<String>(&one, now()).await, Ok(Some("a secret".to_owned())));
    assert_eq!(bench.store.end_flow::<String>(&one, now()).await, Ok(None), "it is over");
}

pub(crate) async fn of_several_that_end_what_is_under_way_at_once_one_is_told(Bench { store, .. }: Bench) {
    for _ in 0..25 {
        let id = id();
        store.begin_flow(&id, &"a secret", later(10)).await.expect("begun");
        let ends = join_all((0..8).map(|_| store.end_flow::<String>(&id, now()))).await;
        let told = ends.into_iter().filter_map(|end| end.expect("an answer")).count();
        assert_eq!(told, 1);
    }
}

pub(crate) async fn a_code_that_opens_an_account_is_there_until_it_is_used_and_never_in_the_clear(bench: Bench) {
    let (id, store) = (id(), &bench.store);
    let code = AccessCode::new(&id, customer_id(), AccessReason::Call, "493017", now());
    store.put_access_code(&id, &code).await.expect("a code");
    let kept = store.access_code(&id).await.expect("a read").expect("a code");
    assert!(kept == code && kept.is(&id, "493017") && kept.expires > now());
    let rows = bench.raw.scan().table_name(bench.table("sessions")).send().await.expect("a scan").items.unwrap_or_default();
    assert!(!format!("{rows:?}").contains("493017"));
    store.delete_access_code(&id).await.expect("forgotten");
    assert_eq!(store.access_code(&id).await, Ok(None));
}
