//! The way to the tables: by the site's own store, with the credentials of whoever runs the command.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use platform::store::Store;
use platform::{Config, ConfigError, Environment};
use serde::Deserialize;

use crate::letters::Services;

/// Which of the site's tables a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The published catalogue.
    Catalogue,
    /// Who did what.
    Audit,
    /// Sessions.
    Sessions,
    /// Customers with what is theirs.
    Customers,
    /// Telephone numbers and appointments.
    Inventory,
    /// Orders.
    Orders,
}

/// Where a table is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub table: String,
    /// An end point other than AWS's own.
    pub endpoint: Option<String>,
    /// The region, where the environment's is not meant.
    pub region: Option<String>,
}

/// Why there is no way to the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfigured(ConfigError);

impl fmt::Display for Unconfigured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ConfigError::Missing("AWS_REGION") => f.write_str("no region: say --region, or set AWS_REGION"),
            error @ ConfigError::Missing("AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY") => write!(
                f,
                "no credentials: {error}; `eval \"$(aws configure export-credentials --format env)\"` sets those of a profile"
            ),
            error => error.fmt(f),
        }
    }
}

impl std::error::Error for Unconfigured {}

/// Where a whole stack is.
#[derive(Clone, Debug)]
pub struct StackPlace {
    /// A file with its outputs, as `sam list stack-outputs --output json` prints them.
    pub outputs: PathBuf,
    /// An end point other than AWS's own.
    pub endpoint: Option<String>,
    /// The region, where the environment's is not meant.
    pub region: Option<String>,
}

/// Why there is no way to a stack.
#[derive(Debug)]
pub enum Unreached {
    /// The file can't be read.
    Unreadable(PathBuf, String),
    /// An output is missing there.
    NoOutput(PathBuf, &'static str),
    /// Region or credentials are missing.
    Unconfigured(Unconfigured),
}

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => {
                write!(f, "{}: {error}; it has to be what `sam list stack-outputs --output json` prints", path.display())
            }
            Self::NoOutput(path, name) => write!(f, "{}: the output {name} is missing", path.display()),
            Self::Unconfigured(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unreached {}

/// What a stack says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    file: PathBuf,
    all: BTreeMap<String, String>,
}

/// An output, as `sam list stack-outputs` prints it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    output_key: String,
    output_value: String,
}

