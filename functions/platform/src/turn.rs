//! One turn of a step: identify and load together, authorise, admit, decide, persist, render.
//!
//! A step says what it shows, what it takes and what commands come of it ([`OrderStep`]); everything between is here, once.

use std::sync::Arc;

use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::access::{Actor, Denied, authorize};
use order_manager::admits::upload_of;
use order_manager::agreement::covering;
use order_manager::audit::{Act, Event};
use order_manager::calendar::today_in;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::ValueType;
use order_manager::decide::{Command, Refusal, decide};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CharacteristicId, OrderId, OrderItemId, Version};
use order_manager::inventory::Resource;
use order_manager::journey::{Step, admit, standing_at};
use order_manager::order::{Content, Draft, DraftItem, ProductOrder, UnderAgreement};
use order_manager::party::CustomerKind;
use order_manager::pricing::{OrderPrice, price};
use order_manager::value::Value;
use sha2::{Digest, Sha256};
use templates::Markup;
use templates::components::progress::Position;
use templates::layout::Context;
use templates::messages::Words;
use templates::pages::conflict::{self, Conflict, Difference};
use templates::path::Path;

use crate::kept::Keeper;
use crate::page_error::PageError;
use crate::received::Received;
use crate::request::{Incoming, Taking};
use crate::respond;
use crate::session::{self, Asking};
use crate::store::{Closed, Session, SessionId, StoreError, StoredOrder, Wanted};
use crate::telemetry::{self, Stage};
use crate::{App, Asker, for_person};

/// How often a save is tried again on what somebody else has saved meanwhile.
const ATTEMPTS: usize = 3;

/// What a step works with: who asks, the order, the catalogue and the time.
#[derive(Debug)]
pub struct Turn {
    /// The session's cookie.
    pub session_id: SessionId,
    /// Who asks.
    pub session: Session,
    /// The order.
    pub order: StoredOrder,
    /// The catalogue in force.
    pub catalogue: Arc<Catalogue>,
    /// That no orders are placed for now.
    pub closed: Option<Closed>,
    /// The time.
    pub now: Timestamp,
}

/// What a step's page is shown with.
#[derive(Debug)]
pub struct Shown<'a> {
    /// For the layout.
    pub context: &'a Context<'a>,
    /// The version of what is saved.
    pub version: u64,
    /// What stands in the fields.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// A step of an order: a page and what it takes.
pub trait OrderStep: Sync {
    /// What it has to read beside the order.
    type Facts: Send + Sync;

    /// Whether its form may bring files along.
    const TAKES_FILES: bool = false;

    /// Which step of the journey it is.
    fn step(&self) -> Step;

    /// The item whose questions its form asks, where it asks any that a file can answer.
    fn item(&self) -> Option<OrderItemId> {
        None
    }

    /// Reads what the page needs beside the order; most need nothing.
    fn facts(&self, app: &App, turn: &Turn) -> impl Future<Output = Result<Self::Facts, PageError>> + Send;

    /// What is saved, as its form holds it.
    fn saved(&self, turn: &Turn, draft: &Draft) -> Entered;

    /// The fields its form has.
    fn names(&self, turn: &Turn, draft: &Draft) -> Vec<String>;

    /// What the form asks to be done.
    ///
    /// # Errors
    /// What is wrong with what was entered.
    fn commands(
        &self,
        turn: &Turn,
        draft: &Draft,
        facts: &Self::Facts,
        entered: &Entered,
    ) -> Result<Vec<Command>, Vec<FieldError>>;

    /// The page.
    ///
    /// # Errors
    /// When the order does not have what the page is about.
    fn render(&self, turn: &Turn, draft: &Draft, facts: &Self::Facts, shown: &Shown<'_>) -> Result<Markup, PageError>;

    /// Where a button other than Save leads; `None` is where the order stands.
    fn leads_to(&self, turn: &Turn, after: &ProductOrder, entered: &Entered) -> Option<Path> {
        let _ = (turn, after, entered);
        None
    }
}

impl Turn {
    /// Identifies who asks and loads the order, in one read, then authorises.
    ///
    /// # Errors
    /// When nobody is signed in, or the order is not theirs: then it is not there.
    pub async fn begin(app: &App, incoming: &Incoming, asking: Asking) -> Result<Self, PageError> {
        let may = |session: &Session, order: &ProductOrder, now| authorize(&session.actor, asking.act(), order.customer(), now);
        Self::begin_where(app, incoming, asking, may).await
    }

