//! Installation: an appointment where a technician comes, a day where nobody does, and whom to call.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::entered::{Entered, FieldError};
use order_manager::inventory::AppointmentSlot;
use order_manager::order::{Draft, Visit};
use order_manager::pricing::OrderPrice;
use order_manager::text::Text;

use crate::components::banner::banner;
use crate::components::button::{primary, second_link};
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_summary::draft_summary;
use crate::components::progress::{Position, progress};
use crate::components::slot_picker::slot_picker;
use crate::components::tag::Tone;
use crate::components::text_input::{Kind, Size, TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The appointment chosen, as [`AppointmentSlot::choice`] names it.
pub const SLOT: &str = "slot";
/// The day asked for, where nobody comes.
pub const REQUESTED: &str = "requested";
/// Whom to call on the day.
pub const CONTACT_NAME: &str = "contact-name";
/// At which number.
pub const CONTACT_PHONE: &str = "contact-phone";
/// How to get in.
pub const ACCESS_NOTES: &str = "access-notes";
/// Whom to call about a fault later.
pub const FAULT_NAME: &str = "fault-name";
/// At which number.
pub const FAULT_PHONE: &str = "fault-phone";
/// An earlier day that is wished for.
pub const EXPEDITE: &str = "expedite";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Installation<'a> {
    /// The order.
    pub draft: &'a Draft,
    /// The catalogue it is priced by.
    pub catalogue: &'a Catalogue,
    /// What it costs.
    pub price: &'a OrderPrice,
    /// The version that is shown.
    pub version: u64,
    /// The step's place on the way.
    pub position: Option<Position>,
    /// The page before this one.
    pub back: Option<&'a Path>,
    /// The first day on which everything can be in service.
    pub earliest: Date,
    /// The service that takes longest, where that is worth saying.
    pub slowest: Option<&'a Text>,
    /// The days before that which can be wished for, the first and the last, where any can.
    pub sooner: Option<(Date, Date)>,
    /// What there is to choose.
    pub visit: VisitChoice<'a>,
    /// What was entered, or what is [known](known) when nothing was.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// What there is to choose.
#[derive(Clone, Copy, Debug)]
pub enum VisitChoice<'a> {
    /// A technician has to come.
    Technician {
        /// The appointments that are open, those held for this order included.
        open: &'a [AppointmentSlot],
        /// Whether an appointment was chosen before and could not be held any longer.
        lapsed: bool,
    },
    /// Nobody has to come.
    Nobody {
        /// The last day that can be asked for.
        latest: Date,
    },
}

/// What is known before anything is entered: what was saved, or else what the file said that the order came of, or the
/// contact of record.
#[must_use]
pub fn known(draft: &Draft) -> Entered {
    let mut known = Entered::default();
    let (name, phone) = match (&draft.installation, &draft.project) {
        (Some(saved), _) => (&saved.contact.name, saved.contact.phone),
        (None, Some(file)) => (&file.contact_name, file.contact_phone),
        (None, None) => (&draft.ordered_for.contact.name, draft.ordered_for.contact.phone),
    };
    known.add(CONTACT_NAME, &**name);
    known.add(CONTACT_PHONE, phone.to_string());
    if let (None, Some(day)) = (&draft.installation, draft.project.as_ref().and_then(|file| file.requested)) {
        known.add(REQUESTED, day.to_string());
    }
    if let Some(installation) = &draft.installation {
        match &installation.visit {
            Visit::Technician(slot) => known.add(SLOT, slot.choice()),
            Visit::None { requested } => known.add(REQUESTED, requested.to_string()),
        }
        if let Some(notes) = &installation.access_notes {
            known.add(ACCESS_NOTES, &**notes);
        }
        if let Some(contact) = &installation.fault_contact {
            known.add(FAULT_NAME, &*contact.name);
            known.add(FAULT_PHONE, contact.phone.to_string());
        }
        if let Some(day) = installation.expedite {
            known.add(EXPEDITE, day.to_string());
        }
    }
    known
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Installation<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let place = view.draft.place.address.to_string();
    let title = match view.visit {
        VisitChoice::Technician { .. } => words.text("installation-title-visit"),
        VisitChoice::Nobody { .. } => words.text("installation-title-day"),
    };
    let fields = Fields::new(words, view);
    let save = words.text("save-and-continue");
    let action = Path::order_step(view.draft.id, "installation");
    let none_left = matches!(view.visit, VisitChoice::Technician { open: [], .. });
    let lapsed = matches!(view.visit, VisitChoice::Technician { lapsed: true, .. });
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        p { (why(words, view, place)) }
        p .note { (earliest(words, view)) }
        @if none_left { (none_open(words, &action)) } @else {
            (form(
                context,
                &Form { action: &action, save: &save, version: Some(view.version), uploads: false },
                &html! {
                    (when(&filled, view, &fields.when))
                    @if let Some((first, last)) = view.sooner { (date_input(&filled, &fields.sooner, first, last)) }
                    (contact(&filled, &fields))
                    (fault_contact(&filled, &fields))
                    div .actions { (primary(&save)) }
                },
            ))
        }
    };
    page(
        context,
        Page {
            back: view.back.cloned(),
            banner: lapsed.then(|| {
                let what = html! { p { (words.text("installation-lapsed")) } };
                banner(Tone::Attention, &words.text("installation-lapsed-title"), &what)
            }),
            problems: filled.problems(&fields.in_order()),
            aside: Some(draft_summary(words, view.draft, view.catalogue, view.price)),
            ..Page::titled(title.clone(), main)
        },
    )
}

