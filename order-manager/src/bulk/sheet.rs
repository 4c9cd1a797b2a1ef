//! The file: which columns it has, how its cells are read, and how they are written so that no spreadsheet takes one for a formula.

use std::borrow::Cow;

use crate::catalogue::ProductOffering;
use crate::characteristic::{Asked, Characteristic, Need, ValueType};

use super::{MOST_BYTES, MOST_ROWS};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column<'a> {
    /// What the customer calls the site.
    SiteName,
    /// Number and street.
    Street,
    /// Apartment, suite or floor.
    Unit,
    /// City.
    City,
    /// State.
    State,
    /// Postal code.
    Zip,
    /// Who to call there.
    ContactName,
    /// Under which number.
    ContactPhone,
    /// The day asked for.
    RequestedDate,
    /// A question of the offering's own page.
    Question(&'a Characteristic),
}

/// The columns of every file, in their order.
const ALWAYS: [Column<'static>; 9] = [
    Column::SiteName,
    Column::Street,
    Column::Unit,
    Column::City,
    Column::State,
    Column::Zip,
    Column::ContactName,
    Column::ContactPhone,
    Column::RequestedDate,
];

impl Column<'_> {
    /// Its name in a file's first row, and in records.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::SiteName => "site-name",
            Self::Street => "street",
            Self::Unit => "unit",
            Self::City => "city",
            Self::State => "state",
            Self::Zip => "zip",
            Self::ContactName => "contact-name",
            Self::ContactPhone => "contact-phone",
            Self::RequestedDate => "requested-date",
            Self::Question(question) => question.id.as_str(),
        }
    }

    /// Whether a text in a file's first row names it: its name or a question's label, however spaced and in any case.
    fn is_called(&self, text: &str) -> bool {
        let folded = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let text = folded(text);
        let by_label = || match self {
            Self::Question(question) => folded(question.label.in_language("en")) == text,
            _ => false,
        };
        folded(self.name()) == text || by_label()
    }
}

/// The column that says what is wrong, in a file of rows to be put right. It is passed over when that file is sent.
pub const WRONG: &str = "what-is-wrong";

/// A file that can't be read as a table of these columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Larger than [`MOST_BYTES`].
    TooLarge,
    /// Not UTF-8.
    NotText,
    /// Not CSV.
    NotATable,
    /// Nothing below the first row.
    NoRows,
    /// Rows, and none that can be ordered: said once the rows were checked.
    NoGoodRow,
    /// More than [`MOST_ROWS`].
    TooManyRows,
    /// A column is not there.
    MissingColumn(Box<str>),
    /// A column that means nothing here.
    UnknownColumn(Box<str>),
    /// A column that is there twice.
    DoubledColumn(Box<str>),
}

/// A row of a file, with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line of the file on which it begins, from 1: what a spreadsheet shows.
    pub number: u64,
    /// Its cells as they were written.
    pub cells: Vec<Box<str>>,
}

/// A table of sites at which an offering is ordered.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its columns, as we write them.
    pub columns: Vec<Column<'a>>,
}