    /// The same, where something else than acting for the customer may give leave.
    ///
    /// # Errors
    /// When nobody is signed in, or the order is not for them: then it is not there.
    pub async fn begin_where(
        app: &App,
        incoming: &Incoming,
        asking: Asking,
        may: impl Fn(&Session, &ProductOrder, Timestamp) -> Result<(), Denied>,
    ) -> Result<Self, PageError> {
        let order: OrderId = incoming.parameter("order")?;
        telemetry::about(order);
        let wanted = Wanted { order: Some(order), ..Wanted::default() };
        let (asker, loaded, ()) = Asker::with(app, incoming, asking, wanted, async { Ok(()) }).await?;
        let order = loaded.order.ok_or(PageError::NotFound)?;
        may(&asker.session, &order.value, asker.now)?;
        let current = asker.catalogue(app).await?;
        let Asker { session_id, session, now, head } = asker;
        let closed = head.closed().cloned();
        let catalogue = match quoted(&order.value, &current, now) {
            Some(quoted) => app.catalogues.of(&app.store, quoted, &current).await,
            None => current,
        };
        Ok(Self { session_id, session, order, catalogue, closed, now })
    }

    /// Looks again what prices the order, where an agreement does or may: one may have come into force since the order was begun, or
    /// another version of it, or it may be over. The order stays stored as it was, and what changes is shown before it is placed.
    ///
    /// # Errors
    /// When the database is not to be had.
    pub async fn look_again(&mut self, app: &App) -> Result<(), PageError> {
        let Some(draft) = self.order.value.open_draft() else { return Ok(()) };
        // Agreements are made with businesses.
        if draft.agreement.is_none() && draft.ordered_for.kind == CustomerKind::Residential {
            return Ok(());
        }
        let (customer, site) = (draft.ordered_for.id, draft.place.site);
        let sheets = app.store.rate_sheets(customer).await?;
        let agreement = match (covering(&sheets, site, self.now), &draft.agreement) {
            (None, _) => None,
            (Some(sheet), Some(under)) if sheet.agreement.id == under.sheet.agreement.id => {
                Some(UnderAgreement { sheet: sheet.clone(), spend: under.spend })
            }
            // The order knows nothing yet of what is spent under it.
            (Some(_), _) => {
                let products = app.store.customer(customer).await?.map(|file| file.customer.products).unwrap_or_default();
                UnderAgreement::at(site, &sheets, &products, &self.catalogue, self.now)
                    .map_err(|_| PageError::Broken("a commitment does not fit"))?
            }
        };
        self.order.value = self.order.value.clone().priced_under(agreement);
        Ok(())
    }

    /// Saves what was done to the order, with who did it where that goes on record: nothing is on record that was not done.
    ///
    /// # Errors
    /// As [`crate::store::Store::save_order`].
    pub async fn save(&self, app: &App, act: Option<Act>, after: &ProductOrder) -> Result<(), StoreError> {
        let event = act.and_then(|act| self.on_record(act));
        app.store.save_order(&self.order, after, event.as_ref(), self.now).await.map(|_| ())
    }

    /// What goes on record of something that is done to the order.
    #[must_use]
    pub fn on_record(&self, act: Act) -> Option<Event> {
        let event = self.session.actor.on_record(act, self.order.value.customer(), self.now);
        event.map(|event| event.by(self.catalogue.version.clone()))
    }

    /// The order as a draft.
    ///
    /// # Errors
    /// Where a placed order is followed instead.
    pub fn draft(&self) -> Result<&Draft, PageError> {
        match (&self.order.value, &self.session.actor) {
            (ProductOrder::Draft(draft), _) => Ok(draft),
            // What was sent to the customer is the customer's.
            (ProductOrder::AwaitingCustomer(sent), Actor::Customer { .. }) => Ok(&sent.draft),
            (other, _) => Err(PageError::SeeOther(Path::order(other.id()))),
        }
    }

