//! Orders that a partner's own system sends whole: the way that a customer goes page by page, gone at once by the same commands.
//!
//! What has to be looked up on the way is asked for by name ([`Needed`]), so that all of it stays free of the store.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::ActedBy;
use crate::admits::Reading;
use crate::authorisation::{AuthorisationKey, letters_needed};
use crate::calendar::today_in;
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Characteristic, Need, ValueType};
use crate::decide::{Command, Placing, Refusal, Saving, begin, decide, earliest_day};
use crate::entered::{Entered, FieldError, Reason};
use crate::id::{LetterId, OfferingId, OrderId, OrderItemId, PartnerId, ProductId, SiteId};
use crate::inventory::{AppointmentSlot, Hold, Resource};
use crate::journey::{Step, needs_visit, standing_at};
use crate::order::{
    Action, Authorisation, BillTo, Billing, Content, Draft, Installation, KeptLetter, OrderedFor, PartnerOrder, PlacedBy,
    ProductOrder, ServicePlace, Visit,
};
use crate::party::{BillDelivery, BillingAccount, Contact, Customer, Site};
use crate::qualification::{applicable, numbers_of_others, services_beside};
use crate::telephone::TelephoneNumber;
use crate::value::Value;

/// More steps than any order has: the end of one that would not come to its end.
const MOST_STEPS: usize = 2_000;

/// The last day that can be asked for, in days from the first there is.
const LATEST_DAYS: i32 = 90;

/// What a partner wants done.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The order's id.
    pub id: OrderId,
    /// Whose system asks, and what it knows the order by.
    pub by: PartnerOrder,
    /// Where.
    pub place: ServicePlace,
    /// What; at least one.
    pub items: Vec<WantedItem>,
    /// The account that pays; the customer's first where nothing is said.
    pub pays: Option<BillingAccount>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Whom to call on the day; the customer's contact of record where nobody is named.
    pub contact: Option<Contact>,
}

/// Something wanted.
#[derive(Clone, Debug)]
pub struct WantedItem {
    /// The item's id.
    pub id: OrderItemId,
    /// What is done.
    pub action: WantedAction,
    /// The answers to the offering's questions, as they would be typed.
    pub answers: Entered,
    /// The letters of agency that the customer signed for it, which the partner keeps.
    pub letters: Vec<NamedLetter>,
}

/// A letter of agency that a partner says it keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLetter {
    /// Which.
    pub letter: LetterId,
    /// What the partner finds it by.
    pub reference: Box<str>,
    /// Who signed it.
    pub name: Box<str>,
    /// On which day, where service is.
    pub signed: Date,
}

/// What is done about a service, as partners say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedAction {
    /// Brought in.
    Add(OfferingId),
    /// Changed.
    Modify(ProductId),
    /// Ended.
    Delete(ProductId),
}

/// What was looked up so far.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Numbers that this order can have.
    pub numbers: Option<Vec<TelephoneNumber>>,
    /// Appointments that it can have, the earliest first.
    pub slots: Option<Vec<AppointmentSlot>>,
}

/// What has to be looked up before it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Numbers of the rate centre, for so many items.
    Numbers(usize),
    /// Appointments from a day on.
    Slots(Date),
}

/// How far it goes with what is known.
#[derive(Clone, Debug)]
pub enum Gone {
    /// To its end: the placed order.
    Placed(Box<ProductOrder>),
    /// To where something has to be looked up.
    Needs(Needed),
}

/// Why an order that was well understood can't be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Nothing in it is to be done.
    Nothing,
    /// The customer has no such service.
    NoSuchService,
    /// Questions of an item that are not answered as they must be.
    Answers(OrderItemId, Vec<FieldError>),
    /// The customer has to sign a letter for it, which nobody else can (47 CFR 64.1120), and none is named that counts.
    NoLetter(OrderItemId, LetterId),
    /// No number can be had.
    NoNumber,
    /// No technician is free.
    NoAppointment,
    /// A day so far off that nothing can be promised for it.
    TooFarOff(Date),
    /// A rule says no.
    Refused(Refusal),
}

