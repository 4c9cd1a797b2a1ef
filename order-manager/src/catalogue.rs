//! The product catalogue: what can be ordered, where, on which terms and at which price. All of it is data.
//!
//! The types here are the checked form: what the checker (`source`, a feature) lets through, and what is published.
//! Nothing in them dangles, so code that walks them needs no second check.

mod amendable;
mod directory;
mod negotiation;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::address::{State, Zip};
use crate::characteristic::{Asked, Characteristic};
use crate::condition::{Condition, NumberOfChoice};
use crate::id::{
    AreaId, CharacteristicId, CodeId, DialogId, LetterId, MilestoneId, NetworkId, OfferingId, OrderTemplateId, PriceId, ValueId,
    Version,
};
use crate::money::{Currency, Decimal, Money, Percent};
use crate::order::{Action, Asks};
use crate::party::CustomerKind;
use crate::text::Text;

pub use negotiation::{
    ApprovalLevel, ApprovalRule, Bounds, DocumentKind, Negotiation, Phrase, StandardClause, StandardDocument, Threshold,
};

/// The whole catalogue, one version of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Which version.
    pub version: Version,
    /// ISO code of the one currency every price is in.
    pub currency_code: Box<str>,
    /// What can be ordered, in the order it is shown.
    pub offerings: Vec<ProductOffering>,
    /// What is asked and charged when a service in place ends, rests or goes on.
    pub changes: BTreeMap<Change, ProductOffering>,
    /// Surcharges and estimated taxes, each a line of its own.
    pub surcharges: Vec<Surcharge>,
    /// The places served.
    pub areas: Vec<Area>,
    /// Streets the address directory knows.
    pub streets: Vec<Street>,
    /// Days without work, ascending.
    pub holidays: Vec<Date>,
    /// Letters of agency, by kind.
    pub letters: Vec<Letter>,
    /// Terms of service, the latest first.
    pub terms_of_service: Vec<TermsOfService>,
    /// Times of day at which a technician can come.
    pub windows: Vec<Window>,
    /// Orders that staff start from.
    pub order_templates: Vec<OrderTemplate>,
    /// What staff may take off a price; nothing where this is missing.
    pub discretion: Option<Discretion>,
    /// What agreements are negotiated by; nothing is negotiated where this is missing.
    pub negotiation: Option<Negotiation>,
    /// How long numbers rest before somebody else gets them.
    pub number_aging: NumberAging,
}

/// An order that staff often start from: what is in it, and what is chosen already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTemplate {
    /// Which.
    pub id: OrderTemplateId,
    /// Its name.
    pub name: Text,
    /// To whom it can be sold.
    pub sold_to: Vec<CustomerKind>,
    /// What is in it.
    pub items: Vec<TemplateItem>,
}

/// Something in an order to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateItem {
    /// What.
    pub offering: OfferingId,
    /// What is chosen, by question. Everything else is asked.
    pub chosen: BTreeMap<CharacteristicId, ValueId>,
}

/// What staff may take off what an item costs each month, by their own discretion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discretion {
    /// What such a discount is called on quotes and bills.
    pub label: Text,
    /// The most for each role, in percent; a role that is not here gives nothing.
    pub at_most: BTreeMap<Role, u8>,
}

/// One of the five families of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Data and IP.
    DataIp,
    /// Access circuits.
    Access,
    /// Voice for businesses.
    Voice,
    /// Long distance.
    LongDistance,
    /// Local lines.
    Local,
}

impl Family {
    /// All five, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::DataIp, Self::Access, Self::Voice, Self::LongDistance, Self::Local];

    /// When its services are brought in, among those of other families: access before what runs over it, lines before the long
    /// distance that is for them.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Access => 0,
            Self::DataIp => 1,
            Self::Voice => 2,
            Self::Local => 3,
            Self::LongDistance => 4,
        }
    }

    /// Its name in addresses and message keys.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::DataIp => "data-ip",
            Self::Access => "access",
            Self::Voice => "voice",
            Self::LongDistance => "long-distance",
            Self::Local => "local",
        }
    }
}

/// A change of a service in place that asks the same of every offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It ends.
    Disconnect,
    /// It rests.
    Suspend,
    /// It goes on after resting.
    Restore,
}

