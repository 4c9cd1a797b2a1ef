//! Which published catalogue is in force, and which is to follow it: the head, which travels with every read; and the versions
//! that were ever published, for whoever publishes the next.

use std::fmt;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use jiff::Timestamp;
use order_manager::id::Version;
use serde::{Deserialize, Serialize};

use super::batch::unbuildable;
use super::catalogue::CompactCatalogue;
use super::key::{Key, VERSION, catalogue_heads};
use super::record::Row;
use super::{Closed, Store, StoreError};

/// Which catalogue counts. A function goes by it and by its own clock: the moment of a change needs no other read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueHead {
    /// In force until the next one is. `None`: the one that a function was built with.
    version: Option<Version>,
    /// To follow it.
    next: Option<NextCatalogue>,
    /// How often it was moved. Whoever moves it has to have seen it as it is.
    moves: u64,
    /// That no orders are placed by any catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<Closed>,
}

/// A published catalogue that is to take effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextCatalogue {
    /// Which.
    pub version: Version,
    /// When.
    pub from: Timestamp,
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Which.
    pub version: Version,
    /// What tells its content from any other ([`CompactCatalogue::content`]).
    pub content: String,
    /// How many bytes it has.
    pub size: usize,
    /// First published when.
    pub published: Timestamp,
    /// In force from when, the last time that it was or is to be. `None`: taken back before.
    pub from: Option<Timestamp>,
}

/// All that is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publications {
    /// Which counts.
    pub head: CatalogueHead,
    /// All there are, the one published first first.
    pub versions: Vec<Publication>,
}

/// Why a catalogue was not published, or not taken back. What counts is what counted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPublished {
    /// This version is published already, with other content.
    OtherContent,
    /// It is in force already: it can't be what comes next.
    InForce,
    /// Another one is to follow already.
    AnotherIsNext(NextCatalogue),
    /// It is not what comes next: there is nothing to take back.
    NotNext,
    /// The store did not do it; [`StoreError::Conflict`] when somebody else has published or taken back meanwhile.
    Store(StoreError),
}

