//! The form of an order, as it is sent: read and checked by itself, before anything is looked up.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use order_manager::decide::MOST_ITEMS;
use order_manager::entered::Entered;
use order_manager::partner::NamedLetter;
use serde_json::{Map, Value, json};
use templates::api::Fault;

use crate::parties::{Parties, parties};
use crate::reading::{MOST_EXTERNAL_ID, Object, own};

/// An order as it was sent, its form checked and nothing else.
pub(crate) struct Sent {
    pub(crate) parties: Parties,
    pub(crate) external_id: Option<Box<str>>,
    pub(crate) account: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) items: Vec<SentItem>,
    pub(crate) document: Value,
}

/// An item of it.
pub(crate) struct SentItem {
    pub(crate) name: Box<str>,
    pub(crate) action: SentAction,
    pub(crate) quantity: i64,
    pub(crate) offering: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) places: Vec<SentPlace>,
    pub(crate) letters: Vec<NamedLetter>,
    pub(crate) characteristics: Vec<(String, Value)>,
}

/// TMF622 v4, `OrderItemActionType`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SentAction {
    Add,
    Modify,
    Delete,
    NoChange,
}

/// A place of an item: where it is for, or what answers the question of that name.
pub(crate) struct SentPlace {
    /// Where it stands in the body.
    pub(crate) path: String,
    pub(crate) role: Option<String>,
    pub(crate) at: SentAddress,
}

/// How a place is given.
pub(crate) enum SentAddress {
    /// One of the customer's.
    Id(String),
    /// By value (TMF673, `GeographicAddress`), as it would be typed: the names of its fields are those of an address without a name.
    Typed(Entered),
}

/// The day of a time, as orders' days are written: in UTC.
pub(crate) fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

/// Reads the form of an order.
pub(crate) fn sent(body: &Object<'_>) -> Result<Sent, Fault> {
    let mut kept = Map::new();
    own(body, &mut kept)?;
    let external_id = body.text("externalId", MOST_EXTERNAL_ID)?.filter(|text| !text.is_empty());
    if let Some(text) = external_id {
        kept.insert("externalId".to_owned(), text.into());
    }
    let (mut items, mut kept_items) = (vec![], vec![]);
    for item in body.objects("productOrderItem", MOST_ITEMS)? {
        let (item, kept) = sent_item(&item)?;
        items.push(item);
        kept_items.push(kept);
    }
    let names: BTreeSet<_> = items.iter().map(|item| &item.name).collect();
    if items.is_empty() || names.len() < items.len() {
        let expected = "a list of one item or more, each with an id of its own";
        return Err(Fault::WrongType { path: "productOrderItem".to_owned(), expected });
    }
    kept.insert("productOrderItem".to_owned(), Value::Array(kept_items));
    let parties = parties(body)?;
    kept.insert("relatedParty".to_owned(), parties.kept());
    let account = match body.object("billingAccount")? {
        Some(account) => Some(account.needed_text("id", 100)?.to_owned()),
        None => None,
    };
    if let Some(id) = &account {
        kept.insert("billingAccount".to_owned(), json!({ "id": id }));
    }
    let from = body.time("requestedStartDate")?.or(body.time("requestedCompletionDate")?).map(day);
    let external_id = external_id.map(Into::into);
    Ok(Sent { parties, external_id, account, from, items, document: Value::Object(kept) })
}

