//! What the functions' code could ask of DynamoDB, by the text of their sources: functions found by name, whatever they call, and
//! what of the SDK stands at the end. It may find too much where two have one name, and misses nothing that is called by its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What the SDK's calls and parts of transactions are called, and the action that each needs.
const CALLS: [(&str, &str); 12] = [
    (".get_item()", "GetItem"),
    (".batch_get_item()", "BatchGetItem"),
    (".query()", "Query"),
    (".scan()", "Scan"),
    (".put_item()", "PutItem"),
    (".update_item()", "UpdateItem"),
    (".delete_item()", "DeleteItem"),
    (".batch_write_item()", "BatchWriteItem"),
    ("Put::builder()", "PutItem"),
    ("Update::builder()", "UpdateItem"),
    ("Delete::builder()", "DeleteItem"),
    ("ConditionCheck::builder()", "ConditionCheckItem"),
];

/// An action and the table it is done to, as [`platform::Tables`] names it.
pub(crate) type Use = (String, String);

/// The sources of some folders: functions' bodies by their names, those of one name together.
#[derive(Clone, Default)]
struct Sources(BTreeMap<String, String>);

impl Sources {
    fn of(files: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut bodies: BTreeMap<String, String> = BTreeMap::new();
        for file in files {
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            for (name, body) in functions(&plain(&text)) {
                let all = bodies.entry(name).or_default();
                all.push_str(&body);
                all.push('\n');
            }
        }
        Self(bodies)
    }

    /// Everything that is called from these on, with these.
    fn reached<'s>(&'s self, from: impl IntoIterator<Item = &'s str>) -> BTreeSet<&'s str> {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = from.into_iter().collect();
        while let Some(name) = open.pop() {
            if let Some((name, body)) = self.0.get_key_value(name)
                && reached.insert(name)
            {
                open.extend(called(body));
            }
        }
        reached
    }
}

/// What every function shares: the store's sources, and the others.
fn platform() -> &'static (Sources, Sources) {
    static PLATFORM: OnceLock<(Sources, Sources)> = OnceLock::new();
    PLATFORM.get_or_init(|| {
        let is_store = |file: &PathBuf| file.ends_with("store.rs") || file.components().any(|part| part.as_os_str() == "store");
        let (store, others): (Vec<_>, Vec<_>) = rust_files(&folder("platform")).into_iter().partition(is_store);
        (Sources::of(store), Sources::of(others))
    })
}

fn folder(function: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../functions")).join(function).join("src")
}

/// What a function's code could do, by the name of its folder.
pub(crate) fn uses(function: &str) -> BTreeSet<Use> {
    let (store, others) = platform();
    let Sources(own) = Sources::of(rust_files(&folder(function)));
    let from: Vec<_> = own.keys().cloned().collect();
    let mut code = others.clone();
    for (name, body) in own {
        code.0.entry(name).or_default().push_str(&body);
    }
    // Its start-up is every function's.
    let reached = code.reached(from.iter().map(String::as_str).chain(["warm"]));
    let methods: BTreeSet<_> = reached.iter().flat_map(|name| of_store(&code.0[*name])).collect();
    methods.into_iter().flat_map(|method| of_method(store, method)).collect()
}

/// What a method of the store comes to. A part that is told its table by whoever calls it may be told any of theirs.
fn of_method(store: &Sources, method: &str) -> BTreeSet<Use> {
    let reached = store.reached([method]);
    let bodies: Vec<_> = reached.iter().map(|name| &store.0[*name]).collect();
    let every_table: BTreeSet<_> = bodies.iter().flat_map(|body| tables(body)).collect();
    let mut uses = BTreeSet::new();
    for body in bodies {
        let own = tables(body);
        let of = if own.is_empty() { &every_table } else { &own };
        let actions = CALLS.iter().filter(|(call, _)| body.contains(call)).map(|(_, action)| *action);
        uses.extend(actions.flat_map(|action| of.iter().map(move |table| (action.to_owned(), table.clone()))));
    }
    uses
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = vec![];
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}

/// A source without its tests, comments and texts, and without spaces before a dot.
fn plain(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut plain = String::new();
    let mut inside = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        for character in line.chars() {
            match character {
                '"' => inside = !inside,
                _ if inside => {}
                _ => plain.push(character),
            }
        }
        plain.push('\n');
    }
    // A call that goes on in the next line.
    let lines = plain.lines().map(str::trim);
    lines.fold(String::new(), |joined, line| if line.starts_with('.') { joined + line } else { joined + "\n" + line })
}

/// The functions of a source, each with its body.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    for (at, _) in text.match_indices("fn ") {
        let before = text[..at].chars().next_back();
        let rest = &text[at + 3..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let Some(opens) = rest.find(['{', ';']).filter(|_| !name.is_empty() && before.is_none_or(|c| !c.is_alphanumeric()))
        else {
            continue;
        };
        if rest[opens..].starts_with(';') {
            continue;
        }
        let mut depth = 0_usize;
        let end = rest[opens..].find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        found.push((name, rest[opens..opens + end.unwrap_or(rest.len() - opens)].to_owned()));
    }
    found
}

/// Every name that is followed by what it is called with, or handed on as what to call.
fn called(body: &str) -> impl Iterator<Item = &str> {
    body.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|name| !name.is_empty())
}

/// The store's methods that a body calls.
fn of_store(body: &str) -> impl Iterator<Item = &str> {
    body.split("store.").skip(1).map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default())
}

fn tables(body: &str) -> BTreeSet<String> {
    let named = body.split("tables.").skip(1);
    named.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn what_code_asks_for_is_found_through_whatever_it_calls() {
    let found = uses("review");
    let has = |action: &str, table: &str| found.contains(&(action.to_owned(), table.to_owned()));
    for (action, table) in
        [("BatchGetItem", "orders"), ("PutItem", "orders"), ("UpdateItem", "inventory"), ("UpdateItem", "sessions")]
    {
        assert!(has(action, table), "{action} on {table}: {found:?}");
    }
    for (action, table) in
        [("Scan", "orders"), ("DeleteItem", "inventory"), ("GetItem", "orders"), ("ConditionCheckItem", "orders")]
    {
        assert!(!has(action, table), "{action} on {table}: {found:?}");
    }
}
