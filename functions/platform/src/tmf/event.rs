//! What is told of orders (TMF622 v4, notifications).

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    /// An order was received.
    Create,
    /// It is in another state.
    StateChange,
    /// Something else about it has changed.
    AttributeValueChange,
    /// It waits for something to be said.
    InformationRequired,
    /// It was deleted.
    Delete,
    /// A cancellation was asked for.
    CancelCreate,
    /// A cancellation is further on, or at its end.
    CancelStateChange,
}

impl EventType {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Create,
        Self::StateChange,
        Self::AttributeValueChange,
        Self::InformationRequired,
        Self::Delete,
        Self::CancelCreate,
        Self::CancelStateChange,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Create => "ProductOrderCreateEvent",
            Self::StateChange => "ProductOrderStateChangeEvent",
            Self::AttributeValueChange => "ProductOrderAttributeValueChangeEvent",
            Self::InformationRequired => "ProductOrderInformationRequiredEvent",
            Self::Delete => "ProductOrderDeleteEvent",
            Self::CancelCreate => "CancelProductOrderCreateEvent",
            Self::CancelStateChange => "CancelProductOrderStateChangeEvent",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire_name() == name)
    }
}

/// The kinds that a listener's query asks for, as `eventType=ProductOrderCreateEvent,ProductOrderStateChangeEvent`, or with the
/// parameter again for each; `None` where it asks for anything else.
#[must_use]
pub fn events_asked_for(query: &str) -> Option<Vec<EventType>> {
    let mut kinds = vec![];
    for part in query.trim_start_matches('?').split('&') {
        let (name, values) = part.split_once('=')?;
        if name != "eventType" {
            return None;
        }
        for value in values.split(',') {
            kinds.push(EventType::named(value)?);
        }
    }
    Some(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_asks_for_kinds_of_events_and_for_nothing_else() {
        let (create, change) = (EventType::Create, EventType::StateChange);
        let both = "eventType=ProductOrderCreateEvent,ProductOrderStateChangeEvent";
        assert_eq!(events_asked_for(both), Some(vec![create, change]));
        let again = "eventType=ProductOrderCreateEvent&eventType=ProductOrderStateChangeEvent";
        assert_eq!(events_asked_for(again), Some(vec![create, change]));
        for wrong in ["", "eventType", "eventType=", "eventType=OrderEvent", "id=1", "eventType=ProductOrderCreateEvent&id=1"] {
            assert_eq!(events_asked_for(wrong), None, "{wrong}");
        }
    }
}