impl Outputs {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Unreached::Unreadable`].
    pub fn read(file: &Path) -> Result<Self, Unreached> {
        let unreadable = |error: &dyn fmt::Display| Unreached::Unreadable(file.to_owned(), error.to_string());
        let text = fs::read_to_string(file).map_err(|error| unreadable(&error))?;
        let outputs: Vec<Output> = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
        let all = outputs.into_iter().map(|Output { output_key, output_value }| (output_key, output_value)).collect();
        Ok(Self { file: file.to_owned(), all })
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all.get(name).map(String::as_str)
    }

    /// One that has to be there.
    ///
    /// # Errors
    /// [`Unreached::NoOutput`].
    pub fn required(&self, name: &'static str) -> Result<String, Unreached> {
        self.get(name).map(str::to_owned).ok_or_else(|| Unreached::NoOutput(self.file.clone(), name))
    }
}

/// The configuration of everything of a stack that holds what customers leave there.
///
/// # Errors
/// When the outputs can't be read, or region or credentials are missing.
pub fn whole(place: &StackPlace, environment: Environment) -> Result<Config, Unreached> {
    let outputs = Outputs::read(&place.outputs)?;
    let output = |name| outputs.required(name);
    let tables = platform::Tables {
        sessions: output("SessionsTable")?,
        customers: output("CustomersTable")?,
        orders: output("OrdersTable")?,
        inventory: output("InventoryTable")?,
        catalogue: output("CatalogueTable")?,
        audit: output("AuditTable")?,
        projects: output("ProjectsTable")?,
        agreements: output("AgreementsTable")?,
        ..platform::Tables::default()
    };
    let files = output("FilesBucket")?;
    let environment = reached(environment, "AWS_ENDPOINT_URL", place.region.as_deref(), place.endpoint.as_deref());
    let config = Config::of_tables(&environment, tables).map_err(|error| Unreached::Unconfigured(Unconfigured(error)))?;
    Ok(Config { files_bucket: Some(files), ..config })
}

/// The way to the dead letters of a stack, and to its orders.
///
/// # Errors
/// When the outputs can't be read, or region or credentials are missing.
pub fn letters(place: &StackPlace, environment: Environment) -> Result<(Services, Store), Unreached> {
    let outputs = Outputs::read(&place.outputs)?;
    let tables = platform::Tables { orders: outputs.required("OrdersTable")?, ..platform::Tables::default() };
    let environment = reached(environment, "AWS_ENDPOINT_URL", place.region.as_deref(), place.endpoint.as_deref());
    let config = Config::of_tables(&environment, tables).map_err(|error| Unreached::Unconfigured(Unconfigured(error)))?;
    let store = Store::new(&config);
    let endpoint = environment.get("AWS_ENDPOINT_URL").map(str::to_owned);
    Ok((Services::new(config, endpoint, &outputs)?, store))
}

/// An environment with region and end point. A stand-in, which is whatever speaks plain HTTP, asks for neither region nor credentials.
fn reached(environment: Environment, variable: &str, region: Option<&str>, endpoint: Option<&str>) -> Environment {
    let given = [("AWS_REGION", region), (variable, endpoint)];
    let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let environment = given.fold(environment, |environment, (name, value)| environment.with(name, value));
    if !environment.get(variable).is_some_and(|endpoint| endpoint.starts_with("http://")) {
        return environment;
    }
    let assumed = [("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")];
    assumed.into_iter().fold(environment, |environment, (name, value)| match environment.get(name) {
        Some(_) => environment,
        None => environment.with(name, value),
    })
}

/// The store with one table.
///
/// # Errors
/// When region or credentials are missing. A stand-in, which is whatever speaks plain HTTP, asks for neither.
pub fn store(which: Which, place: &Place, environment: Environment) -> Result<Store, Unconfigured> {
    let environment = reached(environment, "AWS_ENDPOINT_URL_DYNAMODB", place.region.as_deref(), place.endpoint.as_deref());
    let (table, none) = (place.table.clone(), platform::Tables::default());
    let tables = match which {
        Which::Catalogue => platform::Tables { catalogue: table, ..none },
        Which::Audit => platform::Tables { audit: table, ..none },
        Which::Sessions => platform::Tables { sessions: table, ..none },
        Which::Customers => platform::Tables { customers: table, ..none },
        Which::Inventory => platform::Tables { inventory: table, ..none },
        Which::Orders => platform::Tables { orders: table, ..none },
    };
    Config::of_tables(&environment, tables).map(|config| Store::new(&config)).map_err(Unconfigured)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(endpoint: Option<&str>, region: Option<&str>) -> Place {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Place { table: "catalogue".to_owned(), endpoint: owned(endpoint), region: owned(region) }
    }

    #[test]
    fn what_is_missing_is_said_with_what_to_do() {
        let none = Environment::default;
        let said =
            |place: &Place, environment| store(Which::Catalogue, place, environment).expect_err("it is missing").to_string();
        assert_eq!(said(&place(None, None), none()), "no region: say --region, or set AWS_REGION");
        assert!(said(&place(None, Some("us-east-1")), none()).starts_with("no credentials: "));
        assert!(said(&place(Some("https://dynamodb.example"), Some("us-east-1")), none()).starts_with("no credentials: "));
    }

    #[test]
    fn a_stand_in_asks_for_neither_region_nor_credentials() {
        assert!(store(Which::Audit, &place(Some("http://127.0.0.1:8000"), None), Environment::default()).is_ok());
    }
}
