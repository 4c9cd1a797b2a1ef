//! Reading the form with what is agreed: into edits, or into what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use order_manager::agreement::{
    Commitment, CommonEnd, CountedCharge, Document, Edit, Parties, Provision, Sites, Starts, Term, read_amount, read_percent,
};
use order_manager::catalogue::{AtTermEnd, EarlyTermination, Family};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::SiteId;
use order_manager::money::{Money, Percent};
use templates::pages::agreement::terms::{
    AFFILIATES, AFTER, APART, AT_END, AT_MOST, CHARGE, COMMITMENT, COMPANY, COVERS, CREDIT, CUSTOMER, DOWNTURN, ENDS, EVERY,
    FAMILY, FIRST_YEAR, MONTHS, NAME, NOTICE, OBJECTIVE, ON_A_DAY, RELIEF, RENEWS, REVIEW, ROLLS, SHORTFALL, SIGNED, SITE,
    START_DAY, STARTS, STATED, THESE, TOGETHER, TOGETHER_DAY, UPGRADE, WITH_AGREEMENT, family_value, precedence_of,
};

use super::{charge_value, day_in};
use crate::deal::Deal;

/// The furthest days that may be asked for, in days from today: when it begins, and when all services end.
const FURTHEST_START: i32 = 731;
const FURTHEST_END: i32 = 3_653;

/// The longest list that is typed, in lines.
const MOST_LINES: usize = 20;

/// What the form changes.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(deal: &Deal, entered: &Entered, places: &BTreeMap<SiteId, Box<str>>) -> Result<Vec<Edit>, Vec<FieldError>> {
    let mut form = Form { deal, entered, errors: vec![] };
    let edits = form.edits(places);
    if form.errors.is_empty() { Ok(edits) } else { Err(form.errors) }
}

/// The form as it is read, with what is wrong so far.
struct Form<'a> {
    deal: &'a Deal,
    entered: &'a Entered,
    errors: Vec<FieldError>,
}

