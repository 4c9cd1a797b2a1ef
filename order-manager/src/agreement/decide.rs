//! Decisions: an agreement, a command, and the agreement that comes of it, or the reason why not.

mod checks;
mod editing;
mod offer;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use self::checks::{LONGEST_NAME, LONGEST_REASON, check, required};
pub use self::checks::{LONGEST_TERM, MOST_AMOUNT, MOST_LINES};
pub use self::editing::{Edit, Group, NewWording};
use super::approval::{Given, needs, next_level};
use super::sheet::{AgreementReference, RateSheet};
use super::state::{AnsweredClause, ClauseAnswer, Counter, Draft, Signature};
use super::{AgreedWith, Agreement, AgreementState, AgreementVersion, EarlierVersion, Event, Rate, RateSubject, Seen, Stage};
use crate::access::{ActedBy, Duty, Role, StaffMember};
use crate::calendar::company_day;
use crate::catalogue::Catalogue;
use crate::entered::FieldError;
use crate::id::{AgreementId, ApprovalLevelId, ClauseId, OfferingId, PersonId};
use crate::money::MoneyError;
use crate::order::Returned;
use crate::party::CustomerKind;

/// What somebody wants done to an agreement.
#[derive(Clone, Debug)]
pub enum Command {
    /// Something that a member of staff does.
    Staff {
        /// Who.
        by: StaffMember,
        /// What they are.
        roles: BTreeSet<Role>,
        /// What they do.
        deed: StaffDeed,
    },
    /// Something that the customer does.
    Customer {
        /// Who.
        by: PersonId,
        /// What they do.
        deed: CustomerDeed,
    },
    /// See whether its time is over.
    Lapse,
}

/// What a member of staff does about an agreement.
#[derive(Clone, Debug)]
pub enum StaffDeed {
    /// Edit it: what was approved of it is void. An approver who does makes it theirs, and it needs another.
    Edit(Box<Edit>),
    /// Let a price go below its floor, in one's own name.
    Waive {
        /// Which.
        subject: RateSubject,
        /// Down to this.
        down_to: Rate,
        /// Why.
        reason: Box<str>,
    },
    /// Ask for the approvals it needs; where it needs none, it can be sent.
    AskApproval,
    /// Take it back before it is approved.
    Withdraw,
    /// Approve it.
    Approve {
        /// On which level.
        level: ApprovalLevelId,
        /// What was looked at.
        seen: Seen,
    },
    /// Give it back.
    Return {
        /// Why.
        reason: Box<str>,
        /// What was looked at.
        seen: Seen,
    },
    /// Send it to the customer.
    Send {
        /// What was looked at.
        seen: Seen,
        /// The last day on which it may be accepted.
        valid_until: Date,
    },
    /// Take it back from the customer.
    Recall(Box<str>),
    /// Answer a clause that the customer wants otherwise.
    Answer(ClauseId, ClauseAnswer),
    /// Begin the next version.
    Revise,
    /// Sign for the company.
    Countersign(Signing),
    /// End it before its time.
    Terminate {
        /// Its last day.
        last_day: Date,
        /// Why.
        reason: Box<str>,
    },
    /// Negotiate it from now on.
    TakeOver,
}

/// What a customer does about an agreement.
#[derive(Clone, Debug)]
pub enum CustomerDeed {
    /// Want it otherwise. Who and when is taken from the command.
    Counter(Box<Counter>),
    /// Sign it.
    Accept(Signing),
    /// Not want it.
    Decline(Option<Box<str>>),
}

/// How somebody signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The name.
    pub name: Box<str>,
    /// What the signer is there.
    pub title: Box<str>,
    /// By what the signer may bind the company.
    pub authority: Box<str>,
    /// SHA-256 of the text that was shown, in hexadecimal.
    pub text_sha256: Box<str>,
}

/// What a decision looks at beside the agreement.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The catalogue that counts.
    pub catalogue: &'a Catalogue,
    /// What the customer's orders are priced by: of this agreement and of others.
    pub sheets: &'a [RateSheet],
    /// The time.
    pub now: Timestamp,
}