/// The page's fields, in their order.
struct Fields<'a> {
    when: Field<'a>,
    name: Field<'a>,
    phone: Field<'a>,
    access: Field<'a>,
    sooner: Field<'a>,
    fault_name: Field<'a>,
    fault_phone: Field<'a>,
}

impl<'a> Fields<'a> {
    fn new(words: &'a Words, view: &Installation<'_>) -> Self {
        let when = match view.visit {
            VisitChoice::Technician { .. } => Field::new(SLOT, words.text("installation-slots"))
                .asks(Asks::Choosing)
                .hint(words.text("installation-slots-hint")),
            VisitChoice::Nobody { .. } => {
                Field::new(REQUESTED, words.text("installation-requested")).hint(words.text("installation-requested-hint"))
            }
        };
        let access = Field::new(ACCESS_NOTES, words.text("installation-access")).hint(words.text("installation-access-hint"));
        Self {
            when,
            name: Field::new(CONTACT_NAME, words.text("installation-contact-name")),
            phone: Field::new(CONTACT_PHONE, words.text("installation-contact-phone"))
                .hint(words.text("installation-contact-phone-hint")),
            access: access.optional(),
            sooner: Field::new(EXPEDITE, words.text("installation-sooner"))
                .hint(words.text("installation-sooner-hint"))
                .optional(),
            fault_name: Field::new(FAULT_NAME, words.text("installation-fault-name")).optional(),
            fault_phone: Field::new(FAULT_PHONE, words.text("installation-fault-phone")).optional(),
        }
    }

    fn in_order(&self) -> [&Field<'a>; 7] {
        [&self.when, &self.sooner, &self.name, &self.phone, &self.access, &self.fault_name, &self.fault_phone]
    }
}

fn why<'a>(words: &'a Words, view: &Installation<'_>, place: String) -> Cow<'a, str> {
    let arguments = [("place", place.into())];
    match view.visit {
        VisitChoice::Technician { .. } => words.with("installation-visit-why", &arguments),
        VisitChoice::Nobody { .. } => words.with("installation-day-why", &arguments),
    }
}

fn earliest<'a>(words: &'a Words, view: &Installation<'_>) -> Cow<'a, str> {
    let date = words.date(view.earliest);
    match view.slowest {
        None => words.with("installation-earliest", &[("date", date.into())]),
        Some(service) => {
            let arguments = [("date", date.into()), ("service", service.in_language(words.language()).into())];
            words.with("installation-earliest-because", &arguments)
        }
    }
}

fn when(filled: &Filled<'_>, view: &Installation<'_>, field: &Field<'_>) -> Markup {
    match view.visit {
        VisitChoice::Technician { open, .. } => slot_picker(filled, field, open, &view.catalogue.windows),
        VisitChoice::Nobody { latest } => date_input(filled, field, view.earliest, latest),
    }
}

