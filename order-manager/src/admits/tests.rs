//! Every type of value, entered in every way that is wrong; and every value there and back.

use jiff::civil::date;

use super::*;
use crate::characteristic::{Across, AddressSpace, Column, Need, Reach, TelephoneUse};
use crate::condition::Condition;
use crate::text::Text;

mod files;
mod properties;
mod rows;

pub(super) fn area() -> Area {
    Area {
        id: "atlanta-midtown".parse().expect("an id"),
        zips: vec!["30308".parse().expect("a zip")],
        city: "Atlanta".into(),
        state: "GA".parse().expect("a state"),
        time_zone: "America/New_York".into(),
        rate_centre: "ATLANTA".into(),
        exchanges: vec![404_872],
        networks: std::collections::BTreeMap::new(),
    }
}

pub(super) fn option(id: &str) -> ValueOption {
    ValueOption {
        id: id.parse().expect("an id"),
        label: Text::english(id),
        number: None,
        available_when: Condition::Always,
        unavailable_because: None,
        needs: None,
    }
}

pub(super) fn options() -> Vec<ValueOption> {
    ["red", "green", "blue"].map(option).to_vec()
}

pub(super) fn digits(expression: &str) -> Pattern {
    Pattern { expression: expression.into(), means: Text::english("four digits") }
}

pub(super) fn text_of(min: usize, max: usize) -> ValueType {
    ValueType::Text { min, max, pattern: None, lines: Lines::Single }
}

pub(super) fn vlan_rows() -> ValueType {
    let column = |value, need| Column { label: Text::english("Column"), value, need, across: Across::Free };
    ValueType::Rows {
        columns: vec![
            column(text_of(1, 20), Need::Required),
            column(ValueType::Integer { min: 1, max: 99, unit: None }, Need::Required),
            column(ValueType::Email, Need::Optional),
        ],
        min: 1,
        max: 3,
    }
}

pub(super) fn list_of(of: ValueType, max: usize) -> ValueType {
    ValueType::List { of: Box::new(of), min: 1, max }
}

fn read(value: &ValueType, entries: &[(&str, &str)]) -> Result<Option<Value>, Vec<FieldError>> {
    let area = area();
    let reading = Reading { today: date(2026, 3, 2), area: Some(&area), services: &[], files: &[] };
    value.admit("q", &entries.iter().copied().collect(), &reading)
}

fn entry(number: usize, reason: Reason) -> Reason {
    Reason::Entry { number, reason: Box::new(reason) }
}

fn cell(reason: Reason) -> Reason {
    Reason::Cell { column: Text::english("Column"), reason: Box::new(reason) }
}

