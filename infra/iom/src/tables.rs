//! The way to the tables: by the site's own store, with the credentials of whoever runs the command.

use std::fmt;

use platform::store::Store;
use platform::{Config, ConfigError, Environment};

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

/// The store with one table.
///
/// # Errors
/// When region or credentials are missing. A stand-in, which is whatever speaks plain HTTP, asks for neither.
pub fn store(which: Which, place: &Place, environment: Environment) -> Result<Store, Unconfigured> {
    let mut environment = environment;
    let mut assume = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            environment = std::mem::take(&mut environment).with(name, value);
        }
    };
    assume("AWS_REGION", place.region.as_deref());
    assume("AWS_ENDPOINT_URL_DYNAMODB", place.endpoint.as_deref());
    if environment.get("AWS_ENDPOINT_URL_DYNAMODB").is_some_and(|endpoint| endpoint.starts_with("http://")) {
        for (name, value) in [("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")] {
            if environment.get(name).is_none() {
                environment = environment.with(name, value);
            }
        }
    }
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
