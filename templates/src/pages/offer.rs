//! What staff do about an order before it is placed: take something off, have it approved, quote it, send it to the customer.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::access::Duty;
use order_manager::access::Staff;
use order_manager::catalogue::{Catalogue, Negotiability};
use order_manager::entered::{Entered, FieldError};
use order_manager::order::{
    Approval, AwaitingApproval, AwaitingCustomer, Draft, GivenDiscount, ProductOrder, Quote, QuoteStanding, Quoted,
};
use order_manager::pricing::OrderPrice;

use crate::components::banner::banner;
use crate::components::button::{link, plain, primary, second_link};
use crate::components::date_input::date_input;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, button_form, form};
use crate::components::item_name::item_name;
use crate::components::order_details::local_moment;
use crate::components::order_summary::draft_summary;
use crate::components::select::{SelectOption, select};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::text_input::{Size, TextInput, text_input};
use crate::components::textarea::textarea;
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::path::Path;

/// The field with the item that something is taken off.
pub const ITEM: &str = "item";
/// The field with how much, in percent.
pub const PERCENT: &str = "percent";
/// The field with for how many months.
pub const MONTHS: &str = "months";
/// The field with why.
pub const REASON: &str = "reason";
/// The field with the last day of a quote.
pub const VALID_UNTIL: &str = "valid-until";
/// The field with what the sale is known by.
pub const OPPORTUNITY: &str = "opportunity";
/// The field with what is written to the customer.
pub const NOTE: &str = "note";
/// The field with why a request is given back.
pub const RETURN_REASON: &str = "return-reason";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The order, before it is placed.
    pub order: &'a ProductOrder,
    /// Its version.
    pub version: u64,
    /// The catalogue it is priced by.
    pub catalogue: &'a Catalogue,
    /// What it costs.
    pub price: &'a OrderPrice,
    /// Who looks at it.
    pub reader: &'a Staff,
    /// The most that the reader may take off, in percent.
    pub own_limit: u8,
    /// The most that anybody may.
    pub most: u8,
    /// Today, where service is.
    pub today: Date,
    /// The last day a quote may hold until.
    pub longest: Date,
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Offer<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let fields = Fields::new(words, view);
    let (draft, content) = match view.order {
        ProductOrder::AwaitingApproval(waiting) => (&waiting.draft, approval(context, view, &filled, &fields, waiting)),
        ProductOrder::Quoted(Quoted { draft }) => (draft, quoted(context, view, draft)),
        ProductOrder::AwaitingCustomer(waiting) => (&waiting.draft, with_customer(context, view, waiting)),
        ProductOrder::Draft(draft) => (draft, selling(context, view, &filled, &fields, draft)),
        // Placed orders are followed instead; the function leads there.
        _ => return page(context, Page::titled(words.text("offer-title"), html! {})),
    };
    let title = words.text("offer-title");
    let main = html! {
        h1 { (title) }
        p .about { (words.with("offer-about", &[("reference", draft.id.reference().into()), ("place", draft.place.address.to_string().into())])) }
        (content)
    };
    page(
        context,
        Page {
            problems: filled.problems(&fields.in_order()),
            aside: Some(draft_summary(words, draft, view.catalogue, view.price)),
            ..Page::titled(title.clone(), main)
        },
    )
}

/// The page's fields.
struct Fields<'a> {
    item: Field<'a>,
    percent: Field<'a>,
    months: Field<'a>,
    reason: Field<'a>,
    valid_until: Field<'a>,
    opportunity: Field<'a>,
    note: Field<'a>,
    return_reason: Field<'a>,
}

impl<'a> Fields<'a> {
    fn new(words: &'a Words, view: &Offer<'_>) -> Self {
        let limits = [("own", view.own_limit.into()), ("most", view.most.into())];
        Self {
            item: Field::new(ITEM, words.text("offer-item")).asks(Asks::Choosing),
            percent: Field::new(PERCENT, words.text("offer-percent")).hint(words.with("offer-percent-hint", &limits)),
            months: Field::new(MONTHS, words.text("offer-months")).hint(words.text("offer-months-hint")),
            reason: Field::new(REASON, words.text("offer-reason")).hint(words.text("offer-reason-hint")),
            valid_until: Field::new(VALID_UNTIL, words.text("offer-valid-until")),
            opportunity: Field::new(OPPORTUNITY, words.text("offer-opportunity"))
                .hint(words.text("offer-opportunity-hint"))
                .optional(),
            note: Field::new(NOTE, words.text("offer-note")).hint(words.text("offer-note-hint")).optional(),
            return_reason: Field::new(RETURN_REASON, words.text("offer-return-reason")),
        }
    }

