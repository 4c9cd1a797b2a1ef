//! `iom`, the operator's command line for the Integrated Order Manager.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use iom::publishing::{self, Run};
use iom::tables::{self, Which};
use iom::{audit, catalogue, import, orders, sessions};
use jiff::SignedDuration;
use order_manager::audit::Digest;
use order_manager::id::{PersonId, Version};
use platform::catalogue::embedded;
use platform::store::Store;
use platform::{Clock, Environment};

/// Looks after an Integrated Order Manager.
#[derive(Debug, Parser)]
#[command(name = "iom", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    of: Subject,
}

/// What is looked after.
#[derive(Debug, Subcommand)]
enum Subject {
    /// The product catalogue.
    Catalogue {
        #[command(subcommand)]
        action: CatalogueAction,
    },
    /// Loads what there is already from a file: CSV with a header line, or JSON, an array of objects. It is checked whole before
    /// anything is loaded; what is there already stays as it is, so that it can be run again.
    Import {
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Orders that were placed or are being put together.
    Orders {
        #[command(subcommand)]
        action: OrdersAction,
    },
    /// The trails of who did what.
    Audit {
        #[command(subcommand)]
        action: AuditAction,
    },
    /// Who is signed in.
    Sessions {
        #[command(subcommand)]
        action: SessionsAction,
    },
}

/// What is done about orders.
#[derive(Debug, Subcommand)]
enum OrdersAction {
    /// Lists those that something may still happen to, and nothing has for a while: hours, state, id; the oldest first.
    Stuck {
        /// For how many hours.
        #[arg(long, value_name = "HOURS", default_value_t = 48)]
        older_than: u32,
        #[command(flatten)]
        place: Place,
    },
}

/// What is loaded.
#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// Customers, a row for each of their places: account-number, kind (residential, business), name, contact, phone, email,
    /// contact-since, street, unit, city, state, zip.
    Customers(Import),
    /// Telephone numbers: rate-centre, number.
    Numbers(Import),
    /// Appointments: area, day, window, crew.
    Slots(Import),
}

