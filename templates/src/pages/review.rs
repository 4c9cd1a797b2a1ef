//! Check your order: every answer with a way to change it, what it costs, what is agreed to, and the button that places it.

mod consent;
mod gone;
mod left_out;

use std::collections::BTreeSet;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::agreement::{Meter, meter};
use order_manager::authorisation::LetterDocument;
use order_manager::catalogue::{Catalogue, ProductOffering, TermsOfService};
use order_manager::characteristic::Asked;
use order_manager::codes::{Code, codes};
use order_manager::decide::ordered_twice;
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{OfferingId, OrderItemId};
use order_manager::order::{Authorisation, Disclosure, Draft, DraftItem, PriceChange};
use order_manager::pricing::{OrderPrice, term_months};
use order_manager::qualification::applicable;
use order_manager::text::Text;

pub use self::consent::{CHANNEL, CONSENT_BY, CONSENT_DAY, CONSENT_REFERENCE, ConsentFields, TOLD};
use crate::components::banner::banner;
use crate::components::button::{plain, primary, second_link};
use crate::components::checkboxes::{acknowledgement, checkboxes};
use crate::components::commitment::{CommitmentMeter, commitment_meter};
use crate::components::contract::contract_rows;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, REMOVE, button_form, form};
use crate::components::item_name::item_name;
use crate::components::order_details::{
    AnswerGroup, answer_groups, answer_row, billing_rows, code_list, customer_rows, installation_rows, local_moment,
};
use crate::components::order_summary::{draft_items, order_totals, priced_items};
use crate::components::price_change::price_change;
use crate::components::progress::{Position, progress};
use crate::components::radios::Choice;
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::layout::{Context, Page, page};
use crate::messages::{Asks, Words};
use crate::pages::order_form;
use crate::path::Path;

/// The box that accepts the terms of service; it sends `yes`.
pub const TERMS: &str = "terms";
/// The hidden field with the version of the terms that is accepted.
pub const TERMS_VERSION: &str = "terms-version";
/// The hidden field with the fingerprint of the price that is shown.
pub const PRICE: &str = "price";

/// The boxes that say that what is ordered more than once is meant so; they send offerings.
pub const TWICE: &str = "twice";

/// What is wrong when something is ordered more than once: said of [`TWICE`], as a `Reason::Said`.
pub const MEANT_TWICE: &str = "meant-twice";
/// What is wrong when a service in place would be left without what carries it: said of no field, as a `Reason::Said`.
pub const STILL_NEEDED: &str = "still-needed";
/// What is wrong when newer terms are in force: said of [`TERMS`], as a `Reason::Said`.
pub const TERMS_CHANGED: &str = "terms-changed";
/// What is wrong when what a service runs over is missing: said of no field, as a `Reason::Said`.
pub const NOT_CARRIED: &str = "not-carried";
/// What is wrong when something in the order can't be had any more: said of no field, as a `Reason::Said`.
pub const NOT_AVAILABLE: &str = "not-available";

/// What is wrong when the price is not the one that was shown: said of no field, as a `Reason::Said`.
pub const PRICE_CHANGED: &str = "price-changed";

/// What is wrong while no orders are placed: said of no field, as a `Reason::Said`.
pub const CLOSED: &str = "placing-closed";

/// An item of the order that can't be had any more.
#[derive(Clone, Debug)]
pub struct Gone {
    /// Which.
    pub item: OrderItemId,
    /// What its offering was called.
    pub name: Text,
}

