//! Gives a customer's own files back.

use lambda_http::{Body, Request, Response};
use order_manager::id::{CharacteristicId, OrderItemId};
use order_manager::order::Content;
use order_manager::value::{Answers, Value};
use platform::turn::Turn;
use platform::{App, PageError, respond, session};

/// The file that answers a question, of a draft or of an order that was placed.
pub(crate) async fn give_back(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let (item, question) = (incoming.parameter("item")?, incoming.parameter::<CharacteristicId>("question")?);
        let turn = Turn::begin(app, &incoming, session::Asking::Page).await?;
        let answers = answers_of(turn.order.value.content(), item).ok_or(PageError::NotFound)?;
        let Some(Value::File(file)) = answers.get(&question) else { return Err(PageError::NotFound) };
        let content = app.files.get(file, turn.now).await?;
        Ok(respond::attachment(file, content.into()))
    })
    .await
}

fn answers_of(content: Content<'_>, item: OrderItemId) -> Option<&Answers> {
    match content {
        Content::Draft(draft) => draft.item(item).map(|item| &item.answers),
        Content::Placed(placed) => placed.items.iter().find(|placed| placed.id == item).map(|item| &item.answers),
    }
}