impl From<Refusal> for Hindrance {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Goes as far as it can: to the placed order, or to what has to be looked up.
///
/// # Errors
/// Why it can't be carried out.
pub fn place(
    wanted: &Wanted,
    customer: &Customer,
    facts: &Facts,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Gone, Hindrance> {
    let mut order = begun(wanted, customer, catalogue, now)?;
    let mut stood = None;
    for _ in 0..MOST_STEPS {
        let Some(draft) = order.open_draft() else { return Ok(Gone::Placed(Box::new(order))) };
        let step = standing_at(&order, catalogue, now);
        // A step that is open still after it was taken never closes.
        if stood.as_ref() == Some(&step) {
            return Err(Refusal::NotYet(step).into());
        }
        let walk = Walk { wanted, draft, facts, catalogue, now };
        let command = match &step {
            Step::Services | Step::Track => return Err(Hindrance::Nothing),
            Step::Item(item) => walk.answer(*item, &Asked::OnPage)?,
            Step::Dialog(item, dialog) => walk.answer(*item, &Asked::InDialog(dialog.clone()))?,
            Step::Authorisation(key) => Ok(walk.authorise(key)?),
            Step::Installation => walk.schedule()?,
            Step::Billing => Ok(walk.bill()),
            Step::Review => Ok(walk.placing()?),
        };
        let command = match command {
            Ok(command) => command,
            Err(needed) => return Ok(Gone::Needs(needed)),
        };
        order = decide(&order, command, catalogue, now).map_err(|refusal| match (refusal, &step) {
            (Refusal::Fields(errors), Step::Item(item) | Step::Dialog(item, _)) => Hindrance::Answers(*item, errors),
            (refusal, _) => Hindrance::Refused(refusal),
        })?;
        stood = Some(step);
    }
    Err(Hindrance::Nothing)
}

/// The draft that it begins with, each item in it and nothing answered.
fn begun(wanted: &Wanted, customer: &Customer, catalogue: &Catalogue, now: Timestamp) -> Result<ProductOrder, Hindrance> {
    let in_service = customer.in_service_at(wanted.place.site);
    let by = (ActedBy::Partner(wanted.by.partner.clone()), now);
    let draft = Draft::begun(wanted.id, OrderedFor::of(customer), (wanted.place.clone(), in_service), by, catalogue);
    let mut order = begin(draft, vec![], catalogue, now)?;
    let product =
        |id: ProductId| customer.products.iter().find(|product| product.id == id).cloned().ok_or(Hindrance::NoSuchService);
    for item in &wanted.items {
        let command = match &item.action {
            WantedAction::Add(offering) => Command::AddItem { item: item.id, offering: offering.clone() },
            WantedAction::Modify(id) => Command::Act { item: item.id, action: Action::Modify(product(*id)?) },
            WantedAction::Delete(id) => Command::Act { item: item.id, action: Action::Disconnect(product(*id)?) },
        };
        order = decide(&order, command, catalogue, now)?;
        if let Some(draft) = order.open_draft() {
            known_questions(draft, item, catalogue)?;
        }
    }
    Ok(order)
}

/// Whether each answer is to a question of the item's.
fn known_questions(draft: &Draft, item: &WantedItem, catalogue: &Catalogue) -> Result<(), Hindrance> {
    let ordered = draft.item(item.id).ok_or(Refusal::NoSuchItem)?;
    let offering = catalogue.form(&ordered.offering, &ordered.action).ok_or(Refusal::NoSuchOffering)?;
    let fields = |spec: &Characteristic| spec.value.field_names(spec.id.as_str());
    let known: BTreeSet<_> = offering.characteristics.iter().flat_map(|spec| fields(spec)).collect();
    let unknown = item.answers.names().filter(|name| !known.contains(*name));
    let errors: Vec<_> = unknown.map(|name| FieldError::new(name, Reason::Unknown)).collect();
    if errors.is_empty() { Ok(()) } else { Err(Hindrance::Answers(item.id, errors)) }
}

/// Where it stands, with what it goes by.
struct Walk<'a> {
    wanted: &'a Wanted,
    draft: &'a Draft,
    facts: &'a Facts,
    catalogue: &'a Catalogue,
    now: Timestamp,
}

/// A command, or what has to be looked up for it.
type Taken = Result<Command, Needed>;

impl Walk<'_> {
    /// The answers of a page or dialog. What goes without saying is what a form would hold when it is first shown.
    fn answer(&self, item: OrderItemId, asked: &Asked) -> Result<Taken, Hindrance> {
        let at = self.draft.items.iter().position(|candidate| candidate.id == item).ok_or(Refusal::NoSuchItem)?;
        let wanted = self.wanted.items.iter().find(|wanted| wanted.id == item).ok_or(Refusal::NoSuchItem)?;
        let mut draft = self.draft.clone();
        let ordered = &draft.items[at];
        let offering = self.catalogue.form(&ordered.offering, &ordered.action).ok_or(Refusal::NoSuchOffering)?;
        let area = self.catalogue.area_of(draft.place.address.zip);
        let services = services_beside(&draft, item, self.catalogue);
        let reading = Reading { today: today_in(area, self.now), area, services: &services, files: &[] };
        let (mut answers, mut hold, mut errors) = (ordered.answers.clone(), None, vec![]);
        answers.retain(|id, _| offering.asked(asked).any(|spec| spec.id == *id));
        for spec in offering.asked(asked) {
            let value = match spec.value.admit(spec.id.as_str(), &wanted.answers, &reading) {
                Ok(Some(value)) => value,
                Ok(None) if answers.contains_key(&spec.id) => continue,
                Ok(None) => match self.unsaid(&draft, at, offering, spec) {
                    Ok(Some(value)) => value,
                    Ok(None) => continue,
                    Err(NotSaid::Needed(needed)) => return Ok(Err(needed)),
                    Err(NotSaid::NoNumber) => return Err(Hindrance::NoNumber),
                },
                Err(wrong) => {
                    errors.extend(wrong);
                    continue;
                }
            };
            if let (ValueType::InventoryNumber, Value::Telephone(number), Some(area)) = (&spec.value, &value, area) {
                let resource = Resource::Number { rate_centre: area.rate_centre.clone(), number: *number };
                hold = Some(Hold::from_now(resource, self.now));
            }
            draft.items[at].answers.insert(spec.id.clone(), value.clone());
            answers.insert(spec.id.clone(), value);
        }
        if !errors.is_empty() {
            return Err(Hindrance::Answers(item, errors));
        }
        Ok(Ok(Command::Answer { item, asked: asked.clone(), answers, hold, saving: Saving::Whole }))
    }