impl Facts<'_> {
    /// Today, by the company's clock.
    #[must_use]
    pub fn today(&self) -> Date {
        company_day(self.now)
    }
}

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state.
    NotInState(AgreementState),
    /// It is not for somebody of these roles.
    NotTheirDuty,
    /// Somebody else negotiates it.
    NotAssigned(StaffMember),
    /// Nobody approves their own.
    TheirOwn,
    /// This person has approved it already, on another level.
    ApprovedAlready,
    /// Another level comes first.
    OutOfOrder {
        /// Which.
        next: ApprovalLevelId,
    },
    /// It was edited since it was looked at.
    Edited {
        /// What it is now.
        now: Seen,
    },
    /// What was entered must be changed.
    Fields(Vec<FieldError>),
    /// It needs this level's approval still.
    NeedsApproval(ApprovalLevelId),
    /// There are no rates in it.
    NoRates,
    /// Rates that may not be as they are: below the floor, or above the list price.
    Rates(Vec<FieldError>),
    /// Something in it is not sold any more.
    NotSold(OfferingId),
    /// Another company's offer for a loop holds no more.
    LoopQuoteExpired(RateSubject),
    /// Its text is not what was shown.
    TextChanged,
    /// It can't be accepted any more.
    OfferExpired(Date),
    /// Its time is not over.
    NotOver,
    /// The customer has another agreement for the same places and days.
    Overlaps(AgreementReference),
    /// There is no such clause, or nobody asked about it.
    NoSuchClause,
    /// This clause is not answered yet.
    Unanswered(ClauseId),
    /// Nothing is negotiated here.
    NothingNegotiated,
    /// Agreements are made with businesses; households pay what the list says.
    NotABusiness,
    /// The amounts are beyond reckoning.
    Money(MoneyError),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

/// A new agreement, as the company offers it.
///
/// # Errors
/// [`Refusal::NotTheirDuty`], [`Refusal::NotABusiness`], [`Refusal::NothingNegotiated`], and [`Refusal::Fields`] about `name`.
pub fn begin(
    id: AgreementId,
    customer: AgreedWith,
    name: &str,
    by: StaffMember,
    roles: &BTreeSet<Role>,
    facts: &Facts<'_>,
) -> Result<Agreement, Refusal> {
    if !roles.iter().any(|role| role.does(Duty::Negotiate)) {
        return Err(Refusal::NotTheirDuty);
    }
    if customer.kind != CustomerKind::Business {
        return Err(Refusal::NotABusiness);
    }
    let negotiation = facts.catalogue.negotiation.as_ref().ok_or(Refusal::NothingNegotiated)?;
    let terms = editing::standard_terms(negotiation, &customer, name)?;
    let version = AgreementVersion { number: 1, revision: 0, terms, waivers: vec![], authors: vec![by.clone()] };
    let mut agreement = Agreement {
        id,
        customer,
        owner: by.clone(),
        begun: facts.now,
        changed: facts.now,
        newest: Stage::Draft(Draft { version, returned: None }),
        last_signed: None,
        earlier: vec![],
        trail: vec![],
    };
    agreement.write_down(facts.now, Some(ActedBy::Staff(by)), Event::Begun);
    Ok(agreement)
}

/// The agreement that a command makes of an agreement.
///
/// # Errors
/// Why it was not carried out.
pub fn decide(agreement: &Agreement, command: Command, facts: &Facts<'_>) -> Result<Agreement, Refusal> {
    let mut after = agreement.clone();
    let (by, event) = match command {
        Command::Staff { by, roles, deed } => {
            let event = staff(&mut after, &by, &roles, deed, facts)?;
            (Some(ActedBy::Staff(by)), event)
        }
        Command::Customer { by, deed } => (Some(ActedBy::Customer(by)), offer::customer(&mut after, by, deed, facts)?),
        Command::Lapse => (None, offer::lapse(&mut after, facts)?),
    };
    after.changed = facts.now;
    after.write_down(facts.now, by, event);
    Ok(after)
}