#[test]
fn each_type_says_what_is_wrong_with_what_was_entered() {
    use Reason::*;
    let choice = ValueType::Choice(options());
    let choices = ValueType::Choices { options: options(), min: 2, max: 2 };
    let number = ValueType::Integer { min: 576, max: 9100, unit: None };
    let text = text_of(2, 5);
    let several = ValueType::Text { min: 0, max: 20, pattern: None, lines: Lines::Several };
    let code = ValueType::Text { min: 0, max: 9, pattern: Some(digits("[0-9]{4}")), lines: Lines::Single };
    let either = ValueType::Text { min: 0, max: 9, pattern: Some(digits("[0-9]{4}|none")), lines: Lines::Single };
    let agreed = ValueType::Acknowledgement(Text::english("I understand."));
    let day = ValueType::Date { earliest: 1, latest: 60 };
    let file = ValueType::File { media: vec!["application/pdf".into()], max_bytes: 4_000_000 };
    let [as_any, as_public, as_private] =
        [AddressSpace::Any, AddressSpace::Public, AddressSpace::Private].map(ValueType::AutonomousSystemNumber);
    let prefixes = |space, longest_v4, longest_v6| ValueType::Prefixes { min: 1, max: 3, space, longest_v4, longest_v6 };
    let announced = prefixes(AddressSpace::Public, 24, 48);
    let inside = prefixes(AddressSpace::Private, 32, 128);
    let [any_address, public_address, private_address] =
        [AddressSpace::Any, AddressSpace::Public, AddressSpace::Private].map(ValueType::IpAddress);
    let vlans = ValueType::VlanIds { max: 20 };
    let secret = ValueType::Secret { min: 6, max: 8 };
    let contact = ValueType::TelephoneNumber(TelephoneUse::Contact);
    let port = ValueType::TelephoneNumber(TelephoneUse::Port);
    let toll_free = ValueType::TelephoneNumber(TelephoneUse::TollFree);
    let numbers = list_of(port.clone(), 2);
    let rows = vlan_rows();
    let as_range = OutOfRange { min: 1, max: 4_294_967_294 };

    let table: Vec<(&ValueType, &str, Reason)> = vec![
        (&choice, "yellow", NotAChoice),
        (&choice, "Red", NotAChoice),
        (&choices, "yellow", NotAChoice),
        (&choices, "red", WrongCount { min: 2, max: 2 }),
        (&number, "many", NotANumber),
        (&number, "1,500", NotANumber),
        (&number, "1500.0", NotANumber),
        (&number, "-", NotANumber),
        (&number, "575", OutOfRange { min: 576, max: 9100 }),
        (&number, "9101", OutOfRange { min: 576, max: 9100 }),
        (&number, "-600", OutOfRange { min: 576, max: 9100 }),
        (&number, "99999999999999999999", OutOfRange { min: 576, max: 9100 }),
        (&text, "a", TooShort { min: 2 }),
        (&text, "abcdef", TooLong { max: 5 }),
        (&text, "a\u{0}b", UnreadableText),
        (&text, "a\nb", UnreadableText),
        (&text, "a\u{202e}b", UnreadableText),
        (&several, "a\u{7}\nb", UnreadableText),
        (&code, "12345", Pattern(Text::english("four digits"))),
        (&code, "x1234", Pattern(Text::english("four digits"))),
        (&either, "1234none", Pattern(Text::english("four digits"))),
        (&ValueType::Boolean, "maybe", NotAChoice),
        (&agreed, "no", NotAcknowledged),
        (&contact, "call me", NotATelephoneNumber),
        (&contact, "404 911 0000 0", NotATelephoneNumber),
        (&contact, "411 555 0100", NotATelephoneNumber),
        (&port, "800 555 0100", TollFreeNumber),
        (&port, "912 555 0100", OtherRateCentre),
        (&toll_free, "404 872 0100", NotTollFree),
        (&ValueType::InventoryNumber, "one of yours", NotATelephoneNumber),
        (&ValueType::Email, "nobody", NotAnEmail),
        (&day, "tomorrow", NotADate),
        (&day, "2026-02-30", NotADate),
        (&day, "2026-03-02", TooEarly(date(2026, 3, 3))),
        (&day, "2026-05-02", TooLate(date(2026, 5, 1))),
        (&file, "letter.pdf", NotAFile),
        (&as_any, "ours", NotANumber),
        (&as_any, "4294967296", as_range),
        (&as_any, "0", ReservedAsNumber),
        (&as_any, "23456", ReservedAsNumber),
        (&as_any, "64496", ReservedAsNumber),
        (&as_any, "64511", ReservedAsNumber),
        (&as_any, "65535", ReservedAsNumber),
        (&as_any, "65551", ReservedAsNumber),
        (&as_any, "AS4294967295", ReservedAsNumber),
        (&as_public, "64512", ReservedAsNumber),
        (&as_public, "4200000000", ReservedAsNumber),
        (&as_private, "3356", WrongAddressSpace),
        (&announced, "8.8.8.0", entry(1, NotAPrefix)),
        (&announced, "8.8.8.1/24", entry(1, NotAPrefix)),
        (&announced, "8.8.8.0/24\n\nworld", entry(2, NotAPrefix)),
        (&announced, "10.0.0.0/8", entry(1, WrongAddressSpace)),
        (&announced, "203.0.113.0/24", entry(1, WrongAddressSpace)),
        (&announced, "0.0.0.0/0", entry(1, WrongAddressSpace)),
        (&announced, "2001:db8::/48", entry(1, WrongAddressSpace)),
        (&announced, "fd00::/48", entry(1, WrongAddressSpace)),
        (&announced, "8.8.8.0/25", entry(1, PrefixTooLong { max: 24 })),
        (&announced, "2600:1700::/49", entry(1, PrefixTooLong { max: 48 })),
        (&announced, "8.8.8.0/24\n8.8.8.0/24", entry(2, Repeated)),
        (&announced, "8.8.8.0/24\n8.8.4.0/24\n1.1.1.0/24\n9.9.9.0/24", WrongCount { min: 1, max: 3 }),
        (&inside, "8.8.8.0/24", entry(1, WrongAddressSpace)),
        (&any_address, "8.8.8", NotAnIpAddress),
        (&any_address, "127.0.0.1", WrongAddressSpace),
        (&public_address, "192.168.1.1", WrongAddressSpace),
        (&private_address, "8.8.8.8", WrongAddressSpace),
        (&ValueType::DomainName, "localhost", NotADomain),
        (&ValueType::DomainName, "-a.example", NotADomain),
        (&ValueType::DomainName, "10.0.0.1", NotADomain),
        (&ValueType::DomainName, "a..example", NotADomain),
        (&vlans, "0", NotVlanIds),
        (&vlans, "4095", NotVlanIds),
        (&vlans, "20-10", NotVlanIds),
        (&vlans, "ten", NotVlanIds),
        (&vlans, ",", NotVlanIds),
        (&vlans, "10-12\n12", Repeated),
        (&vlans, "1-21", WrongCount { min: 1, max: 20 }),
        (&secret, "short", TooShort { min: 6 }),
        (&secret, "much too long", TooLong { max: 8 }),
        (&secret, "abc\u{1}def", UnreadableText),
        (&numbers, "404 872 0100\n912 555 0100", entry(2, OtherRateCentre)),
        (&numbers, "404 872 0100\n(404) 872-0100", entry(2, Repeated)),
        (&numbers, "1\n2\n3", WrongCount { min: 1, max: 2 }),
        (&rows, "Lobby, 4", entry(1, WrongColumns { expected: 3 })),
        (&rows, "Lobby, 4, a@b.example\nDesk, 100,", entry(2, cell(OutOfRange { min: 1, max: 99 }))),
        (&rows, ", 4,", entry(1, cell(Missing))),
        (&rows, ",,", entry(1, Missing)),
        (&rows, "Lobby, 4, nobody", entry(1, cell(NotAnEmail))),
    ];
    for (value, entered, reason) in table {
        assert_eq!(read(value, &[("q", entered)]), Err(vec![FieldError::new("q", reason)]), "{entered:?} for {value:?}");
    }
}

