//! Configuration: what `infra/template.yaml` passes to a function in its environment.

use std::collections::BTreeMap;

use aws_types::app_name::AppName;
use jiff::SignedDuration;
use order_manager::access::Role;
use order_manager::catalogue::Family;
use sha2::{Digest, Sha256};

use crate::outward::StandIn;

/// How long a session of staff lasts when nothing else is set.
const LONGEST_STAFF_SESSION: SignedDuration = SignedDuration::from_hours(4);

/// The variables a function was started with, read once.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self(std::env::vars().collect())
    }

    /// The value of a variable, when it is set and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// With another value for a variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Where a service is, other than at AWS: its own variable counts before the one for all of them, as in AWS's own tools.
    fn endpoint(&self, service: &str) -> Option<String> {
        self.get(service).or_else(|| self.get("AWS_ENDPOINT_URL")).map(str::to_owned)
    }

    fn required(&self, name: &'static str) -> Result<String, ConfigError> {
        self.get(name).map(str::to_owned).ok_or(ConfigError::Missing(name))
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self(variables.into_iter().collect())
    }
}

/// Why a function could not be configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// A variable that must be set is not.
    Missing(&'static str),
    /// A variable has a value that means nothing.
    Malformed(&'static str),
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the environment variable {name} is not set"),
            Self::Malformed(name) => write!(f, "the environment variable {name} has a value that means nothing"),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Table names; each function is given those its role may use, and asks for no other.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Sessions, visitors' flows, counters.
    pub sessions: String,
    /// Customers with their sites, products and billing accounts.
    pub customers: String,
    /// Orders.
    pub orders: String,
    /// Phone numbers and appointment slots.
    pub inventory: String,
    /// The published catalogue.
    pub catalogue: String,
    /// Who did what.
    pub audit: String,
    /// Files of many sites, and what became of each.
    pub projects: String,
    /// Partners' listeners.
    pub partners: String,
    /// Agreements in all their versions.
    pub agreements: String,
}

/// Where customers are identified.
#[derive(Clone, Debug)]
pub struct CognitoSettings {
    /// The user pool.
    pub user_pool: String,
    /// The customers' app client.
    pub customer_client: String,
}

/// Whose tokens are believed.
#[derive(Clone, Debug)]
pub struct TokenSettings {
    /// What a token's `iss` must be.
    pub issuer: String,
    /// Where the pool's public keys are (a setting of its own: an emulator's issuer is not where its keys are).
    pub jwks_url: String,
}

/// Where the company's own people are identified, and what its directory's groups mean here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSettings {
    /// The staff's app client.
    pub client: String,
    /// Scheme and host of the user pool's own domain.
    pub domain: String,
    /// The corporate identity provider's name in the user pool.
    pub provider: String,
    /// A group of the directory, and the role that those in it have.
    pub roles: Vec<(String, Role)>,
}

impl StaffSettings {
    /// Reads them; there are none where staff do not sign in.
    fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let Some(client) = environment.get("STAFF_CLIENT_ID") else { return Ok(None) };
        let malformed = || ConfigError::Malformed("STAFF_ROLES");
        let role = |pair: &str| {
            let (group, role) = pair.split_once('=').ok_or_else(malformed)?;
            Ok((group.trim().to_owned(), role.trim().parse().map_err(|_| malformed())?))
        };
        let roles = environment.required("STAFF_ROLES")?.split(',').map(role).collect::<Result<Vec<_>, ConfigError>>()?;
        Ok(Some(Self {
            client: client.to_owned(),
            domain: environment.required("HOSTED_DOMAIN")?.trim_end_matches('/').to_owned(),
            provider: environment.required("STAFF_PROVIDER")?,
            roles,
        }))
    }
}

/// Where orders are carried out.
#[derive(Clone, PartialEq, Eq)]
pub struct ProvisioningSettings {
    /// Where the service ordering interface (TMF641 v4) of the common system begins. Nothing where a function only hears what is said.
    pub address: String,
    /// Where those of the families begin that have a system of their own.
    pub by_family: BTreeMap<Family, String>,
    /// What they and we sign messages with: we with the first, they with any of them while a key is changed. Without one nothing is sent,
    /// and nothing believed.
    pub keys: Vec<String>,
}

