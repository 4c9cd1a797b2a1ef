//! One row: what it orders, or what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::sheet::{Column, Line, Sheet};
use super::{Common, KnownOfSite, draft_of};
use crate::address::{AddressDirectory, Correction, GeographicAddress};
use crate::admits::Reading;
use crate::calendar::{is_business_day, today_in};
use crate::catalogue::{Catalogue, ProductOffering};
use crate::characteristic::{Asked, Characteristic, Lines, Need, TelephoneUse, ValueOption, ValueType};
use crate::decide::{Refusal, earliest_day};
use crate::entered::{Entered, Reason};
use crate::id::{OrderId, OrderItemId, SiteId};
use crate::order::{ProductOrder, ServicePlace};
use crate::party::{Customer, Product};
use crate::qualification::applicable;
use crate::telephone::TelephoneNumber;
use crate::value::{Answers, Value};

/// How many days ahead can be asked for.
const LATEST: i32 = 365;

/// What a row orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteOrder {
    /// What the customer calls the site.
    pub name: Box<str>,
    /// Where it is.
    pub address: GeographicAddress,
    /// Who to call there.
    pub contact_name: Box<str>,
    /// Under which number.
    pub contact_phone: TelephoneNumber,
    /// The day asked for, where one is.
    pub requested: Option<Date>,
    /// What is chosen.
    pub answers: Answers,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The column, by its name; none when it is about the whole row.
    pub column: Option<Box<str>>,
    /// What is wrong.
    pub reason: Reason,
}

/// The places that a customer has, and the services there.
#[derive(Clone, Debug)]
pub struct KnownPlaces<'a> {
    by_key: BTreeMap<String, SiteId>,
    products: &'a [Product],
}

impl<'a> KnownPlaces<'a> {
    /// Those of a customer.
    #[must_use]
    pub fn of(customer: &'a Customer) -> Self {
        let by_key = customer.sites.iter().rev().map(|site| (site.address.place_key(), site.id)).collect();
        Self { by_key, products: &customer.products }
    }

    /// The place of an address, where the customer has it already, and the services there.
    #[must_use]
    pub fn at(&self, address: &GeographicAddress) -> Option<(SiteId, Vec<Product>)> {
        let site = *self.by_key.get(&address.place_key())?;
        Some((site, self.products.iter().filter(|product| product.site == site).cloned().collect()))
    }
}

/// Checks the rows of one file.
#[derive(Debug)]
pub struct Checker<'a> {
    sheet: &'a Sheet<'a>,
    common: &'a Common,
    offering: &'a ProductOffering,
    known: KnownPlaces<'a>,
    catalogue: &'a Catalogue,
    now: Timestamp,
    /// The places of the rows before.
    seen: BTreeSet<String>,
}

impl<'a> Checker<'a> {
    /// For a file of this sheet; `None` when the catalogue has no such offering.
    #[must_use]
    pub fn new(
        sheet: &'a Sheet<'a>,
        common: &'a Common,
        customer: &'a Customer,
        catalogue: &'a Catalogue,
        now: Timestamp,
    ) -> Option<Self> {
        let offering = catalogue.offering(&common.offering)?;
        Some(Self { sheet, common, offering, known: KnownPlaces::of(customer), catalogue, now, seen: BTreeSet::new() })
    }

