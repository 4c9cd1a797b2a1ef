//! What every function shares: the running application, one request's turn, sessions, the store and the answers.
//!
//! A page step's own crate holds its form, its command and its view; everything common is here, once.

mod accounts;
mod asker;
pub mod bootstrap;
pub mod catalogue;
mod clock;
mod config;
mod deflate;
pub mod events;
mod files;
mod function;
pub mod http_client;
pub mod identity;
mod kept;
mod late;
pub mod limits;
pub mod mail;
pub mod mint;
mod not_now;
pub mod outward;
mod page_error;
pub mod provisioning;
pub mod questions;
mod received;
mod request;
pub mod respond;
pub mod session;
pub mod signed;
pub mod stop_mail;
pub mod store;
pub mod stream;
pub mod telemetry;
pub mod tmf;
pub mod turn;
mod viewer;

pub use asker::{Asker, anybody, for_person, for_themselves, home};
pub use clock::Clock;
pub use config::{Config, ConfigError, Environment, EventProof, ProvisioningSettings, StaffSettings, Tables};
pub use events::Events;
pub use files::{Files, FilesError};
pub use function::{Answer, Function, Handler, Route};
pub use mail::{MailError, Mailer};
pub use not_now::NotNow;
pub use page_error::PageError;
pub use received::Brought;
pub use request::{Incoming, Taking, Upload};
pub use viewer::{Viewer, came_the_right_way};

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::id::CustomerId;
use templates::messages::Words;
use templates::path::Path;

use catalogue::Catalogues;
use identity::Identity;
use provisioning::ProvisioningSystem;
use session::{Asking, Standing};
use store::{Session, SessionId, Store, Wanted};

/// The running application: what stays from one request to the next.
#[derive(Clone)]
pub struct App {
    /// What the environment says.
    pub config: Arc<Config>,
    /// The one place time is read.
    pub clock: Clock,
    /// Everything that outlives a request.
    pub store: Store,
    /// The files that people send.
    pub files: Files,
    /// The catalogue in force.
    pub catalogues: Catalogues,
    /// Who people are.
    pub identity: Identity,
    /// Sends e-mail.
    pub mailer: Mailer,
    /// Carries orders out.
    pub provisioning: ProvisioningSystem,
    /// Publishes what happens.
    pub events: Events,
}

impl App {
    /// Builds the application from its environment alone; no call leaves the process yet.
    ///
    /// # Errors
    /// When a variable is missing or has no meaning; the error names it.
    pub fn new(environment: &Environment, clock: Clock) -> Result<Self, ConfigError> {
        let config = Arc::new(Config::read(environment)?);
        let store = Store::new(&config);
        let files = Files::new(config.clone());
        let identity = Identity::new(config.clone());
        let mailer = Mailer::new(config.clone());
        let provisioning = ProvisioningSystem::new(config.clone());
        let events = Events::new(config.clone());
        Ok(Self { config, clock, store, files, catalogues: Catalogues::default(), identity, mailer, provisioning, events })
    }

    /// Does during start-up, where a Lambda has a whole processor, what the first request would wait for otherwise: the
    /// connection, the catalogue, the words. Bounded in time; a failure only means that the first request is slower.
    pub async fn warm(&self) {
        let _ = (Words::english(), catalogue::embedded());
        let read = async {
            if let Ok(loaded) = self.store.load(&Wanted::default()).await {
                let _ = self.catalogues.current(&self.store, &loaded.catalogue_head, self.clock.now()).await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(2), read).await;
    }

    /// Answers a request: reads it, has it handled, and turns whatever went wrong into a page.
    pub async fn respond<F>(&self, request: Request, handle: F) -> Response<Body>
    where
        F: AsyncFnOnce(Incoming) -> Result<Response<Body>, PageError>,
    {
        self.respond_taking(request, Taking::Fields, handle).await
    }

    /// The same, of a form that may bring files along.
    pub async fn respond_taking<F>(&self, request: Request, taking: Taking, handle: F) -> Response<Body>
    where
        F: AsyncFnOnce(Incoming) -> Result<Response<Body>, PageError>,
    {
        let (answer, takes_gzip) = match Incoming::read(self, request, taking).await {
            Ok(incoming) => {
                let (takes_gzip, late) = (incoming.takes_gzip(), late::being_sent(&incoming));
                let answer = handle(incoming).await;
                if let Some(id) = late.filter(|_| late::is_settled(&answer))
                    && let Err(error) = self.store.discard_late_form(&id).await
                {
                    tracing::warn!(?error, "a form that was kept and sent is still kept");
                }
                (answer, takes_gzip)
            }
            Err(error) => (Err(error), false),
        };
        respond::compressed(answer.unwrap_or_else(|error| respond::problem(&error)), takes_gzip)
    }

    /// The words of mail to a customer, in the language they chose. Where that can't be read they are English: what is told about a sign-in
    /// is not to wait.
    pub async fn words_to(&self, customer: CustomerId) -> &'static Words {
        match self.store.mailing(customer).await {
            Ok(mailing) => Words::of_mail(mailing.choice.language),
            Err(error) => {
                tracing::warn!(%error, "the language of a customer's mail can't be read");
                Words::english()
            }
        }
    }

