//! How far each stream was read, so that a harness that keeps its tables goes on there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// The last sequence number of each mapping and shard.
type Read = BTreeMap<String, BTreeMap<String, String>>;

/// How far each stream was read.
#[derive(Debug, Default)]
pub(super) struct Places {
    file: Option<PathBuf>,
    read: Mutex<Read>,
}

impl Places {
    /// As they were left in a folder. Where nothing can be read, streams begin at their beginning, which functions bear.
    pub(super) fn open(folder: Option<&Path>) -> Arc<Self> {
        let file = folder.map(|folder| folder.join("streams.json"));
        let read = file.as_deref().and_then(|file| serde_json::from_slice(&fs::read(file).ok()?).ok());
        Arc::new(Self { file, read: Mutex::new(read.unwrap_or_default()) })
    }

    /// The last change that was taken of a shard.
    pub(super) fn of(&self, mapping: &str, shard: &str) -> Option<String> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.get(mapping)?.get(shard).cloned()
    }

    /// A shard was read as far as this.
    pub(super) fn set(&self, mapping: &str, shard: &str, sequence: &str) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(mapping.to_owned()).or_default().insert(shard.to_owned(), sequence.to_owned());
        let Some(file) = &self.file else { return };
        let next = file.with_extension("json.next");
        let text = serde_json::to_vec(&*read).unwrap_or_default();
        if let Err(error) = fs::write(&next, text).and_then(|()| fs::rename(&next, file)) {
            tracing::warn!(%error, "how far the streams were read is not written down; some changes will come again");
        }
    }
}
