//! Product orders as resources of TMF622 v4.

use jiff::Timestamp;
use order_manager::authorisation::AuthorisationKey;
use order_manager::money::Money;
use order_manager::order::{
    Action, AssessingCancellation, Authorisation, BillTo, Cancelled, Completed, Content, ItemState, KeptLetter, OrderState,
    Partial, PendingCancellation, Placed, PlacedBy, PlacedItem, ProductOrder,
};
use order_manager::party::Contact;
use order_manager::pricing::PriceLine;
use serde_json::{Map, Value, json};

use super::{CATALOGUE, ORDERING, json_of, note};
use crate::store::{PartnerRequest, PartnerView};

/// What a partner says of an order for itself, and gets back as it was said.
const ECHOED: [&str; 7] =
    ["category", "description", "externalId", "note", "notificationContact", "priority", "requestedCompletionDate"];

/// An order as a resource: what came of it where it is an order of ours, what was sent where none came of it. `None` where it is
/// neither, or not placed.
#[must_use]
pub fn product_order(view: &PartnerView, origin: &str) -> Option<Value> {
    let request = view.request.as_ref().map(|request| &request.value);
    match view.order.as_ref().map(|order| &order.value) {
        Some(order) => match order.content() {
            Content::Placed(placed) => Some(of_order(order, placed, request, origin)),
            Content::Draft(_) => None,
        },
        None => request.and_then(|request| of_request(request, origin)),
    }
}

pub(super) fn href_of(id: &str, origin: &str) -> String {
    format!("{origin}{ORDERING}/productOrder/{id}")
}

/// A time, to the millisecond, as every other interface of TM Forum's writes it.
pub(super) fn time(time: Timestamp) -> Value {
    json!(format!("{time:.3}"))
}

fn sent(request: Option<&PartnerRequest>) -> Map<String, Value> {
    match request.map(|request| serde_json::from_str(&request.document)) {
        Some(Ok(Value::Object(document))) => document,
        _ => Map::new(),
    }
}

fn of_order(order: &ProductOrder, placed: &Placed, request: Option<&PartnerRequest>, origin: &str) -> Value {
    let id = placed.id.to_string();
    let document = sent(request);
    let mut resource = Map::new();
    for name in ECHOED {
        if let Some(said) = document.get(name) {
            resource.insert(name.to_owned(), said.clone());
        }
    }
    if let PlacedBy::Partner(by) = &placed.placed_by
        && let Some(external) = &by.external_id
    {
        resource.insert("externalId".to_owned(), json!(external));
    }
    let name_of = |item: &PlacedItem| {
        let named = request.and_then(|request| request.items.iter().find(|(_, id)| *id == item.id));
        named.map_or_else(|| item.id.to_string(), |(name, _)| name.to_string())
    };
    let items: Vec<_> = placed.items.iter().map(|item| of_item(item, placed, &name_of(item), origin)).collect();
    let requested = placed.items.iter().map(|item| item.requested).min();
    let committed = placed.items.iter().map(|item| item.committed).collect::<Option<Vec<_>>>();
    let more = json!({
        "id": id,
        "href": href_of(&id, origin),
        "orderDate": time(placed.placed),
        "state": order.state().wire_name(),
        "productOrderItem": items,
        "relatedParty": [party(placed), contact_party(&placed.installation.contact)],
        "orderTotalPrice": prices(placed.price.lines.iter()),
        "@type": "ProductOrder",
    });
    extend(&mut resource, more);
    if let Some(day) = requested {
        resource.insert("requestedStartDate".to_owned(), json!(format!("{day}T00:00:00.000Z")));
    }
    if let Some(day) = committed.and_then(|days| days.into_iter().max()) {
        resource.insert("expectedCompletionDate".to_owned(), json!(format!("{day}T00:00:00.000Z")));
    }
    if let BillTo::Existing(account) = &placed.billing.to {
        let account = json!({ "id": account.to_string(), "@referredType": "BillingAccount" });
        resource.insert("billingAccount".to_owned(), account);
    }
    extend(&mut resource, of_state(order));
    note::add(&mut resource, note::said_by_us(order, placed));
    Value::Object(resource)
}

/// What a state has beside its name.
fn of_state(order: &ProductOrder) -> Value {
    match order {
        ProductOrder::Completed(Completed { at, .. }) | ProductOrder::Partial(Partial { at, .. }) => {
            json!({ "completionDate": time(*at) })
        }
        ProductOrder::Cancelled(Cancelled { at, .. }) => json!({ "cancellationDate": time(*at) }),
        ProductOrder::AssessingCancellation(AssessingCancellation { since, .. })
        | ProductOrder::PendingCancellation(PendingCancellation { since, .. }) => json!({ "cancellationDate": time(*since) }),
        _ => json!({}),
    }
}

fn extend(resource: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        resource.extend(more);
    }
}

/// The role of whose order it is.
pub const CUSTOMER: &str = "customer";
/// The role of whom to call on the day.
pub const CONTACT: &str = "contact";

fn party(placed: &Placed) -> Value {
    let customer = &placed.ordered_for;
    json!({ "id": customer.id.to_string(), "name": customer.name, "role": CUSTOMER, "@referredType": "Customer" })
}

