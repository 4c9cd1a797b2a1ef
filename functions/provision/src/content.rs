//! A service order as TMF641 v4.1 has it: what is to be done, where, for whom, and every answer that counts.

use jiff::civil::Date;
use order_manager::address::GeographicAddress;
use order_manager::order::{Action, Placed, PlacedItem};
use order_manager::party::Contact;
use order_manager::provisioning::{Part, ServiceOrder};
use order_manager::value::Value as Answer;
use serde_json::{Map, Value, json};

/// The day that a service order asks for.
pub(crate) fn day(order: &Placed, service_order: &ServiceOrder) -> Date {
    let item = item_of(order, service_order);
    item.map_or_else(|| order.installation.visit.day(), |item| item.requested)
}

/// A day as TMF641 writes moments.
pub(crate) fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// The document.
pub(crate) fn of(order: &Placed, service_order: &ServiceOrder) -> Value {
    let dependencies: Vec<_> = service_order
        .after
        .iter()
        .map(|id| json!({ "id": id.to_string(), "relationshipType": "dependsOn", "@referredType": "ServiceOrder" }))
        .collect();
    let item = item_of(order, service_order).map(|item| item_content(order, item, service_order));
    json!({
        "externalId": service_order.id.to_string(),
        "category": service_order.family.slug(),
        "description": format!("Order {}", order.id.reference()),
        "requestedCompletionDate": moment(day(order, service_order)),
        "externalReference": [{ "id": order.id.to_string(), "externalReferenceType": "ProductOrder" }],
        "orderRelationship": dependencies,
        "note": order.installation.access_notes.iter().map(|text| json!({ "author": "customer", "text": text })).collect::<Vec<_>>(),
        "relatedParty": [{
            "id": order.ordered_for.id.to_string(),
            "name": order.ordered_for.name,
            "role": "Customer",
            "@referredType": "Customer",
        }],
        "serviceOrderItem": item.into_iter().collect::<Vec<_>>(),
        "@type": "ServiceOrder",
    })
}

fn item_of<'a>(order: &'a Placed, service_order: &ServiceOrder) -> Option<&'a PlacedItem> {
    order.items.iter().find(|item| item.id == service_order.id.item)
}

fn item_content(order: &Placed, item: &PlacedItem, service_order: &ServiceOrder) -> Value {
    let place = match (&item.action, service_order.id.part) {
        (Action::Move { from, .. }, Part::Left) => from,
        _ => &order.place.address,
    };
    let milestones: Vec<_> = item.milestones.iter().map(|milestone| milestone.id.as_str()).collect();
    let answers = item.answers.iter().map(|(id, answer)| characteristic(id.as_str(), &value(answer)));
    let codes = item.codes.iter().map(|code| characteristic(code.id.as_str(), &json!(code.code)));
    let number = item.number.map(|number| characteristic("telephone-number", &json!(number.digits())));
    let told = characteristic("milestones", &json!(milestones));
    let mut service = json!({
        "serviceType": item.offering.as_str(),
        "name": item.name.in_language("en"),
        "serviceSpecification": { "id": item.offering.as_str(), "@referredType": "ServiceSpecification" },
        "serviceCharacteristic": answers.chain(codes).chain(number).chain([told]).collect::<Vec<_>>(),
        "place": [address(place)],
        "relatedParty": contacts(order),
    });
    if let Some(product) = item.action.product_id() {
        service["id"] = json!(product.to_string());
    }
    json!({ "id": item.id.to_string(), "action": service_order.action.wire_name(), "service": service, "@type": "ServiceOrderItem" })
}

fn contacts(order: &Placed) -> Vec<Value> {
    let party = |role: &str, contact: &Contact| {
        let email = contact.email.as_ref().map(ToString::to_string);
        json!({
            "id": order.ordered_for.id.to_string(),
            "name": contact.name,
            "role": role,
            "@referredType": "Individual",
            "contactMedium": { "phoneNumber": contact.phone.digits(), "emailAddress": email },
        })
    };
    let fault = order.installation.fault_contact.as_ref().map(|contact| party("FaultContact", contact));
    [party("SiteContact", &order.installation.contact)].into_iter().chain(fault).collect()
}

fn address(address: &GeographicAddress) -> Value {
    json!({
        "role": "ServiceAddress",
        "@type": "GeographicAddress",
        "streetName": address.street,
        "subUnitNumber": address.unit,
        "city": address.city,
        "stateOrProvince": address.state.abbreviation(),
        "postcode": address.zip.to_string(),
        "country": "US",
    })
}

fn characteristic(name: &str, value: &Value) -> Value {
    let value_type = match value {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::String(_) | Value::Null => "string",
    };
    json!({ "name": name, "valueType": value_type, "value": value })
}

/// An answer as a system reads it: choices by their ids, everything else as it is. A file goes by its key, to be fetched by those who
/// may.
fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Choice(chosen) => json!(chosen.as_str()),
        Answer::Choices(chosen) => chosen.iter().map(|chosen| json!(chosen.as_str())).collect(),
        Answer::Integer(number) => json!(number),
        Answer::Boolean(is_so) => json!(is_so),
        Answer::Acknowledged => json!(true),
        Answer::AutonomousSystemNumber(number) => json!(number),
        Answer::Address(place) => address(place),
        Answer::Secret(secret) => json!(secret.reveal()),
        Answer::File(file) => {
            let mut named = Map::new();
            named.insert("key".to_owned(), json!(file.key));
            named.insert("name".to_owned(), json!(file.name));
            Value::Object(named)
        }
        Answer::Service(service) => json!({
            "service": service.target.to_string(),
            "serviceType": service.offering.as_str(),
            "telephone-number": service.number.map(|number| number.digits()),
        }),
        Answer::List(entries) => entries.iter().map(value).collect(),
        Answer::Rows(rows) => {
            let cells = |row: &Vec<Option<Answer>>| row.iter().map(|cell| cell.as_ref().map(value)).collect::<Vec<_>>();
            json!(rows.iter().map(cells).collect::<Vec<_>>())
        }
        Answer::Text(_)
        | Answer::Telephone(_)
        | Answer::Email(_)
        | Answer::Date(_)
        | Answer::Prefixes(_)
        | Answer::IpAddress(_)
        | Answer::DomainName(_)
        | Answer::VlanIds(_) => match &answer.entries(0)[..] {
            [one] => json!(one),
            several => json!(several),
        },
    }
}