#[test]
fn a_field_that_came_twice_is_refused_unless_boxes_are_ticked() {
    for value in [ValueType::Email, list_of(ValueType::Email, 2), vlan_rows(), ValueType::VlanIds { max: 1 }] {
        assert_eq!(read(&value, &[("q", "a@b.example"), ("q", "c@d.example")]), Err(vec![FieldError::new("q", Reason::Doubled)]));
    }
    let choices = ValueType::Choices { options: options(), min: 0, max: 3 };
    assert!(matches!(read(&choices, &[("q", "red"), ("q", "blue")]), Ok(Some(Value::Choices(chosen))) if chosen.len() == 2));
    assert_eq!(read(&choices, &[("q", "red"), ("q", "red")]), Err(vec![FieldError::new("q", Reason::Repeated)]));
}

#[test]
fn each_part_of_an_address_says_what_is_wrong_with_it() {
    let whole = [
        ("q.street", "214 Juniper Street NE"),
        ("q.unit", ""),
        ("q.city", "Atlanta"),
        ("q.state", "ga"),
        ("q.zip", "30308-1234"),
    ];
    assert!(
        matches!(read(&ValueType::Address(Reach::Anywhere), &whole), Ok(Some(Value::Address(address))) if address.zip.to_string() == "30308")
    );

    let table: [(&str, &str, Reason); 9] = [
        ("q.street", " ", Reason::Missing),
        ("q.street", "1\t2", Reason::UnreadableText),
        ("q.unit", &"x".repeat(41), Reason::TooLong { max: 40 }),
        ("q.city", "", Reason::Missing),
        ("q.state", "", Reason::Missing),
        ("q.state", "Ontario", Reason::NotAState),
        ("q.zip", "", Reason::Missing),
        ("q.zip", "M5V 2T6", Reason::NotAZip),
        ("q.zip", "30308-12345", Reason::TooLong { max: 10 }),
    ];
    for (field, text, reason) in table {
        let entries: Vec<_> = whole.iter().map(|(name, right)| (*name, if *name == field { text } else { right })).collect();
        assert_eq!(
            read(&ValueType::Address(Reach::Anywhere), &entries),
            Err(vec![FieldError::new(field, reason)]),
            "{field} {text:?}"
        );
    }

    let errors = read(&ValueType::Address(Reach::Anywhere), &[("q.unit", "4"), ("q.zip", "x")]).expect_err("most is missing");
    let fields: Vec<&str> = errors.iter().map(|error| &*error.field).collect();
    assert_eq!(fields, ["q.street", "q.city", "q.state", "q.zip"], "in the order of the fields");
    assert_eq!(ValueType::Address(Reach::Anywhere).field_names("q"), whole.map(|(name, _)| name));
}