/// A product offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOffering {
    /// Its name in addresses and orders.
    pub id: OfferingId,
    /// Its name for people.
    pub name: Text,
    /// What it is, in a sentence or two.
    pub description: Text,
    /// Its family.
    pub family: Family,
    /// Who may order it.
    pub sold_to: Vec<CustomerKind>,
    /// Sold from this day.
    pub sold_from: Date,
    /// Sold until this day, when withdrawn.
    pub sold_until: Option<Date>,
    /// Whether its price can be negotiated.
    pub negotiability: Negotiability,
    /// Where it can be had.
    pub coverage: Coverage,
    /// What carries it.
    pub carried_by: Carriage,
    /// Offerings that can't be at the same place in the same order.
    pub excludes: Vec<OfferingId>,
    /// From placing to service.
    pub intervals: Vec<Interval>,
    /// When a technician comes.
    pub visit_when: Condition,
    /// The questions, in the order they are asked. A question's condition only looks at questions before it.
    /// Those of a dialog are the same wherever it is opened, so they are shared.
    #[serde(with = "crate::compact::questions")]
    pub characteristics: Vec<Arc<Characteristic>>,
    /// The dialogs, in the order they are opened.
    pub dialogs: Vec<Dialog>,
    /// Rules between answers.
    pub rules: Vec<Rule>,
    /// Codes that follow from the answers, for those who build the service.
    pub codes: Vec<DerivedCode>,
    /// Prices.
    pub prices: Vec<Price>,
    /// Discounts.
    pub discounts: Vec<Discount>,
    /// What ending a term early costs.
    pub early_termination: Option<EarlyTermination>,
    /// What happens at the end of a term.
    pub at_term_end: AtTermEnd,
    /// Letters of agency it asks for.
    pub letters: Vec<LetterNeed>,
    /// The way from order to service, in order.
    pub milestones: Vec<Milestone>,
    /// Broadband labels (47 CFR 8.1), one a plan.
    pub labels: Vec<BroadbandLabel>,
}

/// The characteristic that carries the length of the contract: the checker makes it of an offering's terms.
pub const TERM: &str = "term";

/// Whether a price can be negotiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Negotiability {
    /// It can.
    Negotiable,
    /// A tariff fixes it.
    Tariffed,
    /// Only by filing an individual case.
    IndividualCase,
}

/// Where an offering can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Coverage {
    /// In every area served.
    EveryArea,
    /// Where one of these networks reaches.
    Networks(Vec<NetworkId>),
}

/// What carries an offering. Nothing else satisfies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carriage {
    /// Nothing is needed.
    Nothing,
    /// Any one of these.
    AnyOf(Vec<Carrier>),
}

/// Something that can carry an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// It comes with its own loop.
    OwnLoop,
    /// An offering at the same place, in service or in this order, when the condition over *its* answers holds.
    Offering {
        /// Which.
        offering: OfferingId,
        /// With which options.
        when: Condition,
    },
    /// Something of the customer's or another company's, described by this characteristic.
    Described(CharacteristicId),
}

/// How long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// In these circumstances; the first that holds counts, and the last always does.
    pub when: Condition,
    /// Business days from placing, when placed before the cut-off.
    pub business_days: u16,
    /// Local time after which a day does not count any more.
    pub cut_off: Option<Time>,
}

/// A named group of characteristics that is asked together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialog {
    /// Its name in addresses.
    pub id: DialogId,
    /// Its heading.
    pub title: Text,
    /// What it is about.
    pub introduction: Option<Text>,
    /// When it is needed.
    pub applies_when: Condition,
}

/// A rule between answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// When it is broken.
    pub broken_when: Condition,
    /// The field that is to be changed.
    pub field: CharacteristicId,
    /// What is wrong and what to do.
    pub because: Text,
}

/// A code that follows from the answers (the network channel code of a circuit, say), as the trade writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedCode {
    /// Which.
    pub id: CodeId,
    /// What it is.
    pub label: Text,
    /// The answer that stands instead where there is one.
    pub given_by: Option<CharacteristicId>,
    /// The first case that holds gives the code; where none does, there is none.
    pub cases: Vec<CodeCase>,
}

/// A code in certain circumstances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeCase {
    /// In which.
    pub when: Condition,
    /// The code.
    pub code: Box<str>,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Which.
    pub id: PriceId,
    /// What it is for.
    pub label: Text,
    /// When it is charged.
    pub when: Condition,
    /// How it is charged.
    pub charge: Charge,
}

/// How a price is charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Charge {
    /// Once.
    OneTime {
        /// How much, by volume.
        amount: Amount,
    },
    /// Each month.
    Recurring {
        /// How much, by volume.
        amount: Amount,
    },
    /// Once: what ending a service before its term's end costs.
    EarlyTermination,
    /// By use.
    Usage {
        /// Per unit, in major units of the currency.
        rate: Decimal,
        /// What the unit is.
        unit: Text,
    },
}

