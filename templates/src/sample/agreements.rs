//! A made-up agreement in each of its states, and what it is negotiated by.

use jiff::Timestamp;
use jiff::civil::date;
use order_manager::access::{Role, StaffMember};
use order_manager::agreement::{
    AgreedWith, Agreement, AgreementState, ClauseWish, Command, Commitment, CountedCharge, Counter, CustomerDeed, Edit, Facts,
    Group, NewWording, Provision, Signing, Sites, StaffDeed, begin, decide,
};
use order_manager::catalogue::{
    ApprovalLevel, ApprovalRule, Bounds, Catalogue, DocumentKind, EarlyTermination, Family, Negotiation, Phrase, StandardClause,
    StandardDocument, Threshold,
};
use order_manager::id::{AgreementId, Version};
use order_manager::money::Percent;
use order_manager::party::CustomerKind;
use order_manager::value::FileReference;

use super::fixtures::{customer, parsed, text, usd};
use super::orders::now;
use super::orders_catalogue;

/// What an agreement's text says, as far as a sample needs it.
const PHRASES: [(Phrase, &str); 20] = [
    (Phrase::Heading, "Parties, term and places"),
    (Phrase::Parties, "This agreement is between {company} and {customer} (account {account})."),
    (Phrase::FromSignature, "It is in force for {months} months from the day of the later signature."),
    (Phrase::FromDay, "It is in force for {months} months from {day}."),
    (Phrase::RollsMonthly, "It then goes on from month to month until either side ends it with {days} days of notice."),
    (Phrase::Renews, "It then renews for the same term unless either side ends it with {days} days of notice."),
    (Phrase::Ends, "It then ends."),
    (Phrase::EveryPlace, "It covers every place of the customer, those to come included."),
    (Phrase::Places, "It covers these places: {places}."),
    (Phrase::Precedence, "Where its documents differ, the first of these counts: {documents}."),
    (Phrase::Rates, "Rates"),
    (Phrase::Monthly, "{offering}, {price}: {rate} a month."),
    (Phrase::OneTime, "{offering}, {price}: {rate} once."),
    (Phrase::OffList, "{percent}% off the list price"),
    (Phrase::Commitment, "Commitment"),
    (Phrase::LeastInYear, "In year {year} the customer spends {amount} or more."),
    (Phrase::Shortfall, "Of what is missing at a year’s end, {percent}% is paid all the same."),
    (Phrase::Provisions, "What else is agreed"),
    (Phrase::EarlyTermination, "Ending early costs {first}% of the months left in the first year, {after}% after it."),
    (Phrase::RateReview, "Rates are compared with the market every {months} months."),
];

/// The made-up catalogue, with what agreements are negotiated by.
pub(crate) fn negotiated_catalogue() -> Catalogue {
    Catalogue { negotiation: Some(negotiation()), ..orders_catalogue::catalogue() }
}

