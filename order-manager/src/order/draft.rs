//! An order that is being put together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::{ActedBy, StaffMember};
use crate::address::GeographicAddress;
use crate::agreement::{RateSheet, YearSpend, covering, year_spend};
use crate::authorisation::AuthorisationKey;
use crate::calendar::{company_day, today_in};
use crate::catalogue::{Area, Catalogue, ProductOffering};
use crate::characteristic::{Asked, Known};
use crate::condition::Circumstances;
use crate::id::{
    BillingAccountId, CustomerId, OfferingId, OrderId, OrderItemId, PartnerId, PersonId, ProjectId, SiteId, Version,
};
use crate::inventory::{AppointmentSlot, Hold};
use crate::money::MoneyError;
use crate::order::{Action, Selling};
use crate::party::{BillDelivery, Contact, Customer, CustomerKind, Product};
use crate::pricing::OrderPrice;
use crate::telephone::TelephoneNumber;
use crate::value::{Answers, Value};

/// An order that is being put together. What an `Option` here holds is an answer not given yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub id: OrderId,
    /// For whom.
    pub ordered_for: OrderedFor,
    /// Where service goes: one place an order.
    pub place: ServicePlace,
    /// What is in service at the place already.
    pub in_service: Vec<Product>,
    /// Who began it.
    pub started_by: ActedBy,
    /// When.
    pub started: Timestamp,
    /// Last changed.
    pub changed: Timestamp,
    /// What it cost when it was last saved, and by which catalogue.
    pub priced: Priced,
    /// A price that changed under the customer, to be shown until the order is placed.
    pub price_change: Option<PriceChange>,
    /// What is ordered.
    pub items: Vec<DraftItem>,
    /// Changes of carrier and moves of numbers authorised so far.
    pub authorisations: BTreeMap<AuthorisationKey, Authorisation>,
    /// When and how service is brought in.
    pub installation: Option<Installation>,
    /// Who pays.
    pub billing: Option<Billing>,
    /// Numbers and appointments held.
    pub holds: Vec<Hold>,
    /// What staff added.
    pub selling: Selling,
    /// The agreement that prices it, where one does.
    pub agreement: Option<Box<UnderAgreement>>,
    /// The project it came of, where it did not come of a person's own page.
    pub project: Option<Box<FromProject>>,
}

/// The agreement that prices an order: taken when the order began, so that showing a step reads nothing more, and looked at again
/// before the order is placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderAgreement {
    /// Its rates.
    pub sheet: RateSheet,
    /// What the services in place come to in this year of it.
    pub spend: YearSpend,
}

impl UnderAgreement {
    /// The agreement that prices what is ordered for one of a customer's places now, where one does.
    ///
    /// # Errors
    /// When the amounts are beyond reckoning.
    pub fn at(
        site: SiteId,
        sheets: &[RateSheet],
        products: &[Product],
        catalogue: &Catalogue,
        now: Timestamp,
    ) -> Result<Option<Self>, MoneyError> {
        let Some(sheet) = covering(sheets, site, now) else { return Ok(None) };
        let spend = year_spend(sheet, products, catalogue, company_day(now))?;
        Ok(Some(Self { sheet: sheet.clone(), spend }))
    }
}

/// What a file of many sites said of one of them, beside what is ordered there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromProject {
    /// Which project.
    pub project: ProjectId,
    /// What the customer calls the site.
    pub site_name: Box<str>,
    /// Who to call there.
    pub contact_name: Box<str>,
    /// Under which number.
    pub contact_phone: TelephoneNumber,
    /// The day asked for, where one was.
    pub requested: Option<Date>,
}

/// A price, and the catalogue it was reckoned by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Which catalogue.
    pub catalogue: Version,
    /// The price.
    pub price: OrderPrice,
}

/// The same choices, before and after the catalogue changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceChange {
    /// What the customer last saw.
    pub before: OrderPrice,
    /// What it is now.
    pub after: OrderPrice,
}

/// The customer as the order needs them: taken when the draft began, so that showing a step reads nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedFor {
    /// Who.
    pub id: CustomerId,
    /// Household or business.
    pub kind: CustomerKind,
    /// Name.
    pub name: Box<str>,
    /// Account number.
    pub account_number: Box<str>,
    /// Contact of record.
    pub contact: Contact,
    /// Billing accounts there are.
    pub billing_accounts: Vec<crate::party::BillingAccount>,
    /// The partner through whom they are our customer, where there is one: it sees the order too.
    pub partner: Option<PartnerId>,
}

impl OrderedFor {
    /// A customer as they are now.
    #[must_use]
    pub fn of(customer: &Customer) -> Self {
        let Customer { id, kind, name, account_number, contact, billing_accounts, partner, .. } = customer.clone();
        Self { id, kind, name, account_number, contact, billing_accounts, partner }
    }
}

