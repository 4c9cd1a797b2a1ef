//! What one catalogue changes against another, for whoever is about to publish it.

use std::collections::BTreeMap;
use std::fmt;

use order_manager::catalogue::{Amount, Catalogue, Change, Charge, Discount, Levy, Price, ProductOffering, Reduction, Surcharge};

/// What changes, in lines. Prices are told one by one; of everything else, where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    lines: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lines.is_empty() {
            return writeln!(f, "  nothing changes");
        }
        self.lines.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

impl Difference {
    /// What changes from one catalogue to another.
    #[must_use]
    pub fn between(before: &Catalogue, after: &Catalogue) -> Self {
        let mut lines = vec![];
        let (old, new) = (offerings(before), offerings(after));
        for (id, offering) in &new {
            match old.get(id) {
                None => lines.push(format!("added      {}", called(offering))),
                Some(was) => of_offering(was, offering, &mut lines),
            }
        }
        lines.extend(old.iter().filter(|(id, _)| !new.contains_key(*id)).map(|(_, was)| format!("withdrawn  {}", called(was))));
        let changes = |catalogue: &Catalogue, change| catalogue.changes.get(&change).cloned();
        for change in [Change::Disconnect, Change::Suspend, Change::Restore] {
            match (changes(before, change), changes(after, change)) {
                (Some(was), Some(is)) => of_offering(&was, &is, &mut lines),
                (None, Some(is)) => lines.push(format!("added      {}", called(&is))),
                (Some(was), None) => lines.push(format!("withdrawn  {}", called(&was))),
                (None, None) => {}
            }
        }
        let surcharges = |catalogue: &Catalogue| catalogue.surcharges.iter().map(surcharge).collect();
        of_prices("surcharges", &surcharges(before), &surcharges(after), &mut lines);
        for (what, same) in [
            ("the currency", before.currency_code == after.currency_code),
            ("places served", before.areas == after.areas && before.streets == after.streets),
            ("days without work", before.holidays == after.holidays),
            ("times for technicians", before.windows == after.windows),
            ("letters of agency", before.letters == after.letters),
            ("terms of service", before.terms_of_service == after.terms_of_service),
        ] {
            if !same {
                lines.push(format!("changed    {what}"));
            }
        }
        Self { lines }
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

fn offerings(catalogue: &Catalogue) -> BTreeMap<&str, &ProductOffering> {
    catalogue.offerings.iter().map(|offering| (offering.id.as_str(), offering)).collect()
}

fn called(offering: &ProductOffering) -> String {
    format!("{} ({})", offering.name.in_language("en"), offering.id)
}

fn of_offering(before: &ProductOffering, after: &ProductOffering, lines: &mut Vec<String>) {
    let name = called(after);
    if before.sold_until != after.sold_until {
        lines.push(match after.sold_until {
            Some(day) => format!("withdrawn  {name}, after {day}"),
            None => format!("sold on    {name}, without an end"),
        });
    }
    of_prices(&name, &prices(before), &prices(after), lines);
    let (old, new) = (apart_from_prices(before), apart_from_prices(after));
    if old == new {
        return;
    }
    let ids = |offering: &ProductOffering| -> BTreeMap<_, _> {
        offering.characteristics.iter().map(|question| (question.id.to_string(), question.clone())).collect()
    };
    let (asked, asks) = (ids(&old), ids(&new));
    let added = asks.keys().filter(|id| !asked.contains_key(*id)).map(|id| format!("+{id}"));
    let gone = asked.keys().filter(|id| !asks.contains_key(*id)).map(|id| format!("-{id}"));
    let changed =
        asks.iter().filter(|(id, question)| asked.get(*id).is_some_and(|was| was != *question)).map(|(id, _)| id.clone());
    let questions: Vec<_> = added.chain(gone).chain(changed).collect();
    let otherwise = ProductOffering { characteristics: vec![], ..old } != ProductOffering { characteristics: vec![], ..new };
    let what = match (questions.is_empty(), otherwise) {
        (false, true) => format!("questions {} and more", questions.join(" ")),
        (false, false) => format!("questions {}", questions.join(" ")),
        (true, true) => "texts, conditions or dates".to_owned(),
        (true, false) => "the order of its questions".to_owned(),
    };
    lines.push(format!("changed    {name}: {what}"));
}

/// An offering without all that is told line by line.
fn apart_from_prices(offering: &ProductOffering) -> ProductOffering {
    let (prices, discounts) = (vec![], vec![]);
    ProductOffering { prices, discounts, early_termination: None, sold_until: None, ..offering.clone() }
}

/// A price in words, and under which condition it is charged.
type Said = (String, String);

fn of_prices(what: &str, before: &BTreeMap<String, Said>, after: &BTreeMap<String, Said>, lines: &mut Vec<String>) {
    for (id, (said, when)) in after {
        lines.push(match before.get(id) {
            None => format!("price      {what}, {id}: none -> {said}"),
            Some((was, _)) if was != said => format!("price      {what}, {id}: {was} -> {said}"),
            Some((_, was)) if was != when => format!("price      {what}, {id}: {said}, under another condition"),
            Some(_) => continue,
        });
    }
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    lines.extend(gone.map(|(id, (was, _))| format!("price      {what}, {id}: {was} -> none")));
}

fn prices(offering: &ProductOffering) -> BTreeMap<String, Said> {
    let mut said: BTreeMap<_, _> = offering.prices.iter().map(price).collect();
    said.extend(offering.discounts.iter().map(discount));
    said.extend(offering.early_termination.as_ref().map(|charge| {
        let limit = charge.at_most.map(|most| format!(", at most {most}")).unwrap_or_default();
        ("ending early".to_owned(), (format!("{}%, then {}%{limit}", charge.first_year, charge.after), String::new()))
    }));
    said
}

fn price(Price { id, when, charge, .. }: &Price) -> (String, Said) {
    let said = match charge {
        Charge::OneTime { amount: much } => format!("{} once", amount(much)),
        Charge::Recurring { amount: much } => format!("{} a month", amount(much)),
        Charge::EarlyTermination => "what ending early costs".to_owned(),
        Charge::Usage { rate, unit } => format!("{rate} per {}", unit.in_language("en")),
    };
    (id.to_string(), (said, format!("{when:?}")))
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Flat(flat) => flat.to_string(),
        Amount::PerUnit { of, tiers } => {
            let tiers: Vec<_> = tiers.iter().map(|tier| format!("{} from {}", tier.each, tier.from)).collect();
            format!("{} for each {of}", tiers.join(", "))
        }
    }
}

fn discount(Discount { id, when, off, reduction, months, .. }: &Discount) -> (String, Said) {
    let much = match reduction {
        Reduction::Share(percent) => format!("{percent}%"),
        Reduction::Amount(amount) => amount.to_string(),
    };
    let long = months.map(|months| format!(" for {months} months")).unwrap_or_default();
    (id.to_string(), (format!("{much} off{long}"), format!("{when:?} {off:?}")))
}

fn surcharge(Surcharge { id, offerings, when, levy, .. }: &Surcharge) -> (String, Said) {
    let much = match levy {
        Levy::Share(percent) => format!("{percent}%"),
        Levy::Each(amount) => format!("{amount} a month"),
    };
    (id.to_string(), (much, format!("{offerings:?} {when:?}")))
}