/// Who places an order.
#[derive(Clone, Copy, Debug)]
pub enum Placer<'a> {
    /// The customer.
    Customer {
        /// What staff wrote when they sent the order.
        note: Option<&'a str>,
    },
    /// Staff, on the customer's word.
    Staff {
        /// What the customer has to be shown or told first.
        disclosures: &'a BTreeSet<Disclosure>,
    },
}

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    /// The order.
    pub draft: &'a Draft,
    /// The catalogue it is priced by.
    pub catalogue: &'a Catalogue,
    /// What it costs.
    pub price: &'a OrderPrice,
    /// What the price was before the catalogue changed.
    pub price_change: Option<&'a PriceChange>,
    /// What can't be had any more: nothing can be placed with it.
    pub gone: &'a [Gone],
    /// A fingerprint of the price, to be sent back with the form.
    pub fingerprint: &'a str,
    /// The letters the order needs, as they are now.
    pub letters: &'a [LetterDocument],
    /// The terms of service in force; without any, nothing can be placed.
    pub terms: Option<&'a TermsOfService>,
    /// Today, where service is.
    pub today: Date,
    /// The version that is shown.
    pub version: u64,
    /// The step's place on the way.
    pub position: Option<Position>,
    /// The page before this one.
    pub back: Option<&'a Path>,
    /// Who places it.
    pub placer: Placer<'a>,
    /// Why no orders are placed for now, in an operator's words.
    pub closed: Option<&'a str>,
    /// What was entered.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Review<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let terms = match view.placer {
        Placer::Customer { .. } => Field::new(TERMS, words.text("review-terms")).asks(Asks::Agreeing),
        Placer::Staff { .. } => Field::new(TERMS, words.text("consent-terms")).asks(Asks::Agreeing),
    };
    let consent = ConsentFields::new(words);
    let twice = Field::new(TWICE, words.text("review-twice")).hint(words.text("review-twice-hint"));
    let title = words.text("review-title");
    let changed = view
        .price_change
        .map(|change| price_change(words, &words.text("review-price-changed"), &words.text("review-price-changed-note"), change));
    let note = match view.placer {
        Placer::Customer { note: Some(note) } => Some(banner(Tone::Active, &words.text("review-note"), &html! { p { (note) } })),
        Placer::Customer { note: None } | Placer::Staff { .. } => None,
    };
    let closed = view.closed.map(|message| {
        let content = html! {
            p { (message) }
            p { (words.text("review-closed-note")) }
        };
        banner(Tone::Attention, &words.text("review-closed"), &content)
    });
    let left_out = left_out::banner_of(words, view);
    let banners: Vec<_> =
        closed.into_iter().chain(note).chain(left_out).chain(gone::banner_of(words, view)).chain(changed).collect();
    let main = html! {
        (progress(words, view.position))
        h1 { (title) }
        (summary_list(words, &customer_rows(words, &view.draft.ordered_for, &view.draft.place)))
        h2 { (words.text("details-services")) }
        @for item in &view.draft.items {
            @if let Some(gone) = gone::card(context, view, item) {
                (gone)
            } @else if let Some(form) = view.catalogue.form(&item.offering, &item.action) {
                (item_card(context, view, item, form))
            }
        }
        (letters(words, view))
        (installation_and_billing(words, view))
        h2 { (words.text("review-price")) }
        (priced_items(words, view.price, &draft_items(words, view.draft, view.catalogue), &words.text("review-price")))
        (order_form::links(words, view.draft.id))
        @if let Some(meter) = meter_of(view) {
            h2 { (words.text("commitment-title")) }
            (commitment_meter(words, &meter))
        }
        h2 #place { (words.text("review-place-title")) }
        (placing(context, view, &filled, &terms, &twice, &consent))
        (otherwise(context, view))
    };
    page(
        context,
        Page {
            back: view.back.cloned(),
            banner: (!banners.is_empty()).then(|| html! { @for banner in &banners { (banner) } }),
            problems: filled.problems(&consent.in_order(&twice, &terms)),
            aside: Some(order_totals(words, view.price, &html! { p { a href="#place" { (words.text("review-to-place")) } } })),
            ..Page::titled(title.clone(), main)
        },
    )
}

/// What the order does to the year's commitment of the agreement that prices it.
fn meter_of(view: &Review<'_>) -> Option<CommitmentMeter> {
    let under = view.draft.agreement.as_ref()?;
    let commitment = under.sheet.commitment.as_ref()?;
    // Amounts that can't be reckoned show no meter; the price says so.
    let reckoned = meter(commitment, &under.spend, view.draft, view.price, view.catalogue, view.today).ok()??;
    let Meter { ends, committed, in_place, order, .. } = reckoned;
    Some(CommitmentMeter { committed, spent: in_place, adds: Some(order), until: ends })
}

/// An item: its answers, its contract, and a way out.
fn item_card(context: &Context<'_>, view: &Review<'_>, item: &DraftItem, offering: &ProductOffering) -> Markup {
    let words = context.words;
    let called = view.catalogue.offering(&item.offering).map_or(&offering.name, |offering| &offering.name);
    let name = item_name(words, &item.action, called);
    let answers = view.draft.effective_answers(item, offering);
    let remove = words.with("review-remove", &[("what", (&*name).into())]);
    html! {
        section .card id=(item.id) aria-labelledby={ (item.id) "--name" } {
            h3 id={ (item.id) "--name" } { (name) }
            (answer_groups(words, &questions(words, view, item, offering)))
            (code_list(words, &codes_of(view, item, offering)))
            @if item.action.brings() {
                h4 { (words.text("review-contract")) }
                (summary_list(words, &contract_rows(words, offering, term_months(offering, &answers), view.price, item.id)))
            }
            (button_form(context, &Path::remove_item(view.draft.id, item.id), Some(view.version), &plain(REMOVE, "item", &remove)))
        }
    }
}

/// The codes that follow from what was answered.
fn codes_of(view: &Review<'_>, item: &DraftItem, offering: &ProductOffering) -> Vec<Code> {
    let answers = view.draft.effective_answers(item, offering);
    let beside = view.draft.beside(item.id);
    codes(offering, &view.draft.circumstances(&answers, offering, &beside))
}

