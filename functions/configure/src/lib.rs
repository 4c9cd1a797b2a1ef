//! The options of an item: its questions by drop-downs, its dialogs beside them; adding items and taking them out; giving back
//! the files that answer them.

mod files;
mod items;

use order_manager::catalogue::Dialog;
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Refusal, Saving, decide};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{OrderId, OrderItemId};
use order_manager::journey::{Progress, Step, standing_at, steps};
use order_manager::order::{Draft, DraftItem, ProductOrder};
use order_manager::telephone::TelephoneNumber;
use platform::questions::{Asking, item_of, name_of, plans};
use platform::turn::{OrderStep, Shown, Turn, save, show};
use platform::{App, Incoming, PageError, Route};
use templates::Markup;
use templates::components::dialog::DialogStatus;
use templates::components::form::{OPEN, UPDATE};
use templates::components::item_name::item_heading;
use templates::components::order_details::field_id;
use templates::components::order_summary::draft_summary;
use templates::pages::configure::{self, Configure, DialogView, Notice, Way};
use templates::pages::dialog::{self, DialogPage, ShownFrom};
use templates::path::Path;

/// What this function answers.
pub const ROUTES: &[Route] = &[
    Route { key: "GET /orders/{order}/items/{item}", handler: |app, request| Box::pin(show(app, request, Options::of)) },
    Route { key: "POST /orders/{order}/items/{item}", handler: |app, request| Box::pin(save(app, request, Options::of)) },
    Route { key: "GET /orders/{order}/quick/{item}", handler: |app, request| Box::pin(show(app, request, Options::at_once)) },
    Route { key: "POST /orders/{order}/quick/{item}", handler: |app, request| Box::pin(save(app, request, Options::at_once)) },
    Route { key: "GET /orders/{order}/items", handler: |app, request| Box::pin(items::choose(app, request)) },
    Route { key: "POST /orders/{order}/items", handler: |app, request| Box::pin(items::add(app, request)) },
    Route { key: "POST /orders/{order}/items/{item}/remove", handler: |app, request| Box::pin(items::remove(app, request)) },
    Route {
        key: "GET /orders/{order}/files/{item}/{question}",
        handler: |app, request| Box::pin(files::give_back(app, request)),
    },
];

/// In the address of an item's page: what was typed there is saved, and what follows from it is asked.
const SAVED: &str = "saved";

struct Options {
    item: OrderItemId,
    way: Way,
    notice: Option<Notice>,
}

impl Options {
    fn of(incoming: &Incoming) -> Result<Self, PageError> {
        let notice = incoming.query(SAVED).map(|_| Notice::Updated);
        Ok(Self { item: incoming.parameter("item")?, way: Way::StepByStep, notice })
    }

    /// The quick page: everything about the item at once, for people who order every day.
    fn at_once(incoming: &Incoming) -> Result<Self, PageError> {
        Ok(Self { way: Way::AtOnce, ..Self::of(incoming)? })
    }

    fn path(&self, order: OrderId) -> Path {
        match self.way {
            Way::StepByStep => Path::item(order, self.item),
            Way::AtOnce => Path::quick(order, self.item),
        }
    }
}

/// What Save and the other buttons ask for.
enum Button {
    Save,
    Update,
    Open(String),
}

fn button(entered: &Entered) -> Button {
    match (entered.text(OPEN), entered.text(UPDATE)) {
        ("", "") => Button::Save,
        ("", _) => Button::Update,
        (dialog, _) => Button::Open(dialog.to_owned()),
    }
}

impl OrderStep for Options {
    type Facts = Vec<TelephoneNumber>;

    const TAKES_FILES: bool = true;

    fn step(&self) -> Step {
        Step::Item(self.item)
    }

    fn item(&self) -> Option<OrderItemId> {
        Some(self.item)
    }

    /// Numbers on offer, for an offering that offers any.
    async fn facts(&self, app: &App, turn: &Turn) -> Result<Self::Facts, PageError> {
        platform::offered_numbers(app, turn, self.item, None).await
    }