    /// A session that may go on, its use written down when that is due. A form that comes when it may not is kept where it can be.
    ///
    /// # Errors
    /// Where to go when it may not: to sign in, or to be checked.
    pub async fn stands(
        &self,
        incoming: &Incoming,
        id: &SessionId,
        session: Option<Session>,
        asking: Asking,
        now: Timestamp,
    ) -> Result<Session, PageError> {
        let Some(session) = session else { return Err(PageError::SignIn { return_to: incoming.return_to(), ended: true }) };
        match session::standing(&session, now, asking, &self.config) {
            Standing::Good => Ok(session),
            Standing::Unwritten => {
                self.store.touch_session(id, now, session::row_kept_until(now)).await?;
                Ok(session)
            }
            Standing::Unchecked => {
                let check = Path::SESSION_CHECK;
                let kept = self.kept_late(incoming, id, &session, session.checked, now).await?;
                let next = kept.or_else(|| incoming.return_to());
                Err(PageError::SeeOther(next.map_or(check.clone(), |next| check.with("next", next.as_str()))))
            }
            Standing::Over => {
                let ended = session::end(&session, &self.config);
                let kept = self.kept_late(incoming, id, &session, ended, now).await?;
                Err(PageError::SignIn { return_to: kept.or_else(|| incoming.return_to()), ended: true })
            }
        }
    }
}

/// How many numbers a page offers to choose from.
const NUMBERS_OFFERED: usize = 6;

/// The telephone numbers on offer for an item, where it (or one dialog of it) asks to choose one; otherwise nothing is read.
///
/// # Errors
/// When the inventory cannot be read.
pub async fn offered_numbers(
    app: &App,
    turn: &turn::Turn,
    item: order_manager::id::OrderItemId,
    dialog: Option<&order_manager::id::DialogId>,
) -> Result<Vec<order_manager::telephone::TelephoneNumber>, PageError> {
    use order_manager::characteristic::{Asked, ValueType};
    let draft = turn.draft()?;
    let (_, offering) = questions::item_of(draft, item, &turn.catalogue)?;
    let asking = questions::Asking::new(turn, draft, item, &[], &order_manager::entered::Entered::default())?;
    let shown = asking.dialogs();
    let offers = offering.characteristics.iter().any(|spec| {
        spec.value == ValueType::InventoryNumber
            && match &spec.asked {
                Asked::OnPage => dialog.is_none(),
                Asked::InDialog(here) => {
                    dialog.map_or_else(|| shown.iter().any(|shown| shown.id == *here), |dialog| dialog == here)
                }
            }
    });
    match turn.catalogue.area_of(draft.place.address.zip) {
        Some(area) if offers => {
            let taken = order_manager::qualification::numbers_of_others(draft, item);
            let most = NUMBERS_OFFERED + taken.len();
            let mut offered = app.store.offered_numbers(&area.rate_centre, draft.id, most, turn.now).await?;
            offered.retain(|number| !taken.contains(number));
            offered.truncate(NUMBERS_OFFERED);
            Ok(offered)
        }
        _ => Ok(vec![]),
    }
}
