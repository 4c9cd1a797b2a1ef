//! What the file's form comes to, whatever is in it. What its rows come to is tested with the catalogue, in `tests/journeys`.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const COLUMNS: [Column<'static>; 3] = [Column::SiteName, Column::Street, Column::Zip];

fn sheet() -> Sheet<'static> {
    Sheet { columns: COLUMNS.into() }
}

/// Cells as people and programs write them: formulas, quotes, commas, line ends and apostrophes among them.
fn cell() -> impl Strategy<Value = String> {
    "[-'=+@\t\r\n\",;a-zé ]{0,6}"
}

fn row() -> impl Strategy<Value = [String; 3]> {
    let not_blank = |row: &[String; 3]| row.iter().any(|cell| !cell.trim().is_empty());
    [cell(), cell(), cell()].prop_filter("a row with something in it", not_blank)
}

fn file(rows: &[[String; 3]]) -> String {
    let sheet = sheet();
    let rows = rows.iter().map(|row| line_of(row.iter().map(String::as_str)));
    std::iter::once(line_of(sheet.header())).chain(rows).collect()
}

fn cells(lines: &[Line]) -> Vec<Vec<String>> {
    lines.iter().map(|line| line.cells.iter().map(ToString::to_string).collect()).collect()
}

proptest! {
    #[test]
    fn what_we_write_reads_as_it_was_with_and_without_a_byte_order_mark(rows in vec(row(), 1..8)) {
        let text = file(&rows);
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
        prop_assert_eq!(cells(&sheet().read(text.as_bytes()).expect("a table")), expected.clone());
        let marked = format!("\u{feff}{text}");
        prop_assert_eq!(cells(&sheet().read(marked.as_bytes()).expect("a table")), expected);
    }

    #[test]
    fn no_cell_that_we_write_begins_a_formula(row in row()) {
        let text = line_of(row.iter().map(String::as_str));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let read = reader.records().next().expect("a row").expect("a row");
        prop_assert!(read.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{text:?}");
        let back = cells_of(&text).expect("a row");
        prop_assert_eq!(back.iter().map(|cell| &**cell).collect::<Vec<_>>(), row.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_that_is_sent_makes_reading_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = sheet().read(&bytes);
        let _ = sheet().read(&[b"site-name,street,zip\n", &bytes[..]].concat());
    }
}

#[test]
fn columns_come_in_any_order_spelling_and_case() {
    let lines = sheet()
        .read(b"ZIP,Site name,\"STREET\"\r\n30308,Shop,1 Oak St\r\n\r\n,,\n30309,Depot,\"2 Elm St, Rear\"\n")
        .expect("a table");
    assert_eq!(cells(&lines), [["Shop", "1 Oak St", "30308"], ["Depot", "2 Elm St, Rear", "30309"]]);
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 5]);
}

#[test]
fn a_file_of_rows_to_be_put_right_can_be_sent_as_it_is() {
    let lines =
        sheet().read(b"site-name,what-is-wrong,street,zip\nShop,\"ZIP code: Enter it\",1 Oak St,30308\n").expect("a table");
    assert_eq!(cells(&lines), [["Shop", "1 Oak St", "30308"]]);
}

#[test]
fn a_row_of_another_length_is_left_as_it_is() {
    let lines = sheet().read(b"site-name,street,zip\na,b\nc,d,e,f\n").expect("a table");
    assert_eq!(cells(&lines), [vec!["a", "b"], vec!["c", "d", "e", "f"]]);
}

#[test]
fn a_file_that_is_no_table_of_these_columns_is_refused_as_a_whole() {
    let refused = |file: &[u8]| sheet().read(file).expect_err("refused");
    let header = "site-name,street,zip\n";
    assert_eq!(refused(b""), FileFault::NoRows);
    assert_eq!(refused(header.as_bytes()), FileFault::NoRows);
    assert_eq!(refused(b"site-name,street,zip\n , ,\n"), FileFault::NoRows);
    assert_eq!(refused(b"site-name,street\na,b\n"), FileFault::MissingColumn("zip".into()));
    assert_eq!(refused(b"site-name,street,zip,colour\n"), FileFault::UnknownColumn("colour".into()));
    assert_eq!(refused(b"site-name,street,zip,Street\n"), FileFault::DoubledColumn("Street".into()));
    assert_eq!(refused(b"site-name,street,zip\n\xff,b,c\n"), FileFault::NotText);
    assert_eq!(refused(&[0xff, 0xfe, b'a', 0]), FileFault::NotText);
    let rows = |count: usize| format!("{header}{}", "a,b,c\n".repeat(count));
    assert_eq!(sheet().read(rows(MOST_ROWS).as_bytes()).map(|lines| lines.len()), Ok(MOST_ROWS));
    assert_eq!(refused(rows(MOST_ROWS + 1).as_bytes()), FileFault::TooManyRows);
    let filled = |bytes: usize| format!("{header}a,b,{}\n", "c".repeat(bytes - header.len() - 5));
    assert_eq!(sheet().read(filled(MOST_BYTES).as_bytes()).map(|lines| lines.len()), Ok(1));
    assert_eq!(refused(filled(MOST_BYTES + 1).as_bytes()), FileFault::TooLarge);
}
