//! What a partner's own system can order for a customer, and why it can't: the way through an order, gone at once.

use jiff::civil::Date;
use order_manager::decide::Refusal;
use order_manager::entered::{Entered, Reason};
use order_manager::id::{CharacteristicId, OfferingId, OrderItemId, Version};
use order_manager::inventory::Resource;
use order_manager::order::{
    Authorisation, Content, OrderState, PartnerOrder, Placed, PlacedBy, ProductOrder, ServicePlace, Visit,
};
use order_manager::partner::{
    Facts, Gone, Hindrance, NamedLetter, NamedPlace, Needed, NoOnePlace, Wanted, WantedAction, WantedItem, place, place_of, sees,
};
use order_manager::party::{Contact, Customer, CustomerKind, Product, Site};
use order_manager::value::Value;

use crate::fixtures::{calls, empty, in_service, line, now, number_of_ours, slot};
use crate::small::SMALL;
use crate::world::{contact, is};

fn customer(products: Vec<Product>) -> Customer {
    let draft = empty("midtown");
    Customer {
        id: draft.ordered_for.id,
        kind: CustomerKind::Business,
        name: draft.ordered_for.name.clone(),
        account_number: draft.ordered_for.account_number.clone(),
        contact: contact(),
        partner: Some(is("partner-1")),
        sites: vec![Site { id: draft.place.site, address: draft.place.address }],
        products,
        billing_accounts: draft.ordered_for.billing_accounts,
    }
}

fn entered(answers: &[(&str, &str)]) -> Entered {
    answers.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
}

fn item(id: OrderItemId, action: WantedAction, answers: &[(&str, &str)]) -> WantedItem {
    WantedItem { id, action, answers: entered(answers), letters: vec![] }
}

fn add(offering: &str) -> WantedAction {
    WantedAction::Add(is::<OfferingId>(offering))
}

/// A line with a new number and a jack that is there.
const NEW: [(&str, &str); 4] = [("term", "12-months"), ("number", "new"), ("grade", "fast"), ("jack", "yes")];
/// One that keeps its number.
const KEPT: [(&str, &str); 7] = [
    ("term", "12-months"),
    ("number", "old"),
    ("grade", "plain"),
    ("jack", "yes"),
    ("port-number", "404 872 0199"),
    ("company", "Old Bell"),
    ("own-name", "yes"),
];

fn wanted(items: Vec<WantedItem>) -> Wanted {
    let place = empty("midtown").place;
    let by = PartnerOrder { partner: is("partner-1"), external_id: Some("PO-1".into()) };
    Wanted { id: is("019c0000-0000-7000-8000-000000000077"), by, place, items, pays: None, from: None, contact: None }
}

fn a_line(answers: &[(&str, &str)]) -> Wanted {
    wanted(vec![item(line(), add("line"), answers)])
}

fn with_letter(signed: &str) -> Wanted {
    let mut order = a_line(&KEPT);
    order.items[0].letters =
        vec![NamedLetter { letter: is("move"), reference: "LOA-7".into(), name: "Zoë O’Neil".into(), signed: is(signed) }];
    order
}

/// Numbers and appointments that are free.
fn facts() -> Facts {
    Facts {
        numbers: Some(vec![is("404 872 0100"), is("404 872 0101")]),
        slots: Some(vec![slot("2026-12-02"), slot("2026-12-09")]),
    }
}

fn goes(wanted: &Wanted, facts: &Facts) -> Result<Gone, Hindrance> {
    place(wanted, &customer(vec![]), facts, &SMALL, now())
}

fn placed(wanted: &Wanted) -> Placed {
    match goes(wanted, &facts()) {
        Ok(Gone::Placed(order)) => {
            assert_eq!(order.state(), OrderState::Acknowledged);
            let Content::Placed(placed) = order.content() else { panic!("a draft") };
            placed.clone()
        }
        other => panic!("{other:?}"),
    }
}

fn hindered(wanted: &Wanted) -> Hindrance {
    goes(wanted, &facts()).err().unwrap_or_else(|| panic!("it was placed"))
}

