//! What holds for every value: entered and admitted again, it is itself; and nothing that is typed makes reading panic.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::ToSpan;
use jiff::civil::date;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::*;

type Case = BoxedStrategy<(ValueType, Value)>;

fn case<T: std::fmt::Debug + 'static>(
    of: ValueType,
    value: impl Strategy<Value = T> + 'static,
    make: impl Fn(T) -> Value + 'static,
) -> Case {
    value.prop_map(move |value| (of.clone(), make(value))).boxed()
}

/// Texts as they stand once admitted: trimmed, of one line, nothing unreadable.
fn plain() -> impl Strategy<Value = String> {
    "[^\\p{C}\\p{Z},]([^\\p{C}\\p{Zl}\\p{Zp},]{0,8}[^\\p{C}\\p{Z},])?"
}

fn number() -> impl Strategy<Value = crate::telephone::TelephoneNumber> {
    (0_u64..10_000).prop_map(|line| format!("404872{line:04}").parse().expect("a number"))
}

fn typed_in_a_line() -> Case {
    let any_text = ValueType::Text { min: 0, max: 100, pattern: None, lines: Lines::Single };
    prop_oneof![
        case(ValueType::Choice(options()), prop::sample::select(vec!["red", "green", "blue"]), |id| Value::Choice(
            id.parse().expect("an id")
        )),
        case(ValueType::Integer { min: i64::MIN, max: i64::MAX, unit: None }, any::<i64>(), Value::Integer),
        case(any_text, plain(), |text| Value::Text(text.into())),
        case(ValueType::Boolean, any::<bool>(), Value::Boolean),
        case(ValueType::TelephoneNumber(TelephoneUse::Port), number(), Value::Telephone),
        case(ValueType::Email, "[a-z.+]{1,20}@[a-z]{1,20}\\.[a-z]{2,9}", |text| Value::Email(
            text.parse().expect("an e-mail address")
        )),
        case(ValueType::Date { earliest: 0, latest: 400 }, 0_i32..=400, |days| Value::Date(
            date(2026, 3, 2).saturating_add(days.days())
        )),
        case(ValueType::AutonomousSystemNumber(AddressSpace::Private), 64_512_u32..=65_534, Value::AutonomousSystemNumber),
        case(ValueType::IpAddress(AddressSpace::Private), any::<[u8; 3]>(), |[b, c, d]| Value::IpAddress(
            Ipv4Addr::new(10, b, c, d).into()
        )),
        case(ValueType::DomainName, "[a-z0-9]{1,9}\\.[a-z0-9-]{0,9}[a-z0-9]\\.[a-z]{2,9}", |name| {
            Value::DomainName(name.trim_start_matches('-').replace(".-", ".x").into())
        }),
    ]
    .boxed()
}

fn prefix() -> impl Strategy<Value = ipnet::IpNet> {
    let four = (any::<[u8; 3]>(), 8_u8..=32).prop_map(|([b, c, d], len)| (IpAddr::from(Ipv4Addr::new(10, b, c, d)), len));
    let six = (any::<[u16; 7]>(), 8_u8..=128)
        .prop_map(|([b, c, d, e, f, g, h], len)| (IpAddr::from(Ipv6Addr::new(0xfd00, b, c, d, e, f, g, h)), len));
    prop_oneof![four, six].prop_map(|(address, len)| ipnet::IpNet::new(address, len).expect("a length that fits").trunc())
}

