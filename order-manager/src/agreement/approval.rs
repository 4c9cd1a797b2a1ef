//! What has to be approved, and by whom.

use jiff::Timestamp;

use super::table::{PriceRow, price_table};
use super::{AgreementVersion, RateSubject, Wording};
use crate::access::StaffMember;
use crate::catalogue::{ApprovalRule, Catalogue, Threshold};
use crate::id::{ApprovalLevelId, ApprovalRuleId, ClauseId};
use crate::money::{Money, MoneyError, Percent};

/// Something that has to be approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalNeed {
    /// By which rule.
    pub rule: ApprovalRuleId,
    /// On which level.
    pub level: ApprovalLevelId,
    /// What of the agreement asks for it.
    pub because: Vec<Because>,
}

/// Why a rule asks for approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// So much is taken off this price.
    Discount(RateSubject, Percent),
    /// So much is left of this price.
    Margin(RateSubject, Percent),
    /// So much is committed to.
    Value(Money),
    /// This clause is not the standard one.
    Clause(ClauseId),
}

/// An approval that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// On which level.
    pub level: ApprovalLevelId,
    /// By whom.
    pub by: StaffMember,
    /// When.
    pub at: Timestamp,
}

/// What has to be approved of a version before it is sent, the lowest level first.
///
/// # Errors
/// When the amounts are beyond reckoning.
pub fn needs(version: &AgreementVersion, catalogue: &Catalogue) -> Result<Vec<ApprovalNeed>, MoneyError> {
    let Some(negotiation) = &catalogue.negotiation else { return Ok(vec![]) };
    let rows = price_table(version, catalogue)?;
    let value = match &version.terms.commitment {
        Some(commitment) => commitment.over(version.terms.term.months)?,
        None => None,
    };
    let mut needs = vec![];
    for level in &negotiation.levels {
        for rule in negotiation.rules.iter().filter(|rule| rule.level == level.id) {
            let because = because(rule, version, &rows, value);
            if !because.is_empty() {
                needs.push(ApprovalNeed { rule: rule.id.clone(), level: level.id.clone(), because });
            }
        }
    }
    Ok(needs)
}

fn because(rule: &ApprovalRule, version: &AgreementVersion, rows: &[PriceRow], value: Option<Money>) -> Vec<Because> {
    match rule.when {
        Threshold::DiscountAbove(_) | Threshold::MarginBelow(_) => {
            rows.iter().filter(|row| row.is_caught_by(rule.when)).map(|row| row.because(rule.when)).collect()
        }
        Threshold::ValueAbove(most) => {
            value.filter(|value| value.minor() > most.minor()).map(Because::Value).into_iter().collect()
        }
        Threshold::ClauseChanged => {
            let changed = version.terms.clauses.iter().filter(|clause| clause.wording != Wording::Standard);
            changed.map(|clause| Because::Clause(clause.id.clone())).collect()
        }
    }
}

/// The level that approves next: the first that has to and has not.
#[must_use]
pub fn next_level<'a>(needs: &'a [ApprovalNeed], given: &[Given]) -> Option<&'a ApprovalLevelId> {
    needs.iter().map(|need| &need.level).find(|level| !given.iter().any(|given| given.level == **level))
}
