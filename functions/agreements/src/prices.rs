//! The price table: reading what was typed, and what its buttons do.

use std::borrow::Cow;
use std::collections::BTreeSet;

use http::StatusCode;
use lambda_http::{Body, Response};
use order_manager::agreement::{
    Agreed, Carried, Edit, Group, LoopQuote, Rate, RateLine, Terms, VolumeTier, read_amount, read_percent, read_rate,
};
use order_manager::catalogue::DocumentKind;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{DocumentId, OfferingId};
use order_manager::money::Currency;
use platform::{App, Incoming, PageError};
use templates::components::select::SelectOption;
use templates::messages::Words;
use templates::pages::agreement::Tab;
use templates::pages::agreement::prices::{
    ADDED, Button, EVERYTHING, EXPIRES, GROUP, GROUP_PERCENT, LOOP, LOOP_MONTHLY, REFERENCE, SUPPLIER, TAKEN_OUT, group_family,
    line_of,
};

use crate::deal::Deal;
use crate::pages::wrong;
use crate::terms::{day_in, saved_as};

/// The fields beside the prices themselves.
const FIELDS: [&str; 10] =
    [GROUP, GROUP_PERCENT, ADDED, TAKEN_OUT, LOOP, SUPPLIER, REFERENCE, LOOP_MONTHLY, EXPIRES, Button::NAME];

/// How long another company's quote may hold, in days from today.
pub(crate) const LONGEST_QUOTE: i32 = 366;

/// The most steps of a price by volume that are read.
const MOST_STEPS: usize = 12;

/// What is saved, as the table's fields hold it: nothing where the list price is paid.
pub(crate) fn saved(terms: &Terms) -> Entered {
    terms.rates.iter().map(|line| (line.field(), typed(&line.agreed))).collect()
}

/// A price as people type it.
fn typed(agreed: &Agreed) -> String {
    let one = |rate: Rate| match rate {
        Rate::Amount(amount) => amount.to_string(),
        Rate::Off(percent) => format!("{percent}%"),
    };
    match agreed {
        agreed if agreed.is_list() => String::new(),
        Agreed::Flat(rate) => one(*rate),
        Agreed::ByVolume(tiers) => {
            let step = |tier: &VolumeTier| match tier.from {
                1 => one(tier.rate),
                from => format!("{from}+ {}", one(tier.rate)),
            };
            tiers.iter().map(step).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Reads a price: an amount or a discount, in steps where units are counted; nothing is the list price.
fn read(text: &str, currency: Currency) -> Result<Agreed, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Agreed::Flat(Rate::LIST));
    }
    if !text.contains('+') {
        return read_rate(text, currency).map(Agreed::Flat);
    }
    let steps: Vec<_> = text.split(", ").collect();
    if steps.len() > MOST_STEPS {
        return Err(Reason::WrongCount { min: 1, max: MOST_STEPS });
    }
    let step = |step: &&str| match step.split_once('+') {
        None => read_rate(step, currency).map(|rate| VolumeTier { from: 1, rate }),
        Some((from, rate)) => {
            let from = from.trim().parse().map_err(|_| Reason::Said("prices-tiers"))?;
            read_rate(rate, currency).map(|rate| VolumeTier { from, rate })
        }
    };
    let tiers = steps.iter().map(step).collect::<Result<Vec<_>, _>>()?;
    let ascend = tiers.windows(2).all(|pair| matches!(pair, [one, other] if one.from < other.from));
    if ascend && tiers.first().is_some_and(|first| first.from == 1) {
        Ok(Agreed::ByVolume(tiers))
    } else {
        Err(Reason::Said("prices-tiers"))
    }
}

/// The services that can be added to the agreement.
pub(crate) fn to_add(deal: &Deal) -> Vec<SelectOption<'_>> {
    let words = Words::english();
    let rates = &deal.value().version().terms.rates;
    let kind = deal.value().customer.kind;
    let sold =
        deal.catalogue.offerings.iter().filter(|offering| offering.sold_to.contains(&kind) && offering.is_sold_on(deal.today));
    let new = sold.filter(|offering| rates.iter().all(|line| line.subject.offering != offering.id));
    new.map(|offering| SelectOption {
        value: offering.id.as_str().into(),
        label: offering.name.in_language(words.language()).into(),
        unavailable: None,
    })
    .collect()
}