    fn saved(&self, turn: &Turn, draft: &Draft) -> Entered {
        let Ok(asking) = Asking::new(turn, draft, self.item, &[], &Entered::default()) else { return Entered::default() };
        let mut saved = asking.saved(&Asked::OnPage);
        for dialog in asking.dialogs() {
            let of_dialog = asking.saved(&Asked::InDialog(dialog.id.clone()));
            for name in of_dialog.names() {
                for text in of_dialog.all(name) {
                    saved.add(name, text);
                }
            }
        }
        saved
    }

    fn names(&self, turn: &Turn, draft: &Draft) -> Vec<String> {
        let mut names = vec![OPEN.to_owned(), UPDATE.to_owned()];
        if let Ok(asking) = Asking::new(turn, draft, self.item, &[], &Entered::default()) {
            names.extend(asking.names(&Asked::OnPage));
            for dialog in &asking.offering.dialogs {
                names.extend(asking.names(&Asked::InDialog(dialog.id.clone())));
            }
        }
        names
    }

    fn commands(&self, turn: &Turn, draft: &Draft, _: &Self::Facts, entered: &Entered) -> Result<Vec<Command>, Vec<FieldError>> {
        let gone = |_| vec![];
        let (saved, _) = item_of(draft, self.item, &turn.catalogue).map_err(gone)?;
        let asking = Asking::new(turn, draft, self.item, &[], &Entered::default()).map_err(gone)?;
        let button = button(entered);
        if self.way == Way::AtOnce {
            return at_once(&asking, turn, draft, entered, saved, &button);
        }
        let asks_more = asking.brought_up(turn, draft, &Asked::OnPage, entered).is_some();
        let whole = if matches!(button, Button::Save) && !asks_more { Saving::Whole } else { Saving::SoFar };
        let mut commands = vec![];
        // Dialogs first: what stands in them went out with the form, and the page's own answers may depend on none of it.
        for dialog in asking.dialogs() {
            let asked = Asked::InDialog(dialog.id.clone());
            let here: Vec<_> = asking.names(&asked);
            if here.iter().any(|name| entered.has(name)) && changed(&asking.saved(&asked), entered, &here) {
                let this = entered.text(UPDATE) == dialog.id.as_str();
                commands.push(asking.answer(turn, &asked, entered, saved, if this { Saving::Whole } else { Saving::SoFar })?);
            }
        }
        commands.push(asking.answer(turn, &Asked::OnPage, entered, saved, whole)?);
        Ok(commands)
    }

    fn render(&self, turn: &Turn, draft: &Draft, numbers: &Self::Facts, shown: &Shown<'_>) -> Result<Markup, PageError> {
        let (item, offering) = item_of(draft, self.item, &turn.catalogue)?;
        let asking = Asking::new(turn, draft, self.item, numbers, shown.entered)?;
        let progress = steps(&asking.draft, &turn.catalogue, turn.now);
        let status = |dialog: &order_manager::id::DialogId| {
            let step = Step::Dialog(self.item, dialog.clone());
            let asked = Asked::InDialog(dialog.clone());
            match progress.iter().find(|(candidate, _)| *candidate == step) {
                Some((_, Progress::Done)) => DialogStatus::Complete,
                _ if item.answers.keys().any(|id| offering.asked(&asked).any(|spec| spec.id == *id)) => DialogStatus::Incomplete,
                _ => DialogStatus::ToDo,
            }
        };
        let price = turn.price(draft)?;
        let aside = Some(draft_summary(shown.context.words, draft, &turn.catalogue, &price));
        let is_wrong = |dialog: &Dialog| {
            let names = asking.names(&Asked::InDialog(dialog.id.clone()));
            shown.errors.iter().any(|error| names.iter().any(|name| *name == *error.field))
        };
        // What is wrong in a dialog would be out of sight on the item's page.
        if self.way == Way::StepByStep
            && let Some(dialog) = asking.dialogs().into_iter().find(|dialog| is_wrong(dialog))
        {
            let view = DialogPage {
                order: draft.id,
                item: self.item,
                version: shown.version,
                position: turn.position(draft, &self.step()),
                name: name_of(item, offering, &turn.catalogue),
                dialog,
                questions: asking.questions(&Asked::InDialog(dialog.id.clone()), shown.entered, shown.errors, item),
                entered: shown.entered,
                errors: shown.errors,
                shown_from: ShownFrom::TheItem,
                aside,
            };
            return Ok(dialog::render(shown.context, &view));
        }
        let view = Configure {
            order: draft.id,
            item: self.item,
            way: self.way,
            version: shown.version,
            offering,
            name: name_of(item, offering, &turn.catalogue),
            heading: item_heading(
                shown.context.words,
                &item.action,
                &turn.catalogue.offering(&item.offering).unwrap_or(offering).name,
            ),
            place: &draft.place.address,
            position: turn.position(draft, &self.step()),
            questions: asking.questions(&Asked::OnPage, shown.entered, shown.errors, item),
            dialogs: asking
                .dialogs()
                .into_iter()
                .map(|dialog| DialogView {
                    dialog,
                    status: status(&dialog.id),
                    questions: asking.questions(&Asked::InDialog(dialog.id.clone()), shown.entered, shown.errors, item),
                })
                .collect(),
            entered: shown.entered,
            errors: shown.errors,
            plans: plans(turn, draft, offering),
            notice: self.notice.filter(|_| shown.errors.is_empty()),
            back: turn.before(draft, &self.step()),
            aside,
        };
        Ok(configure::render(shown.context, &view))
    }