/// An amount that may depend on how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// The same whatever is answered.
    Flat(Money),
    /// For each unit that the characteristic counts, at the rate of the tier the count falls in.
    PerUnit {
        /// What counts the units: a number, a choice that stands for one, or a list.
        of: CharacteristicId,
        /// Tiers, ascending; the first begins at 1 or less.
        tiers: Vec<Tier>,
    },
}

/// A tier of a volume price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From so many units.
    pub from: i64,
    /// Each.
    pub each: Money,
}

/// A discount: a line of its own, negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// Which.
    pub id: PriceId,
    /// What it is for.
    pub label: Text,
    /// When it is given.
    pub when: Condition,
    /// Off which prices.
    pub off: Vec<PriceId>,
    /// How much.
    pub reduction: Reduction,
    /// For so many months; `None` is as long as its condition holds.
    pub months: Option<u16>,
}

/// How much a discount takes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reduction {
    /// A share of the prices it applies to.
    Share(Percent),
    /// An amount, never more than the prices it applies to.
    Amount(Money),
}

/// What ending a term early costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyTermination {
    /// Of what remains of the first year, this share.
    pub first_year: Percent,
    /// Of what remains after it, this share.
    pub after: Percent,
    /// Never more than this.
    pub at_most: Option<Money>,
}

/// What happens at the end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AtTermEnd {
    /// It goes on by the month.
    RollMonthly,
    /// It renews for the same term.
    Renew,
    /// It ends.
    Disconnect,
}

/// A letter of agency that an offering asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterNeed {
    /// Which letter.
    pub letter: LetterId,
    /// When.
    pub when: Condition,
    /// The characteristics that hold the telephone numbers it covers.
    pub numbers: Vec<CharacteristicId>,
    /// The characteristics whose answers the letter states besides (the billing name and address, the company left).
    pub states: Vec<CharacteristicId>,
}

/// A letter of agency's wording. The law fixes what it must say (47 CFR 64.1130), so it is versioned with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Which kind.
    pub id: LetterId,
    /// Which version.
    pub version: Version,
    /// Where the wording comes from.
    pub source: Box<str>,
    /// Its heading.
    pub title: Text,
    /// Paragraphs, in order.
    pub paragraphs: Vec<Text>,
    /// How many days it is good for.
    pub valid_days: u16,
}

/// A step on the way from order to service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Which.
    pub id: MilestoneId,
    /// What it means to the customer.
    pub label: Text,
    /// When it is part of the way.
    pub when: Condition,
    /// Whether an item that has come so far can still be called back.
    pub recall: Recall,
}

/// Whether an item can be changed and cancelled once a milestone is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recall {
    /// It can.
    #[default]
    Possible,
    /// It can't: what has been built, moved or ended is undone by another order only.
    Impossible,
}

/// How long a number rests when the service has ended that had it, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberAging {
    /// A household's.
    pub residential: u16,
    /// A business's.
    pub business: u16,
}

impl NumberAging {
    /// The days that a number of such a customer's rests.
    #[must_use]
    pub const fn days(self, kind: CustomerKind) -> u16 {
        match kind {
            CustomerKind::Residential => self.residential,
            CustomerKind::Business => self.business,
        }
    }
}

/// A broadband label (47 CFR 8.1(a)): what a plan costs and does, in the form the rule gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroadbandLabel {
    /// The plan: the characteristic and the value chosen.
    pub plan: (CharacteristicId, ValueId),
    /// Unique plan identifier.
    pub plan_id: Box<str>,
    /// Typical download speed, Mbps.
    pub download_mbps: u32,
    /// Typical upload speed, Mbps.
    pub upload_mbps: u32,
    /// Typical latency, ms.
    pub latency_ms: u32,
    /// Data included; `None` is unlimited.
    pub data_included_gb: Option<u32>,
}

/// A surcharge or estimated tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// Which.
    pub id: PriceId,
    /// What it is for.
    pub label: Text,
    /// On these offerings.
    pub offerings: Vec<OfferingId>,
    /// When.
    pub when: Condition,
    /// How much a month.
    pub levy: Levy,
}

