//! An offering that asks a question of every type there is, so that each is seen and checked.

use order_manager::admits::upload_of;
use order_manager::agreement::Figure;
use order_manager::catalogue::{Dialog, Family, ProductOffering};
use order_manager::characteristic::{
    Across, AddressSpace, Asked, Characteristic, Column, Known, Lines, Need, Pattern, Reach, TelephoneUse, ValueType,
};
use order_manager::condition::Condition;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::money::{Currency, Decimal, Money};
use order_manager::party::CustomerKind;

use super::fixtures::{TODAY, parsed, text};
use super::offerings::{bare, options, question, shared};

/// An offering that asks a question of every type.
pub(crate) fn every_type() -> ProductOffering {
    let choice = || ValueType::Choice(options(&[("sp", "Static"), ("bgp", "Dynamic (BGP)")]));
    let line = |max| ValueType::Text { min: 1, max, pattern: None, lines: Lines::Single };
    let prefixes = ValueType::Prefixes { min: 1, max: 10, space: AddressSpace::Public, longest_v4: 24, longest_v6: 48 };
    let columns = vec![
        Column { label: text("station"), value: line(20), need: Need::Required, across: Across::Free },
        Column { label: text("extension"), value: line(6), need: Need::Required, across: Across::NoneTwice },
    ];
    let postcode = Pattern { expression: "[A-Z]{6}".into(), means: text("six capital letters, like ABCDEF") };
    let types = [
        ("routing", "Routing", choice()),
        (
            "features",
            "Features",
            ValueType::Choices {
                options: options(&[("id", "Caller ID"), ("wait", "Call waiting"), ("2000", "Voicemail")]),
                min: 1,
                max: 2,
            },
        ),
        ("seats", "How many seats?", ValueType::Integer { min: 1, max: 500, unit: Some(text("seats")) }),
        ("name", "Name on the listing", line(60)),
        ("code", "Exchange carrier code", ValueType::Text { min: 6, max: 6, pattern: Some(postcode), lines: Lines::Single }),
        ("notes", "Access notes", ValueType::Text { min: 1, max: 500, pattern: None, lines: Lines::Several }),
        ("listed", "Should we list your number?", ValueType::Boolean),
        (
            "limits-of-911",
            "Emergency calls",
            ValueType::Acknowledgement(text("I understand that calls to 911 need power and a connection.")),
        ),
        ("contact-phone", "Contact’s telephone", ValueType::TelephoneNumber(TelephoneUse::Contact)),
        ("keep", "Number to keep", ValueType::TelephoneNumber(TelephoneUse::Port)),
        ("toll-free", "Toll-free number", ValueType::TelephoneNumber(TelephoneUse::TollFree)),
        ("number", "Your new number", ValueType::InventoryNumber),
        ("email", "Contact’s e-mail address", ValueType::Email),
        ("from", "Start date", ValueType::Date { earliest: 2, latest: 90 }),
        ("location", "Emergency location", ValueType::Address(Reach::Anywhere)),
        (
            "letter",
            "Letter of the circuit’s owner",
            ValueType::File { media: vec!["application/pdf".into()], max_bytes: 4 * 1024 * 1024 },
        ),
        ("as-number", "AS number", ValueType::AutonomousSystemNumber(AddressSpace::Public)),
        ("prefixes", "Networks to announce", prefixes),
        ("signaling", "Signaling address", ValueType::IpAddress(AddressSpace::Public)),
        ("zone", "Reverse lookup zone", ValueType::DomainName),
        ("vlans", "VLAN ids", ValueType::VlanIds { max: 100 }),
        ("secret", "MD5 key", ValueType::Secret { min: 8, max: 80 }),
        (
            "numbers",
            "Numbers to keep",
            ValueType::List { of: Box::new(ValueType::TelephoneNumber(TelephoneUse::Port)), min: 1, max: 20 },
        ),
        ("stations", "Stations", ValueType::Rows { columns, min: 1, max: 200 }),
    ];
    let dialog = Dialog { id: parsed("bgp"), title: text("BGP"), introduction: None, applies_when: Condition::Always };
    let mut characteristics: Vec<_> = types.into_iter().map(|(id, label, value)| question(id, label, value)).collect();
    for characteristic in &mut characteristics {
        match characteristic.id.as_str() {
            "name" => {
                *characteristic = Characteristic {
                    known: Some(Known::CustomerName),
                    autocomplete: Some("organization".into()),
                    ..characteristic.clone()
                }
            }
            "as-number" | "secret" => characteristic.asked = Asked::InDialog(dialog.id.clone()),
            _ => {}
        }
    }
    ProductOffering {
        characteristics: shared(characteristics),
        dialogs: vec![dialog],
        ..bare("every-type", "Everything", "Asks a question of every type.", Family::DataIp, vec![CustomerKind::Business])
    }
}

