//! Partners' rows: what they sent, cancellations they asked for, where they listen, and which listener took what.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use jiff::Timestamp;
use order_manager::audit::{Act, Capacity, End, Event, Subject, verify};
use order_manager::authorisation::AuthorisationKey;
use order_manager::id::{CustomerId, OrderId, PartnerId, Version};
use order_manager::order::{
    AssessingCancellation, Authorisation, InProgress, KeptLetter, OrderState, OrderedFor, PartnerOrder, Placed, PlacedBy,
    ProductOrder,
};
use platform::store::{
    Between, CancelRequest, Listener, PartnerCreation, PartnerEntry, PartnerRequest, PartnerView, Store, StoreError, StoredOrder,
    Versioned,
};
use serde_json::json;
use uuid::Uuid;

use crate::bench::Bench;
use crate::samples::{is, item_id, later, now, order_id, placed, plain_draft, usd};

pub(crate) fn partner() -> PartnerId {
    is("1example23456789")
}

/// A customer of the partner's, and nobody else's.
fn customer() -> CustomerId {
    is("019b0000-0000-7000-8000-0000000000c2")
}

fn event(act: Act) -> Event {
    Event::new(act, now(), None, Capacity::Partner).of(customer()).about(partner().as_str())
}

/// A letter that the partner keeps.
fn kept() -> BTreeMap<AuthorisationKey, Authorisation> {
    let letter = KeptLetter {
        text_sha256: "c4".repeat(32).into(),
        letter_version: Version("2026-01".into()),
        partner: partner(),
        reference: "LOA-2026-118".into(),
        name: "Zoë O’Neil".into(),
        signed: jiff::civil::date(2026, 2, 27),
        recorded: later(5),
    };
    BTreeMap::from([(AuthorisationKey { item: item_id(1), letter: is("port-in") }, Authorisation::Kept(letter))])
}

fn another_partner() -> PartnerId {
    is("2example23456789")
}

/// An order of a partner's customer, on its way.
fn on_its_way(number: u64) -> ProductOrder {
    let placed = placed(number, vec![]);
    let mut order = Placed {
        items: vec![],
        price: plain_draft(1).priced.price,
        ordered_for: OrderedFor { id: customer(), partner: Some(partner()), ..placed.ordered_for.clone() },
        authorisations: kept(),
        placed: now(),
        placed_by: PlacedBy::Partner(PartnerOrder { partner: partner(), external_id: Some("PO 7/“é”".into()) }),
        ..placed
    };
    order.price.lines.clear();
    ProductOrder::InProgress(InProgress { order, since: later(1) })
}

/// The order that a partner's rows are about.
pub(crate) fn ordered() -> ProductOrder {
    on_its_way(70)
}

/// What no order came of.
pub(crate) fn refused() -> PartnerRequest {
    PartnerRequest { order: order_id(71), received: later(2), rejected: Some("Item 1: speed".into()), ..request(71) }
}

fn request(number: u64) -> PartnerRequest {
    PartnerRequest {
        order: order_id(number),
        partner: partner(),
        customer: customer(),
        received: now(),
        document: json!({ "description": "Zoë’s", "note": [{ "text": "Ring\ntwice" }] }).to_string().into(),
        items: vec![("line 1".into(), item_id(1)), ("é".into(), item_id(2))],
        rejected: None,
        names: None,
    }
}

fn cancellation(number: u32) -> CancelRequest {
    CancelRequest {
        order: ordered().id(),
        number,
        partner: partner(),
        reason: Some("Moved away".into()).filter(|_| number == 1),
        wanted: Some(later(60)).filter(|_| number == 1),
        asked: later(10 * i64::from(number)),
    }
}

fn assessing() -> ProductOrder {
    let ProductOrder::InProgress(InProgress { order, .. }) = ordered() else { panic!("on its way") };
    ProductOrder::AssessingCancellation(AssessingCancellation { order, charge: usd(1_500), since: later(10) })
}

pub(crate) fn listeners() -> Vec<Listener> {
    let listener = |id: &str, query: Option<&str>| Listener {
        id: is(id),
        callback: "https://198.41.0.4:8443/events?of=é".into(),
        query: query.map(Into::into),
        registered: now(),
    };
    let query = "eventType=ProductOrderCreateEvent";
    vec![listener("018f3a2e-0000-7000-8000-000000000001", None), listener("018f3a2e-0000-7000-8000-000000000002", Some(query))]
}

/// An event that one of the listeners took, and the other did not.
pub(crate) fn happened() -> Uuid {
    is("018f3a2e-0000-5000-8000-00000000000e")
}

/// The order as it is.
async fn there(store: &Store) -> StoredOrder {
    store.partner_view(ordered().id()).await.expect("a read").order.expect("the order")
}

