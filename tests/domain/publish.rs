//! A new version of a catalogue, as an operator might publish it while customers are in the middle of an order.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use order_manager::catalogue::{Amount, Catalogue, Charge, ProductOffering, TermsOfService};
use order_manager::characteristic::{Need, ValueType};
use order_manager::id::Version;
use order_manager::money::Money;
use order_manager::text::Text;

use crate::dice::Dice;
use crate::world::REPOSITORY;

/// The next version of a catalogue: one thing in it is another.
pub(crate) fn publish(catalogue: &Catalogue, today: Date, dice: &mut Dice) -> Catalogue {
    let mut next = catalogue.clone();
    next.version = Version(format!("{}+", catalogue.version).into());
    let which = dice.below(next.offerings.len());
    let change = dice.below(8);
    if change == 0 && next.offerings.len() > 1 {
        next.offerings.remove(which);
        return next;
    }
    let offering = &mut next.offerings[which];
    match change {
        1 => offering.sold_until = Some(today.saturating_sub(1.day())),
        2 => offering.characteristics.iter_mut().map(Arc::make_mut).for_each(|question| question.need = Need::Required),
        3 => offering.characteristics.iter_mut().map(Arc::make_mut).for_each(|question| match &mut question.value {
            ValueType::Choice(options) | ValueType::Choices { options, .. } if options.len() > 1 => {
                options.remove(dice.below(options.len()));
            }
            _ => {}
        }),
        4 => next.letters.iter_mut().for_each(|letter| letter.paragraphs.push(Text::english("And so on."))),
        5 => next.terms_of_service.push(TermsOfService { version: next.version.clone(), from: today, sections: vec![] }),
        6 => offering.prices.clear(),
        _ => raise(offering, 100),
    }
    next
}

/// A next version in which every price that is not by volume is so much more.
pub(crate) fn dearer(catalogue: &Catalogue, by: i64) -> Catalogue {
    let mut next = catalogue.clone();
    next.version = Version(format!("{}+", catalogue.version).into());
    next.offerings.iter_mut().for_each(|offering| raise(offering, by));
    next
}

/// The same catalogue, in which an offering has a broadband label of the real one's.
pub(crate) fn labelled(catalogue: &Catalogue, offering: &str) -> Catalogue {
    let labels = REPOSITORY.offerings.iter().flat_map(|offering| &offering.labels);
    let mut next = catalogue.clone();
    let offering = next.offerings.iter_mut().find(|candidate| candidate.id.as_str() == offering).expect("the offering");
    offering.labels = labels.take(1).cloned().collect();
    next
}

/// A catalogue in which a value is not offered any more.
pub(crate) fn without_option(catalogue: &Catalogue, offering: &str, question: &str, value: &str) -> Catalogue {
    let mut next = catalogue.clone();
    let offering = next.offerings.iter_mut().find(|candidate| candidate.id.as_str() == offering).expect("the offering");
    let mut questions = offering.characteristics.iter_mut().map(Arc::make_mut);
    let question = questions.find(|one| one.id.as_str() == question).expect("the question");
    if let ValueType::Choice(options) | ValueType::Choices { options, .. } = &mut question.value {
        options.retain(|option| option.id.as_str() != value);
    }
    next
}

/// A catalogue in which an offering is sold until a day.
pub(crate) fn withdrawn(catalogue: &Catalogue, offering: &str, until: Date) -> Catalogue {
    let mut next = catalogue.clone();
    let offering = next.offerings.iter_mut().find(|candidate| candidate.id.as_str() == offering).expect("the offering");
    offering.sold_until = Some(until);
    next
}

fn raise(offering: &mut ProductOffering, by: i64) {
    for price in &mut offering.prices {
        if let Charge::OneTime { amount: Amount::Flat(amount) } | Charge::Recurring { amount: Amount::Flat(amount) } =
            &mut price.charge
        {
            *amount = Money::new(amount.minor() + by, amount.currency());
        }
    }
}
