//! What staff added to an order before it was placed, as it is stored.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::id::{CharacteristicId, OfferingId, OrderId, OrderItemId};
use order_manager::order::{Approval, GivenDiscount, LeftOut, Quote, QuoteRound, QuoteStanding, Repeats, Returned, Selling};
use serde::{Deserialize, Serialize};

use super::access::{ActedByRecord, StaffMemberRecord};
use super::as_text::AsText;
use super::each;
use super::price::PricedRecord;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::store) struct SellingRecord {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    discounts: Vec<GivenDiscountRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<QuoteRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    returned: Option<ReturnedRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<RepeatsRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct RepeatsRecord {
    of: AsText<OrderId>,
    left_out: Vec<LeftOutRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LeftOutRecord {
    offering: OfferingId,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<CharacteristicId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct GivenDiscountRecord {
    item: AsText<OrderItemId>,
    percent: u8,
    months: u16,
    reason: Box<str>,
    given_by: StaffMemberRecord,
    approval: ApprovalRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ApprovalRecord {
    NotNeeded,
    Open,
    Given { by: StaffMemberRecord, at: Timestamp },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ReturnedRecord {
    by: StaffMemberRecord,
    at: Timestamp,
    reason: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct QuoteRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    opportunity: Option<Box<str>>,
    earlier: Vec<QuoteRoundRecord>,
    round: QuoteRoundRecord,
    standing: QuoteStandingRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct QuoteRoundRecord {
    issued: Timestamp,
    issued_by: StaffMemberRecord,
    valid_until: Date,
    priced: PricedRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum QuoteStandingRecord {
    Open,
    Accepted { by: ActedByRecord, at: Timestamp },
    Withdrawn,
}

impl SellingRecord {
    /// Whether there is nothing in it.
    pub(in crate::store) const fn is_empty(&self) -> bool {
        self.discounts.is_empty() && self.quote.is_none() && self.returned.is_none() && self.repeats.is_none()
    }
}

impl From<Selling> for SellingRecord {
    fn from(Selling { discounts, quote, returned, repeats }: Selling) -> Self {
        let (quote, returned) = (quote.map(Into::into), returned.map(Into::into));
        Self { discounts: each(discounts), quote, returned, repeats: repeats.map(Into::into) }
    }
}

impl From<SellingRecord> for Selling {
    fn from(SellingRecord { discounts, quote, returned, repeats }: SellingRecord) -> Self {
        let (quote, returned) = (quote.map(Into::into), returned.map(Into::into));
        Self { discounts: each(discounts), quote, returned, repeats: repeats.map(Into::into) }
    }
}

impl From<Repeats> for RepeatsRecord {
    fn from(Repeats { of, left_out }: Repeats) -> Self {
        let each = |LeftOut { offering, question }| LeftOutRecord { offering, question };
        Self { of: AsText(of), left_out: left_out.into_iter().map(each).collect() }
    }
}

impl From<RepeatsRecord> for Repeats {
    fn from(RepeatsRecord { of, left_out }: RepeatsRecord) -> Self {
        let each = |LeftOutRecord { offering, question }| LeftOut { offering, question };
        Self { of: of.0, left_out: left_out.into_iter().map(each).collect() }
    }
}

impl From<GivenDiscount> for GivenDiscountRecord {
    fn from(GivenDiscount { item, percent, months, reason, given_by, approval }: GivenDiscount) -> Self {
        let approval = match approval {
            Approval::NotNeeded => ApprovalRecord::NotNeeded,
            Approval::Open => ApprovalRecord::Open,
            Approval::Given { by, at } => ApprovalRecord::Given { by: by.into(), at },
        };
        Self { item: AsText(item), percent, months, reason, given_by: given_by.into(), approval }
    }
}

impl From<GivenDiscountRecord> for GivenDiscount {
    fn from(GivenDiscountRecord { item, percent, months, reason, given_by, approval }: GivenDiscountRecord) -> Self {
        let approval = match approval {
            ApprovalRecord::NotNeeded => Approval::NotNeeded,
            ApprovalRecord::Open => Approval::Open,
            ApprovalRecord::Given { by, at } => Approval::Given { by: by.into(), at },
        };
        Self { item: item.0, percent, months, reason, given_by: given_by.into(), approval }
    }
}

impl From<Returned> for ReturnedRecord {
    fn from(Returned { by, at, reason }: Returned) -> Self {
        Self { by: by.into(), at, reason }
    }
}

impl From<ReturnedRecord> for Returned {
    fn from(ReturnedRecord { by, at, reason }: ReturnedRecord) -> Self {
        Self { by: by.into(), at, reason }
    }
}

impl From<Quote> for QuoteRecord {
    fn from(Quote { opportunity, earlier, round, standing }: Quote) -> Self {
        let standing = match standing {
            QuoteStanding::Open => QuoteStandingRecord::Open,
            QuoteStanding::Accepted { by, at } => QuoteStandingRecord::Accepted { by: by.into(), at },
            QuoteStanding::Withdrawn => QuoteStandingRecord::Withdrawn,
        };
        Self { opportunity, earlier: each(earlier), round: round.into(), standing }
    }
}

impl From<QuoteRecord> for Quote {
    fn from(QuoteRecord { opportunity, earlier, round, standing }: QuoteRecord) -> Self {
        let standing = match standing {
            QuoteStandingRecord::Open => QuoteStanding::Open,
            QuoteStandingRecord::Accepted { by, at } => QuoteStanding::Accepted { by: by.into(), at },
            QuoteStandingRecord::Withdrawn => QuoteStanding::Withdrawn,
        };
        Self { opportunity, earlier: each(earlier), round: round.into(), standing }
    }
}

impl From<QuoteRound> for QuoteRoundRecord {
    fn from(QuoteRound { issued, issued_by, valid_until, priced }: QuoteRound) -> Self {
        Self { issued, issued_by: issued_by.into(), valid_until, priced: priced.into() }
    }
}

impl From<QuoteRoundRecord> for QuoteRound {
    fn from(QuoteRoundRecord { issued, issued_by, valid_until, priced }: QuoteRoundRecord) -> Self {
        Self { issued, issued_by: issued_by.into(), valid_until, priced: priced.into() }
    }
}
