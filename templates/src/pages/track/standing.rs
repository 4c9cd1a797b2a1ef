//! How an order stands, in words, state by state.

use std::borrow::Cow;

use jiff::Timestamp;
use order_manager::money::Money;
use order_manager::order::{Placed, PlacedItem, ProductOrder};
use order_manager::text::Text;

use super::Track;
use crate::components::order_details::local_moment;
use crate::components::summary_list::Row;
use crate::messages::Words;

/// How an order stands.
pub(super) struct Standing<'a> {
    /// In a sentence or two.
    pub(super) said: Cow<'a, str>,
    /// A heading, and the reason or the question under it.
    pub(super) why: Option<(Cow<'a, str>, &'a str)>,
    /// What the customer has to do.
    pub(super) to_do: Option<Cow<'a, str>>,
    /// Who acts next, as a milestone's note says it.
    pub(super) next: Cow<'a, str>,
    /// Who acts next, and what cancelling costs.
    pub(super) rows: Vec<Row<'a>>,
}

/// How the order stands.
pub(super) fn standing<'a>(words: &'a Words, view: &Track<'a>) -> Standing<'a> {
    let on = |order: &Placed, moment: Timestamp| {
        let day = local_moment(view.catalogue, &order.place, moment).date();
        [("date", words.date(day).into())]
    };
    let plain = |said, next| Standing { said, why: None, to_do: None, next, rows: vec![] };
    let because = |title, text: &'a Text| Some((title, text.in_language(words.language())));
    let (we, you, others, nobody) =
        (words.text("track-we"), words.text("track-you"), words.text("track-others"), words.text("track-nobody"));
    let mut standing = match view.order {
        ProductOrder::Draft(_)
        | ProductOrder::AwaitingApproval(_)
        | ProductOrder::Quoted(_)
        | ProductOrder::AwaitingCustomer(_) => plain(words.text("track-draft"), you),
        ProductOrder::Acknowledged(_) => plain(words.text("track-acknowledged"), we),
        ProductOrder::InProgress(at) => plain(words.with("track-in-progress", &on(&at.order, at.since)), we),
        ProductOrder::Held(at) => Standing {
            why: because(words.text("track-held-reason"), &at.reason),
            ..plain(words.with("track-held", &on(&at.order, at.since)), others)
        },
        ProductOrder::Pending(at) => Standing {
            why: because(words.text("track-pending-question"), &at.question),
            to_do: Some(pending_how(words, &at.order)),
            ..plain(words.with("track-pending", &on(&at.order, at.since)), you)
        },
        ProductOrder::Partial(at) => Standing {
            to_do: Some(words.text("track-partial-how")),
            ..plain(words.with("track-partial", &on(&at.order, at.at)), nobody)
        },
        ProductOrder::Completed(at) => plain(words.with("track-completed", &on(&at.order, at.at)), nobody),
        ProductOrder::Failed(at) => Standing {
            why: because(words.text("track-reason"), &at.reason),
            ..plain(words.with("track-failed", &on(&at.order, at.at)), nobody)
        },
        ProductOrder::Rejected(at) => Standing {
            why: because(words.text("track-reason"), &at.reason),
            ..plain(words.with("track-rejected", &on(&at.order, at.at)), nobody)
        },
        ProductOrder::AssessingCancellation(at) => plain(words.with("track-assessing", &on(&at.order, at.since)), we),
        ProductOrder::PendingCancellation(at) => plain(words.with("track-pending-cancellation", &on(&at.order, at.since)), we),
        ProductOrder::Cancelled(at) => plain(words.with("track-cancelled", &on(&at.order, at.at)), nobody),
    };
    standing.rows = vec![Row::new(words.text("track-who-next"), standing.next.clone())];
    standing.next = words.with("track-next", &[("who", standing.next.into())]);
    standing.rows.extend(cancellation_charge(words, view.order));
    standing
}

/// How to answer: on the page, where something is asked that can be answered there.
fn pending_how<'a>(words: &'a Words, order: &Placed) -> Cow<'a, str> {
    let reference = [("reference", order.id.reference().into())];
    let is_asked = |item: &PlacedItem| item.on_the_way.open_question().is_some() || item.on_the_way.open_charge().is_some();
    if order.items.iter().any(is_asked) {
        words.with("track-pending-below", &reference)
    } else {
        words.with("track-pending-how", &reference)
    }
}

fn cancellation_charge<'a>(words: &'a Words, order: &ProductOrder) -> Option<Row<'a>> {
    let charge = match order {
        ProductOrder::PendingCancellation(cancelling) => cancelling.charge,
        ProductOrder::Cancelled(cancelled) => cancelled.charge,
        ProductOrder::Draft(_)
        | ProductOrder::AwaitingApproval(_)
        | ProductOrder::Quoted(_)
        | ProductOrder::AwaitingCustomer(_)
        | ProductOrder::Acknowledged(_)
        | ProductOrder::Rejected(_)
        | ProductOrder::InProgress(_)
        | ProductOrder::Held(_)
        | ProductOrder::Pending(_)
        | ProductOrder::Partial(_)
        | ProductOrder::Completed(_)
        | ProductOrder::Failed(_)
        | ProductOrder::AssessingCancellation(_) => return None,
    };
    let said = Some(charge).filter(|charge| !Money::is_zero(*charge)).map(|charge| charge.to_string().into());
    Some(Row::new(words.text("track-charge"), said.unwrap_or_else(|| words.text("track-no-charge"))))
}
