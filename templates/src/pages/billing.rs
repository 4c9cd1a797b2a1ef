//! Billing: which account pays, how the bill comes, and what is printed on it.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::entered::{Entered, FieldError};
use order_manager::order::{BillTo, Draft};
use order_manager::party::{BillDelivery, CustomerKind};
use order_manager::pricing::OrderPrice;
use order_manager::value::Value;

use crate::components::address::{address_fields, address_parts};
use crate::components::button::primary;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::order_summary::draft_summary;
use crate::components::progress::{Position, progress};
use crate::components::radios::{Choice, radios};
use crate::components::text_input::{Size, TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The billing account: its id, or [`NEW`].
pub const ACCOUNT: &str = "account";
/// The value of [`ACCOUNT`] for an account to be opened.
pub const NEW: &str = "new";
/// Name on a new account's bill.
pub const BILL_NAME: &str = "bill-name";
/// Where a new account's bill goes; its parts are `bill-address.street`, `.unit`, `.city`, `.state` and `.zip`.
pub const BILL_ADDRESS: &str = "bill-address";
/// How the bill comes: [`BY_EMAIL`] or [`ON_PAPER`].
pub const DELIVERY: &str = "delivery";
/// By e-mail.
pub const BY_EMAIL: &str = "email";
/// On paper.
pub const ON_PAPER: &str = "paper";
/// The customer's own order number; businesses only.
pub const PURCHASE_ORDER: &str = "purchase-order";
/// A certificate of exemption from taxes.
pub const TAX_EXEMPTION: &str = "tax-exemption";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Billing<'a> {
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
    /// What was entered, or what is [known](known) when nothing was.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// What is known before anything is entered: what was saved; for a first account, the customer's name and the service address.
#[must_use]
pub fn known(draft: &Draft) -> Entered {
    let mut known = Entered::default();
    let Some(billing) = &draft.billing else {
        known.add(BILL_NAME, &*draft.ordered_for.name);
        Value::Address(draft.place.address.clone()).entered(BILL_ADDRESS, &mut known);
        return known;
    };
    match &billing.to {
        BillTo::Existing(account) => known.add(ACCOUNT, account.to_string()),
        BillTo::New { name, address } => {
            known.add(ACCOUNT, NEW);
            known.add(BILL_NAME, &**name);
            Value::Address(address.clone()).entered(BILL_ADDRESS, &mut known);
        }
    }
    known.add(DELIVERY, delivery_value(billing.delivery));
    if let Some(number) = &billing.purchase_order {
        known.add(PURCHASE_ORDER, &**number);
    }
    if let Some(certificate) = &billing.tax_exemption {
        known.add(TAX_EXEMPTION, &**certificate);
    }
    known
}

const fn delivery_value(delivery: BillDelivery) -> &'static str {
    match delivery {
        BillDelivery::Email => BY_EMAIL,
        BillDelivery::Paper => ON_PAPER,
    }
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Billing<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let fields = Fields::new(words, view);
    let title = words.text("billing-title");
    let save = words.text("save-and-continue");
    let action = Path::order_step(view.draft.id, "billing");
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        (form(
            context,
            &Form { action: &action, save: &save, version: Some(view.version), uploads: false },
            &html! {
                (account(&filled, view, &fields.account))
                (new_account(&filled, view, &fields.name))
                (radios(&filled, &fields.delivery, &deliveries(words, view)))
                @if let Some(field) = &fields.purchase_order {
                    (text_input(&filled, field, &TextInput { size: Size::Medium, ..TextInput::default() }))
                }
                @if let Some(field) = &fields.tax_exemption {
                    (text_input(&filled, field, &TextInput { size: Size::Medium, ..TextInput::filled_in_by("off") }))
                }
                div .actions { (primary(&save)) }
            },
        ))
    };
    let address = address_fields(words, BILL_ADDRESS);
    let in_order = [&fields.account, &fields.name]
        .into_iter()
        .chain(&address)
        .chain([&fields.delivery])
        .chain(&fields.purchase_order)
        .chain(&fields.tax_exemption);
    page(
        context,
        Page {
            back: view.back.cloned(),
            problems: filled.problems(&in_order.collect::<Vec<_>>()),
            aside: Some(draft_summary(words, view.draft, view.catalogue, view.price)),
            ..Page::titled(title.clone(), main)
        },
    )
}

/// The page's fields, in their order.
struct Fields<'a> {
    account: Field<'a>,
    name: Field<'a>,
    delivery: Field<'a>,
    purchase_order: Option<Field<'a>>,
    tax_exemption: Option<Field<'a>>,
}

