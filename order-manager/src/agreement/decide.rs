//! Decisions: an agreement, a command, and the agreement that comes of it, or the reason why not.

mod checks;
mod command;
mod editing;
mod offer;

use std::collections::BTreeSet;

use jiff::Timestamp;

use self::checks::{LONGEST_NAME, LONGEST_REASON, check, required};
pub use self::checks::{LONGEST_TERM, MOST_AMOUNT, MOST_LINES};
pub use self::command::{Command, CustomerDeed, Facts, Refusal, Signing, StaffDeed};
pub use self::editing::{Edit, Group, NewWording};
use super::approval::{Given, needs, next_level};
use super::sheet::RateSheet;
use super::state::{AnsweredClause, Draft, Signature};
use super::{AgreedWith, Agreement, AgreementVersion, EarlierVersion, Event, Seen, Stage};
use crate::access::{ActedBy, Duty, Role, StaffMember};
use crate::id::{AgreementId, ApprovalLevelId, PersonId};
use crate::order::Returned;
use crate::party::CustomerKind;

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
