//! What documents say, held against what they are made of.

use order_manager::agreement::{AgreementReference, AgreementState};
use order_manager::order::{Content, OrderState};
use order_manager::pricing::{ListLine, PricedUnder};

use super::*;
use crate::sample::{agreement_in, begun, catalogue, context, in_state, negotiated_catalogue, parsed};

fn said(document: &Document<'_>) -> String {
    format!("{}\n{}", document.title, blocks(context().words, &document.blocks).into_string())
}

#[test]
fn an_order_form_names_the_parties_the_items_and_every_amount() {
    let catalogue = negotiated_catalogue();
    let order = in_state(OrderState::Acknowledged, &catalogue);
    let Content::Placed(order) = order.content() else { panic!("it is placed") };
    let said = said(&order_form(context().words, order, &catalogue));
    let amounts = order.price.lines.iter().filter_map(|line| Some(line.monthly().or(line.once())?.to_string()));
    let names = order.items.iter().map(|item| item.name.in_language("en").to_owned());
    let whom = [order.id.reference(), order.ordered_for.name.to_string(), order.ordered_for.account_number.to_string()];
    for expected in amounts.chain(names).chain(whom) {
        let expected = maud::html! { (expected) }.into_string();
        assert!(said.contains(&expected), "{expected} is not in {said}");
    }
    assert!(!said.contains("Under the agreement"), "no agreement prices it: {said}");
}

#[test]
fn an_order_form_names_the_agreement_and_what_the_list_would_charge() {
    let catalogue = catalogue();
    let draft = begun(&catalogue);
    let mut charged = draft.priced.price.clone();
    let list = charged.lines.iter().map(|line| ListLine { item: line.item, price: line.id.clone(), kind: line.kind.clone() });
    let agreement =
        AgreementReference { id: parsed("018f3a2e-0000-7000-8000-0000000000a9"), version: 3, name: "Offices & labs".into() };
    charged.under = Some(Box::new(PricedUnder { agreement, list: list.collect(), ending: None }));
    let said = said(&draft_form(context().words, &draft, &charged, &catalogue));
    for expected in ["This order is not placed yet", "Under the agreement", "Offices &amp; labs, version 3", "List price"] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
}

#[test]
fn an_agreement_says_how_it_stands_and_who_signed_it_once_they_have() {
    let catalogue = negotiated_catalogue();
    for (state, signers) in [
        (AgreementState::Sent, 0),
        (AgreementState::AwaitingCountersignature, 1),
        (AgreementState::InForce, 2),
        (AgreementState::Terminated, 2),
    ] {
        let signed = agreement_in(state, &catalogue);
        let offer = signed.newest.offer().expect("it was sent");
        let said = said(&agreement(context().words, &offer.text, &signed.newest));
        for section in &offer.text.sections {
            let heading = maud::html! { h2 { (section.heading) } }.into_string();
            assert!(said.contains(&heading), "{heading} is not in {said}");
        }
        assert!(said.contains(&*offer.text_sha256), "{said}");
        let keys = ["For the customer", "For us"].iter().filter(|key| said.contains(&format!("<dt>{key}</dt>"))).count();
        assert_eq!(keys, signers, "{state:?}: {said}");
    }
}
