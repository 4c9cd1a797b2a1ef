//! The interfaces for partners' own systems: TMF622 Product Ordering Management v4, and the catalogue by TMF620 Product Catalog
//! Management v4, read-only. Whoever calls bears a token of its client's own; it sees the orders of its own customers.

mod answer;
mod cancel;
mod catalogue;
mod change;
mod create;
mod hub;
mod list;
mod orders;
mod parties;
mod query;
mod reading;
mod sent;

use lambda_http::{Body, Request, Response};
use platform::{App, Route};

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route {
        key: "GET /tmf-api/productOrderingManagement/v4/productOrder",
        handler: |app, request| Box::pin(list::list(app, request)),
    },
    Route {
        key: "POST /tmf-api/productOrderingManagement/v4/productOrder",
        handler: |app, request| Box::pin(create::create(app, request)),
    },
    Route {
        key: "GET /tmf-api/productOrderingManagement/v4/productOrder/{id}",
        handler: |app, request| Box::pin(orders::show(app, request)),
    },
    Route {
        key: "PATCH /tmf-api/productOrderingManagement/v4/productOrder/{id}",
        handler: |app, request| Box::pin(change::change(app, request)),
    },
    Route {
        key: "DELETE /tmf-api/productOrderingManagement/v4/productOrder/{id}",
        handler: |app, request| Box::pin(orders::delete(app, request)),
    },
    Route {
        key: "GET /tmf-api/productOrderingManagement/v4/cancelProductOrder",
        handler: |app, request| Box::pin(cancel::list(app, request)),
    },
    Route {
        key: "POST /tmf-api/productOrderingManagement/v4/cancelProductOrder",
        handler: |app, request| Box::pin(cancel::ask(app, request)),
    },
    Route {
        key: "GET /tmf-api/productOrderingManagement/v4/cancelProductOrder/{id}",
        handler: |app, request| Box::pin(cancel::show(app, request)),
    },
    Route {
        key: "POST /tmf-api/productOrderingManagement/v4/hub",
        handler: |app, request| Box::pin(hub::register(app, request)),
    },
    Route {
        key: "DELETE /tmf-api/productOrderingManagement/v4/hub/{id}",
        handler: |app, request| Box::pin(hub::unregister(app, request)),
    },
    Route { key: "GET /tmf-api/productOrderingManagement/v4/openapi.yaml", handler: |_, _| Box::pin(document()) },
    Route {
        key: "GET /tmf-api/productCatalogManagement/v4/{resource}",
        handler: |app, request| Box::pin(catalogue::list(app, request)),
    },
    Route {
        key: "GET /tmf-api/productCatalogManagement/v4/{resource}/{id}",
        handler: |app, request| Box::pin(catalogue::show(app, request)),
    },
    Route { key: "GET /tmf-api/{proxy+}", handler: |app, request| Box::pin(elsewhere(app, request)) },
    Route { key: "POST /tmf-api/{proxy+}", handler: |app, request| Box::pin(elsewhere(app, request)) },
    Route { key: "PUT /tmf-api/{proxy+}", handler: |app, request| Box::pin(elsewhere(app, request)) },
    Route { key: "PATCH /tmf-api/{proxy+}", handler: |app, request| Box::pin(elsewhere(app, request)) },
    Route { key: "DELETE /tmf-api/{proxy+}", handler: |app, request| Box::pin(elsewhere(app, request)) },
];

/// What a token must be good for to see orders.
pub(crate) const ORDERS_READ: &str = "partners/orders.read";
/// What it must be good for to place, change and cancel them.
pub(crate) const ORDERS_WRITE: &str = "partners/orders.write";
/// What it must be good for to see what is sold.
pub(crate) const CATALOGUE_READ: &str = "partners/catalogue.read";

/// Both interfaces as an OpenAPI document, for everybody.
async fn document() -> Response<Body> {
    answer::document(include_str!("openapi.yaml"))
}

/// Nothing is there, or nothing that takes the method.
async fn elsewhere(_: &App, request: Request) -> Response<Body> {
    answer::elsewhere(&request)
}
