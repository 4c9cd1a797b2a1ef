//! The keys of the tables' rows, spelled in one place.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::agreement::RateSheet;
use order_manager::id::{AgreementId, CustomerId, OrderId, PartnerId, PersonId, ProjectId, Version};
use order_manager::inventory::{AppointmentSlot, Resource};
use order_manager::provisioning::{Report, ServiceOrderId};
use order_manager::telephone::TelephoneNumber;
use uuid::Uuid;

use super::record::Row;
use super::{Counter, SessionId};

/// The format of published catalogues: of their bytes, and of the head that names them. The head of one format never names a
/// catalogue of another, so that functions of two versions of this software can run side by side, each by what it can read.
/// A change of the catalogue's types that alters what is written takes a new number (`tests/catalogue/formats.rs` holds this).
pub const CATALOGUE_FORMAT: u32 = 1;

/// The sort keys of the versions that were published begin so.
pub(super) const VERSION: &str = "version#";

/// The sort keys of an order's cancellations begin so.
pub(super) const CANCELLATION: &str = "cancel#";
/// The sort keys of a partner's listeners begin so.
pub(super) const LISTENER: &str = "listener#";

/// The sort keys of a customer's rows begin with what they are.
pub(super) mod prefix {
    pub(in crate::store) const PROFILE: &str = "profile";
    pub(in crate::store) const SITE: &str = "site#";
    pub(in crate::store) const PRODUCT: &str = "product#";
    pub(in crate::store) const BILLING: &str = "billing#";
    pub(in crate::store) const DRAFT: &str = "draft#";
    pub(in crate::store) const PLACED: &str = "placed#";
    pub(in crate::store) const LOOKUP: &str = "lookup#";
    pub(in crate::store) const SERVICE: &str = "service#";
    pub(in crate::store) const SEEN: &str = "seen#";
    pub(in crate::store) const PROJECT: &str = "project#";
    pub(in crate::store) const AGREEMENT: &str = "agreement#";
    pub(in crate::store) const MAIL: &str = "mail";
    pub(in crate::store) const MAIL_KEY: &str = "mail-key";
    /// Of what a customer was told of an order.
    pub(in crate::store) const TOLD: &str = "mail#";
}

