//! What staff begin from: what waits for them, finding a customer, and opening the customer's account.

mod access;
mod code;
mod find;
mod new;
mod opened;
mod work;

use order_manager::access::{Actor, Duty, Staff};
use order_manager::id::{CustomerId, PersonId};
use platform::session::Asking;
use platform::{App, Asker, Incoming, PageError, Route};

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /work", handler: |app, request| Box::pin(work::show(app, request)) },
    Route { key: "GET /customers", handler: |app, request| Box::pin(find::ask(app, request)) },
    Route { key: "POST /customers", handler: |app, request| Box::pin(find::find(app, request)) },
    Route { key: "GET /customers/new", handler: |app, request| Box::pin(new::ask(app, request)) },
    Route { key: "POST /customers/new", handler: |app, request| Box::pin(new::add(app, request)) },
    Route { key: "GET /customers/{customer}/access", handler: |app, request| Box::pin(access::show(app, request)) },
    Route { key: "POST /customers/{customer}/access", handler: |app, request| Box::pin(access::send(app, request)) },
    Route { key: "GET /customers/{customer}/access/code", handler: |app, request| Box::pin(code::ask(app, request)) },
    Route { key: "POST /customers/{customer}/access/code", handler: |app, request| Box::pin(code::enter(app, request)) },
];

/// A member of staff who asks.
struct Member {
    asker: Asker,
    staff: Staff,
    /// What the session is on, as a person would call it.
    device: String,
}

impl Member {
    /// Whoever asks, when it is a member of staff with one of these duties: to others, the page is not there.
    async fn with(app: &App, incoming: &Incoming, asking: Asking, duties: &[Duty]) -> Result<Self, PageError> {
        let asker = Asker::of(app, incoming, asking).await?;
        let staff = match &asker.session.actor {
            Actor::Staff(staff) if duties.iter().any(|duty| staff.does(*duty)) => staff.clone(),
            _ => return Err(PageError::NotFound),
        };
        let device = incoming.viewer(&app.config).device();
        Ok(Self { asker, staff, device })
    }

    /// The same, of who finds customers and works for them.
    async fn who_serves(app: &App, incoming: &Incoming, asking: Asking) -> Result<Self, PageError> {
        Self::with(app, incoming, asking, &[Duty::Serve]).await
    }

    fn person(&self) -> PersonId {
        self.staff.person
    }

    /// Whether the person works for this customer just now.
    fn works_for(&self, customer: CustomerId) -> bool {
        self.staff.acting_for(self.asker.now).is_some_and(|grant| grant.customer == customer)
    }
}
