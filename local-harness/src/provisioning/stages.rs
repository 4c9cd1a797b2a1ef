//! The stages of a service order, in the order in which they would come.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;

/// Something that comes of a service order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is in this state.
    State(&'static str),
    /// A milestone is reached.
    Milestone(String),
    /// The day is settled.
    Day,
}

/// The milestones after which a day is settled, where there is one of them; otherwise it is settled at once.
const SETTLING: [&str; 2] = ["date-confirmed", "port-confirmed"];

/// The first two stages come within minutes, as systems take an order up.
const FIRST: SignedDuration = SignedDuration::from_mins(2);

/// The stages of a service order, by what was sent.
pub(super) fn stages(content: &Value) -> Vec<Stage> {
    let milestones = milestones(content);
    let settles = milestones.iter().find(|milestone| SETTLING.contains(&milestone.as_str()));
    let settles = settles.or(milestones.first()).cloned();
    let mut all = vec![Stage::State("inProgress")];
    for milestone in milestones {
        let is_settling = settles.as_ref() == Some(&milestone);
        all.push(Stage::Milestone(milestone));
        if is_settling {
            all.push(Stage::Day);
        }
    }
    all.push(Stage::State("completed"));
    all
}

/// The stages of a cancellation.
pub(super) fn cancelling() -> Vec<Stage> {
    vec![Stage::State("pendingCancellation"), Stage::State("cancelled")]
}

fn milestones(content: &Value) -> Vec<String> {
    let characteristics = content["serviceOrderItem"][0]["service"]["serviceCharacteristic"].as_array();
    let told = characteristics.into_iter().flatten().find(|one| one["name"] == "milestones");
    let ids = told.and_then(|told| told["value"].as_array()).into_iter().flatten();
    ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// The day that a service order asks for.
pub(super) fn day_asked_for(content: &Value) -> Option<Date> {
    content["requestedCompletionDate"].as_str()?.get(..10)?.parse().ok()
}

/// When the next stage comes: the first ones within minutes, the others so that the last comes on the day.
pub(super) fn next_due(left: usize, total: usize, day: Option<Date>, now: Timestamp) -> Timestamp {
    let end = day.and_then(|day| day.at(15, 0, 0, 0).to_zoned(TimeZone::UTC).ok()).map_or(now, |end| end.timestamp());
    let remaining = end.duration_since(now);
    let share = i32::try_from(left.max(1)).ok().and_then(|left| remaining.checked_div(left)).unwrap_or(FIRST);
    let wait = if total - left.min(total) < 2 { FIRST } else { share.max(FIRST) };
    now.saturating_add(wait).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn content(milestones: &[&str]) -> Value {
        let told = json!([{ "name": "speed", "value": "fast" }, { "name": "milestones", "value": milestones }]);
        json!({ "serviceOrderItem": [{ "service": { "serviceCharacteristic": told } }] })
    }

    #[test]
    fn a_day_is_settled_when_everything_is_confirmed_or_at_once_where_nothing_is() {
        let names = |milestones: &[&str]| {
            let name = |stage| match stage {
                Stage::State(state) => state.to_owned(),
                Stage::Milestone(id) => id,
                Stage::Day => "day".to_owned(),
            };
            stages(&content(milestones)).into_iter().map(name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&["accepted", "in-service"]), "inProgress accepted day in-service completed");
        let port = ["accepted", "port-requested", "port-confirmed", "activated"];
        assert_eq!(names(&port), "inProgress accepted port-requested port-confirmed day activated completed");
        assert_eq!(names(&[]), "inProgress completed");
    }

    #[test]
    fn the_last_stage_comes_on_the_day() {
        let now: Timestamp = "2026-12-01T15:00:00Z".parse().expect("a time");
        let day = Some("2026-12-05".parse().expect("a day"));
        assert_eq!(next_due(6, 6, day, now), now + FIRST);
        assert_eq!(next_due(4, 6, day, now), now + SignedDuration::from_hours(24));
        assert_eq!(next_due(1, 6, day, now).to_string(), "2026-12-05T15:00:00Z");
        assert_eq!(next_due(1, 6, None, now), now + FIRST);
    }
}