    /// What the draft costs.
    ///
    /// # Errors
    /// When the amounts are beyond reckoning, which the catalogue's prices are not.
    pub fn price(&self, draft: &Draft) -> Result<OrderPrice, PageError> {
        price(draft, &self.catalogue).map_err(|_| PageError::Broken("a price does not fit"))
    }

    /// The step's place on the way.
    #[must_use]
    pub fn position(&self, draft: &Draft, step: &Step) -> Option<Position> {
        Position::of_step(draft, step, &self.catalogue, self.now)
    }

    /// Where the order stands.
    #[must_use]
    pub fn stands(&self, order: &ProductOrder) -> Path {
        path_of(order, &standing_at(order, &self.catalogue, self.now))
    }

    /// The page before a step, on this order's way.
    #[must_use]
    pub fn before(&self, draft: &Draft, step: &Step) -> Path {
        let steps = order_manager::journey::steps(draft, &self.catalogue, self.now);
        let here = steps.iter().position(|(candidate, _)| candidate == step);
        let before = here.and_then(|here| here.checked_sub(1)).and_then(|before| steps.get(before));
        before.map_or_else(|| Path::customer(draft.ordered_for.id), |(step, _)| path_of(&self.order.value, step))
    }
}

/// The catalogue that prices an order instead of the one in force, where a quote holds.
fn quoted<'a>(order: &'a ProductOrder, current: &Catalogue, now: Timestamp) -> Option<&'a Version> {
    let Content::Draft(draft) = order.content() else { return None };
    let today = today_in(current.area_of(draft.place.address.zip), now);
    let round = draft.quoted_on(today)?;
    (round.priced.catalogue != current.version).then_some(&round.priced.catalogue)
}

/// The address of a step.
#[must_use]
pub fn path_of(order: &ProductOrder, step: &Step) -> Path {
    let id = order.id();
    match step {
        Step::Services => Path::order_items(id),
        Step::Item(item) => Path::item(id, *item),
        Step::Dialog(item, dialog) => Path::dialog(id, *item, dialog),
        Step::Authorisation(key) => Path::authorisation(id, key),
        Step::Installation => Path::order_step(id, "installation"),
        Step::Billing => Path::order_step(id, "billing"),
        Step::Review => Path::order_step(id, "review"),
        Step::Track => Path::order(id),
    }
}

/// Shows a step.
pub async fn show<S: OrderStep>(
    app: &App,
    request: Request,
    step: impl FnOnce(&Incoming) -> Result<S, PageError>,
) -> Response<Body> {
    app.respond(request, async |incoming| {
        let step = step(&incoming)?;
        let turn = Turn::begin(app, &incoming, Asking::Page).await?;
        let draft = admitted(&turn, &step)?;
        let facts = step.facts(app, &turn).await?;
        let saved = step.saved(&turn, draft);
        let markup = view(&turn, draft, &step, &facts, &saved, &[])?;
        if let Some(stage) = Stage::of(&step.step()) {
            telemetry::reached(stage);
        }
        Ok(respond::page(StatusCode::OK, markup))
    })
    .await
}

/// Takes a step's form.
pub async fn save<S: OrderStep>(
    app: &App,
    request: Request,
    step: impl FnOnce(&Incoming) -> Result<S, PageError>,
) -> Response<Body> {
    let taking = if S::TAKES_FILES { Taking::Files } else { Taking::Fields };
    app.respond_taking(request, taking, async |incoming| {
        let step = step(&incoming)?;
        for _ in 0..ATTEMPTS {
            let turn = Turn::begin(app, &incoming, Asking::Form).await?;
            match attempt(app, &incoming, &turn, &step).await {
                Err(PageError::Conflict) => {}
                answer => return answer,
            }
        }
        Err(PageError::Conflict)
    })
    .await
}