#[test]
fn nothing_entered_is_no_value_and_no_error() {
    let all = [
        ValueType::Choice(options()),
        ValueType::Choices { options: options(), min: 1, max: 2 },
        text_of(2, 5),
        ValueType::Boolean,
        ValueType::Acknowledgement(Text::english("I understand.")),
        ValueType::InventoryNumber,
        ValueType::Address(Reach::Anywhere),
        ValueType::File { media: vec![], max_bytes: 1 },
        ValueType::VlanIds { max: 1 },
        list_of(ValueType::Email, 1),
        vlan_rows(),
    ];
    for value in all {
        for entries in [&[][..], &[("q", "")], &[("q", " \r\n ")], &[("q.street", " "), ("q.zip", "")]] {
            assert_eq!(read(&value, entries), Ok(None), "{value:?}");
        }
    }
}

#[test]
fn entries_are_taken_as_people_write_them() {
    let several = ValueType::Text { min: 0, max: 30, pattern: None, lines: Lines::Several };
    let vlans = ValueType::VlanIds { max: 100 };
    let day = ValueType::Date { earliest: 0, latest: 60 };
    let table: [(&ValueType, &str, Value); 8] = [
        (&several, " Ring twice.\r\nThen\rwait. ", Value::Text("Ring twice.\nThen\nwait.".into())),
        (&ValueType::Integer { min: -5, max: 5, unit: None }, "\u{2212}3", Value::Integer(-3)),
        (
            &ValueType::TelephoneNumber(TelephoneUse::Port),
            "+1 (404) 872-0100",
            Value::Telephone("4048720100".parse().expect("a number")),
        ),
        (&day, "3/15/2026", Value::Date(date(2026, 3, 15))),
        (&ValueType::AutonomousSystemNumber(AddressSpace::Public), "as 3356", Value::AutonomousSystemNumber(3356)),
        (&ValueType::DomainName, "Example.COM.", Value::DomainName("example.com".into())),
        (&vlans, "200\u{2013}210, 100\r\n101; 4094", Value::VlanIds(vec![(100, 101), (200, 210), (4094, 4094)])),
        (&vlan_rows(), "Lobby,4, ", Value::Rows(vec![vec![Some(Value::Text("Lobby".into())), Some(Value::Integer(4)), None]])),
    ];
    for (value, entered, expected) in table {
        assert_eq!(read(value, &[("q", entered)]), Ok(Some(expected)), "{entered:?}");
    }
}

#[test]
fn a_number_to_bring_along_is_not_placed_before_the_area_is_known() {
    let reading = Reading { today: date(2026, 3, 2), area: None, services: &[], files: &[] };
    let port = ValueType::TelephoneNumber(TelephoneUse::Port);
    assert!(matches!(port.admit("q", &[("q", "9125550100")].into_iter().collect(), &reading), Ok(Some(_))));
}

#[test]
fn a_pattern_that_closes_the_group_around_it_does_not_compile() {
    assert!(digits("a)|(b").compiled().is_err());
    assert!(digits("[0-9]{4}").compiled().is_ok());
}
