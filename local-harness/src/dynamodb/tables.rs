//! Makes the tables that the template describes.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Region},
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, Projection, ProjectionType,
        StreamSpecification, StreamViewType, TableStatus, TimeToLiveSpecification, TimeToLiveStatus,
    },
};
use tokio::time::{Instant, sleep};

use crate::{
    StartError,
    error::said,
    template::{Index, KeyElement, REGION, TableProperties, TableSpec},
};

/// How long a table may take to be there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes each table, unless it is there already, in the store at `endpoint`, and waits until it can be used.
///
/// # Errors
/// When the store cannot be reached or refuses a table; the error names it.
pub(crate) async fn create(endpoint: &str, tables: &[TableSpec]) -> Result<(), StartError> {
    let client = client(endpoint);
    for table in tables {
        let made = create_one(&client, table).await;
        made.map_err(|reason| StartError::DynamoDb(format!("the table {} cannot be made at {endpoint}: {reason}", table.name)))?;
    }
    Ok(())
}

async fn create_one(client: &Client, table: &TableSpec) -> Result<(), String> {
    let TableProperties {
        attribute_definitions,
        key_schema,
        global_secondary_indexes,
        stream_specification,
        time_to_live_specification,
    } = &table.properties;
    let attributes: Result<Vec<_>, _> = attribute_definitions
        .iter()
        .map(|attribute| {
            AttributeDefinition::builder()
                .attribute_name(&attribute.attribute_name)
                .attribute_type(attribute.attribute_type.as_str().into())
                .build()
        })
        .collect();
    let indexes: Result<Vec<_>, _> = global_secondary_indexes.iter().map(index).collect();
    let indexes = indexes?;
    let stream = stream_specification.as_ref().map(|stream| {
        let view = StreamViewType::from(stream.stream_view_type.as_str());
        StreamSpecification::builder().stream_enabled(true).stream_view_type(view).build().map_err(said)
    });
    let made = client
        .create_table()
        .table_name(&table.name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attributes.map_err(said)?))
        .set_key_schema(Some(keys(key_schema)?))
        .set_global_secondary_indexes((!indexes.is_empty()).then_some(indexes))
        .set_stream_specification(stream.transpose()?)
        .send()
        .await;
    match made {
        Ok(_) => {}
        Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => {}
        Err(error) => return Err(said(error)),
    }
    until_active(client, &table.name).await?;
    match time_to_live_specification {
        Some(expiry) if expiry.enabled => let_expire(client, &table.name, &expiry.attribute_name).await,
        _ => Ok(()),
    }
}

/// A new table is CREATING at first. The client's own waiter asks again only after 20 seconds, when it takes milliseconds.
async fn until_active(client: &Client, name: &str) -> Result<(), String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let description = client.describe_table().table_name(name).send().await.map_err(said)?;
        if description.table.and_then(|table| table.table_status) == Some(TableStatus::Active) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err("it does not become active".to_owned());
        }
        sleep(Duration::from_millis(2)).await;
    }
}

/// Asks first: what expires already may not be told so again.
async fn let_expire(client: &Client, name: &str, attribute: &str) -> Result<(), String> {
    let described = client.describe_time_to_live().table_name(name).send().await.map_err(said)?;
    let status = described.time_to_live_description.and_then(|description| description.time_to_live_status);
    if matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)) {
        return Ok(());
    }
    let specification = TimeToLiveSpecification::builder().attribute_name(attribute).enabled(true).build().map_err(said)?;
    client.update_time_to_live().table_name(name).time_to_live_specification(specification).send().await.map_err(said)?;
    Ok(())
}

fn index(index: &Index) -> Result<GlobalSecondaryIndex, String> {
    let others = &index.projection.non_key_attributes;
    let projection = Projection::builder()
        .projection_type(ProjectionType::from(index.projection.projection_type.as_str()))
        .set_non_key_attributes((!others.is_empty()).then(|| others.clone()));
    let keys = keys(&index.key_schema)?;
    GlobalSecondaryIndex::builder()
        .index_name(&index.index_name)
        .set_key_schema(Some(keys))
        .projection(projection.build())
        .build()
        .map_err(said)
}

fn keys(schema: &[KeyElement]) -> Result<Vec<KeySchemaElement>, String> {
    let element = |key: &KeyElement| {
        KeySchemaElement::builder()
            .attribute_name(&key.attribute_name)
            .key_type(key.key_type.as_str().into())
            .build()
            .map_err(said)
    };
    schema.iter().map(element).collect()
}

/// A client for a stand-in.
fn client(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static(REGION))
        .credentials_provider(Credentials::new("test", "test", None, None, "stand-in"))
        .endpoint_url(endpoint)
        .http_client(platform::http_client::http_client())
        .build();
    Client::from_conf(config)
}
