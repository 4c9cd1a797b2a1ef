//! How a service order stands by all that was said of it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Jeopardised, Report, ServiceOrderId, ServiceOrderState, Told};
use crate::id::MilestoneId;
use crate::order::{CommittedDay, ConstructionCharge, Jeopardy, JeopardyKind, Question};
use crate::text::Text;

/// How a service order stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Standing {
    /// Its last state, since when and why; none while nothing was said.
    pub state: Option<(ServiceOrderState, Timestamp, Option<Text>)>,
    /// When work on it began.
    pub started: Option<Timestamp>,
    /// Since when the system assesses or carries out a cancellation, or has refused one: its last word on that.
    pub cancelling: Option<(ServiceOrderState, Timestamp)>,
    /// The days it was to be done on, in the order they were told.
    pub days: Vec<CommittedDay>,
    /// The milestones reached.
    pub milestones: BTreeMap<MilestoneId, Timestamp>,
    /// The dangers that stand.
    pub jeopardies: Vec<Jeopardy>,
    /// The last question.
    pub question: Option<Question>,
    /// The last charge for building.
    pub charge: Option<ConstructionCharge>,
}

impl Standing {
    /// Its state; what nothing was said of is as it was sent.
    #[must_use]
    pub fn state(&self) -> ServiceOrderState {
        self.state.as_ref().map_or(ServiceOrderState::Acknowledged, |(state, ..)| *state)
    }

    /// When it ended, if it did.
    #[must_use]
    pub fn ended(&self) -> Option<Timestamp> {
        self.state.as_ref().filter(|(state, ..)| state.is_final()).map(|(_, at, _)| *at)
    }
}

/// Reads off how a service order stands. It comes to the same in whatever order reports are given, and however often each.
#[must_use]
pub fn standing(id: &ServiceOrderId, reports: &[Report]) -> Standing {
    let mut ours: Vec<_> = reports.iter().filter(|report| report.of == *id).collect();
    ours.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    ours.dedup_by(|one, other| one.id == other.id);
    let mut stands = Standing::default();
    let mut jeopardies = BTreeMap::<JeopardyKind, Option<Timestamp>>::new();
    for Report { at, told, .. } in ours {
        match told {
            Told::State(state, why) => take_state(&mut stands, *state, *at, why.as_ref()),
            Told::Day(day, why) => {
                if stands.days.last().is_none_or(|last| last.day != *day) {
                    stands.days.push(CommittedDay { day: *day, why: why.clone(), told: *at });
                }
            }
            Told::Milestone(milestone) => {
                stands.milestones.entry(milestone.clone()).or_insert(*at);
            }
            Told::Jeopardy(kind, Jeopardised::Stands) => {
                let since = jeopardies.entry(*kind).or_default();
                since.get_or_insert(*at);
            }
            Told::Jeopardy(kind, Jeopardised::Passed) => {
                jeopardies.insert(*kind, None);
            }
            Told::Question { id, text, corrects } => {
                let question =
                    Question { id: id.clone(), text: text.clone(), corrects: corrects.clone(), asked: *at, answer: None };
                stands.question = Some(question);
            }
            Told::Charge { id, amount, why, answer_by } => {
                let (id, why) = (id.clone(), why.clone());
                let charge = ConstructionCharge { id, amount: *amount, why, answer_by: *answer_by, decision: None };
                stands.charge = Some(charge);
            }
        }
    }
    let standing = jeopardies.into_iter().filter_map(|(kind, since)| since.map(|since| Jeopardy { kind, since }));
    stands.jeopardies = standing.collect();
    stands
}

/// A state counts when it can come after the one before; a system that says otherwise is not believed.
fn take_state(stands: &mut Standing, state: ServiceOrderState, at: Timestamp, why: Option<&Text>) {
    use ServiceOrderState as S;
    if let Some((before, ..)) = &stands.state {
        if !before.may_become(state) {
            return;
        }
        if matches!((before, state), (S::AssessingCancellation, S::InProgress | S::Held | S::Pending)) {
            stands.cancelling = Some((state, at));
        }
    }
    if matches!(state, S::AssessingCancellation | S::PendingCancellation) {
        stands.cancelling = Some((state, at));
    }
    let has_started = matches!(state, S::InProgress | S::Held | S::Pending | S::Completed | S::Failed | S::Partial);
    if has_started {
        stands.started.get_or_insert(at);
    }
    stands.state = Some((state, at, why.cloned()));
}
