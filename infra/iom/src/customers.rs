//! `iom customers export` and `erase`: everything that is kept of one customer, given to them as JSON, or erased as far as nothing asks
//! for it to be kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use order_manager::audit::{Act, Capacity, Event, Subject};
use order_manager::id::CustomerId;
use order_manager::order::OrderState;
use order_manager::party::Standing;
use order_manager::value::FileReference;
use platform::store::{Holding, Kept, Store, StoreError};
use platform::{Files, FilesError};
use serde_json::Value;
use thiserror::Error;

use crate::audit;
use crate::publishing::Run;

/// How long something is kept after it last changed, in years: what law and contract ask for is for counsel to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Orders that were placed.
    pub orders: i16,
    /// Agreements.
    pub agreements: i16,
}

/// Why it was not done, or not to its end.
#[derive(Debug, Error)]
pub enum Failure {
    /// Nothing is kept of such a customer.
    #[error("nothing is kept of a customer {0}")]
    Nobody(CustomerId),
    /// Something has to come to its end first.
    #[error("nothing was erased: this has to come to its end first\n- {}", .0.join("\n- "))]
    Open(Vec<String>),
    /// The store is not to be had.
    #[error("{0}: it was not done to its end, run it again")]
    Store(#[from] StoreError),
    /// A file is not to be had.
    #[error("the file {0}: {1:?}; run it again")]
    File(Box<str>, FilesError),
    /// It can't be written down.
    #[error("{path} can't be written: {1}", path = .0.display())]
    Unwritten(PathBuf, io::Error),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

/// Writes everything that is kept of a customer into a folder: a file of JSON for each order, agreement and project, for the account and
/// for each trail of who did what; and the files they sent. What is there already is written over.
///
/// # Errors
/// Why not all of it is there.
pub async fn export(
    store: &Store,
    files: &Files,
    customer: CustomerId,
    folder: &Path,
    now: Timestamp,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let holdings = store.holdings(customer).await?;
    if holdings.is_empty() {
        return Err(Failure::Nobody(customer));
    }
    let (mut sent, mut trails) = (0, vec![Subject::Customer(customer)]);
    for holding in &holdings {
        let documents = holding.documents();
        write_json(&folder.join(name_of(holding)), &Value::Array(documents.clone()))?;
        for file in documents.iter().flat_map(files_in) {
            let bytes = files.get(&file, now).await.map_err(|error| Failure::File(file.key.clone(), error))?;
            write_bytes(&folder.join("files").join(&*file.key), &bytes)?;
            sent += 1;
        }
        trails.extend(holding.persons().into_iter().map(Subject::Person));
        trails.extend(match holding.kept {
            Kept::Draft(order) | Kept::Order(order, _) => Some(Subject::Order(order)),
            Kept::Agreement(agreement) => Some(Subject::Agreement(agreement)),
            Kept::Account | Kept::Project(_) => None,
        });
    }
    for trail in trails {
        let entries = store.audit_trail(&trail.to_string()).await?;
        if !entries.is_empty() {
            let name = format!("trails/{}.json", trail.to_string().replace('#', "-"));
            write_json(&folder.join(name), &entries.iter().map(audit::line).collect())?;
        }
    }
    writeln!(out, "{} records and {sent} files of {customer} are in {}", holdings.len(), folder.display())?;
    Ok(())
}

/// Erases what is kept of a customer and need not be; says first what that is, what stays, and until when. A customer with services in
/// place, or with an order that is not finished, stays.
///
/// # Errors
/// Why not all of it was erased.
pub async fn erase(
    store: &Store,
    files: &Files,
    customer: CustomerId,
    retention: Retention,
    run: Run,
    now: Timestamp,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let holdings = store.holdings(customer).await?;
    if holdings.is_empty() {
        return Err(Failure::Nobody(customer));
    }
    let open = open(store, customer, &holdings).await?;
    if !open.is_empty() {
        return Err(Failure::Open(open));
    }
    let (stays, goes): (Vec<_>, Vec<_>) =
        holdings.iter().partition(|holding| kept_until(holding, retention).is_some_and(|until| until > now));
    for holding in &goes {
        writeln!(out, "erased\t{}", name_of(holding))?;
    }
    for holding in &stays {
        let until = kept_until(holding, retention).unwrap_or(now).to_zoned(TimeZone::UTC).date();
        writeln!(out, "stays until {until}\t{}", name_of(holding))?;
    }
    writeln!(out, "stays\ttrails of who did what: they name nobody, and the account that says whose {customer} is goes")?;
    if run == Run::Dry {
        writeln!(out, "nothing was erased; with --for-good it is")?;
        return Ok(());
    }
    // The account goes last: until then everything else is found again, should this break off.
    for holding in goes.iter().rev() {
        for person in holding.persons() {
            store.end_sessions_of(person, None).await?;
            writeln!(
                out,
                "to do\tdelete the sign-in: aws cognito-idp admin-delete-user --user-pool-id USER_POOL_ID --username {person}"
            )?;
        }
        for file in holding.documents().iter().flat_map(files_in) {
            files.remove(&file, now).await.map_err(|error| Failure::File(file.key.clone(), error))?;
        }
        store.erase(holding).await?;
    }
    store
        .audit(&Subject::Customer(customer), &Event::new(Act::CustomerErased, now, None, Capacity::Operator).of(customer))
        .await?;
    writeln!(out, "{} of {} records of {customer} are erased", goes.len(), holdings.len())?;
    Ok(())
}

/// What keeps a customer from being erased.
async fn open(store: &Store, customer: CustomerId, holdings: &[Holding]) -> Result<Vec<String>, StoreError> {
    let mut open: Vec<_> = holdings
        .iter()
        .filter_map(|holding| match holding.kept {
            Kept::Order(order, state) if !state.is_final() => Some(format!("order {} is {}", order.reference(), said(state))),
            _ => None,
        })
        .collect();
    let products = store.customer(customer).await?.map(|file| file.customer.products).unwrap_or_default();
    let active = products.iter().filter(|product| product.standing == Standing::Active);
    open.extend(active.map(|product| format!("{} is in service", product.offering)));
    Ok(open)
}

const fn said(state: OrderState) -> &'static str {
    state.wire_name()
}

/// Until when something has to be kept; nothing where it need not be.
fn kept_until(holding: &Holding, Retention { orders, agreements }: Retention) -> Option<Timestamp> {
    let years = match holding.kept {
        Kept::Order(..) => orders,
        Kept::Agreement(_) => agreements,
        Kept::Account | Kept::Draft(_) | Kept::Project(_) => return None,
    };
    // What does not say when it changed is not known to be old.
    let Some(changed) = holding.changed else { return Some(Timestamp::MAX) };
    let until = changed.to_zoned(TimeZone::UTC).checked_add(years.years());
    Some(until.map_or(Timestamp::MAX, |until| until.timestamp()))
}

/// What a record is called, as a file.
fn name_of(holding: &Holding) -> String {
    match holding.kept {
        Kept::Account => "account.json".to_owned(),
        Kept::Draft(order) => format!("drafts/{order}.json"),
        Kept::Order(order, _) => format!("orders/{order}.json"),
        Kept::Project(project) => format!("projects/{project}.json"),
        Kept::Agreement(agreement) => format!("agreements/{agreement}.json"),
    }
}

/// The files that a document names.
fn files_in(document: &Value) -> Vec<FileReference> {
    match document {
        Value::Array(entries) => entries.iter().flat_map(files_in).collect(),
        Value::Object(entries) => {
            let text = |name: &str| entries.get(name).and_then(Value::as_str).map(Box::from);
            match (text("key"), text("name"), text("media"), entries.get("bytes").and_then(Value::as_u64)) {
                (Some(key), Some(name), Some(media), Some(bytes)) => vec![FileReference { key, name, media, bytes }],
                _ => entries.values().flat_map(files_in).collect(),
            }
        }
        _ => vec![],
    }
}

fn write_json(path: &Path, document: &Value) -> Result<(), Failure> {
    write_bytes(path, format!("{document:#}\n").as_bytes())
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| Failure::Unwritten(path.to_owned(), error))
}
