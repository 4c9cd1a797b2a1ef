//! The page with the empty file and the way to send it.

use std::sync::Arc;

use futures_util::future::try_join;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::{Duty, authorize};
use order_manager::audit::{Act, Event};
use order_manager::bulk::{Checker, Common, FileFault, KnownPlaces, Sheet, SiteOrder, line_of};
use order_manager::calendar::company_day;
use order_manager::catalogue::{Catalogue, ProductOffering};
use order_manager::entered::{FieldError, Reason};
use order_manager::id::{CustomerId, ProjectId};
use order_manager::order::{OrderedFor, ServicePlace};
use order_manager::party::Customer;
use platform::store::{NewSite, Project, ProjectEntry, ProjectRow, RowState, Wanted, WrongRow};
use platform::{App, Asker, Incoming, PageError, Taking, mint, respond, session};
use templates::layout::Context;
use templates::messages::Words;
use templates::pages::bulk::{self, Before, Bulk, FILE, OFFERING, PROJECT, Sending, Step, file_fault, problem_in_words};
use templates::path::Path;

/// The most characters of a file's name that are kept.
const LONGEST_NAME: usize = 80;
/// The most characters of a cell that are kept of a row that is to be put right: no column takes more.
const LONGEST_CELL: usize = 400;

/// A customer, as this page knows them.
struct Known {
    asker: Asker,
    customer: Customer,
    catalogue: Arc<Catalogue>,
    before: Vec<ProjectEntry>,
}

impl Known {
    /// What can be ordered for many sites.
    fn offerings(&self) -> impl Iterator<Item = &ProductOffering> {
        let today = company_day(self.asker.now);
        let kind = self.customer.kind;
        self.catalogue.offerings.iter().filter(move |offering| offering.sold_to.contains(&kind) && offering.is_sold_on(today))
    }

    fn offering(&self, id: &str) -> Option<&ProductOffering> {
        self.offerings().find(|offering| offering.id.as_str() == id)
    }
}

/// Session, customer and what was sent before, read side by side; authorised after. Only staff order for many sites.
async fn know(app: &App, incoming: &Incoming, asking: session::Asking) -> Result<Known, PageError> {
    let customer: CustomerId = incoming.parameter("customer")?;
    let beside = try_join(app.store.customer(customer), app.store.projects_of(customer));
    let (asker, _, (file, before)) = Asker::with(app, incoming, asking, Wanted::default(), beside).await?;
    authorize(&asker.session.actor, asking.act(), customer, asker.now)?;
    if !asker.session.actor.does(Duty::Serve) {
        return Err(PageError::NotFound);
    }
    let customer = file.ok_or(PageError::NotFound)?.customer;
    let catalogue = asker.catalogue(app).await?;
    Ok(Known { asker, customer, catalogue, before })
}

/// Shows what can be ordered, or the columns of what was chosen.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, session::Asking::Page).await?;
        let chosen = incoming.query(OFFERING).and_then(|id| known.offering(&id));
        let Some(offering) = chosen else {
            return Ok(page(&known, Step::Choosing(known.offerings().collect()), StatusCode::OK));
        };
        let (sheet, project) = (Sheet::of(offering), mint::by_time(known.asker.now)?.to_string());
        let sending = Sending { offering, sheet: &sheet, project: &project, errors: &[], wrong: &[] };
        Ok(page(&known, Step::Sending(sending), StatusCode::OK))
    })
    .await
}

fn page(known: &Known, step: Step<'_>, status: StatusCode) -> Response<Body> {
    let entry = |entry: &ProjectEntry| Before {
        project: entry.id,
        file_name: entry.file_name.to_string().into(),
        sent: company_day(entry.started),
        sites: entry.good,
    };
    let before: Vec<_> = known.before.iter().map(entry).collect();
    let view = Bulk { customer: known.customer.id, step, before: &before };
    let show = |context: &Context<'_>| bulk::render(context, &view);
    known.asker.page_about(known.customer.id, status, show)
}

/// The empty file.
pub(crate) async fn template(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, session::Asking::Page).await?;
        let offering = incoming.query(OFFERING).and_then(|id| known.offering(&id)).ok_or(PageError::NotFound)?;
        let header = line_of(Sheet::of(offering).header());
        Ok(respond::table(&format!("{}.csv", offering.id), &header))
    })
    .await
}

