//! Files: sent beside the form's text, and named in it once they are received.

use super::line::is_unreadable;
use crate::entered::{Entered, Reason};
use crate::value::{FileReference, Value};

/// How the field is called that names a file received before: by the upload's own name and this.
const KEPT: &str = ".kept";

/// How the field is called that takes a file back: by the upload's own name and this.
const REMOVED: &str = ".removed";

/// The most characters of a file's name that are kept, its extension apart.
const LONGEST_NAME: usize = 100;

/// The media types taken, and the largest size in bytes.
type Bounds<'a> = (&'a [Box<str>], u64);

/// A file that was received, and the text by which a form names it. Nothing else can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// What the form says.
    pub named: Box<str>,
    /// The file.
    pub file: FileReference,
}

/// The field beside an upload that names the file received before.
#[must_use]
pub fn kept_field(upload: &str) -> String {
    format!("{upload}{KEPT}")
}

/// The field beside an upload that takes back the file received before.
#[must_use]
pub fn removed_field(upload: &str) -> String {
    format!("{upload}{REMOVED}")
}

/// The upload beside which a field names the file received before, or takes it back; `None` for every other field.
#[must_use]
pub fn upload_of(field: &str) -> Option<&str> {
    field.strip_suffix(KEPT).or_else(|| field.strip_suffix(REMOVED))
}

/// A file's name as it can be shown and given back: without folders and without characters that make a name look like another, and
/// with an extension that says what the file is by its content.
#[must_use]
pub fn file_name(name: &str, media: &str) -> Box<str> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !is_unreadable(*c)).collect();
    let kind = media.rsplit('/').next().unwrap_or_default();
    let extensions: &[&str] = if kind == "jpeg" { &["jpg", "jpeg"] } else { &[kind] };
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)) => (stem, extension),
        _ => (&*name, extensions[0]),
    };
    let stem: String = stem.trim_matches(|c: char| c.is_whitespace() || c == '.').chars().take(LONGEST_NAME).collect();
    format!("{}.{extension}", if stem.is_empty() { "file" } else { &stem }).into()
}

/// The file that the form names among those received; `None` when it names none, or takes it back.
pub(super) fn received(
    name: &str,
    entered: &Entered,
    bounds: Bounds<'_>,
    files: &[ReceivedFile],
) -> Result<Option<Value>, Reason> {
    // What an upload field sends does not come as text: a browser that sends a text instead has lost the file.
    if entered.one(name)?.is_some() {
        return Err(Reason::NotAFile);
    }
    if entered.one(&removed_field(name))?.is_some() {
        return Ok(None);
    }
    let Some(named) = entered.one(&kept_field(name))? else { return Ok(None) };
    let found = files.iter().find(|received| *received.named == *named).ok_or(Reason::NotAFile)?;
    fits(bounds, Some(&found.file.media), found.file.bytes)?;
    Ok(Some(Value::File(found.file.clone())))
}

/// Whether a file of this type, by its content, and this size is taken.
pub(super) fn fits((media, max): Bounds<'_>, found: Option<&str>, bytes: u64) -> Result<(), Reason> {
    if bytes == 0 {
        Err(Reason::EmptyFile)
    } else if !media.iter().any(|taken| Some(&**taken) == found) {
        Err(Reason::WrongFileType { media: media.to_vec() })
    } else if bytes > max {
        Err(Reason::FileTooLarge { max })
    } else {
        Ok(())
    }
}
