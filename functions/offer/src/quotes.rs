//! All that a customer is quoted just now.

use futures_util::future::join_all;
use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::authorize;
use order_manager::calendar::today_in;
use order_manager::id::CustomerId;
use order_manager::order::{Draft, OrderState, ProductOrder, Quote};
use platform::session::Asking;
use platform::store::Wanted;
use platform::{App, Asker, PageError};
use templates::pages::quotes::{self, QuotedPlace, Quotes};

/// Shows it. The customer's own rows say which orders are quoted; those are read in one more call.
pub(super) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let customer: CustomerId = incoming.parameter("customer")?;
        let beside = app.store.customer(customer);
        let (asker, _, file) = Asker::with(app, &incoming, Asking::Page, Wanted::default(), beside).await?;
        authorize(&asker.session.actor, Asking::Page.act(), customer, asker.now)?;
        let file = file.ok_or(PageError::NotFound)?;
        let quoted: Vec<_> = file.drafts.iter().filter(|order| order.state == OrderState::Quoted).map(|order| order.id).collect();
        let current = asker.catalogue(app).await?;
        let mut orders = app.store.orders(&quoted).await?;
        orders.sort_by_key(|order| order.value.id());
        let open: Vec<_> = orders.iter().filter_map(|order| quote_of(&order.value, customer)).collect();
        // What was quoted is shown by the catalogue it was made by, whatever is in force now.
        let made_by = open.iter().map(|(_, quote)| app.catalogues.of(&app.store, &quote.round.priced.catalogue, &current));
        let catalogues = join_all(made_by).await;
        let place = |((draft, quote), catalogue)| QuotedPlace {
            draft,
            quote,
            catalogue,
            today: today_in(current.area_of(draft.place.address.zip), asker.now),
        };
        let places = open.iter().copied().zip(catalogues.iter().map(AsRef::as_ref)).map(place).collect();
        let view = Quotes { customer, places };
        Ok(asker.page_about(customer, StatusCode::OK, |context| quotes::render(context, &view)))
    })
    .await
}

/// The quote of an order of this customer's that is still one.
fn quote_of(order: &ProductOrder, customer: CustomerId) -> Option<(&Draft, &Quote)> {
    match order {
        ProductOrder::Quoted(quoted) if order.customer() == customer => {
            Some((&quoted.draft, quoted.draft.selling.quote.as_ref()?))
        }
        _ => None,
    }
}
