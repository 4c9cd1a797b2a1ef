//! Many sites at once: a file of them, read and checked row by row, and the draft that each row comes to.
//!
//! A file is a table in CSV (RFC 4180): one row a site, one column for each thing asked. What is wrong is said by row and column;
//! one wrong row keeps no other from being ordered.

mod row;
mod sheet;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use row::{Checker, KnownPlaces, Problem, SiteOrder};
pub use sheet::{Column, FileFault, Line, Sheet, WRONG, cells_of, line_of};

use crate::access::ActedBy;
use crate::catalogue::Catalogue;
use crate::characteristic::Asked;
use crate::decide::{Command, Refusal, Saving, begin, decide};
use crate::id::{OfferingId, OrderId, OrderItemId, ProjectId};
use crate::order::{Draft, FromProject, OrderedFor, ProductOrder, ServicePlace, UnderAgreement};
use crate::party::Product;

/// The most sites of a file.
pub const MOST_ROWS: usize = 2_000;
/// The most bytes of a file.
pub const MOST_BYTES: usize = 3 * 1024 * 1024;

/// What all orders of a project have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common {
    /// The project.
    pub project: ProjectId,
    /// What is ordered at every site.
    pub offering: OfferingId,
    /// For whom.
    pub ordered_for: OrderedFor,
    /// Who sent the file.
    pub started_by: ActedBy,
    /// When.
    pub started: Timestamp,
}

/// Why a row that was checked could not be ordered when its turn came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotOrdered {
    /// The offering can't be had there any more.
    NotAvailable,
    /// It can't be beside what is in service there.
    Excluded,
    /// What is chosen can't be any more.
    Answers,
    /// Anything else.
    Otherwise,
}

impl From<&Refusal> for NotOrdered {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotAvailable(..) | Refusal::NoSuchOffering => Self::NotAvailable,
            Refusal::Excluded(_) => Self::Excluded,
            Refusal::Fields(_) | Refusal::NotAsked => Self::Answers,
            _ => Self::Otherwise,
        }
    }
}

/// What is known of a site beside what the file says.
#[derive(Clone, Debug)]
pub struct KnownOfSite {
    /// Which place it is.
    pub place: ServicePlace,
    /// What is in service there.
    pub in_service: Vec<Product>,
    /// The agreement that prices what is ordered there, where one does.
    pub agreement: Option<UnderAgreement>,
}

/// The draft that a site comes to: one item, its page answered as far as the file answers it. The same again is the same.
///
/// # Errors
/// Why it can't be ordered there.
pub fn draft_of(
    common: &Common,
    site: &SiteOrder,
    (id, item): (OrderId, OrderItemId),
    KnownOfSite { place, in_service, agreement }: KnownOfSite,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<ProductOrder, Refusal> {
    let begun =
        Draft::begun(id, common.ordered_for.clone(), (place, in_service), (common.started_by.clone(), common.started), catalogue);
    let project = FromProject {
        project: common.project,
        site_name: site.name.clone(),
        contact_name: site.contact_name.clone(),
        contact_phone: site.contact_phone,
        requested: site.requested,
    };
    let draft = Draft { changed: now, project: Some(Box::new(project)), ..begun.priced_under(agreement) };
    let order = begin(draft, vec![(item, common.offering.clone())], catalogue, now)?;
    let answered = |saving| {
        let answers = site.answers.clone();
        decide(&order, Command::Answer { item, asked: Asked::OnPage, answers, hold: None, saving }, catalogue, now)
    };
    // Where the page asks for more than the file does, somebody goes on there.
    match answered(Saving::Whole) {
        Err(Refusal::Fields(_)) => answered(Saving::SoFar),
        answered => answered,
    }
}