/// The questions that apply to an item, answered or not, each with the page that asks it.
fn questions<'a>(words: &Words, view: &Review<'a>, item: &DraftItem, offering: &'a ProductOffering) -> Vec<AnswerGroup<'a>> {
    let answers = view.draft.effective_answers(item, offering);
    let rows = |asked: &Asked, page: &Path| {
        let questions = applicable(view.draft, item, offering, asked, &answers).into_iter();
        questions.map(|question| answer_row(words, question, &answers, Some(page))).collect()
    };
    let own_page = Path::item(view.draft.id, item.id);
    let mut groups = vec![AnswerGroup { title: None, rows: rows(&Asked::OnPage, &own_page) }];
    let beside = view.draft.beside(item.id);
    let circumstances = view.draft.circumstances(&answers, offering, &beside);
    for dialog in offering.dialogs.iter().filter(|dialog| dialog.applies_when.holds(&circumstances)) {
        let page = Path::dialog(view.draft.id, item.id, &dialog.id);
        groups.push(AnswerGroup { title: Some(&dialog.title), rows: rows(&Asked::InDialog(dialog.id.clone()), &page) });
    }
    groups
}

fn letters(words: &Words, view: &Review<'_>) -> Markup {
    let row = |letter: &LetterDocument| {
        let signed = view.draft.authorisations.get(&letter.key).map(|authorisation| match authorisation {
            Authorisation::Signed(signature) => {
                let moment = local_moment(view.catalogue, &view.draft.place, signature.signed);
                let arguments = [("name", (&*signature.name).into()), ("date", words.moment(moment).into())];
                words.with("review-letter-signed", &arguments)
            }
            Authorisation::Verified(verification) => {
                let (verifier, date) = ((&*verification.verifier).into(), words.date(verification.verified).into());
                words.with("review-letter-verified", &[("verifier", verifier), ("date", date)])
            }
            Authorisation::Kept(letter) => {
                let arguments = [("name", (&*letter.name).into()), ("date", words.date(letter.signed).into())];
                words.with("review-letter-signed", &arguments)
            }
        });
        Row {
            change: Some(Path::authorisation(view.draft.id, &letter.key)),
            ..Row::new(
                letter.title.in_language(words.language()).to_owned(),
                signed.unwrap_or_else(|| words.text("review-letter-open")),
            )
        }
    };
    html! {
        @if !view.letters.is_empty() {
            h2 { (words.text("details-letters")) }
            (summary_list(words, &view.letters.iter().map(row).collect::<Vec<_>>()))
        }
    }
}

fn installation_and_billing(words: &Words, view: &Review<'_>) -> Markup {
    let draft = view.draft;
    let (installation_page, billing_page) = (Path::order_step(draft.id, "installation"), Path::order_step(draft.id, "billing"));
    html! {
        @if let Some(installation) = &draft.installation {
            h2 { (words.text("details-installation")) }
            (summary_list(words, &installation_rows(words, installation, view.catalogue, Some(&installation_page))))
            p .about { (words.text("review-requested-note")) }
        }
        @if let Some(billing) = &draft.billing {
            h2 { (words.text("details-billing")) }
            (summary_list(words, &billing_rows(words, billing, &draft.ordered_for, Some(&billing_page))))
        }
    }
}

fn placing(
    context: &Context<'_>,
    view: &Review<'_>,
    filled: &Filled<'_>,
    field: &Field<'_>,
    twice: &Field<'_>,
    consent: &ConsentFields<'_>,
) -> Markup {
    let words = context.words;
    if !view.gone.is_empty() {
        return html! { p { (words.text("review-gone-place")) } };
    }
    // Somebody who has filled the form in keeps it as it is, to send it again.
    if view.closed.is_some() && view.errors.is_empty() {
        return html! { p { (words.text("review-closed-note")) } };
    }
    let Some(terms) = view.terms else {
        return html! { p { (words.text("review-terms-none")) } };
    };
    let version = [("version", terms.version.to_string().into())];
    let (place, statement) = match view.placer {
        Placer::Customer { .. } => (words.text("review-place"), words.with("review-terms-accept", &version)),
        Placer::Staff { .. } => (words.text("consent-place"), words.with("consent-terms-accept", &version)),
    };
    let action = Path::order_step(view.draft.id, "place");
    let fields = html! {
        input type="hidden" name=(TERMS_VERSION) value=(terms.version);
        input type="hidden" name=(PRICE) value=(view.fingerprint);
        (meant_twice(words, view, filled, twice))
        @if let Placer::Staff { disclosures } = view.placer { (consent.asked(filled, disclosures, view.today)) }
        p { a href=(Path::TERMS) { (words.text("review-terms-read")) } }
        (acknowledgement(filled, field, &statement))
        @if matches!(view.placer, Placer::Customer { .. }) { p { (words.text("review-place-note")) } }
        div .actions { (primary(&place)) }
    };
    form(context, &Form { action: &action, save: &place, version: Some(view.version), uploads: false }, &fields)
}

