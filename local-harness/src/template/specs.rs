//! The parts of a template that the harness runs, each with what it needs to know of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{RuleSpec, StreamSpec, UserPoolSpec};

/// Everything in a template that the harness runs.
#[derive(Clone, Debug)]
pub struct Wiring {
    /// Functions.
    pub functions: Vec<FunctionSpec>,
    /// Routes, by path and method.
    pub routes: Vec<RouteSpec>,
    /// Tables.
    pub tables: Vec<TableSpec>,
    /// Streams of tables that start functions.
    pub streams: Vec<StreamSpec>,
    /// Rules of event buses that start functions.
    pub rules: Vec<RuleSpec>,
    /// Names of buckets.
    pub buckets: Vec<String>,
    /// User pools.
    pub user_pools: Vec<UserPoolSpec>,
}

/// A function (`AWS::Serverless::Function`).
#[derive(Clone, Debug)]
pub struct FunctionSpec {
    /// Logical id in the template.
    pub id: String,
    /// `Handler`: the step's name.
    pub handler: String,
    /// The binary it is built from.
    pub binary: String,
    /// Its environment, the global variables included.
    pub environment: BTreeMap<String, String>,
}

/// A route (`AWS::ApiGatewayV2::Route`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    /// Route key: method, a space and a path; or `$default`.
    pub key: String,
    /// `Handler` of the function it leads to.
    pub function: String,
}

/// A table (`AWS::DynamoDB::Table`).
#[derive(Clone, Debug)]
pub struct TableSpec {
    /// Its name.
    pub name: String,
    /// How it is made.
    pub properties: TableProperties,
}

/// A table's properties that the harness makes it with. One that is not here is refused by name, unless it is among those
/// that change nothing on this machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TableProperties {
    /// Attributes that keys are made of.
    pub attribute_definitions: Vec<AttributeDefinition>,
    /// The table's key.
    pub key_schema: Vec<KeyElement>,
    /// Indexes.
    #[serde(default)]
    pub global_secondary_indexes: Vec<Index>,
    /// The stream of changes.
    pub stream_specification: Option<StreamSpecification>,
    /// Which attribute items expire by.
    pub time_to_live_specification: Option<TimeToLive>,
}

/// An attribute that keys are made of.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttributeDefinition {
    /// Its name.
    pub attribute_name: String,
    /// `S`, `N` or `B`.
    pub attribute_type: String,
}

/// A part of a key.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyElement {
    /// The attribute's name.
    pub attribute_name: String,
    /// `HASH` or `RANGE`.
    pub key_type: String,
}

/// A global secondary index.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Index {
    /// Its name.
    pub index_name: String,
    /// Its key.
    pub key_schema: Vec<KeyElement>,
    /// What of an item it holds.
    pub projection: Projection,
}

/// What of an item an index holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Projection {
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    pub projection_type: String,
    /// Attributes besides the keys, for `INCLUDE`.
    #[serde(default)]
    pub non_key_attributes: Vec<String>,
}

/// A table's stream.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamSpecification {
    /// Which images it carries.
    pub stream_view_type: String,
}

/// How items expire.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TimeToLive {
    /// The attribute that holds the time.
    pub attribute_name: String,
    /// Whether they do.
    pub enabled: bool,
}
