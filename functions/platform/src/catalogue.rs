//! The catalogue a function goes by: the published one that is in force, or the one it was built with.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use futures_util::future::join;
use jiff::Timestamp;
use order_manager::catalogue::Catalogue;
use order_manager::compact;
use order_manager::id::Version;

use crate::page_error::PageError;
use crate::store::{CatalogueHead, Store, StoreError};

static EMBEDDED: LazyLock<Option<Arc<Catalogue>>> =
    LazyLock::new(|| compact::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.compact"))).ok().map(Arc::new));

/// The catalogue this build carries, checked when it was built.
#[must_use]
pub fn embedded() -> Option<Arc<Catalogue>> {
    EMBEDDED.clone()
}

/// How many published catalogues are kept: the one in force, the next, and two that orders were placed by.
const MOST_KEPT: usize = 4;

/// Keeps the published catalogues that were asked for, so that each is read once.
#[derive(Clone, Debug, Default)]
pub struct Catalogues(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    /// The one asked for last comes last.
    kept: Vec<Arc<Catalogue>>,
    /// Versions that are not there, or that this build can't read: not asked for again.
    unreadable: BTreeSet<Version>,
    /// What counted last.
    in_use: Option<Arc<Catalogue>>,
}

impl Catalogues {
    /// The catalogue in force at a time by the head, which travels with every read; while none is published, the one that was
    /// built in. One that is to follow is read when it is first seen, so that its moment needs no read. When the published one
    /// can't be read here (a later version of this software wrote it), what counted before goes on counting.
    ///
    /// # Errors
    /// When the store is not to be had, or nothing was built in.
    pub async fn current(&self, store: &Store, head: &CatalogueHead, now: Timestamp) -> Result<Arc<Catalogue>, PageError> {
        let in_force = async {
            match head.in_force(now) {
                Some(version) => self.published(store, version).await,
                None => Ok(None),
            }
        };
        let ahead = async {
            if let Some(next) = head.next(now) {
                // There is time to try again.
                let _ = self.published(store, &next.version).await;
            }
        };
        let (in_force, ()) = join(in_force, ahead).await;
        let in_force = in_force?;
        let mut shelf = self.shelf();
        if in_force.is_some() {
            shelf.in_use.clone_from(&in_force);
        }
        let counted = if head.in_force(now).is_some() { shelf.in_use.clone() } else { None };
        in_force.or(counted).or_else(embedded).ok_or(PageError::Broken("the catalogue that was built in does not decode"))
    }

    /// The catalogue of a version, which an order was placed by, for the words of what it holds; where it is not to be had any
    /// more, the one in force.
    pub async fn of(&self, store: &Store, version: &Version, in_force: &Arc<Catalogue>) -> Arc<Catalogue> {
        if in_force.version == *version {
            return in_force.clone();
        }
        let built_in = embedded().filter(|catalogue| catalogue.version == *version);
        match built_in {
            Some(catalogue) => catalogue,
            None => self.published(store, version).await.ok().flatten().unwrap_or_else(|| in_force.clone()),
        }
    }

    /// A published catalogue: kept, or read; `None` when this build can't read it.
    async fn published(&self, store: &Store, version: &Version) -> Result<Option<Arc<Catalogue>>, StoreError> {
        {
            let mut shelf = self.shelf();
            if let Some(catalogue) = shelf.take(version) {
                return Ok(Some(catalogue));
            }
            if shelf.unreadable.contains(version) {
                return Ok(None);
            }
        }
        let why = match store.published_catalogue(version).await {
            Ok(Some(read)) => return Ok(Some(self.shelf().keep(Arc::new(read)))),
            Ok(None) => "it is not there",
            Err(StoreError::Corrupt(_)) => "it does not read here",
            Err(error) => return Err(error),
        };
        tracing::error!(%version, why, "a published catalogue is passed over");
        self.shelf().unreadable.insert(version.clone());
        Ok(None)
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn take(&mut self, version: &Version) -> Option<Arc<Catalogue>> {
        let place = self.kept.iter().position(|catalogue| catalogue.version == *version)?;
        let found = self.kept.remove(place);
        self.kept.push(found.clone());
        Some(found)
    }

    fn keep(&mut self, read: Arc<Catalogue>) -> Arc<Catalogue> {
        // Two requests may have read it at once.
        if let Some(kept) = self.take(&read.version) {
            return kept;
        }
        if self.kept.len() == MOST_KEPT {
            self.kept.remove(0);
        }
        self.kept.push(read.clone());
        read
    }
}
