//! Goes through an order as a customer does, by the same domain that decides a customer's: what the seed says is answered so,
//! what is known is taken, and of other choices the first that can be had.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use order_manager::access::ActedBy;
use order_manager::admits::Reading;
use order_manager::authorisation::{AuthorisationKey, letters_needed};
use order_manager::calendar::{add_business_days, today_in};
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::{Asked, Characteristic, Known, Need, ValueType};
use order_manager::decide::{Command, Placing, Saving, begin, decide, earliest_day};
use order_manager::entered::Entered;
use order_manager::id::{OfferingId, OrderId, OrderItemId};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::journey::{Step, needs_visit, standing_at};
use order_manager::order::{
    Authorisation, BillTo, Billing, Draft, Installation, OrderedFor, PlacedBy, ProductOrder, ServicePlace, Signature, Visit,
};
use order_manager::party::{BillDelivery, Customer, Site};
use order_manager::qualification::{applicable, option_available};
use order_manager::value::{Answers, Value};

use super::Seeding;
use super::customers::of;
use crate::Persona;

/// More steps than any seed has.
const MOST_STEPS: usize = 40;

/// What is ordered, and how the questions are answered that the first choice would not do for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) offering: &'static str,
    pub(super) answers: &'static [(&'static str, &'static str)],
}

/// A customer's way through an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk<'a> {
    pub(super) persona: &'a Persona,
    pub(super) customer: &'a Customer,
    pub(super) catalogue: &'a Catalogue,
    /// When all of it happens.
    pub(super) at: Timestamp,
    pub(super) wish: Wish,
}

