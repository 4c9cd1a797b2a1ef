//! A project as it is stored: its head, its entry in the customer's list, and its rows.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::address::GeographicAddress;
use order_manager::bulk::{Common, NotOrdered, SiteOrder};
use order_manager::id::{OfferingId, OrderId, ProjectId, SiteId};
use order_manager::order::ServicePlace;
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access::ActedByRecord;
use super::as_text::AsText;
use super::customer::ProductRecord;
use super::each;
use super::party::OrderedForRecord;
use super::value::AnswersRecord;
use crate::store::{NewSite, Project, ProjectEntry, ProjectRow, RowState, WrongRow};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct HeadRecord {
    id: AsText<ProjectId>,
    offering: OfferingId,
    ordered_for: OrderedForRecord,
    started_by: ActedByRecord,
    started: Timestamp,
    file_name: Box<str>,
    stored: AsText<Uuid>,
    good: u32,
    wrong: u32,
    next: u32,
    done: u32,
    failed: u32,
    changed: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct EntryRecord {
    id: AsText<ProjectId>,
    file_name: Box<str>,
    started: Timestamp,
    good: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct RowRecord {
    number: u32,
    line: u64,
    name: Box<str>,
    site: AsText<SiteId>,
    address: GeographicAddress,
    /// Where the place comes in the customer's list, when it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u32>,
    contact_name: Box<str>,
    contact_phone: TelephoneNumber,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested: Option<Date>,
    answers: AnswersRecord,
    in_service: Vec<ProductRecord>,
    state: StateRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<AsText<OrderId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<NotOrdered>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StateRecord {
    Waiting,
    Done,
    Failed,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct WrongRecord {
    line: u64,
    cells: Vec<Box<str>>,
    problems: Vec<ProblemRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ProblemRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<Box<str>>,
    words: Box<str>,
}

impl From<Project> for HeadRecord {
    fn from(project: Project) -> Self {
        let Common { project: id, offering, ordered_for, started_by, started } = project.common;
        Self {
            id: AsText(id),
            offering,
            ordered_for: ordered_for.into(),
            started_by: started_by.into(),
            started,
            file_name: project.file_name,
            stored: AsText(project.stored),
            good: project.good,
            wrong: project.wrong,
            next: project.next,
            done: project.done,
            failed: project.failed,
            changed: project.changed,
        }
    }
}

impl From<HeadRecord> for Project {
    fn from(record: HeadRecord) -> Self {
        Self {
            common: Common {
                project: record.id.0,
                offering: record.offering,
                ordered_for: record.ordered_for.into(),
                started_by: record.started_by.into(),
                started: record.started,
            },
            file_name: record.file_name,
            stored: record.stored.0,
            good: record.good,
            wrong: record.wrong,
            next: record.next,
            done: record.done,
            failed: record.failed,
            changed: record.changed,
        }
    }
}

impl EntryRecord {
    /// A project's entry.
    pub(in crate::store) fn of(project: &Project) -> Self {
        let Common { project: id, started, .. } = project.common;
        Self { id: AsText(id), file_name: project.file_name.clone(), started, good: project.good }
    }
}

impl From<EntryRecord> for ProjectEntry {
    fn from(EntryRecord { id, file_name, started, good }: EntryRecord) -> Self {
        Self { id: id.0, file_name, started, good }
    }
}

impl From<ProjectRow> for RowRecord {
    fn from(row: ProjectRow) -> Self {
        let SiteOrder { name, address: _, contact_name, contact_phone, requested, answers } = row.site;
        let (state, order, reason) = match row.state {
            RowState::Waiting => (StateRecord::Waiting, None, None),
            RowState::Done(order) => (StateRecord::Done, Some(AsText(order)), None),
            RowState::Failed(why) => (StateRecord::Failed, None, Some(why)),
        };
        Self {
            number: row.number,
            line: row.line,
            name,
            site: AsText(row.place.site),
            address: row.place.address,
            position: match row.new_site {
                NewSite::Known => None,
                NewSite::At(position) => Some(position),
            },
            contact_name,
            contact_phone,
            requested,
            answers: answers.into(),
            in_service: each(row.in_service),
            state,
            order,
            reason,
        }
    }
}

impl From<RowRecord> for ProjectRow {
    fn from(record: RowRecord) -> Self {
        let state = match (record.state, record.order, record.reason) {
            (StateRecord::Done, Some(order), _) => RowState::Done(order.0),
            (StateRecord::Failed, _, why) => RowState::Failed(why.unwrap_or(NotOrdered::Otherwise)),
            (StateRecord::Waiting | StateRecord::Done, ..) => RowState::Waiting,
        };
        Self {
            number: record.number,
            line: record.line,
            site: SiteOrder {
                name: record.name,
                address: record.address.clone(),
                contact_name: record.contact_name,
                contact_phone: record.contact_phone,
                requested: record.requested,
                answers: record.answers.into(),
            },
            place: ServicePlace { site: record.site.0, address: record.address },
            new_site: record.position.map_or(NewSite::Known, NewSite::At),
            in_service: each(record.in_service),
            state,
        }
    }
}

impl From<WrongRow> for WrongRecord {
    fn from(WrongRow { line, cells, problems }: WrongRow) -> Self {
        let problems = problems.into_iter().map(|(column, words)| ProblemRecord { column, words });
        Self { line, cells, problems: problems.collect() }
    }
}

impl From<WrongRecord> for WrongRow {
    fn from(WrongRecord { line, cells, problems }: WrongRecord) -> Self {
        Self { line, cells, problems: problems.into_iter().map(|problem| (problem.column, problem.words)).collect() }
    }
}