/// Checks a file, stores its good rows, and leads to what becomes of them.
pub(crate) async fn send(app: &App, request: Request) -> Response<Body> {
    app.respond_taking(request, Taking::Files, async |incoming| {
        let known = know(app, &incoming, session::Asking::Form).await?;
        let entered = &incoming.entered;
        if entered.names().any(|name| ![OFFERING, PROJECT, FILE].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let project: ProjectId = entered.text(PROJECT).parse().map_err(|_| PageError::Unprocessable)?;
        let offering = known.offering(entered.text(OFFERING)).ok_or(PageError::Unprocessable)?;
        let sheet = Sheet::of(offering);
        let sending = Sending { offering, sheet: &sheet, project: entered.text(PROJECT), errors: &[], wrong: &[] };
        let again = |errors: &[FieldError]| {
            Ok(page(&known, Step::Sending(Sending { errors, ..sending }), StatusCode::UNPROCESSABLE_ENTITY))
        };
        if let Some(error) = known.asker.not_ours(&incoming) {
            return again(&[error]);
        }
        // A second click on the same page: it is there already. Somebody else's is not there at all.
        match app.store.project(project).await? {
            Some(there) if there.common.ordered_for.id == known.customer.id => {
                return Ok(respond::see_other(&Path::project(project)));
            }
            Some(_) => return Err(PageError::NotFound),
            None => {}
        }
        let upload = match &incoming.uploads[..] {
            [] => return again(&[FieldError::new(FILE, Reason::Missing)]),
            [upload] if upload.field == FILE => upload,
            _ => return Err(PageError::Unprocessable),
        };
        let words = Words::english();
        let lines = match sheet.read(&upload.bytes) {
            Ok(lines) => lines,
            Err(fault) => return again(&[file_fault(words, &fault)]),
        };
        let common = common(&known, project, offering);
        let mut checker =
            Checker::new(&sheet, &common, &known.customer, &known.catalogue, known.asker.now).ok_or(PageError::NotFound)?;
        let (mut good, mut wrong) = (vec![], vec![]);
        for line in lines {
            match checker.check(&line) {
                Ok(site) => good.push((line.number, site)),
                Err(problems) => {
                    let said = problems.iter().map(|problem| (problem.column.clone(), problem_in_words(words, &sheet, problem)));
                    wrong.push((line, said.collect::<Vec<_>>()));
                }
            }
        }
        if good.is_empty() {
            let wrong: Vec<_> =
                wrong.into_iter().map(|(line, said)| (line.number, said.into_iter().map(|(_, words)| words).collect())).collect();
            let step = Step::Sending(Sending { wrong: &wrong, errors: &[file_fault(words, &FileFault::NoGoodRow)], ..sending });
            return Ok(page(&known, step, StatusCode::UNPROCESSABLE_ENTITY));
        }
        let wrong: Vec<_> = wrong
            .into_iter()
            .map(|(line, said)| WrongRow {
                line: line.number,
                cells: line.cells.iter().map(|cell| short(cell, LONGEST_CELL)).collect(),
                problems: said.into_iter().map(|(column, words)| (column, words.into())).collect(),
            })
            .collect();
        let rows = rows(&known, good);
        let stored = Project {
            common,
            file_name: short(&upload.name, LONGEST_NAME),
            stored: mint::by_time(known.asker.now)?,
            good: count(rows.len())?,
            wrong: count(wrong.len())?,
            next: 0,
            done: 0,
            failed: 0,
            changed: known.asker.now,
        };
        let actor = &known.asker.session.actor;
        let event = Event::new(Act::SitesSent, known.asker.now, Some(actor.person()), actor.capacity());
        app.store.create_project(&stored, &rows, &wrong, &event.of(known.customer.id)).await?;
        Ok(respond::see_other(&Path::project(project)))
    })
    .await
}

fn common(known: &Known, project: ProjectId, offering: &ProductOffering) -> Common {
    Common {
        project,
        offering: offering.id.clone(),
        ordered_for: OrderedFor::of(&known.customer),
        started_by: known.asker.session.acted_by(),
        started: known.asker.now,
    }
}

/// The good rows as they are stored: a place that is new gets an id that follows from the customer and the address, so that the same
/// place in two files is one.
fn rows(known: &Known, good: Vec<(u64, SiteOrder)>) -> Vec<ProjectRow> {
    let places = KnownPlaces::of(&known.customer);
    let row = |(number, (line, site)): (u32, (u64, SiteOrder))| {
        let (id, new_site, in_service) = match places.at(&site.address) {
            Some((id, products)) => (id, NewSite::Known, products),
            None => {
                let last = u32::try_from(known.customer.sites.len()).unwrap_or(u32::MAX);
                (mint::site(known.customer.id, &site.address), NewSite::At(last.saturating_add(number)), vec![])
            }
        };
        let place = ServicePlace { site: id, address: site.address.clone() };
        ProjectRow { number, line, site, place, new_site, in_service, state: RowState::Waiting }
    };
    (0..).zip(good).map(row).collect()
}

fn count(rows: usize) -> Result<u32, PageError> {
    u32::try_from(rows).map_err(|_| PageError::TooLarge)
}

/// A text, as far as it is kept.
fn short(text: &str, most: usize) -> Box<str> {
    text.chars().take(most).collect()
}
