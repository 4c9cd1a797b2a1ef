//! An answer to any question: a value that its type admits, made of nothing but the type and where it is asked.

use jiff::ToSpan;
use jiff::civil::Date;
use order_manager::admits::Reading;
use order_manager::catalogue::{Area, Catalogue};
use order_manager::characteristic::{Across, AddressSpace, Column, Need, Reach, TelephoneUse, ValueOption, ValueType};
use order_manager::entered::Entered;
use order_manager::inventory::Resource;
use order_manager::order::Draft;
use order_manager::value::{FileReference, SecretText, ServiceReference, Value};

use crate::dice::Dice;
use crate::world::{address_in, is};

/// Where a question is asked.
pub(crate) struct Place<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) draft: &'a Draft,
    pub(crate) area: &'a Area,
    pub(crate) today: Date,
    /// The services beside the item.
    pub(crate) services: &'a [ServiceReference],
}

impl Place<'_> {
    fn reading(&self) -> Reading<'_> {
        Reading { today: self.today, area: Some(self.area), services: self.services, files: &[] }
    }
}

/// Tries at a text of a pattern before the question is taken to have no answer.
const TRIES: usize = 200;

/// A value of a type, of those options that are allowed; `None` where there is nothing to answer with.
pub(crate) fn value(of: &ValueType, allowed: &dyn Fn(&ValueOption) -> bool, at: &Place<'_>, dice: &mut Dice) -> Option<Value> {
    Some(match of {
        ValueType::Choice(options) => {
            let options: Vec<_> = options.iter().filter(|option| allowed(option)).collect();
            Value::Choice(dice.one(&options)?.id.clone())
        }
        ValueType::Choices { options, min, max } => {
            let mut left: Vec<_> = options.iter().filter(|option| allowed(option)).map(|option| &option.id).collect();
            let count = dice.count(*min, (*max).min(left.len()));
            let chosen: Vec<_> = (0..count.min(left.len())).map(|_| left.swap_remove(dice.below(left.len())).clone()).collect();
            if chosen.len() < (*min).max(1) {
                return None;
            }
            Value::Choices(chosen.into_iter().collect())
        }
        ValueType::Integer { min, max, .. } => Value::Integer(dice.within(*min, *max)),
        ValueType::Text { min, max, pattern: None, .. } => Value::Text(letters(dice, (*min).max(1), *max).into()),
        ValueType::Text { pattern: Some(pattern), .. } => {
            let texts = (0..TRIES).map(|_| dice.text_like(&pattern.expression).trim().to_owned());
            texts.map(|text| Value::Text(text.into())).find(|text| is_admitted(of, text, at))?
        }
        ValueType::Boolean => Value::Boolean(dice.percent(50)),
        ValueType::Acknowledgement(_) => Value::Acknowledged,
        ValueType::TelephoneNumber(TelephoneUse::TollFree) => telephone(888_555, dice, 10_000),
        ValueType::TelephoneNumber(TelephoneUse::Port) => telephone(*dice.one(&at.area.exchanges)?, dice, 10_000),
        // Now and then the very number that the order is to have.
        ValueType::TelephoneNumber(TelephoneUse::Contact) => match dice.one(&held(at.draft)) {
            Some(number) if dice.percent(20) => number.clone(),
            _ => telephone(615_555, dice, 10_000),
        },
        // Few, so that one is picked twice.
        ValueType::InventoryNumber => telephone(*at.area.exchanges.first()?, dice, 8),
        ValueType::Email => Value::Email(is(&format!("{}@example.com", letters(dice, 1, 9)))),
        ValueType::Date { earliest, latest } => {
            Value::Date(at.today.saturating_add(dice.within((*earliest).into(), (*latest).into()).days()))
        }
        ValueType::Address(reach) => Value::Address(address_in(at.catalogue, reached(reach, at, dice)?)),
        ValueType::Service(options) => {
            let fitting = |service: &&ServiceReference| options.iter().any(|option| option.offering == service.offering);
            Value::Service((*dice.one(&at.services.iter().filter(fitting).collect::<Vec<_>>())?).clone())
        }
        ValueType::File { media, max_bytes } => Value::File(FileReference {
            key: format!("uploads/{}", letters(dice, 8, 8)).into(),
            name: "plan of the building.pdf".into(),
            media: dice.one(media)?.clone(),
            bytes: *max_bytes,
        }),
        ValueType::AutonomousSystemNumber(space) => Value::AutonomousSystemNumber(match space {
            AddressSpace::Private => 64_512 + small(dice, 1_000),
            AddressSpace::Public | AddressSpace::Any => 3_356 + small(dice, 1_000),
        }),
        ValueType::Prefixes { min, max, space, longest_v4, longest_v6 } => {
            let first = small(dice, 200);
            let count = u32::try_from(dice.count(*min, *max)).expect("a few");
            let prefix = |number: u32| {
                if number.is_multiple_of(2) { v4(*space, *longest_v4, number) } else { v6(*space, *longest_v6, number) }
            };
            Value::Prefixes((first..first + count).map(|number| is(&prefix(number))).collect())
        }
        ValueType::IpAddress(space) => Value::IpAddress(is(&format!("{}.1.1.{}", v4_block(*space), dice.below(255)))),
        ValueType::DomainName => Value::DomainName(format!("{}.example", letters(dice, 1, 20)).into()),
        ValueType::VlanIds { max } => {
            let most = u16::try_from(*max).unwrap_or(4_094).clamp(1, 20);
            let first = u16::try_from(1 + dice.below(4_000)).expect("an id");
            Value::VlanIds(vec![(first, first + u16::try_from(dice.below(most.into())).expect("an id"))])
        }
        ValueType::Secret { min, max } => Value::Secret(SecretText::new(&letters(dice, (*min).max(1), *max))),
        ValueType::List { of, min, max } => Value::List(several(*min, *max, dice, |dice| value(of, allowed, at, dice))?),
        ValueType::Rows { columns, min, max } => rows(
            columns,
            *min,
            several(*min, *max, dice, |dice| {
                let cells: Vec<_> = columns
                    .iter()
                    .map(|column| match column.need {
                        Need::Optional if dice.percent(30) => Some(None),
                        // A comma would end the cell.
                        Need::Optional | Need::Required => (0..TRIES)
                            .find_map(|_| value(&column.value, allowed, at, dice).filter(|value| !typed(value).contains(',')))
                            .map(Some),
                    })
                    .collect::<Option<_>>()?;
                Some(if cells.iter().all(Option::is_none) { vec![] } else { cells }).filter(|cells| !cells.is_empty())
            })?,
        )?,
    })
}