#[test]
fn what_is_well_ordered_is_placed_in_the_partners_name_for_the_customer_of_record() {
    let order = placed(&a_line(&NEW));
    assert_eq!(order.placed_by, PlacedBy::Partner(wanted(vec![]).by));
    assert_eq!((order.installation.contact.clone(), order.ordered_for.contact.clone()), (contact(), contact()));
    assert_eq!(order.terms_of_service, Version("2026".into()));
    let number = order.items[0].answers.get(&is::<CharacteristicId>("our-number"));
    assert_eq!(number, Some(&Value::Telephone(is("404 872 0100"))), "the first that is free");
    assert_eq!(order.resources, [number_of_ours("404 872 0100")]);
    assert_eq!(order.installation.visit, Visit::None { requested: is("2026-11-25") }, "the first day there is");
}

#[test]
fn what_has_to_be_looked_up_is_asked_for_when_it_is_known_to_be_needed() {
    let with_visit = a_line(&[("term", "12-months"), ("number", "new"), ("grade", "fast"), ("jack", "no")]);
    let needs = |facts: &Facts| match goes(&with_visit, facts) {
        Ok(Gone::Needs(needed)) => needed,
        other => panic!("{other:?}"),
    };
    assert_eq!(needs(&Facts::default()), Needed::Numbers(1));
    let numbers = facts().numbers;
    assert_eq!(needs(&Facts { numbers, slots: None }), Needed::Slots(is("2026-12-01")));
    let order = placed(&with_visit);
    assert_eq!(order.installation.visit, Visit::Technician(slot("2026-12-02")));
    assert!(order.resources.contains(&Resource::Slot(slot("2026-12-02"))));
}

#[test]
fn a_day_a_contact_and_a_number_that_are_asked_for_are_taken() {
    let mut order = a_line(&NEW);
    order.from = Some(is("2026-12-07"));
    order.contact = Some(Contact { name: "Ana".into(), phone: is("404 555 0177"), email: None });
    order.items[0].answers.set("our-number", "404 872 0101");
    let order = placed(&order);
    assert_eq!(order.installation.visit.day(), is::<Date>("2026-12-07"));
    assert_eq!(&*order.installation.contact.name, "Ana");
    assert_eq!(order.resources, [number_of_ours("404 872 0101")]);
}

#[test]
fn a_number_is_brought_along_by_the_letter_that_the_partner_keeps_and_by_no_other() {
    let order = placed(&with_letter("2026-11-20"));
    let given: Vec<_> = order.authorisations.values().collect();
    let [Authorisation::Kept(letter)] = given[..] else { panic!("{given:?}") };
    assert_eq!((&*letter.reference, &letter.partner, letter.signed), ("LOA-7", &is("partner-1"), is("2026-11-20")));
    assert_eq!(letter.text_sha256.len(), 64, "which text it stands for");
    let missing = Hindrance::NoLetter(line(), is("move"));
    assert_eq!(hindered(&a_line(&KEPT)), missing);
    for day in ["2026-11-24", "2026-10-24", "2020-01-01"] {
        assert_eq!(hindered(&with_letter(day)), missing, "signed on {day}");
    }
    placed(&with_letter("2026-11-23"));
    placed(&with_letter("2026-10-25"));
}

