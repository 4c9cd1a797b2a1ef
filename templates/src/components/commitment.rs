//! What a customer has spent of what an agreement commits them to in a year, and what an order adds to it.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::money::Money;

use crate::messages::Words;

/// How far a year's commitment is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitmentMeter {
    /// What is to be spent in the year.
    pub committed: Money,
    /// What counts to it so far.
    pub spent: Money,
    /// What the order at hand adds to it within the year, where there is one.
    pub adds: Option<Money>,
    /// The year's last day.
    pub until: Date,
}

/// The meter, said in words as well.
#[must_use]
pub fn commitment_meter(words: &Words, meter: &CommitmentMeter) -> Markup {
    let reached = meter.adds.and_then(|adds| meter.spent.plus(adds).ok()).unwrap_or(meter.spent);
    let spent = [
        ("spent", meter.spent.to_string().into()),
        ("committed", meter.committed.to_string().into()),
        ("date", words.short_date(meter.until).into()),
    ];
    let missing = Money::new(meter.committed.minor().saturating_sub(reached.minor()), meter.committed.currency());
    html! {
        div .field {
            label for="commitment" { (words.text("commitment-label")) }
            meter #commitment min="0" max=(meter.committed.minor()) value=(reached.minor()) {}
            p { (words.with("commitment-spent", &spent)) }
            @if let Some(adds) = meter.adds {
                p { (words.with("commitment-adds", &[("adds", adds.to_string().into()), ("reached", reached.to_string().into())])) }
            }
            @if missing.minor() > 0 {
                p .about { (words.with("commitment-missing", &[("missing", missing.to_string().into())])) }
            } @else {
                p .about { (words.text("commitment-met")) }
            }
        }
    }
}