impl std::fmt::Debug for ProvisioningSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("ProvisioningSettings");
        shown.field("address", &self.address).field("by_family", &self.by_family).finish_non_exhaustive()
    }
}

impl ProvisioningSettings {
    /// Reads them; there are none where no system is configured.
    fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let (address, key) = (environment.get("PROVISIONING_URL"), environment.get("PROVISIONING_KEY"));
        let malformed = || ConfigError::Malformed("PROVISIONING_URLS");
        let own = |pair: &str| {
            let (family, address) = pair.split_once('=').ok_or_else(malformed)?;
            let family = Family::ALL.into_iter().find(|known| known.slug() == family.trim()).ok_or_else(malformed)?;
            Ok((family, address.trim().trim_end_matches('/').to_owned()))
        };
        let pairs = environment.get("PROVISIONING_URLS").map(|pairs| pairs.split(',')).into_iter().flatten();
        let by_family = pairs.map(own).collect::<Result<BTreeMap<_, _>, ConfigError>>()?;
        if address.is_none() && key.is_none() && by_family.is_empty() {
            return Ok(None);
        }
        let address = address.unwrap_or_default().trim_end_matches('/').to_owned();
        let keys = key.unwrap_or_default().split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect();
        Ok(Some(Self { address, by_family, keys }))
    }
}

/// What shows that an event is a provisioning system's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventProof {
    /// It is signed with the key that the system and we share.
    #[default]
    Signature,
    /// It comes with an access token of the user pool, which the system gets as a client of its own.
    Token,
}

impl EventProof {
    fn read(environment: &Environment) -> Result<Self, ConfigError> {
        match environment.get("PROVISIONING_EVENTS_BY") {
            None | Some("signature") => Ok(Self::Signature),
            Some("token") => Ok(Self::Token),
            Some(_) => Err(ConfigError::Malformed("PROVISIONING_EVENTS_BY")),
        }
    }
}