/// Stores one of each kind.
pub(crate) async fn stored(Bench { store, .. }: &Bench) {
    store.create_partner_order(&request(70), Some(&ordered()), &event(Act::OrderPlaced), now()).await.expect("an order");
    store.create_partner_order(&refused(), None, &event(Act::OrderRefused), later(2)).await.expect("what was sent");
    let (before, asked) = (there(store).await, event(Act::CancellationAsked));
    store.ask_cancellation(&before, &assessing(), &cancellation(1), &asked).await.expect("a cancellation");
    for listener in listeners() {
        store.put_listener(&partner(), &listener).await.expect("a listener");
    }
    store.put_took(&partner(), happened(), listeners()[0].id, now()).await.expect("a mark");
}

/// That all of it comes back.
pub(crate) async fn assert_is_found(Bench { store, .. }: &Bench) {
    let view = store.partner_view(ordered().id()).await.expect("a read");
    assert_eq!(view.order.map(|order| (order.version, order.value)), Some((2, assessing())));
    assert_eq!(view.request, Some(Versioned { version: 1, value: request(70) }));
    let refused = PartnerView { order: None, request: Some(Versioned { version: 1, value: self::refused() }) };
    assert_eq!(store.partner_view(self::refused().order).await, Ok(refused));
    assert_eq!(store.cancellations(ordered().id()).await, Ok(vec![cancellation(1)]));
    assert_eq!(store.listeners(&partner()).await, Ok(listeners()));
    assert_eq!(store.took(&partner(), happened()).await, Ok(BTreeSet::from([listeners()[0].id])));
}

fn always() -> Between {
    Between { first: Timestamp::MIN, last: Timestamp::MAX }
}

async fn listed(bench: &Bench, between: Between, most: usize) -> Vec<(OrderId, OrderState)> {
    let found = bench.store.orders_of_partner(&partner(), between, most, |_| true).await.expect("a list");
    found.into_iter().map(|PartnerEntry { order, state, .. }| (order, state)).collect()
}

pub(crate) async fn what_a_partner_sent_comes_back_with_what_came_of_it(bench: Bench) {
    stored(&bench).await;
    assert_is_found(&bench).await;
    assert_eq!(bench.store.partner_view(order_id(99)).await, Ok(PartnerView::default()));
}

pub(crate) async fn of_many_that_send_one_order_exactly_one_creates_it(Bench { store, .. }: Bench) {
    let (order, request, event) = (ordered(), request(70), event(Act::OrderPlaced));
    let created = join_all((0..5).map(|_| store.create_partner_order(&request, Some(&order), &event, now()))).await;
    let created: Vec<_> = created.into_iter().map(|creation| creation.expect("an answer")).collect();
    assert_eq!(created.iter().filter(|creation| **creation == PartnerCreation::Created).count(), 1, "{created:?}");
    for creation in created {
        let PartnerCreation::Existed(there) = creation else { continue };
        assert_eq!(there.request.map(|request| request.value), Some(request.clone()));
    }
}

pub(crate) async fn a_partners_orders_are_listed_the_newest_first_by_when_they_were_ordered(bench: Bench) {
    stored(&bench).await;
    let (first, second) = ((ordered().id(), OrderState::AssessingCancellation), (refused().order, OrderState::Rejected));
    assert_eq!(listed(&bench, always(), 10).await, [second, first]);
    assert_eq!(listed(&bench, always(), 1).await, [second]);
    let ordered_at = now();
    assert_eq!(listed(&bench, Between { first: ordered_at, last: ordered_at }, 10).await, [first], "both ends count");
    assert_eq!(listed(&bench, Between { first: later(1), last: now() }, 10).await, [], "nothing is before it begins");
    let others = bench.store.orders_of_partner(&another_partner(), always(), 10, |_| true).await;
    assert_eq!(others, Ok(vec![]), "another partner's are others");
    let rejected = bench.store.orders_of_partner(&partner(), always(), 10, |entry| entry.state == OrderState::Rejected).await;
    assert_eq!(rejected.expect("a list").len(), 1);
    let asked = bench.store.cancellations_of_partner(&partner(), 10).await;
    assert_eq!(asked, Ok(vec![(ordered().id(), 1)]));
}

