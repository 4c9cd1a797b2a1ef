//! How far a project is.

use std::sync::Arc;

use futures_util::future::try_join;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use lambda_http::{Body, Request, Response};
use order_manager::access::authorize;
use order_manager::bulk::{Sheet, WRONG, line_of};
use order_manager::calendar::company_day;
use order_manager::catalogue::Catalogue;
use order_manager::id::ProjectId;
use platform::store::{Project, ProjectRow, RowState, StoreError, Wanted, WrongRow};
use platform::{App, Asker, Incoming, PageError, respond, session};
use templates::layout::Context;
use templates::messages::Words;
use templates::pages::project::{self, FROM, Progress, SITES_SHOWN, Site, SiteState};
use templates::path::Path;

/// A project whose rows wait and that has not changed for so long stands still.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// A project, and who asks for it.
struct Known {
    asker: Asker,
    project: Project,
    catalogue: Arc<Catalogue>,
}

async fn know(app: &App, incoming: &Incoming, asking: session::Asking) -> Result<Known, PageError> {
    let id: ProjectId = incoming.parameter("project")?;
    let (asker, _, project) = Asker::with(app, incoming, asking, Wanted::default(), app.store.project(id)).await?;
    let project = project.ok_or(PageError::NotFound)?;
    authorize(&asker.session.actor, asking.act(), project.common.ordered_for.id, asker.now)?;
    let catalogue = asker.catalogue(app).await?;
    Ok(Known { asker, project, catalogue })
}

/// Shows it.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, session::Asking::Page).await?;
        let from = incoming.query(FROM).and_then(|from| from.parse().ok()).filter(|from| *from < known.project.good).unwrap_or(0);
        let rows = app.store.project_rows(&known.project, from, SITES_SHOWN);
        let (rows, wrong) = try_join(rows, app.store.wrong_rows(&known.project)).await?;
        Ok(page(&known, from, &rows, &wrong))
    })
    .await
}

fn page(known: &Known, from: u32, rows: &[ProjectRow], wrong: &[WrongRow]) -> Response<Body> {
    let words = Words::english();
    let Known { project, .. } = known;
    let site = |row: &'_ ProjectRow| match row.state {
        RowState::Waiting => SiteState::Waiting,
        RowState::Done(order) => SiteState::Ordered(order),
        RowState::Failed(why) => SiteState::Failed(why),
    };
    let sites: Vec<_> =
        rows.iter().map(|row| Site { name: &row.site.name, place: row.place.address.to_string(), state: site(row) }).collect();
    let said = |row: &WrongRow| (row.line, row.problems.iter().map(|(_, words)| words.to_string()).collect());
    let wrong: Vec<_> = wrong.iter().map(said).collect();
    let id = &project.common.offering;
    let name = known.catalogue.offering(id).map(|offering| offering.name.in_language(words.language()));
    let customer = project.common.ordered_for.id;
    let view = project::Project {
        id: project.common.project,
        customer,
        file_name: &project.file_name,
        offering: name.unwrap_or(id.as_str()).into(),
        sent: company_day(project.common.started),
        progress: progress(project, known.asker.now),
        good: project.good,
        done: project.done,
        failed: project.failed,
        from,
        sites: &sites,
        wrong: &wrong,
    };
    let show = |context: &Context<'_>| project::render(context, &view);
    known.asker.page_about(customer, StatusCode::OK, show)
}

fn progress(project: &Project, now: Timestamp) -> Progress {
    if project.is_finished() {
        Progress::Finished
    } else if now.duration_since(project.changed) > PATIENCE {
        Progress::StandsStill
    } else {
        Progress::UnderWay
    }
}

/// Has a project that stands still go on: written again as it is, it is a change that starts the next rows.
pub(crate) async fn go_on(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, session::Asking::Form).await?;
        if known.asker.not_ours(&incoming).is_some() {
            return Err(PageError::Forbidden);
        }
        if !incoming.entered.is_empty() {
            return Err(PageError::Unprocessable);
        }
        let Known { project, asker: Asker { now, .. }, .. } = known;
        if progress(&project, now) == Progress::StandsStill {
            match app.store.advance_project(&project, &Project { changed: now, ..project.clone() }).await {
                // It goes on by itself.
                Ok(()) | Err(StoreError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(respond::see_other(&Path::project(project.common.project)))
    })
    .await
}

/// The rows to be put right, as a file to send again.
pub(crate) async fn errors(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, session::Asking::Page).await?;
        let offering = known.catalogue.offering(&known.project.common.offering).ok_or(PageError::NotFound)?;
        let sheet = Sheet::of(offering);
        let mut file = line_of([&sheet.header()[..], &[WRONG]].concat());
        for row in app.store.wrong_rows(&known.project).await? {
            let said: Vec<_> = row.problems.iter().map(|(_, words)| &**words).collect();
            let said = said.join(" · ");
            // A row that has too many cells, or too few, is as long as the others here; what is wrong comes last in all.
            let cells = (0..sheet.columns.len()).map(|at| row.cells.get(at).map_or("", |cell| &**cell));
            file.push_str(&line_of(cells.chain([&*said])));
        }
        Ok(respond::table(&format!("correct-{}", known.project.file_name), &file))
    })
    .await
}
