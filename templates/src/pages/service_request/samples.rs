//! The page in every state.

use jiff::civil::date;
use order_manager::catalogue::Family;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::order::OrderState;
use order_manager::qualification::Availability;

use super::{FamilyStatus, FamilyTask, Notice, OFFERING, Offer, OrderLine, Place, SITE, ServiceRequest, render};
use crate::path::Path;
use crate::sample::{Sample, address, broadband, context, customer, offerings, order_id, usd};

/// The page in every state.
pub(crate) fn samples() -> Vec<crate::Sample> {
    let (customer, place, broadband, others) = (customer(), address(), broadband(), offerings());
    let on_one_line = place.to_string();
    let line = |state, note: Option<&str>| OrderLine {
        path: Path::order(order_id()),
        reference: order_id().reference(),
        place: &on_one_line,
        offerings: vec![&broadband.name, &others[0].name],
        state,
        on: date(2026, 11, 20),
        note: note.map(ToOwned::to_owned),
    };
    let offers = |not_at: Vec<_>| {
        let rest = others.iter().map(|offering| Offer {
            offering,
            from_monthly: None,
            not_at: vec![],
            availability: Availability::NoNetwork,
        });
        let first = Offer { offering: &broadband, from_monthly: Some(usd(50_00)), not_at, availability: Availability::Available };
        std::iter::once(first).chain(rest).collect::<Vec<_>>()
    };
    let task = |family, status| FamilyTask {
        family,
        status,
        path: (![FamilyStatus::NotAvailable, FamilyStatus::ForOthers].contains(&status))
            .then(|| Path::customer(customer.id).at("new-order")),
    };
    let places = |new: bool| {
        let product = customer.products.first().filter(|_| !new);
        let products = product.map(|product| (product, &broadband.name)).into_iter().collect();
        vec![Place { value: "site-1".to_owned(), address: &place, products, available: others.iter().collect(), new }]
    };
    let nothing = Entered::default();
    let ticked = Entered::from_iter([(OFFERING, "broadband")]);
    let wrong = [FieldError::new(SITE, Reason::Missing), FieldError::new(OFFERING, Reason::Missing)];
    let full = ServiceRequest {
        customer: &customer,
        places: places(false),
        drafts: vec![line(OrderState::Draft, None)],
        in_flight: vec![
            line(OrderState::InProgress, None),
            line(OrderState::Pending, Some("We need your account number with the old carrier.")),
        ],
        families: vec![
            task(Family::DataIp, FamilyStatus::InService(1)),
            task(Family::Access, FamilyStatus::NotAvailable),
            task(Family::Voice, FamilyStatus::InDraft),
            task(Family::LongDistance, FamilyStatus::Ordered),
            task(Family::Local, FamilyStatus::Available),
        ],
        offerings: offers(vec![&place]),
        templates: vec![],
        many_sites: None,
        entered: &nothing,
        errors: &[],
        new_order: "0192f3a0-0000-7000-8000-000000000001",
        notice: None,
    };
    let at_home = vec![task(Family::DataIp, FamilyStatus::Available), task(Family::Access, FamilyStatus::ForOthers)];
    let fresh = ServiceRequest {
        families: at_home,
        places: places(true),
        drafts: vec![],
        in_flight: vec![],
        offerings: offers(vec![]),
        templates: vec![],
        many_sites: None,
        ..full.clone()
    };
    let nowhere = ServiceRequest { places: vec![], offerings: vec![], notice: Some(Notice::DraftRemoved), ..fresh.clone() };
    let cancelled = ServiceRequest { notice: Some(Notice::OrderCancelled), ..full.clone() };
    let wrong = ServiceRequest { entered: &ticked, errors: &wrong, ..full.clone() };
    [
        ("service-request", full),
        ("service-request-new-place", fresh),
        ("service-request-nothing", nowhere),
        ("service-request-cancelled", cancelled),
        ("service-request-errors", wrong),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&context(), &view)))
    .collect()
}
