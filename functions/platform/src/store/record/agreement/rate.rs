//! Rates, as they are stored: a subject as one text, a rate as an amount or a share.

use jiff::civil::Date;
use order_manager::agreement::{Agreed, Carried, LoopQuote, Rate, RateLine, RateSubject, VolumeTier};
use order_manager::id::DocumentId;
use order_manager::money::{Money, Percent};
use serde::{Deserialize, Serialize};

use super::super::as_text::AsText;
use super::each;

pub(in crate::store) type SubjectRecord = AsText<RateSubject>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct RateLineRecord {
    document: DocumentId,
    subject: SubjectRecord,
    agreed: AgreedRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    off_net: Option<LoopQuoteRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AgreedRecord {
    Flat(RateRecord),
    ByVolume(Vec<TierRecord>),
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct TierRecord {
    from: u32,
    rate: RateRecord,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum RateRecord {
    Amount(Money),
    Off(Percent),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LoopQuoteRecord {
    supplier: Box<str>,
    reference: Box<str>,
    monthly: Money,
    expires: Date,
}

impl From<RateLine> for RateLineRecord {
    fn from(RateLine { document, subject, agreed, carried }: RateLine) -> Self {
        let agreed = match agreed {
            Agreed::Flat(rate) => AgreedRecord::Flat(rate.into()),
            Agreed::ByVolume(tiers) => AgreedRecord::ByVolume(each(tiers)),
        };
        let off_net = match carried {
            Carried::OnNet => None,
            Carried::OffNet(LoopQuote { supplier, reference, monthly, expires }) => {
                Some(LoopQuoteRecord { supplier, reference, monthly, expires })
            }
        };
        Self { document, subject: AsText(subject), agreed, off_net }
    }
}

impl From<RateLineRecord> for RateLine {
    fn from(RateLineRecord { document, subject, agreed, off_net }: RateLineRecord) -> Self {
        let agreed = match agreed {
            AgreedRecord::Flat(rate) => Agreed::Flat(rate.into()),
            AgreedRecord::ByVolume(tiers) => Agreed::ByVolume(each(tiers)),
        };
        let carried = off_net.map_or(Carried::OnNet, |LoopQuoteRecord { supplier, reference, monthly, expires }| {
            Carried::OffNet(LoopQuote { supplier, reference, monthly, expires })
        });
        Self { document, subject: subject.0, agreed, carried }
    }
}

impl From<VolumeTier> for TierRecord {
    fn from(VolumeTier { from, rate }: VolumeTier) -> Self {
        Self { from, rate: rate.into() }
    }
}

impl From<TierRecord> for VolumeTier {
    fn from(TierRecord { from, rate }: TierRecord) -> Self {
        Self { from, rate: rate.into() }
    }
}

impl From<Rate> for RateRecord {
    fn from(rate: Rate) -> Self {
        match rate {
            Rate::Amount(amount) => Self::Amount(amount),
            Rate::Off(percent) => Self::Off(percent),
        }
    }
}

impl From<RateRecord> for Rate {
    fn from(record: RateRecord) -> Self {
        match record {
            RateRecord::Amount(amount) => Self::Amount(amount),
            RateRecord::Off(percent) => Self::Off(percent),
        }
    }
}