    fn leads_to(&self, turn: &Turn, after: &ProductOrder, entered: &Entered) -> Option<Path> {
        let order = turn.order.value.id();
        let saved = || self.path(order).with(SAVED, "yes");
        match button(entered) {
            Button::Save => {
                let draft = turn.draft().ok()?;
                let asking = Asking::new(turn, draft, self.item, &[], &Entered::default()).ok()?;
                if let Some(question) = asking.brought_up(turn, draft, &Asked::OnPage, entered) {
                    return Some(saved().at(&field_id(question)));
                }
                match (self.way, standing_at(after, &turn.catalogue, turn.now)) {
                    (Way::AtOnce, Step::Dialog(item, _)) if item == self.item => Some(saved()),
                    (Way::AtOnce, Step::Item(item) | Step::Dialog(item, _)) => Some(Path::quick(order, item)),
                    _ => None,
                }
            }
            Button::Update => Some(saved()),
            Button::Open(dialog) => {
                Some(dialog.parse().map_or_else(|_| self.path(order), |dialog| Path::dialog(order, self.item, &dialog)))
            }
        }
    }
}

/// The answers of the quick page: the item's own and those of every dialog that they ask for, all whole unless what was typed
/// brings up more.
fn at_once(
    asking: &Asking<'_>,
    turn: &Turn,
    draft: &Draft,
    entered: &Entered,
    saved: &DraftItem,
    button: &Button,
) -> Result<Vec<Command>, Vec<FieldError>> {
    let typed = Asking::new(turn, draft, saved.id, &[], entered).map_err(|_| vec![])?;
    let shown = |dialog: &Dialog| asking.dialogs().iter().any(|shown| shown.id == dialog.id);
    let dialogs: Vec<_> = typed.dialogs().into_iter().filter(|dialog| shown(dialog)).collect();
    let groups: Vec<_> =
        std::iter::once(Asked::OnPage).chain(dialogs.iter().map(|dialog| Asked::InDialog(dialog.id.clone()))).collect();
    let asks_more = groups.iter().any(|asked| asking.brought_up(turn, draft, asked, entered).is_some());
    let saving = if matches!(button, Button::Save) && !asks_more { Saving::Whole } else { Saving::SoFar };
    let (mut commands, mut errors) = (vec![], vec![]);
    // Decided here as well: a refusal ends what is decided later, and all that is wrong on the page is said at once.
    let mut order = turn.order.value.clone();
    for asked in &groups {
        match asking.answer(turn, asked, entered, saved, saving) {
            Ok(command) => {
                match decide(&order, command.clone(), &turn.catalogue, turn.now) {
                    Ok(after) => order = after,
                    Err(Refusal::Fields(wrong)) => errors.extend(wrong),
                    Err(_) => {}
                }
                commands.push(command);
            }
            Err(wrong) => errors.extend(wrong),
        }
    }
    if errors.is_empty() { Ok(commands) } else { Err(errors) }
}

/// Whether anything in these fields is not what is saved.
fn changed(saved: &Entered, entered: &Entered, names: &[String]) -> bool {
    let said = |of: &Entered, name: &str| -> Vec<String> {
        of.all(name).iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    names.iter().any(|name| said(saved, name) != said(entered, name))
}
