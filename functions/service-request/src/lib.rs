//! The initial service request page: what we know of a verified customer, and the way to a new order; and a page for each
//! service in place, and for what the customer is written.

mod again;
mod mail;
mod product;

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::try_join;
use http::StatusCode;
use jiff::Timestamp;
use lambda_http::{Body, Request, Response};
use order_manager::access::{Actor, Duty, authorize};
use order_manager::address::GeographicAddress;
use order_manager::audit::Act;
use order_manager::calendar::{company_day, today_in};
use order_manager::catalogue::{Catalogue, Family, OrderTemplate};
use order_manager::decide::{Refusal, begin, begin_from};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CustomerId, OfferingId, OrderId, OrderItemId, SiteId};
use order_manager::order::{Draft, OrderedFor, ProductOrder, ServicePlace, UnderAgreement};
use order_manager::qualification::{Availability, availability};
use order_manager::text::Text;
use platform::session::Asking;
use platform::store::{Creation, CustomerFile, OrderSummary, Session, Wanted};
use platform::telemetry::{self, Stage};
use platform::{App, Asker, Incoming, PageError, Route, mint, respond};
use templates::layout::Context;
use templates::pages::orders::{self, OrderEntry, Orders};
use templates::pages::service_request::{self, FamilyStatus, FamilyTask, Notice, Offer, OrderLine, Place, ServiceRequest};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /customers/{customer}", handler: |app, request| Box::pin(show(app, request)) },
    Route { key: "GET /customers/{customer}/orders", handler: |app, request| Box::pin(list(app, request)) },
    Route { key: "POST /customers/{customer}/orders", handler: |app, request| Box::pin(start(app, request)) },
    Route { key: "GET /customers/{customer}/mail", handler: |app, request| Box::pin(mail::show(app, request)) },
    Route { key: "POST /customers/{customer}/mail", handler: |app, request| Box::pin(mail::choose(app, request)) },
    Route { key: "GET /unsubscribe/{token}", handler: |app, request| Box::pin(mail::ask_to_stop(app, request)) },
    Route { key: "POST /unsubscribe/{token}", handler: |app, request| Box::pin(mail::stop(app, request)) },
    Route { key: "POST /orders/{order}/again", handler: |app, request| Box::pin(again::begin(app, request)) },
    Route { key: "GET /customers/{customer}/products/{product}", handler: |app, request| Box::pin(product::show(app, request)) },
    Route { key: "POST /customers/{customer}/products/{product}", handler: |app, request| Box::pin(product::act(app, request)) },
];

/// The place whose address was just checked.
const CHECKED: &str = "checked";

/// A customer, as this page knows them.
struct Known {
    asker: Asker,
    file: CustomerFile,
    orders: Vec<OrderSummary>,
    checked: Option<GeographicAddress>,
    catalogue: Arc<Catalogue>,
}

/// Session, customer and orders, read side by side; authorised after.
async fn know(app: &App, incoming: &Incoming, asking: Asking) -> Result<Known, PageError> {
    let customer: CustomerId = incoming.parameter("customer")?;
    let wanted = Wanted { visitor: incoming.visitor.as_ref(), ..Wanted::default() };
    let beside = try_join(app.store.customer(customer), app.store.orders_of(customer));
    let (asker, loaded, (file, listed)) = Asker::with(app, incoming, asking, wanted, beside).await?;
    let file = file.ok_or(PageError::NotFound)?;
    if let Err(denied) = authorize(&asker.session.actor, asking.act(), customer, asker.now) {
        // Who finds customers knows already that this one is there, and is asked why the account is to be opened.
        let finds = asking == Asking::Page && asker.session.actor.does(Duty::Serve);
        let access = || PageError::SeeOther(Path::customer_access(customer).with("next", incoming.path()));
        return Err(if finds { access() } else { denied.into() });
    }
    let catalogue = asker.catalogue(app).await?;
    // The index lags behind what was just placed; the customer's own rows do not.
    let in_index: BTreeSet<OrderId> = listed.iter().map(|order| order.id).collect();
    let just_placed = file.just_placed.iter().filter(|order| !in_index.contains(&order.id)).cloned();
    let drafts: BTreeSet<OrderId> = file.drafts.iter().map(|order| order.id).collect();
    let mut orders: Vec<_> =
        just_placed.chain(listed).filter(|order| !drafts.contains(&order.id) && order.state.is_placed()).collect();
    orders.sort_by_key(|order| std::cmp::Reverse(order.changed));
    let checked = loaded.visitor.filter(|visitor| asker.now < visitor.expires).and_then(|visitor| visitor.address);
    let checked = checked.filter(|address| !file.customer.sites.iter().any(|site| site.address.same_place(address)));
    Ok(Known { asker, file, orders, checked, catalogue })
}

