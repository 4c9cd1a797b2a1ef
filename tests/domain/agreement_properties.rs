//! Agreements of any catalogue, by any commands: what is never so.

use std::collections::{BTreeMap, BTreeSet};

use order_manager::agreement::{
    Agreement, ClauseAnswer, Command, CustomerDeed, Edit, Group, NewWording, Rate, RateSheet, RateSubject, Seen, StaffDeed,
    Stage, decide, needs,
};
use order_manager::calendar::company_day;
use order_manager::catalogue::{Amount, Area, Bounds, Catalogue, Charge};
use order_manager::condition::NumberOfChoice as _;
use order_manager::id::{ApprovalLevelId, PersonId};
use order_manager::money::{Money, Percent};
use order_manager::order::{Draft, ProductOrder, UnderAgreement};
use order_manager::party::CustomerKind;
use order_manager::pricing::{LineKind, OrderPrice, price};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::deals::{DEALS, TODAY, begun, by, counter, customer, did, edit, facts, line, off, signed, signing, usd};
use crate::fixtures::add;
use crate::moves::cases;
use crate::price_catalogues::{catalogue, draft};
use crate::totals::check_totals;
use crate::world::{address_in, at, draft_at, draft_of, is, item_id};

/// A catalogue whose two plans are negotiated down to a floor.
fn negotiated(floor: i32, catalogue: Catalogue) -> Catalogue {
    let mut negotiation = DEALS.negotiation.clone().expect("what is negotiated by");
    let bounds = |plan: &str| Bounds { offering: is(plan), prices: vec![], floor: Percent(floor), cost: Percent(floor / 2) };
    negotiation.bounds = ["plan-a", "plan-b"].map(bounds).to_vec();
    Catalogue { negotiation: Some(negotiation), ..catalogue }
}

/// An agreement in force in which each of these rates is that may be.
fn agreed(rates: &[(usize, Rate)], catalogue: &Catalogue) -> Option<Agreement> {
    let mut agreement = begun(catalogue, &["plan-a", "plan-b"]);
    let subjects: Vec<RateSubject> = catalogue.offerings.iter().flat_map(RateSubject::all_of).collect();
    if subjects.is_empty() {
        return None;
    }
    for (number, rate) in rates {
        let subject = subjects[number % subjects.len()].to_string();
        if let Ok(edited) = decide(&agreement, edit(Edit::Rates(vec![line(&subject, *rate)])), &facts(catalogue)) {
            agreement = edited;
        }
    }
    Some(signed(&agreement, catalogue))
}

fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![
        (0_i32..=10_000).prop_map(|share| Rate::Off(Percent(share))),
        (0_i64..100_000).prop_map(|minor| Rate::Amount(usd(minor)))
    ]
}

fn minor(kind: &LineKind) -> Option<i64> {
    match kind {
        LineKind::OneTime(amount) | LineKind::Monthly(amount) => Some(amount.minor()),
        _ => None,
    }
}

/// Sees that each agreed line is between the floor and the list price.
fn check_floor(draft: &Draft, priced: &OrderPrice, floor: i32, catalogue: &Catalogue) -> Result<(), TestCaseError> {
    for line in &priced.lines {
        let Some(list) = priced.list_of(line) else { continue };
        let item = draft.item(line.item).expect("an item");
        let offering = catalogue.form(&item.offering, &item.action).expect("an offering");
        let charge = &offering.prices.iter().find(|price| price.id == line.id).expect("a price").charge;
        if let (LineKind::Usage { rate: paid, .. }, LineKind::Usage { rate: listed, .. }) = (&line.kind, list) {
            prop_assert!(
                paid <= listed
                    && *paid * order_manager::money::Decimal::from(10_000)
                        >= *listed * order_manager::money::Decimal::from(floor)
            );
            continue;
        }
        let (Charge::OneTime { amount } | Charge::Recurring { amount }) = charge else { panic!("{charge:?} is agreed") };
        let least = match amount {
            Amount::Flat(amount) => amount.share(Percent(floor)).expect("a floor"),
            Amount::PerUnit { of, tiers } => {
                let answers = draft.effective_answers(item, offering);
                let count = answers.get(of).and_then(|value| value.count(|chosen| offering.number(of, chosen))).unwrap_or(0);
                let tier = tiers.iter().rev().find(|tier| tier.from <= count).expect("a tier");
                tier.each.share(Percent(floor)).and_then(|each| each.times(count)).expect("a floor")
            }
        };
        let (paid, listed) = (minor(&line.kind).expect("an amount"), minor(list).expect("an amount"));
        prop_assert!(least.minor() <= paid && paid <= listed, "{} <= {} <= {}", least.minor(), paid, listed);
    }
    Ok(())
}