impl<'a> Fields<'a> {
    fn new(words: &'a Words, view: &Billing<'_>) -> Self {
        let name = Field::new(BILL_NAME, words.text("billing-name"));
        let purchase_order = (view.draft.ordered_for.kind == CustomerKind::Business).then(|| {
            Field::new(PURCHASE_ORDER, words.text("billing-purchase-order"))
                .hint(words.text("billing-purchase-order-hint"))
                .optional()
        });
        Self {
            account: Field::new(ACCOUNT, words.text("billing-account"))
                .asks(Asks::Choosing)
                .hint(words.text("billing-account-hint")),
            // What stands there without having been typed or saved comes from what we know.
            name: if view.draft.billing.is_none() && view.errors.is_empty() {
                name.hint(words.text("characteristic-known"))
            } else {
                name
            },
            delivery: Field::new(DELIVERY, words.text("billing-delivery")).asks(Asks::Choosing),
            purchase_order,
            tax_exemption: (view.draft.ordered_for.kind == CustomerKind::Business).then(|| {
                Field::new(TAX_EXEMPTION, words.text("billing-tax-exemption"))
                    .hint(words.text("billing-tax-exemption-hint"))
                    .optional()
            }),
        }
    }
}

/// The accounts there are, and a new one; a customer without any has nothing to choose.
fn account(filled: &Filled<'_>, view: &Billing<'_>, field: &Field<'_>) -> Markup {
    let words = filled.words;
    let accounts = &view.draft.ordered_for.billing_accounts;
    if accounts.is_empty() {
        return html! {
            p { (words.text("billing-only-new")) }
            input type="hidden" name=(ACCOUNT) value=(NEW);
        };
    }
    let mut choices: Vec<_> = accounts
        .iter()
        .map(|account| {
            let address = [("address", account.address.to_string().into())];
            let hint = match account.delivery {
                BillDelivery::Email => words.with("billing-account-by-email", &address),
                BillDelivery::Paper => words.with("billing-account-on-paper", &address),
            };
            Choice { hint: Some(hint), ..Choice::new(account.id.to_string(), &*account.name) }
        })
        .collect();
    let new = Choice::new(NEW, words.text("billing-account-new"));
    choices.push(Choice { hint: Some(words.text("billing-account-new-hint")), ..new });
    radios(filled, field, &choices)
}

/// A new account's name and address. Where the browser can, they are only seen once "a new account" is chosen; where it can't,
/// they stand there, and say what they are for.
fn new_account(filled: &Filled<'_>, view: &Billing<'_>, name: &Field<'_>) -> Markup {
    let words = filled.words;
    let chosen_from = !view.draft.ordered_for.billing_accounts.is_empty();
    html! {
        div .if-new[chosen_from] {
            h2 { (words.text("billing-new")) }
            (text_input(filled, name, &TextInput::filled_in_by("billing name")))
            (address_parts(filled, BILL_ADDRESS, Some("billing")))
        }
    }
}

fn deliveries<'a>(words: &'a Words, view: &Billing<'_>) -> [Choice<'a>; 2] {
    let email = view.draft.ordered_for.contact.email.as_ref();
    let by_email: Option<Cow<'a, str>> =
        email.map(|email| words.with("billing-delivery-email-hint", &[("email", email.as_str().into())]));
    [
        Choice { hint: by_email, ..Choice::new(BY_EMAIL, words.text("bill-by-email")) },
        Choice { hint: Some(words.text("billing-delivery-paper-hint")), ..Choice::new(ON_PAPER, words.text("bill-on-paper")) },
    ]
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::journey::Step;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let (begun, draft, household) = (sample::begun(&catalogue), sample::draft(&catalogue), sample::household(&catalogue));
    let (fresh, saved, first_account) = (known(&begun), known(&draft), known(&household));
    let typed = Entered::from_iter([(ACCOUNT, NEW), (BILL_NAME, ""), ("bill-address.zip", "3030")]);
    let wrong = [
        FieldError::new(BILL_NAME, Reason::Missing),
        FieldError::new("bill-address.street", Reason::Missing),
        FieldError::new("bill-address.city", Reason::Missing),
        FieldError::new("bill-address.state", Reason::NotAState),
        FieldError::new("bill-address.zip", Reason::NotAZip),
        FieldError::new(DELIVERY, Reason::Missing),
        FieldError::new(PURCHASE_ORDER, Reason::TooLong { max: 40 }),
    ];
    let unchosen = [FieldError::new(ACCOUNT, Reason::Missing), FieldError::new(DELIVERY, Reason::Missing)];
    let back = Path::order_step(draft.id, "installation");
    let view = Billing {
        draft: &begun,
        catalogue: &catalogue,
        price: &begun.priced.price,
        version: 6,
        position: Position::of_step(&draft, &Step::Billing, &catalogue, sample::now()),
        back: Some(&back),
        entered: &fresh,
        errors: &[],
    };
    let begun_household = order_manager::order::Draft { billing: None, ..household.clone() };
    let unbilled = known(&begun_household);
    let alone = Billing { draft: &begun_household, price: &household.priced.price, entered: &unbilled, ..view };
    [
        ("billing", view),
        ("billing-saved", Billing { draft: &draft, price: &draft.priced.price, entered: &saved, ..view }),
        ("billing-missing", Billing { errors: &unchosen, ..view }),
        ("billing-errors", Billing { entered: &typed, errors: &wrong, ..view }),
        ("billing-first-account", alone),
        ("billing-first-account-saved", Billing { draft: &household, entered: &first_account, ..alone }),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&sample::context(), &view)))
    .collect()
}