    fn in_order(&self) -> [&Field<'a>; 8] {
        let Self { item, percent, months, reason, valid_until, opportunity, note, return_reason } = self;
        [item, percent, months, reason, valid_until, opportunity, note, return_reason]
    }
}

fn selling(context: &Context<'_>, view: &Offer<'_>, filled: &Filled<'_>, fields: &Fields<'_>, draft: &Draft) -> Markup {
    let words = context.words;
    let open = draft.unapproved().next().is_some();
    html! {
        @if let Some(returned) = &draft.selling.returned {
            @let said = words.with("offer-returned-by", &[("name", (&*returned.by.name).into())]);
            (banner(Tone::Attention, &said, &html! { p { (returned.reason) } }))
        }
        @if open {
            (banner(Tone::Attention, &words.text("offer-open"), &html! {
                p { (words.text("offer-open-about")) }
                (button_form(context, &deed(draft, "ask-approval"), Some(view.version), &primary(&words.text("offer-ask"))))
            }))
        }
        @if view.reader.does(Duty::Discount) { (discounting(context, view, filled, fields, draft)) }
        h2 { (words.text("offer-quote")) }
        p { (words.text("offer-quote-about")) }
        (rounds(words, view, draft))
        @if !open { (quoting(context, view, filled, fields, draft)) }
        h2 { (words.text("offer-send")) }
        p { (words.text("offer-send-about")) }
        @if open {
            p { (words.text("offer-not-yet")) }
        } @else {
            (sending(context, view, filled, fields, draft))
        }
        div .actions { (second_link(&Path::order(draft.id), &words.text("offer-go-on"))) }
    }
}

fn discounting(context: &Context<'_>, view: &Offer<'_>, filled: &Filled<'_>, fields: &Fields<'_>, draft: &Draft) -> Markup {
    let words = context.words;
    let give = words.text("offer-give");
    let options: Vec<_> = draft
        .items
        .iter()
        .filter_map(|item| {
            let form = view.catalogue.form(&item.offering, &item.action)?;
            let name = &view.catalogue.offering(&item.offering).unwrap_or(form).name;
            let unavailable = match form.negotiability {
                Negotiability::Negotiable => None,
                Negotiability::Tariffed => Some(words.text("offer-tariffed").into_owned()),
                Negotiability::IndividualCase => Some(words.text("offer-individual-case").into_owned()),
            };
            Some(SelectOption { value: item.id.to_string().into(), label: item_name(words, &item.action, name), unavailable })
        })
        .collect();
    let number = TextInput { inputmode: Some("numeric"), size: Size::Short, ..TextInput::default() };
    html! {
        h2 { (words.text("offer-discount")) }
        @for discount in &draft.selling.discounts { (given(context, view, draft, discount)) }
        @if options.iter().any(|option| option.unavailable.is_none()) {
            (form(
                context,
                &Form { action: &deed(draft, "discount"), save: &give, version: Some(view.version), uploads: false },
                &html! {
                    (select(filled, &fields.item, &options, None))
                    (text_input(filled, &fields.percent, &TextInput { unit: Some("%".into()), ..number.clone() }))
                    (text_input(filled, &fields.months, &number))
                    (text_input(filled, &fields.reason, &TextInput::filled_in_by("off")))
                    div .actions { (primary(&give)) }
                },
            ))
        } @else {
            p { (words.text("offer-nothing-negotiable")) }
        }
    }
}

/// A discount that was given, and the way to take it back.
fn given(context: &Context<'_>, view: &Offer<'_>, draft: &Draft, discount: &GivenDiscount) -> Markup {
    let words = context.words;
    html! {
        section .card {
            (discount_rows(words, view, draft, discount))
            @let take_back = html! { (plain(ITEM, &discount.item.to_string(), &words.text("offer-take-discount-back"))) };
            (button_form(context, &deed(draft, "take-discount-back"), Some(view.version), &take_back))
        }
    }
}

