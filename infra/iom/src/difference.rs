//! What one catalogue changes against another, for whoever is about to publish it.

use std::collections::BTreeMap;
use std::fmt;

use order_manager::catalogue::{
    Amount, Base, Catalogue, Change, Charge, Discount, Levy, Price, ProductOffering, Reduction, Surcharge,
};

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
        let gone = old.iter().filter(|(id, _)| !new.contains_key(*id)).map(|(_, was)| called(was));
        lines.extend(
            gone.map(|name| format!("withdrawn  {name}, and its name with it: `sold_until` would keep that for who has it")),
        );
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
            ("orders to start from", before.order_templates == after.order_templates),
            ("what staff may take off", before.discretion == after.discretion),
            ("how long numbers rest", before.number_aging == after.number_aging),
            ("what agreements are negotiated by", before.negotiation == after.negotiation),
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
        Levy::Share { percent, counted, of } => {
            let part = if counted.0 == 10_000 { String::new() } else { format!(" of {counted}%") };
            match of {
                Base::Charges => format!("{percent}%{part}"),
                Base::Surcharges(of) => {
                    let of: Vec<_> = of.iter().map(ToString::to_string).collect();
                    format!("{percent}%{part} of {}", of.join(", "))
                }
            }
        }
        Levy::Each(amount) => format!("{amount} a month"),
        Levy::PerUnit { each, of } => {
            let of: Vec<_> = of.iter().map(ToString::to_string).collect();
            format!("{each} a month for each of {}", of.join(", "))
        }
    };
    (id.to_string(), (much, format!("{offerings:?} {when:?}")))
}

#[cfg(test)]
mod tests {
    use order_manager::id::Version;
    use order_manager::money::{Currency, Money};
    use order_manager::text::Text;

    use super::*;

    fn own() -> Catalogue {
        Catalogue::clone(&platform::catalogue::embedded().expect("the catalogue that was built in"))
    }

    /// What a change of the repository's catalogue comes to.
    fn lines(change: impl FnOnce(&mut Catalogue)) -> Vec<String> {
        let (before, mut after) = (own(), own());
        change(&mut after);
        Difference::between(&before, &after).lines().to_vec()
    }

    /// The first flat monthly price, and whose it is.
    fn monthly(catalogue: &mut Catalogue) -> (String, &mut Price) {
        let mut prices = catalogue.offerings.iter_mut().flat_map(|offering| {
            let name = called(offering);
            offering.prices.iter_mut().map(move |price| (name.clone(), price))
        });
        let flat = prices.find(|(_, price)| matches!(price.charge, Charge::Recurring { amount: Amount::Flat(_) }));
        flat.expect("a flat monthly price")
    }

    #[test]
    fn a_new_version_of_the_same_changes_nothing() {
        assert_eq!(lines(|after| after.version = Version("another".into())), [""; 0]);
        assert_eq!(Difference::default().to_string(), "  nothing changes\n");
    }

    #[test]
    fn a_price_is_told_old_and_new() {
        let mut before = own();
        let (name, price) = monthly(&mut before);
        let (id, was) = (price.id.clone(), super::price(price).1.0);
        let raised = |after: &mut Catalogue| {
            let flat = Amount::Flat(Money::new(123_456, Currency::USD));
            monthly(after).1.charge = Charge::Recurring { amount: flat };
        };
        assert_eq!(lines(raised), [format!("price      {name}, {id}: {was} -> $1,234.56 a month")]);
    }

    #[test]
    fn a_price_that_is_dropped_added_or_charged_otherwise_is_told() {
        let mut before = own();
        let (name, price) = monthly(&mut before);
        let (id, was) = (price.id.clone(), super::price(price).1.0);
        let dropped = |after: &mut Catalogue| {
            after.offerings.iter_mut().for_each(|offering| offering.prices.retain(|price| price.id != id));
        };
        assert_eq!(lines(dropped), [format!("price      {name}, {id}: {was} -> none")]);
        let renamed = |after: &mut Catalogue| monthly(after).1.id = "brand-new".parse().expect("an id");
        let said = lines(renamed);
        assert!(said.contains(&format!("price      {name}, brand-new: none -> {was}")), "{said:?}");
        let only_for_some = |after: &mut Catalogue| {
            let price = monthly(after).1;
            price.when = order_manager::condition::Condition::Not(Box::new(price.when.clone()));
        };
        assert_eq!(lines(only_for_some), [format!("price      {name}, {id}: {was}, under another condition")]);
    }

    #[test]
    fn offerings_that_come_and_go_are_named() {
        let first = own().offerings.remove(0);
        let name = called(&first);
        let gone = lines(|after| drop(after.offerings.remove(0)));
        assert!(gone.iter().any(|line| line.starts_with(&format!("withdrawn  {name}, and its name"))), "{gone:?}");
        let added = ProductOffering { id: "brand-new".parse().expect("an id"), name: Text::english("Brand New"), ..first };
        assert_eq!(lines(|after| after.offerings.push(added)), ["added      Brand New (brand-new)"]);
        let ends = |after: &mut Catalogue| after.offerings[0].sold_until = Some(jiff::civil::date(2027, 1, 31));
        assert_eq!(lines(ends), [format!("withdrawn  {name}, after 2027-01-31")]);
    }

    #[test]
    fn whatever_else_changes_is_told_by_where_it_is() {
        let name = called(&own().offerings[0]);
        let question = own().offerings[0].characteristics[0].id.clone();
        let reworded = |after: &mut Catalogue| {
            std::sync::Arc::make_mut(&mut after.offerings[0].characteristics[0]).label = Text::english("How?");
        };
        assert_eq!(lines(reworded), [format!("changed    {name}: questions {question}")]);
        let described = |after: &mut Catalogue| after.offerings[0].description = Text::english("Something else.");
        assert_eq!(lines(described), [format!("changed    {name}: texts, conditions or dates")]);
        let swapped = |after: &mut Catalogue| after.offerings[0].characteristics.reverse();
        assert_eq!(lines(swapped), [format!("changed    {name}: the order of its questions")]);
        assert_eq!(lines(|after| after.letters.clear()), ["changed    letters of agency"]);
        assert_eq!(lines(|after| after.streets.clear()), ["changed    places served"]);
        assert_eq!(lines(|after| after.terms_of_service.clear()), ["changed    terms of service"]);
    }
}