async fn attempt<S: OrderStep>(app: &App, incoming: &Incoming, turn: &Turn, step: &S) -> Result<Response<Body>, PageError> {
    let draft = admitted(turn, step)?;
    let facts = step.facts(app, turn).await?;
    let saved = step.saved(turn, draft);
    let again = |received: Received, errors: &[FieldError]| {
        let status = if received.available { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::SERVICE_UNAVAILABLE };
        // A file that is wrong, or lost, is not missing as well.
        let others = errors.iter().filter(|error| received.errors.iter().all(|file| file.field != error.field)).cloned();
        let errors: Vec<_> = received.errors.iter().cloned().chain(others).collect();
        telemetry::wrong(&errors);
        Ok(respond::page(status, view(turn, draft, step, &facts, &received.entered, &errors)?))
    };
    let names = step.names(turn, draft);
    let mut sent = incoming.entered.names().chain(incoming.uploads.iter().map(|upload| &*upload.field));
    let are_known = sent.all(|name| names.iter().any(|known| known == name));
    if !session::is_token_of(&turn.session_id, &incoming.token) {
        let received = Received::without_files(incoming);
        return again(received, &[FieldError::new("", Reason::Said("form-not-ours"))]);
    }
    if !are_known {
        return Err(PageError::Unprocessable);
    }
    let mut received = match step.item() {
        Some(item) => Received::with_files(app, incoming, turn, item).await?,
        None => Received::without_files(incoming),
    };
    let (order, act) = match decided(turn, step, draft, &facts, &received.entered) {
        Ok(decided) if received.errors.is_empty() => decided,
        Ok(_) => return again(received, &[]),
        Err(Undone::Wrong(errors)) => return again(received, &errors),
        Err(Undone::Page(page)) => return Err(page),
    };
    let entered = &received.entered;
    if incoming.version != fingerprint(&saved).to_string() {
        let as_saved = order.open_draft().is_some_and(|after| step.saved(turn, after) == saved);
        // What was sent is what is saved already: a second click, or a form sent twice. Nothing is left to do.
        if !as_saved {
            return Ok(conflicting(turn, step, draft, &saved, entered));
        }
    }
    received.keep(app, turn, &order).await;
    if !received.errors.is_empty() {
        return again(received, &[]);
    }
    match turn.save(app, act, &order).await {
        Ok(()) => {}
        Err(StoreError::Taken(resource)) => {
            return again(received, &[FieldError::new(field_of(&resource, &order, &turn.catalogue), Reason::Taken)]);
        }
        Err(error) => return Err(error.into()),
    }
    app.files.let_go(&turn.order.value, Some(&order), turn.now).await;
    Ok(respond::see_other(&step.leads_to(turn, &order, &received.entered).unwrap_or_else(|| turn.stands(&order))))
}

/// Why a form was not carried out.
enum Undone {
    /// What is wrong with it.
    Wrong(Vec<FieldError>),
    /// Another page answers.
    Page(PageError),
}

/// The order that a form makes of the order, and what somebody did who sent it.
fn decided<S: OrderStep>(
    turn: &Turn,
    step: &S,
    draft: &Draft,
    facts: &S::Facts,
    entered: &Entered,
) -> Result<(ProductOrder, Option<Act>), Undone> {
    let (mut order, mut act) = (turn.order.value.clone(), None);
    for command in step.commands(turn, draft, facts, entered).map_err(Undone::Wrong)? {
        act = command.act();
        order = decide(&order, command, &turn.catalogue, turn.now).map_err(|refusal| match refusal {
            Refusal::Fields(errors) => Undone::Wrong(errors),
            Refusal::NotYetVerified => Undone::Wrong(vec![FieldError::new(
                "verified",
                Reason::TooLate(today_in(turn.catalogue.area_of(draft.place.address.zip), turn.now)),
            )]),
            Refusal::LetterChanged => Undone::Wrong(vec![FieldError::new("text", Reason::Said("letter-changed"))]),
            Refusal::NotYet(step) => Undone::Page(PageError::SeeOther(path_of(&turn.order.value, &step))),
            Refusal::NotInState(_) | Refusal::NoSuchItem => Undone::Page(PageError::SeeOther(turn.stands(&turn.order.value))),
            Refusal::NotApproved(_) => Undone::Page(PageError::SeeOther(Path::offer(turn.order.value.id()))),
            Refusal::Money(_) => Undone::Page(PageError::Broken("a price does not fit")),
            _ => Undone::Page(PageError::Unprocessable),
        })?;
    }
    Ok((order, act))
}