pub(crate) async fn what_a_partner_says_of_an_order_is_saved_over_nothing_unseen(Bench { store, .. }: Bench) {
    store.create_order(&ordered(), None, now()).await.expect("an order placed on the site");
    let said = request(70);
    let noted = event(Act::OrderNoted);
    let on_record = (End::START, &noted);
    let id = ordered().id();
    let name = PartnerRequest { document: "{}".into(), items: vec![], names: Some(id), ..request(72) };
    let save = async |requests: &[(Option<u64>, &PartnerRequest)]| store.save_partner_requests(id, requests, on_record).await;
    assert_eq!(save(&[(None, &said), (None, &name)]).await, Ok(()));
    assert_eq!(save(&[(None, &said)]).await, Err(StoreError::Conflict), "it is there");
    assert_eq!(save(&[(Some(1), &said), (None, &name)]).await, Err(StoreError::Conflict), "so is the name");
    let named = store.partner_view(name.order).await.expect("a read");
    assert_eq!(named.request, Some(Versioned { version: 1, value: name }));
    let more = PartnerRequest { document: "{}".into(), ..said.clone() };
    assert_eq!(save(&[(Some(1), &more)]).await, Ok(()));
    assert_eq!(save(&[(Some(1), &said)]).await, Err(StoreError::Conflict), "it has changed");
    let before = there(&store).await;
    let events = [event(Act::VisitChanged), event(Act::ContactChanged), event(Act::OrderNoted)];
    let stale = store.change_partner_order(&before, &ordered(), &[(Some(1), &said)], (&events, later(1))).await;
    assert_eq!(stale, Err(StoreError::Conflict), "neither is saved without the other");
    store.change_partner_order(&before, &ordered(), &[(Some(2), &said)], (&events, later(1))).await.expect("saved");
    let trail = store.audit_trail(&Subject::Order(ordered().id()).to_string()).await.expect("a trail");
    let acts: Vec<_> = trail.iter().map(|entry| &*entry.act).collect();
    assert_eq!(
        acts,
        ["order-noted", "order-noted", "visit-changed", "contact-changed", "order-noted"],
        "each that was done, once"
    );
    assert_eq!(verify(&trail), Ok(()));
    assert_eq!(there(&store).await.trail, trail.last().expect("an entry").end());
    let view = store.partner_view(ordered().id()).await.expect("a read");
    assert_eq!(view.order.map(|order| order.version), Some(2));
    assert_eq!(view.request, Some(Versioned { version: 3, value: said }));
}

pub(crate) async fn what_was_refused_is_deleted_as_it_was_read_and_not_twice(Bench { store, .. }: Bench) {
    store.create_partner_order(&refused(), None, &event(Act::OrderRefused), now()).await.expect("what was sent");
    let read = Versioned { version: 1, value: refused() };
    let other = Versioned { version: 2, ..read.clone() };
    assert_eq!(store.delete_partner_request(&other).await, Err(StoreError::Conflict));
    store.delete_partner_request(&read).await.expect("deleted");
    assert_eq!(store.delete_partner_request(&read).await, Err(StoreError::Conflict));
    assert_eq!(store.partner_view(refused().order).await, Ok(PartnerView::default()));
}

pub(crate) async fn a_cancellation_is_asked_for_with_its_order_or_not_at_all(Bench { store, .. }: Bench) {
    store.create_order(&ordered(), None, now()).await.expect("an order");
    let (before, event) = (there(&store).await, event(Act::CancellationAsked));
    let stale = StoredOrder { version: 9, ..before.clone() };
    assert_eq!(store.ask_cancellation(&stale, &assessing(), &cancellation(1), &event).await, Err(StoreError::Conflict));
    assert_eq!(store.cancellations(ordered().id()).await, Ok(vec![]));
    store.ask_cancellation(&before, &assessing(), &cancellation(1), &event).await.expect("asked");
    let again = there(&store).await;
    let same = store.ask_cancellation(&again, &assessing(), &cancellation(1), &event).await;
    assert_eq!(same, Err(StoreError::Conflict), "it is there");
    store.ask_cancellation(&again, &assessing(), &cancellation(2), &event).await.expect("another");
    assert_eq!(store.cancellations(ordered().id()).await, Ok(vec![cancellation(1), cancellation(2)]));
}

pub(crate) async fn a_listener_is_its_partners_own_until_it_is_forgotten(Bench { store, .. }: Bench) {
    for listener in listeners() {
        store.put_listener(&partner(), &listener).await.expect("a listener");
        store.put_listener(&partner(), &listener).await.expect("the same again");
    }
    let [first, second] = &listeners()[..] else { panic!("two listeners") };
    assert_eq!(store.listeners(&another_partner()).await, Ok(vec![]));
    assert_eq!(store.delete_listener(&another_partner(), first.id).await, Ok(false));
    store.put_took(&partner(), happened(), first.id, now()).await.expect("a mark");
    assert_eq!(store.took(&partner(), is("018f3a2e-0000-5000-8000-00000000000f")).await, Ok(BTreeSet::new()), "another event");
    assert_eq!(store.took(&another_partner(), happened()).await, Ok(BTreeSet::new()));
    assert_eq!(store.listeners(&partner()).await, Ok(listeners()), "what was taken is no listener");
    assert_eq!(store.delete_listener(&partner(), first.id).await, Ok(true));
    assert_eq!(store.delete_listener(&partner(), first.id).await, Ok(false));
    assert_eq!(store.listeners(&partner()).await, Ok(vec![second.clone()]));
}
