//! Prices as they are stored.

use std::str::FromStr;

use order_manager::id::{OrderItemId, PriceId, Version};
use order_manager::money::{Currency, Decimal, Money};
use order_manager::order::{PriceChange, Priced};
use order_manager::pricing::{LineKind, OrderPrice, PriceLine};
use order_manager::text::Text;
use serde::{Deserialize, Serialize};

use super::as_text::AsText;
use super::each;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct OrderPriceRecord {
    currency: AsText<CurrencyCode>,
    lines: Vec<PriceLineRecord>,
    horizon_months: u16,
    open: Vec<AsText<OrderItemId>>,
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
    fn from(OrderPrice { currency, lines, horizon_months, open }: OrderPrice) -> Self {
        Self { currency: AsText(CurrencyCode(currency)), lines: each(lines), horizon_months, open: each(open) }
    }
}

impl From<OrderPriceRecord> for OrderPrice {
    fn from(OrderPriceRecord { currency, lines, horizon_months, open }: OrderPriceRecord) -> Self {
        Self { currency: currency.0.0, lines: each(lines), horizon_months, open: open.into_iter().map(|id| id.0).collect() }
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
        let kind = match kind {
            LineKind::OneTime(amount) => LineKindRecord::OneTime(amount),
            LineKind::Monthly(amount) => LineKindRecord::Monthly(amount),
            LineKind::OneTimeDiscount(amount) => LineKindRecord::OneTimeDiscount(amount),
            LineKind::MonthlyDiscount { amount, months } => LineKindRecord::MonthlyDiscount { amount, months },
            LineKind::Surcharge(amount) => LineKindRecord::Surcharge(amount),
            LineKind::Usage { rate, unit } => LineKindRecord::Usage { rate: AsText(rate), unit },
        };
        Self { item: AsText(item), id, label, kind }
    }
}

impl From<PriceLineRecord> for PriceLine {
    fn from(PriceLineRecord { item, id, label, kind }: PriceLineRecord) -> Self {
        let kind = match kind {
            LineKindRecord::OneTime(amount) => LineKind::OneTime(amount),
            LineKindRecord::Monthly(amount) => LineKind::Monthly(amount),
            LineKindRecord::OneTimeDiscount(amount) => LineKind::OneTimeDiscount(amount),
            LineKindRecord::MonthlyDiscount { amount, months } => LineKind::MonthlyDiscount { amount, months },
            LineKindRecord::Surcharge(amount) => LineKind::Surcharge(amount),
            LineKindRecord::Usage { rate, unit } => LineKind::Usage { rate: rate.0, unit },
        };
        Self { item: item.0, id, label, kind }
    }
}