fn staff(
    agreement: &mut Agreement,
    by: &StaffMember,
    roles: &BTreeSet<Role>,
    deed: StaffDeed,
    facts: &Facts<'_>,
) -> Result<Event, Refusal> {
    may(agreement, by, roles, &deed)?;
    let state = agreement.state();
    match (agreement.newest.clone(), deed) {
        (stage @ (Stage::Draft(_) | Stage::InApproval(_) | Stage::Approved(_)), StaffDeed::Edit(edit)) => {
            let (stage, event) = editing::edit(stage, *edit, by, roles, facts)?;
            agreement.newest = stage;
            Ok(event)
        }
        (Stage::Draft(mut draft), StaffDeed::Waive { subject, down_to, reason }) => {
            checks::waive(&mut draft.version, subject.clone(), down_to, &reason, by, facts)?;
            agreement.newest = Stage::Draft(draft);
            Ok(Event::Waived(subject))
        }
        (Stage::Draft(draft), StaffDeed::AskApproval) => {
            check(&draft.version, facts)?;
            let needs = needs(&draft.version, facts.catalogue)?;
            agreement.newest = match needs.is_empty() {
                true => Stage::Approved(draft.without_approval()),
                false => Stage::InApproval(draft.ask(by.clone(), facts.now, needs)),
            };
            Ok(Event::ApprovalAsked)
        }
        (Stage::InApproval(waiting), StaffDeed::Withdraw) => {
            agreement.newest = Stage::Draft(waiting.give_back(None));
            Ok(Event::Withdrawn)
        }
        (Stage::Approved(approved), StaffDeed::Withdraw) => {
            agreement.newest = Stage::Draft(approved.reopen());
            Ok(Event::Withdrawn)
        }
        (Stage::InApproval(_), StaffDeed::Approve { level, seen }) => approve(agreement, by, roles, level, seen, facts),
        (Stage::InApproval(waiting), StaffDeed::Return { reason, seen }) => {
            same(&waiting.version, seen)?;
            let reason = required("reason", &reason, LONGEST_REASON)?;
            let returned = Returned { by: by.clone(), at: facts.now, reason: reason.clone() };
            agreement.newest = Stage::Draft(waiting.give_back(Some(returned)));
            Ok(Event::Returned(reason))
        }
        (Stage::Approved(approved), StaffDeed::Send { seen, valid_until }) => {
            same(&approved.version, seen)?;
            agreement.newest = Stage::Sent(offer::send(agreement, approved, by, valid_until, facts)?);
            Ok(Event::Sent(valid_until))
        }
        (stage, StaffDeed::Recall(reason)) => {
            let reason = required("reason", &reason, LONGEST_REASON)?;
            agreement.newest = offer::recall(stage, by, &reason, facts)?;
            Ok(Event::Recalled(reason))
        }
        (Stage::Countered(mut countered), StaffDeed::Answer(clause, answer)) => {
            if !countered.counter.clauses.iter().any(|wish| wish.clause == clause) {
                return Err(Refusal::NoSuchClause);
            }
            let answer = editing::answer(answer)?;
            countered.answers.retain(|answered| answered.clause != clause);
            countered.answers.push(AnsweredClause { clause, answer, by: by.clone(), at: facts.now });
            agreement.newest = Stage::Countered(countered);
            Ok(Event::ClauseAnswered)
        }
        (stage, StaffDeed::Revise) => {
            revise(agreement, &stage, by, facts)?;
            Ok(Event::Begun)
        }
        (Stage::AwaitingCountersignature(waiting), StaffDeed::Countersign(signing)) => {
            let signature = offer::signature(&waiting.offer, signing, by.person, facts.now)?;
            offer::countersign(agreement, waiting, signature, facts)
        }
        (_, StaffDeed::Terminate { last_day, reason }) => offer::terminate(agreement, by, last_day, &reason, facts),
        (stage, StaffDeed::TakeOver) if !stage.state().is_final() => {
            agreement.owner = by.clone();
            Ok(Event::TakenOver)
        }
        (
            _,
            StaffDeed::Edit(_)
            | StaffDeed::Waive { .. }
            | StaffDeed::AskApproval
            | StaffDeed::Withdraw
            | StaffDeed::Approve { .. }
            | StaffDeed::Return { .. }
            | StaffDeed::Send { .. }
            | StaffDeed::Answer(..)
            | StaffDeed::Countersign(_)
            | StaffDeed::TakeOver,
        ) => Err(Refusal::NotInState(state)),
    }
}