async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Page).await?;
        let notice = incoming.query("discarded").map(|_| Notice::DraftRemoved);
        let shown = page(&known, &only_place(&known), &[], notice, StatusCode::OK)?;
        telemetry::reached(Stage::Customer);
        Ok(shown)
    })
    .await
}

/// The one place there is, chosen already; where there are several, nothing is.
fn only_place(known: &Known) -> Entered {
    match (&known.file.customer.sites[..], &known.checked) {
        ([site], None) => [(service_request::SITE, site.id.to_string())].into_iter().collect(),
        _ => Entered::default(),
    }
}

fn page(
    known: &Known,
    entered: &Entered,
    errors: &[FieldError],
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<Response<Body>, PageError> {
    let catalogue = &known.catalogue;
    let customer = &known.file.customer;
    let name = |id: &OfferingId| catalogue.offering(id).map(|offering| &offering.name);
    let can_be_had = |address: &GeographicAddress| -> Vec<_> {
        let area = catalogue.area_of(address.zip);
        let today = today_in(area, known.asker.now);
        let here = catalogue
            .offerings
            .iter()
            .filter(|offering| availability(offering, area, Some(customer.kind), today) == Availability::Available);
        here.collect()
    };
    let mut places: Vec<_> = customer
        .sites
        .iter()
        .map(|site| Place {
            value: site.id.to_string(),
            address: &site.address,
            products: customer
                .products
                .iter()
                .filter(|product| product.site == site.id)
                .filter_map(|product| Some((product, name(&product.offering)?)))
                .collect(),
            available: can_be_had(&site.address),
            new: false,
        })
        .collect();
    places.extend(known.checked.as_ref().map(|address| Place {
        value: CHECKED.to_owned(),
        address,
        products: vec![],
        available: can_be_had(address),
        new: true,
    }));
    let line = |order| order_line(catalogue, order);
    let in_flight: Vec<_> = known.orders.iter().filter(|order| !order.state.is_final()).map(line).collect();
    let families = Family::ALL.into_iter().map(|family| task(known, family, &places)).collect();
    let offerings = catalogue.offerings.iter().filter_map(|offering| offer(known, offering, &places)).collect();
    let order = mint::by_time(known.asker.now)?.to_string();
    let view = ServiceRequest {
        customer,
        drafts: known.file.drafts.iter().map(line).collect(),
        in_flight,
        families,
        offerings,
        templates: templates_for(known),
        many_sites: matches!(known.asker.session.actor, Actor::Staff(_)).then(|| Path::sites(customer.id)),
        places,
        entered,
        errors,
        new_order: if entered.has(service_request::ORDER) { entered.text(service_request::ORDER) } else { &order },
        notice,
    };
    let show = |context: &Context<'_>| service_request::render(context, &view);
    Ok(known.asker.page_about(customer.id, status, show))
}

fn order_line<'a>(catalogue: &'a Catalogue, order: &'a OrderSummary) -> OrderLine<'a> {
    let placed = order.state.is_placed();
    OrderLine {
        path: Path::order(order.id),
        reference: order.id.reference(),
        place: &order.place,
        offerings: order.items.iter().filter_map(|id| catalogue.offering(id)).map(|offering| &offering.name).collect(),
        state: order.state,
        on: company_day(if placed { order.placed.unwrap_or(order.changed) } else { order.changed }),
        note: None,
    }
}

fn offer<'a>(
    known: &'a Known,
    offering: &'a order_manager::catalogue::ProductOffering,
    places: &[Place<'a>],
) -> Option<Offer<'a>> {
    let customer = &known.file.customer;
    if !offering.sold_to.contains(&customer.kind) {
        return None;
    }
    let at = |address: &GeographicAddress| {
        let area = known.catalogue.area_of(address.zip);
        availability(offering, area, Some(customer.kind), today_in(area, known.asker.now))
    };
    let not_at: Vec<_> =
        places.iter().map(|place| place.address).filter(|address| at(address) != Availability::Available).collect();
    let anywhere =
        places.iter().map(|place| at(place.address)).min_by_key(|availability| *availability != Availability::Available);
    Some(Offer { offering, from_monthly: None, availability: anywhere.unwrap_or(Availability::AreaNotServed), not_at })
}