/// Whether what is typed for a value is read as that value.
pub(crate) fn is_admitted(of: &ValueType, value: &Value, at: &Place<'_>) -> bool {
    let mut entered = Entered::default();
    value.entered("q", &mut entered);
    of.admit("q", &entered, &at.reading()).is_ok_and(|read| read.as_ref() == Some(value))
}

/// Rows made to be what they must be to each other; `None` when too few are left of them.
fn rows(columns: &[Column], min: usize, mut rows: Vec<Vec<Option<Value>>>) -> Option<Value> {
    for (at, column) in columns.iter().enumerate() {
        let mut seen = vec![];
        match column.across {
            Across::Free => {}
            Across::NoneTwice => rows.retain(|cells| {
                let is_new = cells[at].is_none() || !seen.contains(&cells[at]);
                seen.push(cells[at].clone());
                is_new
            }),
            // Each a range of its own.
            Across::EndsRange => rows.retain_mut(|cells| {
                cells[at] = cells[at - 1].clone();
                let is_new = !seen.contains(&cells[at]);
                seen.push(cells[at].clone());
                is_new
            }),
            Across::SumIs(_) => {}
        }
    }
    for (at, column) in columns.iter().enumerate() {
        if let Across::SumIs(sum) = column.across {
            let count = i64::try_from(rows.len()).ok()?;
            let (each, over) = (sum / count, sum % count);
            for (cells, number) in rows.iter_mut().zip(0..) {
                cells[at] = Some(Value::Integer(each + i64::from(number < over)));
            }
        }
    }
    (rows.len() >= min.max(1)).then_some(Value::Rows(rows))
}

/// Entries of a list, each another one.
fn several<T: PartialEq>(min: usize, max: usize, dice: &mut Dice, mut one: impl FnMut(&mut Dice) -> Option<T>) -> Option<Vec<T>> {
    let (count, mut entries) = (dice.count(min, max), Vec::new());
    for _ in 0..TRIES {
        match one(dice) {
            Some(entry) if !entries.contains(&entry) => entries.push(entry),
            _ => {}
        }
        if entries.len() == count {
            break;
        }
    }
    (entries.len() >= min.max(1)).then_some(entries)
}

fn typed(value: &Value) -> String {
    let mut entered = Entered::default();
    value.entered("q", &mut entered);
    entered.text("q").to_owned()
}

fn letters(dice: &mut Dice, min: usize, max: usize) -> String {
    let length = min + dice.below(max.min(min + 12).saturating_sub(min) + 1);
    (0..length).map(|_| char::from(b'a' + u8::try_from(dice.below(26)).expect("a letter"))).collect()
}

fn small(dice: &mut Dice, below: usize) -> u32 {
    u32::try_from(dice.below(below)).expect("a small number")
}

fn telephone(exchange: u64, dice: &mut Dice, lines: usize) -> Value {
    Value::Telephone(is(&format!("{exchange}{:04}", dice.below(lines))))
}

fn held(draft: &Draft) -> Vec<Value> {
    let number = |resource: &Resource| match resource {
        Resource::Number { number, .. } => Some(Value::Telephone(*number)),
        Resource::Slot(_) => None,
    };
    draft.holds.iter().filter_map(|hold| number(&hold.resource)).collect()
}

/// An area that is reached, or now and then any.
fn reached<'a>(reach: &Reach, at: &Place<'a>, dice: &mut Dice) -> Option<&'a Area> {
    let areas: Vec<_> = match reach {
        Reach::Networks { any_of, .. } if dice.percent(90) => {
            let reached = |area: &&Area| any_of.iter().any(|network| area.networks.contains_key(network));
            at.catalogue.areas.iter().filter(reached).collect()
        }
        Reach::Anywhere | Reach::Networks { .. } => at.catalogue.areas.iter().collect(),
    };
    dice.one(&areas).copied()
}

const fn v4_block(space: AddressSpace) -> u32 {
    match space {
        AddressSpace::Private => 10,
        AddressSpace::Public | AddressSpace::Any => 8,
    }
}

fn v4(space: AddressSpace, longest: u8, number: u32) -> String {
    let length = u32::from(longest.min(24));
    let [a, b, c, d] = ((v4_block(space) << 24) + (number << (32 - length))).to_be_bytes();
    format!("{a}.{b}.{c}.{d}/{length}")
}

fn v6(space: AddressSpace, longest: u8, number: u32) -> String {
    let length = longest.min(48);
    let block: u16 = if space == AddressSpace::Private { 0xfd00 } else { 0x2600 };
    let address = (u128::from(block) << 112) + (u128::from(number) << (128 - u32::from(length)));
    format!("{}/{length}", std::net::Ipv6Addr::from(address))
}
