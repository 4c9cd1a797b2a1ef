//! Prices as they are stored.

use std::str::FromStr;

use order_manager::id::{OrderItemId, PriceId, Version};
use order_manager::money::{Currency, Decimal, Money};
use order_manager::order::{PriceChange, Priced};
use order_manager::pricing::{LineKind, ListLine, OrderPrice, PriceLine, PricedUnder};
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::agreement::{AgreedEndRecord, ReferenceRecord};
use super::as_text::AsText;
use super::each;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct OrderPriceRecord {
    currency: AsText<CurrencyCode>,
    lines: Vec<PriceLineRecord>,
    horizon_months: u16,
    open: Vec<AsText<OrderItemId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    under: Option<PricedUnderRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct PricedUnderRecord {
    agreement: ReferenceRecord,
    list: Vec<ListLineRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ending: Option<AgreedEndRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ListLineRecord {
    item: AsText<OrderItemId>,
    price: PriceId,
    kind: LineKindRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct PricedRecord {
    catalogue: Version,
    price: OrderPriceRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct PriceChangeRecord {
    before: OrderPriceRecord,
    after: OrderPriceRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct PriceLineRecord {
    item: AsText<OrderItemId>,
    id: PriceId,
    label: Text,
    kind: LineKindRecord,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LineKindRecord {
    OneTime(Money),
    Monthly(Money),
    OneTimeDiscount(Money),
    MonthlyDiscount { amount: Money, months: Option<u16> },
    Surcharge(Money),
    Usage { rate: AsText<Decimal>, unit: Text },
}

/// A currency by its ISO code: its own display is its name.
#[derive(Clone, Copy, Debug)]
struct CurrencyCode(Currency);

impl std::fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.code())
    }
}

impl FromStr for CurrencyCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Currency::from_code(text).map(Self).ok_or(())
    }
}

impl From<OrderPrice> for OrderPriceRecord {
    fn from(OrderPrice { currency, lines, horizon_months, open, under }: OrderPrice) -> Self {
        let list = |ListLine { item, price, kind }| ListLineRecord { item: AsText(item), price, kind: kind.into() };
        let under = under.map(|under| {
            let PricedUnder { agreement, list: lines, ending } = *under;
            let list = lines.into_iter().map(list).collect();
            PricedUnderRecord { agreement: agreement.into(), list, ending: ending.map(Into::into) }
        });
        Self { currency: AsText(CurrencyCode(currency)), lines: each(lines), horizon_months, open: each(open), under }
    }
}

impl From<OrderPriceRecord> for OrderPrice {
    fn from(OrderPriceRecord { currency, lines, horizon_months, open, under }: OrderPriceRecord) -> Self {
        let list = |ListLineRecord { item, price, kind }| ListLine { item: item.0, price, kind: kind.into() };
        let under = under.map(|PricedUnderRecord { agreement, list: lines, ending }| {
            let list = lines.into_iter().map(list).collect();
            Box::new(PricedUnder { agreement: agreement.into(), list, ending: ending.map(Into::into) })
        });
        let open = open.into_iter().map(|id| id.0).collect();
        Self { currency: currency.0.0, lines: each(lines), horizon_months, open, under }
    }
}

impl From<Priced> for PricedRecord {
    fn from(Priced { catalogue, price }: Priced) -> Self {
        Self { catalogue, price: price.into() }
    }
}

impl From<PricedRecord> for Priced {
    fn from(PricedRecord { catalogue, price }: PricedRecord) -> Self {
        Self { catalogue, price: price.into() }
    }
}

impl From<PriceChange> for PriceChangeRecord {
    fn from(PriceChange { before, after }: PriceChange) -> Self {
        Self { before: before.into(), after: after.into() }
    }
}

impl From<PriceChangeRecord> for PriceChange {
    fn from(PriceChangeRecord { before, after }: PriceChangeRecord) -> Self {
        Self { before: before.into(), after: after.into() }
    }
}

impl From<PriceLine> for PriceLineRecord {
    fn from(PriceLine { item, id, label, kind }: PriceLine) -> Self {
        Self { item: AsText(item), id, label, kind: kind.into() }
    }
}

impl From<LineKind> for LineKindRecord {
    fn from(kind: LineKind) -> Self {
        match kind {
            LineKind::OneTime(amount) => Self::OneTime(amount),
            LineKind::Monthly(amount) => Self::Monthly(amount),
            LineKind::OneTimeDiscount(amount) => Self::OneTimeDiscount(amount),
            LineKind::MonthlyDiscount { amount, months } => Self::MonthlyDiscount { amount, months },
            LineKind::Surcharge(amount) => Self::Surcharge(amount),
            LineKind::Usage { rate, unit } => Self::Usage { rate: AsText(rate), unit },
        }
    }
}

impl From<LineKindRecord> for LineKind {
    fn from(record: LineKindRecord) -> Self {
        match record {
            LineKindRecord::OneTime(amount) => Self::OneTime(amount),
            LineKindRecord::Monthly(amount) => Self::Monthly(amount),
            LineKindRecord::OneTimeDiscount(amount) => Self::OneTimeDiscount(amount),
            LineKindRecord::MonthlyDiscount { amount, months } => Self::MonthlyDiscount { amount, months },
            LineKindRecord::Surcharge(amount) => Self::Surcharge(amount),
            LineKindRecord::Usage { rate, unit } => Self::Usage { rate: rate.0, unit },
        }
    }
}

impl From<PriceLineRecord> for PriceLine {
    fn from(PriceLineRecord { item, id, label, kind }: PriceLineRecord) -> Self {
        Self { item: item.0, id, label, kind: kind.into() }
    }
}