/// How far the customer is with a family.
fn task(known: &Known, family: Family, places: &[Place<'_>]) -> FamilyTask {
    let of_family = |id: &OfferingId| known.catalogue.offering(id).is_some_and(|offering| offering.family == family);
    let with = |orders: &[OrderSummary]| {
        orders.iter().find(|order| !order.state.is_final() && order.items.iter().any(of_family)).map(|order| order.id)
    };
    let in_service = known.file.customer.products.iter().filter(|product| of_family(&product.offering)).count();
    let sold = known
        .catalogue
        .offerings
        .iter()
        .any(|offering| offering.family == family && offering.sold_to.contains(&known.file.customer.kind));
    let reached = places.iter().any(|place| place.available.iter().any(|offering| offering.family == family));
    let new_order = Path::customer(known.file.customer.id).at("new-order");
    let (status, path) = match (with(&known.file.drafts), with(&known.orders), in_service) {
        (Some(draft), ..) => (FamilyStatus::InDraft, Some(Path::order(draft))),
        (None, Some(order), _) => (FamilyStatus::Ordered, Some(Path::order(order))),
        (None, None, count @ 1..) => (FamilyStatus::InService(count), sold.then_some(new_order)),
        (None, None, 0) if sold && !reached => (FamilyStatus::NotAvailable, None),
        (None, None, 0) if sold => (FamilyStatus::Available, Some(new_order)),
        (None, None, 0) => (FamilyStatus::ForOthers, None),
    };
    FamilyTask { family, status, path }
}

async fn start(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        let again = |errors: &[FieldError]| {
            telemetry::wrong(errors);
            page(&known, entered, errors, None, StatusCode::UNPROCESSABLE_ENTITY)
        };
        if let Some(error) = known.asker.not_ours(&incoming) {
            return again(&[error]);
        }
        let fields = [service_request::SITE, service_request::TEMPLATE, service_request::OFFERING, service_request::ORDER];
        if entered.names().any(|name| !fields.contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let order: OrderId = entered.text(service_request::ORDER).parse().map_err(|_| PageError::Unprocessable)?;
        let (place, wanted) = match choices(&known, entered) {
            Ok(chosen) => chosen,
            Err(errors) => return again(&errors),
        };
        let mut draft = draft(&known, order, place)?;
        if let Some(template) = template_of(&known, entered) {
            let ids = template
                .items
                .iter()
                .map(|_| mint::by_time(known.asker.now).map(OrderItemId::new))
                .collect::<Result<Vec<_>, _>>()?;
            match begin_from(draft, template, &ids, &known.catalogue, known.asker.now) {
                Ok(ProductOrder::Draft(begun)) => draft = begun,
                _ => return again(&[FieldError::new(service_request::TEMPLATE, Reason::NotAChoice)]),
            }
        }
        let mut items = vec![];
        for offering in wanted {
            items.push((OrderItemId::new(mint::by_time(known.asker.now)?), offering));
        }
        let begun = match begin(draft, items, &known.catalogue, known.asker.now) {
            Ok(begun) => begun,
            Err(Refusal::NotAvailable(id, _)) => {
                let name =
                    known.catalogue.offering(&id).map_or_else(|| Text::english(id.as_str()), |offering| offering.name.clone());
                return again(&[FieldError::new(service_request::OFFERING, Reason::Unavailable(name))]);
            }
            Err(_) => return again(&[FieldError::new(service_request::OFFERING, Reason::NotAChoice)]),
        };
        created(app, &known.asker.session, begun, known.asker.now).await
    })
    .await
}

/// Stores a new order, with who began it where that goes on record, and leads to it.
async fn created(app: &App, session: &Session, begun: ProductOrder, now: Timestamp) -> Result<Response<Body>, PageError> {
    let customer = begun.customer();
    let event = session.actor.on_record(Act::OrderBegun, customer, now);
    let stands = match app.store.create_order(&begun, event.as_ref(), now).await? {
        Creation::Created => begun,
        // A second click on the same page: the order is there already. Somebody else's is not there at all.
        Creation::Existed(existing) if existing.value.customer() == customer => existing.value,
        Creation::Existed(_) => return Err(PageError::NotFound),
    };
    Ok(respond::see_other(&Path::order(stands.id())))
}

