//! Orders the personas have: one begun, and others in the states that a tester wants to see.

use jiff::{Timestamp, ToSpan};
use order_manager::catalogue::Catalogue;
use order_manager::decide::{Command, Progress, decide};
use order_manager::id::{MilestoneId, OrderItemId};
use order_manager::money::Money;
use order_manager::order::{Content, ItemOutcome, PlacedItem, ProductOrder};
use order_manager::party::Customer;
use order_manager::provisioning::{NotTaken, Part, Report, ServiceOrderId, ServiceOrderState, Told, take};
use order_manager::text::Text;

use super::Seeding;
use super::customers::{MOTHERS_INTERNET, parsed};
use super::walk::{Walk, Wish};
use crate::Persona;

/// An order: its number among the persona's ids, for which of the customer's places, and how long ago it was begun.
struct Story {
    number: u128,
    site: usize,
    hours_ago: i64,
    wish: Wish,
    then: Then,
}

/// How far an order has come.
enum Then {
    /// Its first page has been opened and left again.
    Begun,
    /// It was placed, and this came after, each so many hours after placing.
    Placed(&'static [(i64, Event)]),
}

/// What happens to a placed order.
#[derive(Clone, Copy)]
enum Event {
    Start,
    /// So many of the item's milestones are reached by now.
    Reached(usize),
    /// We commit to the day asked for.
    Commit,
    Hold(&'static str),
    Ask(&'static str),
    InService,
    AskCancellation,
    Cancel,
}

const MAYA: &[Story] = &[
    Story {
        number: 10,
        site: 0,
        hours_ago: 52,
        wish: Wish { offering: "broadband-internet", answers: &[("speed", "300-mbps"), ("term", "12-months")] },
        then: Then::Begun,
    },
    Story {
        number: 20,
        site: 1,
        hours_ago: 3 * 24,
        wish: Wish {
            offering: "residential-line",
            answers: &[
                ("term", "12-months"),
                ("number-source", "ported"),
                ("port-number", "404-377-0162"),
                ("losing-company", "Peach State Telephone"),
                ("account-number", "551-48120"),
                ("other-numbers", "no"),
                ("calling-plan", "extended"),
                ("jack-works", "yes"),
            ],
        },
        then: Then::Placed(&[(2, Event::Start), (3, Event::Reached(2)), (28, Event::Reached(3)), (28, Event::Commit)]),
    },
    Story {
        number: 30,
        site: 1,
        hours_ago: 36 * 24,
        wish: MOTHERS_INTERNET,
        then: Then::Placed(&[
            (1, Event::Start),
            (1, Event::Reached(1)),
            (26, Event::Reached(2)),
            (26, Event::Commit),
            (140, Event::InService),
        ]),
    },
    Story {
        number: 40,
        site: 0,
        hours_ago: 20 * 24,
        wish: Wish {
            offering: "broadband-internet",
            answers: &[("term", "24-months"), ("speed", "1000-mbps"), ("socket", "yes"), ("installation", "self")],
        },
        then: Then::Placed(&[(2, Event::Start), (20, Event::AskCancellation), (45, Event::Cancel)]),
    },
    Story {
        number: 50,
        site: 0,
        hours_ago: 6 * 24,
        wish: Wish {
            offering: "residential-line",
            answers: &[
                ("number-source", "ported"),
                ("port-number", "404-876-0117"),
                ("losing-company-kind", "mobile"),
                ("losing-company", "Chattahoochee Mobile"),
                ("account-number", "99017264"),
                ("transfer-pin", "402816"),
                ("other-numbers", "no"),
                ("jack-works", "yes"),
            ],
        },
        then: Then::Placed(&[
            (2, Event::Start),
            (3, Event::Reached(2)),
            (
                30,
                Event::Ask(
                    "Your mobile company says that the number transfer PIN has expired. \
                     Which PIN does it give you now? It is in the company's app, and good for a few days only.",
                ),
            ),
        ]),
    },
];

const DANA: &[Story] = &[
    Story {
        number: 10,
        site: 1,
        hours_ago: 3,
        wish: Wish {
            offering: "broadband-internet",
            answers: &[("term", "12-months"), ("speed", "100-mbps"), ("socket", "yes"), ("installation", "self")],
        },
        then: Then::Placed(&[]),
    },
    Story {
        number: 20,
        site: 0,
        hours_ago: 22 * 24,
        wish: Wish {
            offering: "dedicated-internet",
            answers: &[
                ("term", "36-months"),
                ("access", "included"),
                ("bandwidth", "100-mbps"),
                ("end-point", "4th floor, telephone room, rack 1"),
                ("site-contact", "Dana Whitfield"),
            ],
        },
        then: Then::Placed(&[
            (4, Event::Start),
            (4, Event::Reached(1)),
            (75, Event::Reached(2)),
            (75, Event::Commit),
            (200, Event::Reached(3)),
            (
                480,
                Event::Hold(
                    "The owner of the building has not yet let our people into the room where the lines come in. \
                     We are talking with the owner; the day may move.",
                ),
            ),
        ]),
    },
];

/// The orders of a persona, each with when it last changed.
pub(super) fn orders(
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Seeding<Vec<(ProductOrder, Timestamp)>> {
    let stories = match persona.name {
        "Maya Chen" => MAYA,
        "Dana Whitfield" => DANA,
        _ => &[],
    };
    stories.iter().map(|story| order(story, persona, customer, catalogue, now)).collect()
}

fn order(
    story: &Story,
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Seeding<(ProductOrder, Timestamp)> {
    let after = |hours: i64| now.saturating_add((hours - story.hours_ago).hours()).unwrap_or(now);
    let walk = Walk { persona, customer, catalogue, at: after(0), wish: story.wish };
    let site = customer.sites.get(story.site).ok_or_else(|| walk.said("has no place"))?;
    let begun = walk.begun(site, story.number)?;
    let events = match story.then {
        Then::Begun => return Ok((walk.opened(&begun)?, walk.at)),
        Then::Placed(events) => events,
    };
    let mut order = walk.placed(&walk.checked(begun)?)?;
    let mut changed = walk.at;
    for (hours, event) in events {
        changed = after(*hours);
        if let Event::Ask(question) = event {
            order = asked(order, question, changed).map_err(|why| walk.said(format!("{why:?}")))?;
            continue;
        }
        for command in commands(*event, &order, catalogue) {
            let said = format!("{command:?}");
            order = decide(&order, command, catalogue, changed)
                .map_err(|refusal| walk.said(format!("{refusal:?} to {said}, {hours} hours after")))?;
        }
    }
    Ok((order, changed))
}

/// What a provisioning system's question makes of an order of one item.
fn asked(order: ProductOrder, question: &str, at: Timestamp) -> Result<ProductOrder, NotTaken> {
    let Content::Placed(placed) = order.content() else { return Ok(order) };
    let Some(item) = placed.items.first().map(|item| item.id) else { return Ok(order) };
    let of = ServiceOrderId { order: placed.id, item, part: Part::Here };
    let told = [
        ("pending", Told::State(ServiceOrderState::Pending, None)),
        ("question", Told::Question { id: parsed("seeded"), text: Text::english(question), corrects: None }),
    ];
    let (mut order, mut reports) = (order, vec![]);
    for (name, told) in told {
        let report = Report { id: parsed(name), of, at, told };
        order = take(&order, &reports, &report)?;
        reports.push(report);
    }
    Ok(order)
}

/// What an event is, for the one item of an order.
fn commands(event: Event, order: &ProductOrder, catalogue: &Catalogue) -> Vec<Command> {
    let Content::Placed(placed) = order.content() else { return vec![] };
    let of_item = |what: fn(&PlacedItem) -> Vec<Progress>| placed.items.first().map(what).unwrap_or_default();
    let progress = match event {
        Event::Start => vec![Progress::Start],
        Event::Reached(count) => {
            let reach = |item: OrderItemId, milestone: &MilestoneId| Progress::Reach(item, milestone.clone());
            let items = placed.items.iter().take(1);
            items.flat_map(|item| item.milestones.iter().take(count).map(move |reached| reach(item.id, &reached.id))).collect()
        }
        Event::Commit => of_item(|item| vec![Progress::Commit(item.id, item.requested)]),
        Event::Hold(reason) => vec![Progress::Hold(Text::english(reason))],
        // The provisioning system asks: see `asked`.
        Event::Ask(_) => vec![],
        Event::InService => of_item(|item| vec![Progress::Settle(item.id, ItemOutcome::InService)]),
        Event::AskCancellation => return vec![Command::AskCancellation],
        // Work had not begun at the place: nothing is charged.
        Event::Cancel => {
            vec![Progress::GrantCancellation(Money::new(0, catalogue.currency())), Progress::FinishCancellation]
        }
    };
    progress.into_iter().map(Command::Progress).collect()
}