/// How a surcharge is reckoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Levy {
    /// A share of what the item is charged each month.
    Share {
        /// How large a share.
        percent: Percent,
        /// How much of the charges counts: the part of a plan's calls that is interstate, say.
        counted: Percent,
        /// Of which charges.
        of: Base,
    },
    /// An amount for each item.
    Each(Money),
    /// An amount for each unit that these characteristics count together.
    PerUnit {
        /// How much for each.
        each: Money,
        /// What counts the units: numbers, choices that stand for one, or lists.
        of: Vec<CharacteristicId>,
    },
}

/// What a share is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// The item's monthly charges after discounts, no surcharge among them.
    Charges,
    /// These surcharges, which come before.
    Surcharges(Vec<PriceId>),
}

/// The places that share coverage, rate centre and field crews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Which.
    pub id: AreaId,
    /// Postal codes in it.
    pub zips: Vec<Zip>,
    /// City.
    pub city: Box<str>,
    /// State.
    pub state: State,
    /// Time zone, as the IANA database names it.
    pub time_zone: Box<str>,
    /// Rate centre, as numbering administration names it.
    pub rate_centre: Box<str>,
    /// Area code and exchange of the numbers that can be brought here (`404555`).
    pub exchanges: Vec<u64>,
    /// Networks that reach it, with the greatest capacity in Mbps.
    pub networks: BTreeMap<NetworkId, i64>,
}

/// A street of the address directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Street {
    /// Its name, as it is spelled.
    pub name: Box<str>,
    /// House numbers, from and to.
    pub numbers: (u32, u32),
    /// City.
    pub city: Box<str>,
    /// State.
    pub state: State,
    /// Postal code.
    pub zip: Zip,
}

/// Terms of service, one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsOfService {
    /// Which version: recorded with every order placed under it.
    pub version: Version,
    /// In force from.
    pub from: Date,
    /// Headings and paragraphs.
    pub sections: Vec<(Text, Vec<Text>)>,
}

/// A time of day at which a technician can come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its name in forms.
    pub id: Box<str>,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
}

impl Catalogue {
    /// The currency of every price.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::from_code(&self.currency_code).unwrap_or(Currency::USD)
    }

    /// An offering by its id.
    #[must_use]
    pub fn offering(&self, id: &OfferingId) -> Option<&ProductOffering> {
        self.offerings.iter().find(|offering| offering.id == *id)
    }

    /// What an item asks, by what it does.
    #[must_use]
    pub fn form(&self, offering: &OfferingId, action: &Action) -> Option<&ProductOffering> {
        match action.asks() {
            Asks::OfOffering => self.offering(offering),
            Asks::OfChange(change) => self.changes.get(&change),
        }
    }

    /// The area a postal code is in.
    #[must_use]
    pub fn area_of(&self, zip: Zip) -> Option<&Area> {
        self.areas.iter().find(|area| area.zips.contains(&zip))
    }

    /// A letter of agency by its id.
    #[must_use]
    pub fn letter(&self, id: &LetterId) -> Option<&Letter> {
        self.letters.iter().find(|letter| letter.id == *id)
    }

    /// The terms of service in force on a day.
    #[must_use]
    pub fn terms_on(&self, day: Date) -> Option<&TermsOfService> {
        self.terms_of_service.iter().filter(|terms| terms.from <= day).max_by_key(|terms| terms.from)
    }
}

impl ProductOffering {
    /// A characteristic by its id.
    #[must_use]
    pub fn characteristic(&self, id: &CharacteristicId) -> Option<&Characteristic> {
        self.characteristics.iter().map(AsRef::as_ref).find(|characteristic| characteristic.id == *id)
    }

    /// A dialog by its id.
    #[must_use]
    pub fn dialog(&self, id: &DialogId) -> Option<&Dialog> {
        self.dialogs.iter().find(|dialog| dialog.id == *id)
    }

    /// The characteristics asked in one place.
    pub fn asked<'a>(&'a self, place: &Asked) -> impl Iterator<Item = &'a Characteristic> {
        self.characteristics.iter().map(AsRef::as_ref).filter(move |characteristic| characteristic.asked == *place)
    }

    /// Whether it can be ordered on a day.
    #[must_use]
    pub fn is_sold_on(&self, day: Date) -> bool {
        self.sold_from <= day && self.sold_until.is_none_or(|until| day <= until)
    }
}

impl NumberOfChoice for ProductOffering {
    fn number(&self, characteristic: &CharacteristicId, value: &ValueId) -> Option<i64> {
        self.characteristic(characteristic)?.value.options().iter().find(|option| option.id == *value)?.number
    }
}
