//! TMF641's events, read into what they say.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::money::{Currency, Money};
use order_manager::order::JeopardyKind;
use order_manager::provisioning::{Jeopardised, Report, ReportId, ServiceOrderId, ServiceOrderState, Told};
use order_manager::text::Text;
use serde::Deserialize;

/// The most characters of a text that is shown to a customer.
const LONGEST_TEXT: usize = 500;

/// An event that we listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    /// The service order is in another state.
    State,
    /// It is to be done on another day.
    Attribute,
    /// A milestone is reached.
    Milestone,
    /// The day is in danger, or no longer.
    Jeopardy,
    /// Something only the customer can say.
    InformationRequired,
}

impl EventKind {
    /// The event whose listener has this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "serviceOrderStateChangeEvent" => Self::State,
            "serviceOrderAttributeValueChangeEvent" => Self::Attribute,
            "serviceOrderMilestoneStateChangeEvent" => Self::Milestone,
            "serviceOrderJeopardyAlertEvent" => Self::Jeopardy,
            "serviceOrderInformationRequiredEvent" => Self::InformationRequired,
            _ => return None,
        })
    }
}

/// An event that says nothing we understand; why, for its sender.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable(pub(crate) String);

fn lacks(what: &str) -> Unreadable {
    Unreadable(format!("{what} is missing, or not as TMF641 v4.1 has it."))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    event_id: String,
    event_time: Timestamp,
    event: Payload,
    #[serde(default)]
    field_path: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    service_order: Resource,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    external_id: String,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    expected_completion_date: Option<Moment>,
    #[serde(default)]
    error_message: Option<ErrorMessage>,
    #[serde(default)]
    note: Vec<Note>,
    #[serde(default)]
    milestone: Vec<Milestone>,
    #[serde(default)]
    jeopardy_alert: Vec<JeopardyAlert>,
    #[serde(default)]
    construction_charge: Option<Charge>,
}

/// A moment, of which the day counts.
#[derive(Clone, Copy)]
struct Moment(Date);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let day = text.get(..10).and_then(|day| day.parse().ok());
        day.map(Self).ok_or_else(|| serde::de::Error::custom("no date-time"))
    }
}

