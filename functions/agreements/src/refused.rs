//! Why something was not done about an agreement, in the words of its pages.

use order_manager::agreement::Refusal;
use order_manager::entered::{FieldError, Reason};
use platform::PageError;

/// What is wrong, at its fields where it is about any.
///
/// # Errors
/// When no page of ours sends such a thing, or an amount is beyond reckoning.
pub(crate) fn errors(refusal: Refusal) -> Result<Vec<FieldError>, PageError> {
    let said = |key| Ok(vec![FieldError::new("", Reason::Said(key))]);
    match refusal {
        Refusal::Fields(errors) | Refusal::Rates(errors) => Ok(errors),
        Refusal::NotInState(_) | Refusal::NotOver => said("agreement-refused-state"),
        Refusal::NotABusiness => said("agreement-refused-household"),
        Refusal::NotTheirDuty => said("agreement-refused-duty"),
        Refusal::NotAssigned(_) => said("agreement-refused-assigned"),
        Refusal::TheirOwn => said("approvals-own"),
        Refusal::ApprovedAlready => said("agreement-refused-twice"),
        Refusal::OutOfOrder { .. } => said("agreement-refused-order"),
        Refusal::Edited { .. } => said("agreement-changed"),
        Refusal::NeedsApproval(_) => said("agreement-refused-needs-approval"),
        Refusal::NoRates => said("agreement-refused-no-rates"),
        Refusal::NotSold(_) => said("agreement-refused-not-sold"),
        Refusal::LoopQuoteExpired(_) => said("agreement-refused-loop"),
        Refusal::TextChanged => said("acceptance-text-changed"),
        Refusal::OfferExpired(_) => said("agreement-refused-expired"),
        Refusal::Overlaps(_) => said("agreement-refused-overlaps"),
        Refusal::Unanswered(_) => said("agreement-refused-unanswered"),
        Refusal::NoSuchClause => Err(PageError::Unprocessable),
        Refusal::NothingNegotiated => Err(PageError::NotFound),
        Refusal::Money(_) => Err(PageError::Broken("an amount does not fit")),
    }
}

/// The same, with the fields called as they are on the page.
///
/// # Errors
/// As [`errors`].
pub(crate) fn named(refusal: Refusal, name: impl Fn(&str) -> String) -> Result<Vec<FieldError>, PageError> {
    let errors = errors(refusal)?;
    Ok(errors.into_iter().map(|FieldError { field, reason }| FieldError::new(name(&field), reason)).collect())
}
