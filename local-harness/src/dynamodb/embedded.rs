//! DynamoDB in this process, by dynoxide over SQLite.

use std::{
    fs::{File, TryLockError},
    path::Path,
    time::Duration,
};

use dynoxide::{Database, server::serve_with_shutdown};
use platform::Clock;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, spawn_blocking},
};

use crate::{HarnessClock, StartError};

/// How often items past their time are swept out; AWS itself takes its time too.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// The engine with its end point.
#[derive(Debug)]
pub(crate) struct Embedded {
    endpoint: String,
    stop: watch::Sender<()>,
    tasks: [JoinHandle<()>; 2],
    /// Held for as long as the folder is used: two engines on one file would not know of each other.
    _lock: Option<File>,
}

impl Embedded {
    pub(crate) async fn start(folder: Option<&Path>, clock: &HarnessClock) -> Result<Self, StartError> {
        let failed = |reason: String| StartError::DynamoDb(format!("the embedded store cannot start: {reason}"));
        let lock = folder.map(lock).transpose()?;
        let database = match folder {
            Some(folder) => Database::new(&folder.join("dynamodb.sqlite").to_string_lossy()),
            None => Database::memory(),
        };
        let database = database.map_err(|error| failed(error.to_string()))?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| failed(error.to_string()))?;
        let endpoint =
            listener.local_addr().map(|address| format!("http://{address}")).map_err(|error| failed(error.to_string()))?;
        let (stop, stopping) = watch::channel(());
        let serving = tokio::spawn(serve(listener, database.clone(), stopping.clone()));
        let sweeping = tokio::spawn(sweep(database, clock.clone(), stopping));
        Ok(Self { endpoint, stop, tasks: [serving, sweeping], _lock: lock })
    }

    pub(crate) fn endpoint(&self) -> String {
        self.endpoint.clone()
    }

    pub(crate) async fn stop(self) {
        drop(self.stop);
        for task in self.tasks {
            // Nothing is left to be done about one that failed.
            let _ = task.await;
        }
    }
}

fn lock(folder: &Path) -> Result<File, StartError> {
    let unusable = |error: std::io::Error| StartError::DataFolder { folder: folder.to_owned(), reason: error.to_string() };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::DataFolderInUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

async fn serve(listener: TcpListener, database: Database, mut stopping: watch::Receiver<()>) {
    let stopped = async move {
        // That the sender is gone is the signal.
        let _ = stopping.changed().await;
    };
    if let Err(error) = serve_with_shutdown(listener, database, stopped).await {
        eprintln!("the embedded store stopped: {error}");
    }
}

/// The engine never lets an item expire by itself, and goes by the system's time: while the tester's clock is behind that,
/// what has expired for the system has not for the site, and stays.
async fn sweep(database: Database, clock: HarnessClock, mut stopping: watch::Receiver<()>) {
    let mut timer = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            _ = stopping.changed() => return,
        }
        if clock.now() >= Clock::system().now() {
            let database = database.clone();
            // An item left is swept next time, and no code trusts it to be gone.
            let _ = spawn_blocking(move || database.sweep_ttl()).await;
        }
    }
}
