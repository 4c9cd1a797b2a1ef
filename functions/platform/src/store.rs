//! The store: everything that outlives a request, in DynamoDB.
//!
//! Here are the tables' keys, the rows' forms and the conditions under which they are written; nothing else in the site
//! knows them. A step reads what it needs in one call ([`Store::load`]) and saves an order by one conditional write
//! ([`Store::save_order`]), which takes, frees and makes firm the numbers and appointments that the change is about.

mod access_code;
mod agreement;
mod audit;
mod batch;
mod catalogue;
mod change;
mod counter;
mod customer;
mod delivered;
mod error;
mod flow;
mod holdings;
mod image;
mod inventory;
mod key;
mod late;
mod load;
mod mailing;
mod numbers;
mod order;
mod own_sessions;
mod partner;
mod placing;
mod project;
mod provisioning;
mod published;
mod queue;
mod recent;
mod record;
mod retry;
mod sealed;
mod search;
mod session;
mod size;
mod summary;
mod told;
mod transaction;

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region, StalledStreamProtectionConfig};

use crate::Config;
use crate::config::Tables;
use crate::http_client::http_client;
use crate::telemetry::CountCalls;

pub use access_code::AccessCode;
pub use agreement::{AgreementSummary, DealPage};
pub use catalogue::CompactCatalogue;
pub use counter::{Counter, Waiting};
pub use customer::CustomerFile;
pub use error::StoreError;
pub use holdings::{Holding, Kept};
pub use image::Image;
pub use key::CATALOGUE_FORMAT;
pub use late::LateForm;
pub use load::{Loaded, Wanted};
pub use mailing::Mailing;
pub use order::{Creation, StoredOrder, Versioned};
pub use own_sessions::OwnSession;
pub use partner::{Between, CancelRequest, Listener, MOST_LISTENERS, PartnerCreation, PartnerEntry, PartnerRequest, PartnerView};
pub use placing::Closed;
pub use project::{NewSite, Project, ProjectEntry, ProjectRow, RowState, WrongRow};
pub use provisioning::{Dispatch, Provisioning, Reached};
pub use published::{CatalogueHead, NextCatalogue, NotPublished, Publication, Publications};
pub use queue::{QueueEntry, QueuePage};
pub use recent::RecentCustomer;
pub use search::{Found, FoundCustomer};
pub(crate) use session::unguessable;
pub use session::{Session, SessionId, Visitor};
pub use summary::OrderSummary;

/// What came of adding something once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is new.
    New,
    /// It was there already, and is as it was.
    There,
}

/// The way to the tables. Cloning it shares the connections.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    tables: Tables,
    ranges: Arc<numbers::Ranges>,
}

impl Store {
    /// A store by a function's configuration. Nothing is connected until the first call.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(3))
            .operation_timeout(Duration::from_secs(8))
            .build();
        let mut builder = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(config.region.clone()))
            .credentials_provider(config.credentials.clone())
            .http_client(http_client())
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .interceptor(CountCalls)
            // Made for large streams; our answers are small, and time out as a whole.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        builder.set_endpoint_url(config.dynamodb_endpoint.clone());
        builder.set_app_name(config.caller.clone());
        Self { client: Client::from_conf(builder.build()), tables: config.tables.clone(), ranges: Arc::default() }
    }
}