/// Whether a deed is this person's: approvers approve, whoever negotiates the agreement does the rest.
fn may(agreement: &Agreement, by: &StaffMember, roles: &BTreeSet<Role>, deed: &StaffDeed) -> Result<(), Refusal> {
    let does = |duty| roles.iter().any(|role| role.does(duty));
    let negotiates = does(Duty::Negotiate);
    match deed {
        StaffDeed::Approve { .. } | StaffDeed::Return { .. } | StaffDeed::Waive { .. } if does(Duty::Approve) => Ok(()),
        StaffDeed::Edit(_) if does(Duty::Approve) && matches!(agreement.newest, Stage::InApproval(_)) => Ok(()),
        StaffDeed::Approve { .. } | StaffDeed::Return { .. } | StaffDeed::Waive { .. } => Err(Refusal::NotTheirDuty),
        StaffDeed::TakeOver if negotiates => Ok(()),
        _ if !negotiates => Err(Refusal::NotTheirDuty),
        _ if agreement.owner.person != by.person => Err(Refusal::NotAssigned(agreement.owner.clone())),
        _ => Ok(()),
    }
}

/// Whether what somebody decides about is what they saw.
fn same(version: &AgreementVersion, seen: Seen) -> Result<(), Refusal> {
    if version.seen() == seen { Ok(()) } else { Err(Refusal::Edited { now: version.seen() }) }
}

fn approve(
    agreement: &mut Agreement,
    by: &StaffMember,
    roles: &BTreeSet<Role>,
    level: ApprovalLevelId,
    seen: Seen,
    facts: &Facts<'_>,
) -> Result<Event, Refusal> {
    let Stage::InApproval(mut waiting) = agreement.newest.clone() else {
        return Err(Refusal::NotInState(agreement.state()));
    };
    same(&waiting.version, seen)?;
    let is_theirs = waiting.asked_by.person == by.person || waiting.version.is_by(by.person);
    if is_theirs {
        return Err(Refusal::TheirOwn);
    }
    if waiting.approvals.iter().any(|given| given.by.person == by.person) {
        return Err(Refusal::ApprovedAlready);
    }
    // The catalogue may have changed since approval was asked for.
    check(&waiting.version, facts)?;
    waiting.needs = needs(&waiting.version, facts.catalogue)?;
    if let Some(next) = next_level(&waiting.needs, &waiting.approvals) {
        if *next != level {
            return Err(Refusal::OutOfOrder { next: next.clone() });
        }
        let role = facts.catalogue.negotiation.as_ref().and_then(|negotiation| negotiation.level(&level)).map(|level| level.role);
        if !role.is_some_and(|role| roles.contains(&role)) {
            return Err(Refusal::NotTheirDuty);
        }
        waiting.approvals.push(Given { level: level.clone(), by: by.clone(), at: facts.now });
    }
    agreement.newest = match next_level(&waiting.needs, &waiting.approvals) {
        None => Stage::Approved(waiting.complete()),
        Some(_) => Stage::InApproval(waiting),
    };
    Ok(Event::Approved(level))
}

/// Begins the next version with what the one before says, and with what was answered to the customer's wishes.
fn revise(agreement: &mut Agreement, stage: &Stage, by: &StaffMember, facts: &Facts<'_>) -> Result<(), Refusal> {
    let mut version = stage.version().clone();
    match stage {
        Stage::Countered(countered) => editing::apply(&mut version.terms, countered)?,
        Stage::InForce(_) | Stage::Declined(_) | Stage::Recalled(_) | Stage::Expired(_) => {}
        Stage::Draft(_)
        | Stage::InApproval(_)
        | Stage::Approved(_)
        | Stage::Sent(_)
        | Stage::AwaitingCountersignature(_)
        | Stage::Superseded(_)
        | Stage::Terminated(_) => return Err(Refusal::NotInState(stage.state())),
    }
    agreement.earlier.push(EarlierVersion { number: version.number, state: stage.state(), since: facts.now });
    if matches!(stage, Stage::InForce(_)) {
        agreement.last_signed = Some(Box::new(stage.clone()));
    }
    version.number += 1;
    version.revision = 0;
    version.authors = vec![by.clone()];
    agreement.newest = Stage::Draft(Draft { version, returned: None });
    Ok(())
}

/// How a signature is taken from a form: see [`Signing`].
pub(super) fn signed(signing: Signing, person: PersonId, at: Timestamp) -> Result<Signature, Refusal> {
    let Signing { name, title, authority, text_sha256 } = signing;
    Ok(Signature {
        name: required("name", &name, LONGEST_NAME)?,
        title: required("title", &title, LONGEST_NAME)?,
        authority: required("authority", &authority, LONGEST_NAME)?,
        person,
        text_sha256,
        signed: at,
    })
}
