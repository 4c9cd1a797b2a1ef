//! Dependencies point one way, as `cargo metadata` tells it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::Value;

/// Page and staff steps live beside `platform`, and know neither each other nor the binary they are linked into.
const STEPS_SEE: [&str; 3] = ["order-manager", "platform", "templates"];

/// Without the crates that other platforms need: they may not have been fetched, and nothing of ours runs there.
fn metadata() -> Value {
    let version = said(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let asked = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host, "--manifest-path"];
    serde_json::from_str(&said(Command::new(env!("CARGO")).args(asked).arg(manifest))).expect("metadata in JSON")
}

fn said(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A package of this workspace.
struct Member {
    name: String,
    /// Where it is, from the workspace's root.
    folder: String,
    /// What it depends on, with the kind (`normal`, `build`, `dev`).
    dependencies: Vec<(String, String)>,
}

impl Member {
    /// Members of the workspace that it is built on.
    fn sees(&self, all: &[Member]) -> BTreeSet<String> {
        let members: BTreeSet<_> = all.iter().map(|member| member.name.as_str()).collect();
        let built_on = self.dependencies.iter().filter(|(name, kind)| kind != "dev" && members.contains(name.as_str()));
        built_on.map(|(name, _)| name.clone()).collect()
    }
}

fn members() -> Vec<Member> {
    let metadata = metadata();
    let root = metadata["workspace_root"].as_str().expect("a root");
    let members: BTreeSet<_> =
        metadata["workspace_members"].as_array().expect("members").iter().filter_map(Value::as_str).collect();
    let packages = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .filter(|package| package["id"].as_str().is_some_and(|id| members.contains(id)));
    packages
        .map(|package| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
            let folder = text(&package["manifest_path"]);
            Member {
                name: text(&package["name"]),
                folder: folder.trim_start_matches(root).trim_start_matches('/').trim_end_matches("/Cargo.toml").to_owned(),
                dependencies: dependencies
                    .map(|one| (text(&one["name"]), one["kind"].as_str().unwrap_or("normal").to_owned()))
                    .collect(),
            }
        })
        .collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What a member may be built on; `None` where it may see everything.
fn may_see(member: &Member, steps: &BTreeSet<String>) -> Option<BTreeSet<String>> {
    match member.name.as_str() {
        "order-manager" => Some(BTreeSet::new()),
        "templates" => Some(set(&["order-manager"])),
        "platform" => Some(set(&["order-manager", "templates"])),
        "site" | "machine" => Some(steps.union(&set(&STEPS_SEE)).cloned().collect()),
        "iom" => Some(set(&["order-manager", "platform"])),
        "local-harness" | "tests" => None,
        _ => Some(set(&STEPS_SEE)),
    }
}

#[test]
fn dependencies_point_one_way() {
    let members = members();
    let known = set(&["platform", "site", "machine"]);
    let steps: BTreeSet<_> = members
        .iter()
        .filter(|member| member.folder.starts_with("functions/") && !known.contains(&member.name))
        .map(|member| member.name.clone())
        .collect();
    assert!(steps.contains("start"), "{steps:?}");
    for member in &members {
        let sees = member.sees(&members);
        if let Some(allowed) = may_see(member, &steps) {
            let astray: Vec<_> = sees.difference(&allowed).collect();
            assert!(astray.is_empty(), "{} must not depend on {astray:?}", member.name);
        } else {
            // The tests publish a catalogue with the operator's own code.
            let may_see_iom = member.name == "tests";
            assert!(!sees.contains("tests") && (may_see_iom || !sees.contains("iom")), "{}", member.name);
        }
    }
}

#[test]
fn aws_clients_appear_only_where_a_store_or_a_stand_in_is_spoken_to() {
    const SPEAKERS: [&str; 5] = ["platform", "local-harness", "iom", "tests", "identity-tests"];
    for member in members().iter().filter(|member| !SPEAKERS.contains(&member.name.as_str())) {
        let clients: Vec<_> =
            member.dependencies.iter().filter(|(name, _)| name.starts_with("aws-") || name == "serde_dynamo").collect();
        assert!(clients.is_empty(), "{}: {clients:?}", member.name);
    }
}

#[test]
fn lambda_requests_appear_only_in_functions_the_harness_and_tests() {
    for member in members()
        .iter()
        .filter(|member| !member.folder.starts_with("functions/") && !["local-harness", "tests"].contains(&member.name.as_str()))
    {
        let lambda: Vec<_> = member.dependencies.iter().filter(|(name, _)| name.starts_with("lambda_")).collect();
        assert!(lambda.is_empty(), "{}: {lambda:?}", member.name);
    }
}

#[test]
fn the_domain_knows_nothing_of_async_aws_http_or_html_however_far_down() {
    const FOREIGN: [&str; 14] = [
        "async-std",
        "axum",
        "futures",
        "futures-core",
        "futures-util",
        "http",
        "http-body",
        "hyper",
        "lambda_http",
        "lambda_runtime",
        "maud",
        "reqwest",
        "smol",
        "tokio",
    ];
    let closure = normal_closure(&metadata(), "order-manager");
    assert!(closure.contains("serde"), "{closure:?}");
    let foreign: Vec<_> = closure.iter().filter(|name| name.starts_with("aws-") || FOREIGN.contains(&name.as_str())).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

/// Every crate that ends up in a crate's build, by name.
fn normal_closure(metadata: &Value, of: &str) -> BTreeSet<String> {
    let names: BTreeMap<_, _> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    let normal = |dependency: &&Value| {
        dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let edges: BTreeMap<_, Vec<_>> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| {
            Some((
                node["id"].as_str()?,
                node["deps"].as_array()?.iter().filter(normal).filter_map(|to| to["pkg"].as_str()).collect(),
            ))
        })
        .collect();
    let mut open: Vec<_> = names.iter().filter(|(_, name)| **name == of).map(|(id, _)| *id).collect();
    let mut seen: BTreeSet<_> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(edges.get(id).into_iter().flatten().filter(|to| seen.insert(**to)));
    }
    seen.iter().filter_map(|id| names.get(id)).map(|name| (*name).to_owned()).collect()
}
