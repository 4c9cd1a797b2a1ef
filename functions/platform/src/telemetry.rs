//! What a function's log says: one line for each request or event, with what was asked, what came of it, how long it took and how
//! often DynamoDB was called; nothing personal. In CloudWatch's embedded metric format the same line carries the numbers that the
//! dashboard shows and alarms go by.
//!
//! Steps say what happened where it happens ([`reached`], [`wrong`], …); it is noted with the request that is being answered, and
//! lost where none is, as in a test.

mod calls;
mod line;

use std::cell::RefCell;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt, Response};
use order_manager::entered::FieldError;
use order_manager::id::OrderId;
use order_manager::journey::Step;
use serde_json::Value;

use crate::App;
pub(crate) use calls::CountCalls;
use line::{About, Line};

/// The most fields of a form that a line names.
const MOST_FIELDS: usize = 20;

tokio::task_local! {
    static NOTES: RefCell<Notes>;
}

/// What was noted while something was under way.
#[derive(Clone, Debug, Default)]
struct Notes {
    order: Option<OrderId>,
    reached: Option<Stage>,
    placed: u32,
    failed_sign_ins: u32,
    wrong_fields: Vec<Box<str>>,
    changes: u32,
    failed_changes: u32,
    oldest_change: Option<Timestamp>,
    dynamodb_calls: u32,
}

/// How far somebody has come on the way to an order: the funnel of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The start page.
    Start,
    /// What can be had at an address.
    CheckAddress,
    /// The customer's own page, where an order begins.
    Customer,
    /// Which services the order is for.
    Services,
    /// An item's questions, its dialogs among them.
    Item,
    /// What has to be signed.
    Authorisation,
    /// When and where.
    Installation,
    /// Who pays.
    Billing,
    /// The whole order.
    Review,
    /// The order is placed.
    Placed,
}

impl Stage {
    /// All of them, in the order in which somebody comes to them.
    pub const ALL: [Self; 10] = [
        Self::Start,
        Self::CheckAddress,
        Self::Customer,
        Self::Services,
        Self::Item,
        Self::Authorisation,
        Self::Installation,
        Self::Billing,
        Self::Review,
        Self::Placed,
    ];

    /// What the metric's dimension calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::CheckAddress => "check-address",
            Self::Customer => "customer",
            Self::Services => "services",
            Self::Item => "item",
            Self::Authorisation => "authorisation",
            Self::Installation => "installation",
            Self::Billing => "billing",
            Self::Review => "review",
            Self::Placed => "placed",
        }
    }

    /// The stage that showing a step of an order is; following one is none.
    #[must_use]
    pub const fn of(step: &Step) -> Option<Self> {
        match step {
            Step::Services => Some(Self::Services),
            Step::Item(_) | Step::Dialog(..) => Some(Self::Item),
            Step::Authorisation(_) => Some(Self::Authorisation),
            Step::Installation => Some(Self::Installation),
            Step::Billing => Some(Self::Billing),
            Step::Review => Some(Self::Review),
            Step::Track => None,
        }
    }
}

/// Somebody has come so far.
pub fn reached(stage: Stage) {
    note(|notes| notes.reached = Some(stage));
}

/// What is under way is about this order.
pub fn about(order: OrderId) {
    note(|notes| notes.order = Some(order));
}

/// An order was placed.
pub fn order_placed() {
    note(|notes| {
        notes.placed += 1;
        notes.reached = Some(Stage::Placed);
    });
}

/// Somebody could not sign in.
pub fn sign_in_failed() {
    note(|notes| notes.failed_sign_ins += 1);
}

/// A form came back to whoever sent it, with these errors. What was entered is not noted, only where.
pub fn wrong(errors: &[FieldError]) {
    note(|notes| {
        let named = errors.iter().filter(|error| !error.field.is_empty()).map(|error| error.field.to_string().into());
        notes.wrong_fields = named.take(MOST_FIELDS).collect();
    });
}

/// A change of a row is being handled that was made then.
pub(crate) fn change(made: Option<Timestamp>) {
    note(|notes| {
        notes.changes += 1;
        notes.oldest_change = [notes.oldest_change, made].into_iter().flatten().min();
    });
}

/// It was not handled, and comes again.
pub(crate) fn change_failed() {
    note(|notes| notes.failed_changes += 1);
}

fn note(what: impl FnOnce(&mut Notes)) {
    // Where nothing is under way there is nobody to tell.
    let _ = NOTES.try_with(|notes| what(&mut notes.borrow_mut()));
}

/// A function's log.
#[derive(Debug)]
pub struct Log {
    function: &'static str,
    answered_before: AtomicBool,
}

impl Log {
    /// The log of a function that has just started.
    #[must_use]
    pub const fn new(function: &'static str) -> Self {
        Self { function, answered_before: AtomicBool::new(false) }
    }

    /// Has a request answered, and writes its line.
    pub async fn request<A: Future<Output = Response<Body>>>(
        &self,
        app: &App,
        request: Request,
        answer: impl FnOnce(Request) -> A,
    ) -> Response<Body> {
        let (response, line) = self.of_request(app, request, answer).await;
        write(&line);
        response
    }

    /// Has an event handled, and writes its line.
    ///
    /// # Errors
    /// What the handler says.
    pub async fn event<T, E, A: Future<Output = Result<T, E>>>(
        &self,
        app: &App,
        event: Value,
        handle: impl FnOnce(Value) -> A,
    ) -> Result<T, E> {
        let begun = Instant::now();
        let (outcome, notes) = noting(handle(event)).await;
        let about = About::Event { handled: outcome.is_ok() };
        write(&self.line(app, about, begun, &notes));
        outcome
    }

    async fn of_request<A: Future<Output = Response<Body>>>(
        &self,
        app: &App,
        request: Request,
        answer: impl FnOnce(Request) -> A,
    ) -> (Response<Body>, String) {
        let begun = Instant::now();
        let route = match request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.route_key.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let request_id = request.lambda_context_ref().map(|context| context.request_id.clone()).unwrap_or_default();
        let (response, notes) = noting(answer(request)).await;
        let about = About::Request { route: &route, request_id: &request_id, status: response.status().as_u16() };
        let line = self.line(app, about, begun, &notes);
        (response, line)
    }

    fn line(&self, app: &App, about: About<'_>, begun: Instant, notes: &Notes) -> String {
        let first = !self.answered_before.swap(true, Ordering::Relaxed);
        let took = begun.elapsed();
        Line { function: self.function, environment: &app.config.environment, now: app.clock.now(), first, took, about, notes }
            .to_string()
    }
}

/// Does something, and gives what was noted meanwhile beside what came of it.
async fn noting<T>(something: impl Future<Output = T>) -> (T, Notes) {
    NOTES
        .scope(RefCell::default(), async {
            let done = something.await;
            (done, NOTES.with(RefCell::take))
        })
        .await
}

/// Lambda takes standard output for the log; a line is written whole.
fn write(line: &str) {
    // Without a standard output there is nobody to tell.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

#[cfg(test)]
mod tests;
