//! Stands in for the systems that carry orders out: takes service orders as TMF641 v4.1 has it, and tells of them by signed events.
//! It goes by the harness's clock when it is automatic, and otherwise does what a tester says; it can be down, refuse, repeat itself
//! and tell things in the wrong order.

mod act;
mod events;
mod stages;
mod wire;

use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use tokio::{net::TcpListener, sync::Mutex as AsyncMutex, task::JoinHandle};

use crate::{HarnessClock, StartError, identity::AppClient, server::Server};
use stages::Stage;

pub(crate) use act::{ACTS, Command};

/// What the system and the site sign their messages with.
pub(crate) const KEY: &str = "the harness's own provisioning key";

/// How often it looks at the clock when it is automatic.
const TICK: Duration = Duration::from_millis(100);

/// The running system.
#[derive(Clone)]
pub struct ProvisioningSystem(Arc<Inner>);

struct Inner {
    clock: HarnessClock,
    site: String,
    state: Mutex<State>,
    /// Where it gets tokens, when its events have to bear them instead of a signature.
    tokens: OnceLock<TokenDesk>,
    /// Events leave one after the other.
    sending: AsyncMutex<()>,
}

/// Where the system gets tokens, and as whom.
struct TokenDesk {
    client: AppClient,
    address: String,
}

/// All that the system knows.
#[derive(Default)]
struct State {
    automatic: bool,
    down: bool,
    refuses_next: bool,
    orders: Vec<ServiceOrder>,
    events: Vec<SentEvent>,
    last_moment: Option<Timestamp>,
}

/// A service order that the system has taken.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOrder {
    /// Its id here.
    pub id: String,
    /// Its id at the site.
    pub external_id: String,
    /// What is told of it last: its state, as TMF641 spells it.
    pub state: String,
    /// The milestones still to be reached.
    pub to_come: Vec<String>,
    /// The day it will be done, once that is settled.
    pub day: Option<jiff::civil::Date>,
    /// When it was taken.
    pub taken: Timestamp,
    /// What it asks for, as it was sent.
    pub content: Value,
    /// What was said about it since.
    pub changes: Vec<Value>,
    #[serde(skip)]
    sent: Value,
    #[serde(skip)]
    stages: Vec<Stage>,
    #[serde(skip)]
    next_due: Timestamp,
}

/// An event that was sent.
#[derive(Clone, Debug, Serialize)]
pub struct SentEvent {
    /// To which listener.
    pub listener: String,
    /// When.
    pub at: Timestamp,
    /// What it said.
    pub event: Value,
    /// What the site answered (HTTP), or nothing when it did not.
    pub status: Option<u16>,
}

/// What the tester's page shows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shown {
    pub(crate) automatic: bool,
    pub(crate) down: bool,
    pub(crate) refuses_next: bool,
    pub(crate) service_orders: Vec<ServiceOrder>,
    pub(crate) events: Vec<SentEvent>,
}

/// Whether the system goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driving {
    /// By the clock, in realistic stages.
    Automatic,
    /// By a tester.
    ByHand,
}

/// The system's server and its clockwork.
pub(crate) struct Running {
    server: Server,
    ticking: JoinHandle<()>,
    address: String,
}

impl Running {
    /// Starts the system, which tells the site at an address what comes of what it takes.
    pub(crate) async fn start(
        site: &str,
        driving: Driving,
        clock: &HarnessClock,
    ) -> Result<(Self, ProvisioningSystem), StartError> {
        let failed = |error: std::io::Error| StartError::Provisioning(error.to_string());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = format!("http://{}{}", listener.local_addr().map_err(failed)?, wire::ROOT);
        let state = State { automatic: driving == Driving::Automatic, ..State::default() };
        let inner = Inner {
            clock: clock.clone(),
            site: site.to_owned(),
            state: Mutex::new(state),
            tokens: OnceLock::new(),
            sending: AsyncMutex::default(),
        };
        let system = ProvisioningSystem(Arc::new(inner));
        let answering = system.clone();
        let server = Server::start(listener, move |request, _| wire::answer(answering.clone(), request)).map_err(failed)?;
        let ticking = tokio::spawn(tick(system.clone()));
        Ok((Self { server, ticking, address }, system))
    }

    /// Where its service ordering interface begins.
    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    pub(crate) async fn stop(self) {
        self.ticking.abort();
        self.server.stop().await;
    }
}

async fn tick(system: ProvisioningSystem) {
    loop {
        tokio::time::sleep(TICK).await;
        let due = {
            let now = system.0.clock.now();
            let state = system.state();
            let is_due = |order: &&ServiceOrder| !order.stages.is_empty() && order.next_due <= now && order.is_moving();
            if state.automatic { state.orders.iter().find(is_due).map(|order| order.id.clone()) } else { None }
        };
        if let Some(id) = due {
            // What can't be told now is told by the next stage; the page shows what the site said.
            let _ = system.act(Command::advance(&id)).await;
        }
    }
}

impl ServiceOrder {
    /// Whether it goes on without anybody saying so.
    fn is_moving(&self) -> bool {
        matches!(self.state.as_str(), "acknowledged" | "inProgress" | "assessingCancellation" | "pendingCancellation")
    }
}

impl ProvisioningSystem {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on its events bear tokens that this client gets there.
    pub(crate) fn get_tokens(&self, client: AppClient, address: String) {
        // Told once, on starting.
        let _ = self.0.tokens.set(TokenDesk { client, address });
    }

    /// Tells all stages of a service order to the end, by its id here or at the site, or by the product order's.
    ///
    /// # Errors
    /// Why it can't, in words.
    pub async fn finish(&self, order: &str) -> Result<(), String> {
        self.act(Command::finish(order)).await
    }

    /// The service orders it has taken, the oldest first.
    #[must_use]
    pub fn service_orders(&self) -> Vec<ServiceOrder> {
        self.state().orders.clone()
    }

    /// The events it has sent, the oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<SentEvent> {
        self.state().events.clone()
    }

    pub(crate) fn shown(&self) -> Shown {
        let state = self.state();
        Shown {
            automatic: state.automatic,
            down: state.down,
            refuses_next: state.refuses_next,
            service_orders: state.orders.clone(),
            events: state.events.clone(),
        }
    }
}
