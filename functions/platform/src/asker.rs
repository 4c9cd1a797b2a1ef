//! Who asks: somebody who is signed in, as their session stands now. Every page that is not for everybody begins here.

use std::sync::Arc;

use futures_util::future::try_join;
use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Response};
use order_manager::access::{Actor, Duty, Grant};
use order_manager::catalogue::Catalogue;
use order_manager::entered::{FieldError, Reason};
use order_manager::id::CustomerId;
use templates::Markup;
use templates::layout::{ActingFor, Context, Person, SignedIn, StaffLink};
use templates::messages::Words;
use templates::path::Path;

use crate::page_error::PageError;
use crate::request::Incoming;
use crate::session::{self, Asking};
use crate::store::{CatalogueHead, Loaded, Session, SessionId, StoreError, Wanted};
use crate::{App, respond};

/// Somebody who is signed in, and the time at which they ask.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The session's cookie.
    pub session_id: SessionId,
    /// Their session.
    pub session: Session,
    /// Which catalogue counts, read together with the session.
    pub head: CatalogueHead,
    /// The time.
    pub now: Timestamp,
}

impl Asker {
    /// Who asks, in one read.
    ///
    /// # Errors
    /// Where to go when nobody is signed in, or has to be checked first.
    pub async fn of(app: &App, incoming: &Incoming, asking: Asking) -> Result<Self, PageError> {
        let (asker, _, ()) = Self::with(app, incoming, asking, Wanted::default(), async { Ok(()) }).await?;
        Ok(asker)
    }

    /// The same, with more in the same read, and with something that is read beside it. None of it is authorised yet.
    ///
    /// # Errors
    /// The same, and what goes wrong in reading.
    pub async fn with<T>(
        app: &App,
        incoming: &Incoming,
        asking: Asking,
        wanted: Wanted<'_>,
        beside: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<(Self, Loaded, T), PageError> {
        let now = app.clock.now();
        let session_id =
            incoming.session.clone().ok_or_else(|| PageError::SignIn { return_to: incoming.return_to(), ended: false })?;
        let wanted = Wanted { session: Some(&session_id), ..wanted };
        let (mut loaded, beside) = try_join(app.store.load(&wanted), beside).await?;
        let session = app.stands(incoming, &session_id, loaded.session.take(), asking, now).await?;
        let head = loaded.catalogue_head.clone();
        Ok((Self { session_id, session, head, now }, loaded, beside))
    }

    /// The catalogue in force: nothing is read, but when it is a new one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn catalogue(&self, app: &App) -> Result<Arc<Catalogue>, PageError> {
        app.catalogues.current(&app.store, &self.head, self.now).await
    }

    /// What is wrong with a form that was not sent from a page of this session; nothing with one that was.
    #[must_use]
    pub fn not_ours(&self, incoming: &Incoming) -> Option<FieldError> {
        let ours = session::is_token_of(&self.session_id, &incoming.token);
        (!ours).then(|| FieldError::new("", Reason::Said("form-not-ours")))
    }

    /// A page of their own.
    pub fn page(&self, status: StatusCode, show: impl FnOnce(&Context<'_>) -> Markup) -> Response<Body> {
        respond::page(status, for_themselves(&self.session_id, &self.session, self.now, show))
    }

    /// A page about a customer.
    pub fn page_about(
        &self,
        customer: CustomerId,
        status: StatusCode,
        show: impl FnOnce(&Context<'_>) -> Markup,
    ) -> Response<Body> {
        respond::page(status, for_person(&self.session_id, &self.session, customer, show))
    }
}

impl App {
    /// Opens a session: at sign-in, and anew at every change of privilege, so that an id that was planted or seen before is worth
    /// nothing. The session that the browser had ends; what came too late for it is carried over first.
    ///
    /// # Errors
    /// When the store is not to be had, or the system gives no random numbers.
    pub async fn open_session(
        &self,
        session: &Session,
        device: &str,
        instead_of: Option<&SessionId>,
    ) -> Result<SessionId, PageError> {
        let (id, person) = (SessionId::mint()?, session.actor.person());
        // What it is found by comes first: no session is there that its owner cannot see and end.
        self.store.list_session(&id, session, device).await?;
        self.store.put_session(&id, session).await?;
        if let Some(old) = instead_of {
            self.store.carry_late_form(old, &id, person, self.clock.now()).await?;
            self.store.end_session(person, old).await?;
        }
        Ok(id)
    }
}

/// Where somebody's own pages begin.
#[must_use]
pub fn home(session: &Session) -> Path {
    match &session.actor {
        Actor::Customer { customers, .. } => customers.first().map_or(Path::ACCOUNT, |customer| Path::customer(*customer)),
        Actor::Staff(_) => Path::WORK,
    }
}

/// Shows a page about a customer to somebody who is signed in.
pub fn for_person<T>(id: &SessionId, session: &Session, customer: CustomerId, show: impl FnOnce(&Context<'_>) -> T) -> T {
    match &session.actor {
        Actor::Customer { .. } => shown(id, session, &Path::customer(customer), None, show),
        Actor::Staff(staff) => {
            let grant = staff.grant.as_ref().filter(|grant| grant.customer == customer);
            shown(id, session, &Path::WORK, grant, show)
        }
    }
}

/// Shows somebody a page of their own; staff with whom they are working for just now.
pub fn for_themselves<T>(id: &SessionId, session: &Session, now: Timestamp, show: impl FnOnce(&Context<'_>) -> T) -> T {
    let grant = match &session.actor {
        Actor::Customer { .. } => None,
        Actor::Staff(staff) => staff.acting_for(now),
    };
    shown(id, session, &home(session), grant, show)
}

fn shown<T>(id: &SessionId, session: &Session, home: &Path, grant: Option<&Grant>, show: impl FnOnce(&Context<'_>) -> T) -> T {
    let acting_for =
        grant.map(|grant| ActingFor { name: &grant.name, account_number: &grant.account_number, customer: grant.customer });
    let links = links_of(&session.actor);
    let person = match &session.actor {
        Actor::Customer { .. } => Person::Customer,
        Actor::Staff(_) => Person::Staff { links: &links, acting_for },
    };
    let signed_in = Some(SignedIn { name: &session.name, home, person });
    show(&Context { words: Words::english(), form_token: &session::form_token(id), signed_in })
}

/// Where the duties of a member of staff lead.
fn links_of(actor: &Actor) -> Vec<StaffLink> {
    let links: [(StaffLink, &[Duty]); 3] = [
        (StaffLink::Work, &[Duty::Serve, Duty::Approve]),
        (StaffLink::Customers, &[Duty::Serve]),
        (StaffLink::Deals, &[Duty::Negotiate, Duty::Approve]),
    ];
    let theirs = links.into_iter().filter(|(_, duties)| duties.iter().any(|duty| actor.does(*duty)));
    theirs.map(|(link, _)| link).collect()
}

/// What a page is shown with when nobody need be signed in.
#[must_use]
pub fn anybody(form_token: &str) -> Context<'_> {
    Context { words: Words::english(), form_token, signed_in: None }
}
