//! What happens to a version once it is approved: it is sent, answered, signed, and ends.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::super::state::{Approved, AwaitingCountersignature, Counter, Countered, Offer, Sent, Signature};
use super::super::{Agreement, AgreementState, AgreementVersion, Event, RateSheet, Stage, Starts, needs, next_level, text_of};
use super::checks::{LONGEST_REASON, check, required};
use super::{CustomerDeed, Facts, Refusal, Signing, signed};
use crate::access::StaffMember;
use crate::catalogue::AtTermEnd;
use crate::entered::{FieldError, Reason};
use crate::id::{ClauseId, PersonId};

/// Sends a version, with everything that it needs checked once more.
pub(super) fn send(
    agreement: &Agreement,
    approved: Approved,
    by: &StaffMember,
    valid_until: Date,
    facts: &Facts<'_>,
) -> Result<Sent, Refusal> {
    check(&approved.version, facts)?;
    // The catalogue may ask for more than it did when this was approved.
    let needed = needs(&approved.version, facts.catalogue)?;
    if let Some(level) = next_level(&needed, &approved.approvals) {
        return Err(Refusal::NeedsApproval(level.clone()));
    }
    let longest = facts.catalogue.negotiation.as_ref().map_or(0, |negotiation| negotiation.longest_offer_days);
    let last = facts.today().saturating_add(i32::from(longest).days());
    let wrong = |reason| Err(Refusal::Fields(vec![FieldError::new("valid-until", reason)]));
    if valid_until < facts.today() {
        return wrong(Reason::TooEarly(facts.today()));
    }
    if valid_until > last {
        return wrong(Reason::TooLate(last));
    }
    let (from, until) = days(&approved.version, facts.today());
    apart(agreement, &approved.version, from, until, facts)?;
    let text = text_of(&approved.version, &agreement.customer, facts.catalogue);
    Ok(approved.send(text, by.clone(), facts.now, valid_until))
}

/// The first and the last day of a version's term, where it is signed today.
fn days(version: &AgreementVersion, today: Date) -> (Date, Date) {
    let term = &version.terms.term;
    let from = match term.starts {
        Starts::LaterSignature => today,
        Starts::On(day) => day.max(today),
    };
    (from, from.saturating_add(i32::from(term.months).months()).yesterday().unwrap_or(Date::MAX))
}

/// Sees that no other agreement of the customer's counts at the same places on the same days.
fn apart(agreement: &Agreement, version: &AgreementVersion, from: Date, until: Date, facts: &Facts<'_>) -> Result<(), Refusal> {
    let sheet = sheet(agreement, version, from, until);
    let other = facts.sheets.iter().find(|other| other.agreement.id != agreement.id && other.overlaps(&sheet));
    other.map_or(Ok(()), |other| Err(Refusal::Overlaps(other.agreement.clone())))
}

fn sheet(agreement: &Agreement, version: &AgreementVersion, from: Date, until: Date) -> RateSheet {
    RateSheet::of(agreement.id, agreement.customer.id, version, from, until)
}

/// Takes an offer back.
pub(super) fn recall(stage: Stage, by: &StaffMember, reason: &str, facts: &Facts<'_>) -> Result<Stage, Refusal> {
    let state = stage.state();
    let (Stage::Sent(Sent { offer })
    | Stage::Countered(Countered { offer, .. })
    | Stage::AwaitingCountersignature(AwaitingCountersignature { offer, .. })) = stage
    else {
        return Err(Refusal::NotInState(state));
    };
    Ok(Stage::Recalled(offer.recall(by.clone(), facts.now, reason.into())))
}

/// A signature under the very text that was sent.
pub(super) fn signature(offer: &Offer, signing: Signing, person: PersonId, now: Timestamp) -> Result<Signature, Refusal> {
    if signing.text_sha256 != offer.text_sha256 {
        return Err(Refusal::TextChanged);
    }
    signed(signing, person, now)
}

