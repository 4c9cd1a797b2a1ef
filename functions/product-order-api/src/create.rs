//! `POST productOrder`: read, understood, carried out by the same commands as on the site, or acknowledged and rejected.

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::admits::Reading;
use order_manager::audit::{Act, Capacity, End, Event, Subject};
use order_manager::calendar::{add_business_days, company_day};
use order_manager::catalogue::{Catalogue, Change, ProductOffering};
use order_manager::characteristic::{Reach, ValueType};
use order_manager::entered::Entered;
use order_manager::id::{BillingAccountId, CustomerId, OfferingId, OrderId, OrderItemId, PartnerId, ProductId};
use order_manager::order::{PartnerOrder, ProductOrder, ServicePlace};
use order_manager::partner::{
    Facts, Gone, Hindrance, NamedPlace, Needed, NoOnePlace, Wanted, WantedAction, WantedItem, place, place_of,
};
use order_manager::party::Customer;
use order_manager::value::Value as Answer;
use platform::store::{PartnerCreation, PartnerRequest, PartnerView, StoreError, StoredOrder, Versioned, Wanted as Reads};
use platform::tmf::{entered_from, product_order};
use platform::{App, PageError, mint};
use serde_json::{Value, json};
use templates::api::{Fault, Rejection};
use templates::messages::Words;

use crate::ORDERS_WRITE;
use crate::answer::{ApiError, Caller, created, json as answered, respond};
use crate::reading::{Object, document};
use crate::sent::{Sent, SentAction, SentAddress, SentItem, SentPlace, sent};

/// How often an order is tried whose number or appointment somebody else took meanwhile.
const ATTEMPTS: usize = 3;
/// Numbers that are looked up beyond those needed: some may be taken meanwhile.
const SPARE_NUMBERS: usize = 6;
/// Days of appointments that are looked at.
const DAYS: u16 = 20;

/// Takes an order.
pub(crate) async fn create(app: &App, request: Request) -> Response<Body> {
    respond(app, request, ORDERS_WRITE, async |caller| {
        let body = document(&caller)?;
        let sent = sent(&Object::whole(&body)?)?;
        let now = app.clock.now();
        let id = id_of(&caller.partner, &sent, now)?;
        let file = app.store.customer(sent.parties.customer).await?.ok_or(Fault::NoCustomer)?;
        if file.customer.partner.as_ref() != Some(&caller.partner) {
            return Err(Fault::NoCustomer.into());
        }
        for _ in 0..ATTEMPTS {
            match take(app, &caller, &sent, &file.customer, id, now).await {
                Err(ApiError::Ours(PageError::Store(StoreError::Taken(_)))) => {}
                answer => return answer,
            }
        }
        Err(Fault::Changed.into())
    })
    .await
}

/// The order's id. Under a name of the partner's it follows from the name, so that an order sent again is the same order.
fn id_of(partner: &PartnerId, sent: &Sent, now: Timestamp) -> Result<OrderId, ApiError> {
    match &sent.external_id {
        Some(name) => Ok(id_under(partner, name)),
        None => Ok(OrderId::new(mint::by_time(now)?)),
    }
}

/// The id of an order that a partner sent under a name.
pub(crate) fn id_under(partner: &PartnerId, external_id: &str) -> OrderId {
    OrderId::new(mint::of_content("order of a partner", format!("{partner}\0{external_id}").as_bytes()))
}