#[test]
fn what_can_not_be_carried_out_is_said_by_why() {
    let wrong = |answers: &[(&str, &str)]| match hindered(&a_line(answers)) {
        Hindrance::Answers(item, errors) => {
            assert_eq!(item, line());
            errors.into_iter().map(|error| (error.field.to_string(), error.reason)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let mut colour = NEW.to_vec();
    colour.push(("colour", "red"));
    assert_eq!(wrong(&colour), [("colour".to_owned(), Reason::Unknown)]);
    assert_eq!(wrong(&NEW[..2]).iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["grade", "jack"]);
    let faster = [("term", "12-months"), ("number", "new"), ("grade", "fastest"), ("jack", "yes")];
    assert_eq!(wrong(&faster), [("grade".to_owned(), Reason::NotAChoice)]);

    assert_eq!(hindered(&wanted(vec![])), Hindrance::Nothing);
    assert_eq!(hindered(&wanted(vec![item(line(), add("nothing"), &[])])), Refusal::NoSuchOffering.into());
    let nowhere = WantedAction::Delete(in_service().id);
    assert_eq!(hindered(&wanted(vec![item(line(), nowhere, &[])])), Hindrance::NoSuchService);
    let none = |facts: Facts| goes(&a_line(&NEW), &facts).expect_err("it was placed");
    assert_eq!(none(Facts { numbers: Some(vec![]), ..facts() }), Hindrance::NoNumber);
    let visit = a_line(&[("term", "12-months"), ("number", "new"), ("grade", "fast"), ("jack", "no")]);
    assert_eq!(goes(&visit, &Facts { slots: Some(vec![]), ..facts() }).expect_err("placed"), Hindrance::NoAppointment);
    let far = Wanted { from: Some(is("2027-06-01")), ..a_line(&NEW) };
    assert_eq!(hindered(&far), Hindrance::TooFarOff(is("2027-06-01")));
    let alone = wanted(vec![item(calls(), add("calls"), &[("minutes", "few")])]);
    assert!(
        matches!(hindered(&alone), Hindrance::Refused(Refusal::NotCarried(_) | Refusal::NotYet(_))),
        "{:?}",
        hindered(&alone)
    );
}

#[test]
fn what_is_in_service_is_changed_and_ended_where_it_is() {
    let product = in_service();
    let ended = wanted(vec![item(line(), WantedAction::Delete(product.id), &[("reason", "price")])]);
    let order = place(&ended, &customer(vec![product.clone()]), &facts(), &SMALL, now()).expect("a way");
    let Gone::Placed(order) = order else { panic!("{order:?}") };
    let Content::Placed(placed) = order.content() else { panic!("a draft") };
    assert_eq!(placed.items[0].action.product_id(), Some(product.id));
}

#[test]
fn items_are_for_one_place_that_is_named_or_the_only_one() {
    let only = customer(vec![in_service()]);
    let here = empty("midtown").place;
    let known = NamedPlace::Known(here.site);
    assert_eq!(place_of(&only, &[], &[]), Ok(here.clone()));
    assert_eq!(place_of(&only, &[known.clone(), known.clone()], &[in_service().id]), Ok(here.clone()));
    assert_eq!(place_of(&only, &[NamedPlace::Known(is("019a0000-0000-7000-8000-00000000ffff"))], &[]), Err(NoOnePlace::Unknown));

    let spelled = ServicePlace { site: is("019a0000-0000-7000-8000-000000000009"), address: here.address.clone() };
    assert_eq!(place_of(&only, &[NamedPlace::At(spelled.clone())], &[]), Ok(here.clone()), "an address of a place that is known");
    let elsewhere = ServicePlace { address: empty("macon").place.address, ..spelled };
    assert_eq!(place_of(&only, &[NamedPlace::At(elsewhere.clone())], &[]), Ok(elsewhere.clone()), "one that is new");
    assert_eq!(place_of(&only, &[known, NamedPlace::At(elsewhere.clone())], &[]), Err(NoOnePlace::Several));

    let mut two = customer(vec![]);
    two.sites.push(Site { id: elsewhere.site, address: elsewhere.address });
    assert_eq!(place_of(&two, &[], &[]), Err(NoOnePlace::NotSaid));
    two.sites.clear();
    assert_eq!(place_of(&two, &[], &[]), Err(NoOnePlace::NotSaid));
}

#[test]
fn a_partner_sees_placed_orders_of_its_own_customers_and_no_others() {
    let place = |wanted: &Wanted| match goes(wanted, &facts()) {
        Ok(Gone::Placed(order)) => *order,
        other => panic!("{other:?}"),
    };
    let order = place(&a_line(&NEW));
    assert!(sees(&is("partner-1"), &order));
    assert!(!sees(&is("partner-2"), &order));
    assert!(!sees(&is("partner-1"), &ProductOrder::Draft(empty("midtown"))), "a draft is the customer's own");
}