/// The same price without what costs nothing: an agreed price may be nothing, and every other line is something.
fn without_nothing(priced: &OrderPrice) -> OrderPrice {
    let lines = priced.lines.iter().filter(|line| minor(&line.kind) != Some(0)).cloned().collect();
    OrderPrice { lines, ..priced.clone() }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn an_order_under_an_agreement_adds_up_and_is_never_below_the_floor(
        catalogue in catalogue(500_000),
        draft in draft(40, 500_000),
        floor in 1_i32..=10_000,
        rates in vec((0_usize..12, rate()), 0..12),
    ) {
        let catalogue = negotiated(floor, catalogue);
        if let Some(agreement) = agreed(&rates, &catalogue) {
            let [sheet] = agreement.rate_sheets().try_into().expect("one sheet");
            let products = draft.in_service.clone();
            let under = UnderAgreement::at(draft.place.site, &[sheet], &products, &catalogue, facts(&catalogue).now).expect("a sum");
            prop_assert!(under.is_some());
            let before = price(&draft, &catalogue).expect("a price");
            let draft = draft.priced_under(under);
            let priced = price(&draft, &catalogue).expect("a price");
            check_totals(&without_nothing(&priced), &catalogue)?;
            check_floor(&draft, &priced, floor, &catalogue)?;
            // Every total is of the lines, those that cost nothing included.
            let sum = Money::sum(priced.currency, priced.lines.iter().filter_map(|line| line.monthly()));
            prop_assert_eq!(priced.monthly(), sum);
            // What the agreement does not name costs what it costs without.
            if agreement.version().terms.counting().is_empty() {
                prop_assert!(!priced.charges_otherwise(&before));
            }
        }
    }
}

/// Something that somebody tries.
#[derive(Clone, Debug)]
struct Try {
    who: u32,
    what: u8,
    percent: i32,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (1_u32..=5, 0_u8..16, 0_i32..=60).prop_map(|(who, what, percent)| Try { who, what, percent });
    vec(one, 1..60)
}

fn command_of(Try { who, what, percent }: &Try, agreement: &Agreement) -> Command {
    let seen = agreement.version().seen();
    let stale = Seen { revision: seen.revision.saturating_sub(1), ..seen };
    let edits = |what| by(*who, StaffDeed::Edit(Box::new(what)));
    match what {
        0 | 1 => edits(Edit::Rates(vec![line("internet.line", off(*percent))])),
        2 => edits(Edit::GroupDiscount(Group::Every, Percent::whole(u8::try_from(*percent).unwrap_or(0)))),
        3 => edits(Edit::Clause(is("law"), NewWording::Changed { text: "Other".into(), reason: "Why not".into() })),
        4 | 5 => by(*who, StaffDeed::AskApproval),
        6 | 7 => by(*who, StaffDeed::Approve { level: is("desk"), seen }),
        8 => by(*who, StaffDeed::Approve { level: is("director"), seen }),
        9 => by(*who, StaffDeed::Approve { level: is("director"), seen: stale }),
        10 => by(*who, StaffDeed::Send { seen, valid_until: TODAY }),
        11 => customer(CustomerDeed::Accept(signing(agreement))),
        12 => by(*who, StaffDeed::Countersign(signing(agreement))),
        13 => by(*who, StaffDeed::Revise),
        14 => customer(CustomerDeed::Counter(Box::new(counter()))),
        _ => by(*who, StaffDeed::Answer(is("payment"), ClauseAnswer::Refused)),
    }
}

