//! `iom`, the operator's command line for the Integrated Order Manager.

mod catalogue;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
}

/// What is done about the catalogue.
#[derive(Debug, Subcommand)]
enum CatalogueAction {
    /// Checks source files: prints every problem with its file and line, and exits with 1 when there is any.
    Check {
        /// A folder of TOML files; or one file, read with those beside it; or several files or folders that make a whole
        /// catalogue together. Left out: the repository's own.
        #[arg(value_name = "FILE OR FOLDER")]
        paths: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Subject::Catalogue { action: CatalogueAction::Check { paths } } = Arguments::parse().of;
    match catalogue::check(&paths) {
        Ok(summary) => said(writeln!(io::stdout(), "{summary}"), ExitCode::SUCCESS),
        Err(refusal) => said(write!(io::stderr(), "{refusal}"), ExitCode::FAILURE),
    }
}

/// The exit code, whether or not anybody read what was said.
fn said(_heard: io::Result<()>, code: ExitCode) -> ExitCode {
    code
}
