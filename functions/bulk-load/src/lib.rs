//! Orders the rows of a project, some at a time: each change of the project's head in the table's stream starts the next ones, and
//! writing down how far they are is the next change.
//!
//! A row, its order and its place are written together under ids that follow from the project and the row, and the head counts what
//! it finds done. So whatever comes twice, late or after a break changes nothing that was done before.

use futures_util::future::try_join;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::bulk::{Common, KnownOfSite, NotOrdered, draft_of};
use order_manager::catalogue::Catalogue;
use order_manager::id::{OrderId, OrderItemId, ProjectId};
use order_manager::order::UnderAgreement;
use platform::store::{CustomerFile, Project, ProjectRow, RowState, StoreError, Wanted};
use platform::stream::{Change, Happened, Unreadable, each};
use platform::{App, NotNow, mint};
use serde_json::Value;

/// The handler name.
pub const NAME: &str = "bulk-load";

/// Rows of one turn: what a function holds in memory, and does again after a break.
const ROWS: u32 = 50;
/// Rows under way at once.
const AT_ONCE: usize = 4;

/// Takes a batch of the projects' stream.
///
/// # Errors
/// When the event is none.
pub async fn take(app: &App, event: Value) -> Result<Value, Unreadable> {
    each(event, |change| go_on(app, change)).await
}

/// Deals with the next rows of the project that a change is about.
async fn go_on(app: &App, change: Change) -> Result<(), NotNow> {
    let Ok(id) = change.pk.parse::<ProjectId>() else { return Ok(()) };
    if change.happened == Happened::Remove {
        return Ok(());
    }
    let Some(project) = app.store.project(id).await?.filter(|project| !project.is_finished()) else { return Ok(()) };
    let now = app.clock.now();
    let head = app.store.load(&Wanted::default()).await?.catalogue_head;
    let catalogue = app.catalogues.current(&app.store, &head, now).await.map_err(NotNow::Catalogue)?;
    let rows = app.store.project_rows(&project, project.next, ROWS.min(project.good - project.next));
    let (rows, file) = try_join(rows, app.store.customer(project.common.ordered_for.id)).await?;
    let file = file.ok_or_else(|| StoreError::Corrupt(format!("the customer of project {id} is not there")))?;
    let with = With { project: &project, file: &file, catalogue: &catalogue, now };
    let turns: Vec<_> = rows.iter().map(|row| settle(app, with, row)).collect();
    let settled: Vec<_> = stream::iter(turns).buffer_unordered(AT_ONCE).try_collect().await?;
    let mut after = Project { changed: now, ..project.clone() };
    for state in settled {
        after.next += 1;
        match state {
            Settled::Done => after.done += 1,
            Settled::Failed => after.failed += 1,
        }
    }
    if after.next == project.next {
        return Err(StoreError::Corrupt(format!("project {id} lacks its row {}", project.next)).into());
    }
    match app.store.advance_project(&project, &after).await {
        // Somebody else has counted the same rows, and goes on from there.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What all rows of a turn are ordered with.
#[derive(Clone, Copy)]
struct With<'a> {
    project: &'a Project,
    file: &'a CustomerFile,
    catalogue: &'a Catalogue,
    now: Timestamp,
}

impl With<'_> {
    /// What is known of a row's site: priced by the agreement that counts there now.
    fn site(&self, row: &ProjectRow) -> Result<KnownOfSite, StoreError> {
        let CustomerFile { customer, rates, .. } = self.file;
        let agreement = UnderAgreement::at(row.place.site, rates, &customer.products, self.catalogue, self.now)
            .map_err(|_| StoreError::Corrupt(format!("what customer {} spends does not fit", customer.id)))?;
        Ok(KnownOfSite { place: row.place.clone(), in_service: row.in_service.clone(), agreement })
    }
}

/// What became of a row.
enum Settled {
    Done,
    Failed,
}

/// Orders a row, unless that was done before.
async fn settle(app: &App, with: With<'_>, row: &ProjectRow) -> Result<Settled, StoreError> {
    let With { project, catalogue, now, .. } = with;
    match row.state {
        RowState::Done(_) => return Ok(Settled::Done),
        RowState::Failed(_) => return Ok(Settled::Failed),
        RowState::Waiting => {}
    }
    let ids = ids_of(project.common.project, row.number);
    match draft_of(&project.common, &row.site, ids, with.site(row)?, catalogue, now) {
        Ok(order) => app.store.order_row(project, row, &order, &begun(project, now), now).await.map(|()| Settled::Done),
        Err(refusal) => app.store.fail_row(project, row, NotOrdered::from(&refusal)).await.map(|()| Settled::Failed),
    }
}

/// What goes on record of an order of a project: it is begun for whoever sent the file.
fn begun(project: &Project, now: Timestamp) -> Event {
    let Common { project: id, ordered_for, started_by, .. } = &project.common;
    let event = Event::new(Act::OrderBegun, now, started_by.person(), Capacity::Staff);
    event.of(ordered_for.id).about(Subject::Project(*id).to_string())
}

/// The ids of the order that a row comes to, and of its item: the same each time.
#[must_use]
pub fn ids_of(project: ProjectId, row: u32) -> (OrderId, OrderItemId) {
    let of = |occasion| mint::of_content(occasion, format!("{project}#{row}").as_bytes());
    (OrderId::new(of("order of a project")), OrderItemId::new(of("item of a project")))
}
