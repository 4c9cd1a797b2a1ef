//! Finds in a template what it wires together: functions with their environment, routes, tables and their streams, user pools.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    Deployment, FunctionSpec, RouteSpec, TableSpec, TemplateError, Wiring,
    event_rules::rules,
    intrinsics::{Scope, shape},
    streams::streams,
    user_pools::user_pools,
};

/// Properties that change nothing on this machine.
const WITHOUT_EFFECT: [&str; 7] = [
    "TableName",
    "BillingMode",
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "SSESpecification",
    "TableClass",
    "Tags",
];

pub(super) fn wiring(document: &Value, deployment: &Deployment) -> Result<Wiring, TemplateError> {
    let scope = Scope::new(document, deployment);
    let functions = functions(document, &scope)?;
    let tables = tables(&scope)?;
    Ok(Wiring {
        routes: routes(&scope, &functions)?,
        streams: streams(&scope, &functions, &tables)?,
        rules: rules(&scope, document, &functions)?,
        functions,
        tables,
        buckets: buckets(&scope)?,
        user_pools: user_pools(&scope)?,
    })
}

fn functions(document: &Value, scope: &Scope<'_>) -> Result<Vec<FunctionSpec>, TemplateError> {
    let globals = &document["Globals"]["Function"];
    let mut functions = Vec::new();
    for (id, resource) in scope.resources("AWS::Serverless::Function")? {
        let own = &resource["Properties"];
        let mut environment = BTreeMap::new();
        for variables in [globals, own].map(|properties| &properties["Environment"]["Variables"]) {
            for (name, value) in variables.as_object().into_iter().flatten() {
                let at = format!("{id}, environment variable {name}");
                // A function is not given what comes to `AWS::NoValue`.
                if scope.evaluate(value, &at)?.is_some() {
                    environment.insert(name.clone(), scope.text(value, &at)?);
                }
            }
        }
        let handler = own.get("Handler").or(globals.get("Handler")).ok_or_else(|| shape(id, "it has no Handler"))?;
        functions.push(FunctionSpec {
            id: id.to_owned(),
            handler: scope.text(handler, &format!("{id}.Handler"))?,
            binary: scope
                .text(&resource["Metadata"]["BuildProperties"]["Binary"], &format!("{id}, the binary in its Metadata"))?,
            environment,
        });
    }
    Ok(functions)
}

fn routes(scope: &Scope<'_>, functions: &[FunctionSpec]) -> Result<Vec<RouteSpec>, TemplateError> {
    let mut handlers = BTreeMap::new();
    for (id, resource) in scope.resources("AWS::ApiGatewayV2::Integration")? {
        let arn = scope.text(&resource["Properties"]["IntegrationUri"], &format!("{id}.IntegrationUri"))?;
        let function = functions.iter().find(|function| arn.ends_with(&format!(":function:{}", function.id)));
        let function = function.ok_or_else(|| shape(id, format!("{arn} is none of the template's functions")))?;
        handlers.insert(format!("integrations/{id}"), function.handler.clone());
    }
    let mut routes = Vec::new();
    for (id, resource) in scope.resources("AWS::ApiGatewayV2::Route")? {
        let target = scope.text(&resource["Properties"]["Target"], &format!("{id}.Target"))?;
        let function =
            handlers.get(&target).ok_or_else(|| shape(id, format!("{target} is none of the template's integrations")))?;
        routes.push(RouteSpec {
            key: scope.text(&resource["Properties"]["RouteKey"], &format!("{id}.RouteKey"))?,
            function: function.clone(),
        });
    }
    routes.sort_by_cached_key(|route| match route.key.split_once(' ') {
        Some((method, path)) => (path.to_owned(), method.to_owned()),
        None => (route.key.clone(), String::new()),
    });
    Ok(routes)
}

fn tables(scope: &Scope<'_>) -> Result<Vec<TableSpec>, TemplateError> {
    let mut tables = Vec::new();
    for (id, resource) in scope.resources("AWS::DynamoDB::Table")? {
        let properties: Map<_, _> = resource["Properties"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| !WITHOUT_EFFECT.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        tables.push(TableSpec { name: scope.physical_id(id, id)?, properties: typed(scope, &Value::Object(properties), id)? });
    }
    Ok(tables)
}

fn buckets(scope: &Scope<'_>) -> Result<Vec<String>, TemplateError> {
    scope.resources("AWS::S3::Bucket")?.into_iter().map(|(id, _)| scope.physical_id(id, id)).collect()
}

pub(super) fn typed<T: DeserializeOwned>(scope: &Scope<'_>, value: &Value, at: &str) -> Result<T, TemplateError> {
    let value = scope.evaluate(value, at)?.unwrap_or_default();
    serde_json::from_value(value).map_err(|error| shape(at, error.to_string()))
}