fn negotiation() -> Negotiation {
    let level = |id: &str, name: &str| ApprovalLevel { id: parsed(id), name: text(name), role: Role::Approver };
    let rule = |id: &str, label: &str, when, level: &str| ApprovalRule {
        id: parsed(id),
        label: text(label),
        when,
        level: parsed(level),
    };
    let document = |id: &str, kind, title: &str| StandardDocument { id: parsed(id), kind, title: text(title) };
    let clause = |id: &str, heading: &str, says: &str| StandardClause {
        id: parsed(id),
        document: parsed("master"),
        version: Version("2026-1".into()),
        heading: text(heading),
        text: text(says),
    };
    let bounds = |offering: &str, floor, cost| Bounds {
        offering: parsed(offering),
        prices: vec![],
        floor: Percent::whole(floor),
        cost: Percent::whole(cost),
    };
    Negotiation {
        company: text("Meridian Communications LLC"),
        terms: vec![12, 24, 36, 60],
        longest_offer_days: 60,
        early_termination: EarlyTermination { first_year: Percent::whole(100), after: Percent::whole(50), at_most: None },
        levels: vec![level("desk", "Pricing desk"), level("finance", "Finance director")],
        rules: vec![
            rule("discount", "Discount off the list price", Threshold::DiscountAbove(Percent::whole(15)), "desk"),
            rule("wording", "A clause worded otherwise", Threshold::ClauseChanged, "desk"),
            rule("margin", "Margin", Threshold::MarginBelow(Percent::whole(35)), "finance"),
            rule("value", "Commitment over the term", Threshold::ValueAbove(usd(25_000_000)), "finance"),
        ],
        bounds: vec![bounds(orders_catalogue::INTERNET, 60, 45), bounds(orders_catalogue::LINE, 70, 50)],
        notice_days: 60,
        documents: vec![
            document("master", DocumentKind::Master, "Master service agreement"),
            document("data-schedule", DocumentKind::ServiceSchedule, "Service schedule"),
        ],
        clauses: vec![
            clause("liability", "1. Liability", "Neither side owes more than what was paid in the twelve months before."),
            clause("assignment", "2. Assignment", "Neither side hands this agreement on without the other’s written consent."),
            clause("law", "3. Governing law", "The law of the State of Georgia applies."),
        ],
        phrases: PHRASES.map(|(phrase, says)| (phrase, text(says))).into(),
    }
}

/// The made-up agreement's identifier.
pub(crate) fn agreement_id() -> AgreementId {
    parsed("018f3a2e-0000-7000-8000-0000000000a9")
}

/// Who negotiates it.
pub(crate) fn negotiator() -> StaffMember {
    staff_member("018f3a2e-0000-7000-8000-0000000000b2", "Noor Haddad")
}

fn staff_member(person: &str, name: &str) -> StaffMember {
    StaffMember { person: parsed(person), name: name.into() }
}

/// The made-up agreement, told until it is in a state.
pub(crate) fn agreement_in(state: AgreementState, catalogue: &Catalogue) -> Agreement {
    let facts = Facts { catalogue, sheets: &[], now: now() };
    let with = AgreedWith {
        id: customer().id,
        kind: CustomerKind::Business,
        name: customer().name,
        account_number: customer().account_number,
    };
    let negotiates = [Role::ContractNegotiator].into();
    let mut agreement =
        begin(agreement_id(), with, "Network services 2027", negotiator(), &negotiates, &facts).expect("an agreement");
    let mut hand = Hand { agreement: &mut agreement, facts };
    hand.write();
    hand.go_on_to(state);
    agreement
}

/// The same, when an approver has given it back.
pub(crate) fn returned_agreement(catalogue: &Catalogue) -> Agreement {
    let mut agreement = agreement_in(AgreementState::InApproval, catalogue);
    let seen = agreement.version().seen();
    let mut hand = Hand { agreement: &mut agreement, facts: Facts { catalogue, sheets: &[], now: now() } };
    hand.approver("Ana Brandt", StaffDeed::Return { reason: "Ask for 36 months at this discount.".into(), seen });
    agreement
}

/// Does to an agreement what its people would.
struct Hand<'a> {
    agreement: &'a mut Agreement,
    facts: Facts<'a>,
}

