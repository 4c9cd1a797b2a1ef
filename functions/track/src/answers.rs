//! What a customer answers otherwise while an order is on its way, and what it costs then.

use lambda_http::{Body, Request, Response};
use order_manager::access::Actor;
use order_manager::admits::Reading;
use order_manager::calendar::today_in;
use order_manager::catalogue::ProductOffering;
use order_manager::characteristic::{Asked, Characteristic, Need};
use order_manager::decide::{Agreed, Command, Refusal, Wish, amended, as_drafted};
use order_manager::entered::{Entered, FieldError, Reason};
use order_manager::id::{CharacteristicId, OrderItemId};
use order_manager::order::{Irrevocable, Placed, PlacedItem, PriceChange};
use order_manager::party::Product;
use order_manager::value::Value;
use platform::questions::{Asking, plans};
use platform::session;
use platform::turn::Turn;
use platform::{App, Incoming, PageError};
use templates::pages::change_answers::{self, ChangeAnswers, Group, SHOWN_PRICE, known, shown_price};
use templates::path::Path;

use crate::changes::{changeable, shown};
use crate::{Again, done, is_ours};

/// An order, by the catalogue that it was placed by: what is not changed stays as it was agreed.
struct Amending {
    turn: Turn,
    /// What the customer has.
    products: Vec<Product>,
}

impl Amending {
    async fn begin(app: &App, incoming: &Incoming, asking: session::Asking) -> Result<Self, PageError> {
        let mut turn = Turn::begin(app, incoming, asking).await?;
        let placed = changeable(&turn)?;
        let own = app.catalogues.of(&app.store, &placed.catalogue, &turn.catalogue).await;
        let customer = app.store.customer(placed.ordered_for.id).await?;
        turn.catalogue = own;
        Ok(Self { turn, products: customer.map(|file| file.customer.products).unwrap_or_default() })
    }

    /// The item that the address names, and what of it can be answered otherwise. Where there is nothing, or not any more, the
    /// order's page says how it stands.
    fn item(&self, incoming: &Incoming) -> Result<(&Placed, &PlacedItem, Vec<&Characteristic>), PageError> {
        let order = changeable(&self.turn)?;
        let id: OrderItemId = incoming.parameter("item")?;
        let item = order.items.iter().find(|item| item.id == id).ok_or(PageError::NotFound)?;
        let form = self.turn.catalogue.form(&item.offering, &item.action);
        let asked: Vec<_> =
            form.into_iter().flat_map(ProductOffering::amendable).filter(|asked| item.answers.contains_key(&asked.id)).collect();
        if asked.is_empty() || item.irrevocable() == Irrevocable::Now {
            return Err(PageError::SeeOther(Path::order(order.id)));
        }
        Ok((order, item, asked))
    }

    fn page(
        &self,
        incoming: &Incoming,
        entered: &Entered,
        change: Option<&PriceChange>,
        errors: &[FieldError],
    ) -> Result<Response<Body>, PageError> {
        let (order, item, asked) = self.item(incoming)?;
        let draft = as_drafted(order, &self.products, &self.turn.catalogue);
        let asking = Asking::new(&self.turn, &draft, item.id, &[], entered)?;
        let saved = draft.item(item.id).ok_or(PageError::NotFound)?;
        let dialogs = asking.offering.dialogs.iter().map(|dialog| (Some(&dialog.title), Asked::InDialog(dialog.id.clone())));
        let groups = std::iter::once((None, Asked::OnPage)).chain(dialogs).map(|(title, place)| {
            let mut questions = asking.questions(&place, entered, errors, saved);
            questions.retain(|question| asked.iter().any(|asked| asked.id == question.spec.id));
            Group { title, questions }
        });
        let groups: Vec<_> = groups.filter(|group| !group.questions.is_empty()).collect();
        let has_plans = asking.offering.labels.iter().any(|label| asked.iter().any(|asked| asked.id == label.plan.0));
        let plans = if has_plans { plans(&self.turn, &draft, asking.offering) } else { vec![] };
        let view = ChangeAnswers { order, item, groups, plans, change, entered, errors };
        Ok(shown(&self.turn, errors, |context| change_answers::render(context, &view)))
    }