impl fmt::Display for NotPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherContent => f.write_str("this version is published with other content"),
            Self::InForce => f.write_str("this version is in force already"),
            Self::AnotherIsNext(next) => write!(f, "{} is to take effect at {}", next.version, next.from),
            Self::NotNext => f.write_str("this version is not waiting to take effect"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotPublished {}

impl From<StoreError> for NotPublished {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl CatalogueHead {
    /// The version in force at a time; `None` is the one a function was built with.
    #[must_use]
    pub fn in_force(&self, now: Timestamp) -> Option<&Version> {
        match &self.next {
            Some(next) if next.from <= now => Some(&next.version),
            _ => self.version.as_ref(),
        }
    }

    /// What is still to take effect at a time.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<&NextCatalogue> {
        self.next.as_ref().filter(|next| now < next.from)
    }

    /// That no orders are placed for now, and why; nothing while they are.
    #[must_use]
    pub const fn closed(&self) -> Option<&Closed> {
        self.closed.as_ref()
    }

    /// The same head, with orders placed or not.
    pub(super) fn placing(&self, closed: Option<Closed>) -> Self {
        Self { moves: self.moves + 1, closed, ..self.clone() }
    }

    /// How often it was moved; nothing where there is no row of it yet.
    pub(super) fn count(&self) -> Option<u64> {
        (*self != Self::default()).then_some(self.moves)
    }

    /// The head that makes a version count from a time on: at once, where that is not later than now.
    fn publishing(&self, version: &Version, from: Timestamp, now: Timestamp) -> Result<Self, NotPublished> {
        let (in_force, next) = (self.in_force(now), self.next(now));
        let moved = |version: Option<&Version>, next: Option<&NextCatalogue>| Self {
            version: version.cloned(),
            next: next.cloned(),
            moves: self.moves + 1,
            closed: self.closed.clone(),
        };
        if from <= now {
            return Ok(moved(Some(version), next.filter(|next| next.version != *version)));
        }
        match next {
            Some(other) if other.version != *version => Err(NotPublished::AnotherIsNext(other.clone())),
            _ if in_force == Some(version) => Err(NotPublished::InForce),
            _ => Ok(moved(in_force, Some(&NextCatalogue { version: version.clone(), from }))),
        }
    }

    /// The head without what was to follow.
    fn withdrawing(&self, version: &Version, now: Timestamp) -> Result<Self, NotPublished> {
        match self.next(now) {
            Some(next) if next.version == *version => {
                Ok(Self { version: self.in_force(now).cloned(), next: None, moves: self.moves + 1, closed: self.closed.clone() })
            }
            _ => Err(NotPublished::NotNext),
        }
    }

    /// The head as a row, without its key.
    pub(super) fn to_row(&self) -> Result<Row, StoreError> {
        serde_dynamo::to_item(self).map_err(|_| StoreError::Corrupt("the catalogue's head has no form as a row".to_owned()))
    }

    /// The head in its row. Its format is in its key ([`Key::catalogue_head`]): it does not change with other records'.
    pub(super) fn read(row: Row) -> Result<Self, StoreError> {
        serde_dynamo::from_item(row).map_err(|_| StoreError::Corrupt("the catalogue's head".to_owned()))
    }
}

impl Store {
    /// All that is published.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn publications(&self) -> Result<Publications, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.catalogue)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(catalogue_heads()))
            .into_paginator()
            .items()
            .send();
        let mut all = Publications::default();
        for row in pages.collect::<Result<Vec<Row>, _>>().await? {
            let key = Key::of(&row);
            if key == Key::catalogue_head() {
                all.head = CatalogueHead::read(row)?;
            } else if key.sk.starts_with(VERSION) {
                all.versions.push(serde_dynamo::from_item(row).map_err(|_| StoreError::Corrupt(key.to_string()))?);
            }
        }
        all.versions.sort_by(|a: &Publication, b| (a.published, &a.version).cmp(&(b.published, &b.version)));
        Ok(all)
    }

    /// Publishes a catalogue that was checked: its content first, then, at once with its entry among the versions, the head
    /// that names it, so that whoever sees the head finds the content. `seen` is the head as whoever decides on this saw it.
    ///
    /// # Errors
    /// Why not: see [`NotPublished`]. A version never gets other content, since orders keep the version they were priced by.
    pub async fn publish_catalogue(
        &self,
        compact: &CompactCatalogue,
        from: Timestamp,
        now: Timestamp,
        seen: &CatalogueHead,
    ) -> Result<CatalogueHead, NotPublished> {
        let head = seen.publishing(&compact.version, from, now)?;
        self.put_content(compact).await?;
        let entry = self.update_version(&compact.version);
        let entry = entry
            .update_expression(
                "SET #version = :version, #content = :content, #size = :size, #from = :from, #published = if_not_exists(#published, :now)",
            )
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#content", "content")
            .expression_attribute_names("#size", "size")
            .expression_attribute_names("#from", "from")
            .expression_attribute_names("#published", "published")
            .expression_attribute_values(":version", AttributeValue::S(compact.version.to_string()))
            .expression_attribute_values(":content", AttributeValue::S(compact.content.clone()))
            .expression_attribute_values(":size", AttributeValue::N(compact.bytes.len().to_string()))
            .expression_attribute_values(":from", AttributeValue::S(from.max(now).to_string()))
            .expression_attribute_values(":now", AttributeValue::S(now.to_string()));
        self.move_head(seen, &head, entry.build().map_err(unbuildable)?).await?;
        Ok(head)
    }

    /// Takes back a catalogue that has not taken effect yet. Its content stays: it may be published again.
    ///
    /// # Errors
    /// Why not: see [`NotPublished`].
    pub async fn withdraw_catalogue(
        &self,
        version: &Version,
        now: Timestamp,
        seen: &CatalogueHead,
    ) -> Result<CatalogueHead, NotPublished> {
        let head = seen.withdrawing(version, now)?;
        let entry = self.update_version(version).update_expression("REMOVE #from").expression_attribute_names("#from", "from");
        self.move_head(seen, &head, entry.build().map_err(unbuildable)?).await?;
        Ok(head)
    }

    fn update_version(&self, version: &Version) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder().table_name(&self.tables.catalogue).set_key(Some(Key::catalogue_version(version).into_attributes()))
    }

    /// Moves the head, unless it is not as it was seen, together with a version's entry.
    async fn move_head(&self, seen: &CatalogueHead, head: &CatalogueHead, entry: Update) -> Result<(), StoreError> {
        let mut row = head.to_row()?;
        row.extend(Key::catalogue_head().into_attributes());
        let put = Put::builder().table_name(&self.tables.catalogue).set_item(Some(row));
        let put = match seen.count() {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(moves) => put
                .condition_expression("moves = :seen")
                .expression_attribute_values(":seen", AttributeValue::N(moves.to_string())),
        };
        let writes = [
            TransactWriteItem::builder().put(put.build().map_err(unbuildable)?).build(),
            TransactWriteItem::builder().update(entry).build(),
        ];
        match self.client.transact_write_items().set_transact_items(Some(writes.into())).send().await {
            Ok(_) => Ok(()),
            // Somebody else has moved it, or is about to.
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(_)) => Err(StoreError::Conflict),
                _ => Err(error.into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn version(text: &str) -> Version {
        Version(text.into())
    }

    const NOVEMBER: &str = "2026-11-10T12:00:00Z";
    const DECEMBER: &str = "2026-12-01T05:00:00Z";

    fn november_and_december() -> CatalogueHead {
        let (now, december) = (at(NOVEMBER), at(DECEMBER));
        let head = CatalogueHead::default().publishing(&version("november"), now, now).expect("a head");
        head.publishing(&version("december"), december, now).expect("a head")
    }

    #[test]
    fn the_next_one_takes_effect_at_its_moment_and_not_before() {
        let head = november_and_december();
        for (time, in_force, waits) in [
            (NOVEMBER, "november", true),
            ("2026-12-01T04:59:59.999999999Z", "november", true),
            (DECEMBER, "december", false),
            ("2027-06-01T00:00:00Z", "december", false),
        ] {
            assert_eq!(head.in_force(at(time)), Some(&version(in_force)), "{time}");
            assert_eq!(head.next(at(time)).is_some(), waits, "{time}");
        }
    }

    #[test]
    fn before_the_first_one_takes_effect_the_one_that_was_built_in_counts() {
        let (now, december) = (at(NOVEMBER), at(DECEMBER));
        assert_eq!(CatalogueHead::default().in_force(now), None);
        let head = CatalogueHead::default().publishing(&version("december"), december, now).expect("a head");
        assert_eq!((head.in_force(now), head.in_force(december)), (None, Some(&version("december"))));
    }

    #[test]
    fn what_is_published_at_once_leaves_what_is_to_follow_where_it_was() {
        let head = november_and_december().publishing(&version("urgent"), at(NOVEMBER), at(NOVEMBER)).expect("a head");
        assert_eq!(head.in_force(at(NOVEMBER)), Some(&version("urgent")));
        assert_eq!(head.in_force(at(DECEMBER)), Some(&version("december")));
    }

    #[test]
    fn what_was_to_follow_can_be_brought_forward_or_put_off() {
        let head = november_and_december();
        let at_once = head.publishing(&version("december"), at(NOVEMBER), at(NOVEMBER)).expect("a head");
        assert_eq!((at_once.in_force(at(NOVEMBER)), at_once.next(at(NOVEMBER))), (Some(&version("december")), None));
        let later = at("2026-12-15T05:00:00Z");
        let put_off = head.publishing(&version("december"), later, at(NOVEMBER)).expect("a head");
        assert_eq!(put_off.in_force(at(DECEMBER)), Some(&version("november")));
        assert_eq!(put_off.in_force(later), Some(&version("december")));
    }

    #[test]
    fn only_one_can_be_next_and_what_is_in_force_is_not_it() {
        let (head, later) = (november_and_december(), at("2027-01-01T05:00:00Z"));
        let refused = head.publishing(&version("january"), later, at(NOVEMBER));
        assert_eq!(refused, Err(NotPublished::AnotherIsNext(NextCatalogue { version: version("december"), from: at(DECEMBER) })));
        assert_eq!(head.publishing(&version("december"), later, at(DECEMBER)), Err(NotPublished::InForce));
        // Once December is in force, January can follow it.
        let head = head.publishing(&version("january"), later, at(DECEMBER)).expect("a head");
        assert_eq!((head.in_force(at(DECEMBER)), head.in_force(later)), (Some(&version("december")), Some(&version("january"))));
    }

    #[test]
    fn only_what_has_not_taken_effect_can_be_taken_back() {
        let head = november_and_december();
        let without = head.withdrawing(&version("december"), at(NOVEMBER)).expect("a head");
        assert_eq!((without.in_force(at(DECEMBER)), without.next(at(NOVEMBER))), (Some(&version("november")), None));
        for (which, now) in [("november", NOVEMBER), ("december", DECEMBER), ("never", NOVEMBER)] {
            assert_eq!(head.withdrawing(&version(which), at(now)), Err(NotPublished::NotNext), "{which}");
        }
    }

    #[test]
    fn a_catalogue_that_is_published_while_no_orders_are_placed_leaves_it_at_that() {
        let closed = Closed { message: "Back at noon.".into(), since: at(NOVEMBER) };
        let head = november_and_december().placing(Some(closed.clone()));
        let head = head.publishing(&version("urgent"), at(NOVEMBER), at(NOVEMBER)).expect("a head");
        let head = head.withdrawing(&version("december"), at(NOVEMBER)).expect("a head");
        assert_eq!(head.closed(), Some(&closed));
        assert_eq!(head.placing(None).closed(), None);
        assert_eq!(head.placing(None).in_force(at(NOVEMBER)), Some(&version("urgent")));
    }

    #[test]
    fn each_move_is_counted_so_that_no_two_heads_are_taken_for_one_another() {
        let (head, now) = (november_and_december(), at(NOVEMBER));
        let back = head.withdrawing(&version("december"), now).expect("a head");
        let again = back.publishing(&version("december"), at(DECEMBER), now).expect("a head");
        assert_ne!(head, again);
        assert_eq!((head.moves, back.moves, again.moves), (2, 3, 4));
    }
}
