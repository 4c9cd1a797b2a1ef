//! Agreements that Dana's company negotiates: one that is being written, one that waits for its second approval, one that was sent
//! for her to sign, one that she wants otherwise, one that both have signed twice, its first version superseded, and that counts from
//! a month on, and one that was ended.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use hyper::body::Bytes;
use jiff::{Timestamp, ToSpan};
use order_manager::access::{Role, StaffMember};
use order_manager::agreement::{
    Agreed, AgreedWith, Agreement, Carried, ClauseWish, Command, Commitment, CountedCharge, Counter, CustomerDeed, Edit, Facts,
    NewWording, Rate, RateLine, Refusal, Signing, Sites, StaffDeed, Stage, Starts, Term, begin, decide,
};
use order_manager::catalogue::{AtTermEnd, Catalogue, Family};
use order_manager::id::AgreementId;
use order_manager::money::{Money, Percent};
use order_manager::party::Customer;
use order_manager::value::FileReference;
use uuid::{Uuid, uuid};

use super::Seeding;
use crate::Persona;
use crate::personas::staff;

/// The ids of the agreements begin so; the last digits are their own.
const IDS: Uuid = uuid!("0192f0c4-7a10-7c01-8a01-44616e61a000");

/// How far an agreement has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Come {
    Written,
    ApprovedOnce,
    Sent,
    Countered,
    Signed,
    Ended,
}

/// An agreement: its name, what is taken off in percent, and how far it has come.
const ALL: [(&str, &str, i32, Come); 6] = [
    ("Dedicated internet", "dedicated-internet", 12, Come::Written),
    ("Private network", "ip-vpn", 34, Come::ApprovedOnce),
    ("Telephony", "hosted-voice", 10, Come::Sent),
    ("Offices 2027", "broadband-internet", 15, Come::Signed),
    ("Toll-free numbers", "toll-free", 8, Come::Countered),
    ("SIP trunks", "sip-trunk", 10, Come::Ended),
];

/// Dana's copy of a text, marked up, as far as anybody looks at it here.
const MARKED_UP: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// The file that a customer sent with what they want otherwise.
pub(super) fn marked_up(agreement: &Agreement) -> Option<(&FileReference, Bytes)> {
    match &agreement.newest {
        Stage::Countered(countered) => Some((&countered.counter.file, Bytes::from_static(MARKED_UP))),
        _ => None,
    }
}

/// The agreements of a persona's company.
///
/// # Errors
/// What of them the domain refuses.
pub(super) fn agreements(
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Seeding<Vec<Agreement>> {
    if persona.name != "Dana Whitfield" {
        return Ok(vec![]);
    }
    let deal = Deal { persona, customer, facts: Facts { catalogue, sheets: &[], now } };
    (1..).zip(ALL).map(|(number, (name, offering, off, come))| deal.told(number, name, offering, off, come)).collect()
}

/// What every agreement is told with.
struct Deal<'a> {
    persona: &'a Persona,
    customer: &'a Customer,
    facts: Facts<'a>,
}

