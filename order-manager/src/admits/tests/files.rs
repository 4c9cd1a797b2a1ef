//! Files: which are taken, and which a form can name.

use jiff::civil::date;

use crate::admits::{Reading, ReceivedFile, file_name, kept_field, removed_field, upload_of};
use crate::characteristic::ValueType;
use crate::entered::{Entered, FieldError, Reason};
use crate::id::{OrderId, OrderItemId};
use crate::value::{FileReference, Value};

const PDF: &str = "application/pdf";
const PNG: &str = "image/png";
const MOST: u64 = 4 << 20;

fn letter() -> ValueType {
    ValueType::File { media: vec![PDF.into(), PNG.into()], max_bytes: MOST }
}

fn file(key: &str, media: &str, bytes: u64) -> FileReference {
    FileReference { key: key.into(), name: "letter.pdf".into(), media: media.into(), bytes }
}

fn read(entries: &[(&str, &str)], files: &[ReceivedFile]) -> Result<Option<Value>, Vec<FieldError>> {
    let reading = Reading { today: date(2026, 3, 2), area: None, services: &[], files };
    letter().admit("q", &entries.iter().copied().collect(), &reading)
}

#[test]
fn a_file_is_taken_by_its_content_and_its_size() {
    let other = || Reason::WrongFileType { media: vec![PDF.into(), PNG.into()] };
    let table = [
        (Some(PDF), 1, Ok(())),
        (Some(PNG), MOST, Ok(())),
        (Some(PDF), 0, Err(Reason::EmptyFile)),
        (None, 0, Err(Reason::EmptyFile)),
        (Some(PDF), MOST + 1, Err(Reason::FileTooLarge { max: MOST })),
        (Some("application/vnd.microsoft.portable-executable"), 100, Err(other())),
        (Some("image/gif"), MOST + 1, Err(other())),
        (None, 100, Err(other())),
    ];
    for (media, bytes, expected) in table {
        assert_eq!(letter().takes_file(media, bytes), expected, "{media:?}, {bytes} bytes");
    }
    assert_eq!(ValueType::Boolean.takes_file(Some(PDF), 1), Err(Reason::NotAFile), "no question for a file");
}

#[test]
fn a_form_names_what_was_received_and_nothing_else() {
    let received = [
        ReceivedFile { named: "first".into(), file: file("orders/1", PDF, 10) },
        ReceivedFile { named: "other type".into(), file: file("orders/2", "image/gif", 10) },
    ];
    let wrong = |reason| Err(vec![FieldError::new("q", reason)]);
    assert_eq!(read(&[("q.kept", "first")], &received), Ok(Some(Value::File(file("orders/1", PDF, 10)))));
    assert_eq!(read(&[("q", ""), ("q.kept", "first")], &received), read(&[("q.kept", "first")], &received), "nothing chosen");
    assert_eq!(read(&[("q", "")], &received), Ok(None), "nothing chosen and nothing kept");
    assert_eq!(read(&[("q.kept", "orders/1")], &received), wrong(Reason::NotAFile), "a key from outside");
    assert_eq!(read(&[("q.kept", "first")], &[]), wrong(Reason::NotAFile), "not received");
    assert_eq!(read(&[("q", "letter.pdf")], &received), wrong(Reason::NotAFile), "a name instead of a file");
    assert_eq!(read(&[("q.kept", "first"), ("q.kept", "first")], &received), wrong(Reason::Doubled));
    assert_eq!(read(&[("q.kept", "first"), ("q.removed", "yes")], &received), Ok(None), "taken back");
    assert_eq!(read(&[("q.removed", "yes"), ("q.removed", "yes")], &received), wrong(Reason::Doubled));
    let gif = Reason::WrongFileType { media: vec![PDF.into(), PNG.into()] };
    assert_eq!(read(&[("q.kept", "other type")], &received), wrong(gif), "no longer taken");
}

#[test]
fn the_field_beside_an_upload_is_its_own() {
    assert_eq!(letter().field_names("q"), ["q".to_owned(), kept_field("q"), removed_field("q")]);
    let uploads = [kept_field("q"), removed_field("q"), "q".to_owned()].map(|field| upload_of(&field).map(str::to_owned));
    assert_eq!(uploads, [Some("q".to_owned()), Some("q".to_owned()), None]);
    let mut entered = Entered::default();
    Value::File(file("orders/1", PDF, 10)).entered("q", &mut entered);
    assert_eq!(entered, Entered::default(), "a file is not typed");
}

#[test]
fn a_files_name_can_be_shown_and_says_what_the_file_is() {
    for (name, media, expected) in [
        ("letter.pdf", PDF, "letter.pdf"),
        ("Letter.PDF", PDF, "Letter.PDF"),
        ("scan.jpg", "image/jpeg", "scan.jpg"),
        ("scan.jpeg", "image/jpeg", "scan.jpeg"),
        ("scan", "image/jpeg", "scan.jpg"),
        ("letter v1.2", PDF, "letter v1.2.pdf"),
        ("invoice.exe", PDF, "invoice.exe.pdf"),
        ("page.html", PNG, "page.html.png"),
        ("C:\\Users\\me\\letter.pdf", PDF, "letter.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        (".pdf", PDF, "file.pdf"),
        ("...", PDF, "file.pdf"),
        ("", PDF, "file.pdf"),
        ("  a\u{0}\r\nb .pdf", PDF, "ab.pdf"),
        ("fdp.\u{202e}exe.pdf", PDF, "fdp.exe.pdf"),
        ("carta de autorización.pdf", PDF, "carta de autorización.pdf"),
    ] {
        assert_eq!(&*file_name(name, media), expected, "{name:?}");
    }
    assert_eq!(file_name(&"é".repeat(500), PDF).chars().count(), 104);
}

#[test]
fn a_files_key_says_which_order_and_item_it_was_sent_for() {
    let id = uuid::Uuid::from_u128;
    let (order, item) = (OrderId::new(id(1)), OrderItemId::new(id(2)));
    let key = FileReference::key_of(order, item, id(3));
    assert_eq!(file(&key, PDF, 1).sent_for(), Some((order, item)));
    for other in ["", "orders/1/2/3", "unplaced/x", &key["orders/".len()..]] {
        assert_eq!(file(other, PDF, 1).sent_for(), None, "{other}");
    }
}
