//! Codes that follow from what was chosen: what those who build a service read off its order.

use crate::catalogue::{DerivedCode, ProductOffering};
use crate::condition::Circumstances;
use crate::id::CodeId;
use crate::text::Text;
use crate::value::Value;

/// A code of an order item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Which.
    pub id: CodeId,
    /// What it is.
    pub label: Text,
    /// As the trade writes it.
    pub code: Box<str>,
}

/// The codes of an item of an offering in given circumstances, in the catalogue's order: one that the customer gave, or else the
/// one that follows from the answers.
#[must_use]
pub fn codes(offering: &ProductOffering, circumstances: &Circumstances<'_>) -> Vec<Code> {
    let code = |derived: &DerivedCode| {
        let given = derived.given_by.as_ref().and_then(|own| circumstances.answers.get(own));
        let code = match given {
            Some(Value::Text(own)) => own.to_uppercase().into(),
            _ => derived.cases.iter().find(|case| case.when.holds(circumstances))?.code.clone(),
        };
        Some(Code { id: derived.id.clone(), label: derived.label.clone(), code })
    };
    offering.codes.iter().filter_map(code).collect()
}