/// Whom to call on the day, with the media of TMF632.
#[must_use]
pub fn contact_party(contact: &Contact) -> Value {
    let phone = json!({
        "mediumType": "telephoneNumber",
        "characteristic": { "phoneNumber": contact.phone.to_string() },
    });
    let email = contact.email.as_ref().map(|email| {
        json!({
            "mediumType": "emailAddress",
            "characteristic": { "emailAddress": email.to_string() },
        })
    });
    let media: Vec<_> = std::iter::once(phone).chain(email).collect();
    json!({ "id": CONTACT, "name": contact.name, "role": CONTACT, "contactMedium": media, "@referredType": "Individual" })
}

fn of_item(item: &PlacedItem, placed: &Placed, name: &str, origin: &str) -> Value {
    let action = match &item.action {
        Action::Add | Action::Move { .. } => "add",
        Action::Modify(_) | Action::Suspend(_) | Action::Restore(_) => "modify",
        Action::Disconnect(_) => "delete",
    };
    let characteristics = item.answers.iter().filter_map(|(id, value)| {
        let value = json_of(value)?;
        let value_type = match &value {
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            _ => "string",
        };
        Some(json!({ "name": id.as_str(), "valueType": value_type, "value": value }))
    });
    let mut product = json!({
        "productCharacteristic": characteristics.collect::<Vec<_>>(),
        "place": [{
            "id": placed.place.site.to_string(),
            "name": placed.place.address.to_string(),
            "role": "installation address",
            "@referredType": "GeographicSite",
        }],
    });
    if let Some(id) = item.action.product_id() {
        product["id"] = json!(id.to_string());
    }
    let letters: Vec<_> = placed.authorisations.iter().filter_map(|(key, given)| letter(key, given, item)).collect();
    if !letters.is_empty() {
        product["agreement"] = json!(letters);
    }
    json!({
        "id": name,
        "quantity": 1,
        "action": action,
        "state": item_state(item.state),
        "productOffering": {
            "id": item.offering.as_str(),
            "name": item.name.in_language("en"),
            "href": format!("{origin}{CATALOGUE}/productOffering/{}", item.offering),
            "@referredType": "ProductOffering",
        },
        "product": product,
        "itemTotalPrice": prices(placed.price.lines.iter().filter(|line| line.item == item.id)),
        "@type": "ProductOrderItem",
    })
}

/// A letter of agency of an item's that the partner keeps.
fn letter(key: &AuthorisationKey, given: &Authorisation, item: &PlacedItem) -> Option<Value> {
    let Authorisation::Kept(KeptLetter { reference, name, signed, .. }) = given else { return None };
    let letter = json!({
        "id": reference,
        "agreementItemId": key.letter.to_string(),
        "signedBy": name,
        "signedDate": signed.to_string(),
        "@type": "LetterOfAgency",
    });
    (key.item == item.id).then_some(letter)
}

const fn item_state(state: ItemState) -> &'static str {
    match state {
        ItemState::Acknowledged => "acknowledged",
        ItemState::InProgress => "inProgress",
        ItemState::Held => "held",
        ItemState::Pending => "pending",
        ItemState::Completed => "completed",
        ItemState::Failed => "failed",
        ItemState::Cancelled => "cancelled",
        ItemState::Rejected => "rejected",
    }
}

/// What is charged each month, and once.
fn prices<'a>(lines: impl Iterator<Item = &'a PriceLine> + Clone) -> Vec<Value> {
    let sum = |amounts: Vec<Money>| amounts.into_iter().map(Ok).reduce(|sum, amount| sum?.plus(amount?))?.ok();
    let monthly = sum(lines.clone().filter_map(PriceLine::monthly).collect());
    let once = sum(lines.filter_map(PriceLine::once).collect());
    let monthly = monthly.map(
        |amount| json!({ "name": "Monthly", "priceType": "recurring", "recurringChargePeriod": "month", "price": price(amount) }),
    );
    let once = once.map(|amount| json!({ "name": "Once", "priceType": "oneTime", "price": price(amount) }));
    monthly.into_iter().chain(once).collect()
}

fn price(amount: Money) -> Value {
    json!({ "dutyFreeAmount": money(amount) })
}

/// An amount (TMF622 v4, `Money`): its unit is a currency.
pub(super) fn money(amount: Money) -> Value {
    json!({ "unit": amount.currency().code(), "value": amount.major().parse().ok().map(Value::Number) })
}

/// What no order came of: as it was sent, rejected.
fn of_request(request: &PartnerRequest, origin: &str) -> Option<Value> {
    let reason = request.rejected.as_deref()?;
    let id = request.order.to_string();
    let mut resource = sent(Some(request));
    if let Some(Value::Array(items)) = resource.get_mut("productOrderItem") {
        items
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(|item| drop(item.insert("state".to_owned(), json!("rejected"))));
    }
    let more = json!({
        "id": id,
        "href": href_of(&id, origin),
        "orderDate": time(request.received),
        "state": OrderState::Rejected.wire_name(),
        "@type": "ProductOrder",
    });
    extend(&mut resource, more);
    note::add(&mut resource, vec![note::said(reason)]);
    Some(Value::Object(resource))
}
