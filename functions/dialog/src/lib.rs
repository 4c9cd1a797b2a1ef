//! A dialog as a page of its own: specialised information about an item.

use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Saving};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{DialogId, OrderItemId};
use order_manager::journey::Step;
use order_manager::order::{Draft, ProductOrder};
use order_manager::telephone::TelephoneNumber;
use platform::questions::{Asking, item_of, name_of};
use platform::turn::{OrderStep, Shown, Turn, save, show};
use platform::{App, Incoming, PageError, Route};
use templates::Markup;
use templates::components::form::UPDATE;
use templates::components::order_details::field_id;
use templates::components::order_summary::draft_summary;
use templates::pages::dialog::{self, DialogPage, ShownFrom};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}/items/{item}/{dialog}", handler: |app, request| Box::pin(show(app, request, OwnPage::of)) },
    Route {
        key: "POST /orders/{order}/items/{item}/{dialog}",
        handler: |app, request| Box::pin(save(app, request, OwnPage::of)),
    },
];

struct OwnPage {
    item: OrderItemId,
    dialog: DialogId,
}

impl OwnPage {
    fn of(incoming: &Incoming) -> Result<Self, PageError> {
        Ok(Self { item: incoming.parameter("item")?, dialog: incoming.parameter("dialog")? })
    }

    fn asked(&self) -> Asked {
        Asked::InDialog(self.dialog.clone())
    }
}

impl OrderStep for OwnPage {
    type Facts = Vec<TelephoneNumber>;

    const TAKES_FILES: bool = true;

    fn step(&self) -> Step {
        Step::Dialog(self.item, self.dialog.clone())
    }

    fn item(&self) -> Option<OrderItemId> {
        Some(self.item)
    }

    async fn facts(&self, app: &App, turn: &Turn) -> Result<Self::Facts, PageError> {
        platform::offered_numbers(app, turn, self.item, Some(&self.dialog)).await
    }

    fn saved(&self, turn: &Turn, draft: &Draft) -> Entered {
        let asking = Asking::new(turn, draft, self.item, &[], &Entered::default());
        asking.map_or_else(|_| Entered::default(), |asking| asking.saved(&self.asked()))
    }

    fn names(&self, turn: &Turn, draft: &Draft) -> Vec<String> {
        let mut names = vec![UPDATE.to_owned()];
        if let Ok(asking) = Asking::new(turn, draft, self.item, &[], &Entered::default()) {
            names.extend(asking.names(&self.asked()));
        }
        names
    }

    fn commands(&self, turn: &Turn, draft: &Draft, _: &Self::Facts, entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
        let gone = |_| vec![];
        let (saved, _) = item_of(draft, self.item, &turn.catalogue).map_err(gone)?;
        let asking = Asking::new(turn, draft, self.item, &[], &Entered::default()).map_err(gone)?;
        let asks_more = asking.brought_up(turn, draft, &self.asked(), entered).is_some();
        let saving = if entered.has(UPDATE) || asks_more { Saving::SoFar } else { Saving::Whole };
        Ok(vec![asking.answer(turn, &self.asked(), entered, saved, saving)?])
    }

    fn render(&self, turn: &Turn, draft: &Draft, numbers: &Self::Facts, shown: &Shown<'_>) -> Result<Markup, PageError> {
        let (item, offering) = item_of(draft, self.item, &turn.catalogue)?;
        let asking = Asking::new(turn, draft, self.item, numbers, shown.entered)?;
        let price = turn.price(draft)?;
        let view = DialogPage {
            order: draft.id,
            item: self.item,
            version: shown.version,
            position: turn.position(draft, &self.step()),
            name: name_of(item, offering, &turn.catalogue),
            dialog: offering.dialog(&self.dialog).ok_or(PageError::NotFound)?,
            questions: asking.questions(&self.asked(), shown.entered, shown.errors, item),
            entered: shown.entered,
            errors: shown.errors,
            shown_from: ShownFrom::ItsAddress,
            aside: Some(draft_summary(shown.context.words, draft, &turn.catalogue, &price)),
        };
        Ok(dialog::render(shown.context, &view))
    }

    fn leads_to(&self, turn: &Turn, _: &ProductOrder, entered: &Entered) -> Option<Path> {
        let page = Path::dialog(turn.order.value.id(), self.item, &self.dialog);
        let draft = turn.draft().ok()?;
        let asking = Asking::new(turn, draft, self.item, &[], &Entered::default()).ok()?;
        match asking.brought_up(turn, draft, &self.asked(), entered) {
            Some(question) => Some(page.at(&field_id(question))),
            None => entered.has(UPDATE).then_some(page),
        }
    }
}
