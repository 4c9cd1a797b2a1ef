//! A quote: what is offered, what it costs and until when; to read, to print, and to accept.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::order::{Draft, Quote, QuoteStanding};

use crate::components::banner::banner;
use crate::components::button::primary;
use crate::components::contract::contract_rows;
use crate::components::form::{Form, form};
use crate::components::item_name::item_name;
use crate::components::order_details::{answer_groups, customer_rows, local_moment, product_answers};
use crate::components::order_summary::{draft_items, priced_items};
use crate::components::summary_list::{Row, summary_list};
use crate::components::tag::Tone;
use crate::components::unbroken::unbroken;
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct QuotePage<'a> {
    /// The order that is quoted.
    pub draft: &'a Draft,
    /// The quote.
    pub quote: &'a Quote,
    /// The catalogue it was made by.
    pub catalogue: &'a Catalogue,
    /// The order's version.
    pub version: u64,
    /// Today, where service is.
    pub today: Date,
    /// Who may accept it.
    pub reader: Reader,
}

/// Who reads a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The customer.
    Customer,
    /// Staff, who accept it on the customer's word.
    Staff,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &QuotePage<'_>) -> Markup {
    let words = context.words;
    let QuotePage { draft, quote, catalogue, .. } = *view;
    let number = quote.number(draft.id);
    let title = words.with("quote-title", &[("number", number.as_str().into())]);
    let price = &quote.round.priced.price;
    let issued = local_moment(catalogue, &draft.place, quote.round.issued).date();
    let expired = view.today > quote.round.valid_until;
    let mut about = customer_rows(words, &draft.ordered_for, &draft.place);
    about.push(Row::new(words.text("quote-issued"), words.date(issued)));
    about.push(Row::new(words.text("quote-valid-until"), words.date(quote.round.valid_until)));
    about.push(Row::new(words.text("quote-from"), &*quote.round.issued_by.name));
    about.extend(quote.opportunity.as_deref().map(|opportunity| Row::new(words.text("offer-opportunity"), opportunity)));
    let main = html! {
        h1 { (unbroken(&title)) }
        @match &quote.standing {
            QuoteStanding::Accepted { .. } => (banner(Tone::Good, &words.text("quote-accepted"), &html! {
                p { a href=(Path::order(draft.id)) { (words.text("quote-go-on")) } }
            })),
            QuoteStanding::Withdrawn => (banner(Tone::Attention, &words.text("quote-withdrawn"), &html! {})),
            QuoteStanding::Open if expired => (banner(Tone::Attention, &words.text("quote-expired"), &html! {
                p { (words.text("quote-expired-about")) }
            })),
            QuoteStanding::Open => p .lede { (words.with("quote-about", &[("date", words.date(quote.round.valid_until).into())])) },
        }
        (summary_list(words, &about))
        @for item in &draft.items {
            @if let Some(offering) = catalogue.form(&item.offering, &item.action) {
                @let answers = draft.effective_answers(item, offering);
                @let name = catalogue.offering(&item.offering).map_or(&offering.name, |offering| &offering.name);
                section .card {
                    h2 { (item_name(words, &item.action, name)) }
                    (answer_groups(words, &product_answers(words, &answers, offering)))
                    @if item.action.brings() {
                        h3 { (words.text("review-contract")) }
                        (summary_list(words, &contract_rows(words, offering, order_manager::pricing::term_months(offering, &answers), price, item.id)))
                    }
                }
            }
        }
        h2 { (words.text("quote-price")) }
        (priced_items(words, price, &draft_items(words, draft, catalogue), &words.text("quote-price")))
        p .about { (words.text("quote-note")) }
        @if quote.standing == QuoteStanding::Open && !expired { (accepting(context, view)) }
        p .screen { a href=(Path::quotes(draft.ordered_for.id)) { (words.text("quotes-all")) } }
    };
    let back = match view.reader {
        Reader::Customer => Path::customer(draft.ordered_for.id),
        Reader::Staff => Path::offer(draft.id),
    };
    page(context, Page { back: Some(back), ..Page::titled(title.clone(), main) })
}

fn accepting(context: &Context<'_>, view: &QuotePage<'_>) -> Markup {
    let words = context.words;
    let (accept, about) = match view.reader {
        Reader::Customer => (words.text("quote-accept"), words.text("quote-accept-about")),
        Reader::Staff => (words.text("quote-accept-for"), words.text("quote-accept-for-about")),
    };
    let action = Path::quote(view.draft.id);
    let button = html! { p .screen { (about) } div .actions { (primary(&accept)) } };
    form(context, &Form { action: &action, save: &accept, version: Some(view.version), uploads: false }, &button)
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::access::ActedBy;
    use order_manager::order::{OrderState, ProductOrder};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let ProductOrder::Quoted(quoted) = sample::in_state(OrderState::Quoted, &catalogue) else { return vec![] };
    let Some(quote) = &quoted.draft.selling.quote else { return vec![] };
    let by = ActedBy::Customer(sample::parsed("018f3a2e-0000-7000-8000-0000000000a1"));
    let accepted = Quote { standing: QuoteStanding::Accepted { by, at: sample::now() }, ..quote.clone() };
    let withdrawn = Quote { standing: QuoteStanding::Withdrawn, ..quote.clone() };
    let view = QuotePage {
        draft: &quoted.draft,
        quote,
        catalogue: &catalogue,
        version: 7,
        today: sample::TODAY,
        reader: Reader::Customer,
    };
    let states = [
        ("quote", view),
        ("quote-for-staff", QuotePage { reader: Reader::Staff, ..view }),
        ("quote-expired", QuotePage { today: jiff::civil::date(2027, 1, 4), ..view }),
        ("quote-accepted", QuotePage { quote: &accepted, ..view }),
        ("quote-withdrawn", QuotePage { quote: &withdrawn, ..view }),
    ];
    states.into_iter().map(|(name, view)| Sample::new(name, render(&sample::context(), &view))).collect()
}
