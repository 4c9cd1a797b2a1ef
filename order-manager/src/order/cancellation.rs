//! What cancelling a placed order costs, and until when it can be had.

use crate::catalogue::Recall;
use crate::id::OrderItemId;
use crate::money::Money;
use crate::order::{ItemState, Placed, PlacedItem, ReachedMilestone};
use crate::pricing::PriceLine;

/// The milestone that an order reaches by being received: nothing that costs anything has been done for it yet.
const FREE: &str = "accepted";

/// What cancelling costs today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What is charged: for each item on which work has begun, what bringing it in costs once.
    pub charge: Money,
    /// The items that can't be cancelled any more. With any of them the order can't be.
    pub irrevocable: Vec<OrderItemId>,
}

/// From where on an item can't be called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Irrevocable<'a> {
    /// From this milestone on, which lies ahead.
    From(&'a ReachedMilestone),
    /// When it works.
    WhenItWorks,
    /// Already.
    Now,
}

impl PlacedItem {
    /// From where on the item can't be changed or cancelled.
    #[must_use]
    pub fn irrevocable(&self) -> Irrevocable<'_> {
        if !self.is_open() {
            return Irrevocable::Now;
        }
        match self.milestones.iter().find(|milestone| milestone.recall == Recall::Impossible) {
            Some(milestone) if milestone.reached.is_some() => Irrevocable::Now,
            Some(milestone) => Irrevocable::From(milestone),
            None => Irrevocable::WhenItWorks,
        }
    }

    /// Whether work has begun that has to be paid.
    fn is_begun(&self) -> bool {
        self.milestones.iter().any(|milestone| milestone.reached.is_some() && milestone.id.as_str() != FREE)
    }
}

impl Placed {
    /// What cancelling the order costs as it stands.
    #[must_use]
    pub fn assess(&self) -> Assessment {
        let begun = |id| self.items.iter().any(|item| item.id == id && item.is_open() && item.is_begun());
        let once = self.price.lines.iter().filter(|line| begun(line.item)).filter_map(PriceLine::once);
        // What was agreed adds up: it did when the order was placed.
        let charge = Money::sum(self.price.currency, once).unwrap_or(Money::zero(self.price.currency));
        let is_over =
            |item: &&PlacedItem| item.state == ItemState::Completed || (item.is_open() && item.irrevocable() == Irrevocable::Now);
        Assessment { charge, irrevocable: self.items.iter().filter(is_over).map(|item| item.id).collect() }
    }
}