/// What to load, and where to.
#[derive(Debug, Args)]
struct Import {
    /// The file: .csv or .json.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// What is done about sessions.
#[derive(Debug, Subcommand)]
enum SessionsAction {
    /// Signs somebody out everywhere, at once.
    End {
        /// Who: the subject that the user pool knows them by.
        person: PersonId,
        #[command(flatten)]
        place: Place,
    },
}

/// What is done about the trails.
#[derive(Debug, Subcommand)]
enum AuditAction {
    /// Checks that trails are as they were written, and says how long each is and the hash of its last entry.
    Verify {
        /// One trail (`person#ID`, `customer#ID`, `order#ID`); left out: all of them.
        trail: Option<String>,
        /// The hash of an entry that must still be there: keep one elsewhere, and nothing before it can go unnoticed.
        #[arg(long, value_name = "HASH")]
        expect: Vec<Digest>,
        #[command(flatten)]
        place: Place,
    },
    /// Writes trails as JSON, an entry a line.
    Export {
        /// One trail; left out: all of them.
        trail: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

/// What is done about the catalogue.
#[derive(Debug, Subcommand)]
enum CatalogueAction {
    /// Checks source files: prints every problem with its file and line, and exits with 1 when there is any.
    Check {
        #[command(flatten)]
        files: Files,
    },
    /// Checks source files and has running functions go by them, at once or from a moment on. Prints first what changes.
    Publish {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        place: Place,
        /// When it takes effect: `now`, a day (2026-12-01: when it has begun in every area served), or a time with its zone
        /// (2026-12-01T06:00-05:00).
        #[arg(long, value_name = "DATE|now", default_value = "now")]
        from: String,
        /// Writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Lists the versions that were published, and which of them counts.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Takes back a version that has not taken effect yet.
    Withdraw {
        /// Which.
        version: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Source files of a catalogue.
#[derive(Debug, Args)]
struct Files {
    /// A folder of TOML files; or one file, read with those beside it; or several files or folders that make a whole
    /// catalogue together. Left out: the repository's own.
    #[arg(value_name = "FILE OR FOLDER")]
    paths: Vec<PathBuf>,
}

/// Where the table is. Credentials are taken from the environment (AWS_ACCESS_KEY_ID and so on).
#[derive(Debug, Args)]
struct Place {
    /// The table: output `CatalogueTable`, `AuditTable`, `SessionsTable`, `CustomersTable`, `InventoryTable` or `OrdersTable` of
    /// the stack.
    #[arg(long, value_name = "NAME")]
    table: String,
    /// Another end point than AWS's own: a stand-in's.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The region; left out: that of the environment (AWS_REGION).
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

impl Place {
    fn store(self, which: Which) -> Result<Store, Box<dyn std::error::Error>> {
        let Self { table, endpoint, region } = self;
        Ok(tables::store(which, &tables::Place { table, endpoint, region }, Environment::of_process())?)
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().of {
        Subject::Catalogue { action } => run(action),
        Subject::Import { what } => load(what),
        Subject::Orders { action: OrdersAction::Stuck { older_than, place } } => stuck(older_than, place),
        Subject::Audit { action } => look(action),
        Subject::Sessions { action: SessionsAction::End { person, place } } => end_sessions(person, place),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Every line ends with its own break where there are several.
            let why = why.to_string();
            // Without a standard error there is nobody to tell.
            let _ = writeln!(io::stderr(), "{}", why.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn end_sessions(person: PersonId, place: Place) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(sessions::end(&place.store(Which::Sessions)?, person, &mut io::stdout()))?;
    Ok(())
}

fn stuck(hours: u32, place: Place) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (now, older_than) = (Clock::system().now(), SignedDuration::from_hours(hours.into()));
    runtime.block_on(orders::stuck(&place.store(Which::Orders)?, older_than, now, &mut io::stdout()))?;
    Ok(())
}

fn load(what: ImportWhat) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // What is served where does not change with a price: the catalogue that was built in will do.
    let catalogue = embedded().ok_or("the catalogue that was built in can not be read")?;
    match what {
        ImportWhat::Customers(Import { file, place }) => {
            runtime.block_on(import::customers(&place.store(Which::Customers)?, &file, &catalogue, out))?;
        }
        ImportWhat::Numbers(Import { file, place }) => {
            runtime.block_on(import::numbers(&place.store(Which::Inventory)?, &file, &catalogue, out))?;
        }
        ImportWhat::Slots(Import { file, place }) => {
            runtime.block_on(import::slots(&place.store(Which::Inventory)?, &file, &catalogue, out))?;
        }
    }
    Ok(())
}

fn look(action: AuditAction) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        AuditAction::Verify { trail, expect, place } => {
            runtime.block_on(audit::check(&place.store(Which::Audit)?, trail.as_deref(), &expect, out))?;
        }
        AuditAction::Export { trail, place } => {
            runtime.block_on(audit::export(&place.store(Which::Audit)?, trail.as_deref(), out))?;
        }
    }
    Ok(())
}

fn run(action: CatalogueAction) -> Result<(), Box<dyn std::error::Error>> {
    let now = Clock::system().now();
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        CatalogueAction::Check { files } => writeln!(out, "{}", catalogue::check(&files.paths)?)?,
        CatalogueAction::Publish { files, place, from, dry_run } => {
            let (checked, _) = catalogue::read(&files.paths)?;
            let run = if dry_run { Run::Dry } else { Run::Real };
            runtime.block_on(publishing::publish(&place.store(Which::Catalogue)?, &checked, &from, run, now, out))?;
        }
        CatalogueAction::List { place } => runtime.block_on(publishing::list(&place.store(Which::Catalogue)?, now, out))?,
        CatalogueAction::Withdraw { version, place } => {
            runtime.block_on(publishing::withdraw(&place.store(Which::Catalogue)?, &Version(version.into()), now, out))?;
        }
    }
    Ok(())
}