impl Deal<'_> {
    fn told(&self, number: u128, name: &str, offering: &str, off: i32, come: Come) -> Seeding<Agreement> {
        let Customer { id, kind, name: called, account_number, .. } = self.customer.clone();
        let with = AgreedWith { id, kind, name: called, account_number };
        let (noor, roles) = member("noor.haddad@telco.example.com", Role::ContractNegotiator)?;
        let id = AgreementId::new(Uuid::from_u128(IDS.as_u128() + number));
        let mut agreement = begin(id, with, name, noor, &roles, &self.facts).map_err(|refusal| said(name, &refusal))?;
        for edit in self.edits(offering, come)? {
            agreement = self.noor(&agreement, StaffDeed::Edit(Box::new(edit)))?;
        }
        let lines = agreement.version().terms.rates.iter().filter(|line| line.carried == Carried::OnNet);
        let agreed = Agreed::Flat(Rate::Off(Percent(off * 100)));
        let lines = lines.map(|line| RateLine { agreed: agreed.clone(), ..line.clone() }).collect();
        agreement = self.noor(&agreement, StaffDeed::Edit(Box::new(Edit::Rates(lines))))?;
        if come >= Come::ApprovedOnce {
            agreement = self.noor(&agreement, StaffDeed::AskApproval)?;
        }
        if come == Come::ApprovedOnce {
            let deed = StaffDeed::Approve { level: parsed("deal-desk")?, seen: agreement.version().seen() };
            agreement = self.done(&agreement, "sergio.lind@telco.example.com", Role::Approver, deed)?;
        }
        if come >= Come::Sent {
            let valid_until = self.facts.today().saturating_add(30.days());
            agreement = self.noor(&agreement, StaffDeed::Send { seen: agreement.version().seen(), valid_until })?;
        }
        match come {
            Come::Written | Come::ApprovedOnce | Come::Sent => Ok(agreement),
            Come::Countered => self.countered(&agreement),
            Come::Signed => self.signed_again(&self.signed(&agreement)?),
            Come::Ended => {
                let deed = StaffDeed::Terminate { last_day: self.facts.today(), reason: "The lines were given up".into() };
                self.noor(&self.signed(&agreement)?, deed)
            }
        }
    }

    /// Signed by both sides.
    fn signed(&self, agreement: &Agreement) -> Seeding<Agreement> {
        let deed = CustomerDeed::Accept(signing(agreement, self.persona.name, "Owner"));
        let accepted = self.come_of(agreement, Command::Customer { by: self.persona.sub, deed })?;
        self.noor(&accepted, StaffDeed::Countersign(signing(&accepted, "Noor Haddad", "Contract negotiator")))
    }

    /// A second version in the place of the first, two months after it.
    fn signed_again(&self, agreement: &Agreement) -> Seeding<Agreement> {
        let next = self.noor(agreement, StaffDeed::Revise)?;
        let starts = Starts::On(self.facts.today().saturating_add(3.months()));
        let term = Term { starts, ..next.version().terms.term.clone() };
        let next = self.noor(&next, StaffDeed::Edit(Box::new(Edit::Term(term))))?;
        let next = self.noor(&next, StaffDeed::AskApproval)?;
        let valid_until = self.facts.today().saturating_add(30.days());
        self.signed(&self.noor(&next, StaffDeed::Send { seen: next.version().seen(), valid_until })?)
    }

    /// Dana wants two clauses otherwise.
    fn countered(&self, agreement: &Agreement) -> Seeding<Agreement> {
        let wishes = [
            ("payment", "Bills are due 60 days after their date."),
            ("liability", "Each side answers for what it breaks, without a limit."),
        ];
        let wish = |(clause, text): (&str, &str)| Ok(ClauseWish { clause: parsed(clause)?, text: text.into() });
        let file = FileReference {
            key: FileReference::key_about(agreement.id, Uuid::from_u128(IDS.as_u128() + 0xf)),
            name: "Toll-free numbers, our changes.pdf".into(),
            media: "application/pdf".into(),
            bytes: MARKED_UP.len() as u64,
        };
        let counter = Counter {
            by: self.persona.sub,
            at: self.facts.now,
            file,
            clauses: wishes.into_iter().map(wish).collect::<Seeding<_>>()?,
            note: Some("We pay all our suppliers after 60 days.".into()),
        };
        let deed = CustomerDeed::Counter(Box::new(counter));
        self.come_of(agreement, Command::Customer { by: self.persona.sub, deed })
    }

    fn edits(&self, offering: &str, come: Come) -> Seeding<Vec<Edit>> {
        let documents = self.facts.catalogue.negotiation.as_ref().map_or(&[][..], |negotiation| &negotiation.documents);
        let form = documents.first().ok_or("an agreement has no documents")?.id.clone();
        let mut edits = vec![Edit::AddOffering(form, parsed(offering)?)];
        // At one place only one agreement counts: the one that is signed is for the second office.
        let offices = self.customer.sites.iter().skip(usize::from(come >= Come::Signed)).take(1);
        let sites: BTreeMap<_, _> = offices.map(|site| (site.id, site.address.to_string().into())).collect();
        edits.push(Edit::Sites(Sites::These(sites)));
        let term = Term {
            months: 36,
            starts: match come {
                // Nothing is priced by it yet: what a tester orders today is by the list.
                Come::Signed | Come::Ended => Starts::On(self.facts.today().saturating_add(1.month())),
                Come::Written | Come::ApprovedOnce | Come::Sent | Come::Countered => Starts::LaterSignature,
            },
            at_end: AtTermEnd::RollMonthly,
            notice_days: 60,
        };
        edits.push(Edit::Term(term));
        let currency = self.facts.catalogue.currency();
        edits.push(Edit::Commitment(Some(Commitment {
            yearly: [600_000, 720_000, 840_000].map(|minor| Money::new(minor, currency)).to_vec(),
            shortfall: Percent::whole(50),
            families: BTreeSet::from(Family::ALL),
            charges: BTreeSet::from([CountedCharge::Monthly]),
        })));
        if come == Come::ApprovedOnce {
            let wording = NewWording::Changed {
                text: "Bills are due 45 days after their date.".into(),
                reason: "What the customer pays all its suppliers by".into(),
            };
            edits.push(Edit::Clause(parsed("payment")?, wording));
        }
        Ok(edits)
    }

    fn noor(&self, agreement: &Agreement, deed: StaffDeed) -> Seeding<Agreement> {
        self.done(agreement, "noor.haddad@telco.example.com", Role::ContractNegotiator, deed)
    }

    fn done(&self, agreement: &Agreement, email: &str, role: Role, deed: StaffDeed) -> Seeding<Agreement> {
        let (by, roles) = member(email, role)?;
        self.come_of(agreement, Command::Staff { by, roles, deed })
    }

    fn come_of(&self, agreement: &Agreement, command: Command) -> Seeding<Agreement> {
        decide(agreement, command, &self.facts).map_err(|refusal| said(&agreement.version().terms.name, &refusal))
    }
}

fn signing(agreement: &Agreement, name: &str, title: &str) -> Signing {
    let text_sha256 = agreement.newest.offer().map(|offer| offer.text_sha256.clone()).unwrap_or_default();
    Signing { name: name.into(), title: title.into(), authority: "By office".into(), text_sha256 }
}

/// A member of staff by what they sign in with.
fn member(email: &str, role: Role) -> Seeding<(StaffMember, BTreeSet<Role>)> {
    let persona = staff().into_iter().find(|persona| persona.email == email).ok_or_else(|| format!("{email} is nobody"))?;
    Ok((StaffMember { person: persona.sub, name: persona.name.into() }, BTreeSet::from([role])))
}

fn parsed<T: FromStr>(id: &str) -> Seeding<T> {
    id.parse().map_err(|_| format!("{id} is no name"))
}

fn said(name: &str, refusal: &Refusal) -> String {
    format!("the agreement “{name}” is refused: {refusal:?}")
}
