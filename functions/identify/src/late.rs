//! A form that came after its session had ended: its sender sends it now, or throws it away.

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::{Characteristic, ValueType};
use order_manager::entered::Entered;
use platform::session::Asking;
use platform::store::LateForm;
use platform::{App, Asker, Incoming, PageError, home, respond};
use templates::components::form::{OPEN, REMOVE, UPDATE};
use templates::messages::Words;
use templates::pages::kept_form::{self, Answer, KeptForm};
use templates::path::Path;

/// Who asks, customer or staff, and their own form, where one is kept.
async fn person(app: &App, incoming: &Incoming, asking: Asking) -> Result<(Asker, Option<LateForm>), PageError> {
    let asker = Asker::of(app, incoming, asking).await?;
    let late = app.store.late_form(&asker.session_id, asker.now).await?;
    let late = late.filter(|late| late.person == asker.session.actor.person());
    Ok((asker, late))
}

/// Shows what is kept. Somebody else's is not there.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let (asker, late) = person(app, &incoming, Asking::Page).await?;
        let catalogue = asker.catalogue(app).await?;
        let late = late.as_ref().and_then(|late| Some((late, Path::own(&late.action)?)));
        Ok(asker.page(StatusCode::OK, |context| match late {
            Some((late, action)) => {
                let answers = answers(&late.entered, &catalogue, context.words);
                let version = late.version.parse().ok();
                kept_form::render(context, &KeptForm { action, version, entered: &late.entered, answers })
            }
            None => kept_form::nothing(context, &home(&asker.session)),
        }))
    })
    .await
}

/// Throws it away.
pub(crate) async fn discard(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let (asker, _) = person(app, &incoming, Asking::Form).await?;
        if asker.not_ours(&incoming).is_some() {
            return Err(PageError::Forbidden);
        }
        app.store.discard_late_form(&asker.session_id).await?;
        Ok(respond::see_other(&home(&asker.session)))
    })
    .await
}

/// What was entered, as its sender reads it: in the catalogue's words where it asks for it.
fn answers<'a>(entered: &'a Entered, catalogue: &'a Catalogue, words: &'a Words) -> Vec<Answer<'a>> {
    let buttons = [UPDATE, OPEN, REMOVE];
    let names = entered.names().filter(|name| !buttons.contains(name));
    let answer = |name: &'a str| {
        let asked = asked(catalogue, name.split('.').next().unwrap_or(name));
        let texts = entered.all(name).iter().filter(|text| !text.trim().is_empty());
        let said: Vec<_> = texts.map(|text| asked.and_then(|asked| choice(asked, text, words)).unwrap_or(text).into()).collect();
        let label = asked
            .map_or_else(|| name.replace(['-', '_', '.'], " ").into(), |asked| asked.label.in_language(words.language()).into());
        (!said.is_empty()).then_some(Answer { label, said })
    };
    names.filter_map(answer).collect()
}

fn asked<'a>(catalogue: &'a Catalogue, name: &str) -> Option<&'a Characteristic> {
    let offerings = catalogue.offerings.iter().chain(catalogue.changes.values());
    offerings
        .flat_map(|offering| &offering.characteristics)
        .map(AsRef::as_ref)
        .find(|asked: &&Characteristic| asked.id.as_str() == name)
}

/// What a choice is called.
fn choice<'a>(asked: &'a Characteristic, text: &str, words: &Words) -> Option<&'a str> {
    let (ValueType::Choice(options) | ValueType::Choices { options, .. }) = &asked.value else { return None };
    let option = options.iter().find(|option| option.id.as_str() == text)?;
    Some(option.label.in_language(words.language()))
}
