//! Each function's role holds its own tables' actions and nothing wider.

use std::collections::{BTreeMap, BTreeSet};

use local_harness::template::StreamSpec;
use serde_json::Value;

use crate::code::uses;
use crate::template;

/// Function (handler), action and the resource it is allowed on, as the template writes it.
fn allowed() -> Vec<(String, String, String)> {
    let template = template();
    let mut allowed = Vec::new();
    for (_, function) in resources(template.document(), "AWS::Serverless::Function") {
        let handler = function["Handler"].as_str().expect("a handler").to_owned();
        for policy in function["Policies"].as_array().expect("policies in full, no managed ones") {
            for statement in policy["Statement"].as_array().expect("statements") {
                assert_eq!(statement["Effect"], "Allow", "{handler}");
                for action in statement["Action"].as_array().expect("a list of actions") {
                    allowed.push((
                        handler.clone(),
                        action.as_str().expect("an action").to_owned(),
                        statement["Resource"].to_string(),
                    ));
                }
            }
        }
    }
    allowed
}

fn resources<'t>(document: &'t Value, kind: &'t str) -> impl Iterator<Item = (&'t String, &'t Value)> {
    let all = document["Resources"].as_object().expect("resources");
    all.iter().filter(move |(_, resource)| resource["Type"] == kind).map(|(id, resource)| (id, &resource["Properties"]))
}

/// The table that a resource is, or whose index it is.
fn table(resource: &str) -> Option<&str> {
    let end = resource.find("Table")? + "Table".len();
    let start = resource[..end].rfind(|character: char| !character.is_alphanumeric())? + 1;
    Some(&resource[start..end])
}