    /// What a row orders.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn check(&mut self, line: &Line) -> Result<SiteOrder, Vec<Problem>> {
        let columns = &self.sheet.columns;
        if line.cells.len() != columns.len() {
            return Err(vec![Problem { column: None, reason: Reason::WrongColumns { expected: columns.len() } }]);
        }
        let cell = |wanted: Column<'_>| {
            let at = columns.iter().position(|column| *column == wanted);
            at.and_then(|at| line.cells.get(at)).map_or("", |cell| cell.trim())
        };
        let mut problems = vec![];
        let address = self.address(&cell, &mut problems);
        let area = address.as_ref().and_then(|address| self.catalogue.area_of(address.zip));
        let reading = Reading { today: today_in(area, self.now), area, services: &[], files: &[] };
        let mut answer = |column: Column<'_>, takes: &ValueType, needed: Need| {
            let entered: Entered = [(column.name(), cell(column))].into_iter().collect();
            let wrong = match takes.admit(column.name(), &entered, &reading) {
                Ok(None) if needed == Need::Required => vec![Reason::Missing],
                Ok(value) => return value,
                Err(wrong) => wrong.into_iter().map(|error| error.reason).collect(),
            };
            problems.extend(wrong.into_iter().map(|reason| problem(column, reason)));
            None
        };
        let text = |max| ValueType::Text { min: 1, max, pattern: None, lines: Lines::Single };
        let name = answer(Column::SiteName, &text(60), Need::Required);
        let contact = answer(Column::ContactName, &text(100), Need::Required);
        let phone = answer(Column::ContactPhone, &ValueType::TelephoneNumber(TelephoneUse::Contact), Need::Required);
        let day = answer(Column::RequestedDate, &ValueType::Date { earliest: 0, latest: LATEST }, Need::Optional);
        let mut answers = Answers::new();
        for (column, cell) in columns.iter().zip(&line.cells) {
            let Column::Question(question) = column else { continue };
            match chosen(question, cell.trim()) {
                Ok(value) => answers.extend(value.map(|value| (question.id.clone(), value))),
                Err(reason) => problems.push(problem(*column, reason)),
            }
        }
        let (Some(Value::Text(name)), Some(address), Some(Value::Text(contact_name)), Some(Value::Telephone(contact_phone))) =
            (name, address, contact, phone)
        else {
            return Err(problems);
        };
        let requested = match day {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        let site = SiteOrder { name, address, contact_name, contact_phone, requested, answers };
        if problems.is_empty() {
            problems = self.in_the_way(&site);
        }
        if problems.is_empty() {
            self.seen.insert(site.address.place_key());
            Ok(site)
        } else {
            Err(problems)
        }
    }

    /// The address, as the directory spells it where it knows it; what it only nearly knows stands as it was written.
    fn address<'t>(&self, cell: &impl Fn(Column<'_>) -> &'t str, problems: &mut Vec<Problem>) -> Option<GeographicAddress> {
        let mut refuse = |column: Column<'_>, reason| problems.push(problem(column, reason));
        let mut read = |column: Column<'_>, max: usize, needed: Need| {
            let text = cell(column);
            let wrong = if text.is_empty() && needed == Need::Required {
                Reason::Missing
            } else if text.chars().count() > max {
                Reason::TooLong { max }
            } else if text.chars().any(char::is_control) {
                Reason::UnreadableText
            } else {
                return Some(text);
            };
            refuse(column, wrong);
            None
        };
        let street = read(Column::Street, 100, Need::Required);
        let unit = read(Column::Unit, 40, Need::Optional);
        let city = read(Column::City, 60, Need::Required);
        let state = read(Column::State, 30, Need::Required);
        let zip = read(Column::Zip, 10, Need::Required);
        let state = state.map(str::parse);
        if let Some(Err(_)) = state {
            refuse(Column::State, Reason::NotAState);
        }
        let zip = zip.map(str::parse);
        if let Some(Err(_)) = zip {
            refuse(Column::Zip, Reason::NotAZip);
        }
        let (Some(street), Some(unit), Some(city), Some(Ok(state)), Some(Ok(zip))) = (street, unit, city, state, zip) else {
            return None;
        };
        let unit = (!unit.is_empty()).then(|| unit.into());
        let entered = GeographicAddress { street: street.into(), unit, city: city.into(), state, zip };
        match self.catalogue.correct(&entered) {
            Correction::Found(found) => Some(found),
            Correction::Alternatives(_) | Correction::Unknown => Some(entered),
        }
    }

    /// What keeps a row that reads well from being ordered.
    fn in_the_way(&self, site: &SiteOrder) -> Vec<Problem> {
        if self.seen.contains(&site.address.place_key()) {
            return vec![problem(Column::Street, Reason::Said("bulk-same-place-twice"))];
        }
        // Whose ids these are does not matter: the draft is looked at and let go.
        let nobody = uuid::Uuid::nil();
        let (id, in_service) = self.known.at(&site.address).unwrap_or((SiteId::new(nobody), vec![]));
        // What it costs is no reason against it.
        let place = ServicePlace { site: id, address: site.address.clone() };
        let known = KnownOfSite { place, in_service, agreement: None };
        let ids = (OrderId::new(nobody), OrderItemId::new(nobody));
        match draft_of(self.common, site, ids, known, self.catalogue, self.now) {
            Ok(ProductOrder::Draft(draft)) => {
                let Some(item) = draft.items.first() else { return vec![] };
                let effective = draft.effective_answers(item, self.offering);
                let asked = applicable(&draft, item, self.offering, &Asked::OnPage, &effective);
                let open = self.sheet.columns.iter().filter(|column| match column {
                    Column::Question(question) => {
                        asked.iter().any(|asked| asked.id == question.id) && !site.answers.contains_key(&question.id)
                    }
                    _ => false,
                });
                let mut problems: Vec<_> = open.map(|column| problem(*column, Reason::Missing)).collect();
                if let Some(day) = site.requested {
                    let first = earliest_day(&draft, self.catalogue, self.now);
                    let wrong = if day < first {
                        Some(Reason::TooEarly(first))
                    } else {
                        (!is_business_day(day, &self.catalogue.holidays)).then_some(Reason::Said("not-a-business-day"))
                    };
                    problems.extend(wrong.map(|reason| problem(Column::RequestedDate, reason)));
                }
                problems
            }
            Ok(_) => vec![],
            Err(Refusal::NotAvailable(..)) => vec![problem(Column::Zip, Reason::Said("bulk-not-available"))],
            Err(Refusal::Excluded(_)) => vec![Problem { column: None, reason: Reason::Said("bulk-excluded") }],
            Err(Refusal::Fields(errors)) => {
                errors.into_iter().map(|error| Problem { column: Some(error.field), reason: error.reason }).collect()
            }
            Err(_) => vec![Problem { column: None, reason: Reason::Said("bulk-not-orderable") }],
        }
    }
}

fn problem(column: Column<'_>, reason: Reason) -> Problem {
    Problem { column: Some(column.name().into()), reason }
}

/// What a cell chooses, by the choice's id or its label; nothing when it is empty.
fn chosen(question: &Characteristic, cell: &str) -> Result<Option<Value>, Reason> {
    if cell.is_empty() {
        return Ok(None);
    }
    let is_meant =
        |option: &&ValueOption| option.id.as_str() == cell || option.label.in_language("en").eq_ignore_ascii_case(cell);
    let option = question.value.options().iter().find(is_meant).ok_or(Reason::NotAChoice)?;
    Ok(Some(Value::Choice(option.id.clone())))
}
