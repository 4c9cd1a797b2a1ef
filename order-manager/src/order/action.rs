//! What is done about a service: brought in, changed, moved, ended, rested.

use crate::address::GeographicAddress;
use crate::catalogue::Change;
use crate::id::{CharacteristicId, ProductId};
use crate::party::Product;
use crate::value::Answers;

/// What an order item does. In TM Forum's words (TMF622 v4, action) bringing in is `add`, changing, resting and restoring are
/// `modify`, ending is `delete`, and a move is a `delete` and an `add` that belong together.
///
/// A service in place goes with it as it was when the order began, so that the order says all of it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A new service.
    Add,
    /// Other options for a service in place.
    Modify(Product),
    /// A service in place elsewhere comes to the order's place, with its number and its term.
    Move {
        /// The service.
        product: Product,
        /// Where it was.
        from: GeographicAddress,
    },
    /// A service in place ends.
    Disconnect(Product),
    /// A service in place rests.
    Suspend(Product),
    /// A service that rests goes on.
    Restore(Product),
}

/// What an item asks: what its offering does, or what the change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The offering's questions.
    OfOffering,
    /// The questions of a change, the same for every offering.
    OfChange(Change),
}

impl Action {
    /// The service in place, where there is one.
    #[must_use]
    pub const fn product(&self) -> Option<&Product> {
        match self {
            Self::Add => None,
            Self::Modify(product)
            | Self::Move { product, .. }
            | Self::Disconnect(product)
            | Self::Suspend(product)
            | Self::Restore(product) => Some(product),
        }
    }

    /// Which questions it asks.
    #[must_use]
    pub const fn asks(&self) -> Asks {
        match self {
            Self::Add | Self::Modify(_) | Self::Move { .. } => Asks::OfOffering,
            Self::Disconnect(_) => Asks::OfChange(Change::Disconnect),
            Self::Suspend(_) => Asks::OfChange(Change::Suspend),
            Self::Restore(_) => Asks::OfChange(Change::Restore),
        }
    }

    /// Whether the service as the item describes it is at the order's place afterwards.
    #[must_use]
    pub const fn brings(&self) -> bool {
        matches!(self.asks(), Asks::OfOffering)
    }

    /// Whether the service in place, as it is, is gone from the order's place afterwards.
    #[must_use]
    pub const fn replaces(&self) -> bool {
        matches!(self, Self::Modify(_) | Self::Disconnect(_))
    }

    /// Whether these answers are what they are in place already: what they ask for is there.
    pub fn stays<'a>(&self, answers: &Answers, mut of: impl Iterator<Item = &'a CharacteristicId>) -> bool {
        self.product().is_some_and(|product| of.all(|id| answers.get(id) == product.answers.get(id)))
    }

    /// Whether a place is the service's own: nothing has to be brought there again.
    #[must_use]
    pub const fn is_in_place(&self) -> bool {
        matches!(self, Self::Modify(_))
    }

    /// The id of the service in place.
    #[must_use]
    pub fn product_id(&self) -> Option<ProductId> {
        self.product().map(|product| product.id)
    }
}
