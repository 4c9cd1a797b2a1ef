//! Documents to print and to keep: an order's form, as a page and as a file, and agreements as files.

mod agreement;
mod order;
pub mod pdf;

use lambda_http::{Body, Response};
use platform::{Function, PageError, Route, respond};
use templates::document::Document;
use templates::messages::Words;

/// What is deployed.
pub const FUNCTION: Function = Function { name: "documents", routes: ROUTES };

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}/order-form", handler: |app, request| Box::pin(order::page(app, request)) },
    Route { key: "GET /orders/{order}/order-form.pdf", handler: |app, request| Box::pin(order::file(app, request)) },
    Route { key: "GET /agreements/{agreement}/agreement.pdf", handler: |app, request| Box::pin(agreement::file(app, request)) },
];

/// A document as a file to keep.
fn kept(words: &Words, document: &Document<'_>) -> Result<Response<Body>, PageError> {
    match pdf::write(words, document) {
        Ok(file) => Ok(respond::pdf(&format!("{}.pdf", document.title), file)),
        Err(error) => {
            tracing::error!(%error, "a document could not be written");
            Err(PageError::Broken("a document could not be written"))
        }
    }
}
