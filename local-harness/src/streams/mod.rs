//! Stands in for Lambda's side of a table's stream: reads what changed, by DynamoDB's own Streams API, and hands it to the very
//! functions that are deployed, as the template's event source mappings say. Each change comes at least once, those of one row in
//! their order; what is tried in vain is put with the dead letters.

mod api;
mod delivery;
mod letters;
mod places;
mod shards;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::Value;
use tokio::{sync::watch, task::JoinHandle, time::sleep};

use crate::{HarnessClock, functions::MountedMachine, template::StreamSpec};
use delivery::Delivery;
use places::Places;
use shards::Shards;

pub(crate) use delivery::Invoked;
pub use letters::{DeadLetter, DeadLetters};

/// How soon a stream that brought something is asked again, and how seldom one that brings nothing.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_millis(160));

/// The streams that are being read. They stop when told to, or when this is dropped: then after the batch under way.
#[derive(Debug)]
pub(crate) struct Streams {
    stop: watch::Sender<()>,
    readers: Vec<JoinHandle<()>>,
}

/// What all readers work with.
#[derive(Clone)]
pub(crate) struct Setting {
    /// Where the tables are.
    pub(crate) endpoint: String,
    /// The folder to keep in how far each stream was read; without one it is forgotten with the tables.
    pub(crate) folder: Option<PathBuf>,
    /// For what is tried in vain.
    pub(crate) letters: DeadLetters,
    /// The time on dead letters.
    pub(crate) clock: HarnessClock,
}

impl Streams {
    /// Reads the template's streams from where each was left.
    pub(crate) fn start(specs: &[StreamSpec], machines: &BTreeMap<String, MountedMachine>, setting: &Setting) -> Self {
        let (stop, stopping) = watch::channel(());
        let places = Places::open(setting.folder.as_deref());
        let reader = |spec: &StreamSpec| {
            let machine = machines.get(&spec.function)?.clone();
            Some(tokio::spawn(read(spec.clone(), machine, setting.clone(), places.clone(), stopping.clone())))
        };
        let readers = specs.iter().filter_map(reader).collect();
        Self { stop, readers }
    }

    pub(crate) async fn stop(self) {
        drop(self.stop);
        for reader in self.readers {
            // Nothing is left to be done about one that failed.
            let _ = reader.await;
        }
    }
}

async fn read(
    spec: StreamSpec,
    machine: MountedMachine,
    setting: Setting,
    places: Arc<Places>,
    mut stopping: watch::Receiver<()>,
) {
    let function = spec.function.as_str();
    let invoke = |event| invoke(machine.clone(), event);
    let delivery = Delivery { spec: &spec, letters: &setting.letters, clock: &setting.clock };
    let mut shards = Shards::new(&setting.endpoint, &spec, places);
    let mut pause = PAUSES.0;
    loop {
        let came = match shards.next().await {
            Ok(Some(batch)) => {
                let mut fitting = batch.clone();
                fitting
                    .records
                    .retain(|record| spec.filters.is_empty() || spec.filters.iter().any(|pattern| pattern.fits(record)));
                // A call that is under way is carried out; a batch that is not taken by then comes again at the next start.
                tokio::select! {
                    () = delivery.deliver(fitting, &invoke) => {}
                    _ = stopping.changed() => return,
                }
                shards.taken(&batch);
                true
            }
            Ok(None) => false,
            Err(reason) => {
                tracing::warn!(%function, %reason, "the stream cannot be read");
                false
            }
        };
        if came {
            pause = PAUSES.0;
            continue;
        }
        tokio::select! {
            () = sleep(pause) => pause = (pause * 2).min(PAUSES.1),
            _ = stopping.changed() => return,
        }
    }
}

/// Calls a function in a task of its own: what it breaks is its own.
pub(crate) async fn invoke(MountedMachine { function, app, starts }: MountedMachine, event: Value) -> Invoked {
    starts.fetch_add(1, Ordering::Relaxed);
    let task = tokio::spawn(async move { (function.handler)(&app, event).await.map_err(|error| error.to_string()) });
    match task.await {
        Ok(Ok(answer)) => Invoked::Answered(answer),
        Ok(Err(reason)) => {
            tracing::warn!(function = function.name, %reason, "the function failed");
            Invoked::Failed
        }
        // The reason was written to standard error.
        Err(_) => Invoked::Failed,
    }
}
