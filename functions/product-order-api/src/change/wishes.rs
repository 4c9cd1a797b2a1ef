//! What a patch wishes of an order that is on its way: another day, somebody else to call, answers to what was asked.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::admits::Reading;
use order_manager::calendar::{add_business_days, today_in};
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::characteristic::{Characteristic, Need};
use order_manager::decide::{Agreed, MOST_ITEMS, Wish, new_days};
use order_manager::entered::Entered;
use order_manager::order::{Decision, OrderState, Placed, PlacedItem, Visit};
use order_manager::party::Product;
use platform::App;
use platform::tmf::{entered_from, is_ours};
use serde_json::Value;
use templates::api::Fault;

use crate::answer::ApiError;
use crate::parties::parties;
use crate::reading::{MOST_NOTES_READ, OWN_TEXTS, Object};
use crate::sent::day;

/// Days of appointments that are looked at.
const DAYS: u16 = 20;
/// The most bytes of an answer.
const LONGEST_REPLY: usize = 500;

/// A patch: what it says, and what there is.
pub(super) struct Patch<'a> {
    pub(super) object: Object<'a>,
    /// The order as it was read.
    pub(super) before: &'a Value,
    /// The attributes that change.
    pub(super) wanted: Vec<&'a str>,
    pub(super) state: OrderState,
}

/// Something wished, and where the patch says it.
pub(super) struct Wished {
    pub(super) path: String,
    pub(super) wish: Wish,
}

impl Patch<'_> {
    /// What is wished of the order.
    pub(super) async fn wishes(
        &self,
        app: &App,
        placed: &Placed,
        (own, current): (&Catalogue, &Catalogue),
        now: Timestamp,
    ) -> Result<Vec<Wished>, ApiError> {
        let mut wishes = vec![];
        for name in &self.wanted {
            match *name {
                "note" => wishes.extend(self.replies(placed)?),
                "relatedParty" => wishes.push(self.contact(placed)?),
                "productOrderItem" => {
                    let file = app.store.customer(placed.ordered_for.id).await?;
                    let products = file.map(|file| file.customer.products).unwrap_or_default();
                    wishes.extend(self.corrections(placed, &products, own, now)?);
                }
                "requestedStartDate" | "requestedCompletionDate" => {}
                // One that has a name keeps it.
                "externalId" if self.before.get("externalId").is_none() => {}
                own if OWN_TEXTS.iter().any(|(name, _)| *name == own) => {}
                other => return Err(self.fixed(other.to_owned()).into()),
            }
        }
        let date = ["requestedStartDate", "requestedCompletionDate"].into_iter().find(|name| self.wanted.contains(name));
        if let Some(name) = date
            && let Some(day) = self.object.time(name)?.map(day)
            && day != placed.installation.visit.day()
        {
            let wish = Wish::Day(visit(app, placed, (name, day), current, now).await?);
            wishes.push(Wished { path: name.to_owned(), wish });
        }
        Ok(wishes)
    }

    fn fixed(&self, path: String) -> Fault {
        Fault::NotChangeable(path, self.state)
    }

    /// The contact; whose order it is stays.
    fn contact(&self, placed: &Placed) -> Result<Wished, Fault> {
        let path = "relatedParty".to_owned();
        let named = parties(&self.object)?;
        match named.contact {
            Some(contact) if named.customer == placed.ordered_for.id => {
                Ok(Wished { path, wish: Wish::Contact(contact, placed.installation.access_notes.clone()) })
            }
            _ => Err(self.fixed(path)),
        }
    }

    /// The notes that answer what was asked: those with the question's id.
    fn replies(&self, placed: &Placed) -> Result<Vec<Wished>, Fault> {
        let mut wishes = vec![];
        for note in self.object.objects("note", MOST_NOTES_READ)? {
            let Some(id) = note.text("id", 100)?.filter(|_| !is_ours(&note.value())) else { continue };
            let path = note.path("text");
            for item in &placed.items {
                let on_the_way = &item.on_the_way;
                if let Some(question) = on_the_way.open_question().filter(|question| question.id.to_string() == id) {
                    // One that corrects an answer of the order is answered there.
                    let text = note.needed_text("text", LONGEST_REPLY)?.into();
                    if question.corrects.is_none() {
                        let wish = Wish::Reply {
                            item: item.id,
                            question: question.id.clone(),
                            text,
                            corrected: None,
                            agreed: Agreed::Catalogues,
                        };
                        wishes.push(Wished { path: path.clone(), wish });
                    }
                }
                if let Some(charge) = on_the_way.open_charge().filter(|charge| charge.id.to_string() == id) {
                    let decision = match note.needed_text("text", LONGEST_REPLY)? {
                        "accepted" => Decision::Accepted,
                        "refused" => Decision::Refused,
                        _ => return Err(Fault::WrongType { path, expected: "accepted or refused" }),
                    };
                    let wish = Wish::Decide { item: item.id, charge: charge.id.clone(), decision };
                    wishes.push(Wished { path: path.clone(), wish });
                }
            }
        }
        Ok(wishes)
    }

    /// The characteristics that were asked for again, or that decide their price at most, in items that are otherwise as they stand.
    fn corrections(
        &self,
        placed: &Placed,
        products: &[Product],
        catalogue: &Catalogue,
        now: Timestamp,
    ) -> Result<Vec<Wished>, Fault> {
        let stand = self.before["productOrderItem"].as_array().map_or(&[][..], Vec::as_slice);
        let sent = self.object.objects("productOrderItem", MOST_ITEMS)?;
        if sent.len() != stand.len() {
            return Err(self.fixed("productOrderItem".to_owned()));
        }
        let mut wishes = vec![];
        for item in &sent {
            let id = item.needed_text("id", 100)?;
            let found = stand.iter().zip(&placed.items).find(|(stands, _)| stands["id"] == id);
            let (stands, placed_item) = found.ok_or_else(|| self.fixed(item.path("id")))?;
            let changed = |name: &&String| item.member(name) != stands.get(*name);
            for name in item.names().filter(changed) {
                let product = item.object("product")?.filter(|_| name == "product");
                let product = product.ok_or_else(|| self.fixed(item.path(name)))?;
                let about = (placed, placed_item, products);
                wishes.extend(self.corrected(&product, &stands["product"], about, catalogue, now)?);
            }
        }
        Ok(wishes)
    }

    fn corrected(
        &self,
        product: &Object<'_>,
        stands: &Value,
        (placed, item, products): (&Placed, &PlacedItem, &[Product]),
        catalogue: &Catalogue,
        now: Timestamp,
    ) -> Result<Vec<Wished>, Fault> {
        const VALUES: &str = "productCharacteristic";
        if let Some(name) = product.names().find(|name| *name != VALUES && product.member(name) != stands.get(*name)) {
            return Err(self.fixed(product.path(name)));
        }
        let there = stands[VALUES].as_array().map_or(&[][..], Vec::as_slice);
        let sent = product.objects(VALUES, 500)?;
        let form = catalogue.form(&item.offering, &item.action);
        let amendable: Vec<_> = form.into_iter().flat_map(ProductOffering::amendable).collect();
        let (mut wishes, mut answers, mut path_of_answers) = (vec![], vec![], product.path(VALUES));
        for left_out in there.iter().filter(|value| sent.iter().all(|sent| sent.member("name") != value.get("name"))) {
            let spec = amendable.iter().find(|spec| left_out["name"] == spec.id.as_str() && spec.need == Need::Optional);
            answers.push((spec.ok_or_else(|| self.fixed(product.path(VALUES)))?.id.clone(), None));
        }
        for characteristic in &sent {
            let name = characteristic.needed_text("name", 100)?;
            let value = characteristic.member("value").ok_or_else(|| Fault::Missing(characteristic.path("value")))?;
            let stands = there.iter().find(|there| there["name"] == name);
            if stands.is_some_and(|stands| stands["value"] == *value) {
                continue;
            }
            let path = characteristic.path("value");
            let asked = item.on_the_way.open_question();
            let asked = asked.filter(|asked| asked.corrects.as_ref().is_some_and(|field| field.as_str() == name));
            let corrects = asked.and_then(|asked| form?.characteristic(asked.corrects.as_ref()?));
            let amends = amendable.iter().find(|spec| stands.is_some() && spec.id.as_str() == name);
            let spec = corrects.or(amends.copied()).ok_or_else(|| self.fixed(path.clone()))?;
            let (text, answer) = admitted(spec, value, placed, catalogue, now)
                .ok_or_else(|| Fault::WrongType { path: path.clone(), expected: "a value that the characteristic takes" })?;
            match asked {
                Some(asked) => {
                    let corrected = Some((spec.id.clone(), answer));
                    let (question, agreed) = (asked.id.clone(), Agreed::Catalogues);
                    let wish = Wish::Reply { item: item.id, question, text, corrected, agreed };
                    wishes.push(Wished { path, wish });
                }
                None => {
                    answers.push((spec.id.clone(), Some(answer)));
                    path_of_answers = path;
                }
            }
        }
        if !answers.is_empty() {
            let (products, agreed) = (products.to_vec(), Agreed::Catalogues);
            wishes.push(Wished { path: path_of_answers, wish: Wish::Amend { item: item.id, answers, products, agreed } });
        }
        Ok(wishes)
    }
}

