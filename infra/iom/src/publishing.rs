//! `iom catalogue publish`, `list` and `withdraw`: what running functions go by, without building them again.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;
use order_manager::catalogue::Catalogue;
use order_manager::id::Version;
use platform::catalogue::embedded;
use platform::store::{CatalogueHead, CompactCatalogue, NotPublished, Publication, Publications, Store, StoreError};

use crate::catalogue::summary;
use crate::difference::Difference;
use crate::moment;

/// Why something was not done. Nothing has changed by it.
#[derive(Debug)]
pub enum Failure {
    /// What `--from` says is no moment to come.
    Moment(String),
    /// This version is published with other content.
    OtherContent(Version),
    /// The store or its rules say no.
    Store(NotPublished),
    /// What is being done can't be said.
    Unsaid(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moment(why) => f.write_str(why),
            Self::OtherContent(version) => write!(
                f,
                "version {version} is there already, with other content, and orders are priced by it: give this one a new `version` in catalogue.toml"
            ),
            Self::Store(NotPublished::AnotherIsNext(next)) => write!(
                f,
                "{} is to take effect at {}: publish at once, or take that one back first (iom catalogue withdraw {})",
                next.version, next.from, next.version
            ),
            Self::Store(NotPublished::Store(StoreError::Conflict)) => f.write_str(
                "somebody else has published or taken back a catalogue meanwhile: look at what there is now, and try again",
            ),
            Self::Store(why) => why.fmt(f),
            Self::Unsaid(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<NotPublished> for Failure {
    fn from(why: NotPublished) -> Self {
        Self::Store(why)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unsaid(error)
    }
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// It is.
    Real,
    /// It is only said what would be.
    Dry,
}

/// Publishes a catalogue that was checked, to take effect at the moment that `from` names. Says first what it changes against
/// the one in force.
///
/// # Errors
/// Why nothing was published.
pub async fn publish(
    store: &Store,
    catalogue: &Catalogue,
    from: &str,
    run: Run,
    now: Timestamp,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let compact = CompactCatalogue::of(catalogue)?;
    let from = moment::read(from, catalogue, now).map_err(Failure::Moment)?;
    let there = store.publications().await?;
    refuse_other_content(&compact, &there)?;
    writeln!(out, "{}; {} bytes", summary(catalogue), compact.size())?;
    say_what_changes(store, catalogue, &there.head, now, out).await?;
    if there.head.in_force(now) == Some(&catalogue.version) && from <= now {
        writeln!(out, "it is in force already: nothing is left to do")?;
        return Ok(());
    }
    match there.head.next(now) {
        Some(next) if next.version != catalogue.version && from <= now => {
            writeln!(out, "{} still takes effect at {}", next.version, next.from)?;
        }
        _ => {}
    }
    let when = if from <= now { "at once".to_owned() } else { format!("at {from}") };
    if run == Run::Dry {
        writeln!(out, "nothing was written; without --dry-run it takes effect {when}")?;
        return Ok(());
    }
    store.publish_catalogue(&compact, from, now, &there.head).await.map_err(|why| match why {
        NotPublished::OtherContent => Failure::OtherContent(catalogue.version.clone()),
        why => Failure::Store(why),
    })?;
    writeln!(out, "published: it takes effect {when}")?;
    Ok(())
}

/// A version has one content for good: what was published under it, and what functions were built with under it.
fn refuse_other_content(compact: &CompactCatalogue, there: &Publications) -> Result<(), Failure> {
    let refused = || Err(Failure::OtherContent(compact.version().clone()));
    if let Some(published) = there.versions.iter().find(|published| published.version == *compact.version()) {
        return if published.content == compact.content() { Ok(()) } else { refused() };
    }
    match embedded() {
        Some(own) if own.version == *compact.version() && CompactCatalogue::of(&own)?.content() != compact.content() => refused(),
        _ => Ok(()),
    }
}

async fn say_what_changes(
    store: &Store,
    catalogue: &Catalogue,
    head: &CatalogueHead,
    now: Timestamp,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let (before, which) = match head.in_force(now) {
        None => (embedded(), "which is built in; none is published"),
        Some(version) => match store.published_catalogue(version).await {
            Ok(published) => (published.map(Arc::new), "which is in force"),
            // Another version of this software wrote it.
            Err(StoreError::Corrupt(_)) => (None, ""),
            Err(error) => return Err(error.into()),
        },
    };
    match before {
        Some(before) => {
            writeln!(out, "compared with {}, {which}:", before.version)?;
            write!(out, "{}", Difference::between(&before, catalogue))?;
        }
        None => writeln!(out, "the one in force does not read here: not compared")?,
    }
    Ok(())
}

/// Says which versions are published, and what each is.
///
/// # Errors
/// When the store is not to be had.
pub async fn list(store: &Store, now: Timestamp, out: &mut impl Write) -> Result<(), Failure> {
    let there = store.publications().await?;
    if there.versions.is_empty() {
        writeln!(out, "none is published: functions go by what they were built with")?;
    }
    for published in &there.versions {
        let Publication { version, published: since, size, .. } = published;
        writeln!(out, "{version}\tpublished {since:.0}\t{size} bytes\t{}", standing(published, &there.head, now))?;
    }
    Ok(())
}

fn standing(published: &Publication, head: &CatalogueHead, now: Timestamp) -> String {
    let next = head.next(now).filter(|next| next.version == published.version);
    match (next, published.from) {
        (Some(next), _) => format!("takes effect {:.0}", next.from),
        (None, Some(from)) if head.in_force(now) == Some(&published.version) => format!("in force since {from:.0}"),
        (None, Some(from)) => format!("earlier, from {from:.0}"),
        (None, None) => "taken back".to_owned(),
    }
}

/// Takes back a version that has not taken effect yet.
///
/// # Errors
/// Why it was not taken back.
pub async fn withdraw(store: &Store, version: &Version, now: Timestamp, out: &mut impl Write) -> Result<(), Failure> {
    let there = store.publications().await?;
    store.withdraw_catalogue(version, now, &there.head).await?;
    writeln!(out, "{version} is taken back and will not take effect")?;
    Ok(())
}
