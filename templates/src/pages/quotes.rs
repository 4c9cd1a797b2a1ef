//! All that a customer is quoted just now, place by place: to read beside each other, and to print.

use std::borrow::Cow;

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::catalogue::Catalogue;
use order_manager::id::CustomerId;
use order_manager::money::{Money, MoneyError};
use order_manager::order::{Draft, Quote};

use crate::components::order_summary::{draft_items, priced_items};
use crate::components::price_table::{PriceTable, Total, price_table};
use crate::components::summary_list::{Row, summary_list};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The page.
#[derive(Clone, Debug)]
pub struct Quotes<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// What is quoted.
    pub places: Vec<QuotedPlace<'a>>,
}

/// A quote: of one order, and so of one place.
#[derive(Clone, Copy, Debug)]
pub struct QuotedPlace<'a> {
    /// The order that is quoted.
    pub draft: &'a Draft,
    /// The quote.
    pub quote: &'a Quote,
    /// The catalogue it was made by.
    pub catalogue: &'a Catalogue,
    /// Today, where service is.
    pub today: Date,
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &Quotes<'_>) -> Markup {
    let words = context.words;
    let title = words.text("quotes-title");
    let main = html! {
        h1 { (title) }
        @match &view.places[..] {
            [] => p .lede { (words.text("quotes-none")) },
            [_] => p .lede { (words.text("quotes-about-one")) },
            places => p .lede { (words.with("quotes-about", &[("count", places.len().into())])) },
        }
        @for place in &view.places { (of_place(words, place)) }
        @if view.places.len() > 1 && let Ok(totals) = totals(words, &view.places) {
            section {
                h2 { (words.text("quotes-together")) }
                (price_table(words, &PriceTable { caption: words.text("quotes-together"), groups: vec![], totals }))
            }
        }
    };
    page(context, Page { back: Some(Path::customer(view.customer)), ..Page::titled(title.clone(), main) })
}

fn of_place(words: &Words, place: &QuotedPlace<'_>) -> Markup {
    let QuotedPlace { draft, quote, catalogue, today } = *place;
    let round = &quote.round;
    let caption = draft.place.address.to_string();
    let mut rows = vec![
        Row::new(words.text("quotes-number"), quote.number(draft.id)),
        Row::new(words.text("quote-valid-until"), words.date(round.valid_until)),
        Row::new(words.text("quote-from"), &*round.issued_by.name),
    ];
    rows.extend(quote.opportunity.as_deref().map(|opportunity| Row::new(words.text("offer-opportunity"), opportunity)));
    html! {
        section .card {
            h2 { (caption) }
            (summary_list(words, &rows))
            (priced_items(words, &round.priced.price, &draft_items(words, draft, catalogue), &caption))
            @if today > round.valid_until { p { (words.text("quote-expired")) ". " (words.text("quote-expired-about")) } }
            p { a href=(Path::quote(draft.id)) { (words.with("quotes-read", &[("number", quote.number(draft.id).into())])) } }
        }
    }
}

/// What all places come to.
fn totals<'a>(words: &'a Words, places: &[QuotedPlace<'_>]) -> Result<Vec<Total<'a>>, MoneyError> {
    let mut sums: Option<(Money, Money)> = None;
    for place in places {
        let price = &place.quote.round.priced.price;
        let (monthly, one_time) = (price.monthly()?, price.one_time()?);
        sums = Some(match sums {
            None => (monthly, one_time),
            Some((each_month, once)) => (each_month.plus(monthly)?, once.plus(one_time)?),
        });
    }
    let total = |label: Cow<'a, str>, amount, grand| Total { label, amount, note: None, grand };
    Ok(sums.map_or_else(Vec::new, |(monthly, one_time)| {
        vec![total(words.text("price-each-month"), monthly, true), total(words.text("price-one-time"), one_time, false)]
    }))
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::order::{OrderState, ProductOrder};

    use crate::sample::{self, Sample};

    let catalogue = sample::catalogue();
    let ProductOrder::Quoted(quoted) = sample::in_state(OrderState::Quoted, &catalogue) else { return vec![] };
    let Some(quote) = &quoted.draft.selling.quote else { return vec![] };
    let place = QuotedPlace { draft: &quoted.draft, quote, catalogue: &catalogue, today: sample::TODAY };
    let expired = QuotedPlace { today: jiff::civil::date(2027, 1, 4), ..place };
    let customer = quoted.draft.ordered_for.id;
    let states = [("quotes", vec![place, expired]), ("quotes-one", vec![place]), ("quotes-none", vec![])];
    let show = |(name, places)| Sample::new(name, render(&sample::context(), &Quotes { customer, places }));
    states.map(show).into()
}