fn discount_rows(words: &Words, view: &Offer<'_>, draft: &Draft, discount: &GivenDiscount) -> Markup {
    let name = draft.item(discount.item).and_then(|item| {
        let offering = view.catalogue.offering(&item.offering)?;
        Some(item_name(words, &item.action, &offering.name))
    });
    let amount = [("percent", discount.percent.into()), ("months", discount.months.into())];
    let approval = match &discount.approval {
        Approval::NotNeeded => words.text("offer-approval-not-needed"),
        Approval::Open => words.text("offer-approval-open"),
        Approval::Given { by, .. } => words.with("offer-approval-given", &[("name", (&*by.name).into())]),
    };
    summary_list(
        words,
        &[
            Row::new(words.text("offer-item"), name.unwrap_or_default()),
            Row::new(words.text("offer-discount"), words.with("offer-discount-amount", &amount)),
            Row::new(words.text("offer-reason"), &*discount.reason),
            Row::new(words.text("offer-given-by"), &*discount.given_by.name),
            Row::new(words.text("offer-approval"), approval),
        ],
    )
}

/// The rounds so far.
fn rounds(words: &Words, view: &Offer<'_>, draft: &Draft) -> Markup {
    let Some(Quote { earlier, round, standing, .. }) = &draft.selling.quote else { return html! {} };
    let rows = earlier.iter().chain([round]).enumerate().map(|(number, round)| {
        let total = round.priced.price.monthly().map(|amount| amount.to_string()).unwrap_or_default();
        let day = local_moment(view.catalogue, &draft.place, round.issued).date();
        let said = words.with(
            "offer-round-said",
            &[
                ("date", words.short_date(day).into()),
                ("until", words.short_date(round.valid_until).into()),
                ("monthly", total.into()),
            ],
        );
        Row::new(words.with("offer-round", &[("number", (number + 1).into())]), said)
    });
    let last = match standing {
        QuoteStanding::Open => words.text("offer-quote-open"),
        QuoteStanding::Accepted { .. } => words.text("offer-quote-accepted"),
        QuoteStanding::Withdrawn => words.text("offer-quote-withdrawn"),
    };
    html! { (summary_list(words, &rows.collect::<Vec<_>>())) p { (last) } }
}

fn quoting(context: &Context<'_>, view: &Offer<'_>, filled: &Filled<'_>, fields: &Fields<'_>, draft: &Draft) -> Markup {
    let make = context.words.text("offer-make-quote");
    form(
        context,
        &Form { action: &deed(draft, "quote"), save: &make, version: Some(view.version), uploads: false },
        &html! {
            (date_input(filled, &fields.valid_until, view.today, view.longest))
            (text_input(filled, &fields.opportunity, &TextInput { size: Size::Medium, ..TextInput::filled_in_by("off") }))
            div .actions { (primary(&make)) }
        },
    )
}

fn sending(context: &Context<'_>, view: &Offer<'_>, filled: &Filled<'_>, fields: &Fields<'_>, draft: &Draft) -> Markup {
    let send = context.words.text("offer-send-now");
    form(
        context,
        &Form { action: &deed(draft, "send"), save: &send, version: Some(view.version), uploads: false },
        &html! {
            (textarea(filled, &fields.note, 3, Some("off")))
            div .actions { (primary(&send)) }
        },
    )
}