/// Where service goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePlace {
    /// Which of the customer's places.
    pub site: SiteId,
    /// Its address.
    pub address: GeographicAddress,
}

/// Something ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftItem {
    /// Which.
    pub id: OrderItemId,
    /// What.
    pub offering: OfferingId,
    /// What is done about it.
    pub action: Action,
    /// Every answer ever given, those included that no longer apply: choosing back brings them back.
    pub answers: Answers,
    /// The pages and dialogs that were saved.
    pub saved: BTreeSet<Asked>,
}

/// How a customer authorised what a letter of agency says. The word of a representative is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorisation {
    /// The customer signed the letter.
    Signed(Signature),
    /// An independent third party verified it.
    Verified(ThirdPartyVerification),
    /// A partner has the letter that the customer signed.
    Kept(KeptLetter),
}

/// A letter of agency, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// SHA-256 of the exact text signed, in hexadecimal.
    pub text_sha256: Box<str>,
    /// The wording's version.
    pub letter_version: Version,
    /// The name as it was signed.
    pub name: Box<str>,
    /// By whom.
    pub person: PersonId,
    /// When.
    pub signed: Timestamp,
}

/// What an independent third party verified with the customer, with no representative on the line.
///
/// Source: 47 CFR 64.1120(c)(3): the verifier confirms who is speaking, that they are authorised, that they want a carrier
/// change and understand that it is one, which carriers it is between, the numbers and the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdPartyVerification {
    /// SHA-256 of the exact text of the letter it stands for, in hexadecimal.
    pub text_sha256: Box<str>,
    /// The wording's version.
    pub letter_version: Version,
    /// The verifying company.
    pub verifier: Box<str>,
    /// What the verifier's recording is found by.
    pub reference: Box<str>,
    /// Who confirmed it, for the customer.
    pub confirmed_by: Box<str>,
    /// The day it was verified, where service is.
    pub verified: Date,
    /// Who entered this record.
    pub recorded_by: StaffMember,
    /// When.
    pub recorded: Timestamp,
}

/// A letter of agency that the customer signed with a partner, who keeps it and answers for it.
///
/// Source: 47 CFR 64.1120(a)(1)(ii): whoever submits a change keeps what authorised it for two years, or whoever acts for them does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLetter {
    /// SHA-256 of the exact text of the letter it stands for, in hexadecimal.
    pub text_sha256: Box<str>,
    /// The wording's version.
    pub letter_version: Version,
    /// Who keeps it.
    pub partner: PartnerId,
    /// What the partner finds it by.
    pub reference: Box<str>,
    /// The name as it was signed.
    pub name: Box<str>,
    /// The day it was signed.
    pub signed: Date,
    /// When the partner told us.
    pub recorded: Timestamp,
}

impl Authorisation {
    /// SHA-256 of the exact text authorised, in hexadecimal.
    #[must_use]
    pub const fn text_sha256(&self) -> &str {
        match self {
            Self::Signed(signature) => &signature.text_sha256,
            Self::Verified(verification) => &verification.text_sha256,
            Self::Kept(letter) => &letter.text_sha256,
        }
    }

    /// The day it was given, where service is.
    #[must_use]
    pub fn given(&self, area: Option<&Area>) -> Date {
        match self {
            Self::Signed(signature) => today_in(area, signature.signed),
            Self::Verified(verification) => verification.verified,
            Self::Kept(letter) => letter.signed,
        }
    }

    /// Who gave it, by name.
    #[must_use]
    pub const fn name(&self) -> &str {
        match self {
            Self::Signed(signature) => &signature.name,
            Self::Verified(verification) => &verification.confirmed_by,
            Self::Kept(letter) => &letter.name,
        }
    }
}

/// When and how service is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// With a technician or without.
    pub visit: Visit,
    /// Who to call on the day.
    pub contact: Contact,
    /// How to get in.
    pub access_notes: Option<Box<str>>,
    /// Who to call about a fault later, where that is somebody else.
    pub fault_contact: Option<Contact>,
    /// The earlier day that is asked for, where one is: nobody promises it, and it is charged only if it is met.
    pub expedite: Option<Date>,
}

/// With a technician or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// A technician comes.
    Technician(AppointmentSlot),
    /// Nobody comes; service is to begin on this day.
    None {
        /// The day asked for.
        requested: Date,
    },
}

impl Visit {
    /// The day asked for.
    #[must_use]
    pub const fn day(&self) -> Date {
        match self {
            Self::Technician(slot) => slot.day,
            Self::None { requested } => *requested,
        }
    }
}

