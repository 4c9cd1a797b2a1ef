//! The exact text of a version: what both sides sign. Its words are the catalogue's.

use std::fmt::Display;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::rate::{Agreed, Rate, RateLine};
use super::terms::{CommonEnd, Provision, Sites, Starts, Terms};
use super::{AgreedWith, AgreementVersion};
use crate::catalogue::{AtTermEnd, Catalogue, Charge, Negotiation, Phrase};
use crate::hex;

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementText {
    /// What the agreement is called.
    pub title: Box<str>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: Box<str>,
    /// Its paragraphs.
    pub paragraphs: Vec<Box<str>>,
}

impl AgreementText {
    /// SHA-256, in hexadecimal, of everything it says, each heading and paragraph on a line of its own.
    #[must_use]
    pub fn sha256(&self) -> Box<str> {
        let mut digest = Sha256::new();
        digest.update(self.title.as_bytes());
        for section in &self.sections {
            for line in std::iter::once(&section.heading).chain(&section.paragraphs) {
                digest.update(b"\n");
                digest.update(line.as_bytes());
            }
        }
        hex::of(digest.finalize()).into()
    }
}

/// The text of a version; empty where the catalogue has no words for it.
#[must_use]
pub fn text_of(version: &AgreementVersion, customer: &AgreedWith, catalogue: &Catalogue) -> AgreementText {
    let terms = &version.terms;
    let mut sections = vec![];
    if let Some(negotiation) = &catalogue.negotiation {
        let words = Words(negotiation);
        sections.push(Section { heading: words.say(Phrase::Heading, &[]), paragraphs: general(&words, terms, customer) });
        let rates: Vec<_> = terms.counting().into_iter().filter_map(|line| rate(&words, line, catalogue)).collect();
        sections.push(Section { heading: words.say(Phrase::Rates, &[]), paragraphs: rates });
        sections.push(Section { heading: words.say(Phrase::Commitment, &[]), paragraphs: commitment(&words, terms) });
        sections.push(Section { heading: words.say(Phrase::Provisions, &[]), paragraphs: provisions(&words, terms) });
    }
    sections.retain(|section| !section.paragraphs.is_empty());
    sections.extend(
        terms.clauses.iter().map(|clause| Section { heading: clause.heading.clone(), paragraphs: vec![clause.text().into()] }),
    );
    AgreementText { title: terms.name.clone(), sections }
}

/// The catalogue's words.
struct Words<'a>(&'a Negotiation);

impl Words<'_> {
    /// A phrase, with what is in its braces.
    fn say(&self, phrase: Phrase, with: &[(&str, &dyn Display)]) -> Box<str> {
        let wording = self.0.phrases.get(&phrase).map_or("", |text| text.in_language("en"));
        let mut said = String::with_capacity(wording.len() + 40);
        let mut rest = wording;
        // In one go: what stands in braces in a name that somebody entered stays as it is.
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, value)) = with.iter().find(|(known, _)| *known == name) {
                said.push_str(&value.to_string());
            }
            rest = after;
        }
        said.push_str(rest);
        said.into()
    }
}

fn general(words: &Words<'_>, terms: &Terms, customer: &AgreedWith) -> Vec<Box<str>> {
    let parties = &terms.parties;
    let with: [(&str, &dyn Display); 3] =
        [("company", &parties.company), ("customer", &parties.customer), ("account", &customer.account_number)];
    let mut said = vec![words.say(Phrase::Parties, &with)];
    for provision in &terms.provisions {
        if let Provision::Affiliates(names) = provision {
            said.push(words.say(Phrase::Affiliates, &[("names", &names.join(", "))]));
        }
    }
    let months = &terms.term.months;
    said.push(match terms.term.starts {
        Starts::LaterSignature => words.say(Phrase::FromSignature, &[("months", months)]),
        Starts::On(day) => words.say(Phrase::FromDay, &[("months", months), ("day", &dated(day))]),
    });
    let days = &terms.term.notice_days;
    said.push(match terms.term.at_end {
        AtTermEnd::RollMonthly => words.say(Phrase::RollsMonthly, &[("days", days)]),
        AtTermEnd::Renew => words.say(Phrase::Renews, &[("days", days)]),
        AtTermEnd::Disconnect => words.say(Phrase::Ends, &[]),
    });
    said.push(match &terms.sites {
        Sites::Every => words.say(Phrase::EveryPlace, &[]),
        Sites::These(sites) => {
            let places: Vec<&str> = sites.values().map(AsRef::as_ref).collect();
            words.say(Phrase::Places, &[("places", &places.join("; "))])
        }
    });
    let documents: Vec<&str> = terms.documents.iter().map(|document| document.title.as_ref()).collect();
    said.push(words.say(Phrase::Precedence, &[("documents", &documents.join("; "))]));
    said
}

