//! `iom import`: customers, telephone numbers and appointments from files. A file is checked whole before anything of it is loaded;
//! loading it again, or going on after a break, adds what is not there yet and changes nothing that is.

mod customers;
mod inventory;

use std::io::{self, Write};
use std::path::Path;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use indicatif::ProgressBar;
use order_manager::catalogue::Catalogue;
use platform::store::{Made, Store, StoreError};
use thiserror::Error;

use crate::rows::Refusal;

/// How much is under way at once.
const AT_ONCE: usize = 16;

/// Why a file was not loaded, or not to its end.
#[derive(Debug, Error)]
pub enum Failure {
    /// Nothing of it was.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Some of it was.
    #[error("{why}: {done} of {of} were loaded; run the same again, and it goes on from there")]
    BrokenOff {
        /// How many rows were.
        done: usize,
        /// Of how many.
        of: usize,
        /// Why.
        why: StoreError,
    },
    /// What came of it can't be said.
    #[error(transparent)]
    Unsaid(#[from] io::Error),
}

/// Adds the customers of a file who have no account yet, each whole or not at all.
///
/// # Errors
/// What is wrong with the file, or how far it was loaded.
pub async fn customers(store: &Store, file: &Path, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let customers = customers::read(file, catalogue)?;
    load("customers", &customers, out, async |(customer, terms)| store.add_customer(customer, *terms).await).await
}

/// Adds the telephone numbers of a file to their rate centres.
///
/// # Errors
/// As for [`customers`].
pub async fn numbers(store: &Store, file: &Path, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let numbers = inventory::numbers(file, catalogue)?;
    load("numbers", &numbers, out, async |(rate_centre, number)| store.put_number(rate_centre, *number).await).await
}

/// Adds the appointments of a file.
///
/// # Errors
/// As for [`customers`].
pub async fn slots(store: &Store, file: &Path, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let slots = inventory::slots(file, catalogue)?;
    load("appointments", &slots, out, async |slot| store.put_slot(slot).await).await
}

/// Loads some at once, and shows how far it is.
async fn load<T>(
    what: &str,
    all: &[T],
    out: &mut impl Write,
    add: impl AsyncFn(&T) -> Result<Made, StoreError>,
) -> Result<(), Failure> {
    // Where standard error is no terminal, it is not shown.
    let bar = ProgressBar::new(all.len() as u64);
    let (add, bar) = (&add, &bar);
    let each = stream::iter(all).map(|one| async move {
        let made = add(one).await?;
        bar.inc(1);
        Ok::<_, StoreError>(usize::from(made == Made::New))
    });
    let loaded = each.buffer_unordered(AT_ONCE).try_fold(0, async |so_far, new| Ok(so_far + new)).await;
    bar.finish_and_clear();
    let new =
        loaded.map_err(|why| Failure::BrokenOff { done: bar.position().try_into().unwrap_or(usize::MAX), of: all.len(), why })?;
    writeln!(out, "{what}: {new} added, {} there already", all.len() - new)?;
    Ok(())
}
