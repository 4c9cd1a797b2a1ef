//! Small catalogues with any prices, discounts and surcharges, and orders of them with any answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use order_manager::catalogue::{
    Amount, Base, Catalogue, Change, Charge, Discount, EarlyTermination, Levy, Price, ProductOffering, Reduction, Surcharge, Tier,
};
use order_manager::condition::{Condition, Entries};
use order_manager::id::ValueId;
use order_manager::money::{Currency, Decimal, Money, Percent};
use order_manager::order::{Action, Draft, DraftItem, Installation, Visit};
use order_manager::party::{CustomerKind, Product, Standing};
use order_manager::source::SourceFile;
use order_manager::text::Text;
use order_manager::value::{Answers, Value};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::oracle::Sheet;
use crate::world::{address_in, at, contact, draft_at, is, item_id, read};

const SOURCE: &str = r#"
version = "1"
currency = "USD"

[term_wording]
label = "How long?"
month_to_month = "By the month"
months = "{months} months"
discount = "Discount for {months} months"

[[terms_of_service]]
version = "2026"
from = "2026-01-01"
section = [{ heading = "Terms", paragraphs = ["Be kind."] }]

[[area]]
id = "midtown"
city = "Atlanta"
state = "GA"
zips = ["30308"]
time_zone = "America/New_York"
rate_centre = "ATLANTA"
exchanges = ["404-872"]
networks = { fiber = 1000 }
street = [{ name = "Juniper Street NE", numbers = [100, 899], zip = "30308" }]
"#;

const PLAN: &str = r#"
family = "voice"

[[offering]]
id = "plan"
name = "Plan"
description = "A plan."
sold_to = ["residential", "business"]
sold_from = "2026-01-01"
price_is = "negotiable"
terms = [{ months = 0 }, { months = 12 }, { months = 36 }]
early_termination = { first_year_percent = "50", after_percent = "50" }
at_term_end = "renew"

[[offering.question]]
id = "size"
label = "Size"
takes.choice = [
  { id = "small", label = "Small", number = 1 },
  { id = "medium", label = "Medium", number = 10 },
  { id = "large", label = "Large", number = 100 },
]

[[offering.question]]
id = "count"
label = "Count"
optional = true
takes.number = { min = -5, max = 1000000 }

[[offering.question]]
id = "extra"
label = "Extra"
when = { characteristic = "size", is = ["medium", "large"] }
takes = "yes-or-no"

[[offering.question]]
id = "names"
label = "Names"
optional = true
when = { characteristic = "extra", is = ["yes"] }
takes.list = { of.text = { max = 9 }, min = 1, max = 9 }

[[offering.interval]]
business_days = 1

[[offering.milestone]]
id = "in-service"
no_return = true
label = "It works"
"#;

static BARE: LazyLock<Catalogue> = LazyLock::new(|| {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    read(&[file("company.toml", SOURCE), file("plan.toml", PLAN)])
});

const PLANS: [&str; 2] = ["plan-a", "plan-b"];
const QUESTIONS: [&str; 5] = ["term", "size", "count", "extra", "names"];
/// What counts units, or stands for a number.
const COUNTS: [&str; 4] = ["size", "count", "names", "term"];

fn some_of(ids: &'static [&'static str]) -> impl Strategy<Value = Vec<ValueId>> {
    subsequence(ids, 1..=ids.len()).prop_map(|ids| ids.into_iter().map(is).collect())
}

fn names() -> Entries {
    Entries { of: is("names"), column: 0 }
}

