//! Orders the personas have: one begun, one on its way, one finished. Each was decided by the same domain that decides a customer's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use order_manager::calendar::add_business_days;
use order_manager::catalogue::Catalogue;
use order_manager::decide::{Command, Progress, decide};
use order_manager::id::{OrderId, OrderItemId, Version};
use order_manager::order::{
    Acknowledged, BillTo, Billing, Draft, DraftItem, InService, Installation, ItemOutcome, ItemState, OrderedFor, Placed,
    PlacedItem, Priced, ProductOrder, ReachedMilestone, ServicePlace, Visit,
};
use order_manager::party::{BillDelivery, Customer};
use order_manager::pricing::price;
use order_manager::value::{Answers, Value};
use platform::PageError;

use super::customers::{of, parsed};
use crate::Persona;

/// The orders of a persona.
pub(super) fn orders(
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Vec<ProductOrder>, PageError> {
    if persona.name != "Maya Chen" {
        return Ok(vec![]);
    }
    let draft = draft(persona, customer, catalogue, now, 10)?;
    let placed = |number| placed(persona, customer, catalogue, now, number);
    let wrong = |_| PageError::Broken("a seeded order is refused");
    let say = |order: ProductOrder, progress| decide(&order, Command::Progress(progress), catalogue, now).map_err(wrong);
    let under_way = say(placed(20)?, Progress::Start)?;
    let item = OrderItemId::new(of(persona, 31));
    let finished = say(say(placed(30)?, Progress::Start)?, Progress::Settle(item, ItemOutcome::InService))?;
    Ok(vec![ProductOrder::Draft(draft), under_way, finished])
}

/// Broadband, begun: speed and term are chosen.
fn draft(
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
    number: u128,
) -> Result<Draft, PageError> {
    let wrong = |_| PageError::Broken("a seeded price does not fit");
    let choose = |name: &str, value: &str| (parsed(name), Value::Choice(parsed(value)));
    let answers: Answers = [choose("speed", "300-mbps"), choose("term", "12-months")].into_iter().collect();
    let site = customer.sites.first().ok_or(PageError::NotFound)?;
    let empty =
        order_manager::pricing::OrderPrice { currency: catalogue.currency(), lines: vec![], horizon_months: 12, open: vec![] };
    let earlier = now.saturating_sub(52.hours()).unwrap_or(now);
    let mut draft = Draft {
        id: OrderId::new(of(persona, number)),
        ordered_for: OrderedFor {
            id: customer.id,
            kind: customer.kind,
            name: customer.name.clone(),
            account_number: customer.account_number.clone(),
            contact: customer.contact.clone(),
            billing_accounts: customer.billing_accounts.clone(),
        },
        place: ServicePlace { site: site.id, address: site.address.clone() },
        in_service: customer
            .products
            .iter()
            .map(|product| InService {
                product: product.id,
                offering: product.offering.clone(),
                answers: product.answers.clone(),
            })
            .collect(),
        started_by: persona.sub,
        started: earlier,
        changed: earlier,
        priced: Priced { catalogue: Version(catalogue.version.0.clone()), price: empty },
        price_change: None,
        items: vec![DraftItem {
            id: OrderItemId::new(of(persona, number + 1)),
            offering: parsed("broadband-internet"),
            answers,
            saved: BTreeSet::new(),
        }],
        signatures: BTreeMap::new(),
        installation: None,
        billing: None,
        holds: vec![],
    };
    draft.priced.price = price(&draft, catalogue).map_err(wrong)?;
    Ok(draft)
}

/// The same, as it was placed.
fn placed(
    persona: &Persona,
    customer: &Customer,
    catalogue: &Catalogue,
    now: Timestamp,
    number: u128,
) -> Result<ProductOrder, PageError> {
    let draft = draft(persona, customer, catalogue, now, number)?;
    let item = draft.items.first().ok_or(PageError::NotFound)?;
    let offering = catalogue.offering(&item.offering).ok_or(PageError::NotFound)?;
    let account = customer.billing_accounts.first().ok_or(PageError::NotFound)?;
    let area = catalogue.area_of(draft.place.address.zip);
    let requested = add_business_days(order_manager::calendar::today_in(area, now), 5, &catalogue.holidays);
    let milestones = offering.milestones.iter().map(|milestone| ReachedMilestone {
        id: milestone.id.clone(),
        label: milestone.label.clone(),
        reached: None,
    });
    let items = vec![PlacedItem {
        id: item.id,
        offering: item.offering.clone(),
        name: offering.name.clone(),
        term_months: 12,
        answers: item.answers.clone(),
        state: ItemState::Acknowledged,
        requested,
        committed: None,
        milestones: milestones.collect(),
    }];
    let terms = catalogue.terms_of_service.first().ok_or(PageError::NotFound)?;
    Ok(ProductOrder::Acknowledged(Acknowledged {
        order: Placed {
            id: draft.id,
            placed_by: persona.sub,
            placed: draft.started,
            catalogue: catalogue.version.clone(),
            terms_of_service: terms.version.clone(),
            items,
            signatures: BTreeMap::new(),
            installation: Installation {
                visit: Visit::None { requested },
                contact: customer.contact.clone(),
                access_notes: None,
            },
            billing: Billing { to: BillTo::Existing(account.id), delivery: BillDelivery::Email, purchase_order: None },
            price: draft.priced.price.clone(),
            resources: vec![],
            ordered_for: draft.ordered_for,
            place: draft.place,
        },
    }))
}