/// A characteristic's value, in words and as it is.
fn admitted(
    spec: &Characteristic,
    value: &Value,
    placed: &Placed,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Option<(Box<str>, order_manager::value::Value)> {
    let area = catalogue.area_of(placed.place.address.zip);
    let reading = Reading { today: today_in(area, now), area, services: &[], files: &[] };
    let mut entered = Entered::default();
    entered_from(spec.id.as_str(), Some(&spec.value), value, &mut entered);
    let value = spec.value.admit(spec.id.as_str(), &entered, &reading).ok().flatten()?;
    Some((value.entries(0).join(", ").into(), value))
}

/// The day, or the first free appointment from it on where a technician comes.
async fn visit(
    app: &App,
    placed: &Placed,
    (name, day): (&str, Date),
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Visit, ApiError> {
    if matches!(placed.installation.visit, Visit::None { .. }) {
        return Ok(Visit::None { requested: day });
    }
    let (first, last) = new_days(placed, catalogue, now);
    if !(first..=last).contains(&day) {
        return Err(Fault::NotThatDay { path: name.to_owned(), first, last }.into());
    }
    let days: Vec<_> = (0..DAYS).map(|ahead| add_business_days(day, ahead, &catalogue.holidays)).collect();
    let open = match catalogue.area_of(placed.place.address.zip) {
        Some(area) => app.store.open_slots(&area.id, &days, &catalogue.windows, placed.id, now).await?,
        None => vec![],
    };
    let slot = open.into_iter().find(|slot| slot.day >= day);
    Ok(Visit::Technician(slot.ok_or_else(|| Fault::NoAppointment(name.to_owned()))?))
}