/// A day as contracts have it.
fn dated(day: Date) -> impl Display {
    day.strftime("%B %-d, %Y")
}

fn rate(words: &Words<'_>, line: &RateLine, catalogue: &Catalogue) -> Option<Box<str>> {
    let (offering, price, _) = line.subject.in_catalogue(catalogue)?;
    let one = |rate: Rate| -> Box<str> {
        match rate {
            Rate::Amount(amount) => amount.to_string().into(),
            Rate::Off(percent) => words.say(Phrase::OffList, &[("percent", &percent)]),
        }
    };
    let said = match &line.agreed {
        Agreed::Flat(rate) => one(*rate),
        Agreed::ByVolume(tiers) => {
            let each = tiers.iter().map(|tier| words.say(Phrase::Each, &[("rate", &one(tier.rate)), ("from", &tier.from)]));
            each.collect::<Vec<_>>().join("; ").into()
        }
    };
    let (offering, label) = (offering.name.in_language("en"), price.label.in_language("en"));
    let with: [(&str, &dyn Display); 3] = [("offering", &offering), ("price", &label), ("rate", &said)];
    Some(match &price.charge {
        Charge::OneTime { .. } | Charge::EarlyTermination => words.say(Phrase::OneTime, &with),
        Charge::Recurring { .. } => words.say(Phrase::Monthly, &with),
        Charge::Usage { unit, .. } => words.say(Phrase::Usage, &[with[0], with[1], with[2], ("unit", &unit.in_language("en"))]),
    })
}

fn commitment(words: &Words<'_>, terms: &Terms) -> Vec<Box<str>> {
    let Some(commitment) = &terms.commitment else { return vec![] };
    let years = commitment.yearly.iter().enumerate();
    let mut said: Vec<_> =
        years.map(|(year, least)| words.say(Phrase::LeastInYear, &[("year", &(year + 1)), ("amount", least)])).collect();
    said.push(words.say(Phrase::Shortfall, &[("percent", &commitment.shortfall)]));
    said
}

fn provisions(words: &Words<'_>, terms: &Terms) -> Vec<Box<str>> {
    let ending = &terms.early_termination;
    let mut said = vec![words.say(Phrase::EarlyTermination, &[("first", &ending.first_year), ("after", &ending.after)])];
    said.extend(ending.at_most.map(|most| words.say(Phrase::EarlyTerminationAtMost, &[("amount", &most)])));
    said.extend(terms.provisions.iter().filter_map(|provision| {
        Some(match provision {
            Provision::RateReview { every_months } => words.say(Phrase::RateReview, &[("months", every_months)]),
            Provision::TechnologyUpgrade { after_months } => words.say(Phrase::TechnologyUpgrade, &[("months", after_months)]),
            Provision::BusinessDownturn { drop, relief } => {
                words.say(Phrase::BusinessDownturn, &[("drop", drop as &dyn Display), ("relief", relief)])
            }
            Provision::CoTerminous { on: CommonEnd::WithAgreement } => words.say(Phrase::EndTogether, &[]),
            Provision::CoTerminous { on: CommonEnd::On(day) } => words.say(Phrase::EndOnDay, &[("day", &dated(*day))]),
            Provision::ServiceCredit { objective, share } => {
                words.say(Phrase::ServiceCredit, &[("objective", objective), ("percent", share)])
            }
            Provision::Affiliates(_) => return None,
        })
    }));
    said
}
