//! An agreement as a file: to its customer the version that they were sent, to staff any.

use lambda_http::{Body, Request, Response};
use order_manager::agreement::{Reader, text_of};
use order_manager::id::AgreementId;
use platform::session::Asking;
use platform::store::Wanted;
use platform::{App, Asker, PageError, for_person};
use templates::document;
use templates::pages::agreement::redline::TO;

use crate::kept;

pub(crate) async fn file(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let id: AgreementId = incoming.parameter("agreement")?;
        let wanted = Wanted { agreement: Some(id), ..Wanted::default() };
        let (asker, loaded, ()) = Asker::with(app, &incoming, Asking::Page, wanted, async { Ok(()) }).await?;
        let agreement = loaded.agreement.ok_or(PageError::NotFound)?.value;
        let reader = Reader::of(&asker.session.actor, &agreement, asker.now).ok_or(PageError::NotFound)?;
        let number = incoming.query(TO).map_or(Ok(None), |text| text.parse().map(Some).map_err(|_| PageError::NotFound))?;
        let stage = match (reader, number) {
            (Reader::Customer, _) => agreement.shown_to_customer().cloned(),
            (_, None) => Some(agreement.newest.clone()),
            (_, Some(number)) => app.store.version_of(&agreement, number).await?,
        };
        let stage = stage.ok_or(PageError::NotFound)?;
        let text = match stage.offer() {
            Some(offer) => offer.text.clone(),
            None => text_of(stage.version(), &agreement.customer, &*asker.catalogue(app).await?),
        };
        for_person(&asker.session_id, &asker.session, agreement.customer.id, |context| {
            kept(context.words, &document::agreement(context.words, &text, &stage))
        })
    })
    .await
}
