//! The catalogue a function goes by: the published one, or the one it was built with.

use std::sync::{Arc, LazyLock, RwLock};

use order_manager::catalogue::Catalogue;
use order_manager::id::Version;

use crate::page_error::PageError;
use crate::store::Store;

static EMBEDDED: LazyLock<Option<Arc<Catalogue>>> =
    LazyLock::new(|| postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.postcard"))).ok().map(Arc::new));

/// The catalogue this build carries, checked when it was built.
#[must_use]
pub fn embedded() -> Option<Arc<Catalogue>> {
    EMBEDDED.clone()
}

/// Keeps the catalogue that was last asked for.
#[derive(Clone, Debug, Default)]
pub struct Catalogues {
    published: Arc<RwLock<Option<Arc<Catalogue>>>>,
}

impl Catalogues {
    /// The catalogue of this head, which travels with every read; without one, the one that was built in.
    ///
    /// # Errors
    /// When a published catalogue cannot be read.
    pub async fn current(&self, store: &Store, head: Option<&Version>) -> Result<Arc<Catalogue>, PageError> {
        let built_in = || embedded().ok_or(PageError::Broken("the catalogue that was built in does not decode"));
        let Some(version) = head else { return built_in() };
        if let Some(kept) = self.kept(version) {
            return Ok(kept);
        }
        let Some(read) = store.published_catalogue(version).await?.map(Arc::new) else { return built_in() };
        if let Ok(mut published) = self.published.write() {
            *published = Some(read.clone());
        }
        Ok(read)
    }

    fn kept(&self, version: &Version) -> Option<Arc<Catalogue>> {
        self.published.read().ok()?.clone().filter(|catalogue| catalogue.version == *version)
    }
}
