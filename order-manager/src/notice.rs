//! What a customer would want to know of a placed order, as it stands: each thing once, however often it is looked at.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::mailing::{Topic, Weight};
use crate::money::Money;
use crate::order::{
    Cancelled, CommittedDay, Content, Failed, Held, ItemState, JeopardyKind, OrderState, Pending, PendingCancellation, Placed,
    PlacedItem, ProductOrder, Rejected,
};
use crate::provisioning::unsaid;
use crate::text::Text;

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is known by among everything told of the order: what was told under it is not told again.
    pub key: String,
    /// What.
    pub news: News,
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// We have the order.
    Received,
    /// It can't be carried out, and why.
    Rejected(Text),
    /// Work has begun.
    Started,
    /// We committed to a day.
    Day {
        /// For what.
        what: Text,
        /// The day.
        day: Date,
        /// The day before, and why it is another now, where it is one.
        moved: Option<(Date, Option<Text>)>,
    },
    /// Something endangers the day.
    Jeopardy {
        /// Of what.
        what: Text,
        /// What endangers it.
        kind: JeopardyKind,
    },
    /// It stands still, and why.
    Held(Text),
    /// We need to know something.
    Question(Text),
    /// Something has to be built first, at the customer's cost.
    Charge {
        /// For what.
        what: Text,
        /// How much.
        amount: Money,
        /// What it pays for.
        why: Text,
        /// The last day to accept it.
        answer_by: Date,
    },
    /// What was answered is another, and what the order costs a month with it.
    Amended {
        /// Of what.
        what: Text,
        /// How much.
        monthly: Money,
    },
    /// A service works.
    InService(Text),
    /// Everything works.
    Completed,
    /// Some of it works, some never will.
    Partial,
    /// None of it ever will, and why.
    Failed(Text),
    /// The wish to cancel is being looked at.
    CancellationAsked,
    /// It is granted, at a charge.
    CancellationGranted(Money),
    /// The order is cancelled, at a charge.
    Cancelled(Money),
}

impl News {
    /// Its stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received => "order-received",
            Self::Rejected(_) => "order-rejected",
            Self::Started => "order-started",
            Self::Day { .. } => "order-day",
            Self::Jeopardy { .. } => "order-jeopardy",
            Self::Held(_) => "order-held",
            Self::Question(_) => "order-question",
            Self::Charge { .. } => "order-charge",
            Self::Amended { .. } => "order-amended",
            Self::InService(_) => "order-in-service",
            Self::Completed => "order-completed",
            Self::Partial => "order-partial",
            Self::Failed(_) => "order-failed",
            Self::CancellationAsked => "order-cancellation-asked",
            Self::CancellationGranted(_) => "order-cancellation-granted",
            Self::Cancelled(_) => "order-cancelled",
        }
    }

    /// Whether a customer may do without it. A day that is settled is good news, and one that moves is a promise that changes; a danger
    /// that the customer can do something about is told to whoever wants to hear of none.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Started | Self::InService(_) | Self::Day { moved: None, .. } => Weight::Courtesy(Topic::Progress),
            Self::Held(_) => Weight::Courtesy(Topic::Outlook),
            Self::Jeopardy { kind, .. } => match kind {
                JeopardyKind::Access | JeopardyKind::PlaceNotReady => Weight::Contractual,
                JeopardyKind::Facilities
                | JeopardyKind::OtherCompany
                | JeopardyKind::Equipment
                | JeopardyKind::Weather
                | JeopardyKind::Other => Weight::Courtesy(Topic::Outlook),
            },
            Self::Received
            | Self::Rejected(_)
            | Self::Day { moved: Some(_), .. }
            | Self::Question(_)
            | Self::Charge { .. }
            | Self::Amended { .. }
            | Self::Completed
            | Self::Partial
            | Self::Failed(_)
            | Self::CancellationAsked
            | Self::CancellationGranted(_)
            | Self::Cancelled(_) => Weight::Contractual,
        }
    }
}