/// Something typed in every field.
pub(crate) fn typed_everything(offering: &ProductOffering) -> Entered {
    let mut entered = Entered::default();
    for characteristic in &offering.characteristics {
        for name in characteristic.value.field_names(characteristic.id.as_str()) {
            let several = matches!(characteristic.value, ValueType::Text { lines: Lines::Several, .. } | ValueType::List { .. });
            entered.add(name, if several { "line 1 \"<&>\"\nline 2" } else { "line 1 \"<&>\"" });
        }
    }
    entered
}

/// Every reason there is, spread over the fields of the page.
pub(crate) fn wrong_everything(offering: &ProductOffering) -> Vec<FieldError> {
    let reasons = [
        Reason::Missing,
        Reason::Doubled,
        Reason::Unknown,
        Reason::TooLong { max: 10 },
        Reason::TooShort { min: 1 },
        Reason::UnreadableText,
        Reason::Pattern(text("six capital letters, like ABCDEF")),
        Reason::NotAChoice,
        Reason::Unavailable(text("Fiber doesn’t reach this address yet")),
        Reason::NotANumber,
        Reason::OutOfRange { min: 1, max: 500 },
        Reason::NotAnAmount,
        Reason::AmountOutOfRange { least: Money::zero(Currency::USD), most: Money::new(1_000_000_000, Currency::USD) },
        Reason::NotAPercentage,
        Reason::BelowFloor(Figure::Amount(Money::new(4_995, Currency::USD))),
        Reason::AboveList(Figure::PerUse(Decimal::new(49, 3))),
        Reason::PriceFixed,
        Reason::TakesAPercentage,
        Reason::NotCounted,
        Reason::NotATelephoneNumber,
        Reason::TollFreeNumber,
        Reason::NotTollFree,
        Reason::OtherRateCentre,
        Reason::NotAnEmail,
        Reason::NotADate,
        Reason::TooEarly(TODAY),
        Reason::TooLate(TODAY),
        Reason::NotAZip,
        Reason::NotAState,
        Reason::NotADomain,
        Reason::NotAnIpAddress,
        Reason::NotAPrefix,
        Reason::WrongAddressSpace,
        Reason::PrefixTooLong { max: 24 },
        Reason::ReservedAsNumber,
        Reason::NotVlanIds,
        Reason::WrongCount { min: 1, max: 1 },
        Reason::Repeated,
        Reason::WrongColumns { expected: 2 },
        Reason::Entry { number: 3, reason: Box::new(Reason::NotATelephoneNumber) },
        Reason::NotAcknowledged,
        Reason::NotAFile,
        Reason::EmptyFile,
        Reason::WrongFileType { media: vec!["application/pdf".into(), "image/png".into(), "image/jpeg".into()] },
        Reason::FileTooLarge { max: 4 << 20 },
        Reason::Rule(text("Static routing needs a fixed address. Choose one, or choose dynamic routing")),
        Reason::Taken,
        Reason::Said("problem-conflict"),
    ];
    let on_page = offering.asked(&Asked::OnPage);
    let fields = on_page.flat_map(|characteristic| characteristic.value.field_names(characteristic.id.as_str()));
    let fields: Vec<_> = fields.filter(|field| upload_of(field).is_none()).collect();
    let spread = reasons.into_iter().zip(fields.iter().cycle()).map(|(reason, field)| FieldError::new(field.as_str(), reason));
    spread.chain([FieldError::new("location", Reason::Missing)]).collect()
}