async fn take(
    app: &App,
    caller: &Caller,
    sent: &Sent,
    customer: &Customer,
    id: OrderId,
    now: Timestamp,
) -> Result<Response<Body>, ApiError> {
    let head = app.store.load(&Reads::default()).await?.catalogue_head;
    if let Some(closed) = head.closed() {
        return Err(Fault::Closed(closed.message.clone()).into());
    }
    let catalogue = app.catalogues.current(&app.store, &head, now).await?;
    let ids = (0..sent.items.len()).map(|_| mint::by_time(now).map(OrderItemId::new)).collect::<Result<Vec<_>, _>>()?;
    let by = PartnerOrder { partner: caller.partner.clone(), external_id: sent.external_id.clone() };
    let (order, rejected) = match understood(sent, (customer, &catalogue), &ids, (id, by), now)? {
        Ok(wanted) => match carried_out(app, &wanted, customer, &catalogue, now).await? {
            Ok(order) => (Some(order), None),
            Err(hindrance) => (None, Some(said(&hindrance, sent, &ids, &catalogue))),
        },
        Err(rejection) => (None, Some(rejection.reason(Words::english()))),
    };
    let names = sent.items.iter().map(|item| item.name.clone()).zip(ids);
    let request = PartnerRequest {
        order: id,
        partner: caller.partner.clone(),
        customer: sent.parties.customer,
        received: now,
        document: sent.document.to_string().into(),
        items: names.collect(),
        rejected: rejected.map(Into::into),
        names: None,
    };
    let customer = sent.parties.customer;
    let event = event(caller, customer, if order.is_some() { Act::OrderPlaced } else { Act::OrderRefused }, now);
    match app.store.create_partner_order(&request, order.as_ref(), &event, now).await? {
        PartnerCreation::Created => Ok(created(&acknowledged(request, order, &caller.origin)?)),
        // Sent again, its answer lost perhaps: it is answered again as it stands.
        PartnerCreation::Existed(there)
            if there
                .request
                .as_ref()
                .is_some_and(|there| there.value.partner == request.partner && there.value.document == request.document) =>
        {
            let resource = product_order(&there, &caller.origin).ok_or(Fault::AlreadyOrdered)?;
            Ok(answered(StatusCode::CREATED, &resource))
        }
        PartnerCreation::Existed(_) => Err(Fault::AlreadyOrdered.into()),
    }
}

/// What was received, as it is received: it is looked into after that, and what comes of it is there to be read, and told of.
fn acknowledged(request: PartnerRequest, order: Option<ProductOrder>, origin: &str) -> Result<Value, ApiError> {
    let is_rejected = order.is_none();
    let view = PartnerView {
        order: order.map(|value| StoredOrder { version: 1, value, trail: End::START }),
        request: Some(Versioned { version: 1, value: request }),
    };
    let mut resource = product_order(&view, origin).ok_or(PageError::Broken("an order that was just stored has no form"))?;
    if is_rejected {
        resource["state"] = json!("acknowledged");
        if let Some(items) = resource["productOrderItem"].as_array_mut() {
            items.iter_mut().for_each(|item| item["state"] = json!("acknowledged"));
        }
        if let Some(notes) = resource["note"].as_array_mut() {
            notes.pop();
        }
    }
    Ok(resource)
}

/// What goes on record of what a partner's system does for a customer.
pub(crate) fn event(caller: &Caller, customer: CustomerId, act: Act, now: Timestamp) -> Event {
    Event::new(act, now, None, Capacity::Partner).of(customer).about(caller.partner.as_str()).on("/tmf-api")
}

/// Puts it on record. It is done by now: a trail that can't be written is no reason to have it sent again.
pub(crate) async fn note(app: &App, caller: &Caller, (order, customer): (OrderId, CustomerId), act: Act, now: Timestamp) {
    if let Err(error) = app.store.audit(&Subject::Order(order), &event(caller, customer, act, now)).await {
        tracing::error!(%error, %order, act = act.name(), "not on record");
    }
}

/// Why it is not carried out, in words.
fn said(hindrance: &Hindrance, sent: &Sent, ids: &[OrderItemId], catalogue: &Catalogue) -> String {
    let item = match hindrance {
        Hindrance::Answers(item, _) | Hindrance::NoLetter(item, _) => {
            ids.iter().position(|id| id == item).and_then(|at| sent.items.get(at))
        }
        _ => None,
    };
    let item = item.map_or("", |item| &*item.name);
    Rejection::Hindered { hindrance, item, catalogue }.reason(Words::english())
}