/// Who pays, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billing {
    /// Which account.
    pub to: BillTo,
    /// How bills come.
    pub delivery: BillDelivery,
    /// The customer's own order number, to be put on the bill.
    pub purchase_order: Option<Box<str>>,
    /// A certificate of exemption from taxes, by jurisdiction and number.
    pub tax_exemption: Option<Box<str>>,
}

/// Which account pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillTo {
    /// One there is.
    Existing(BillingAccountId),
    /// One to be opened.
    New {
        /// Name on the bill.
        name: Box<str>,
        /// Where it goes.
        address: GeographicAddress,
    },
}

impl Draft {
    /// An order that begins: for a customer, at a place and beside what is in service there, by somebody, at a time. Nothing is
    /// chosen yet, and nothing costs anything.
    #[must_use]
    pub fn begun(
        id: OrderId,
        ordered_for: OrderedFor,
        (place, in_service): (ServicePlace, Vec<Product>),
        (started_by, started): (ActedBy, Timestamp),
        catalogue: &Catalogue,
    ) -> Self {
        Self {
            id,
            ordered_for,
            place,
            in_service,
            started_by,
            started,
            changed: started,
            priced: Priced { catalogue: catalogue.version.clone(), price: OrderPrice::nothing(catalogue.currency()) },
            price_change: None,
            items: vec![],
            authorisations: BTreeMap::new(),
            installation: None,
            billing: None,
            holds: vec![],
            selling: Selling::default(),
            agreement: None,
            project: None,
        }
    }

    /// An item by its id.
    #[must_use]
    pub fn item(&self, id: OrderItemId) -> Option<&DraftItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// What we know already that answers a question.
    #[must_use]
    pub fn known(&self, known: Known) -> Option<Value> {
        let customer = &self.ordered_for;
        Some(match known {
            Known::CustomerName => Value::Text(customer.name.clone()),
            Known::ServiceAddress => Value::Address(self.place.address.clone()),
            Known::ServiceZip => Value::Text(self.place.address.zip.to_string().into()),
            Known::ContactPhone => Value::Telephone(customer.contact.phone),
            Known::ContactEmail => Value::Email(customer.contact.email.clone()?),
        })
    }

    /// The offerings beside an item: in this order, and in service at the place.
    #[must_use]
    pub fn beside(&self, item: OrderItemId) -> Vec<OfferingId> {
        let ordered = self.bringing().filter(|other| other.id != item).map(|other| &other.offering);
        ordered.chain(self.staying().map(|product| &product.offering)).cloned().collect()
    }

    /// The items that bring a service to the place, or change one there.
    pub fn bringing(&self) -> impl Iterator<Item = &DraftItem> {
        self.items.iter().filter(|item| item.action.brings())
    }

    /// The services in place that this order leaves as they are.
    pub fn staying(&self) -> impl Iterator<Item = &Product> {
        self.in_service.iter().filter(|product| {
            !self.items.iter().any(|item| item.action.replaces() && item.action.product_id() == Some(product.id))
        })
    }

    /// The answers of an item that count: given, and to questions that apply. A question's condition only sees answers
    /// that count themselves.
    #[must_use]
    pub fn effective_answers(&self, item: &DraftItem, offering: &ProductOffering) -> Answers {
        let beside = self.beside(item.id);
        let mut counted = Answers::new();
        for characteristic in &offering.characteristics {
            let circumstances = self.circumstances(&counted, offering, &beside);
            let dialog_applies = match &characteristic.asked {
                Asked::OnPage => true,
                Asked::InDialog(dialog) => {
                    offering.dialog(dialog).is_some_and(|dialog| dialog.applies_when.holds(&circumstances))
                }
            };
            if dialog_applies
                && characteristic.applies_when.holds(&circumstances)
                && let Some(value) = item.answers.get(&characteristic.id)
            {
                counted.insert(characteristic.id.clone(), value.clone());
            }
        }
        counted
    }

    /// The same draft, priced by an agreement or by none.
    #[must_use]
    pub fn priced_under(self, agreement: Option<UnderAgreement>) -> Self {
        Self { agreement: agreement.map(Box::new), ..self }
    }

    /// The same draft without an agreement that does not count any more.
    #[must_use]
    pub fn as_of(self, now: Timestamp) -> Self {
        let today = company_day(now);
        let agreement = self.agreement.filter(|under| under.sheet.counts_on(today));
        Self { agreement, ..self }
    }

    /// What an item's conditions are held against.
    #[must_use]
    pub fn circumstances<'a>(
        &self,
        answers: &'a Answers,
        offering: &'a ProductOffering,
        beside: &'a [OfferingId],
    ) -> Circumstances<'a> {
        Circumstances { answers, numbers: offering, customer: self.ordered_for.kind, state: self.place.address.state, beside }
    }
}