fn approval(
    context: &Context<'_>,
    view: &Offer<'_>,
    filled: &Filled<'_>,
    fields: &Fields<'_>,
    waiting: &AwaitingApproval,
) -> Markup {
    let words = context.words;
    let draft = &waiting.draft;
    let asked = local_moment(view.catalogue, &draft.place, waiting.asked);
    let said = words.with("offer-asked", &[("name", (&*waiting.asked_by.name).into()), ("date", words.moment(asked).into())]);
    let may_approve = view.reader.does(Duty::Approve) && waiting.asked_by.person != view.reader.person;
    let (approve, give_back) = (words.text("offer-approve"), words.text("offer-return"));
    html! {
        p .lede { (said) }
        @for discount in &draft.selling.discounts { section .card { (discount_rows(words, view, draft, discount)) } }
        @if may_approve {
            div .actions { (button_form(context, &deed(draft, "approve"), Some(view.version), &primary(&approve))) }
            h2 { (give_back) }
            (form(
                context,
                &Form { action: &deed(draft, "return"), save: &give_back, version: Some(view.version), uploads: false },
                &html! {
                    (textarea(filled, &fields.return_reason, 2, Some("off")))
                    div .actions { (primary(&give_back)) }
                },
            ))
        } @else if view.reader.does(Duty::Serve) {
            p { (words.text("offer-asked-about")) }
            (take_back(context, view, draft))
        }
    }
}

fn quoted(context: &Context<'_>, view: &Offer<'_>, draft: &Draft) -> Markup {
    let words = context.words;
    html! {
        (rounds(words, view, draft))
        div .actions { (link(&Path::quote(draft.id), &words.text("offer-see-quote"))) }
        (button_form(context, &deed(draft, "revise"), Some(view.version), &plain("deed", "revise", &words.text("offer-revise"))))
    }
}

fn with_customer(context: &Context<'_>, view: &Offer<'_>, waiting: &AwaitingCustomer) -> Markup {
    let words = context.words;
    let sent = local_moment(view.catalogue, &waiting.draft.place, waiting.sent);
    let said = words.with("offer-sent", &[("name", (&*waiting.sent_by.name).into()), ("date", words.moment(sent).into())]);
    html! {
        p .lede { (said) }
        @if let Some(note) = &waiting.note { blockquote { (note) } }
        p { (words.text("offer-sent-about")) }
        (take_back(context, view, &waiting.draft))
    }
}

fn take_back(context: &Context<'_>, view: &Offer<'_>, draft: &Draft) -> Markup {
    let button = html! { button .button .second { (context.words.text("offer-take-back")) } };
    html! { div .actions { (button_form(context, &deed(draft, "take-back"), Some(view.version), &button)) } }
}

fn deed(draft: &Draft, deed: &'static str) -> Path {
    Path::offer_deed(draft.id, deed)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::access::Role;
    use order_manager::decide::discount_limit;
    use order_manager::entered::Reason;
    use order_manager::order::OrderState;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let nothing = Entered::default();
    let staff = |role| Staff {
        person: sample::parsed("018f3a2e-0000-7000-8000-0000000000b1"),
        username: "rita".into(),
        roles: [role].into(),
        grant: None,
    };
    let (seller, approver) = (staff(Role::SalesRepresentative), staff(Role::Approver));
    let errors = [
        FieldError::new(ITEM, Reason::Missing),
        FieldError::new(PERCENT, Reason::OutOfRange { min: 1, max: 35 }),
        FieldError::new(VALID_UNTIL, Reason::Missing),
    ];
    let mut samples = vec![];
    let states = [
        ("offer", OrderState::Draft, &seller),
        ("offer-awaiting-approval", OrderState::AwaitingApproval, &seller),
        ("offer-to-approve", OrderState::AwaitingApproval, &approver),
        ("offer-quoted", OrderState::Quoted, &seller),
        ("offer-with-customer", OrderState::AwaitingCustomer, &seller),
    ];
    for (name, state, reader) in states {
        let order = sample::in_state(state, &catalogue);
        let price = match order.content() {
            order_manager::order::Content::Draft(draft) => draft.priced.price.clone(),
            order_manager::order::Content::Placed(placed) => placed.price.clone(),
        };
        let view = Offer {
            order: &order,
            version: 4,
            catalogue: &catalogue,
            price: &price,
            reader,
            own_limit: discount_limit(&reader.roles, &catalogue),
            most: 35,
            today: sample::TODAY,
            longest: jiff::civil::date(2027, 2, 21),
            entered: &nothing,
            errors: &[],
        };
        samples.push(Sample::new(name, render(&sample::context(), &view)));
        if state == OrderState::Draft {
            samples.push(Sample::new("offer-errors", render(&sample::context(), &Offer { errors: &errors, ..view })));
        }
    }
    samples
}
