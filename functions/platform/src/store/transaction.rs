//! Several rows written together or not at all.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, TransactWriteItem};
use order_manager::inventory::Resource;

use super::StoreError;
use super::record::Row;
use super::retry::Tries;

/// The most actions of one transaction.
pub(super) const MOST_ACTIONS: usize = 100;

/// One row of a transaction, and what it means when its condition fails.
#[derive(Clone)]
pub(super) struct Action {
    pub(super) about: About,
    pub(super) write: TransactWriteItem,
}

/// What a row of a transaction is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The order: somebody else has changed it.
    Order,
    /// Something taken: somebody else has it.
    Taking(Resource),
    /// Something given back: it was not ours any more, and the rest stands.
    Freeing,
    /// A pointer: it has no condition.
    Pointer,
    /// The row of a project: somebody else has ordered it.
    ProjectRow,
    /// What a partner sent: it is there already, or has changed.
    PartnerRow,
    /// What prices the order under an agreement: that has changed.
    Rates,
    /// Who did it: somebody else has added to the trail.
    Trail,
}

/// Why a transaction was not carried out.
pub(super) enum Refused {
    /// The order is not as it was; its row as it is, when it was to be had.
    Order(Option<Row>),
    /// Anything else.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Carries a transaction out. When all that stands in its way is that something to be given back is not ours any more, it is
/// carried out without that; when it meets another transaction, it is tried again.
pub(super) async fn run(client: &Client, mut actions: Vec<Action>) -> Result<(), Refused> {
    if actions.len() > MOST_ACTIONS {
        return Err(StoreError::TooLarge.into());
    }
    let mut tries = Tries::new();
    loop {
        let writes = actions.iter().map(|action| action.write.clone()).collect();
        let Err(error) = client.transact_write_items().set_transact_items(Some(writes)).send().await else {
            return Ok(());
        };
        let cancelled = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => cancelled,
            // An earlier try whose answer was lost is still under way; the next finds what came of it.
            Some(TransactWriteItemsError::TransactionInProgressException(_)) if tries.next().await => continue,
            _ => return Err(StoreError::from(error).into()),
        };
        let reasons = cancelled.cancellation_reasons();
        if reasons.len() != actions.len() {
            return Err(StoreError::from(error).into());
        }
        if let Some(refused) = refusal(&actions, reasons) {
            return Err(refused);
        }
        let freed: Vec<_> = reasons.iter().map(condition_failed).collect();
        let busy = reasons.iter().filter_map(CancellationReason::code).find(|code| is_busy(code));
        match busy {
            Some(code) if !tries.next().await => {
                return Err(StoreError::Unavailable(format!("a transaction was cancelled again and again: {code}")).into());
            }
            None if !freed.contains(&true) => return Err(StoreError::from(error).into()),
            _ => {}
        }
        let mut freed = freed.into_iter();
        actions.retain(|_| freed.next() != Some(true));
    }
}

/// What the reasons say about what was to be saved or taken: the order first, since who reads it again sees the rest.
fn refusal(actions: &[Action], reasons: &[CancellationReason]) -> Option<Refused> {
    let failed = || actions.iter().zip(reasons).filter(|(_, reason)| condition_failed(reason));
    if let Some((_, reason)) = failed().find(|(action, _)| action.about == About::Order) {
        return Some(Refused::Order(reason.item.clone()));
    }
    failed().find_map(|(action, _)| match &action.about {
        About::Taking(resource) => Some(Refused::Store(StoreError::Taken(resource.clone()))),
        About::ProjectRow | About::PartnerRow | About::Trail => Some(Refused::Store(StoreError::Conflict)),
        About::Rates => Some(Refused::Store(StoreError::RatesChanged)),
        About::Order | About::Freeing | About::Pointer => None,
    })
}

fn condition_failed(reason: &CancellationReason) -> bool {
    reason.code() == Some("ConditionalCheckFailed")
}

/// Whether a reason passes with time.
fn is_busy(code: &str) -> bool {
    matches!(code, "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded")
}
