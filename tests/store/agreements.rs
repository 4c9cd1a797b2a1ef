//! Agreements: every version comes back as it was saved, and what orders are priced by stands with the customer.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join;
use jiff::civil::date;
use order_manager::access::{ActedBy, StaffMember};
use order_manager::agreement::{
    Agreed, AgreedWith, Agreement, AgreementState, AgreementText, AgreementVersion, AnsweredClause, ApprovalNeed, Approved,
    AwaitingCountersignature, Because, Carried, Clause, ClauseAnswer, ClauseWish, Commitment, CommonEnd, CountedCharge, Counter,
    Countered, Declined, Document, Draft, EarlierVersion, Event, Expired, FloorWaiver, Given, InApproval, InForce, LoopQuote,
    Offer, Outlived, Parties, Provision, Rate, RateLine, RateSheet, Recalled, Section, Sent, Signature, Sites, Stage, Starts,
    Superseded, Term, Terminated, Terms, TrailEntry, VolumeTier, Wording, YearSpend,
};
use order_manager::audit::{Act, Capacity, End, Entry, Event as Audited, Subject};
use order_manager::catalogue::{AtTermEnd, DocumentKind, EarlyTermination, Family};
use order_manager::id::{AgreementId, Version};
use order_manager::money::{Currency, Money, Percent};
use order_manager::order::{Acknowledged, Draft as OrderDraft, ProductOrder, Returned, UnderAgreement};
use order_manager::party::CustomerKind;
use order_manager::value::FileReference;
use platform::store::{Store, StoreError, Versioned, Wanted};

use crate::bench::Bench;
use crate::orders::{create, read};
use crate::samples::{customer, customer_id, is, later, now, person, placed, plain_draft, staff_member};