/// A row's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    pub(super) fn session(id: &SessionId) -> Self {
        Self::new(format!("sid#{}", id.key()), "session")
    }

    /// A session by what the store knows it by.
    pub(super) fn session_by_key(key: &str) -> Self {
        Self::new(format!("sid#{key}"), "session")
    }

    /// What finds a session by whose it is.
    pub(super) fn own_session(person: PersonId, key: &str) -> Self {
        Self::new(format!("person#{person}"), key)
    }

    /// What is under way between two pages.
    pub(super) fn flow(id: &SessionId) -> Self {
        Self::new(format!("flow#{}", id.key()), "flow")
    }

    /// The form that came after a session's end, by what the store knows the session by.
    pub(super) fn late_form(key: &str) -> Self {
        Self::new(format!("kept#{key}"), "form")
    }

    pub(super) fn visitor(id: &SessionId) -> Self {
        Self::new(format!("flow#{}", id.key()), "visitor")
    }

    /// How often something was tried within a window of time that begins so many seconds after 1970.
    pub(super) fn counted(counter: &Counter, window: i64) -> Self {
        Self::new(count_of(counter), format!("window#{window}"))
    }

    /// How long somebody has to wait who tried too often.
    pub(super) fn waiting(counter: &Counter) -> Self {
        Self::new(count_of(counter), "wait")
    }

    /// An entry of a trail; entries sort in their order.
    pub(super) fn audited(trail: &str, sequence: u64) -> Self {
        Self::new(trail, format!("{sequence:012}"))
    }

    /// The code that a member of staff waits for the customer to read back.
    pub(super) fn access_code(session: &SessionId) -> Self {
        Self::new(format!("code#{}", session.key()), "access")
    }

    /// The customers that a member of staff worked for of late.
    pub(super) fn recent(person: PersonId) -> Self {
        Self::new(format!("staff#{person}"), "recent")
    }

    pub(super) fn order(id: OrderId) -> Self {
        Self::new(id.to_string(), "order")
    }

    /// What a partner's system sent of an order.
    pub(super) fn partner_request(id: OrderId) -> Self {
        Self::new(id.to_string(), "request")
    }

    /// A cancellation that a partner's system asked for.
    pub(super) fn partner_cancellation(id: OrderId, number: u32) -> Self {
        Self::new(id.to_string(), format!("{CANCELLATION}{number:03}"))
    }

    /// Of which order the key is a cancellation's, and which one, where it is one.
    pub(super) fn cancellation(&self) -> Option<(OrderId, u32)> {
        Some((self.pk.parse().ok()?, self.sk.strip_prefix(CANCELLATION)?.parse().ok()?))
    }

    /// That a customer was told something of an order.
    pub(super) fn told(id: OrderId, what: &str) -> Self {
        Self::new(id.to_string(), format!("{}{what}", prefix::TOLD))
    }

    /// Where a partner's system listens.
    pub(super) fn listener(partner: &PartnerId, id: Uuid) -> Self {
        Self::new(partner.as_str(), format!("{LISTENER}{id}"))
    }

    /// That a partner's listener took an event.
    pub(super) fn took(partner: &PartnerId, event: Uuid, listener: Uuid) -> Self {
        Self::new(partner.as_str(), format!("{}{listener}", Self::took_by_any(event)))
    }

    /// What the sort keys of those that took an event begin with.
    pub(super) fn took_by_any(event: Uuid) -> String {
        format!("took#{event}#")
    }

    /// The head of an agreement: its newest version, and what it was signed as last.
    pub(super) fn agreement(id: AgreementId) -> Self {
        Self::new(id.to_string(), "agreement")
    }

    /// A version of an agreement that is not in its head any more.
    pub(super) fn agreement_version(id: AgreementId, number: u32) -> Self {
        Self::new(id.to_string(), format!("{VERSION}{number:06}"))
    }

    /// What a customer's orders are priced by under a version of an agreement.
    pub(super) fn rate_sheet(sheet: &RateSheet) -> Self {
        let which = format!("{}#{:06}", sheet.agreement.id, sheet.agreement.version);
        Self::of_customer(sheet.customer, prefix::AGREEMENT, which)
    }

    /// A service order, beside the order it is of.
    pub(super) fn service_order(id: &ServiceOrderId) -> Self {
        Self::new(id.order.to_string(), format!("{}{id}", prefix::SERVICE))
    }

    /// Something that was said of a service order.
    pub(super) fn report(Report { id, of, .. }: &Report) -> Self {
        Self::new(of.order.to_string(), format!("{}{of}#{id}", prefix::SEEN))
    }

    /// A row of a customer's partition.
    pub(super) fn of_customer(id: CustomerId, prefix: &str, which: impl fmt::Display) -> Self {
        Self::new(id.to_string(), format!("{prefix}{which}"))
    }

    /// The head of a project: what its rows have in common, and how far they are.
    pub(super) fn project(id: ProjectId) -> Self {
        Self::new(id.to_string(), "project")
    }

    /// A row of a project; rows sort in their order.
    pub(super) fn project_row(partition: &str, number: u32) -> Self {
        Self::new(partition, format!("row#{number:04}"))
    }

    /// A row of a project's file that had something wrong with it.
    pub(super) fn wrong_row(partition: &str, number: usize) -> Self {
        Self::new(partition, format!("wrong#{number:04}"))
    }

    pub(super) fn resource(resource: &Resource) -> Self {
        match resource {
            Resource::Number { rate_centre, number } => Self::number(rate_centre, *number),
            Resource::Slot(slot) => Self::slot(slot),
        }
    }

    pub(super) fn number(rate_centre: &str, number: TelephoneNumber) -> Self {
        Self::new(numbers_of(rate_centre), number.digits())
    }

    pub(super) fn slot(AppointmentSlot { area, day, window, crew }: &AppointmentSlot) -> Self {
        Self::new(format!("slot#{area}#{day}"), format!("{window}#{crew}"))
    }

    pub(super) fn catalogue_head() -> Self {
        Self::new(catalogue_heads(), "head")
    }

    /// The entry of a version that was published.
    pub(super) fn catalogue_version(version: &Version) -> Self {
        Self::new(catalogue_heads(), format!("{VERSION}{version}"))
    }

    /// A part of a published catalogue; parts sort in their order.
    pub(super) fn catalogue_part(version: &Version, part: usize) -> Self {
        Self::new(catalogue_of(version), format!("part#{part:04}"))
    }

    /// The key of a row that was read. A row always has one; one that has none is shown as such in a log.
    pub(super) fn of(row: &Row) -> Self {
        let text = |name| row.get(name).and_then(|value: &AttributeValue| value.as_s().ok()).map_or("", String::as_str);
        Self::new(text("pk"), text("sk"))
    }

    pub(super) fn into_attributes(self) -> Row {
        Row::from([("pk".to_owned(), AttributeValue::S(self.pk)), ("sk".to_owned(), AttributeValue::S(self.sk))])
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

fn count_of(counter: &Counter) -> String {
    format!("count#{}#{}", counter.kind, counter.of)
}

/// The partition of a rate centre's numbers.
pub(super) fn numbers_of(rate_centre: &str) -> String {
    format!("number#{rate_centre}")
}

/// The partition of the catalogue's head, and of the entries of all that was published.
pub(super) fn catalogue_heads() -> String {
    format!("head#{CATALOGUE_FORMAT}")
}

/// The partition of a published catalogue.
pub(super) fn catalogue_of(version: &Version) -> String {
    format!("catalogue#{CATALOGUE_FORMAT}#{version}")
}

/// The attribute by which a person's customers are found.
pub(super) fn login(person: PersonId) -> String {
    format!("login#{person}")
}

/// Orders that something may still happen to are spread over so many partitions of the index of work.
pub(super) const QUEUE_SHARDS: u8 = 8;

/// The partition of the index of work that an order is in.
pub(super) fn queue_of(order: OrderId) -> String {
    let shards = u128::from(QUEUE_SHARDS);
    queue(u8::try_from(order.value().as_u128() % shards).unwrap_or(0))
}

/// The partition of the partners' index that a partner's cancellations are in, apart from its orders.
pub(super) fn cancellations_of(partner: &PartnerId) -> String {
    format!("{CANCELLATION}{partner}")
}

/// A partition of the index of work.
pub(super) fn queue(shard: u8) -> String {
    format!("queue#{shard}")
}