/// What is ordered more than once, to be said again: nothing is dropped, and nothing is ordered twice by mistake.
fn meant_twice(words: &Words, view: &Review<'_>, filled: &Filled<'_>, field: &Field<'_>) -> Markup {
    let choice = |id: &OfferingId| {
        let name = view.catalogue.offering(id).map_or(id.as_str(), |offering| offering.name.in_language(words.language()));
        let count = view.draft.bringing().filter(|item| item.offering == *id).count();
        Choice::new(id.to_string(), words.with("review-twice-count", &[("count", count.into()), ("offering", name.into())]))
    };
    let twice: Vec<_> = ordered_twice(view.draft).iter().map(choice).collect();
    html! { @if !twice.is_empty() { (checkboxes(filled, field, &twice)) } }
}

/// What else can be done with a draft.
fn otherwise(context: &Context<'_>, view: &Review<'_>) -> Markup {
    let words = context.words;
    let discard = Path::order_step(view.draft.id, "discard");
    html! {
        div .actions .otherwise {
            @if matches!(view.placer, Placer::Staff { .. }) {
                (second_link(&Path::offer(view.draft.id), &words.text("offer-title")))
            }
            (second_link(&Path::order_items(view.draft.id), &words.text("review-add")))
            (button_form(context, &discard, Some(view.version), &html! { button .plain { (words.text("review-discard")) } }))
        }
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;
    use order_manager::journey::Step;

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let (draft, household) = (sample::draft(&catalogue), sample::household(&catalogue));
    let (letters, others) = (sample::letters(&draft, &catalogue), sample::letters(&household, &catalogue));
    let mut unsigned = draft.clone();
    unsigned.authorisations.clear();
    let change = sample::price_change(&draft);
    let disclosures = BTreeSet::from([Disclosure::BroadbandLabel]);
    let nothing = Entered::default();
    let ticked = Entered::from_iter([(TERMS, "yes")]);
    let not_accepted = [FieldError::new(TERMS, Reason::NotAcknowledged)];
    let terms_changed = [FieldError::new(TERMS, Reason::Said(TERMS_CHANGED))];
    let closed = [FieldError::new("", Reason::Said(CLOSED))];
    let closing = Some("We’re moving to a new system tonight. Please come back after 6 a.m.");
    let impossible = [NOT_CARRIED, NOT_AVAILABLE, STILL_NEEDED].map(|why| FieldError::new("items", Reason::Said(why)));
    let back = Path::order_step(draft.id, "billing");
    let withdrawn = draft.items.last().map(|item| Gone { item: item.id, name: Text::english("Dedicated Internet") });
    let withdrawn = withdrawn.as_slice();
    let view = Review {
        draft: &draft,
        catalogue: &catalogue,
        price: &draft.priced.price,
        price_change: None,
        gone: &[],
        fingerprint: "5f70bf18a086007016e948b04aed3b82",
        letters: &letters,
        terms: catalogue.terms_of_service.first(),
        today: sample::TODAY,
        placer: Placer::Customer { note: None },
        closed: None,
        version: 7,
        position: Position::of_step(&draft, &Step::Review, &catalogue, sample::now()),
        back: Some(&back),
        entered: &nothing,
        errors: &[],
    };
    [
        ("review", view),
        ("review-price-changed", Review { price_change: Some(&change), ..view }),
        ("review-withdrawn", Review { gone: withdrawn, price_change: Some(&change), errors: &impossible[1..2], ..view }),
        ("review-not-accepted", Review { errors: &not_accepted, ..view }),
        ("review-terms-changed", Review { entered: &ticked, errors: &terms_changed, ..view }),
        ("review-impossible", Review { entered: &ticked, errors: &impossible, ..view }),
        ("review-no-terms", Review { terms: None, ..view }),
        ("review-closed", Review { closed: closing, ..view }),
        ("review-closed-meanwhile", Review { closed: closing, entered: &ticked, errors: &closed, ..view }),
        ("review-letter-open", Review { draft: &unsigned, ..view }),
        (
            "review-with-note",
            Review { placer: Placer::Customer { note: Some("As we discussed. Please check the address.") }, ..view },
        ),
        ("review-for-customer", Review { placer: Placer::Staff { disclosures: &disclosures }, ..view }),
        ("review-household", Review { draft: &household, price: &household.priced.price, letters: &others, ..view }),
    ]
    .into_iter()
    .map(|(name, view)| Sample::new(name, render(&sample::context(), &view)))
    .collect()
}