fn condition() -> impl Strategy<Value = Condition> {
    let number = || -3_i64..120;
    let counts = || select(&COUNTS[..]).prop_map(is);
    let leaf = prop_oneof![
        4 => Just(Condition::Always),
        1 => some_of(&["small", "medium", "large"]).prop_map(|any_of| Condition::Is { characteristic: is("size"), any_of }),
        1 => some_of(&["yes", "no"]).prop_map(|any_of| Condition::Is { characteristic: is("extra"), any_of }),
        1 => (counts(), number()).prop_map(|(characteristic, number)| Condition::AtLeast { characteristic, number }),
        1 => (counts(), number()).prop_map(|(characteristic, number)| Condition::AtMost { characteristic, number }),
        1 => (vec(counts(), 1..3), counts(), 0_i64..20).prop_map(|(sum_of, other, by)| Condition::Exceeds { sum_of, other, by }),
        1 => counts().prop_map(|number| Condition::LengthDiffers { entries: names(), number }),
        1 => select(&QUESTIONS[..]).prop_map(|id| Condition::EntryShared(vec![names(), Entries { of: is(id), column: 0 }])),
        1 => select(&QUESTIONS[..]).prop_map(|id| Condition::Answered(is(id))),
        1 => select(&[CustomerKind::Residential, CustomerKind::Business][..]).prop_map(Condition::CustomerIs),
        1 => select(&["GA", "TN"][..]).prop_map(|state| Condition::StateIs(vec![is(state)])),
        1 => select(&PLANS[..]).prop_map(|plan| Condition::Together(is(plan))),
    ];
    leaf.prop_recursive(2, 6, 3, |part| {
        prop_oneof![
            vec(part.clone(), 1..3).prop_map(Condition::All),
            vec(part.clone(), 1..3).prop_map(Condition::Any),
            part.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

/// Sums of money, from nothing to `most` cents.
fn money(most: i64) -> BoxedStrategy<Money> {
    prop_oneof![1 => Just(0), 6 => 0..=most.min(100_000), 1 => Just(most)]
        .prop_map(|minor| Money::new(minor, Currency::USD))
        .boxed()
}

fn amount(most: i64) -> impl Strategy<Value = Amount> {
    let tiers = (btree_set(2_i64..60, 0..3), vec(money(most), 3), 0_i64..=1).prop_map(|(from, each, first)| {
        let from = std::iter::once(first).chain(from);
        from.zip(each).map(|(from, each)| Tier { from, each }).collect()
    });
    prop_oneof![
        money(most).prop_map(Amount::Flat),
        (select(&COUNTS[..]), tiers).prop_map(|(of, tiers)| Amount::PerUnit { of: is(of), tiers }),
    ]
}

fn charge(most: i64) -> impl Strategy<Value = Charge> {
    prop_oneof![
        3 => amount(most).prop_map(|amount| Charge::OneTime { amount }),
        4 => amount(most).prop_map(|amount| Charge::Recurring { amount }),
        1 => (1_i64..500).prop_map(|rate| Charge::Usage {
            rate: Decimal::new(rate, 4),
            unit: Text::english("minute"),
        }),
    ]
}

fn percent() -> impl Strategy<Value = Percent> {
    prop_oneof![1_i32..=10_000, select(&[1, 3_333, 5_000, 10_000][..])].prop_map(Percent)
}

fn discount(number: usize, prices: usize, most: i64) -> impl Strategy<Value = Discount> {
    let off = subsequence((0..prices).collect::<Vec<_>>(), 1..=prices);
    let reduction = prop_oneof![percent().prop_map(Reduction::Share), money(most).prop_map(Reduction::Amount)];
    (condition(), off, reduction, option::of(1_u16..40)).prop_map(move |(when, off, reduction, months)| Discount {
        id: is(&format!("discount-{number}")),
        label: Text::english("Off"),
        when,
        off: off.into_iter().map(|number| is(&format!("price-{number}"))).collect(),
        reduction,
        months,
    })
}

fn early(most: i64) -> impl Strategy<Value = EarlyTermination> {
    let terms = (percent(), percent(), option::of(money(most)));
    terms.prop_map(|(first_year, after, at_most)| EarlyTermination { first_year, after, at_most })
}

/// An offering of the plan's questions with prices of its own.
fn offering(id: &'static str, most: i64) -> impl Strategy<Value = ProductOffering> {
    let price = move |number: usize| {
        (condition(), charge(most)).prop_map(move |(when, charge)| Price {
            id: is(&format!("price-{number}")),
            label: Text::english("For"),
            when,
            charge,
        })
    };
    let prices = (1_usize..6, 0_usize..4).prop_flat_map(move |(prices, discounts)| {
        let off = (0..discounts).map(|number| discount(number, prices, most)).collect::<Vec<_>>();
        ((0..prices).map(price).collect::<Vec<_>>(), off)
    });
    (prices, option::of(early(most))).prop_map(move |((prices, discounts), early_termination)| ProductOffering {
        id: is(id),
        prices,
        discounts,
        early_termination,
        ..BARE.offerings[0].clone()
    })
}

fn surcharge(number: usize, most: i64) -> impl Strategy<Value = Surcharge> {
    let base =
        vec(0..3_usize, 1..3).prop_map(|numbers| numbers.iter().map(|number| is(&format!("surcharge-{number}"))).collect());
    let of = prop_oneof![2 => Just(Base::Charges), 1 => base.prop_map(Base::Surcharges)];
    let counted = prop_oneof![2 => Just(Percent(10_000)), 1 => percent()];
    let levy = prop_oneof![
        (percent(), counted, of).prop_map(|(percent, counted, of)| Levy::Share { percent, counted, of }),
        money(most).prop_map(Levy::Each),
        (money(most), vec(select(&COUNTS[..]).prop_map(is), 1..3)).prop_map(|(each, of)| Levy::PerUnit { each, of }),
    ];
    (subsequence(&PLANS[..], 1..=2), condition(), levy).prop_map(move |(offerings, when, levy)| Surcharge {
        id: is(&format!("surcharge-{number}")),
        label: Text::english("Charge"),
        offerings: offerings.into_iter().map(is).collect(),
        when,
        levy,
    })
}

/// A catalogue of two offerings, with prices of up to `most` cents.
pub(crate) fn catalogue(most: i64) -> impl Strategy<Value = Catalogue> {
    let surcharges =
        (0_usize..3).prop_flat_map(move |count| (0..count).map(|number| surcharge(number, most)).collect::<Vec<_>>());
    let ends = (offering("ends", most), condition()).prop_map(|(mut ends, when)| {
        let (id, label) = (is("early-termination"), Text::english("Ending early"));
        ends.prices.push(Price { id, label, when, charge: Charge::EarlyTermination });
        BTreeMap::from([(Change::Disconnect, ends)])
    });
    (offering(PLANS[0], most), offering(PLANS[1], most), ends, surcharges).prop_map(|(a, b, changes, surcharges)| Catalogue {
        offerings: vec![a, b],
        changes,
        surcharges,
        ..BARE.clone()
    })
}

/// Answers to the plan's questions, to some that are not asked among them.
fn answers(count: i64) -> impl Strategy<Value = Answers> {
    (
        option::of(select(&["month-to-month", "12-months", "36-months"][..])),
        option::weighted(0.8, select(&["small", "medium", "large"][..])),
        option::of(prop_oneof![-5_i64..60, Just(count)]),
        option::weighted(0.8, any::<bool>()),
        option::of(vec(Just(Value::Text("name".into())), 1..9)),
    )
        .prop_map(|(term, size, count, extra, names)| {
            let choice = |id: &str| Value::Choice(is(id));
            let given = [
                term.map(choice),
                size.map(choice),
                count.map(Value::Integer),
                extra.map(Value::Boolean),
                names.map(Value::List),
            ];
            QUESTIONS.into_iter().zip(given).filter_map(|(id, value)| Some((is(id), value?))).collect()
        })
}

/// A plan in service, for as much a month, with a term that ends sometime or never.
fn in_service(number: usize, most: i64) -> impl Strategy<Value = Product> {
    let ends = option::of((2026_i16..2031, 1_i8..=12, 1_i8..=31));
    (select(&PLANS[..]), answers(60), money(most), ends).prop_map(move |(offering, answers, monthly, ends)| {
        // Only what counts is kept of a service: there is nothing in it that was not asked.
        let draft = draft_at(address_in(&BARE, &BARE.areas[0]), CustomerKind::Business, &BARE, at(date(2026, 11, 23), 15));
        let item = bring(number, offering, Action::Add, answers);
        Product {
            id: is(&format!("019e0000-0000-7000-8000-{number:012x}")),
            offering: is(offering),
            site: draft.place.site,
            number: None,
            answers: Sheet::of(&draft, &item, &BARE.offerings[0]).counting(),
            monthly,
            since: date(2026, 1, 31),
            term_ends: ends.and_then(|(year, month, day)| Date::new(year, month, day).ok()),
            agreed: None,
            standing: Standing::Active,
        }
    })
}

/// A service on a term, its offering, and a day before the term is over or after.
pub(crate) fn ended(most: i64) -> impl Strategy<Value = (Product, ProductOffering, Date)> {
    let term = select(&["month-to-month", "12-months", "36-months"][..]);
    (in_service(1, most), term, early(most), -3_i64..40, -31_i64..=31).prop_map(|(mut product, term, early, months, days)| {
        let ends = product.term_ends.unwrap_or(date(2029, 2, 28));
        product.term_ends = Some(ends);
        product.answers.insert(is("term"), Value::Choice(is(term)));
        let offering = ProductOffering { early_termination: Some(early), ..BARE.offerings[0].clone() };
        (product, offering, ends.saturating_sub(months.months()).saturating_sub(days.days()))
    })
}

fn bring(number: usize, offering: &str, action: Action, answers: Answers) -> DraftItem {
    DraftItem { id: item_id(number), offering: is(offering), action, answers, saved: BTreeSet::new() }
}

/// What becomes of a service in place.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Stays,
    Changes,
    Ends,
}

/// An order of up to four plans; a question that counts is now and then answered with `count`.
pub(crate) fn draft(count: i64, most: i64) -> impl Strategy<Value = Draft> {
    let item = (select(&PLANS[..]), answers(count));
    let fate = select(&[Fate::Stays, Fate::Changes, Fate::Ends][..]);
    let in_service = (0_usize..3).prop_flat_map(move |products| {
        (0..products).map(|number| (in_service(number, most), fate.clone(), answers(count))).collect::<Vec<_>>()
    });
    let kind = select(&[CustomerKind::Residential, CustomerKind::Business][..]);
    let day = option::of(0_i64..1_500);
    (vec(item, 0..4), in_service, kind, day).prop_map(|(items, in_service, kind, day)| {
        let began = date(2026, 11, 23);
        let mut draft = draft_at(address_in(&BARE, &BARE.areas[0]), kind, &BARE, at(began, 15));
        draft.items = (1..).zip(items).map(|(number, (plan, answers))| bring(number, plan, Action::Add, answers)).collect();
        for (product, fate, answers) in in_service {
            draft.in_service.push(product.clone());
            let (number, offering) = (draft.items.len() + 1, product.offering.clone());
            match fate {
                Fate::Stays => {}
                Fate::Changes => draft.items.push(bring(number, offering.as_str(), Action::Modify(product), answers)),
                Fate::Ends => draft.items.push(bring(number, offering.as_str(), Action::Disconnect(product), answers)),
            }
        }
        draft.installation = day.map(|days| Installation {
            visit: Visit::None { requested: began.saturating_add(days.days()) },
            contact: contact(),
            access_notes: None,
            fault_contact: None,
            expedite: None,
        });
        draft
    })
}
