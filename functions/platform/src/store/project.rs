//! Projects: the rows of one file of sites, and how far they are ordered.
//!
//! A project is there once its head is, which is written last: of a file that was stored by half nothing is ever ordered. The head
//! says how many rows were dealt with; each change of it is in the table's stream, and starts the next ones.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use jiff::Timestamp;
use order_manager::audit::{End, Entry, Event, Subject};
use order_manager::bulk::{Common, NotOrdered, SiteOrder};
use order_manager::id::{CustomerId, OrderId, ProjectId};
use order_manager::order::{ProductOrder, ServicePlace};
use order_manager::party::{Product, Site};
use uuid::Uuid;

use super::batch::{put, unbuildable};
use super::key::{Key, prefix};
use super::record::customer::{Listed, SiteRecord};
use super::record::project::{EntryRecord, HeadRecord, RowRecord, WrongRecord};
use super::record::{Row, read, write};
use super::transaction::{About, Action, Refused, run};
use super::{Store, StoreError};

/// The most projects of a list.
const MOST_LISTED: i32 = 20;

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// What its orders have in common.
    pub common: Common,
    /// The file's name.
    pub file_name: Box<str>,
    /// What its rows are stored under: whoever sends the same form twice stores them twice, and one of the two counts.
    pub stored: Uuid,
    /// Rows that can be ordered.
    pub good: u32,
    /// Rows with something wrong.
    pub wrong: u32,
    /// Good rows dealt with: all before this one.
    pub next: u32,
    /// Of those, the ones that are orders.
    pub done: u32,
    /// Of those, the ones that could not be ordered after all.
    pub failed: u32,
    /// When that last changed.
    pub changed: Timestamp,
}

impl Project {
    /// Whether every good row was dealt with.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.next >= self.good
    }

    pub(super) fn partition(&self) -> String {
        format!("{}#{}", self.common.project, self.stored)
    }
}

/// A project in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectEntry {
    /// Which.
    pub id: ProjectId,
    /// The file's name.
    pub file_name: Box<str>,
    /// When it was sent.
    pub started: Timestamp,
    /// Rows that can be ordered.
    pub good: u32,
}

/// A good row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRow {
    /// Its place among the good ones, from 0.
    pub number: u32,
    /// Its line in the file.
    pub line: u64,
    /// What it orders.
    pub site: SiteOrder,
    /// Where.
    pub place: ServicePlace,
    /// Whether the place is new with it.
    pub new_site: NewSite,
    /// What is in service there.
    pub in_service: Vec<Product>,
    /// How far it is.
    pub state: RowState,
}

/// Whether a place is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewSite {
    /// The customer has it already.
    Known,
    /// It is put among the customer's places, so far down the list.
    At(u32),
}

/// How far a good row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Its turn has not come.
    Waiting,
    /// It is this order.
    Done(OrderId),
    /// It could not be ordered after all.
    Failed(NotOrdered),
}

/// A row with something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongRow {
    /// Its line in the file.
    pub line: u64,
    /// Its cells as they were written.
    pub cells: Vec<Box<str>>,
    /// What is wrong, in words: in which column, where it is in one.
    pub problems: Vec<(Option<Box<str>>, Box<str>)>,
}

impl Store {
    /// Stores a project: its rows, and then its head, with the entry of its trail that says who sent it. Where the same project is there
    /// already, that one stays.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]: then the project may be there or not, and it can be sent again.
    pub async fn create_project(
        &self,
        project: &Project,
        good: &[ProjectRow],
        wrong: &[WrongRow],
        event: &Event,
    ) -> Result<(), StoreError> {
        let (table, partition) = (&self.tables.projects, project.partition());
        let mut rows = vec![];
        for row in good {
            rows.push(write(Key::project_row(&partition, row.number), &RowRecord::from(row.clone()))?);
        }
        for (number, row) in wrong.iter().enumerate() {
            rows.push(write(Key::wrong_row(&partition, number), &WrongRecord::from(row.clone()))?);
        }
        put(&self.client, table, rows).await?;
        let id = project.common.project;
        let head = Put::builder()
            .table_name(table)
            .set_item(Some(write(Key::project(id), &HeadRecord::from(project.clone()))?))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(unbuildable)?;
        let key = Key::of_customer(project.common.ordered_for.id, prefix::PROJECT, id);
        let listed = Put::builder().table_name(table).set_item(Some(write(key, &EntryRecord::of(project))?));
        let actions = vec![
            Action { about: About::Order, write: TransactWriteItem::builder().put(head).build() },
            Action {
                about: About::Pointer,
                write: TransactWriteItem::builder().put(listed.build().map_err(unbuildable)?).build(),
            },
            self.recorded(&Entry::following(End::START, &Subject::Project(id), event))?,
        ];
        match run(&self.client, actions).await {
            Ok(()) | Err(Refused::Order(_)) => Ok(()),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// A project, as last written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn project(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let get = self.client.get_item().table_name(&self.tables.projects).consistent_read(true);
        let row = get.set_key(Some(Key::project(id).into_attributes())).send().await?.item;
        row.map(|row| read::<HeadRecord>(row).map(Project::from)).transpose()
    }

    /// A customer's newest projects, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn projects_of(&self, customer: CustomerId) -> Result<Vec<ProjectEntry>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.projects)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :project)")
            .expression_attribute_values(":pk", AttributeValue::S(customer.to_string()))
            .expression_attribute_values(":project", AttributeValue::S(prefix::PROJECT.to_owned()))
            .scan_index_forward(false)
            .limit(MOST_LISTED);
        let rows = query.send().await?.items.unwrap_or_default();
        rows.into_iter().map(|row| read::<EntryRecord>(row).map(ProjectEntry::from)).collect()
    }

