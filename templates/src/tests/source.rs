//! Reads the source tree: which messages are asked for, with which variables, and what the message files hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// A message asked for somewhere.
#[derive(Debug)]
pub(super) struct Use {
    /// Where.
    pub(super) file: PathBuf,
    /// Which message.
    pub(super) key: String,
    /// The variables given, when they can be read off the source.
    pub(super) variables: Option<BTreeSet<String>>,
    /// Whether by a function that gives every message the variables `field` and `name`, too.
    pub(super) of_a_field: bool,
}

/// A message of a file: the variables of its value and of each attribute.
pub(super) type Messages = BTreeMap<String, Vec<BTreeSet<String>>>;

/// Every Rust file of ours that may say something to a customer.
pub(super) fn rust_files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![];
    for folder in [root.join("src"), root.join("../functions"), root.join("../order-manager/src")] {
        walk(&folder, &mut files);
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests/source.rs"));
    files.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

pub(super) fn read(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The messages a source file asks for.
pub(super) fn uses(file: &Path, source: &str) -> Vec<Use> {
    // A call that was broken over lines is put together again.
    let source: String = source.split('\n').map(str::trim).fold(String::new(), |mut whole, line| {
        if !line.starts_with('.') {
            whole.push('\n');
        }
        whole + line
    });
    let mut found = vec![];
    let in_messages = file.components().any(|part| part.as_os_str() == "messages");
    let calls: &[(&str, bool)] = if in_messages {
        &[("self.text(", false), ("self.with(", false), ("say(", true)]
    } else {
        &[("words.text(", false), ("words.with(", false), ("Reason::Said(", false)]
    };
    for (call, of_a_field) in calls {
        for (at, _) in source.match_indices(call) {
            let (before, rest) = (&source[..at], source[at + call.len()..].trim_start());
            let Some((key, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
            let variables = if call.ends_with("text(") { Some(BTreeSet::new()) } else { variables(before, rest) };
            found.push(Use { file: file.to_owned(), key: key.to_owned(), variables, of_a_field: *of_a_field });
        }
    }
    found
}

/// The variables of a call: written out in it, or in the nearest `let` before it.
fn variables(before: &str, rest: &str) -> Option<BTreeSet<String>> {
    let rest = rest.trim_start().strip_prefix(',')?.trim_start().strip_prefix('&')?;
    if rest.starts_with('[') {
        return Some(names(rest));
    }
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if !rest[name.len()..].starts_with([')', ',']) {
        return None;
    }
    let declared = format!("let {name} =");
    let (_, list) = before.rsplit_once(&declared)?;
    list.trim_start().starts_with('[').then(|| names(list.trim_start()))
}

/// The first texts of the pairs in a list: `[("name", …), ("other", …)]`.
fn names(list: &str) -> BTreeSet<String> {
    let mut depth = 0;
    let mut names = BTreeSet::new();
    let mut in_text = false;
    for (at, c) in list.char_indices() {
        match c {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '[' | '(' => {
                depth += 1;
                let pair = list[at + 1..].trim_start();
                if c == '(' && depth == 2 && pair.starts_with('"') {
                    names.extend(pair[1..].split('"').next().map(ToOwned::to_owned));
                }
            }
            ']' | ')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

/// The messages of a language's folder, and what is wrong with its files.
pub(super) fn messages(language: &str) -> (Messages, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(language);
    let embedded = include_str!("../messages/sources.rs");
    let (mut messages, mut wrong) = (Messages::new(), vec![]);
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if !embedded.contains(&format!("messages/{language}/{name}\"")) {
            wrong.push(format!("{name} is not embedded"));
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
            wrong.extend(errors.iter().map(|error| format!("{name}: {error}")));
            resource
        });
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let patterns = message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value));
            let variables = patterns.map(|pattern| of_pattern(pattern)).collect();
            if messages.insert(message.id.name.to_owned(), variables).is_some() {
                wrong.push(format!("{name}: {} is there twice", message.id.name));
            }
        }
    }
    (messages, wrong)
}

fn of_pattern(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let placeables = pattern.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    });
    placeables.flat_map(of_expression).collect()
}

fn of_expression(expression: &Expression<&str>) -> BTreeSet<String> {
    match expression {
        Expression::Inline(inline) => of_inline(inline),
        Expression::Select { selector, variants } => {
            of_inline(selector).into_iter().chain(variants.iter().flat_map(|variant| of_pattern(&variant.value))).collect()
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>) -> BTreeSet<String> {
    match inline {
        InlineExpression::VariableReference { id } => BTreeSet::from([id.name.to_owned()]),
        InlineExpression::Placeable { expression } => of_expression(expression),
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            positional.iter().flat_map(of_inline).collect()
        }
        _ => BTreeSet::new(),
    }
}