fn admitted<'a, S: OrderStep>(turn: &'a Turn, step: &S) -> Result<&'a Draft, PageError> {
    let order = &turn.order.value;
    admit(order, &step.step(), &turn.catalogue, turn.now).map_err(|stands| PageError::SeeOther(path_of(order, &stands)))?;
    turn.draft()
}

fn view<S: OrderStep>(
    turn: &Turn,
    draft: &Draft,
    step: &S,
    facts: &S::Facts,
    entered: &Entered,
    errors: &[FieldError],
) -> Result<Markup, PageError> {
    let version = fingerprint(&step.saved(turn, draft));
    for_person(&turn.session_id, &turn.session, draft.ordered_for.id, |context| {
        step.render(turn, draft, facts, &Shown { context, version, entered, errors })
    })
}

/// Both versions, side by side.
fn conflicting<S: OrderStep>(turn: &Turn, step: &S, draft: &Draft, saved: &Entered, typed: &Entered) -> Response<Body> {
    let said = |entered: &Entered, name: &str| {
        let file = step.item().and_then(|item| {
            let question = upload_of(name)?;
            Keeper::new(&turn.session_id, draft.id, item).file(question, entered.text(name).trim())
        });
        let all = file.map_or_else(|| entered.all(name).join(", "), |file| file.name.into());
        (!all.trim().is_empty()).then_some(all)
    };
    let mut names: Vec<&str> = saved.names().chain(typed.names()).collect();
    names.sort_unstable();
    names.dedup();
    let differences = names.iter().filter(|name| said(saved, name) != said(typed, name)).map(|name| Difference {
        label: label_of(draft, &turn.catalogue, name).into(),
        saved: said(saved, name).map(Into::into),
        typed: said(typed, name).map(Into::into),
    });
    let view = Conflict {
        about: turn.order.value.id().reference().into(),
        differences: differences.collect(),
        typed,
        version: fingerprint(saved),
        action: path_of(&turn.order.value, &step.step()),
    };
    let show = |context: &Context<'_>| conflict::render(context, &view);
    respond::page(StatusCode::CONFLICT, for_person(&turn.session_id, &turn.session, draft.ordered_for.id, show))
}

/// The field that picked what somebody else has taken meanwhile.
fn field_of<'a>(resource: &Resource, order: &'a ProductOrder, catalogue: &Catalogue) -> &'a str {
    match (resource, order.open_draft()) {
        (Resource::Slot(_), _) => "slot",
        (Resource::Number { number, .. }, Some(draft)) => {
            let picks = |item: &DraftItem, id: &CharacteristicId| {
                let spec = catalogue.form(&item.offering, &item.action).and_then(|form| form.characteristic(id));
                spec.is_some_and(|spec| spec.value == ValueType::InventoryNumber)
            };
            let picked = |item: &'a DraftItem| {
                let picked = item.answers.iter().find(|(id, value)| **value == Value::Telephone(*number) && picks(item, id));
                picked.map(|(id, _)| id.as_str())
            };
            draft.items.iter().find_map(picked).unwrap_or_default()
        }
        (Resource::Number { .. }, None) => "",
    }
}

/// What a field is called: by the catalogue where it asks for it.
fn label_of(draft: &Draft, catalogue: &Catalogue, name: &str) -> String {
    let whole = name.split('.').next().unwrap_or(name);
    let offerings = draft.items.iter().filter_map(|item| catalogue.form(&item.offering, &item.action));
    let mut asked = offerings.flat_map(|offering| &offering.characteristics);
    asked.find(|characteristic| characteristic.id.as_str() == whole).map_or_else(
        || name.replace(['-', '.'], " "),
        |characteristic| characteristic.label.in_language(Words::english().language()).to_owned(),
    )
}

/// A number that changes when what is saved does: what a form was shown with is compared with what is there now.
#[must_use]
pub fn fingerprint(saved: &Entered) -> u64 {
    let mut hash = Sha256::new();
    for name in saved.names() {
        for text in saved.all(name) {
            for part in [name, text] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
    }
    // Few enough digits for anything that reads numbers.
    hash.finalize().iter().take(6).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