    /// What answers a question that nothing was said to: what we know already, or a number of ours where one is needed.
    fn unsaid(
        &self,
        draft: &Draft,
        at: usize,
        offering: &ProductOffering,
        spec: &Characteristic,
    ) -> Result<Option<Value>, NotSaid> {
        let item = &draft.items[at];
        let effective = draft.effective_answers(item, offering);
        if !applicable(draft, item, offering, &spec.asked, &effective).iter().any(|asked| asked.id == spec.id) {
            return Ok(None);
        }
        if let Some(known) = spec.known {
            return Ok(draft.known(known));
        }
        if spec.need == Need::Optional || spec.value != ValueType::InventoryNumber {
            return Ok(None);
        }
        let Some(numbers) = &self.facts.numbers else { return Err(NotSaid::Needed(Needed::Numbers(draft.items.len()))) };
        let taken = numbers_of_others(draft, item.id);
        let free = numbers.iter().find(|number| !taken.contains(number));
        free.map(|number| Some(Value::Telephone(*number))).ok_or(NotSaid::NoNumber)
    }

    /// What the customer signed with the partner. It stands for the letter as we would have had it signed.
    fn authorise(&self, key: &AuthorisationKey) -> Result<Command, Hindrance> {
        let missing = || Hindrance::NoLetter(key.item, key.letter.clone());
        let wanted = self.wanted.items.iter().find(|wanted| wanted.id == key.item).ok_or(Refusal::NoSuchItem)?;
        let named = wanted.letters.iter().find(|named| named.letter == key.letter).ok_or_else(missing)?;
        let letters = letters_needed(self.draft, self.catalogue);
        let letter = letters.iter().find(|letter| letter.key == *key).ok_or(Refusal::LetterChanged)?;
        let valid_days = self.catalogue.letter(&key.letter).map_or(0, |letter| i32::from(letter.valid_days));
        let today = today_in(self.catalogue.area_of(self.draft.place.address.zip), self.now);
        if !(0..valid_days).contains(&(today - named.signed).get_days()) {
            return Err(missing());
        }
        let kept = KeptLetter {
            text_sha256: letter.sha256("en").into(),
            letter_version: letter.version.clone(),
            partner: self.wanted.by.partner.clone(),
            reference: named.reference.clone(),
            name: named.name.clone(),
            signed: named.signed,
            recorded: self.now,
        };
        Ok(Command::Authorise(key.clone(), Authorisation::Kept(kept)))
    }

