//! Agreements: what each state allows, and what is refused with its reason.

use jiff::civil::date;
use order_manager::access::Role;
use order_manager::agreement::{
    Agreed, AgreedWith, AgreementState, Carried, ClauseAnswer, Command, Commitment, CountedCharge, CustomerDeed, Difference,
    Document, Edit, Event, Group, LoopQuote, MOST_AMOUNT, NewWording, Provision, Rate, RateLine, RateSheet, Refusal, RowStanding,
    Seen, Side, Signing, StaffDeed, Stage, Starts, Term, VolumeTier, begin, decide, ladder, needs, price_table, redline,
};
use order_manager::catalogue::{Catalogue, DocumentKind, Family, Negotiability};
use order_manager::entered::{FieldError, Reason};
use order_manager::money::Percent;
use order_manager::party::CustomerKind;

use crate::deals::{
    DEALS, TODAY, answered, approve, begun, by, counter, customer, did, edit, ending, facts, facts_on, in_state, line, off,
    refused, send, signed, signing, staff, usd,
};
use crate::world::is;

/// Every command there is, as somebody would give it who may.
fn every_command(agreement: &order_manager::agreement::Agreement) -> Vec<(&'static str, Command)> {
    let seen = agreement.version().seen();
    let reason = || "For a reason".into();
    let waive = StaffDeed::Waive { subject: is("internet.line"), down_to: off(60), reason: reason() };
    vec![
        ("edit", edit(Edit::ResetToList(Group::Offering(is("filed"))))),
        ("waive", by(3, waive)),
        ("ask", by(1, StaffDeed::AskApproval)),
        ("withdraw", by(1, StaffDeed::Withdraw)),
        ("approve", approve(3, "desk", agreement)),
        ("return", by(3, StaffDeed::Return { reason: reason(), seen })),
        ("send", send(agreement)),
        ("recall", by(1, StaffDeed::Recall(reason()))),
        ("answer", answered()),
        ("revise", by(1, StaffDeed::Revise)),
        ("countersign", by(1, StaffDeed::Countersign(signing(agreement)))),
        ("terminate", by(1, StaffDeed::Terminate { last_day: TODAY, reason: reason() })),
        ("take over", by(2, StaffDeed::TakeOver)),
        ("counter", customer(CustomerDeed::Counter(Box::new(counter())))),
        ("accept", customer(CustomerDeed::Accept(signing(agreement)))),
        ("decline", customer(CustomerDeed::Decline(None))),
        ("lapse", Command::Lapse),
    ]
}

#[test]
fn each_state_allows_what_it_allows_and_refuses_everything_else_by_its_name() {
    use AgreementState as S;
    // A state, and where each command that it allows leads. What is missing is refused; `!` is refused for another reason.
    let rows: [(S, &[(&str, S)]); 12] = [
        (S::Draft, &[("edit", S::Draft), ("waive", S::Draft), ("ask", S::InApproval), ("take over", S::Draft)]),
        (
            S::InApproval,
            &[
                ("edit", S::Draft),
                ("withdraw", S::Draft),
                ("approve", S::Approved),
                ("return", S::Draft),
                ("take over", S::InApproval),
            ],
        ),
        (S::Approved, &[("edit", S::Draft), ("withdraw", S::Draft), ("send", S::Sent), ("take over", S::Approved)]),
        (
            S::Sent,
            &[
                ("recall", S::Recalled),
                ("take over", S::Sent),
                ("counter", S::Countered),
                ("accept", S::AwaitingCountersignature),
                ("decline", S::Declined),
            ],
        ),
        (S::Countered, &[("recall", S::Recalled), ("answer", S::Countered), ("take over", S::Countered)]),
        (
            S::AwaitingCountersignature,
            &[("recall", S::Recalled), ("countersign", S::InForce), ("take over", S::AwaitingCountersignature)],
        ),
        (S::InForce, &[("revise", S::Draft), ("terminate", S::Terminated), ("take over", S::InForce)]),
        (S::Superseded, &[("revise", S::Draft), ("terminate", S::Terminated), ("take over", S::InForce)]),
        (S::Expired, &[("revise", S::Draft)]),
        (S::Terminated, &[]),
        (S::Declined, &[("revise", S::Draft)]),
        (S::Recalled, &[("revise", S::Draft)]),
    ];
    for (state, allowed) in rows {
        let agreement = in_state(state);
        let newest = if state == S::Superseded { S::InForce } else { state };
        assert_eq!(agreement.state(), newest);
        for (name, command) in every_command(&agreement) {
            let came = decide(&agreement, command, &facts(&DEALS));
            match allowed.iter().find(|(allowed, _)| *allowed == name) {
                Some((_, leads_to)) => {
                    let after = came.unwrap_or_else(|refusal| panic!("{name} in {state:?}: {refusal:?}"));
                    assert_eq!(after.state(), *leads_to, "{name} in {state:?}");
                    assert_eq!(after.trail.last().map(|entry| entry.at), Some(facts(&DEALS).now), "{name} is in the trail");
                }
                None => {
                    let refusal = came.expect_err(&format!("{name} in {state:?}"));
                    // What is sent lapses on a later day, what is countered is answered first; an end that is not near is none.
                    let other = matches!(refusal, Refusal::NotOver | Refusal::Unanswered(_));
                    assert!(refusal == Refusal::NotInState(newest) || other, "{name} in {state:?}: {refusal:?}");
                }
            }
        }
    }
}