/// What there is to tell of an order as it stands. What it stood at before and was never told of is not told any more: it would be
/// old news.
#[must_use]
pub fn notices(order: &ProductOrder) -> Vec<Notice> {
    let Content::Placed(placed) = order.content() else { return vec![] };
    let once = |news: News| Notice { key: news.name().to_owned(), news };
    let since = |news: News, since: Timestamp| Notice { key: format!("{}#{since}", news.name()), news };
    let mut notices = vec![];
    if order.state() != OrderState::Rejected {
        notices.push(once(News::Received));
    }
    match order {
        ProductOrder::InProgress(_) => notices.push(once(News::Started)),
        ProductOrder::Rejected(Rejected { reason, .. }) => notices.push(once(News::Rejected(reason.clone()))),
        ProductOrder::Held(Held { reason, since: at, .. }) => notices.push(since(News::Held(reason.clone()), *at)),
        // What is asked of an item is told with the item; and nothing is, until it is known what.
        ProductOrder::Pending(Pending { question, .. }) if asks_by_an_item(placed) || *question == unsaid() => {}
        ProductOrder::Pending(Pending { question, since: at, .. }) => notices.push(since(News::Question(question.clone()), *at)),
        ProductOrder::Completed(_) => notices.push(once(News::Completed)),
        ProductOrder::Partial(_) => notices.push(once(News::Partial)),
        ProductOrder::Failed(Failed { reason, .. }) => notices.push(once(News::Failed(reason.clone()))),
        ProductOrder::AssessingCancellation(order) => notices.push(since(News::CancellationAsked, order.since)),
        ProductOrder::PendingCancellation(PendingCancellation { charge, since: at, .. }) => {
            notices.push(since(News::CancellationGranted(*charge), *at));
        }
        ProductOrder::Cancelled(Cancelled { charge, .. }) => notices.push(once(News::Cancelled(*charge))),
        _ => {}
    }
    if !order.state().is_final() {
        notices.extend(placed.items.iter().flat_map(|item| of_item(item, placed)));
    }
    notices
}

fn asks_by_an_item(placed: &Placed) -> bool {
    placed.items.iter().map(|item| &item.on_the_way).any(|way| way.open_question().is_some() || way.open_charge().is_some())
}

/// What there is to tell of an item that is on its way, or has just come to its end among others that are not there yet.
fn of_item(item: &PlacedItem, placed: &Placed) -> Vec<Notice> {
    let keyed = |news: News, of: &dyn std::fmt::Display| Notice { key: format!("{}#{}#{of}", news.name(), item.id), news };
    if item.state == ItemState::Completed {
        let several = placed.items.len() > 1;
        return several.then(|| keyed(News::InService(item.name.clone()), &"once")).into_iter().collect();
    }
    let mut notices = vec![];
    if let [before @ .., CommittedDay { day, why, told }] = &item.on_the_way.days[..] {
        let moved = before.last().filter(|before| before.day != *day).map(|before| (before.day, why.clone()));
        notices.push(keyed(News::Day { what: item.name.clone(), day: *day, moved }, told));
    }
    if let (Some(amended), Ok(monthly)) = (item.on_the_way.amended, placed.price.monthly()) {
        notices.push(keyed(News::Amended { what: item.name.clone(), monthly }, &amended));
    }
    for jeopardy in &item.on_the_way.jeopardies {
        notices.push(keyed(News::Jeopardy { what: item.name.clone(), kind: jeopardy.kind }, &jeopardy.since));
    }
    if let Some(question) = item.on_the_way.open_question() {
        notices.push(keyed(News::Question(question.text.clone()), &question.id));
    }
    if let Some(charge) = item.on_the_way.open_charge() {
        let (what, why) = (item.name.clone(), charge.why.clone());
        notices.push(keyed(News::Charge { what, amount: charge.amount, why, answer_by: charge.answer_by }, &charge.id));
    }
    notices
}
