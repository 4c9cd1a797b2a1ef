//! The catalogue in force, read-only.

use std::sync::Arc;

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::catalogue::Catalogue;
use platform::App;
use platform::store::Wanted;
use platform::tmf::{CatalogueResource, catalogue_resource, catalogue_resources};
use templates::api::Fault;

use crate::CATALOGUE_READ;
use crate::answer::{ApiError, Caller, json, part, respond};
use crate::query::Query;

/// A part of the resources of a kind.
pub(crate) async fn list(app: &App, request: Request) -> Response<Body> {
    respond(app, request, CATALOGUE_READ, async |caller| {
        let kind = kind(&caller)?;
        let mut query = Query::of(&caller.request)?;
        let paging = query.paging()?;
        query.end()?;
        let resources = catalogue_resources(kind, &*in_force(app).await?, &caller.origin);
        let total = resources.len();
        let page = resources.into_iter().skip(paging.offset).take(paging.limit);
        Ok(part(page.map(|resource| paging.fields.of(resource)).collect(), total))
    })
    .await
}

/// One of them.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    respond(app, request, CATALOGUE_READ, async |caller| {
        let kind = kind(&caller)?;
        let mut query = Query::of(&caller.request)?;
        let fields = query.fields();
        query.end()?;
        let found = catalogue_resource(kind, &caller.parameter("id")?, &*in_force(app).await?, &caller.origin);
        Ok(json(StatusCode::OK, &fields.of(found.ok_or(Fault::NotFound)?)))
    })
    .await
}

fn kind(caller: &Caller) -> Result<CatalogueResource, ApiError> {
    CatalogueResource::named(&caller.parameter("resource")?).ok_or(Fault::NotFound.into())
}

async fn in_force(app: &App) -> Result<Arc<Catalogue>, ApiError> {
    let head = app.store.load(&Wanted::default()).await?.catalogue_head;
    Ok(app.catalogues.current(&app.store, &head, app.clock.now()).await?)
}
