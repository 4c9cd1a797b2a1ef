//! An order's form: of a placed order, and of one that can be placed.

use std::sync::Arc;

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::catalogue::Catalogue;
use order_manager::journey::{Step, admit};
use order_manager::order::Content;
use order_manager::pricing::OrderPrice;
use platform::session::Asking;
use platform::turn::{Turn, path_of};
use platform::{App, Incoming, PageError, for_person, respond};
use templates::document::{Document, draft_form, order_form};
use templates::messages::Words;
use templates::pages::order_form::{self as order_page, OrderForm};
use templates::path::Path;

use crate::kept;

/// An order that there is a form of.
struct Ordered {
    turn: Turn,
    /// The catalogue by which it was placed, or would be.
    catalogue: Arc<Catalogue>,
    /// What it would be placed at; what is placed has its price.
    price: Option<OrderPrice>,
}

impl Ordered {
    /// In one read, but for a catalogue that is not in force any more, and for what prices an order that is not placed yet.
    async fn begin(app: &App, incoming: &Incoming) -> Result<Self, PageError> {
        let mut turn = Turn::begin(app, incoming, Asking::Page).await?;
        turn.look_again(app).await?;
        let order = &turn.order.value;
        let (catalogue, price) = match order.content() {
            Content::Placed(placed) => (app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await, None),
            Content::Draft(draft) => {
                admit(order, &Step::Review, &turn.catalogue, turn.now)
                    .map_err(|stands| PageError::SeeOther(path_of(order, &stands)))?;
                (turn.catalogue.clone(), Some(turn.price(draft)?))
            }
        };
        Ok(Self { turn, catalogue, price })
    }

    fn document<'a>(&'a self, words: &'a Words) -> Result<Document<'a>, PageError> {
        match (self.turn.order.value.content(), &self.price) {
            (Content::Placed(placed), _) => Ok(order_form(words, placed, &self.catalogue)),
            (Content::Draft(draft), Some(price)) => Ok(draft_form(words, draft, price, &self.catalogue)),
            (Content::Draft(_), None) => Err(PageError::Broken("an order that is not placed has no price")),
        }
    }
}

/// The form as a page.
pub(crate) async fn page(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let ordered = Ordered::begin(app, &incoming).await?;
        let (turn, order) = (&ordered.turn, &ordered.turn.order.value);
        let back = match order.content() {
            Content::Placed(_) => Path::order(order.id()),
            Content::Draft(_) => path_of(order, &Step::Review),
        };
        for_person(&turn.session_id, &turn.session, order.customer(), |context| {
            let document = ordered.document(context.words)?;
            let view = OrderForm { order: order.id(), document: &document, back: back.clone() };
            Ok(respond::page(StatusCode::OK, order_page::render(context, &view)))
        })
    })
    .await
}

/// The form as a file.
pub(crate) async fn file(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let ordered = Ordered::begin(app, &incoming).await?;
        let turn = &ordered.turn;
        for_person(&turn.session_id, &turn.session, turn.order.value.customer(), |context| {
            kept(context.words, &ordered.document(context.words)?)
        })
    })
    .await
}