pub(crate) async fn save(app: &App, deal: &Deal, incoming: &Incoming) -> Result<Response<Body>, PageError> {
    let entered = &incoming.entered;
    let known = |name: &str| FIELDS.contains(&name) || line_of(name).is_some();
    if !entered.names().all(known) {
        return Err(PageError::Unprocessable);
    }
    if let Some((status, error)) = deal.stale(incoming) {
        return wrong(app, deal, Tab::Prices, entered, status, &[error]).await;
    }
    match edits(deal, entered) {
        Ok(edits) => {
            let named = |field: &str| match field {
                "percent" => GROUP_PERCENT.to_owned(),
                "offering" | "document" => ADDED.to_owned(),
                line => line.to_owned(),
            };
            saved_as(app, deal, incoming, Tab::Prices, edits, named).await
        }
        Err(Undone::Wrong(errors)) => wrong(app, deal, Tab::Prices, entered, StatusCode::UNPROCESSABLE_ENTITY, &errors).await,
        Err(Undone::Page(error)) => Err(error),
    }
}

/// Why the table was not read.
enum Undone {
    /// What is wrong with it.
    Wrong(Vec<FieldError>),
    /// No page of ours sends it.
    Page(PageError),
}

/// What the table changes: its prices, and what the pressed button does.
fn edits(deal: &Deal, entered: &Entered) -> Result<Vec<Edit>, Undone> {
    let button = match entered.text(Button::NAME) {
        "" => None,
        name => Some(Button::named(name).ok_or(Undone::Page(PageError::Unprocessable))?),
    };
    let mut lines = lines(deal, entered)?;
    match button {
        Some(Button::OffNet) => {
            let quote = quote(deal, entered).map_err(Undone::Wrong)?;
            carry(deal, entered, &mut lines, Carried::OffNet(quote))?;
        }
        Some(Button::OnNet) => carry(deal, entered, &mut lines, Carried::OnNet)?,
        _ => {}
    }
    let mut edits = vec![];
    if !lines.is_empty() {
        edits.push(Edit::Rates(lines));
    }
    match button {
        None | Some(Button::Reckon | Button::OffNet | Button::OnNet) => {}
        Some(Button::Add) => {
            let id = entered.required(ADDED).map_err(|error| Undone::Wrong(vec![error]))?;
            let offering: OfferingId = id.parse().map_err(|_| Undone::Wrong(vec![FieldError::new(ADDED, Reason::NotAChoice)]))?;
            let document = document(deal).ok_or(Undone::Page(PageError::Broken("an agreement has no document")))?;
            edits.push(Edit::AddOffering(document, offering));
        }
        Some(Button::TakeOut) => {
            let id = entered.required(TAKEN_OUT).map_err(|error| Undone::Wrong(vec![error]))?;
            let rates = &deal.value().version().terms.rates;
            let documents: BTreeSet<_> =
                rates.iter().filter(|line| line.subject.offering.as_str() == id).map(|line| &line.document).collect();
            let offering: Option<OfferingId> = id.parse().ok().filter(|_| !documents.is_empty());
            let offering = offering.ok_or_else(|| Undone::Wrong(vec![FieldError::new(TAKEN_OUT, Reason::NotAChoice)]))?;
            edits.extend(documents.into_iter().map(|document| Edit::RemoveOffering(document.clone(), offering.clone())));
        }
        Some(Button::Discount) => {
            let group = group(entered);
            let percent = entered.required(GROUP_PERCENT);
            let percent = percent.and_then(|text| read_percent(text).map_err(|reason| FieldError::new(GROUP_PERCENT, reason)));
            edits.push(match (group, percent) {
                (Ok(group), Ok(percent)) => Edit::GroupDiscount(group, percent),
                (group, percent) => return Err(Undone::Wrong([group.err(), percent.err()].into_iter().flatten().collect())),
            });
        }
        Some(Button::Reset) => edits.push(Edit::ResetToList(group(entered).map_err(|error| Undone::Wrong(vec![error]))?)),
    }
    Ok(edits)
}

/// The document that new prices stand in: the service schedule, where there is one.
fn document(deal: &Deal) -> Option<DocumentId> {
    let documents = &deal.value().version().terms.documents;
    let schedule = documents.iter().find(|document| document.kind == DocumentKind::ServiceSchedule);
    schedule.or(documents.first()).map(|document| document.id.clone())
}

fn group(entered: &Entered) -> Result<Group, FieldError> {
    match entered.required(GROUP)? {
        EVERYTHING => Ok(Group::Every),
        value if let Some(family) = group_family(value) => Ok(Group::Family(family)),
        id => id.parse().map(Group::Offering).map_err(|_| FieldError::new(GROUP, Reason::NotAChoice)),
    }
}