/// The order to start from that was chosen, among those that this person may choose.
fn template_of<'a>(known: &'a Known, entered: &Entered) -> Option<&'a OrderTemplate> {
    let wanted = entered.text(service_request::TEMPLATE);
    templates_for(known).into_iter().find(|template| template.id.as_str() == wanted)
}

/// The orders that staff start from, for a customer like this one.
fn templates_for(known: &Known) -> Vec<&OrderTemplate> {
    match known.asker.session.actor {
        Actor::Customer { .. } => vec![],
        Actor::Staff(_) => {
            let kind = known.file.customer.kind;
            known.catalogue.order_templates.iter().filter(|template| template.sold_to.contains(&kind)).collect()
        }
    }
}

fn choices(known: &Known, entered: &Entered) -> Result<(ServicePlace, Vec<OfferingId>), Vec<FieldError>> {
    let mut errors = vec![];
    let place = match entered.one(service_request::SITE) {
        Err(reason) => Err(reason),
        Ok(None) => Err(Reason::Missing),
        Ok(Some(CHECKED)) => known.checked.clone().ok_or(Reason::NotAChoice).and_then(|address| {
            let site = mint::by_time(known.asker.now).map_err(|_| Reason::NotAChoice)?;
            Ok(ServicePlace { site: SiteId::new(site), address })
        }),
        Ok(Some(id)) => {
            let site = known.file.customer.sites.iter().find(|site| site.id.to_string() == id);
            site.map(|site| ServicePlace { site: site.id, address: site.address.clone() }).ok_or(Reason::NotAChoice)
        }
    };
    let wanted: Result<BTreeSet<OfferingId>, _> = entered.all(service_request::OFFERING).iter().map(|id| id.parse()).collect();
    let wanted = match wanted {
        Ok(wanted) if wanted.is_empty() && template_of(known, entered).is_none() => Err(Reason::Missing),
        Ok(wanted) if wanted.iter().all(|id| known.catalogue.offering(id).is_some()) => Ok(wanted),
        _ => Err(Reason::NotAChoice),
    };
    if let Err(reason) = &place {
        errors.push(FieldError::new(service_request::SITE, reason.clone()));
    }
    if let Err(reason) = &wanted {
        errors.push(FieldError::new(service_request::OFFERING, reason.clone()));
    }
    match (place, wanted) {
        (Ok(place), Ok(wanted)) => Ok((place, wanted.into_iter().collect())),
        _ => Err(errors),
    }
}

fn draft(known: &Known, id: OrderId, place: ServicePlace) -> Result<Draft, PageError> {
    let by = (known.asker.session.acted_by(), known.asker.now);
    let in_service = known.file.customer.in_service_at(place.site);
    let agreement = agreement_at(&known.file, &place, &known.catalogue, known.asker.now)?;
    let begun = Draft::begun(id, OrderedFor::of(&known.file.customer), (place, in_service), by, &known.catalogue);
    Ok(begun.priced_under(agreement))
}

/// The agreement that prices what is ordered for one of the customer's places now, where one does.
fn agreement_at(
    file: &CustomerFile,
    place: &ServicePlace,
    catalogue: &Catalogue,
    now: Timestamp,
) -> Result<Option<UnderAgreement>, PageError> {
    UnderAgreement::at(place.site, &file.rates, &file.customer.products, catalogue, now)
        .map_err(|_| PageError::Broken("a commitment does not fit"))
}

async fn list(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Page).await?;
        let catalogue = &known.catalogue;
        let entry = |order| order_entry(catalogue, order);
        let entries: Vec<_> = known.file.drafts.iter().chain(&known.orders).map(entry).collect();
        let customer = known.file.customer.id;
        let view = Orders { customer, orders: &entries };
        let show = |context: &Context<'_>| orders::render(context, &view);
        Ok(known.asker.page_about(customer, StatusCode::OK, show))
    })
    .await
}

fn order_entry<'a>(catalogue: &'a Catalogue, order: &'a OrderSummary) -> OrderEntry<'a> {
    OrderEntry {
        id: order.id,
        reference: order.id.reference().into(),
        state: order.state,
        offerings: order.items.iter().filter_map(|id| catalogue.offering(id)).map(|offering| &offering.name).collect(),
        place: order.place.as_str().into(),
        changed: company_day(order.changed),
        placed: order.placed.map(company_day),
    }
}