/// The table whose stream a resource is.
fn stream(resource: &str) -> Option<&str> {
    table(resource).filter(|table| resource.contains(&format!(r#"["{table}","StreamArn"]"#)))
}

/// What of the bucket an action is allowed on: everything under a prefix, for a role cannot know the names of files to come.
fn files_under(resource: &str) -> Option<&str> {
    let prefix = resource.strip_prefix(r#"{"Fn::Sub":"${FilesBucket.Arn}/"#)?.strip_suffix(r#"/*"}"#)?;
    ["agreements", "orders", "unplaced"].into_iter().find(|known| *known == prefix)
}

#[test]
fn no_action_or_resource_has_a_wildcard() {
    for (function, action, resource) in allowed() {
        let wide = resource.contains('*') && files_under(&resource).is_none();
        assert!(!action.contains('*') && !wide, "{function}: {action} on {resource}");
    }
}

#[test]
fn files_are_taken_kept_given_back_and_let_go_by_whoever_has_to_and_nobody_may_list_them() {
    let mut by_function: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (function, action, resource) in allowed() {
        let prefix = files_under(&resource);
        assert_eq!(action.starts_with("s3:"), prefix.is_some(), "{function}: {action} on {resource}");
        if let Some(prefix) = prefix {
            by_function.entry(function).or_default().push(format!("{action} {prefix}"));
        }
    }
    let takes = ["s3:PutObject unplaced", "s3:GetObject unplaced", "s3:PutObject orders"];
    let gives = [&takes[..], &["s3:GetObject orders", "s3:DeleteObject orders"]].concat();
    let keeps = [&takes[..], &["s3:DeleteObject orders"]].concat();
    let about_agreements =
        vec!["s3:PutObject unplaced", "s3:GetObject unplaced", "s3:PutObject agreements", "s3:GetObject agreements"];
    let expected =
        [("agreements", about_agreements), ("configure", gives), ("dialog", keeps), ("review", vec!["s3:DeleteObject orders"])];
    let expected = expected.map(|(function, may)| (function.to_owned(), may.into_iter().map(str::to_owned).collect::<Vec<_>>()));
    assert_eq!(by_function, expected.into());
    for function in crate::wiring().functions {
        let told = function.environment.get("FILES_BUCKET").map(String::as_str);
        let may = by_function.contains_key(&function.handler);
        assert_eq!(told, may.then_some("filesbucket"), "{}", function.handler);
    }
}

#[test]
fn nobody_may_scan_a_table_or_change_what_tables_there_are() {
    const PAGE_ACTIONS: [&str; 8] =
        ["BatchWriteItem", "BatchGetItem", "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"];
    for (function, action, resource) in allowed() {
        if let Some(action) = action.strip_prefix("dynamodb:").filter(|_| stream(&resource).is_none()) {
            assert!(PAGE_ACTIONS.contains(&action), "{function}: {action}");
        }
    }
}

#[test]
fn a_function_is_told_of_a_table_exactly_when_its_role_may_use_it() {
    let mut by_role: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (function, action, resource) in allowed() {
        if action.starts_with("dynamodb:") && stream(&resource).is_none() {
            let table = table(&resource).unwrap_or_else(|| panic!("{function}: {resource} is no table"));
            by_role.entry(function).or_default().insert(table.to_owned());
        }
    }
    for function in crate::wiring().functions {
        let told: BTreeSet<_> =
            function.environment.iter().filter(|(name, _)| name.ends_with("_TABLE")).map(|(_, table)| table.clone()).collect();
        assert_eq!(by_role.remove(&function.handler), Some(told), "{}", function.handler);
    }
}

#[test]
fn who_did_what_can_be_added_to_and_read_and_never_changed() {
    for (function, action, resource) in allowed().into_iter().filter(|(_, _, resource)| table(resource) == Some("AuditTable")) {
        assert!(["dynamodb:PutItem", "dynamodb:Query"].contains(&action.as_str()), "{function}: {action} on {resource}");
    }
    assert!(allowed().iter().any(|(_, _, resource)| table(resource) == Some("AuditTable")));
}

#[test]
fn a_stream_is_read_and_a_dead_letter_sent_by_the_function_that_the_stream_starts_and_no_other() {
    const READING: [&str; 4] = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];
    let mappings = crate::wiring().streams;
    assert!(!mappings.is_empty());
    for mapping in &mappings {
        let may = |action: &str, on: &dyn Fn(&str) -> bool| {
            allowed().iter().any(|(function, may, resource)| *function == mapping.function && may == action && on(resource))
        };
        for action in READING {
            let of_table = |resource: &str| stream(resource) == Some(&mapping.table);
            assert!(may(&format!("dynamodb:{action}"), &of_table), "{}: {action}", mapping.id);
        }
        let letters = mapping.dead_letters.as_deref().expect("dead letters are kept");
        assert!(may("sqs:SendMessage", &|resource| resource.contains(letters)), "{}", mapping.id);
    }
    for (function, action, resource) in allowed() {
        let reads = stream(&resource).is_some();
        assert_eq!(reads, READING.iter().any(|reading| action == format!("dynamodb:{reading}")), "{function}: {action}");
        let is_started = |mapping: &StreamSpec| mapping.function == function && stream(&resource) == Some(&mapping.table);
        assert!(!reads || mappings.iter().any(is_started), "{function} reads a stream that does not start it");
    }
}

#[test]
fn an_index_is_only_ever_queried() {
    for (function, action, resource) in allowed() {
        assert!(!resource.contains("/index/") || action == "dynamodb:Query", "{function}: {action} on {resource}");
    }
}

#[test]
fn identify_alone_reaches_the_user_pool() {
    for (function, action, resource) in allowed() {
        assert_eq!(action.starts_with("cognito-idp:"), resource.contains("UserPool"), "{action} on {resource}");
        assert!(function == "identify" || !action.starts_with("cognito-idp:"), "{function}: {action}");
    }
    for function in crate::wiring().functions {
        assert_eq!(function.environment.contains_key("USER_POOL_ID"), function.handler == "identify", "{}", function.handler);
    }
}

#[test]
fn no_role_allows_what_no_code_of_its_function_could_ask_for() {
    let (mut idle, mut known) = (vec![], BTreeMap::new());
    for (function, action, resource) in allowed() {
        let Some((action, table)) =
            action.strip_prefix("dynamodb:").zip(table(&resource)).filter(|_| stream(&resource).is_none())
        else {
            continue;
        };
        let table = table.trim_end_matches("Table").to_lowercase();
        let could = known.entry(function.clone()).or_insert_with(|| uses(&function));
        if !could.contains(&(action.to_owned(), table.clone())) {
            idle.push(format!("{function}: {action} on {table}"));
        }
    }
    assert!(idle.is_empty(), "{idle:#?}");
}