#[derive(Deserialize)]
struct ErrorMessage {
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Note {
    #[serde(default)]
    id: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Milestone {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    milestone_date: Option<Timestamp>,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JeopardyAlert {
    #[serde(default)]
    name: Option<String>,
    /// `Normal` is a danger that has passed.
    #[serde(default)]
    jeopardy_type: Option<String>,
}

/// What has to be built first, at the customer's cost: our extension of the resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Charge {
    id: String,
    amount: Amount,
    reason: String,
    answer_by: Date,
}

#[derive(Deserialize)]
struct Amount {
    unit: String,
    value: serde_json::Number,
}

/// What an event says, with its id. One that says several things says them under ids of their own.
pub(crate) fn read(kind: EventKind, body: &[u8]) -> Result<(String, Vec<Report>), Unreadable> {
    // Too deep nesting is an error here, as any other that is no JSON.
    let envelope: Envelope = serde_json::from_slice(body).map_err(|error| Unreadable(error.to_string()))?;
    let Envelope { event_id, event_time, event: Payload { service_order }, field_path } = envelope;
    let id: ReportId = event_id.parse().map_err(|_| lacks("eventId"))?;
    let of: ServiceOrderId = service_order
        .external_id
        .parse()
        .map_err(|_| Unreadable("externalId is not one that we sent a service order with.".to_owned()))?;
    let told = told(kind, &service_order, field_path.as_deref())?;
    let one = |(number, (at, told)): (usize, (Option<Timestamp>, Told))| {
        let id = if number == 0 { Ok(id.clone()) } else { format!("{id}.{number}").parse() };
        let id = id.map_err(|_| lacks("eventId"))?;
        Ok(Report { id, of, at: at.unwrap_or(event_time), told })
    };
    let reports: Result<Vec<_>, Unreadable> = told.into_iter().enumerate().map(one).collect();
    Ok((event_id, reports?))
}

fn told(kind: EventKind, order: &Resource, field: Option<&str>) -> Result<Vec<(Option<Timestamp>, Told)>, Unreadable> {
    let said = |text: &str| Text::english(&text.trim().chars().take(LONGEST_TEXT).collect::<String>());
    let message = || {
        let error = order.error_message.as_ref();
        let text = error.and_then(|error| error.message.as_deref().or(error.reason.as_deref()));
        text.or(order.note.first().map(|note| note.text.as_str())).filter(|text| !text.trim().is_empty()).map(said)
    };
    match kind {
        EventKind::State => {
            let state = order.state.as_deref().and_then(ServiceOrderState::named).ok_or_else(|| lacks("serviceOrder.state"))?;
            Ok(vec![(None, Told::State(state, message()))])
        }
        EventKind::Attribute => {
            let Moment(day) = order.expected_completion_date.ok_or_else(|| lacks("serviceOrder.expectedCompletionDate"))?;
            Ok(vec![(None, Told::Day(day, message()))])
        }
        EventKind::Milestone => {
            let reached = |milestone: &Milestone| {
                let name = milestone.id.as_deref().or(milestone.name.as_deref());
                let id = name.and_then(|name| name.parse().ok()).ok_or_else(|| lacks("serviceOrder.milestone.id"))?;
                let is_reached =
                    milestone.status.as_deref().is_none_or(|status| matches!(status, "completed" | "reached" | "achieved"));
                Ok(is_reached.then_some((milestone.milestone_date, Told::Milestone(id))))
            };
            let all: Result<Vec<_>, Unreadable> =
                order.milestone.iter().filter_map(|milestone| reached(milestone).transpose()).collect();
            if order.milestone.is_empty() { Err(lacks("serviceOrder.milestone")) } else { all }
        }
        EventKind::Jeopardy => {
            let alert = |alert: &JeopardyAlert| {
                let kind = JeopardyKind::named(alert.name.as_deref().unwrap_or_default());
                let has_passed = alert.jeopardy_type.as_deref() == Some("Normal");
                (None, Told::Jeopardy(kind, if has_passed { Jeopardised::Passed } else { Jeopardised::Stands }))
            };
            if order.jeopardy_alert.is_empty() {
                Err(lacks("serviceOrder.jeopardyAlert"))
            } else {
                Ok(order.jeopardy_alert.iter().map(alert).collect())
            }
        }
        EventKind::InformationRequired => match (&order.construction_charge, order.note.first()) {
            (Some(charge), _) => Ok(vec![(None, charge_of(charge, said(&charge.reason))?)]),
            (None, Some(note)) => {
                let id = note.id.as_deref().unwrap_or_default().parse().map_err(|_| lacks("serviceOrder.note.id"))?;
                // The last part of the path is the answer's name: `serviceOrderItem.service.serviceCharacteristic.account-number`.
                let corrects = field.and_then(|path| path.rsplit('.').next()).and_then(|name| name.parse().ok());
                Ok(vec![(None, Told::Question { id, text: said(&note.text), corrects })])
            }
            (None, None) => Err(lacks("serviceOrder.note")),
        },
    }
}

fn charge_of(charge: &Charge, why: Text) -> Result<Told, Unreadable> {
    let id = charge.id.parse().map_err(|_| lacks("serviceOrder.constructionCharge.id"))?;
    let currency =
        Currency::from_code(&charge.amount.unit).ok_or_else(|| lacks("serviceOrder.constructionCharge.amount.unit"))?;
    let amount = Money::parse(&charge.amount.value.to_string(), currency).filter(|amount| amount.minor() > 0);
    let amount = amount.ok_or_else(|| lacks("serviceOrder.constructionCharge.amount.value"))?;
    Ok(Told::Charge { id, amount, why, answer_by: charge.answer_by })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const EXTERNAL: &str = "019c0000-0000-7000-8000-000000000001.019d0000-0000-7000-8000-000000000001.here";

    #[allow(clippy::needless_pass_by_value, reason = "so that a row reads as it is sent")]
    fn event(more: Value) -> Value {
        let mut order = json!({ "id": "77", "externalId": EXTERNAL });
        order.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        json!({ "eventId": "e-1", "eventTime": "2026-11-23T15:00:00.000Z", "eventType": "any", "event": { "serviceOrder": order } })
    }

    fn said(kind: &str, event: &Value) -> Result<Vec<Told>, Unreadable> {
        let (id, reports) = read(EventKind::named(kind).expect("an event"), event.to_string().as_bytes())?;
        assert_eq!(id, "e-1");
        assert!(reports.iter().all(|report| report.of.to_string() == EXTERNAL));
        Ok(reports.into_iter().map(|report| report.told).collect())
    }

    #[test]
    fn each_event_says_what_it_is_for() {
        let text = |text| Some(Text::english(text));
        let state = event(json!({ "state": "held", "errorMessage": { "message": "No port is free." } }));
        let held = Told::State(ServiceOrderState::Held, text("No port is free."));
        assert_eq!(said("serviceOrderStateChangeEvent", &state), Ok(vec![held]));
        let day = event(json!({ "expectedCompletionDate": "2026-12-09T17:00:00Z", "note": [{ "text": "Rain" }] }));
        let moved = Told::Day("2026-12-09".parse().expect("a day"), text("Rain"));
        assert_eq!(said("serviceOrderAttributeValueChangeEvent", &day), Ok(vec![moved]));
        let milestones =
            event(json!({ "milestone": [{ "id": "tested", "status": "completed" }, { "name": "next", "status": "planned" }] }));
        let tested = Told::Milestone("tested".parse().expect("an id"));
        assert_eq!(said("serviceOrderMilestoneStateChangeEvent", &milestones), Ok(vec![tested]));
        let alerts = event(json!({ "jeopardyAlert": [{ "name": "access" }, { "name": "aliens", "jeopardyType": "Normal" }] }));
        let access = Told::Jeopardy(JeopardyKind::Access, Jeopardised::Stands);
        let aliens = Told::Jeopardy(JeopardyKind::Other, Jeopardised::Passed);
        assert_eq!(said("serviceOrderJeopardyAlertEvent", &alerts), Ok(vec![access, aliens]));
        let mut asks = event(json!({ "note": [{ "id": "q-1", "text": "Which account number?" }] }));
        asks["fieldPath"] = json!("serviceOrderItem.service.serviceCharacteristic.account-number");
        let question = Told::Question {
            id: "q-1".parse().expect("an id"),
            text: Text::english("Which account number?"),
            corrects: Some("account-number".parse().expect("an id")),
        };
        assert_eq!(said("serviceOrderInformationRequiredEvent", &asks), Ok(vec![question]));
        let charge =
            json!({ "id": "c-1", "amount": { "unit": "USD", "value": 1250.5 }, "reason": "A trench", "answerBy": "2026-12-01" });
        let Ok(charges) = said("serviceOrderInformationRequiredEvent", &event(json!({ "constructionCharge": charge }))) else {
            panic!("a charge")
        };
        assert!(matches!(&charges[..], [Told::Charge { amount, .. }] if amount.minor() == 125_050));
    }

    #[test]
    fn what_is_no_such_event_is_said_to_be_none_and_nothing_panics() {
        assert_eq!(EventKind::named("serviceOrderDeleteEvent"), None);
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for body in ["", "null", "{", "[]", "\u{0}", "{\"eventId\": 1}", &deep] {
            assert!(read(EventKind::State, body.as_bytes()).is_err(), "{}", &body[..body.len().min(40)]);
        }
        let whole = event(json!({ "state": "held" }));
        for (pointer, wrong) in [
            ("/eventId", json!("")),
            ("/eventId", json!("with a blank")),
            ("/eventTime", json!("yesterday")),
            ("/event/serviceOrder/externalId", json!("77")),
            ("/event/serviceOrder/state", json!("done")),
            ("/event/serviceOrder/state", json!(7)),
            ("/event", json!([])),
        ] {
            let mut broken = whole.clone();
            *broken.pointer_mut(pointer).expect("a field") = wrong.clone();
            assert!(said("serviceOrderStateChangeEvent", &broken).is_err(), "{pointer}: {wrong}");
        }
        for kind in
            ["serviceOrderAttributeValueChangeEvent", "serviceOrderMilestoneStateChangeEvent", "serviceOrderJeopardyAlertEvent"]
        {
            assert!(said(kind, &whole).is_err(), "{kind}");
        }
    }
}