impl<'a> Sheet<'a> {
    /// The table for an offering: a column for each choice that its page requires.
    #[must_use]
    pub fn of(offering: &'a ProductOffering) -> Self {
        let asked = |question: &&'a Characteristic| {
            question.asked == Asked::OnPage && question.need == Need::Required && matches!(question.value, ValueType::Choice(_))
        };
        let questions = offering.characteristics.iter().map(AsRef::as_ref).filter(asked).map(Column::Question);
        Self { columns: ALWAYS.into_iter().chain(questions).collect() }
    }

    /// The first row of the table.
    #[must_use]
    pub fn header(&self) -> Vec<&str> {
        self.columns.iter().map(Column::name).collect()
    }

    /// Reads a file. Its columns may come in any order; each row's cells are put into the order of [`Sheet::columns`]. A row with
    /// another number of cells than the first is left as it is.
    ///
    /// # Errors
    /// [`FileFault`].
    pub fn read(&self, file: &[u8]) -> Result<Vec<Line>, FileFault> {
        if file.len() > MOST_BYTES {
            return Err(FileFault::TooLarge);
        }
        let text = std::str::from_utf8(file).map_err(|_| FileFault::NotText)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut rows = reader.records();
        let header = rows.next().ok_or(FileFault::NoRows)?.map_err(|_| FileFault::NotATable)?;
        let order = self.order_of(&header)?;
        let (mut lines, mut counted) = (vec![], Counted { at: 0, line: 1 });
        for row in rows {
            let row = row.map_err(|_| FileFault::NotATable)?;
            let number = counted.up_to(text.as_bytes(), row.position().map_or(0, csv::Position::byte));
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if lines.len() == MOST_ROWS {
                return Err(FileFault::TooManyRows);
            }
            let cell = |at: usize| row.get(at).map(|cell| plain(cell).into());
            let cells = if row.len() == header.len() {
                order.iter().filter_map(|at| cell(*at)).collect()
            } else {
                (0..row.len()).filter_map(cell).collect()
            };
            lines.push(Line { number, cells });
        }
        if lines.is_empty() { Err(FileFault::NoRows) } else { Ok(lines) }
    }

    /// Where each of our columns stands in a file.
    fn order_of(&self, header: &csv::StringRecord) -> Result<Vec<usize>, FileFault> {
        let mut order = vec![None; self.columns.len()];
        for (at, text) in header.iter().enumerate().filter(|(_, text)| *text != WRONG) {
            let called = self.columns.iter().position(|column| column.is_called(plain(text)));
            let ours = called.and_then(|ours| order.get_mut(ours)).ok_or_else(|| FileFault::UnknownColumn(text.into()))?;
            if ours.replace(at).is_some() {
                return Err(FileFault::DoubledColumn(text.into()));
            }
        }
        let missing = |column: &Column<'_>| FileFault::MissingColumn(column.name().into());
        self.columns.iter().zip(order).map(|(column, at)| at.ok_or_else(|| missing(column))).collect()
    }
}

/// Lines of a file, counted as it is read. The reader's own count is one short after a line that ends in CR LF.
struct Counted {
    at: usize,
    line: u64,
}

impl Counted {
    /// The line of a row that begins at a byte, or after the line ends that follow it.
    fn up_to(&mut self, text: &[u8], begins: u64) -> u64 {
        let begins = usize::try_from(begins).unwrap_or(usize::MAX);
        while let Some(byte) = text.get(self.at).filter(|byte| self.at < begins || b"\r\n".contains(byte)) {
            self.at += 1;
            let ends = *byte == b'\n' || *byte == b'\r' && text.get(self.at) != Some(&b'\n');
            self.line += u64::from(ends);
        }
        self.line
    }
}

/// What a spreadsheet may take for the beginning of a formula.
///
/// Source: OWASP, "CSV Injection".
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(FORMULA)
}

/// A row of a file as we write it. A cell that a spreadsheet could take for a formula gets an apostrophe before it, and so does one
/// that has such apostrophes already: [`cells_of`] takes one away.
#[must_use]
pub fn line_of<'t>(cells: impl IntoIterator<Item = &'t str>) -> String {
    let neutral = |cell: &'t str| match begins_like_a_formula(cell.trim_start_matches('\'')) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let cells: Vec<_> = cells.into_iter().map(neutral).collect();
    // Writing to memory fails for nothing but want of it.
    let _ = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
    writer.into_inner().ok().and_then(|line| String::from_utf8(line).ok()).unwrap_or_default()
}

/// The cells of one row that [`line_of`] has written.
#[must_use]
pub fn cells_of(line: &str) -> Option<Vec<Box<str>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let row = reader.records().next()?.ok()?;
    Some(row.iter().map(|cell| plain(cell).into()).collect())
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}