/// Whom to call about a fault later, where that is somebody else: it opens where it is wanted, or filled in.
fn fault_contact(filled: &Filled<'_>, fields: &Fields<'_>) -> Markup {
    let words = filled.words;
    let used = [FAULT_NAME, FAULT_PHONE].iter().any(|name| !filled.entered.text(name).is_empty())
        || filled.errors.iter().any(|error| [FAULT_NAME, FAULT_PHONE].contains(&&*error.field));
    html! {
        details open[used] {
            summary { (words.text("installation-fault")) }
            p { (words.text("installation-fault-about")) }
            (text_input(filled, &fields.fault_name, &TextInput::filled_in_by("off")))
            (text_input(filled, &fields.fault_phone, &TextInput { kind: Kind::Telephone, size: Size::Medium, ..TextInput::filled_in_by("off") }))
        }
    }
}

/// Without an appointment there is nothing to save: what to do instead.
fn none_open(words: &Words, here: &Path) -> Markup {
    let what = html! {
        p { (words.text("installation-no-slots-what")) }
        p { a href=(Path::HELP) { (words.text("installation-no-slots-help")) } }
    };
    html! {
        (banner(Tone::Attention, &words.text("installation-no-slots"), &what))
        div .actions { (second_link(here, &words.text("installation-no-slots-again"))) }
    }
}

fn contact(filled: &Filled<'_>, fields: &Fields<'_>) -> Markup {
    let words = filled.words;
    let phone = TextInput { kind: Kind::Telephone, size: Size::Medium, ..TextInput::filled_in_by("tel") };
    html! {
        h2 { (words.text("installation-contact")) }
        (text_input(filled, &fields.name, &TextInput::filled_in_by("name")))
        (text_input(filled, &fields.phone, &phone))
        (textarea(filled, &fields.access, 3, None))
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use jiff::civil::date;
    use order_manager::entered::Reason;
    use order_manager::journey::Step;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let (begun, draft, household) = (sample::begun(&catalogue), sample::draft(&catalogue), sample::household(&catalogue));
    let open = sample::open_slots();
    let (fresh, saved, alone) = (known(&begun), known(&draft), known(&household));
    let typed = Entered::from_iter([(REQUESTED, "2026-12-05"), (CONTACT_NAME, ""), (CONTACT_PHONE, "555")]);
    let taken = [FieldError::new(SLOT, Reason::Taken)];
    let missing = [FieldError::new(SLOT, Reason::Missing)];
    let wrong = [
        FieldError::new(REQUESTED, Reason::Said("not-a-business-day")),
        FieldError::new(CONTACT_NAME, Reason::Missing),
        FieldError::new(CONTACT_PHONE, Reason::NotATelephoneNumber),
        FieldError::new(ACCESS_NOTES, Reason::TooLong { max: 500 }),
    ];
    let back = Path::order(draft.id);
    let visit = VisitChoice::Technician { open: &open, lapsed: false };
    let first = Installation {
        draft: &begun,
        catalogue: &catalogue,
        price: &begun.priced.price,
        version: 5,
        position: Position::of_step(&draft, &Step::Installation, &catalogue, sample::now()),
        back: Some(&back),
        earliest: date(2026, 12, 10),
        slowest: Some(&catalogue.offerings[0].name),
        sooner: Some((date(2026, 11, 24), date(2026, 12, 9))),
        visit,
        entered: &fresh,
        errors: &[],
    };
    let second = Installation { draft: &draft, price: &draft.priced.price, entered: &saved, ..first };
    let day = Installation {
        draft: &household,
        price: &household.priced.price,
        earliest: date(2026, 12, 1),
        slowest: None,
        sooner: None,
        visit: VisitChoice::Nobody { latest: date(2027, 5, 31) },
        entered: &alone,
        ..first
    };
    [
        ("installation-visit", first),
        ("installation-visit-saved", second),
        ("installation-visit-lapsed", Installation { visit: VisitChoice::Technician { open: &open, lapsed: true }, ..second }),
        ("installation-visit-taken", Installation { errors: &taken, ..second }),
        ("installation-visit-missing", Installation { errors: &missing, ..first }),
        ("installation-no-visits", Installation { visit: VisitChoice::Technician { open: &[], lapsed: false }, ..first }),
        ("installation-day", day),
        ("installation-day-errors", Installation { entered: &typed, errors: &wrong, ..day }),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&sample::context(), &view)))
    .collect()
}