/// Who approved which revision on which level.
type Approvals = BTreeMap<Seen, BTreeSet<(ApprovalLevelId, PersonId)>>;

/// Sees that what went out was approved, as it is, on every level it needs: each by somebody else, and none of them an author.
fn check_approved(agreement: &Agreement, approvals: &Approvals) -> Result<(), TestCaseError> {
    let stages = std::iter::once(&agreement.newest).chain(agreement.last_signed.as_deref());
    for version in stages.filter_map(Stage::offer).map(|offer| &offer.version) {
        let given = approvals.get(&version.seen()).cloned().unwrap_or_default();
        for need in needs(version, &DEALS).expect("needs") {
            let by_level = given.iter().filter(|(level, _)| *level == need.level);
            prop_assert!(by_level.count() > 0, "{:?} lacks {}", version.seen(), need.level);
        }
        let people: BTreeSet<_> = given.iter().map(|(_, person)| person).collect();
        prop_assert_eq!(people.len(), given.len(), "somebody approved twice");
        prop_assert!(given.iter().all(|(_, person)| !version.is_by(*person)), "somebody approved their own");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_commands_lead_to_acceptance_without_each_approval_of_that_very_version(tries in tries()) {
        let mut agreement = begun(&DEALS, &["internet", "filed"]);
        let mut approvals = Approvals::new();
        for one in tries {
            let command = command_of(&one, &agreement);
            let Ok(after) = decide(&agreement, command.clone(), &facts(&DEALS)) else { continue };
            if let Command::Staff { by, deed: StaffDeed::Approve { level, seen }, .. } = command {
                prop_assert_eq!(seen, agreement.version().seen(), "another revision was approved");
                approvals.entry(seen).or_default().insert((level, by.person));
            }
            check_approved(&after, &approvals)?;
            agreement = after;
        }
    }
}

#[test]
fn an_agreement_of_today_prices_an_order_of_today_at_every_hour_and_place() {
    let agreement =
        signed(&did(&begun(&DEALS, &["internet"]), edit(Edit::Rates(vec![line("internet.line", off(10))])), &DEALS), &DEALS);
    let [sheet] = agreement.rate_sheets().try_into().expect("a sheet");
    for zone in ["America/New_York", "America/Chicago", "Pacific/Honolulu"] {
        let areas = DEALS.areas.iter().map(|area| Area { time_zone: zone.into(), ..area.clone() }).collect();
        let catalogue = Catalogue { areas, ..DEALS.clone() };
        for hour in 0..24 {
            let now = at(TODAY, hour);
            let sheet = RateSheet { from: company_day(now), ..sheet.clone() };
            let draft = draft_at(address_in(&catalogue, &catalogue.areas[0]), CustomerKind::Business, &catalogue, now);
            let under = UnderAgreement::at(draft.place.site, &[sheet], &[], &catalogue, now).expect("a sum");
            let adding = add(item_id(1), "internet");
            let order = order_manager::decide::decide(&ProductOrder::Draft(draft.priced_under(under)), adding, &catalogue, now)
                .expect("an order");
            let agreement = draft_of(&order).expect("a draft").agreement.as_ref();
            assert!(agreement.is_some(), "at {hour} o’clock in Greenwich, {zone}");
        }
    }
}

#[test]
fn walks_do_reach_acceptance() {
    // What the property says is worth something only because such walks are walked.
    let far = did(&begun(&DEALS, &["internet"]), edit(Edit::Rates(vec![line("internet.line", off(45))])), &DEALS);
    let agreement = signed(&far, &DEALS);
    assert_eq!(agreement.newest.approvals().len(), 2);
    let draft = draft_at(address_in(&DEALS, &DEALS.areas[0]), CustomerKind::Business, &DEALS, facts(&DEALS).now);
    assert!(
        UnderAgreement::at(draft.place.site, &agreement.rate_sheets(), &[], &DEALS, facts(&DEALS).now).expect("a sum").is_some()
    );
}