pub(crate) fn id(number: u32) -> AgreementId {
    is(&format!("018f3a2e-0000-7000-8000-{:012x}", 0xac00 + number))
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn staff(number: u32) -> StaffMember {
    StaffMember { person: is(&format!("5b1f6c0e-3c1d-4a57-9d0a-{number:012x}")), name: format!("Person {number}").into() }
}

fn rates(count: usize) -> Vec<RateLine> {
    let line = |number: usize, agreed, carried| RateLine {
        document: is("order-form"),
        subject: is(&format!("internet.price-{number}")),
        agreed,
        carried,
    };
    let quote = LoopQuote { supplier: "Loop Co".into(), reference: "Q-1".into(), monthly: usd(3_000), expires: date(2027, 1, 1) };
    let tiers = [(1, Rate::Off(Percent(1_250))), (10, Rate::Amount(usd(800)))].map(|(from, rate)| VolumeTier { from, rate });
    let mut rates = vec![
        line(0, Agreed::Flat(Rate::Amount(usd(5_995))), Carried::OffNet(quote)),
        line(1, Agreed::ByVolume(tiers.to_vec()), Carried::OnNet),
    ];
    rates.extend((2..count).map(|number| line(number, Agreed::Flat(Rate::Off(Percent(1_000))), Carried::OnNet)));
    rates
}

/// Terms with everything there is to agree on.
fn terms(lines: usize) -> Terms {
    let clause = |name: &str, wording| Clause {
        id: is(name),
        document: is("master"),
        heading: "Payment".into(),
        version: Version("1".into()),
        standard: "Pay.".into(),
        wording,
    };
    Terms {
        name: "Zoë’s agreement".into(),
        parties: Parties { company: "Meridian".into(), customer: "Zoë O’Neil".into() },
        term: Term { months: 36, starts: Starts::On(date(2026, 4, 1)), at_end: AtTermEnd::RollMonthly, notice_days: 60 },
        sites: Sites::These(BTreeMap::from([(customer().sites[0].id, "1 Juniper Street NE, Atlanta".into())])),
        documents: vec![
            Document { id: is("order-form"), kind: DocumentKind::OrderForm, title: "Order form".into() },
            Document { id: is("master"), kind: DocumentKind::Master, title: "Master".into() },
        ],
        rates: rates(lines),
        commitment: Some(Commitment {
            yearly: vec![usd(100_000), usd(200_000)],
            shortfall: Percent(5_000),
            families: BTreeSet::from([Family::DataIp, Family::Voice]),
            charges: BTreeSet::from([CountedCharge::Monthly, CountedCharge::OneTime]),
        }),
        early_termination: EarlyTermination { first_year: Percent(10_000), after: Percent(5_000), at_most: Some(usd(900_000)) },
        provisions: vec![
            Provision::RateReview { every_months: 12 },
            Provision::TechnologyUpgrade { after_months: 24 },
            Provision::BusinessDownturn { drop: Percent(2_500), relief: Percent(2_000) },
            Provision::CoTerminous { on: CommonEnd::WithAgreement },
            Provision::CoTerminous { on: CommonEnd::On(date(2029, 1, 1)) },
            Provision::Affiliates(vec!["O’Neil Sons".into()]),
            Provision::ServiceCredit { objective: "99.9 % of a month".into(), share: Percent(1_000) },
        ],
        clauses: vec![
            clause("payment", Wording::Standard),
            clause("law", Wording::Changed { text: "Theirs.".into(), reason: "They are large".into() }),
        ],
    }
}

fn version(number: u32, lines: usize) -> AgreementVersion {
    let waiver = FloorWaiver {
        subject: is("internet.price-0"),
        down_to: Rate::Off(Percent(6_000)),
        reason: "A lighthouse".into(),
        by: staff(3),
        at: now(),
    };
    AgreementVersion { number, revision: 7, terms: terms(lines), waivers: vec![waiver], authors: vec![staff_member(), staff(2)] }
}

fn given() -> Vec<Given> {
    [("desk", 3), ("director", 4)].map(|(level, number)| Given { level: is(level), by: staff(number), at: later(3) }).to_vec()
}

fn needs() -> Vec<ApprovalNeed> {
    let because = vec![
        Because::Discount(is("internet.price-0"), Percent(4_500)),
        Because::Margin(is("internet.price-0"), Percent(1_818)),
        Because::Value(usd(600_000)),
        Because::Clause(is("law")),
    ];
    vec![ApprovalNeed { rule: is("much"), level: is("desk"), because }]
}

fn offer(number: u32) -> Offer {
    let section = Section { heading: "Payment".into(), paragraphs: vec!["Pay.".into(), "Soon.".into()] };
    let text = AgreementText { title: "Zoë’s agreement".into(), sections: vec![section] };
    Offer {
        version: version(number, 3),
        approvals: given(),
        text_sha256: text.sha256(),
        text,
        sent_by: staff_member(),
        sent: later(4),
        valid_until: date(2026, 4, 30),
    }
}

fn signature() -> Signature {
    Signature {
        name: "Zoë O’Neil".into(),
        title: "Owner".into(),
        authority: "Bylaws, section 4".into(),
        person: person(),
        text_sha256: offer(1).text_sha256,
        signed: later(5),
    }
}

fn in_force(number: u32) -> InForce {
    let (from, until) = (date(2026, 4, 1), date(2029, 3, 31));
    InForce { offer: offer(number), customer: signature(), company: signature(), from, until }
}

/// A version of this number in every state it can be in.
pub(crate) fn every_stage(number: u32) -> Vec<Stage> {
    let returned = Returned { by: staff(3), at: later(2), reason: "Too low".into() };
    let file = FileReference { key: "a/b".into(), name: "marked.pdf".into(), media: "application/pdf".into(), bytes: 9 };
    let answers = [
        ("payment", ClauseAnswer::Accepted("Large".into())),
        ("law", ClauseAnswer::Refused),
        ("other", ClauseAnswer::Countered { text: "Ours".into(), reason: "No".into() }),
    ];
    let answered =
        answers.map(|(clause, answer)| AnsweredClause { clause: is(clause), answer, by: staff_member(), at: later(6) });
    let counter = Counter {
        by: person(),
        at: later(5),
        file,
        clauses: vec![ClauseWish { clause: is("payment"), text: "Later.".into() }],
        note: Some("Please".into()),
    };
    vec![
        Stage::Draft(Draft { version: version(number, 3), returned: Some(returned) }),
        Stage::InApproval(InApproval {
            version: version(number, 3),
            asked_by: staff_member(),
            asked: later(2),
            needs: needs(),
            approvals: given(),
        }),
        Stage::Approved(Approved { version: version(number, 3), needs: needs(), approvals: given() }),
        Stage::Sent(Sent { offer: offer(number) }),
        Stage::Countered(Countered { offer: offer(number), counter, answers: answered.to_vec() }),
        Stage::AwaitingCountersignature(AwaitingCountersignature { offer: offer(number), customer: signature() }),
        Stage::InForce(in_force(number)),
        Stage::Superseded(Superseded { agreement: in_force(number), by: 9, at: later(7), until: date(2026, 12, 31) }),
        Stage::Expired(Expired { what: Outlived::Offer(Box::new(offer(number))), at: later(7) }),
        Stage::Expired(Expired { what: Outlived::Agreement(Box::new(in_force(number))), at: later(7) }),
        Stage::Terminated(Terminated {
            agreement: in_force(number),
            by: staff_member(),
            at: later(7),
            last_day: date(2026, 12, 31),
            reason: "Moved".into(),
        }),
        Stage::Declined(Declined { offer: offer(number), by: person(), at: later(7), reason: Some("Dear".into()) }),
        Stage::Recalled(Recalled { offer: offer(number), by: staff_member(), at: later(7), reason: "A mistake".into() }),
    ]
}

/// An agreement with everything there is in one.
pub(crate) fn agreement(number: u32, newest: Stage) -> Agreement {
    let events = [
        Event::Begun,
        Event::Edited,
        Event::Voided(vec![is("desk")]),
        Event::Waived(is("internet.price-0")),
        Event::ApprovalAsked,
        Event::Withdrawn,
        Event::Approved(is("desk")),
        Event::Returned("Too low".into()),
        Event::Sent(date(2026, 4, 30)),
        Event::Countered,
        Event::ClauseAnswered,
        Event::Accepted,
        Event::Countersigned(date(2026, 4, 1)),
        Event::Declined,
        Event::Recalled("A mistake".into()),
        Event::Terminated("Moved".into()),
        Event::Expired,
        Event::TakenOver,
    ];
    let actors = [Some(ActedBy::Staff(staff_member())), Some(ActedBy::Customer(person())), None];
    let seen = newest.version().seen();
    let trail = events.into_iter().zip(actors.into_iter().cycle());
    Agreement {
        id: id(number),
        customer: AgreedWith {
            id: customer_id(),
            kind: CustomerKind::Business,
            name: "Zoë O’Neil".into(),
            account_number: "A-1001".into(),
        },
        owner: staff_member(),
        begun: now(),
        changed: later(i64::from(number)),
        newest,
        last_signed: None,
        earlier: vec![EarlierVersion { number: 1, state: AgreementState::Declined, since: later(1) }],
        trail: trail.map(|(event, by)| TrailEntry { at: later(1), by, seen, event }).collect(),
    }
}

async fn found(store: &Store, number: u32) -> Versioned<Agreement> {
    let loaded = store.load(&Wanted { agreement: Some(id(number)), ..Wanted::default() }).await.expect("a load");
    loaded.agreement.expect("an agreement")
}

async fn begun(store: &Store, agreement: &Agreement) -> Versioned<Agreement> {
    store.create_agreement(agreement, None).await.expect("an agreement");
    Versioned { version: 1, value: agreement.clone() }
}

pub(crate) async fn an_agreement_in_every_state_comes_back_as_it_was_saved(Bench { store, .. }: Bench) {
    let mut before = begun(&store, &agreement(1, every_stage(2).remove(0))).await;
    assert_eq!(found(&store, 1).await, before);
    for stage in every_stage(2) {
        for last_signed in [None, Some(Box::new(every_stage(1).remove(6)))] {
            let after = Agreement { last_signed, ..agreement(1, stage.clone()) };
            let version = store.save_agreement(&before, &after, None).await.expect("a save");
            before = Versioned { version, value: after };
            assert_eq!(found(&store, 1).await, before);
        }
    }
}

pub(crate) async fn an_agreement_is_begun_once_and_saved_over_nothing_unseen(Bench { store, .. }: Bench) {
    let first = begun(&store, &agreement(1, every_stage(1).remove(0))).await;
    assert_eq!(store.create_agreement(&first.value, None).await, Ok(()), "the same form a second time");
    let other = agreement(1, every_stage(1).remove(1));
    assert_eq!(store.create_agreement(&other, None).await, Err(StoreError::Conflict));
    assert_eq!(store.save_agreement(&first, &other, None).await, Ok(2));
    assert_eq!(store.save_agreement(&first, &first.value, None).await, Err(StoreError::Conflict));
    assert_eq!(found(&store, 1).await.value, other);
}

pub(crate) async fn what_is_done_about_an_agreement_is_on_record_and_nothing_that_is_not(Bench { store, .. }: Bench) {
    let subject = Subject::Agreement(id(1));
    let entry =
        |trail: End, act| Entry::following(trail, &subject, &Audited::new(act, now(), Some(person()), Capacity::Customer));
    let first = agreement(1, every_stage(1).remove(0));
    let begun = entry(End::START, Act::AgreementBegun);
    assert_eq!(store.create_agreement(&first, Some(&begun)).await, Ok(()));
    assert_eq!(store.create_agreement(&first, Some(&begun)).await, Ok(()), "the same form a second time");
    let before = Versioned { version: 1, value: first };
    let (one, other) = (agreement(1, every_stage(1).remove(1)), agreement(1, every_stage(1).remove(2)));
    let (edited, asked) = (entry(begun.end(), Act::AgreementEdited), entry(begun.end(), Act::AgreementApprovalAsked));
    let saved = join(store.save_agreement(&before, &one, Some(&edited)), store.save_agreement(&before, &other, Some(&asked)));
    let (stands, recorded) = match saved.await {
        (Ok(2), Err(StoreError::Conflict)) => (one, edited),
        (Err(StoreError::Conflict), Ok(2)) => (other, asked),
        saved => panic!("{saved:?}"),
    };
    assert_eq!(found(&store, 1).await.value, stands);
    assert_eq!(store.audit_trail(&subject.to_string()).await, Ok(vec![begun, recorded]));
}

pub(crate) async fn a_version_that_is_not_at_hand_any_more_is_kept_apart_as_it_was(Bench { store, .. }: Bench) {
    let declined = every_stage(1).remove(11);
    let first = begun(&store, &agreement(1, declined.clone())).await;
    let second = agreement(1, every_stage(2).remove(0));
    store.save_agreement(&first, &second, None).await.expect("a save");
    let wanted = Wanted { agreement: Some(id(1)), agreement_version: Some(1), ..Wanted::default() };
    let loaded = store.load(&wanted).await.expect("a load");
    assert_eq!(loaded.agreement.map(|agreement| agreement.value), Some(second));
    assert_eq!(loaded.agreement_version, Some(declined));
    let none = Wanted { agreement_version: Some(3), ..wanted };
    assert_eq!(store.load(&none).await.expect("a load").agreement_version, None);
}

pub(crate) async fn what_orders_are_priced_by_stands_with_the_customer_while_it_counts(Bench { store, .. }: Bench) {
    store.put_customer(&customer(), &[]).await.expect("a customer");
    let sheets = async || store.rate_sheets(customer_id()).await.expect("sheets");
    let waiting = begun(&store, &agreement(1, every_stage(1).remove(5))).await;
    assert_eq!(sheets().await, []);
    let signed = agreement(1, every_stage(1).remove(6));
    let version = store.save_agreement(&waiting, &signed, None).await.expect("a save");
    assert_eq!(sheets().await, signed.rate_sheets());
    let file = store.customer(customer_id()).await.expect("a read").expect("a customer");
    assert_eq!((file.rates, file.customer), (signed.rate_sheets(), customer()), "with what begins an order");
    let ended = agreement(1, every_stage(1).remove(10));
    let before = Versioned { version, value: signed };
    let version = store.save_agreement(&before, &ended, None).await.expect("a save");
    assert_eq!(sheets().await.iter().map(|sheet| sheet.until).collect::<Vec<_>>(), [date(2026, 12, 31)]);
    let before = Versioned { version, value: ended };
    store.save_agreement(&before, &agreement(1, every_stage(1).remove(9)), None).await.expect("a save");
    assert_eq!(sheets().await, []);
}

/// A draft that an agreement prices, and the order that is placed of it.
fn under(sheet: RateSheet) -> (OrderDraft, ProductOrder) {
    let spend = YearSpend { year: 0, ends: date(2027, 3, 31), in_place: usd(12_300) };
    let draft = plain_draft(1).priced_under(Some(UnderAgreement { sheet, spend }));
    (draft, ProductOrder::Acknowledged(Acknowledged { order: placed(1, vec![]) }))
}

/// A draft of a project's that an agreement prices: no list of the customer's has it.
pub(crate) fn draft_under_agreement() -> OrderDraft {
    let [sheet] = agreement(1, every_stage(1).remove(6)).rate_sheets().try_into().expect("a sheet");
    under(sheet).0
}

pub(crate) async fn an_order_is_only_placed_by_the_rates_it_was_priced_by(Bench { store, .. }: Bench) {
    let waiting = begun(&store, &agreement(1, every_stage(1).remove(5))).await;
    let signed = agreement(1, every_stage(1).remove(6));
    let version = store.save_agreement(&waiting, &signed, None).await.expect("a save");
    let (draft, order) = under(draft_under_agreement().agreement.expect("an agreement").sheet);
    let before = create(&store, ProductOrder::Draft(draft)).await;
    let ended = agreement(1, every_stage(1).remove(10));
    store.save_agreement(&Versioned { version, value: signed.clone() }, &ended, None).await.expect("a save");
    assert_eq!(store.save_order(&before, &order, None, now()).await, Err(StoreError::RatesChanged));
    assert_eq!(read(&store, 1).await, Ok(Some(before.clone())), "it is a draft still");
    store.save_agreement(&Versioned { version: version + 1, value: ended }, &signed, None).await.expect("a save");
    assert_eq!(store.save_order(&before, &order, None, now()).await, Ok(2));
}

pub(crate) async fn agreements_are_listed_with_their_customer_and_while_something_may_still_happen(Bench { store, .. }: Bench) {
    for (number, stage) in (1..).zip(every_stage(2)) {
        begun(&store, &agreement(number, stage)).await;
    }
    let all = store.agreements_of(customer_id()).await.expect("a list");
    assert_eq!(all.iter().map(|listed| listed.id).collect::<Vec<_>>(), (1..=13).rev().map(id).collect::<Vec<_>>());
    let page = store.deals(None).await.expect("a list");
    assert_eq!(page.next, None, "they are all on one page");
    let deals = page.deals;
    assert_eq!(deals.iter().map(|listed| listed.id).collect::<Vec<_>>(), (1..=7).rev().map(id).collect::<Vec<_>>());
    let sent = deals.iter().find(|listed| listed.state == AgreementState::Sent).expect("one that was sent");
    assert_eq!((&*sent.customer_name, sent.version, sent.ends), ("Zoë O’Neil", 2, Some(date(2026, 4, 30))));
    assert_eq!(store.deals(Some(later(3))).await.expect("a list").deals.len(), 2, "those changed before");
    for number in 14..115 {
        begun(&store, &agreement(number, every_stage(2).remove(0))).await;
    }
    let first = store.deals(None).await.expect("a list");
    assert_eq!((first.deals.len(), first.next), (100, Some(later(15))), "the 100 that were changed last");
    let second = store.deals(first.next).await.expect("a list");
    assert_eq!(second.deals.iter().map(|listed| listed.id).collect::<Vec<_>>(), [14, 7, 6, 5, 4, 3, 2, 1].map(id));
    assert_eq!(second.next, None);
}

pub(crate) async fn a_table_of_two_hundred_lines_is_saved_and_one_that_has_grown_too_large_is_not(Bench { store, .. }: Bench) {
    let with = |lines| Stage::Draft(Draft { version: version(1, lines), returned: None });
    let first = begun(&store, &agreement(1, with(2))).await;
    let large = agreement(1, with(200));
    assert_eq!(store.save_agreement(&first, &large, None).await, Ok(2));
    assert_eq!(found(&store, 1).await.value, large);
    let mut too_large = large.clone();
    too_large.trail[0].event = Event::Returned("x".repeat(350_000).into());
    let before = Versioned { version: 2, value: large.clone() };
    assert_eq!(store.save_agreement(&before, &too_large, None).await, Err(StoreError::TooLarge));
    assert_eq!(found(&store, 1).await.value, large);
}