fn ranges() -> impl Strategy<Value = Vec<(u16, u16)>> {
    // Ends of ranges with a gap of two or more between them, so that no two touch.
    btree_set(1_u16..=1364, 2..20).prop_map(|ends| {
        let ends: Vec<u16> = ends.into_iter().map(|end| end * 3).collect();
        ends.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

fn of_several_entries() -> Case {
    let prefixes = ValueType::Prefixes { min: 1, max: 50, space: AddressSpace::Private, longest_v4: 32, longest_v6: 128 };
    let choices = ValueType::Choices { options: options(), min: 1, max: 3 };
    let address = (plain(), proptest::option::of(plain()), plain(), 0_u32..100_000).prop_map(|(street, unit, city, zip)| {
        GeographicAddress {
            street: street.into(),
            unit: unit.map(Into::into),
            city: city.into(),
            state: "TN".parse().expect("a state"),
            zip: format!("{zip:05}").parse().expect("a zip"),
        }
    });
    let row = (plain(), 1_i64..=99, proptest::option::of("[a-z]{1,9}@[a-z]{1,9}\\.us")).prop_map(|(text, number, email)| {
        let email = email.map(|text| Value::Email(text.parse().expect("an e-mail address")));
        vec![Some(Value::Text(text.into())), Some(Value::Integer(number)), email]
    });
    let unique = |mut values: Vec<Vec<Option<Value>>>| {
        let mut seen = Vec::new();
        values.retain(|value| {
            !seen.contains(value) && {
                seen.push(value.clone());
                true
            }
        });
        Value::Rows(values)
    };
    let lines = ValueType::Text { min: 0, max: 1000, pattern: None, lines: Lines::Several };
    prop_oneof![
        case(choices, btree_set(prop::sample::select(vec!["red", "green", "blue"]), 1..=3), |ids| {
            Value::Choices(ids.into_iter().map(|id| id.parse().expect("an id")).collect())
        }),
        case(prefixes, btree_set(prefix(), 1..9), |prefixes| Value::Prefixes(prefixes.into_iter().collect())),
        case(ValueType::VlanIds { max: 4094 }, ranges(), Value::VlanIds),
        case(ValueType::Address(Reach::Anywhere), address, Value::Address),
        case(list_of(ValueType::TelephoneNumber(TelephoneUse::Port), 9), btree_set(number(), 1..9), |numbers| {
            Value::List(numbers.into_iter().map(Value::Telephone).collect())
        }),
        case(vlan_rows(), vec(row, 1..=3), unique),
        case(lines, vec(plain(), 1..5), |lines| Value::Text(lines.join("\n").into())),
        case(ValueType::Acknowledgement(Text::english("I understand.")), Just(()), |()| Value::Acknowledged),
        case(ValueType::InventoryNumber, number(), Value::Telephone),
    ]
    .boxed()
}

proptest! {
    #[test]
    fn a_value_that_is_entered_again_is_itself((of, value) in prop_oneof![typed_in_a_line(), of_several_entries()]) {
        let area = area();
        let reading = Reading { today: date(2026, 3, 2), area: Some(&area), services: &[], files: &[] };
        let mut entered = Entered::default();
        value.entered("q", &mut entered);
        let names = of.field_names("q");
        prop_assert!(entered.names().all(|name| names.iter().any(|own| own == name)), "only its own fields");
        prop_assert_eq!(of.admit("q", &entered, &reading), Ok(Some(value)));
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused(
        (of, _) in prop_oneof![typed_in_a_line(), of_several_entries()],
        texts in vec(prop_oneof!["\\PC{0,40}", "[-0-9a-f:./, \r\n]{0,40}"], 0..3),
    ) {
        let reading = Reading { today: date(2026, 3, 2), area: None, services: &[], files: &[] };
        let entered: Entered = texts.iter().map(|text| ("q", text.as_str())).chain([("q.zip", "30308")]).collect();
        if let Ok(Some(value)) = of.admit("q", &entered, &reading) {
            let mut again = Entered::default();
            value.entered("q", &mut again);
            prop_assert_eq!(of.admit("q", &again, &reading), Ok(Some(value)));
        }
    }

    #[test]
    fn a_secret_is_taken_and_never_given_back(text in "[a-zA-Z0-9]{6,20}") {
        let reading = Reading { today: date(2026, 3, 2), area: None, services: &[], files: &[] };
        let secret = ValueType::Secret { min: 6, max: 20 };
        let value = secret.admit("q", &[("q", text.as_str())].into_iter().collect(), &reading).expect("a secret").expect("entered");
        let mut entered = Entered::default();
        value.entered("q", &mut entered);
        prop_assert_eq!(entered, Entered::default());
    }
}