impl Walk<'_> {
    /// A draft, as it is begun. Its ids are those of `number` and the one after.
    pub(super) fn begun(&self, site: &Site, number: u128) -> Seeding<ProductOrder> {
        let place = ServicePlace { site: site.id, address: site.address.clone() };
        let draft = Draft::begun(
            OrderId::new(of(self.persona, number)),
            OrderedFor::of(self.customer),
            (place, self.customer.in_service_at(site.id)),
            (ActedBy::Customer(self.persona.sub), self.at),
            self.catalogue,
        );
        let offering: OfferingId = self.wish.offering.parse().map_err(|_| self.said("is no offering"))?;
        begin(draft, vec![(OrderItemId::new(of(self.persona, number + 1)), offering)], self.catalogue, self.at)
            .map_err(|refusal| self.said(format!("cannot be begun: {refusal:?}")))
    }

    /// The first page as far as the wish itself goes.
    pub(super) fn opened(&self, order: &ProductOrder) -> Seeding<ProductOrder> {
        let draft = self.draft(order)?;
        let item = draft.items.first().ok_or_else(|| self.said("has no item"))?.id;
        self.decided(order, self.answer(draft, item, Asked::OnPage, Saving::SoFar)?)
    }

    /// Everything answered: ready to be checked and placed.
    pub(super) fn checked(&self, order: ProductOrder) -> Seeding<ProductOrder> {
        let mut order = order;
        for _ in 0..MOST_STEPS {
            let draft = self.draft(&order)?;
            let command = match standing_at(&order, self.catalogue, self.at) {
                Step::Review => return self.all_answered(order),
                Step::Item(item) => self.answer(draft, item, Asked::OnPage, Saving::Whole)?,
                Step::Dialog(item, dialog) => self.answer(draft, item, Asked::InDialog(dialog), Saving::Whole)?,
                Step::Authorisation(key) => self.sign(draft, key)?,
                Step::Installation => self.schedule(draft)?,
                Step::Billing => self.bill()?,
                step @ (Step::Services | Step::Track) => return Err(self.said(format!("stands at {step:?}"))),
            };
            order = self.decided(&order, command)?;
        }
        Err(self.said("does not come to its end"))
    }

    /// A wish that no question asked for is a mistake of the seed.
    fn all_answered(&self, order: ProductOrder) -> Seeding<ProductOrder> {
        let items = &self.draft(&order)?.items;
        let answered = |name: &str| items.iter().flat_map(|item| item.answers.keys()).any(|id| id.as_str() == name);
        match self.wish.answers.iter().find(|(name, _)| !answered(name)) {
            None => Ok(order),
            Some((name, _)) => Err(self.said(format!("asks for no {name}"))),
        }
    }

    /// Placed.
    pub(super) fn placed(&self, order: &ProductOrder) -> Seeding<ProductOrder> {
        let area = self.catalogue.area_of(self.draft(order)?.place.address.zip);
        let terms = self.catalogue.terms_on(today_in(area, self.at)).ok_or_else(|| self.said("has no terms of service"))?;
        let agreed = self.draft(order)?.priced.price.clone();
        let placing = Placing {
            by: PlacedBy::Customer(self.persona.sub),
            terms: terms.version.clone(),
            agreed,
            meant_twice: BTreeSet::new(),
        };
        self.decided(order, Command::Place(placing))
    }

    /// The draft in an order.
    pub(super) fn draft<'o>(&self, order: &'o ProductOrder) -> Seeding<&'o Draft> {
        match order {
            ProductOrder::Draft(draft) => Ok(draft),
            _ => Err(self.said("is no draft")),
        }
    }

    /// What is wrong with this seed.
    pub(super) fn said(&self, what: impl std::fmt::Display) -> String {
        format!("{} of {}: {what}", self.wish.offering, self.persona.name)
    }

    fn decided(&self, order: &ProductOrder, command: Command) -> Seeding<ProductOrder> {
        let said = format!("{command:?}");
        decide(order, command, self.catalogue, self.at).map_err(|refusal| self.said(format!("{refusal:?} to {said}")))
    }

    /// The answers of a page. Later questions depend on earlier answers, so each is looked at with those before it given.
    fn answer(&self, draft: &Draft, item: OrderItemId, asked: Asked, saving: Saving) -> Seeding<Command> {
        let mut draft = draft.clone();
        let at = draft.items.iter().position(|candidate| candidate.id == item).ok_or_else(|| self.said("lost an item"))?;
        let offering = self.catalogue.offering(&draft.items[at].offering).ok_or_else(|| self.said("is not sold"))?;
        let mut answers = Answers::new();
        for question in offering.asked(&asked) {
            let effective = draft.effective_answers(&draft.items[at], offering);
            let applies = applicable(&draft, &draft.items[at], offering, &asked, &effective);
            if !applies.iter().any(|applicable| applicable.id == question.id) {
                continue;
            }
            let value = match (self.wished(&draft, question)?, saving) {
                (Some(value), _) => Some(value),
                (None, Saving::Whole) if question.need == Need::Required => {
                    let beside = draft.beside(item);
                    let circumstances = draft.circumstances(&effective, offering, &beside);
                    let area = self.catalogue.area_of(draft.place.address.zip);
                    let can_be_had = question.value.options().iter();
                    let mut can_be_had = can_be_had.filter(|option| option_available(option, &circumstances, area).is_ok());
                    let first = can_be_had.next().map(|option| Value::Choice(option.id.clone()));
                    Some(self.usual(&draft, question).or(first).ok_or_else(|| self.said(format!("lacks {}", question.id)))?)
                }
                (None, _) => None,
            };
            if let Some(value) = value {
                draft.items[at].answers.insert(question.id.clone(), value.clone());
                answers.insert(question.id.clone(), value);
            }
        }
        Ok(Command::Answer { item, asked, answers, hold: None, saving })
    }

    /// What the seed says to a question, read as if it were typed.
    fn wished(&self, draft: &Draft, question: &Characteristic) -> Seeding<Option<Value>> {
        let name = question.id.as_str();
        let said = self.wish.answers.iter().filter(|(asked, _)| *asked == name);
        let entered: Entered = said.map(|(name, text)| (*name, *text)).collect();
        let area = self.catalogue.area_of(draft.place.address.zip);
        let reading = Reading { today: today_in(area, self.at), area, services: &[], files: &[] };
        question.value.admit(name, &entered, &reading).map_err(|errors| self.said(format!("{errors:?}")))
    }

    /// What is known already, or goes without saying.
    fn usual(&self, draft: &Draft, question: &Characteristic) -> Option<Value> {
        match (&question.known, &question.value) {
            (Some(Known::CustomerName), _) => Some(Value::Text(self.customer.name.clone())),
            (Some(Known::ServiceAddress), _) => Some(Value::Address(draft.place.address.clone())),
            (Some(Known::ServiceZip), _) => Some(Value::Text(draft.place.address.zip.to_string().into())),
            (Some(Known::ContactPhone), _) => Some(Value::Telephone(self.customer.contact.phone)),
            (Some(Known::ContactEmail), _) => self.customer.contact.email.clone().map(Value::Email),
            (None, ValueType::Boolean) => Some(Value::Boolean(true)),
            (None, ValueType::Acknowledgement(_)) => Some(Value::Acknowledged),
            (None, _) => None,
        }
    }

    fn sign(&self, draft: &Draft, key: AuthorisationKey) -> Seeding<Command> {
        let letters = letters_needed(draft, self.catalogue);
        let letter = letters.iter().find(|letter| letter.key == key).ok_or_else(|| self.said("needs no such letter"))?;
        let signature = Signature {
            text_sha256: letter.sha256("en").into(),
            letter_version: letter.version.clone(),
            name: self.persona.name.into(),
            person: self.persona.sub,
            signed: self.at,
        };
        Ok(Command::Authorise(key, Authorisation::Signed(signature)))
    }

    /// On the first day there is; an afternoon, where a technician comes.
    fn schedule(&self, draft: &Draft) -> Seeding<Command> {
        let first: Date = earliest_day(draft, self.catalogue, self.at);
        let day = add_business_days(first, 0, &self.catalogue.holidays);
        let (visit, hold) = if needs_visit(draft, self.catalogue) {
            let area = self.catalogue.area_of(draft.place.address.zip).ok_or_else(|| self.said("is in no area"))?;
            let window = self.catalogue.windows.last().ok_or_else(|| self.said("finds no window"))?;
            let slot = AppointmentSlot { area: area.id.clone(), day, window: window.id.clone(), crew: 1 };
            (Visit::Technician(slot.clone()), Some(Hold::from_now(Resource::Slot(slot), self.at)))
        } else {
            (Visit::None { requested: day }, None)
        };
        let contact = self.customer.contact.clone();
        Ok(Command::Schedule {
            installation: Installation { visit, contact, access_notes: None, fault_contact: None, expedite: None },
            hold,
        })
    }

    fn bill(&self) -> Seeding<Command> {
        let account = self.customer.billing_accounts.first().ok_or_else(|| self.said("has nobody to pay"))?;
        Ok(Command::Bill(Billing {
            to: BillTo::Existing(account.id),
            delivery: BillDelivery::Email,
            purchase_order: None,
            tax_exemption: None,
        }))
    }
}