impl Form<'_> {
    fn edits(&mut self, places: &BTreeMap<SiteId, Box<str>>) -> Vec<Edit> {
        let old = &self.deal.value().version().terms;
        let [name, company, customer] = [NAME, COMPANY, CUSTOMER].map(|field| Box::from(self.entered.text(field).trim()));
        let parties = Parties { company, customer };
        let (term, sites, commitment) = (self.term(), self.sites(places), self.commitment());
        let documents = self.documents();
        let early_termination = EarlyTermination {
            first_year: self.percent(FIRST_YEAR).unwrap_or(old.early_termination.first_year),
            after: self.percent(AFTER).unwrap_or(old.early_termination.after),
            at_most: self.amount(AT_MOST),
        };
        for field in [FIRST_YEAR, AFTER] {
            self.needed(field);
        }
        let provisions = self.provisions();
        let mut edits = vec![];
        let mut change = |differs: bool, edit: Edit| {
            if differs {
                edits.push(edit)
            }
        };
        change(name != old.name || parties != old.parties, Edit::Parties { name, parties });
        change(term != old.term, Edit::Term(term));
        change(sites != old.sites, Edit::Sites(sites));
        change(commitment != old.commitment, Edit::Commitment(commitment));
        change(early_termination != old.early_termination, Edit::EarlyTermination(early_termination));
        change(documents != old.documents, Edit::Documents(documents));
        change(provisions != old.provisions, Edit::Provisions(provisions));
        edits
    }

    fn wrong(&mut self, field: &'static str, reason: Reason) {
        self.errors.push(FieldError::new(field, reason));
    }

    /// The one text of a field; what came twice is wrong.
    fn one(&mut self, field: &'static str) -> Option<String> {
        match self.entered.one(field) {
            Ok(text) => text.map(ToOwned::to_owned),
            Err(reason) => {
                self.wrong(field, reason);
                None
            }
        }
    }

    /// Sees that a field is filled in.
    fn needed(&mut self, field: &'static str) {
        if self.one(field).is_none() {
            self.wrong(field, Reason::Missing);
        }
    }

    fn number(&mut self, field: &'static str, most: u16) -> Option<u16> {
        let text = self.one(field)?;
        let range = Reason::OutOfRange { min: 0, max: i64::from(most) };
        match text.parse::<u16>() {
            Ok(number) if number <= most => Some(number),
            Ok(_) => {
                self.wrong(field, range);
                None
            }
            Err(_) => {
                self.wrong(field, if text.bytes().all(|byte| byte.is_ascii_digit()) { range } else { Reason::NotANumber });
                None
            }
        }
    }

    fn percent(&mut self, field: &'static str) -> Option<Percent> {
        let text = self.one(field)?;
        match read_percent(&text) {
            Ok(percent) => Some(percent),
            Err(reason) => {
                self.wrong(field, reason);
                None
            }
        }
    }

    fn amount(&mut self, field: &'static str) -> Option<Money> {
        let text = self.one(field)?;
        match read_amount(&text, self.deal.catalogue.currency()) {
            Ok(amount) => Some(amount),
            Err(reason) => {
                self.wrong(field, reason);
                None
            }
        }
    }

    /// The documents, in the order that was chosen.
    fn documents(&mut self) -> Vec<Document> {
        let old = &self.deal.value().version().terms.documents;
        // One document has no place to be chosen.
        if old.len() < 2 {
            return old.clone();
        }
        let place = |document: &Document| {
            let place = self.entered.text(&precedence_of(&document.id)).parse().ok()?;
            (1..=old.len()).contains(&place).then_some(place)
        };
        let placed: BTreeMap<usize, &Document> = old.iter().filter_map(|document| Some((place(document)?, document))).collect();
        if placed.len() < old.len() {
            let fields = old.iter().map(|document| precedence_of(&document.id));
            self.errors.extend(fields.map(|field| FieldError::new(field, Reason::Said("terms-precedence-twice"))));
            return old.clone();
        }
        placed.into_values().cloned().collect()
    }

    fn lines(&self, field: &str) -> Vec<&str> {
        self.entered.text(field).lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    fn term(&mut self) -> Term {
        let old = self.deal.value().version().terms.term.clone();
        for field in [MONTHS, NOTICE] {
            self.needed(field);
        }
        let months = self.number(MONTHS, 120).unwrap_or(old.months);
        let known = self.deal.catalogue.negotiation.as_ref().is_some_and(|negotiation| negotiation.terms.contains(&months));
        if !known && months != old.months {
            self.wrong(MONTHS, Reason::NotAChoice);
        }
        let starts = match self.entered.text(STARTS) {
            SIGNED => Starts::LaterSignature,
            STATED => self.day(START_DAY, FURTHEST_START, "terms-no-day").map_or(old.starts, Starts::On),
            "" => {
                self.wrong(STARTS, Reason::Missing);
                old.starts
            }
            _ => {
                self.wrong(STARTS, Reason::NotAChoice);
                old.starts
            }
        };
        let at_end = match self.entered.text(AT_END) {
            ROLLS => AtTermEnd::RollMonthly,
            RENEWS => AtTermEnd::Renew,
            ENDS => AtTermEnd::Disconnect,
            text => {
                self.wrong(AT_END, if text.is_empty() { Reason::Missing } else { Reason::NotAChoice });
                old.at_end
            }
        };
        Term { months, starts, at_end, notice_days: self.number(NOTICE, 365).unwrap_or(old.notice_days) }
    }

    /// The day of a field, at most so many days from today.
    fn day(&mut self, field: &'static str, furthest: i32, missing: &'static str) -> Option<Date> {
        match day_in(self.deal, self.entered, field, furthest) {
            Ok(Some(day)) => Some(day),
            Ok(None) => {
                self.wrong(field, Reason::Said(missing));
                None
            }
            Err(errors) => {
                self.errors.extend(errors);
                None
            }
        }
    }

    fn sites(&mut self, places: &BTreeMap<SiteId, Box<str>>) -> Sites {
        match self.entered.text(COVERS) {
            EVERY => Sites::Every,
            THESE => {
                let chosen: Result<BTreeSet<SiteId>, _> = self.entered.all(SITE).iter().map(|id| id.parse()).collect();
                let known = |sites: &BTreeSet<SiteId>| sites.iter().all(|site| places.contains_key(site));
                match chosen {
                    Ok(sites) if sites.is_empty() => self.wrong(SITE, Reason::Said("terms-no-sites")),
                    Ok(sites) if known(&sites) => {
                        let with_place = |site| Some((site, places.get(&site)?.clone()));
                        return Sites::These(sites.into_iter().filter_map(with_place).collect());
                    }
                    _ => self.wrong(SITE, Reason::NotAChoice),
                }
                Sites::Every
            }
            text => {
                self.wrong(COVERS, if text.is_empty() { Reason::Missing } else { Reason::NotAChoice });
                Sites::Every
            }
        }
    }

    fn commitment(&mut self) -> Option<Commitment> {
        let currency = self.deal.catalogue.currency();
        let lines = self.lines(COMMITMENT);
        if lines.is_empty() {
            return None;
        }
        let amounts: Result<Vec<_>, Reason> = lines.iter().map(|line| read_amount(line, currency)).collect();
        let yearly = match amounts {
            Ok(yearly) => yearly,
            Err(reason) => {
                self.wrong(COMMITMENT, reason);
                vec![]
            }
        };
        self.needed(SHORTFALL);
        let chosen = self.entered.all(FAMILY);
        let families: BTreeSet<_> =
            Family::ALL.into_iter().filter(|family| chosen.iter().any(|value| value == family_value(*family))).collect();
        let counted = self.entered.all(CHARGE);
        let charges: BTreeSet<_> = [CountedCharge::Monthly, CountedCharge::OneTime]
            .into_iter()
            .filter(|charge| counted.iter().any(|value| value == charge_value(*charge)))
            .collect();
        for (field, nothing) in [(FAMILY, families.is_empty()), (CHARGE, charges.is_empty())] {
            if nothing {
                self.wrong(field, Reason::Said("terms-nothing-counts"));
            }
        }
        Some(Commitment { yearly, shortfall: self.percent(SHORTFALL).unwrap_or(Percent(0)), families, charges })
    }

    fn provisions(&mut self) -> Vec<Provision> {
        let mut provisions = vec![];
        provisions.extend(self.number(REVIEW, 120).map(|every_months| Provision::RateReview { every_months }));
        provisions.extend(self.number(UPGRADE, 120).map(|after_months| Provision::TechnologyUpgrade { after_months }));
        match (self.one(DOWNTURN), self.one(RELIEF)) {
            (None, None) => {}
            (Some(_), Some(_)) => {
                if let (Some(drop), Some(relief)) = (self.percent(DOWNTURN), self.percent(RELIEF)) {
                    provisions.push(Provision::BusinessDownturn { drop, relief });
                }
            }
            (None, Some(_)) => self.wrong(DOWNTURN, Reason::Said("terms-relief-alone")),
            (Some(_), None) => self.wrong(RELIEF, Reason::Said("terms-relief-alone")),
        }
        match self.entered.text(TOGETHER) {
            APART => {}
            WITH_AGREEMENT => provisions.push(Provision::CoTerminous { on: CommonEnd::WithAgreement }),
            ON_A_DAY => {
                let day = self.day(TOGETHER_DAY, FURTHEST_END, "terms-no-common-day");
                provisions.extend(day.map(|day| Provision::CoTerminous { on: CommonEnd::On(day) }));
            }
            text => self.wrong(TOGETHER, if text.is_empty() { Reason::Missing } else { Reason::NotAChoice }),
        }
        let names: Vec<Box<str>> = self.lines(AFFILIATES).into_iter().map(Into::into).collect();
        if names.len() > MOST_LINES {
            self.wrong(AFFILIATES, Reason::WrongCount { min: 0, max: MOST_LINES });
        } else if !names.is_empty() {
            provisions.push(Provision::Affiliates(names));
        }
        match (self.one(OBJECTIVE), self.one(CREDIT)) {
            (None, None) => {}
            (Some(objective), Some(_)) => {
                let share = self.percent(CREDIT);
                provisions.extend(share.map(|share| Provision::ServiceCredit { objective: objective.into(), share }));
            }
            (None, Some(_)) => self.wrong(OBJECTIVE, Reason::Said("terms-credit-alone")),
            (Some(_), None) => self.wrong(CREDIT, Reason::Said("terms-credit-alone")),
        }
        provisions
    }
}
