//! `iom audit verify` and `export`: whether the trails of who did what are as they were written, and what they say.

use std::io::{self, Write};

use order_manager::audit::{Broken, Digest, Entry, verify};
use platform::store::{Store, StoreError};
use thiserror::Error;

/// Why it was not done, or what came of it that is no good.
#[derive(Debug, Error)]
pub enum Failure {
    /// These trails are not as they were written.
    #[error("{}", lines(.0))]
    Broken(Vec<(Box<str>, Broken)>),
    /// No trail holds an entry with this hash any more.
    #[error("no entry has the hash {0} any more: what it and those before it said is gone")]
    Gone(Digest),
    /// There is no such trail.
    #[error("there is no trail of {0}")]
    NoTrail(String),
    /// The store is not to be had.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

fn lines(broken: &[(Box<str>, Broken)]) -> String {
    broken.iter().map(|(subject, broken)| format!("{subject}: {broken}\n")).collect()
}

/// Verifies one trail or all, and says for each how long it is and the hash of its last entry. Whoever keeps that hash
/// elsewhere can have it `expected` later: it must still be there, and then nothing before it has changed or gone.
///
/// # Errors
/// What is wrong with the trails.
pub async fn check(store: &Store, subject: Option<&str>, expected: &[Digest], out: &mut impl Write) -> Result<(), Failure> {
    let trails = trails(store, subject).await?;
    let broken: Vec<_> = trails.iter().filter_map(|trail| Some((trail.first()?.subject.clone(), verify(trail).err()?))).collect();
    if !broken.is_empty() {
        return Err(Failure::Broken(broken));
    }
    if let Some(gone) = expected.iter().find(|digest| trails.iter().flatten().all(|entry| entry.own != **digest)) {
        return Err(Failure::Gone(*gone));
    }
    for last in trails.iter().filter_map(|trail| trail.last()) {
        writeln!(out, "{}\t{} entries\t{}", last.subject, last.sequence, last.own)?;
    }
    writeln!(out, "{} trails, {} entries: all as they were written", trails.len(), trails.iter().flatten().count())?;
    Ok(())
}

/// Writes one trail or all as JSON, an entry a line, its hash along with it.
///
/// # Errors
/// When the store is not to be had.
pub async fn export(store: &Store, subject: Option<&str>, out: &mut impl Write) -> Result<(), Failure> {
    for entry in trails(store, subject).await?.iter().flatten() {
        writeln!(out, "{}", line(entry))?;
    }
    Ok(())
}

async fn trails(store: &Store, subject: Option<&str>) -> Result<Vec<Vec<Entry>>, Failure> {
    match subject {
        None => Ok(store.audit_trails().await?),
        Some(subject) => match store.audit_trail(subject).await? {
            trail if trail.is_empty() => Err(Failure::NoTrail(subject.to_owned())),
            trail => Ok(vec![trail]),
        },
    }
}

/// An entry as JSON; what it does not say is left out.
pub(crate) fn line(entry: &Entry) -> serde_json::Value {
    let mut line = serde_json::json!({
        "subject": entry.subject,
        "sequence": entry.sequence,
        "at": entry.at.to_string(),
        "act": entry.act,
        "capacity": entry.capacity,
        "before": entry.before.to_string(),
        "own": entry.own.to_string(),
    });
    let optional = [
        ("person", &entry.person),
        ("customer", &entry.customer),
        ("about", &entry.about),
        ("page", &entry.page),
        ("catalogue", &entry.catalogue),
    ];
    for (name, text) in optional {
        if let Some(text) = text {
            line[name] = (**text).into();
        }
    }
    line
}
