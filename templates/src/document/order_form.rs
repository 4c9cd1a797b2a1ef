//! An order form: who orders what, where, for how much and under which agreement. Of a placed order as it was placed, to keep; of
//! one that can be placed, as it would be.

use std::borrow::Cow;

use order_manager::agreement::AgreementReference;
use order_manager::catalogue::{Catalogue, TERM};
use order_manager::codes::codes;
use order_manager::order::{Draft, Placed, PlacedBy};
use order_manager::pricing::{OrderPrice, term_months};

use super::{Block, Document, Level};
use crate::components::contract::contract_rows;
use crate::components::item_name::item_name;
use crate::components::order_details::{
    AnswerGroup, billing_rows, code_rows, customer_rows, installation_rows, local_moment, placed_answers, placed_by_rows,
    product_answers,
};
use crate::components::order_summary::{NamedItem, draft_items, placed_items, price_blocks};
use crate::components::ordered::term;
use crate::components::signed_letters::letters;
use crate::components::summary_list::Row;
use crate::messages::Words;

/// The form of a placed order, by the catalogue by which it was placed.
#[must_use]
pub fn order_form<'a>(words: &'a Words, order: &'a Placed, catalogue: &'a Catalogue) -> Document<'a> {
    let version = [("version", order.terms_of_service.to_string().into())];
    let mut about = parties(words, order.price.under.as_ref().map(|under| &under.agreement), catalogue);
    about.extend(customer_rows(words, &order.ordered_for, &order.place));
    about.push(Row::new(words.text("details-placed"), words.moment(local_moment(catalogue, &order.place, order.placed))));
    if let PlacedBy::Customer(_) = &order.placed_by {
        about.push(Row::new(words.text("details-placed-by"), words.text("order-form-customer")));
    }
    about.extend(placed_by_rows(words, order));
    about.push(Row::new(words.text("details-terms"), words.with("details-version", &version)));
    let mut blocks = vec![Block::Facts(about), Block::Heading(Level::Part, words.text("details-services"))];
    for item in &order.items {
        let offering = catalogue.form(&item.offering, &item.action);
        let known = offering.filter(|_| order.catalogue == catalogue.version && item.action.brings());
        let contract = known.map(|offering| contract_rows(words, offering, item.term_months, &order.price, item.id));
        // Where the length of the contract was chosen, it stands among the answers.
        let chosen = item.answers.keys().any(|id| id.as_str() == TERM);
        let length =
            (contract.is_none() && !chosen).then(|| vec![Row::new(words.text("details-term"), term(words, item.term_months))]);
        let service = Service {
            name: item_name(words, &item.action, &item.name),
            answers: placed_answers(words, item, offering),
            codes: code_rows(words, &item.codes),
            contract: contract.or(length),
        };
        blocks.extend(service.blocks(words));
    }
    blocks.extend(part(words.text("details-installation"), installation_rows(words, &order.installation, catalogue, None)));
    blocks.extend(part(words.text("details-billing"), billing_rows(words, &order.billing, &order.ordered_for, None)));
    blocks.extend(price(words, &order.price, &placed_items(words, order)));
    let signed: Vec<_> = letters(words, order, catalogue).collect();
    if !signed.is_empty() {
        blocks.push(Block::Heading(Level::Part, words.text("details-letters")));
        for (letter, rows) in signed {
            blocks.extend([Block::Heading(Level::Section, letter), Block::Facts(rows)]);
        }
    }
    let title = words.with("order-form-title", &[("reference", order.id.reference().into())]);
    Document { title, blocks }
}