/// A function's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Region of the AWS services.
    pub region: String,
    /// Table names.
    pub tables: Tables,
    /// Where files are kept; given to the functions that take them, give them back or let them go.
    pub files_bucket: Option<String>,
    /// What the deployment is called, in metrics.
    pub environment: Box<str>,
    /// The SHA-256 of each key that what is in front of the site may prove itself with; none where there is nothing in front.
    /// While a key is being changed there are two.
    pub origin_keys: Vec<[u8; 32]>,
    /// Where events are published; given to the function that publishes them.
    pub event_bus: Option<String>,
    /// Whom e-mail is from; given to the functions that send any.
    pub mail_from: Option<String>,
    /// Given to the functions that sign customers in.
    pub cognito: Option<CognitoSettings>,
    /// Given to the functions that take tokens of the user pool.
    pub tokens: Option<TokenSettings>,
    /// Given to the functions that sign staff in, where staff do.
    pub staff: Option<StaffSettings>,
    /// Given to the functions that have orders carried out, where a system does.
    pub provisioning: Option<ProvisioningSettings>,
    /// What the events of provisioning systems are believed by.
    pub event_proof: EventProof,
    /// A session of staff ends so long after it began.
    pub longest_staff_session: SignedDuration,
    /// Scheme and host of the site as browsers see it, to compare `Origin` with.
    pub site_origin: Option<String>,
    /// End points other than AWS's own, for a stand-in: DynamoDB.
    pub dynamodb_endpoint: Option<String>,
    /// End points other than AWS's own, for a stand-in: Cognito.
    pub cognito_endpoint: Option<String>,
    /// End points other than AWS's own, for a stand-in: S3.
    pub s3_endpoint: Option<String>,
    /// End points other than AWS's own, for a stand-in: SES.
    pub ses_endpoint: Option<String>,
    /// End points other than AWS's own, for a stand-in: EventBridge.
    pub events_endpoint: Option<String>,
    /// An end point other than the Internet's, for a stand-in: a partner's listener on this machine.
    pub listener_stand_in: Option<StandIn>,
    /// The role's temporary credentials.
    pub credentials: aws_credential_types::Credentials,
    /// What DynamoDB's callers say they are, as AWS's own tools take it from `AWS_SDK_UA_APP_ID`: for whoever looks at who called.
    pub caller: Option<AppName>,
}

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    /// When a variable that every function needs is not set.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let cognito = match environment.get("USER_POOL_ID") {
            None => None,
            Some(pool) => {
                Some(CognitoSettings { user_pool: pool.to_owned(), customer_client: environment.required("CUSTOMER_CLIENT_ID")? })
            }
        };
        let tokens = match environment.get("TOKEN_ISSUER") {
            None => None,
            Some(issuer) => Some(TokenSettings { issuer: issuer.to_owned(), jwks_url: environment.required("JWKS_URL")? }),
        };
        let table = |name| environment.get(name).unwrap_or_default().to_owned();
        let tables = Tables {
            sessions: environment.required("SESSIONS_TABLE")?,
            customers: table("CUSTOMERS_TABLE"),
            orders: table("ORDERS_TABLE"),
            inventory: table("INVENTORY_TABLE"),
            catalogue: environment.required("CATALOGUE_TABLE")?,
            audit: table("AUDIT_TABLE"),
            projects: table("PROJECTS_TABLE"),
            partners: table("PARTNERS_TABLE"),
            agreements: table("AGREEMENTS_TABLE"),
        };
        let longest_staff_session = match environment.get("STAFF_SESSION_HOURS") {
            None => LONGEST_STAFF_SESSION,
            Some(hours) => {
                let hours = hours.parse::<u8>().ok().filter(|hours| (1..=12).contains(hours));
                SignedDuration::from_hours(hours.ok_or(ConfigError::Malformed("STAFF_SESSION_HOURS"))?.into())
            }
        };
        let site_origin = environment.get("SITE_ORIGIN").map(str::to_owned);
        let files_bucket = environment.get("FILES_BUCKET").map(str::to_owned);
        let origin_keys = environment.get("ORIGIN_KEY").unwrap_or_default().split(',').filter(|key| !key.is_empty());
        let origin_keys = origin_keys.map(|key| Sha256::digest(key.as_bytes()).into()).collect();
        let mail_from = environment.get("MAIL_FROM").map(str::to_owned);
        let event_bus = environment.get("EVENT_BUS").map(str::to_owned);
        let staff = StaffSettings::read(environment)?;
        let stand_in = |text: &str| text.parse().map_err(|_| ConfigError::Malformed("LISTENER_STAND_IN"));
        let listener_stand_in = environment.get("LISTENER_STAND_IN").map(stand_in).transpose()?;
        Ok(Self {
            files_bucket,
            origin_keys,
            event_bus,
            mail_from,
            cognito,
            tokens,
            staff,
            provisioning: ProvisioningSettings::read(environment)?,
            event_proof: EventProof::read(environment)?,
            longest_staff_session,
            site_origin,
            listener_stand_in,
            ..Self::of_tables(environment, tables)?
        })
    }

    /// The configuration of something that is no function and works on these tables alone: an operator's tool.
    ///
    /// # Errors
    /// When the environment has no region or no credentials.
    pub fn of_tables(environment: &Environment, tables: Tables) -> Result<Self, ConfigError> {
        Ok(Self {
            region: environment.required("AWS_REGION")?,
            tables,
            files_bucket: None,
            environment: environment.get("ENV_NAME").unwrap_or("local").into(),
            origin_keys: vec![],
            event_bus: None,
            mail_from: None,
            cognito: None,
            tokens: None,
            staff: None,
            provisioning: None,
            event_proof: EventProof::default(),
            longest_staff_session: LONGEST_STAFF_SESSION,
            site_origin: None,
            dynamodb_endpoint: environment.endpoint("AWS_ENDPOINT_URL_DYNAMODB"),
            cognito_endpoint: environment.endpoint("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"),
            s3_endpoint: environment.endpoint("AWS_ENDPOINT_URL_S3"),
            ses_endpoint: environment.endpoint("AWS_ENDPOINT_URL_SESV2"),
            events_endpoint: environment.endpoint("AWS_ENDPOINT_URL_EVENTBRIDGE"),
            listener_stand_in: None,
            caller: environment.get("AWS_SDK_UA_APP_ID").and_then(|name| AppName::new(name.to_owned()).ok()),
            credentials: aws_credential_types::Credentials::new(
                environment.required("AWS_ACCESS_KEY_ID")?,
                environment.required("AWS_SECRET_ACCESS_KEY")?,
                environment.get("AWS_SESSION_TOKEN").map(str::to_owned),
                None,
                "environment",
            ),
        })
    }
}