    /// What was answered, by what each question takes.
    fn read(&self, incoming: &Incoming) -> Result<Vec<(CharacteristicId, Option<Value>)>, Again> {
        let (order, _, asked) = self.item(incoming)?;
        let names: Vec<_> = asked.iter().flat_map(|asked| asked.value.field_names(asked.id.as_str())).collect();
        if incoming.entered.names().any(|name| name != SHOWN_PRICE && names.iter().all(|known| known != name)) {
            return Err(PageError::Unprocessable.into());
        }
        let area = self.turn.catalogue.area_of(order.place.address.zip);
        let reading = Reading { today: today_in(area, self.turn.now), area, services: &[], files: &[] };
        let (mut answers, mut errors) = (vec![], vec![]);
        for asked in asked {
            match asked.value.admit(asked.id.as_str(), &incoming.entered, &reading) {
                Ok(None) if asked.need == Need::Required => errors.push(FieldError::new(asked.id.as_str(), Reason::Missing)),
                Ok(answer) => answers.push((asked.id.clone(), answer)),
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() { Ok(answers) } else { Err(Again::Wrong(errors)) }
    }
}

pub(crate) async fn show(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let amending = Amending::begin(app, &incoming, session::Asking::Page).await?;
        let (_, item, asked) = amending.item(&incoming)?;
        let known = known(item, &asked);
        amending.page(&incoming, &known, None, &[])
    })
    .await
}

pub(crate) async fn save(app: &App, request: Request) -> Response<Body> {
    app.respond(request, async |incoming| {
        let amending = Amending::begin(app, &incoming, session::Asking::Form).await?;
        let entered = &incoming.entered;
        let again = |errors: &[FieldError]| amending.page(&incoming, entered, None, errors);
        let said = |key| again(&[FieldError::new("", Reason::Said(key))]);
        let answers = match is_ours(&amending.turn, &incoming).and_then(|()| amending.read(&incoming)) {
            Ok(answers) => answers,
            Err(Again::Wrong(errors)) => return again(&errors),
            Err(Again::Page(other)) => return Err(other),
        };
        let (order, item, _) = amending.item(&incoming)?;
        let Amending { turn, products } = &amending;
        let after = match amended(order, item.id, &answers, products, &turn.catalogue, turn.now) {
            Ok(after) => after,
            Err(Refusal::Fields(errors)) => return again(&errors),
            Err(Refusal::AgreedOtherwise) => return said("amend-agreed-otherwise"),
            Err(Refusal::NotAsked) => return said("amend-decides-more"),
            // It has gone on meanwhile: the page says how it stands, and what can still be done.
            Err(_) => return Err(PageError::SeeOther(Path::order(order.id))),
        };
        let is_dearer_or_cheaper = after.price.charges_otherwise(&order.price);
        if is_dearer_or_cheaper && matches!(turn.session.actor, Actor::Staff(_)) {
            return said("amend-by-customer");
        }
        if is_dearer_or_cheaper && entered.text(SHOWN_PRICE) != shown_price(&after.price) {
            let change = PriceChange { before: order.price.clone(), after: after.price };
            return amending.page(&incoming, entered, Some(&change), &[FieldError::new("", Reason::Said("amend-price"))]);
        }
        let agreed = Agreed::Shown(Box::new(after.price));
        let wish = Wish::Amend { item: item.id, answers, products: products.clone(), agreed };
        match done(app, turn, Command::Wish(wish), "").await {
            Ok(response) => Ok(response),
            Err(Again::Wrong(errors)) => again(&errors),
            Err(Again::Page(other)) => Err(other),
        }
    })
    .await
}