/// Another company's quote for a loop, as it was typed.
fn quote(deal: &Deal, entered: &Entered) -> Result<LoopQuote, Vec<FieldError>> {
    let text = |field| entered.required(field).map(Box::from);
    let monthly = entered
        .required(LOOP_MONTHLY)
        .and_then(|text| read_amount(text, deal.catalogue.currency()).map_err(|reason| FieldError::new(LOOP_MONTHLY, reason)));
    let expires = entered.required(EXPIRES).map_err(|error| vec![error]).and_then(|_| {
        let day = day_in(deal, entered, EXPIRES, LONGEST_QUOTE)?;
        day.ok_or_else(|| vec![FieldError::new(EXPIRES, Reason::Missing)])
    });
    match (text(SUPPLIER), text(REFERENCE), monthly, expires) {
        (Ok(supplier), Ok(reference), Ok(monthly), Ok(expires)) => Ok(LoopQuote { supplier, reference, monthly, expires }),
        (supplier, reference, monthly, expires) => {
            let errors = [supplier.err(), reference.err(), monthly.err()].into_iter().flatten();
            Err(errors.chain(expires.err().into_iter().flatten()).collect())
        }
    }
}

/// Puts a loop into the price that was chosen for it, beside what was typed for that.
fn carry(deal: &Deal, entered: &Entered, lines: &mut Vec<RateLine>, carried: Carried) -> Result<(), Undone> {
    let chosen = entered.required(LOOP).map_err(|error| Undone::Wrong(vec![error]))?;
    if let Some(line) = lines.iter_mut().find(|line| line.field() == chosen) {
        line.carried = carried;
        return Ok(());
    }
    let line = deal.value().version().terms.rates.iter().find(|line| line.field() == chosen);
    let line = line.ok_or_else(|| Undone::Wrong(vec![FieldError::new(LOOP, Reason::NotAChoice)]))?;
    lines.push(RateLine { carried, ..line.clone() });
    Ok(())
}

/// The lines whose price was typed otherwise than it is saved.
fn lines(deal: &Deal, entered: &Entered) -> Result<Vec<RateLine>, Undone> {
    let rates = &deal.value().version().terms.rates;
    let currency = deal.catalogue.currency();
    let (mut changed, mut errors) = (vec![], vec![]);
    for name in entered.names() {
        let Some((document, subject)) = line_of(name) else { continue };
        let line = rates.iter().find(|line| line.document == document && line.subject == subject);
        let line = line.ok_or(Undone::Page(PageError::Unprocessable))?;
        let text = entered.one(name).map(|text| text.map_or(Cow::Borrowed(""), Cow::Borrowed));
        match text.and_then(|text| read(&text, currency)) {
            Ok(agreed) if agreed != line.agreed => changed.push(RateLine { agreed, ..line.clone() }),
            Ok(_) => {}
            Err(reason) => errors.push(FieldError::new(name, reason)),
        }
    }
    if errors.is_empty() { Ok(changed) } else { Err(Undone::Wrong(errors)) }
}

#[cfg(test)]
mod tests {
    use order_manager::money::{Money, Percent};

    use super::*;

    #[test]
    fn a_price_reads_as_it_is_written() {
        let off = |percent| Rate::Off(Percent::whole(percent));
        let usd = |minor| Rate::Amount(Money::new(minor, Currency::USD));
        let steps = [(1, off(10)), (10, off(15)), (50, usd(120_050))].map(|(from, rate)| VolumeTier { from, rate });
        let rows = [Agreed::Flat(Rate::LIST), Agreed::Flat(usd(4_500)), Agreed::Flat(off(15)), Agreed::ByVolume(steps.into())];
        for agreed in rows {
            assert_eq!(read(&typed(&agreed), Currency::USD).as_ref(), Ok(&agreed), "{:?}", typed(&agreed));
        }
    }

    #[test]
    fn steps_go_up_from_one() {
        for text in ["10+ 15%", "10%, 10+ 15%, 5+ 20%", "10%, x+ 5%", "10%, -3+ 5%"] {
            assert_eq!(read(text, Currency::USD), Err(Reason::Said("prices-tiers")), "{text}");
        }
        assert_eq!(read("10%, 10+ 101%", Currency::USD), Err(Reason::NotAPercentage));
    }
}
