//! Reading a catalogue's source files, and `iom catalogue check`: the same check the build makes, for whoever edits them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use order_manager::catalogue::Catalogue;
use order_manager::source::{self, Problem, SourceFile};

/// The repository's own catalogue.
const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../order-manager/catalogue");

/// Why there is no catalogue.
#[derive(Debug)]
pub enum Refusal {
    /// Something can't be read.
    Unreadable(PathBuf, io::Error),
    /// A folder without any source file.
    Nothing(PathBuf),
    /// Problems in the files.
    Problems(Vec<Problem>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => writeln!(f, "{} can't be read: {error}", path.display()),
            Self::Nothing(path) => writeln!(f, "{} has no file that ends in .toml", path.display()),
            Self::Problems(problems) => problems.iter().try_for_each(|problem| writeln!(f, "{problem}")),
        }
    }
}

impl std::error::Error for Refusal {}

/// Checks the source files at `paths`, or the repository's own where none is named; a line that sums them up.
///
/// # Errors
/// What can't be read, or every problem there is.
pub fn check(paths: &[PathBuf]) -> Result<String, Refusal> {
    read(paths).map(|(catalogue, files)| format!("{files} files, no problems: {}", summary(&catalogue)))
}

/// The catalogue of the source files at `paths`, or of the repository's own where none is named, as it is published, and how
/// many files it has.
///
/// # Errors
/// As [`check`].
pub fn read(paths: &[PathBuf]) -> Result<(Catalogue, usize), Refusal> {
    let own = own_folder();
    let paths = if paths.is_empty() { std::slice::from_ref(&own) } else { paths };
    let mut files = vec![];
    for path in paths {
        let found = if paths.len() == 1 { with_siblings(path)? } else { source_files(path)? };
        for path in found {
            let text = fs::read_to_string(&path).map_err(|error| Refusal::Unreadable(path.clone(), error))?;
            files.push(SourceFile { name: path.display().to_string(), text });
        }
    }
    source::read_spoken(&files).map(|catalogue| (catalogue, files.len())).map_err(Refusal::Problems)
}

/// The repository's catalogue, by the shortest name from where the command runs.
fn own_folder() -> PathBuf {
    let own = fs::canonicalize(OWN).unwrap_or_else(|_| OWN.into());
    let here = std::env::current_dir().and_then(fs::canonicalize);
    match here.ok().and_then(|here| own.strip_prefix(here).map(Path::to_path_buf).ok()) {
        Some(beneath) if beneath.as_os_str().is_empty() => PathBuf::from("."),
        Some(beneath) => beneath,
        None => own,
    }
}

/// The catalogue a path belongs to. One file of a catalogue means nothing without the others, so those beside it are read too.
fn with_siblings(path: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let mut files = source_files(path)?;
    if let (true, Some(folder)) = (path.is_file(), path.parent()) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let beside = source_files(folder).unwrap_or_default();
        files.extend(beside.into_iter().filter(|file| file.file_name() != path.file_name()));
        files.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    }
    Ok(files)
}

/// A file itself, or a folder's TOML files by name.
fn source_files(path: &Path) -> Result<Vec<PathBuf>, Refusal> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let unreadable = |error| Refusal::Unreadable(path.to_path_buf(), error);
    let entries = fs::read_dir(path).map_err(unreadable)?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    if files.is_empty() { Err(Refusal::Nothing(path.to_path_buf())) } else { Ok(files) }
}

/// What is in a catalogue, in a line.
pub(crate) fn summary(catalogue: &Catalogue) -> String {
    let questions: usize = catalogue.offerings.iter().map(|offering| offering.characteristics.len()).sum();
    format!(
        "catalogue {} with {} offerings, {questions} questions, {} letters, {} areas, {} streets",
        catalogue.version,
        catalogue.offerings.len(),
        catalogue.letters.len(),
        catalogue.areas.len(),
        catalogue.streets.len(),
    )
}
