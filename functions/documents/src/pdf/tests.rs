//! What is written is read again: its text, its structure, its typeface.

use lopdf::{Dictionary, Document as Read, Object};
use order_manager::money::{Currency, Money};
use templates::components::price_table::{Group, Line, PriceTable, Total};
use templates::components::summary_list::Row;
use templates::document::{Block, Document, Level};
use templates::messages::Words;

use super::write;

fn written(document: &Document<'_>) -> Read {
    let file = write(Words::english(), document).expect("a file");
    if let Some(folder) = std::env::var_os("DOCUMENTS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{}.pdf", document.title)), &file).expect("it is kept");
    }
    Read::load_mem(&file).expect("a PDF")
}

/// All its text, in the order of its pages.
fn text(file: &Read) -> String {
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    file.extract_text(&pages).expect("text").replace('\n', " ")
}

/// Every part of its structure by what it is.
fn parts<'a>(file: &'a Read, kind: &str) -> Vec<&'a Dictionary> {
    let dictionaries = file.objects.values().filter_map(|object| object.as_dict().ok());
    let is = |dictionary: &&Dictionary| dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes());
    dictionaries.filter(|dictionary| dictionary.has(b"P")).filter(is).collect()
}

fn facts(value: &str) -> Document<'_> {
    let rows = vec![Row::new("Customer", value), Row { lines: vec![], ..Row::new("Floor", "") }];
    Document { title: "Order form 6GG1-TCSJ".into(), blocks: vec![Block::Facts(rows)] }
}

fn amount(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[test]
fn a_document_has_its_title_language_and_outline_and_embeds_its_typeface() {
    let mut document = facts("Whitfield & Daughters Bakery");
    document.blocks.insert(0, Block::Heading(Level::Part, "Parties".into()));
    let file = written(&document);
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).expect("a language"), b"en");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"), "{catalog:?}");
    let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).and_then(|info| info.get(b"Marked"));
    assert!(marked.and_then(Object::as_bool).expect("marked"), "{catalog:?}");
    let info = file.trailer.get(b"Info").and_then(|info| file.dereference(info)).expect("information").1;
    let title = lopdf::decode_text_string(info.as_dict().and_then(|info| info.get(b"Title")).expect("a title")).expect("text");
    assert_eq!(title, "Order form 6GG1-TCSJ");
    let fonts: Vec<_> =
        file.objects.values().filter_map(|object| object.as_dict().ok()).filter(|one| one.has(b"FontBBox")).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for font in fonts {
        assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "{font:?}");
    }
    for (kind, count) in [("H1", 1), ("H2", 1), ("L", 1), ("LI", 2), ("Lbl", 2), ("LBody", 2)] {
        assert_eq!(parts(&file, kind).len(), count, "{kind}");
    }
}

#[test]
fn everything_that_is_said_can_be_read_again_and_what_was_not_given_says_so() {
    let said = text(&written(&facts("Łódź Coöperatie “Ångström”, Αθήνα, Київ, € 12 – 15")));
    for expected in ["Order form 6GG1-TCSJ", "Customer", "Łódź Coöperatie “Ångström”, Αθήνα, Київ, € 12 – 15", "Not given"]
    {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
    assert!(!said.contains('\u{fffd}'), "{said}");
}

#[test]
fn letters_that_the_typeface_lacks_are_seen_and_told_of_and_copied_as_they_were() {
    let document = facts("株式会社テレコム, שלום, 🙂, a\u{200b}b\u{feff}c\u{0}");
    let file = written(&document);
    let said = text(&file);
    assert!(said.contains("Letters that this file’s typeface lacks stand as"), "{said}");
    assert!(said.contains("abc"), "{said}");
    let content = file.get_pages().into_values().map(|page| file.get_page_content(page));
    let content: Vec<u8> = content.flatten().collect();
    assert!(String::from_utf8_lossy(&content).contains("ActualText"), "what is copied is what was written");
}

#[test]
fn a_word_that_is_wider_than_a_line_is_broken_and_nothing_is_lost() {
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(20);
    let said = text(&written(&facts(&long)));
    assert!(said.replace(' ', "").contains(&long), "{said}");
}

#[test]
fn two_hundred_prices_go_on_over_pages_under_their_headings_and_as_one_table() {
    let line = |number: i64| Line {
        label: format!("Port {number}, at the office with the longest name of them all").into(),
        amount: format!("{} a month", amount(number * 100)),
        list: (number % 2 == 0).then(|| format!("List price {} a month", amount(number * 200))),
    };
    let group = |first: i64| Group {
        title: format!("Item {first}").into(),
        lines: (first..first + 50).map(line).collect(),
        note: Some("More may come of it".into()),
    };
    let total = Total { label: "Each month".into(), amount: amount(2_010_000), note: None, grand: true };
    let table = PriceTable { caption: "Price".into(), groups: [1, 51, 101, 151].map(group).into(), totals: vec![total] };
    let file = written(&Document { title: "Many prices".into(), blocks: vec![Block::Prices(table)] });
    let pages = file.get_pages();
    assert!(pages.len() > 5, "{}", pages.len());
    let count = pages.len();
    for number in pages.into_keys() {
        let page = file.extract_text(&[number]).expect("text").replace('\n', " ");
        assert!(page.contains("Amount"), "page {number}: {page}");
        assert!(page.contains(&format!("Page {number} of {count}")), "page {number}: {page}");
    }
    let said = text(&file);
    for number in 1..=200 {
        assert!(
            said.contains(&format!("Port {number}, at")) && said.contains(&format!("{} a month", amount(number * 100))),
            "{number}"
        );
    }
    assert_eq!((parts(&file, "Table").len(), parts(&file, "THead").len(), parts(&file, "TBody").len()), (1, 1, 4));
    assert_eq!(parts(&file, "TR").len(), 1 + 4 * 52 + 1);
}

#[test]
fn a_row_that_is_higher_than_a_page_is_broken_over_pages() {
    let clause = "Nobody is liable for what nobody can help. ".repeat(300);
    let file = written(&facts(&clause));
    assert!(file.get_pages().len() > 2);
    assert_eq!(text(&file).matches("help.").count(), 300);
}