    /// On the first day there is that the partner wants; the first appointment then, where a technician comes.
    fn schedule(&self) -> Result<Taken, Hindrance> {
        let earliest = earliest_day(self.draft, self.catalogue, self.now);
        let day = self.wanted.from.map_or(earliest, |from| from.max(earliest));
        if (day - earliest).get_days() > LATEST_DAYS {
            return Err(Hindrance::TooFarOff(day));
        }
        let (visit, hold) = if needs_visit(self.draft, self.catalogue) {
            let Some(slots) = &self.facts.slots else { return Ok(Err(Needed::Slots(day))) };
            let slot = slots.iter().find(|slot| slot.day >= day).ok_or(Hindrance::NoAppointment)?;
            let hold = Hold::from_now(Resource::Slot(slot.clone()), self.now);
            (Visit::Technician(slot.clone()), Some(hold))
        } else {
            (Visit::None { requested: day }, None)
        };
        let contact = self.wanted.contact.as_ref().unwrap_or(&self.draft.ordered_for.contact).clone();
        let installation = Installation { visit, contact, access_notes: None, fault_contact: None, expedite: None };
        Ok(Ok(Command::Schedule { installation, hold }))
    }

    /// Who pays: the account named, the customer's first, or one to be opened where there is none.
    fn bill(&self) -> Command {
        let customer = &self.draft.ordered_for;
        let account = self.wanted.pays.as_ref().or(customer.billing_accounts.first());
        let (to, delivery) = match account {
            Some(account) => (BillTo::Existing(account.id), account.delivery),
            None => {
                let (name, address) = (customer.name.clone(), self.draft.place.address.clone());
                (BillTo::New { name, address }, BillDelivery::Email)
            }
        };
        Command::Bill(Billing { to, delivery, purchase_order: None, tax_exemption: None })
    }

    /// Placed at the price of the catalogue in force, under the terms in force: the partner's contract says that it takes both.
    fn placing(&self) -> Result<Command, Hindrance> {
        let today = today_in(self.catalogue.area_of(self.draft.place.address.zip), self.now);
        let terms = self.catalogue.terms_on(today).ok_or(Refusal::TermsChanged)?;
        Ok(Command::Place(Placing {
            by: PlacedBy::Partner(self.wanted.by.clone()),
            terms: terms.version.clone(),
            agreed: self.draft.priced.price.clone(),
            // Two items of one offering are two that are wanted: nobody clicked twice.
            meant_twice: self.draft.items.iter().map(|item| item.offering.clone()).collect(),
        }))
    }
}

/// Why nothing answers a question that nothing was said to.
enum NotSaid {
    /// It has to be looked up.
    Needed(Needed),
    /// There is no number.
    NoNumber,
}

/// A place as a partner names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedPlace {
    /// One of the customer's, by its id.
    Known(SiteId),
    /// An address, with the id that it gets where the customer has no place there yet.
    At(ServicePlace),
}

/// The one place that items are for: what is asked for, the place of what is in service, or the only one there is.
///
/// # Errors
/// When there are several, or none of the customer's.
pub fn place_of(customer: &Customer, asked: &[NamedPlace], acted_on: &[ProductId]) -> Result<ServicePlace, NoOnePlace> {
    let of_site = |site: &Site| ServicePlace { site: site.id, address: site.address.clone() };
    let known = |id: SiteId| customer.sites.iter().find(|site| site.id == id).map(of_site).ok_or(NoOnePlace::Unknown);
    let resolved = |named: &NamedPlace| match named {
        NamedPlace::Known(id) => known(*id),
        NamedPlace::At(place) => {
            let there = customer.sites.iter().find(|site| site.address.same_place(&place.address));
            Ok(there.map_or_else(|| place.clone(), of_site))
        }
    };
    let of_products = acted_on.iter().filter_map(|id| customer.products.iter().find(|product| product.id == *id));
    let of_products = of_products.map(|product| known(product.site));
    let mut named = asked.iter().map(resolved).chain(of_products).collect::<Result<Vec<_>, _>>()?;
    named.sort_by_key(|place| place.site);
    named.dedup_by_key(|place| place.site);
    match (&named[..], &customer.sites[..]) {
        ([place], _) => Ok(place.clone()),
        ([], [only]) => Ok(of_site(only)),
        ([], _) => Err(NoOnePlace::NotSaid),
        _ => Err(NoOnePlace::Several),
    }
}

/// Why an order is for no one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoOnePlace {
    /// The customer has no such place.
    Unknown,
    /// The customer has not just one, and nothing says which.
    NotSaid,
    /// Items are for different ones: each needs an order of its own.
    Several,
}

/// Whose order a partner's system asks about: nobody's but its own customers'.
#[must_use]
pub fn sees(partner: &PartnerId, order: &ProductOrder) -> bool {
    match order.content() {
        Content::Draft(_) => false,
        Content::Placed(placed) => placed.ordered_for.partner.as_ref() == Some(partner),
    }
}