/// Reads an item, and what is kept of it.
fn sent_item(item: &Object<'_>) -> Result<(SentItem, Value), Fault> {
    let name = item.needed_text("id", 100)?;
    let said = item.needed_text("action", 40)?;
    let action = match said {
        "add" => SentAction::Add,
        "modify" => SentAction::Modify,
        "delete" => SentAction::Delete,
        "noChange" => SentAction::NoChange,
        _ => return Err(Fault::UnknownAction(item.path("action"))),
    };
    let quantity = item.number("quantity")?.unwrap_or(1);
    let offering = match item.object("productOffering")? {
        Some(offering) => Some(offering.needed_text("id", 100)?.to_owned()),
        None => None,
    };
    let mut kept = json!({ "id": name, "action": said, "quantity": quantity });
    if let Some(id) = &offering {
        kept["productOffering"] = json!({ "id": id });
    }
    let (mut product, mut places, mut letters, mut characteristics) = (None, vec![], vec![], vec![]);
    let (mut kept_places, mut kept_letters) = (vec![], vec![]);
    if let Some(object) = item.object("product")? {
        product = object.text("id", 100)?.map(str::to_owned);
        for place in object.objects("place", 10)? {
            let (place, kept) = sent_place(&place)?;
            places.push(place);
            kept_places.push(kept);
        }
        for agreement in object.objects("agreement", 10)? {
            let (letter, kept) = sent_letter(&agreement)?;
            letters.push(letter);
            kept_letters.push(kept);
        }
        for characteristic in object.objects("productCharacteristic", 500)? {
            let name = characteristic.needed_text("name", 100)?;
            let value = characteristic.member("value").ok_or_else(|| Fault::Missing(characteristic.path("value")))?;
            characteristics.push((name.to_owned(), value.clone()));
        }
    }
    let named = |(name, value): &(String, Value)| json!({ "name": name, "value": value });
    let kept_characteristics: Vec<_> = characteristics.iter().map(named).collect();
    kept["product"] = json!({ "productCharacteristic": kept_characteristics, "place": kept_places });
    if !kept_letters.is_empty() {
        kept["product"]["agreement"] = json!(kept_letters);
    }
    if let Some(id) = &product {
        kept["product"]["id"] = json!(id);
    }
    Ok((SentItem { name: name.into(), action, quantity, offering, product, places, letters, characteristics }, kept))
}

/// What an address has, by TMF673's names, and the field that it is typed into; the parts of a field stand in the order it is written.
const ADDRESS: [(&str, &str, usize); 8] = [
    ("streetNr", ".street", 20),
    ("streetName", ".street", 100),
    ("streetType", ".street", 30),
    ("streetSuffix", ".street", 30),
    ("city", ".city", 100),
    ("stateOrProvince", ".state", 40),
    ("postcode", ".zip", 20),
    ("subUnitNumber", ".unit", 40),
];

/// Reads a place, by its id or by value, and what is kept of it.
fn sent_place(place: &Object<'_>) -> Result<(SentPlace, Value), Fault> {
    let role = place.text("role", 100)?;
    let mut kept = json!({ "role": role.unwrap_or("installation address") });
    let at = match place.text("id", 100)?.filter(|id| !id.is_empty()) {
        Some(id) => {
            kept["id"] = json!(id);
            SentAddress::Id(id.to_owned())
        }
        None if place.member("postcode").is_none() => return Err(Fault::Missing(place.path("id"))),
        None => {
            let mut parts: Vec<(&str, String)> = vec![];
            for (name, field, most) in ADDRESS {
                let Some(text) = place.text(name, most)?.filter(|text| !text.is_empty()) else { continue };
                kept[name] = json!(text);
                match parts.iter_mut().find(|(known, _)| *known == field) {
                    Some((_, typed)) => *typed = format!("{typed} {text}"),
                    None => parts.push((field, text.to_owned())),
                }
            }
            kept["@type"] = json!("GeographicAddress");
            SentAddress::Typed(parts.into_iter().collect())
        }
    };
    Ok((SentPlace { path: place.place(), role: role.map(str::to_owned), at }, kept))
}

/// Reads a letter of agency that the partner keeps, and what is kept of that.
fn sent_letter(agreement: &Object<'_>) -> Result<(NamedLetter, Value), Fault> {
    let (reference, letter) = (agreement.needed_text("id", 100)?, agreement.needed_text("agreementItemId", 100)?);
    let wrong = |name: &str, expected| Fault::WrongType { path: agreement.path(name), expected };
    let (name, signed) = (agreement.needed_text("signedBy", 100)?, agreement.needed_text("signedDate", 10)?);
    let named = NamedLetter {
        letter: letter.parse().map_err(|_| wrong("agreementItemId", "the name of a letter of agency"))?,
        reference: reference.into(),
        name: name.into(),
        signed: signed.parse().map_err(|_| wrong("signedDate", "a day such as 2026-11-23"))?,
    };
    let kept = json!({
        "id": reference,
        "agreementItemId": letter,
        "signedBy": name,
        "signedDate": signed,
        "@type": "LetterOfAgency",
    });
    Ok((named, kept))
}