/// The placed order, with what had to be looked up for it.
async fn carried_out(
    app: &App,
    wanted: &Wanted,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Result<ProductOrder, Hindrance>, ApiError> {
    let area = catalogue.area_of(wanted.place.address.zip);
    let mut facts = Facts::default();
    loop {
        match place(wanted, customer, &facts, catalogue, now) {
            Err(hindrance) => return Ok(Err(hindrance)),
            Ok(Gone::Placed(order)) => return Ok(Ok(*order)),
            Ok(Gone::Needs(Needed::Numbers(count))) => {
                facts.numbers = Some(match area {
                    Some(area) => app.store.offered_numbers(&area.rate_centre, wanted.id, count + SPARE_NUMBERS, now).await?,
                    None => vec![],
                });
            }
            Ok(Gone::Needs(Needed::Slots(first))) => {
                let days: Vec<_> = (0..DAYS).map(|day| add_business_days(first, day, &catalogue.holidays)).collect();
                facts.slots = Some(match area {
                    Some(area) => app.store.open_slots(&area.id, &days, &catalogue.windows, wanted.id, now).await?,
                    None => vec![],
                });
            }
        }
    }
}

/// What is wanted, in our own terms; or why it can't be carried out, or can't be meant.
fn understood(
    sent: &Sent,
    (customer, catalogue): (&Customer, &Catalogue),
    ids: &[OrderItemId],
    (id, by): (OrderId, PartnerOrder),
    now: Timestamp,
) -> Result<Result<Wanted, Rejection<'static>>, ApiError> {
    let mut items = vec![];
    for (at, (item, own)) in sent.items.iter().zip(ids).enumerate() {
        let product = |text: &Option<String>| -> Option<ProductId> { text.as_deref()?.parse().ok() };
        let sold = |text: &Option<String>| -> Option<OfferingId> { text.as_deref()?.parse().ok() };
        let offering = sold(&item.offering).filter(|id| catalogue.offering(id).is_some());
        let action = match item.action {
            SentAction::NoChange => continue,
            _ if item.quantity != 1 => return Ok(Err(Rejection::Quantity)),
            SentAction::Add => match offering {
                Some(offering) => WantedAction::Add(offering),
                None => return Ok(Err(Rejection::NoSuchOffering)),
            },
            SentAction::Modify | SentAction::Delete => match product(&item.product) {
                Some(product) if item.action == SentAction::Modify => WantedAction::Modify(product),
                Some(product) => WantedAction::Delete(product),
                None => return Ok(Err(Rejection::NoSuchOffering)),
            },
        };
        no_files(item, at, form_of(&action, customer, catalogue))?;
        let answers = answers(item, &action, sent, ids, customer, catalogue);
        items.push(WantedItem { id: *own, answers, action, letters: item.letters.clone() });
    }
    let places = sent.items.iter().flat_map(|item| &item.places).filter(|place| !answers_a_question(place, catalogue));
    let places = places.map(|place| named_place(place, customer, now)).collect::<Result<Vec<_>, _>>()?;
    let acted_on: Vec<_> = items
        .iter()
        .filter_map(|item| match item.action {
            WantedAction::Add(_) => None,
            WantedAction::Modify(product) | WantedAction::Delete(product) => Some(product),
        })
        .collect();
    let place = place_of(customer, &places, &acted_on).map_err(Fault::NoOnePlace)?;
    let pays = match &sent.account {
        None => None,
        Some(text) => {
            let id: Option<BillingAccountId> = text.parse().ok();
            let account = customer.billing_accounts.iter().find(|account| Some(account.id) == id);
            Some(account.cloned().ok_or(Fault::NoSuchAccount)?)
        }
    };
    let contact = sent.parties.contact.clone();
    Ok(Ok(Wanted { id, by, place, items, pays, from: sent.from, contact }))
}

