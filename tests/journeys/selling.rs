//! What a representative does about an order, and what the customer then finds.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::tz::TimeZone;
use local_harness::Running;
use order_manager::access::{AccessReason, Actor, CustomerAuthentication, Grant, Role, Staff};
use order_manager::order::{Content, PlacedBy, ProductOrder};
use platform::Config;
use platform::store::{Session, SessionId, Store, Wanted};
use tests::browser::{Browser, Page};
use tests::filling::dated;
use tests::form::{FieldKind, forms};

use crate::people::{begun, signed_in, site, walk};
use crate::publishing::{changed, monthly, published};

/// What is answered wherever it is asked.
pub(crate) const ANSWERS: &[(&str, &str)] = &[
    ("routing", "static"),
    ("end-point", "Floor 4, room 410"),
    ("site-contact", "Dana Whitfield"),
    ("delivery", "email"),
    ("terms", "yes"),
];

/// What staff enter of the customer's word.
const WORD: &[(&str, &str)] = &[
    ("consent-by", "Dana Whitfield"),
    ("consent-channel", "call"),
    ("consent-reference", "CALL-77120"),
    ("told", "broadband-label"),
    ("terms", "yes"),
];

pub(crate) fn store(site: &Running) -> Store {
    Store::new(&Config::read(site.whole_environment()).expect("a configuration"))
}

/// A browser of a member of staff who acts for a customer, or for nobody. How staff sign in and open an account has journeys of its own.
pub(crate) async fn staff(site: &Running, name: &str, roles: &[Role], acts_for: Option<&str>) -> Browser {
    let person = site.staff().into_iter().find(|person| person.name == name).expect("a member of staff");
    let now = site.clock().now();
    let store = store(site);
    let grant = match acts_for {
        None => None,
        Some(customer) => {
            let persona = site.personas().iter().find(|persona| persona.name == customer).expect("a persona").clone();
            let customer = store.customer(persona.customer).await.expect("a load").expect("a customer").customer;
            Some(Grant {
                customer: customer.id,
                name: customer.name,
                account_number: customer.account_number,
                reason: AccessReason::Call,
                authenticated: CustomerAuthentication::CodeToRecord,
                given: now,
                until: now + 60.minutes(),
            })
        }
    };
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    let actor = Actor::Staff(Staff { person: person.sub, username: person.employee.into(), roles, grant });
    let session = Session { actor, name: name.to_owned(), began: now, last_used: now, checked: now };
    let id = SessionId::mint().expect("random numbers");
    store.put_session(&id, &session).await.expect("a session");
    let mut browser = Browser::new(site.address());
    browser.keep_cookie("__Host-sid", id.as_cookie());
    browser
}

/// Rita, who acts for Dana.
pub(crate) async fn rita(site: &Running) -> Browser {
    staff(site, "Rita Okafor", &[Role::SalesRepresentative], Some("Dana Whitfield")).await
}

/// An order for Dana that stands at review, put together by Rita.
pub(crate) async fn at_review(site: &Running, rita: &mut Browser) -> (Page, String) {
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").clone();
    let home = rita.get(&format!("/customers/{}", dana.customer)).await;
    assert_eq!(home.status, 200, "{}", home.html);
    let page = begun(rita, &home, &["dedicated-internet"]).await;
    let (page, _) = walk(rita, page, ANSWERS, "/review").await;
    let order = page.path.trim_end_matches("/review").to_owned();
    (page, order)
}

async fn stored(site: &Running, order: &str) -> ProductOrder {
    let id = order.trim_start_matches("/orders/").parse().expect("an order's id");
    let loaded = store(site).load(&Wanted { order: Some(id), ..Wanted::default() }).await.expect("a load");
    loaded.order.expect("it is there").value
}

/// Sends one of the offer page's forms.
pub(crate) async fn deed(browser: &mut Browser, order: &str, deed: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(&format!("{order}/offer")).await;
    assert_eq!(page.status, 200, "{}", page.html);
    let form = fields.iter().fold(page.form(&format!("/offer/{deed}")), |form, (name, value)| form.with(name, value));
    browser.submit(&form).await
}

