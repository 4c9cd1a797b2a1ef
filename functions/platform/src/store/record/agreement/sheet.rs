//! What orders are priced by, as it is stored: with the customer, and in the orders themselves.

use jiff::civil::Date;
use order_manager::agreement::{AgreedEnd, AgreementReference, RateSheet, YearSpend};
use order_manager::catalogue::EarlyTermination;
use order_manager::id::{AgreementId, CustomerId};
use order_manager::money::Money;
use order_manager::order::UnderAgreement;
use serde::{Deserialize, Serialize};

use super::super::as_text::AsText;
use super::each;
use super::rate::RateLineRecord;
use super::terms::{CommitmentRecord, SitesRecord};

/// An agreement as an order names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ReferenceRecord {
    id: AsText<AgreementId>,
    version: u32,
    name: Box<str>,
}

/// What orders are priced by. `until` is a text that sorts as its day, for a condition to look at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct RateSheetRecord {
    agreement: ReferenceRecord,
    customer: AsText<CustomerId>,
    sites: SitesRecord,
    from: Date,
    until: Date,
    lines: Vec<RateLineRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<CommitmentRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ending: Option<AgreedEndRecord>,
}

/// What is agreed about the end of services.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AgreedEndRecord {
    early_termination: EarlyTermination,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    together: Option<Date>,
}

impl From<AgreedEnd> for AgreedEndRecord {
    fn from(AgreedEnd { early_termination, together }: AgreedEnd) -> Self {
        Self { early_termination, together }
    }
}

impl From<AgreedEndRecord> for AgreedEnd {
    fn from(AgreedEndRecord { early_termination, together }: AgreedEndRecord) -> Self {
        Self { early_termination, together }
    }
}

/// What an order is priced by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct UnderRecord {
    sheet: RateSheetRecord,
    year: usize,
    year_ends: Date,
    in_place: Money,
}

impl From<AgreementReference> for ReferenceRecord {
    fn from(AgreementReference { id, version, name }: AgreementReference) -> Self {
        Self { id: AsText(id), version, name }
    }
}

impl From<ReferenceRecord> for AgreementReference {
    fn from(ReferenceRecord { id, version, name }: ReferenceRecord) -> Self {
        Self { id: id.0, version, name }
    }
}

impl From<RateSheet> for RateSheetRecord {
    fn from(RateSheet { agreement, customer, sites, from, until, lines, commitment, ending }: RateSheet) -> Self {
        Self {
            agreement: agreement.into(),
            customer: AsText(customer),
            sites: sites.into(),
            from,
            until,
            lines: each(lines),
            commitment: commitment.map(Into::into),
            ending: ending.map(Into::into),
        }
    }
}

impl From<RateSheetRecord> for RateSheet {
    fn from(RateSheetRecord { agreement, customer, sites, from, until, lines, commitment, ending }: RateSheetRecord) -> Self {
        Self {
            agreement: agreement.into(),
            customer: customer.0,
            sites: sites.into(),
            from,
            until,
            lines: each(lines),
            commitment: commitment.map(Into::into),
            ending: ending.map(Into::into),
        }
    }
}

impl From<UnderAgreement> for UnderRecord {
    fn from(UnderAgreement { sheet, spend: YearSpend { year, ends, in_place } }: UnderAgreement) -> Self {
        Self { sheet: sheet.into(), year, year_ends: ends, in_place }
    }
}

impl From<UnderRecord> for UnderAgreement {
    fn from(UnderRecord { sheet, year, year_ends, in_place }: UnderRecord) -> Self {
        Self { sheet: sheet.into(), spend: YearSpend { year, ends: year_ends, in_place } }
    }
}
