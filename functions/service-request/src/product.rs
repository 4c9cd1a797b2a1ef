//! A service in place: what it is, and the way to changing, moving, resting or ending it.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::calendar::today_in;
use order_manager::decide::begin_with;
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{OrderId, OrderItemId, ProductId};
use order_manager::money::Money;
use order_manager::order::{Action, ServicePlace};
use order_manager::party::{Product, Site};
use order_manager::pricing::early_termination;
use order_manager::text::Text;
use platform::session::Asking;
use platform::{App, Incoming, PageError, mint};
use templates::layout::Context;
use templates::pages::product::{self, DISCONNECT, DO, MODIFY, MOVE, ORDER, ProductPage, RESTORE, SUSPEND, TO};

use super::{Known, created, draft, know};

/// Shows a service in place.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Page).await?;
        page(&known, &incoming, &Entered::default(), &[], StatusCode::OK)
    })
    .await
}

/// Begins an order that does something about it.
pub(crate) async fn act(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let known = know(app, &incoming, Asking::Form).await?;
        let entered = &incoming.entered;
        let again =
            |field, reason| page(&known, &incoming, entered, &[FieldError::new(field, reason)], StatusCode::UNPROCESSABLE_ENTITY);
        if known.asker.not_ours(&incoming).is_some() {
            return again("", Reason::Said("form-not-ours"));
        }
        if entered.names().any(|name| ![DO, TO, ORDER].contains(&name)) {
            return Err(PageError::Unprocessable);
        }
        let order: OrderId = entered.text(ORDER).parse().map_err(|_| PageError::Unprocessable)?;
        let (product, here) = found(&known, &incoming)?;
        let product = product.clone();
        let (action, place) = match entered.text(DO) {
            MODIFY => (Action::Modify(product), here),
            SUSPEND => (Action::Suspend(product), here),
            RESTORE => (Action::Restore(product), here),
            DISCONNECT => (Action::Disconnect(product), here),
            MOVE => match known.file.customer.sites.iter().find(|site| site.id.to_string() == entered.text(TO)) {
                Some(site) => (Action::Move { product, from: here.address.clone() }, site),
                None => return again(TO, Reason::Missing),
            },
            _ => return Err(PageError::Unprocessable),
        };
        let place = ServicePlace { site: place.id, address: place.address.clone() };
        let item = OrderItemId::new(mint::by_time(known.asker.now)?);
        match begin_with(draft(&known, order, place)?, item, action, &known.catalogue, known.asker.now) {
            Ok(begun) => created(app, &known.asker.session, begun, known.asker.now).await,
            Err(_) => again(if entered.text(DO) == MOVE { TO } else { "" }, Reason::Said("product-not-possible")),
        }
    })
    .await
}

/// The service that the address names, and its place.
fn found<'a>(known: &'a Known, incoming: &Incoming) -> Result<(&'a Product, &'a Site), PageError> {
    let id: ProductId = incoming.parameter("product")?;
    let customer = &known.file.customer;
    let product = customer.products.iter().find(|product| product.id == id).ok_or(PageError::NotFound)?;
    let site = customer.sites.iter().find(|site| site.id == product.site).ok_or(PageError::NotFound)?;
    Ok((product, site))
}

fn page(
    known: &Known,
    incoming: &Incoming,
    entered: &Entered,
    errors: &[FieldError],
    status: StatusCode,
) -> Result<Response<Body>, PageError> {
    let (product, site) = found(known, incoming)?;
    let offering = known.catalogue.offering(&product.offering);
    let today = today_in(known.catalogue.area_of(site.address.zip), known.asker.now);
    let ending_today = match offering {
        Some(offering) => {
            early_termination(product, offering, today).map_err(|_| PageError::Broken("a termination charge does not fit"))?
        }
        None => Money::zero(product.monthly.currency()),
    };
    let gone = Text::english(product.offering.as_str());
    let order = mint::by_time(known.asker.now)?.to_string();
    let view = ProductPage {
        customer: known.file.customer.id,
        product,
        address: &site.address,
        name: offering.map_or(&gone, |offering| &offering.name),
        offering,
        ending_today,
        elsewhere: known.file.customer.sites.iter().filter(|other| other.id != site.id).collect(),
        new_order: if entered.has(ORDER) { entered.text(ORDER) } else { &order },
        entered,
        errors,
    };
    let show = |context: &Context<'_>| product::render(context, &view);
    Ok(known.asker.page_about(known.file.customer.id, status, show))
}