/// Whether a place is what a question asks for: its role is the question's name.
fn answers_a_question(place: &SentPlace, catalogue: &Catalogue) -> bool {
    let asked = |name: &str| {
        let mut questions = catalogue.offerings.iter().flat_map(|offering| &offering.characteristics);
        questions.any(|spec| spec.id.as_str() == name && matches!(spec.value, ValueType::Address(_)))
    };
    place.role.as_deref().is_some_and(asked)
}

/// Where service is wanted, as it is named.
fn named_place(place: &SentPlace, customer: &Customer, now: Timestamp) -> Result<NamedPlace, Fault> {
    let typed = match &place.at {
        SentAddress::Id(id) => return id.parse().map(NamedPlace::Known).map_err(|_| Fault::NoOnePlace(NoOnePlace::Unknown)),
        SentAddress::Typed(typed) => typed,
    };
    let reading = Reading { today: company_day(now), area: None, services: &[], files: &[] };
    match ValueType::Address(Reach::Anywhere).admit("", typed, &reading) {
        Ok(Some(Answer::Address(address))) => {
            Ok(NamedPlace::At(ServicePlace { site: mint::site(customer.id, &address), address }))
        }
        _ => {
            let expected = "an address in the United States, with streetNr, streetName, city, stateOrProvince and postcode";
            Err(Fault::WrongType { path: place.path.clone(), expected })
        }
    }
}

/// What an item is answered by.
fn form_of<'a>(action: &WantedAction, customer: &Customer, catalogue: &'a Catalogue) -> Option<&'a ProductOffering> {
    match action {
        WantedAction::Add(offering) => catalogue.offering(offering),
        WantedAction::Modify(id) => {
            let product = customer.products.iter().find(|product| product.id == *id)?;
            catalogue.offering(&product.offering)
        }
        WantedAction::Delete(_) => catalogue.changes.get(&Change::Disconnect),
    }
}

/// That nothing is sent which is a file: there is no way here that one could come by.
fn no_files(item: &SentItem, at: usize, form: Option<&ProductOffering>) -> Result<(), Fault> {
    let takes_file = |name: &str| {
        let mut questions = form.into_iter().flat_map(|form| &form.characteristics);
        questions.any(|spec| spec.id.as_str() == name && matches!(spec.value, ValueType::File { .. }))
    };
    match item.characteristics.iter().position(|(name, _)| takes_file(name)) {
        Some(file) => Err(Fault::NoFiles(format!("productOrderItem[{at}].product.productCharacteristic[{file}].value"))),
        None => Ok(()),
    }
}

/// An item's characteristics as they would be typed. One that points at another item names it as the partner does.
fn answers(
    item: &SentItem,
    action: &WantedAction,
    sent: &Sent,
    ids: &[OrderItemId],
    customer: &Customer,
    catalogue: &Catalogue,
) -> Entered {
    let offering = form_of(action, customer, catalogue);
    let mut entered = Entered::default();
    for (name, value) in &item.characteristics {
        let spec = offering.and_then(|offering| offering.characteristics.iter().find(|spec| spec.id.as_str() == name));
        let other = value.as_str().and_then(|text| text.strip_prefix("item-"));
        let other = other.and_then(|other| sent.items.iter().position(|item| *item.name == *other)).and_then(|at| ids.get(at));
        let value = other.map_or_else(|| value.clone(), |id| json!(format!("item-{id}")));
        entered_from(name, spec.map(|spec| &spec.value), &value, &mut entered);
    }
    for place in item.places.iter().filter(|place| answers_a_question(place, catalogue)) {
        let name = place.role.as_deref().unwrap_or_default();
        match &place.at {
            SentAddress::Id(id) => {
                let site = customer.sites.iter().find(|site| site.id.to_string() == *id);
                if let Some(site) = site {
                    Answer::Address(site.address.clone()).entered(name, &mut entered);
                }
            }
            SentAddress::Typed(typed) => typed.names().for_each(|part| entered.add(format!("{name}{part}"), typed.text(part))),
        }
    }
    entered
}
