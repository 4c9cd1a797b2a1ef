//! Rows of a file that is loaded: CSV with a header line, or JSON as an array of objects. Whatever is wrong is said with the file
//! and the line it stands in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{fs, io};

use serde_json::Value;
use serde_json::value::RawValue;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong, and what it should be.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.reason)
    }
}

/// Why nothing of a file was loaded.
#[derive(Debug)]
pub enum Refusal {
    /// It can't be read.
    Unreadable(PathBuf, io::Error),
    /// Its name ends in neither `.csv` nor `.json`.
    Unknown(PathBuf),
    /// It has problems, all of which are named.
    Problems(Vec<Problem>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "{} can't be read: {error}", path.display()),
            Self::Unknown(path) => write!(f, "{} is of no kind that is known by its name: .csv or .json", path.display()),
            Self::Problems(problems) => {
                problems.iter().try_for_each(|problem| writeln!(f, "{problem}"))?;
                write!(f, "nothing was loaded")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// A row, by the names of its columns. A column that is empty or left out is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// A column's text, where there is any.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// What a column must have.
    ///
    /// # Errors
    /// That it is missing, or is no such thing.
    pub fn needed<T: FromStr>(&self, column: &str, what: &str) -> Result<T, String> {
        self.optional(column, what)?.ok_or_else(|| format!("{column} is missing: {what}"))
    }

    /// What a column may have.
    ///
    /// # Errors
    /// That it is no such thing.
    pub fn optional<T: FromStr>(&self, column: &str, what: &str) -> Result<Option<T>, String> {
        let read = |text: &str| text.parse().map_err(|_| format!("{column}: `{text}` is not {what}"));
        self.text(column).map(read).transpose()
    }
}

/// A file's rows.
///
/// # Errors
/// What can't be read, or everything that has no meaning: columns that are not known among it.
pub fn read(path: &Path, columns: &[&str]) -> Result<Vec<Row>, Refusal> {
    let text = fs::read_to_string(path).map_err(|error| Refusal::Unreadable(path.to_owned(), error))?;
    let rows = match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => of_csv(&text),
        Some("json") => of_json(&text),
        _ => return Err(Refusal::Unknown(path.to_owned())),
    };
    let problem = |(line, reason)| Problem { file: path.to_owned(), line, reason };
    let rows = rows.map_err(|wrong| Refusal::Problems(vec![problem(wrong)]))?;
    let mut problems = Vec::new();
    for row in &rows {
        let unknown: BTreeSet<_> = row.cells.keys().filter(|name| !columns.contains(&name.as_str())).collect();
        problems.extend(unknown.iter().map(|name| problem((row.line, format!("`{name}` is no column: {}", columns.join(", "))))));
    }
    // A header that is wrong is wrong in each row: once is enough.
    problems.dedup_by(|next, first| next.reason == first.reason);
    if rows.is_empty() {
        problems.push(problem((1, "there are no rows".to_owned())));
    }
    if problems.is_empty() { Ok(rows) } else { Err(Refusal::Problems(problems)) }
}

fn of_csv(text: &str) -> Result<Vec<Row>, (u64, String)> {
    let wrong = |error: csv::Error| (error.position().map_or(1, csv::Position::line), error.to_string());
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(wrong)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let cells = header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
        rows.push(Row { line: record.position().map_or(1, csv::Position::line), cells });
    }
    Ok(rows)
}

fn of_json(text: &str) -> Result<Vec<Row>, (u64, String)> {
    let wrong = |error: serde_json::Error, before: u64| (before + (error.line() as u64).max(1) - 1, error.to_string());
    let objects: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| wrong(error, 1))?;
    let mut rows = Vec::new();
    for object in objects {
        // It is a part of the text: how far in it begins says in which line.
        let begins = (object.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let line = 1 + text.as_bytes().iter().take(begins).filter(|byte| **byte == b'\n').count() as u64;
        let values: BTreeMap<String, Value> = serde_json::from_str(object.get()).map_err(|error| wrong(error, line))?;
        let mut cells = BTreeMap::new();
        for (name, value) in values {
            match value {
                Value::String(text) if text.trim().is_empty() => {}
                Value::Null => {}
                Value::String(text) => drop(cells.insert(name, text.trim().to_owned())),
                Value::Number(number) => drop(cells.insert(name, number.to_string())),
                other => return Err((line, format!("{name}: `{other}` is neither a text nor a number"))),
            }
        }
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        (folder, path)
    }

    #[test]
    fn csv_and_json_read_the_same_with_the_lines_that_rows_begin_in() {
        let (_folder, csv) = file("a.csv", "\u{feff}name, zip\n\"Maya\nChen\",30308\nSam,\n");
        let (_folder, json) =
            file("a.json", "[\n {\"name\": \"Maya\\nChen\",\n  \"zip\": 30308},\n {\"name\": \"Sam\", \"zip\": null}]");
        let rows = [csv, json].map(|path| read(&path, &["name", "zip"]).expect("rows"));
        for rows in &rows {
            let read: Vec<_> = rows.iter().map(|row| (row.line, row.text("name"), row.text("zip"))).collect();
            assert_eq!(read, [(2, Some("Maya\nChen"), Some("30308")), (4, Some("Sam"), None)]);
        }
        assert_eq!(rows[0][0].needed::<u32>("zip", "a number"), Ok(30308));
        assert_eq!(rows[0][1].needed::<u32>("zip", "a number"), Err("zip is missing: a number".to_owned()));
        assert_eq!(rows[0][1].needed::<u32>("name", "a number"), Err("name: `Sam` is not a number".to_owned()));
    }

    #[test]
    fn what_can_not_be_read_is_refused_with_its_line() {
        for (name, text, said) in [
            ("a.csv", "name,zip\nMaya,1\nSam\n", ":3: "),
            ("a.csv", "name,zipp\nMaya,1\nSam,2\n", ":2: `zipp` is no column: name, zip\nnothing"),
            ("a.csv", "name,zip\n", ":1: there are no rows"),
            ("a.json", "[{\"name\": \"Maya\"},\n{\"name\": }]", ":2: "),
            ("a.json", "[\n{\"name\": [1]}]", ":2: name: `[1]` is neither a text nor a number"),
            ("a.txt", "name", "of no kind that is known"),
        ] {
            let (_folder, path) = file(name, text);
            let refusal = read(&path, &["name", "zip"]).expect_err(said).to_string();
            assert!(refusal.contains(said), "{refusal}");
        }
    }
}