/// The form of an order that is not placed yet, at the price that it would be placed at.
#[must_use]
pub fn draft_form<'a>(words: &'a Words, draft: &'a Draft, charged: &'a OrderPrice, catalogue: &'a Catalogue) -> Document<'a> {
    let mut about = parties(words, charged.under.as_ref().map(|under| &under.agreement), catalogue);
    about.extend(customer_rows(words, &draft.ordered_for, &draft.place));
    let mut blocks = vec![
        Block::Paragraph(words.text("order-form-open")),
        Block::Facts(about),
        Block::Heading(Level::Part, words.text("details-services")),
    ];
    for item in &draft.items {
        let Some(offering) = catalogue.form(&item.offering, &item.action) else { continue };
        let answers = draft.effective_answers(item, offering);
        let beside = draft.beside(item.id);
        let found = codes(offering, &draft.circumstances(&answers, offering, &beside));
        let called = catalogue.offering(&item.offering).map_or(&offering.name, |offering| &offering.name);
        let months = term_months(offering, &answers);
        let contract = item.action.brings().then(|| contract_rows(words, offering, months, charged, item.id));
        let service = Service {
            name: item_name(words, &item.action, called),
            answers: product_answers(words, &answers, offering),
            codes: code_rows(words, &found),
            contract,
        };
        blocks.extend(service.blocks(words));
    }
    if let Some(installation) = &draft.installation {
        blocks.extend(part(words.text("details-installation"), installation_rows(words, installation, catalogue, None)));
    }
    if let Some(billing) = &draft.billing {
        blocks.extend(part(words.text("details-billing"), billing_rows(words, billing, &draft.ordered_for, None)));
    }
    blocks.extend(price(words, charged, &draft_items(words, draft, catalogue)));
    let title = words.with("order-form-title", &[("reference", draft.id.reference().into())]);
    Document { title, blocks }
}

/// Between whom, and under which agreement.
fn parties<'a>(words: &'a Words, agreement: Option<&'a AgreementReference>, catalogue: &'a Catalogue) -> Vec<Row<'a>> {
    let company = catalogue.negotiation.as_ref().map(|negotiation| negotiation.company.in_language(words.language()));
    let company = company.map(|company| Row::new(words.text("order-form-company"), company));
    let agreement = agreement.map(|agreement| {
        let said = [("name", (&*agreement.name).into()), ("number", agreement.version.into())];
        Row::new(words.text("order-form-agreement"), words.with("order-form-agreement-version", &said))
    });
    company.into_iter().chain(agreement).collect()
}

/// An item of the order.
struct Service<'a> {
    name: Cow<'a, str>,
    answers: Vec<AnswerGroup<'a>>,
    codes: Vec<Row<'a>>,
    contract: Option<Vec<Row<'a>>>,
}

impl<'a> Service<'a> {
    fn blocks(self, words: &'a Words) -> Vec<Block<'a>> {
        let mut blocks = vec![Block::Heading(Level::Section, self.name)];
        for AnswerGroup { title, rows } in self.answers {
            let title = title.map(|title| title.in_language(words.language()).into());
            blocks.extend(group(title, rows));
        }
        blocks.extend(group(Some(words.text("field-technical")), self.codes));
        blocks.extend(group(Some(words.text("review-contract")), self.contract.unwrap_or_default()));
        blocks
    }
}

/// Facts under a heading of their own; nothing where there are none.
fn group<'a>(title: Option<Cow<'a, str>>, rows: Vec<Row<'a>>) -> Vec<Block<'a>> {
    if rows.is_empty() {
        return vec![];
    }
    title.map(|title| Block::Heading(Level::Group, title)).into_iter().chain([Block::Facts(rows)]).collect()
}

fn part<'a>(title: Cow<'a, str>, rows: Vec<Row<'a>>) -> [Block<'a>; 2] {
    [Block::Heading(Level::Part, title), Block::Facts(rows)]
}

fn price<'a>(words: &'a Words, charged: &'a OrderPrice, items: &[NamedItem<'a>]) -> Vec<Block<'a>> {
    let title = words.text("details-price");
    let heading = Block::Heading(Level::Part, title.clone());
    std::iter::once(heading).chain(price_blocks(words, charged, items, title)).collect()
}