/// What a customer does.
pub(super) fn customer(agreement: &mut Agreement, by: PersonId, deed: CustomerDeed, facts: &Facts<'_>) -> Result<Event, Refusal> {
    let Stage::Sent(sent) = agreement.newest.clone() else {
        return Err(Refusal::NotInState(agreement.state()));
    };
    if facts.today() > sent.offer.valid_until && !matches!(deed, CustomerDeed::Decline(_)) {
        return Err(Refusal::OfferExpired(sent.offer.valid_until));
    }
    let (stage, event) = match deed {
        CustomerDeed::Accept(signing) => {
            let signature = signature(&sent.offer, signing, by, facts.now)?;
            (Stage::AwaitingCountersignature(sent.accept(signature)), Event::Accepted)
        }
        CustomerDeed::Counter(counter) => {
            let known = |clause: &ClauseId| sent.offer.version.terms.clauses.iter().any(|one| one.id == *clause);
            if !counter.clauses.iter().all(|wish| known(&wish.clause)) {
                return Err(Refusal::NoSuchClause);
            }
            let counter = Counter { by, at: facts.now, ..*counter };
            (Stage::Countered(sent.counter(counter)), Event::Countered)
        }
        CustomerDeed::Decline(reason) => {
            let reason = reason.map(|reason| required("reason", &reason, LONGEST_REASON)).transpose()?;
            (Stage::Declined(sent.decline(by, facts.now, reason)), Event::Declined)
        }
    };
    agreement.newest = stage;
    Ok(event)
}

/// Signs for the company: the version is in force from its first day on, and the one before it no more.
pub(super) fn countersign(
    agreement: &mut Agreement,
    waiting: AwaitingCountersignature,
    company: Signature,
    facts: &Facts<'_>,
) -> Result<Event, Refusal> {
    let (from, until) = days(&waiting.offer.version, facts.today());
    apart(agreement, &waiting.offer.version, from, until, facts)?;
    let number = waiting.offer.version.number;
    if let Some(Stage::InForce(before)) = agreement.last_signed.as_deref() {
        let last_day = from.yesterday().unwrap_or(from);
        let superseded = Stage::Superseded(before.clone().supersede(number, facts.now, last_day));
        settle_earlier(agreement, superseded, facts);
    }
    agreement.newest = Stage::InForce(waiting.countersign(company, from, until));
    Ok(Event::Countersigned(from))
}

/// Ends what is in force before its time.
pub(super) fn terminate(
    agreement: &mut Agreement,
    by: &StaffMember,
    last_day: Date,
    reason: &str,
    facts: &Facts<'_>,
) -> Result<Event, Refusal> {
    let in_force = agreement.in_force().cloned().ok_or(Refusal::NotInState(agreement.state()))?;
    let reason = required("reason", reason, LONGEST_REASON)?;
    let wrong = |reason| Err(Refusal::Fields(vec![FieldError::new("last-day", reason)]));
    if last_day < facts.today() {
        return wrong(Reason::TooEarly(facts.today()));
    }
    if last_day > in_force.until && in_force.offer.version.terms.term.at_end == AtTermEnd::Disconnect {
        return wrong(Reason::TooLate(in_force.until));
    }
    let ended = Stage::Terminated(in_force.terminate(by.clone(), facts.now, last_day, reason.clone()));
    settle(agreement, ended, facts);
    Ok(Event::Terminated(reason))
}

/// Sees whether the time is over of what was sent, or of what is in force.
pub(super) fn lapse(agreement: &mut Agreement, facts: &Facts<'_>) -> Result<Event, Refusal> {
    if let Stage::Sent(sent) = agreement.newest.clone() {
        if facts.today() <= sent.offer.valid_until {
            return Err(Refusal::NotOver);
        }
        agreement.newest = Stage::Expired(sent.expire(facts.now));
        return Ok(Event::Expired);
    }
    let in_force = agreement.in_force().cloned().ok_or(Refusal::NotInState(agreement.state()))?;
    let goes_on = in_force.offer.version.terms.term.at_end != AtTermEnd::Disconnect;
    if goes_on || facts.today() <= in_force.until {
        return Err(Refusal::NotOver);
    }
    settle(agreement, Stage::Expired(in_force.expire(facts.now)), facts);
    Ok(Event::Expired)
}

/// Puts what became of the version in force in its place.
fn settle(agreement: &mut Agreement, ended: Stage, facts: &Facts<'_>) {
    if agreement.state() == AgreementState::InForce {
        agreement.newest = ended;
    } else {
        settle_earlier(agreement, ended, facts);
    }
}

fn settle_earlier(agreement: &mut Agreement, ended: Stage, facts: &Facts<'_>) {
    for earlier in &mut agreement.earlier {
        if earlier.number == ended.version().number {
            (earlier.state, earlier.since) = (ended.state(), facts.now);
        }
    }
    agreement.last_signed = Some(Box::new(ended));
}