/// The item that a discount can be given on.
pub(crate) fn item(page: &Page) -> String {
    let form = page.form("/offer/discount");
    let (_, options) = form.fields().into_iter().find(|(name, _)| name == "item").expect("the field");
    match options {
        FieldKind::Choose(options) => options.into_iter().find(|option| !option.is_empty()).expect("an item"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_an_order_says_for_whom_a_representative_works() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (page, order) = at_review(&site, &mut rita).await;
    for page in [page, rita.get(&order).await, rita.get(&format!("{order}/offer")).await] {
        assert!(page.html.contains("Working for"), "{}", page.path);
        assert!(
            page.html.contains("for Whitfield Dental</title>") || page.html.contains("for Whitfield Dental – "),
            "{}",
            page.html
        );
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_representative_places_an_order_on_the_customers_word_and_both_are_on_record() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (page, order) = at_review(&site, &mut rita).await;
    let bare = rita.submit(&page.form("/place").with("terms", "yes")).await;
    assert_eq!(bare.status, 422, "nobody's word is none");
    for said in ["Who gave it", "How it was given"] {
        assert!(bare.html.contains(said), "{}", bare.html);
    }
    let placed = rita.submit(&dated(page.form("/place").answered(WORD), &page.html)).await;
    assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    assert!(placed.html.contains("Rita Okafor") && placed.html.contains("CALL-77120"), "{}", placed.html);
    let stored = stored(&site, &order).await;
    let Content::Placed(order) = stored.content() else { panic!("placed") };
    let PlacedBy::Staff(member, consent) = &order.placed_by else { panic!("{:?}", order.placed_by) };
    assert_eq!(
        (&*member.name, &*consent.given_by, &*order.ordered_for.name),
        ("Rita Okafor", "Dana Whitfield", "Whitfield Dental")
    );
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_representative_starts_from_a_template_and_a_customer_is_offered_none() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").clone();
    let path = format!("/customers/{}", dana.customer);
    let home = rita.get(&path).await;
    let form = home.form("/orders").answered(&[]);
    let (_, templates) = form.fields().into_iter().find(|(name, _)| name == "template").expect("templates");
    assert_eq!(templates, FieldKind::Choose(vec!["small-office".to_owned()]), "those for customers like this one");
    let page = rita.submit(&form.without("offering").with("template", "small-office")).await;
    assert!(page.path.contains("/items/"), "{}\n{}", page.path, page.html);
    assert_eq!(page.form(&page.path).value("bandwidth"), Some("100-mbps"), "what the template chooses is chosen");
    let ProductOrder::Draft(draft) = stored(&site, page.path.split("/items").next().expect("an order")).await else {
        panic!("a draft")
    };
    assert_eq!(
        draft.items.iter().map(|item| item.offering.as_str()).collect::<Vec<_>>(),
        ["dedicated-internet", "business-line"]
    );
    assert!(home.html.contains("/sites"), "a file of many places is offered too");

    let (_, home) = signed_in(&site, "Dana Whitfield").await;
    let form = home.form("/orders");
    assert!(!form.asks("template"));
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discount_within_the_limit_counts_at_once_and_one_beyond_it_waits_for_somebody_else() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (_, order) = at_review(&site, &mut rita).await;
    let page = rita.get(&format!("{order}/offer")).await;
    let item = item(&page);
    let discount = |percent| [("item", &*item), ("percent", percent), ("months", "12"), ("reason", "Moves three offices")];

    let page = deed(&mut rita, &order, "discount", &discount("36")).await;
    assert_eq!(page.status, 422);
    let page = deed(&mut rita, &order, "discount", &discount("10")).await;
    assert!(page.html.contains("10% of the monthly charges for 12 months") && page.html.contains("Within the limit"));
    let page = deed(&mut rita, &order, "discount", &discount("25")).await;
    assert!(page.html.contains("A discount needs approval"), "{}", page.html);
    let review = rita.get(&format!("{order}/review")).await;
    assert!(review.html.contains("Discount from your representative"), "the price shows it");
    let page = deed(&mut rita, &order, "ask-approval", &[]).await;
    assert!(page.html.contains("Rita Okafor asked for approval"), "{}", page.html);

    let mut ana = staff(&site, "Ana Brandt", &[Role::Approver], None).await;
    let page = ana.get(&format!("{order}/offer")).await;
    assert_eq!(page.status, 200);
    assert_eq!(ana.get(&format!("{order}/review")).await.status, 404, "an approver sees what waits and nothing else");
    ana.submit(&page.form("/offer/return").with("return-reason", "Ask for less.")).await;
    let page = rita.get(&format!("{order}/offer")).await;
    assert!(page.html.contains("Ana Brandt gave it back") && page.html.contains("Ask for less."), "{}", page.html);
    deed(&mut rita, &order, "ask-approval", &[]).await;
    let page = ana.get(&format!("{order}/offer")).await;
    ana.submit(&page.form("/offer/approve")).await;
    let page = rita.get(&format!("{order}/offer")).await;
    assert!(page.html.contains("Given by Ana Brandt"), "{}", page.html);
    assert_eq!(ana.get(&format!("{order}/offer")).await.status, 404, "nothing waits any more");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_read_and_accepted_by_the_customer_and_holds_its_price_when_the_catalogue_changes() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (_, order) = at_review(&site, &mut rita).await;
    let until = (site.clock().now() + (20 * 24).hours()).to_zoned(TimeZone::UTC).date().strftime("%m/%d/%Y").to_string();
    let page = deed(&mut rita, &order, "quote", &[("valid-until", &until), ("opportunity", "OPP-20417")]).await;
    assert!(page.path.ends_with("/quote") && page.html.contains("Quote Q-"), "{}\n{}", page.path, page.html);
    assert_eq!(rita.get(&format!("{order}/review")).await.path, format!("{order}/offer"), "nobody changes what is quoted");

    let per_month = |order: &ProductOrder| match order.content() {
        Content::Draft(draft) => draft.priced.price.monthly().expect("a sum"),
        Content::Placed(placed) => placed.price.monthly().expect("a sum"),
    };
    let quoted = per_month(&stored(&site, &order).await);
    publish_dearer(&site).await;

    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;
    assert!(home.html.contains("Quoted"), "the customer finds it");
    let page = dana.get(&order).await;
    assert!(page.path.ends_with("/quote"), "{}", page.path);
    let page = dana.submit(&page.form("/quote")).await;
    assert!(page.path.ends_with("/review"), "{}\n{}", page.path, page.html);
    assert!(!page.html.contains("Prices have changed"), "{}", page.html);
    let placed = dana.submit(&page.form("/place").answered(ANSWERS)).await;
    assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    assert_eq!(per_month(&stored(&site, &order).await), quoted);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_places_are_quoted_stands_on_one_page_with_what_all_come_to() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;
    assert!(!home.html.contains("All quotes"), "nothing is quoted");
    let all = format!("{}/quotes", home.path);
    assert!(dana.get(&all).await.html.contains("Nothing is quoted just now"));
    let places: Vec<_> = home.html.split("name=\"site\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(places.len(), 2, "{}", home.html);
    let until = (site.clock().now() + (20 * 24).hours()).to_zoned(TimeZone::UTC).date().strftime("%m/%d/%Y").to_string();
    let mut monthly = vec![];
    for place in places {
        let form = rita.get(&home.path).await.form("/orders").answered(&[]).without("template");
        let page = rita.submit(&form.with("site", place).with("offering", "dedicated-internet")).await;
        let (page, _) = walk(&mut rita, page, ANSWERS, "/review").await;
        let order = page.path.trim_end_matches("/review").to_owned();
        deed(&mut rita, &order, "quote", &[("valid-until", &until)]).await;
        let ProductOrder::Quoted(quoted) = stored(&site, &order).await else { panic!("{order} is not quoted") };
        monthly.push(quoted.draft.priced.price.monthly().expect("a sum"));
    }
    let page = dana.get(&home.path).await;
    assert!(page.html.contains(&format!("href=\"{all}\"")), "{}", page.html);
    let page = dana.get(&all).await;
    assert_eq!(page.html.matches("Read or accept quote Q-").count(), 2, "{}", page.html);
    let together = page.html.split("All places together").last().expect("the end of the page");
    let sum = monthly[0].plus(monthly[1]).expect("a sum").to_string();
    assert!(together.contains(&sum), "{sum} is not in {together}");
    site.stop().await;
}

/// Publishes a catalogue in which everything costs twice as much each month.
async fn publish_dearer(site: &Running) {
    let dearer = changed("dearer", |catalogue| {
        for price in catalogue.offerings.iter_mut().flat_map(monthly) {
            *price = price.times(2).expect("an amount");
        }
    });
    published(site, &dearer, "now").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_to_the_customer_is_the_customers_to_place_and_staffs_to_take_back() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (_, order) = at_review(&site, &mut rita).await;
    deed(&mut rita, &order, "send", &[("note", "As we discussed.")]).await;
    assert_eq!(rita.get(&format!("{order}/review")).await.path, format!("{order}/offer"), "it is the customer's now");
    deed(&mut rita, &order, "take-back", &[]).await;
    assert_eq!(rita.get(&format!("{order}/review")).await.path, format!("{order}/review"));
    deed(&mut rita, &order, "send", &[("note", "As we discussed.")]).await;

    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;
    assert!(home.html.contains("Waiting for"), "{}", home.html);
    let page = dana.get(&order).await;
    assert!(page.path.ends_with("/review") && page.html.contains("As we discussed."), "{}\n{}", page.path, page.html);
    let placed = dana.submit(&page.form("/place").answered(ANSWERS)).await;
    assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    let stored = stored(&site, &order).await;
    let Content::Placed(order) = stored.content() else { panic!("placed") };
    assert!(matches!(order.placed_by, PlacedBy::Customer(_)), "the customer placed it");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_order_is_cloned_checked_and_placed_in_at_most_four_pages() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (page, _) = at_review(&site, &mut rita).await;
    let word = |page: &Page| dated(page.form("/place").answered(WORD), &page.html);
    let placed = rita.submit(&word(&page)).await;
    assert!(placed.path.ends_with("/placed"), "{}", placed.html);
    let mut page = rita.get(placed.path.trim_end_matches("/placed")).await;
    page = rita.submit(&page.form("/again")).await;
    let mut pages = 1;
    while !page.path.ends_with("/review") {
        pages += 1;
        let forms = forms(&page.html);
        let form = forms.into_iter().find(|form| !form.action.ends_with("/sign-out")).expect("a form");
        page = rita.submit(&dated(form.answered(ANSWERS), &page.html)).await;
        assert!(pages < 4, "{} after {pages} pages", page.path);
    }
    assert!(page.html.contains("This order repeats order"), "{}", page.html);
    let placed = rita.submit(&word(&page)).await;
    assert!(placed.path.ends_with("/placed"), "{}\n{}", placed.path, placed.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_are_staffs_alone_and_quotes_their_customers() {
    let site = site().await;
    let mut rita = rita(&site).await;
    let (_, order) = at_review(&site, &mut rita).await;
    let (mut dana, _) = signed_in(&site, "Dana Whitfield").await;
    let (mut maya, _) = signed_in(&site, "Maya Chen").await;
    let mut other = staff(&site, "Sergio Lind", &[Role::SalesRepresentative], Some("Maya Chen")).await;
    let mut idle = staff(&site, "Sergio Lind", &[Role::SalesRepresentative], None).await;
    for page in ["offer", "quote", "review"] {
        let path = format!("{order}/{page}");
        for (browser, who) in
            [(&mut maya, "another customer"), (&mut other, "who acts for another"), (&mut idle, "who acts for nobody")]
        {
            assert_eq!(browser.get(&path).await.status, 404, "{path} of {who}");
        }
    }
    assert_eq!(dana.get(&format!("{order}/offer")).await.status, 404, "what staff do is not the customer's");
    assert_eq!(dana.get(&format!("{order}/quote")).await.status, 404, "nothing is quoted");
    site.stop().await;
}