fn wrong(agreement: &order_manager::agreement::Agreement, what: Edit) -> Vec<(String, Reason)> {
    match refused(agreement, edit(what)) {
        Refusal::Fields(errors) => errors.into_iter().map(|error| (error.field.into(), error.reason)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_rate_that_may_not_be_is_refused_at_its_field_and_nothing_changes() {
    let draft = begun(&DEALS, &["internet", "filed"]);
    let quote = |monthly, expires| {
        Carried::OffNet(LoopQuote { supplier: "Loop Co".into(), reference: "Q-1".into(), monthly: usd(monthly), expires })
    };
    let tiers = |tiers: &[(u32, Rate)]| {
        Agreed::ByVolume(tiers.iter().map(|(from, rate)| VolumeTier { from: *from, rate: *rate }).collect())
    };
    let of = |subject: &str, agreed| RateLine { agreed, ..line(subject, Rate::LIST) };
    let range = || Reason::AmountOutOfRange { least: usd(0), most: usd(MOST_AMOUNT) };
    let below = |minor| Reason::BelowFloor(order_manager::agreement::Figure::Amount(usd(minor)));
    let rows = [
        (line("internet.line", Rate::Off(Percent(10_001))), Reason::NotAPercentage),
        (line("internet.line", Rate::Off(Percent(-1))), Reason::NotAPercentage),
        (line("internet.line", Rate::Amount(usd(-1))), range()),
        (line("internet.line", Rate::Amount(usd(MOST_AMOUNT + 1))), range()),
        (
            line("internet.line", Rate::Amount(usd(10_001))),
            Reason::AboveList(order_manager::agreement::Figure::Amount(usd(10_000))),
        ),
        (line("internet.line", Rate::Amount(usd(4_999))), below(5_000)),
        (line("internet.line", off(51)), below(5_000)),
        (line("internet.calls", Rate::Amount(usd(3))), Reason::TakesAPercentage),
        (line("internet.nothing", off(1)), Reason::NotAChoice),
        (line("nothing.line", off(1)), Reason::NotAChoice),
        (RateLine { document: is("nothing"), ..line("internet.line", off(1)) }, Reason::NotAChoice),
        (line("filed.line", off(1)), Reason::PriceFixed),
        (of("internet.line", tiers(&[(1, off(1))])), Reason::NotCounted),
        (of("internet.traffic", tiers(&[(2, off(1))])), Reason::WrongCount { min: 1, max: 12 }),
        (of("internet.traffic", tiers(&[(1, off(1)), (1, off(2))])), Reason::WrongCount { min: 1, max: 12 }),
        // 3.99 is less than half of 8.00, which the list asks from 100 on.
        (of("internet.traffic", tiers(&[(1, off(1)), (100, Rate::Amount(usd(399)))])), below(400)),
        // 5.00 is half of 10.00 and more than half of 8.00; 4.50 is enough from 100 on only.
        (line("internet.traffic", Rate::Amount(usd(450))), below(500)),
        (RateLine { carried: quote(-1, TODAY), ..line("internet.line", off(1)) }, range()),
        (RateLine { carried: quote(100, date(2026, 11, 22)), ..line("internet.line", off(1)) }, Reason::TooEarly(TODAY)),
        // With another company's loop of 30.00 on top, the floor is 80.00.
        (RateLine { carried: quote(3_000, TODAY), ..line("internet.line", off(21)) }, below(8_000)),
    ];
    for (line, reason) in rows {
        let field = line.field();
        assert_eq!(wrong(&draft, Edit::Rates(vec![line.clone()])), [(field, reason)], "{line:?}");
    }
    let twice = vec![line("internet.line", off(1)), line("internet.line", off(2))];
    assert_eq!(wrong(&draft, Edit::Rates(twice)), [("form.internet.line".to_owned(), Reason::Repeated)]);
    let together = wrong(&draft, Edit::GroupDiscount(Group::Every, Percent::whole(60)));
    assert!(
        together.iter().all(|(field, _)| field.starts_with("form.internet.")),
        "what is tariffed is left alone: {together:?}"
    );
}

#[test]
fn other_terms_that_may_not_be_are_refused_at_their_fields() {
    let draft = begun(&DEALS, &["internet"]);
    let term = draft.version().terms.term.clone();
    let commitment = Commitment {
        yearly: vec![usd(100_000)],
        shortfall: Percent::whole(50),
        families: [Family::DataIp].into(),
        charges: [CountedCharge::Monthly].into(),
    };
    let form = Document { id: is("form"), kind: DocumentKind::OrderForm, title: "Form".into() };
    let rows = [
        (Edit::Term(Term { months: 0, ..term.clone() }), "months", Reason::OutOfRange { min: 1, max: 120 }),
        (Edit::Term(Term { starts: Starts::On(date(2026, 11, 22)), ..term }), "starts-on", Reason::TooEarly(TODAY)),
        (Edit::AddOffering(is("form"), is("nothing")), "offering", Reason::NotAChoice),
        (Edit::AddOffering(is("nothing"), is("internet")), "document", Reason::NotAChoice),
        (Edit::Documents(vec![form.clone()]), "documents", Reason::Missing),
        (Edit::Documents(vec![form.clone(), form]), "documents", Reason::Repeated),
        (Edit::GroupDiscount(Group::Every, Percent(10_001)), "percent", Reason::NotAPercentage),
        (
            Edit::Commitment(Some(Commitment { shortfall: Percent(10_001), ..commitment.clone() })),
            "shortfall",
            Reason::NotAPercentage,
        ),
        (
            Edit::Commitment(Some(Commitment { yearly: vec![usd(-1)], ..commitment })),
            "year-1",
            Reason::AmountOutOfRange { least: usd(0), most: usd(MOST_AMOUNT) },
        ),
        (
            Edit::Provisions(vec![Provision::RateReview { every_months: 0 }]),
            "rate-review",
            Reason::OutOfRange { min: 1, max: 120 },
        ),
        (
            Edit::Clause(is("law"), NewWording::Changed { text: "Other".into(), reason: " ".into() }),
            "law-reason",
            Reason::Missing,
        ),
    ];
    for (what, field, reason) in rows {
        assert_eq!(wrong(&draft, what.clone()), [(field.to_owned(), reason)], "{what:?}");
    }
    assert_eq!(refused(&draft, edit(Edit::Clause(is("nothing"), NewWording::Standard))), Refusal::NoSuchClause);
}

/// A draft that both levels have to approve.
fn far_down() -> order_manager::agreement::Agreement {
    did(&begun(&DEALS, &["internet"]), edit(Edit::Rates(vec![line("internet.line", off(45))])), &DEALS)
}

#[test]
fn levels_approve_in_their_order_each_by_somebody_else_and_nobody_their_own() {
    let asked = did(&far_down(), by(1, StaffDeed::AskApproval), &DEALS);
    assert_eq!(refused(&asked, approve(3, "director", &asked)), Refusal::OutOfOrder { next: is("desk") });
    assert_eq!(refused(&asked, approve(1, "desk", &asked)), Refusal::NotTheirDuty);
    let once = did(&asked, approve(3, "desk", &asked), &DEALS);
    assert_eq!(once.state(), AgreementState::InApproval);
    assert_eq!(refused(&once, approve(3, "director", &once)), Refusal::ApprovedAlready);
    assert_eq!(refused(&once, send(&once)), Refusal::NotInState(AgreementState::InApproval));
    let twice = did(&once, approve(4, "director", &once), &DEALS);
    assert_eq!(twice.state(), AgreementState::Approved);
    // An approver who edits makes it theirs: the approvals are void, and it takes others.
    let edited = by(4, StaffDeed::Edit(Box::new(Edit::Rates(vec![line("internet.line", off(44))]))));
    let theirs = did(&once, edited, &DEALS);
    assert_eq!(theirs.trail.last().map(|entry| &entry.event), Some(&Event::Voided(vec![is("desk")])));
    assert_eq!(theirs.newest.approvals(), []);
    assert_eq!(refused(&theirs, approve(4, "desk", &theirs)), Refusal::TheirOwn);
    let now = theirs.version().seen();
    assert_eq!(refused(&theirs, approve(3, "desk", &once)), Refusal::Edited { now });
    let again = did(&theirs, approve(3, "desk", &theirs), &DEALS);
    assert_eq!(did(&again, approve(5, "director", &again), &DEALS).state(), AgreementState::Approved);
    // What the negotiator edits is a draft again.
    let back = did(&twice, edit(Edit::ResetToList(Group::Every)), &DEALS);
    assert_eq!(back.trail.last().map(|entry| &entry.event), Some(&Event::Voided(vec![is("desk"), is("director")])));
    assert_eq!((back.state(), back.newest.approvals().len()), (AgreementState::Draft, 0));
}

#[test]
fn what_needs_nobodys_approval_goes_straight_on_and_what_is_below_the_floor_goes_nowhere_but_by_a_waiver() {
    let near = did(&begun(&DEALS, &["internet"]), edit(Edit::Rates(vec![line("internet.line", off(10))])), &DEALS);
    assert_eq!(did(&near, by(1, StaffDeed::AskApproval), &DEALS).state(), AgreementState::Approved);
    let waive = |number, percent| {
        by(number, StaffDeed::Waive { subject: is("internet.line"), down_to: off(percent), reason: "A lighthouse".into() })
    };
    assert_eq!(refused(&near, waive(1, 60)), Refusal::NotTheirDuty);
    let waived = did(&near, waive(3, 60), &DEALS);
    let low = did(&waived, edit(Edit::Rates(vec![line("internet.line", off(60))])), &DEALS);
    let table = price_table(low.version(), &DEALS).expect("a table");
    assert_eq!(table[0].standing, RowStanding::Waived(staff(3).0));
    assert!(matches!(refused(&waived, edit(Edit::Rates(vec![line("internet.line", off(61))]))), Refusal::Fields(_)));
    // A floor that rises holds what was not approved yet.
    let mut dearer: Catalogue = DEALS.clone();
    dearer.negotiation.as_mut().expect("what is negotiated by").bounds[0].floor = Percent::whole(95);
    let ask = by(1, StaffDeed::AskApproval);
    assert!(matches!(decide(&near, ask, &facts(&dearer)), Err(Refusal::Rates(errors)) if errors.len() == 1));
    assert_eq!(refused(&begun(&DEALS, &[]), by(1, StaffDeed::AskApproval)), Refusal::NoRates);
}

#[test]
fn a_text_is_accepted_as_it_was_sent_in_time_or_not_at_all() {
    let sent = in_state(AgreementState::Sent);
    let other = Signing { text_sha256: "0".repeat(64).into(), ..signing(&sent) };
    assert_eq!(refused(&sent, customer(CustomerDeed::Accept(other.clone()))), Refusal::TextChanged);
    let nameless = Signing { name: " ".into(), ..signing(&sent) };
    let missing = Refusal::Fields(vec![FieldError::new("name", Reason::Missing)]);
    assert_eq!(refused(&sent, customer(CustomerDeed::Accept(nameless))), missing);
    let late = facts_on(&DEALS, date(2026, 12, 11), &[]);
    let accept = customer(CustomerDeed::Accept(signing(&sent)));
    assert_eq!(decide(&sent, accept, &late), Err(Refusal::OfferExpired(date(2026, 12, 10))));
    let waiting = in_state(AgreementState::AwaitingCountersignature);
    assert_eq!(refused(&waiting, by(1, StaffDeed::Countersign(other))), Refusal::TextChanged);
    let text = &sent.newest.offer().expect("an offer").text;
    assert!(text.sections.iter().any(|section| section.paragraphs.iter().any(|said| said.contains("off-list 20"))), "{text:?}");
    let unsold = by(1, StaffDeed::Send { seen: Seen { version: 1, revision: 0 }, valid_until: TODAY });
    let approved = in_state(AgreementState::Approved);
    assert_eq!(refused(&approved, unsold), Refusal::Edited { now: approved.version().seen() });
    let seen = approved.version().seen();
    for (valid_until, reason) in
        [(date(2026, 11, 22), Reason::TooEarly(TODAY)), (date(2026, 12, 24), Reason::TooLate(date(2026, 12, 23)))]
    {
        let refusal = refused(&approved, by(1, StaffDeed::Send { seen, valid_until }));
        assert_eq!(refusal, Refusal::Fields(vec![FieldError::new("valid-until", reason)]));
    }
}

#[test]
fn a_counter_offer_is_answered_clause_by_clause_before_the_next_version() {
    let countered = in_state(AgreementState::Countered);
    assert_eq!(refused(&countered, by(1, StaffDeed::Revise)), Refusal::Unanswered(is("payment")));
    let other = StaffDeed::Answer(is("law"), ClauseAnswer::Refused);
    assert_eq!(refused(&countered, by(1, other)), Refusal::NoSuchClause);
    let next = did(&did(&countered, answered(), &DEALS), by(1, StaffDeed::Revise), &DEALS);
    assert_eq!(next.version().seen(), Seen { version: 2, revision: 0 });
    let (before, after) = (&countered.version().terms, &next.version().terms);
    let found = redline(before, after);
    let [Difference::Clause(Side::Changed(was, is_now))] = found.as_slice() else { panic!("a clause is different") };
    assert_eq!((was.text(), is_now.text()), ("Pay.", "Pay later."));
    assert_eq!(countered.left_behind(&next).map(|stage| stage.version().number).collect::<Vec<_>>(), [1]);
    assert!(needs(next.version(), &DEALS).expect("needs").iter().any(|need| need.rule == is("wording")));
}

#[test]
fn a_version_that_comes_into_force_ends_the_one_before_it_the_day_before_its_first() {
    let first = in_state(AgreementState::InForce);
    let term = Term { starts: Starts::On(date(2027, 1, 1)), ..first.version().terms.term.clone() };
    let next = did(&did(&first, by(1, StaffDeed::Revise), &DEALS), edit(Edit::Term(term)), &DEALS);
    assert_eq!(next.rate_sheets(), first.rate_sheets(), "what is negotiated changes nothing");
    let second = signed(&next, &DEALS);
    let days: Vec<_> = second.rate_sheets().iter().map(|sheet| (sheet.agreement.version, sheet.from, sheet.until)).collect();
    assert_eq!(days, [(2, date(2027, 1, 1), jiff::civil::Date::MAX), (1, TODAY, date(2026, 12, 31))]);
    assert!(matches!(second.last_signed.as_deref(), Some(Stage::Superseded(_))));
    assert_eq!(second.earlier.iter().map(|earlier| earlier.state).collect::<Vec<_>>(), [AgreementState::Superseded]);
}

#[test]
fn two_agreements_never_count_at_one_place_on_one_day() {
    let approved = in_state(AgreementState::Approved);
    let [mut other]: [RateSheet; 1] = in_state(AgreementState::InForce).rate_sheets().try_into().expect("a sheet");
    let own = facts_on(&DEALS, TODAY, std::slice::from_ref(&other)).sheets.to_vec();
    assert!(decide(&approved, send(&approved), &facts_on(&DEALS, TODAY, &own)).is_ok(), "its own version is no other agreement");
    other.agreement.id = is("019a9000-0000-7000-8000-000000000002");
    let refusal = Refusal::Overlaps(other.agreement.clone());
    let others = [other];
    assert_eq!(decide(&approved, send(&approved), &facts_on(&DEALS, TODAY, &others)), Err(refusal.clone()));
    let waiting = in_state(AgreementState::AwaitingCountersignature);
    let countersign = by(1, StaffDeed::Countersign(signing(&waiting)));
    assert_eq!(decide(&waiting, countersign, &facts_on(&DEALS, TODAY, &others)), Err(refusal));
}

#[test]
fn an_agreement_that_ends_with_its_term_expires_and_one_that_goes_on_does_not() {
    let ends = signed(&ending(&begun(&DEALS, &["internet"])), &DEALS);
    let last = ends.in_force().expect("in force").until;
    assert_eq!(last, date(2027, 11, 22));
    let after = facts_on(&DEALS, date(2027, 11, 23), &[]);
    assert_eq!(decide(&ends, Command::Lapse, &facts_on(&DEALS, last, &[])), Err(Refusal::NotOver));
    let expired = decide(&ends, Command::Lapse, &after).expect("expired");
    assert_eq!((expired.state(), expired.rate_sheets()), (AgreementState::Expired, vec![]));
    assert_eq!(decide(&in_state(AgreementState::InForce), Command::Lapse, &after), Err(Refusal::NotOver));
}

#[test]
fn whoever_else_negotiates_takes_it_over_first() {
    let draft = begun(&DEALS, &["internet"]);
    let ask = || by(2, StaffDeed::AskApproval);
    assert_eq!(refused(&draft, ask()), Refusal::NotAssigned(staff(1).0));
    let taken = did(&draft, by(2, StaffDeed::TakeOver), &DEALS);
    assert_eq!(did(&taken, ask(), &DEALS).state(), AgreementState::Approved);
}

#[test]
fn the_table_says_list_floor_discount_margin_and_who_has_to_approve() {
    let draft = did(
        &begun(&DEALS, &["internet", "filed"]),
        edit(Edit::Rates(vec![line("internet.line", Rate::Amount(usd(5_500))), line("internet.calls", off(5))])),
        &DEALS,
    );
    let table = price_table(draft.version(), &DEALS).expect("a table");
    let said: Vec<_> = table
        .iter()
        .map(|row| {
            let figures = [row.list, row.floor, row.proposed].map(|figure| figure.to_string());
            (row.subject.to_string(), figures, row.discount, row.margin, row.standing.clone())
        })
        .collect();
    let figures = |list: &str, floor: &str, proposed: &str| [list.to_owned(), floor.to_owned(), proposed.to_owned()];
    let both = RowStanding::Needs(vec![is("desk"), is("director")]);
    let margin = Percent(5_500);
    assert_eq!(
        said,
        [
            ("internet.line".to_owned(), figures("$100.00", "$50.00", "$55.00"), Percent(4_500), Percent(1_818), both),
            ("internet.set-up".to_owned(), figures("$200.00", "$100.00", "$200.00"), Percent(0), margin, RowStanding::List),
            ("internet.traffic".to_owned(), figures("$10.00", "$5.00", "$10.00"), Percent(0), margin, RowStanding::List),
            ("internet.calls".to_owned(), figures("0.05", "0.025", "0.0475"), Percent(500), Percent(5_263), RowStanding::Own),
            (
                "filed.line".to_owned(),
                figures("$20.00", "$20.00", "$20.00"),
                Percent(0),
                Percent(10_000),
                RowStanding::Fixed(Negotiability::Tariffed)
            ),
        ]
    );
    let rungs = ladder(draft.version(), &DEALS).expect("a ladder");
    let rungs: Vec<_> =
        rungs.iter().map(|rung| (rung.months, rung.total.minor(), rung.saving.minor(), rung.ending_at_half.minor())).collect();
    // 55 + 10 + 20 each month and 200 once; half of a year left at all of it, and half of two years at half of it.
    assert_eq!(rungs, [(12, 122_000, 54_000, 51_000), (24, 224_000, 108_000, 51_000)]);
}

#[test]
fn an_agreement_is_made_with_a_business_by_who_negotiates_and_with_nobody_else() {
    let with = |kind, roles: &[Role]| {
        let known = begun(&DEALS, &[]);
        let customer = AgreedWith { kind, ..known.customer };
        begin(known.id, customer, "Deal", known.owner, &roles.iter().copied().collect(), &facts(&DEALS))
            .map(|begun| begun.state())
    };
    let rows = [
        (CustomerKind::Business, Role::ContractNegotiator, Ok(AgreementState::Draft)),
        (CustomerKind::Residential, Role::ContractNegotiator, Err(Refusal::NotABusiness)),
        (CustomerKind::Business, Role::SalesRepresentative, Err(Refusal::NotTheirDuty)),
    ];
    for (kind, role, expected) in rows {
        assert_eq!(with(kind, &[role]), expected, "{kind:?} {role:?}");
    }
}
