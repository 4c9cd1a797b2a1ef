//! What an item does, as it is stored.

use order_manager::address::GeographicAddress;
use order_manager::order::Action;
use serde::{Deserialize, Serialize};

use super::customer::ProductRecord;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::store) enum ActionRecord {
    #[default]
    Add,
    Modify(ProductRecord),
    Move {
        product: ProductRecord,
        from: GeographicAddress,
    },
    Disconnect(ProductRecord),
    Suspend(ProductRecord),
    Restore(ProductRecord),
}

impl From<Action> for ActionRecord {
    fn from(action: Action) -> Self {
        match action {
            Action::Add => Self::Add,
            Action::Modify(product) => Self::Modify(product.into()),
            Action::Move { product, from } => Self::Move { product: product.into(), from },
            Action::Disconnect(product) => Self::Disconnect(product.into()),
            Action::Suspend(product) => Self::Suspend(product.into()),
            Action::Restore(product) => Self::Restore(product.into()),
        }
    }
}

impl From<ActionRecord> for Action {
    fn from(record: ActionRecord) -> Self {
        match record {
            ActionRecord::Add => Self::Add,
            ActionRecord::Modify(product) => Self::Modify(product.into()),
            ActionRecord::Move { product, from } => Self::Move { product: product.into(), from },
            ActionRecord::Disconnect(product) => Self::Disconnect(product.into()),
            ActionRecord::Suspend(product) => Self::Suspend(product.into()),
            ActionRecord::Restore(product) => Self::Restore(product.into()),
        }
    }
}
