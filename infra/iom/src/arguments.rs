//! What can be said to `iom`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use iom::letters::{Queue, Services};
use iom::placing::Message;
use iom::tables::{self, Which};
use order_manager::audit::Digest;
use order_manager::id::{CustomerId, OrderId, PersonId};
use platform::Environment;
use platform::store::Store;

/// Looks after an Integrated Order Manager.
#[derive(Debug, Parser)]
#[command(name = "iom", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) of: Subject,
}

/// What is looked after.
#[derive(Debug, Subcommand)]
pub(crate) enum Subject {
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
    /// Dead letters: what functions were started with in vain.
    Letters {
        #[command(subcommand)]
        action: LettersAction,
    },
    /// Whether orders are placed: for a while they need not be, while everything else goes on.
    Placing {
        #[command(subcommand)]
        action: PlacingAction,
    },
    /// Everything that is kept of one customer.
    Customers {
        #[command(subcommand)]
        action: CustomersAction,
    },
    /// Who is signed in.
    Sessions {
        #[command(subcommand)]
        action: SessionsAction,
    },
}

/// What is done about orders.
#[derive(Debug, Subcommand)]
pub(crate) enum OrdersAction {
    /// Shows an order as it is stored, as JSON.
    Show {
        /// Which: the id that the site's addresses have (/orders/ID).
        order: OrderId,
        #[command(flatten)]
        place: Place,
    },
    /// Lists those that something may still happen to, and nothing has for a while: hours, state, id; the oldest first.
    Stuck {
        /// For how many hours.
        #[arg(long, value_name = "HOURS", default_value_t = 48)]
        older_than: u32,
        #[command(flatten)]
        place: Place,
    },
}

/// What is done about dead letters.
#[derive(Debug, Subcommand)]
pub(crate) enum LettersAction {
    /// Says how many there are, and what the first ones of each queue are.
    List {
        #[command(flatten)]
        stack: Stack,
    },
    /// Starts functions with them again. What is taken now is deleted; what is not stays. Mend first what they failed by.
    Redrive {
        /// One queue, by its output's name: NotifyLetters, DeliverLetters, ProvisionLetters, BulkLoadLetters, PublishLetters. Left out:
        /// all of them.
        queue: Option<Queue>,
        #[command(flatten)]
        stack: Stack,
    },
}

/// What is done about placing.
#[derive(Debug, Subcommand)]
pub(crate) enum PlacingAction {
    /// Has no orders placed until it is opened again, by customers, staff or partners. Drafts go on being saved.
    Close {
        /// What people are told: until when, and what to do meanwhile.
        #[arg(long, value_name = "TEXT")]
        message: Message,
        #[command(flatten)]
        place: Place,
    },
    /// Has orders placed again.
    Open {
        #[command(flatten)]
        place: Place,
    },
}

/// What is done about what is kept of a customer.
#[derive(Debug, Subcommand)]
pub(crate) enum CustomersAction {
    /// Writes all of it into a folder, as JSON and the files that were sent.
    Export {
        /// Whose: the id that the site's addresses have (/customers/ID).
        customer: CustomerId,
        /// Where to.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
        #[command(flatten)]
        stack: Stack,
    },
    /// Says what would be erased, and what stays until when; and erases it when told so.
    Erase {
        /// Whose: the id that the site's addresses have (/customers/ID).
        customer: CustomerId,
        /// How many years an order is kept after it last changed.
        #[arg(long, value_name = "YEARS", default_value_t = 7, value_parser = clap::value_parser!(i16).range(0..=100))]
        keep_orders: i16,
        /// How many years an agreement is kept after it last changed.
        #[arg(long, value_name = "YEARS", default_value_t = 10, value_parser = clap::value_parser!(i16).range(0..=100))]
        keep_agreements: i16,
        /// Erases it. There is no way back but to restore tables.
        #[arg(long)]
        for_good: bool,
        #[command(flatten)]
        stack: Stack,
    },
}

/// Where a whole stack is.
#[derive(Debug, Args)]
pub(crate) struct Stack {
    /// A file with the stack's outputs, as `sam list stack-outputs --output json` prints them.
    #[arg(long, value_name = "FILE")]
    outputs: PathBuf,
    /// Another end point than AWS's own: a stand-in's.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The region; left out: that of the environment (AWS_REGION).
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

impl Stack {
    /// The way to all that is kept there.
    pub(crate) fn kept(self) -> Result<(Store, platform::Files), Box<dyn std::error::Error>> {
        let Self { outputs, endpoint, region } = self;
        let config = tables::whole(&tables::StackPlace { outputs, endpoint, region }, Environment::of_process())?;
        Ok((Store::new(&config), platform::Files::new(Arc::new(config))))
    }

    /// The way to the dead letters there, and to the orders.
    pub(crate) fn letters(self) -> Result<(Services, Store), Box<dyn std::error::Error>> {
        let Self { outputs, endpoint, region } = self;
        Ok(tables::letters(&tables::StackPlace { outputs, endpoint, region }, Environment::of_process())?)
    }
}

/// What is loaded.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportWhat {
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
pub(crate) struct Import {
    /// The file: .csv or .json.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// What is done about sessions.
#[derive(Debug, Subcommand)]
pub(crate) enum SessionsAction {
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
pub(crate) enum AuditAction {
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
pub(crate) enum CatalogueAction {
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
pub(crate) struct Files {
    /// A folder of TOML files; or one file, read with those beside it; or several files or folders that make a whole
    /// catalogue together. Left out: the repository's own.
    #[arg(value_name = "FILE OR FOLDER")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Where the table is. Credentials are taken from the environment (AWS_ACCESS_KEY_ID and so on).
#[derive(Debug, Args)]
pub(crate) struct Place {
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
    pub(crate) fn store(self, which: Which) -> Result<Store, Box<dyn std::error::Error>> {
        let Self { table, endpoint, region } = self;
        Ok(tables::store(which, &tables::Place { table, endpoint, region }, Environment::of_process())?)
    }
}