    /// So many good rows of a project, from one on.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn project_rows(&self, project: &Project, from: u32, most: u32) -> Result<Vec<ProjectRow>, StoreError> {
        let partition = project.partition();
        let (first, last) = (Key::project_row(&partition, from), Key::project_row(&partition, (from + most).saturating_sub(1)));
        let rows = self.between(first, last).await?;
        rows.into_iter().map(|row| read::<RowRecord>(row).map(ProjectRow::from)).collect()
    }

    /// The rows of a project's file that had something wrong with them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn wrong_rows(&self, project: &Project) -> Result<Vec<WrongRow>, StoreError> {
        let partition = project.partition();
        let (first, last) = (Key::wrong_row(&partition, 0), Key::wrong_row(&partition, 9_999));
        let rows = self.between(first, last).await?;
        rows.into_iter().map(|row| read::<WrongRecord>(row).map(WrongRow::from)).collect()
    }

    async fn between(&self, first: Key, last: Key) -> Result<Vec<Row>, StoreError> {
        let pages = self
            .client
            .query()
            .table_name(&self.tables.projects)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", AttributeValue::S(first.pk))
            .expression_attribute_values(":first", AttributeValue::S(first.sk))
            .expression_attribute_values(":last", AttributeValue::S(last.sk))
            .into_paginator()
            .items()
            .send();
        Ok(pages.collect::<Result<Vec<Row>, _>>().await?)
    }

    /// Stores the order that a waiting row comes to, the row's new state, the place where it is new, and the entry that says who ordered
    /// it: together, or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the row does not wait any more, [`StoreError::TooLarge`] and [`StoreError::Unavailable`].
    pub async fn order_row(
        &self,
        project: &Project,
        row: &ProjectRow,
        order: &ProductOrder,
        event: &Event,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut actions = vec![];
        let put = self.row_put(project, row, RowState::Done(order.id()))?;
        actions.push(Action { about: About::ProjectRow, write: TransactWriteItem::builder().put(put).build() });
        if let NewSite::At(position) = row.new_site {
            let ServicePlace { site: id, address } = row.place.clone();
            let key = Key::of_customer(order.customer(), prefix::SITE, id);
            let site = write(key, &Listed { position, record: SiteRecord::from(Site { id, address }) })?;
            let put = Put::builder().table_name(&self.tables.customers).set_item(Some(site)).build().map_err(unbuildable)?;
            actions.push(Action { about: About::Pointer, write: TransactWriteItem::builder().put(put).build() });
        }
        let others = &actions;
        let events = [event];
        let ordered = self.on_record(order.id(), End::START, &events, |entries| async move {
            run(&self.client, [self.creating(order, &entries, now)?, others.clone()].concat()).await
        });
        match ordered.await {
            Ok(()) => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// Writes down that a waiting row can't be ordered after all.
    ///
    /// # Errors
    /// As for [`Store::order_row`].
    pub async fn fail_row(&self, project: &Project, row: &ProjectRow, why: NotOrdered) -> Result<(), StoreError> {
        let put = self.row_put(project, row, RowState::Failed(why))?;
        let actions = vec![Action { about: About::ProjectRow, write: TransactWriteItem::builder().put(put).build() }];
        match run(&self.client, actions).await {
            Ok(()) => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    fn row_put(&self, project: &Project, row: &ProjectRow, state: RowState) -> Result<Put, StoreError> {
        let key = Key::project_row(&project.partition(), row.number);
        let put = Put::builder()
            .table_name(&self.tables.projects)
            .set_item(Some(write(key, &RowRecord::from(ProjectRow { state, ..row.clone() }))?))
            .condition_expression("#state = :waiting")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":waiting", AttributeValue::S("waiting".to_owned()));
        put.build().map_err(unbuildable)
    }

    /// Writes down how far a project is, unless somebody else has dealt with the same rows. A project as it is, written again,
    /// is another change in the stream: what stands still goes on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] and [`StoreError::Unavailable`].
    pub async fn advance_project(&self, before: &Project, after: &Project) -> Result<(), StoreError> {
        let number = |number: u32| AttributeValue::N(number.to_string());
        let update = self
            .client
            .update_item()
            .table_name(&self.tables.projects)
            .set_key(Some(Key::project(before.common.project).into_attributes()))
            .update_expression("SET #next = :next, #done = :done, #failed = :failed, #changed = :changed")
            .condition_expression("#next = :before")
            .expression_attribute_names("#next", "next")
            .expression_attribute_names("#done", "done")
            .expression_attribute_names("#failed", "failed")
            .expression_attribute_names("#changed", "changed")
            .expression_attribute_values(":before", number(before.next))
            .expression_attribute_values(":next", number(after.next))
            .expression_attribute_values(":done", number(after.done))
            .expression_attribute_values(":failed", number(after.failed))
            .expression_attribute_values(":changed", AttributeValue::S(after.changed.to_string()));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
                Err(StoreError::Conflict)
            }
            Err(error) => Err(error.into()),
        }
    }
}