impl Hand<'_> {
    fn run(&mut self, command: Command) {
        *self.agreement = decide(self.agreement, command, &self.facts).expect("a sample's command is carried out");
    }

    fn negotiator(&mut self, deed: StaffDeed) {
        self.run(Command::Staff { by: negotiator(), roles: [Role::ContractNegotiator].into(), deed });
    }

    fn edit(&mut self, edit: Edit) {
        self.negotiator(StaffDeed::Edit(Box::new(edit)));
    }

    fn approver(&mut self, name: &str, deed: StaffDeed) {
        let person =
            if name == "Ana Brandt" { "018f3a2e-0000-7000-8000-0000000000b3" } else { "018f3a2e-0000-7000-8000-0000000000b4" };
        self.run(Command::Staff { by: staff_member(person, name), roles: [Role::Approver].into(), deed });
    }

    fn customer(&mut self, deed: CustomerDeed) {
        self.run(Command::Customer { by: parsed("018f3a2e-0000-7000-8000-0000000000a1"), deed });
    }

    /// Writes a version that needs both levels.
    fn write(&mut self) {
        let documents = ["data-schedule"];
        for offering in [orders_catalogue::INTERNET, orders_catalogue::LINE] {
            self.edit(Edit::AddOffering(parsed(documents[0]), parsed(offering)));
        }
        self.edit(Edit::GroupDiscount(Group::Offering(parsed(orders_catalogue::INTERNET)), Percent::whole(32)));
        let place = order_manager::address::GeographicAddress::to_string(&super::fixtures::address());
        self.edit(Edit::Sites(Sites::These([(customer().sites[0].id, place.into())].into())));
        self.edit(Edit::Commitment(Some(Commitment {
            yearly: vec![usd(6_000_000), usd(9_000_000)],
            shortfall: Percent::whole(75),
            families: Family::ALL.into(),
            charges: [CountedCharge::Monthly].into(),
        })));
        self.edit(Edit::Provisions(vec![Provision::RateReview { every_months: 12 }]));
        self.edit(Edit::Clause(
            parsed("liability"),
            NewWording::Changed {
                text: "Neither side owes more than twice what was paid in the twelve months before.".into(),
                reason: "Their standard, accepted in 2024 already.".into(),
            },
        ));
    }

    fn go_on_to(&mut self, state: AgreementState) {
        if state == AgreementState::Draft {
            return;
        }
        self.negotiator(StaffDeed::AskApproval);
        if state == AgreementState::InApproval {
            return;
        }
        let seen = self.agreement.version().seen();
        self.approver("Ana Brandt", StaffDeed::Approve { level: parsed("desk"), seen });
        self.approver("Sergio Lind", StaffDeed::Approve { level: parsed("finance"), seen });
        if state == AgreementState::Approved {
            return;
        }
        self.negotiator(StaffDeed::Send { seen, valid_until: date(2026, 12, 31) });
        match state {
            AgreementState::Sent => return,
            AgreementState::Countered => return self.customer(CustomerDeed::Counter(Box::new(counter(self.facts.now)))),
            AgreementState::Declined => {
                return self.customer(CustomerDeed::Decline(Some("We stay with our present company.".into())));
            }
            AgreementState::Recalled => return self.negotiator(StaffDeed::Recall("A wrong site is in it.".into())),
            _ => {}
        }
        let text = self.agreement.newest.offer().expect("what was sent").text_sha256.clone();
        let signing = |name: &str, title: &str, authority: &str| Signing {
            name: name.into(),
            title: title.into(),
            authority: authority.into(),
            text_sha256: text.clone(),
        };
        self.customer(CustomerDeed::Accept(signing("Dana Whitfield", "Owner", "Sole proprietor")));
        if state == AgreementState::AwaitingCountersignature {
            return;
        }
        self.negotiator(StaffDeed::Countersign(signing(
            "Noor Haddad",
            "Contract negotiator",
            "Delegation of authority, section 4",
        )));
        if state == AgreementState::Terminated {
            let reason = "The customer closes the bakery.".into();
            self.negotiator(StaffDeed::Terminate { last_day: date(2026, 12, 31), reason });
        }
    }
}

fn counter(at: Timestamp) -> Counter {
    Counter {
        by: parsed("018f3a2e-0000-7000-8000-0000000000a1"),
        at,
        file: FileReference {
            key: "agreements/1/1".into(),
            name: "network-services-marked-up.pdf".into(),
            media: "application/pdf".into(),
            bytes: 184_000,
        },
        clauses: vec![ClauseWish {
            clause: parsed("assignment"),
            text: "Either side may hand it on to a company of its group.".into(),
        }],
        note: Some("The rest is fine with us.".into()),
    }
}
