//! The text as a customer marked it up, given back as a file to keep.

use lambda_http::{Body, Response};
use order_manager::agreement::Stage;
use platform::{App, PageError, respond};

use crate::deal::Deal;

pub(crate) async fn show(app: &App, deal: &Deal) -> Result<Response<Body>, PageError> {
    let Stage::Countered(countered) = &deal.value().newest else { return Err(PageError::NotFound) };
    let file = &countered.counter.file;
    let content = app.files.get(file, deal.asker.now).await?;
    Ok(respond::attachment(file, content.to_vec()))
}
