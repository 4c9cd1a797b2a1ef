//! A form that came after its session had ended: its sender sends it now, or throws it away.

use std::sync::Arc;

use http::StatusCode;
use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::catalogue::Catalogue;
use order_manager::characteristic::{Characteristic, ValueType};
use order_manager::entered::Entered;
use platform::session::Asking;
use platform::store::{LateForm, Session, SessionId, Wanted};
use platform::{App, Incoming, PageError, respond, session};
use templates::components::form::{OPEN, REMOVE, UPDATE};
use templates::layout::{Context, SignedIn};
use templates::messages::Words;
use templates::pages::kept_form::{self, Answer, KeptForm};
use templates::path::Path;

/// Who asks, customer or staff.
struct Person {
    id: SessionId,
    session: Session,
    catalogue: Arc<Catalogue>,
    /// Their own form, where one is kept.
    late: Option<LateForm>,
}

async fn person(app: &App, incoming: &Incoming, asking: Asking) -> Result<Person, PageError> {
    let now = app.clock.now();
    let id = incoming.session.clone().ok_or(PageError::SignIn { return_to: incoming.return_to(), ended: false })?;
    let loaded = app.store.load(&Wanted { session: Some(&id), ..Wanted::default() }).await?;
    let session = app.stands(incoming, &id, loaded.session, asking, now).await?;
    let catalogue = app.catalogues.current(&app.store, &loaded.catalogue_head, now).await?;
    let late = app.store.late_form(&id, now).await?.filter(|late| late.person == session.actor.person());
    Ok(Person { id, session, catalogue, late })
}

fn home(session: &Session) -> Path {
    match &session.actor {
        Actor::Customer { customers, .. } => customers.first().map_or(Path::ACCOUNT, |customer| Path::customer(*customer)),
        Actor::Staff(_) => Path::WORK,
    }
}

/// Shows what is kept. Somebody else's is not there.
pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let Person { id, session, catalogue, late } = person(app, &incoming, Asking::Page).await?;
        let (token, home) = (session::form_token(&id), home(&session));
        let signed_in = Some(SignedIn { name: &session.name, home: Some(&home), acting_for: None });
        let context = Context { words: Words::english(), form_token: &token, signed_in };
        let late = late.as_ref().and_then(|late| Some((late, Path::own(&late.action)?)));
        let markup = match late {
            Some((late, action)) => {
                let answers = answers(&late.entered, &catalogue, context.words);
                let version = late.version.parse().ok();
                kept_form::render(&context, &KeptForm { action, version, entered: &late.entered, answers })
            }
            None => kept_form::nothing(&context, &home),
        };
        Ok(respond::page(StatusCode::OK, markup))
    })
    .await
}

/// Throws it away.
pub(crate) async fn discard(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let person = person(app, &incoming, Asking::Form).await?;
        if !session::is_token_of(&person.id, &incoming.token) {
            return Err(PageError::Forbidden);
        }
        app.store.discard_late_form(&person.id).await?;
        Ok(respond::see_other(&home(&person.session)))
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
