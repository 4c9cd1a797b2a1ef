//! A deal, from its draft through approvals and signatures to an order placed under it; and what is refused on the way.

use local_harness::Running;
use order_manager::access::Role;
use tests::browser::{Browser, Page};
use tests::filling::dated;
use tests::form::FieldKind;

use crate::people::{begun, signed_in, site, walk};
use crate::selling::{staff, store};

pub(crate) const ANSWERS: &[(&str, &str)] = &[
    ("routing", "static"),
    ("end-point", "Floor 4, room 410"),
    ("site-contact", "Dana Whitfield"),
    ("delivery", "email"),
    ("terms", "yes"),
    ("consent-by", "Dana Whitfield"),
    ("consent-channel", "writing"),
    ("consent-reference", "NS-2027"),
    ("told", "broadband-label"),
];

pub(crate) const NAME: &str = "Network services 2027";

pub(crate) async fn noor(site: &Running) -> Browser {
    staff(site, "Noor Haddad", &[Role::ContractNegotiator], Some("Dana Whitfield")).await
}

async fn approver(site: &Running, name: &str) -> Browser {
    staff(site, name, &[Role::Approver], None).await
}

/// A new agreement with Dana for her first office, by its address. The second has one already.
pub(crate) async fn agreement(site: &Running, noor: &mut Browser) -> String {
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").clone();
    let page = noor.get(&format!("/customers/{}/agreements", dana.customer)).await;
    let page = noor.submit(&page.form("/agreements").with("name", NAME)).await;
    assert!(page.html.contains(NAME) && page.path.starts_with("/agreements/"), "{}\n{}", page.path, page.html);
    let deal = page.path;
    let page = noor.get(&format!("{deal}/terms")).await;
    let form = page.form("/terms").with("covers", "these");
    let (_, offices) = form.fields().into_iter().find(|(name, _)| name == "sites").expect("the offices");
    let FieldKind::Tick(offices) = offices else { panic!("{offices:?}") };
    let page = noor.submit(&form.with("sites", offices.first().expect("an office"))).await;
    assert!(page.path.ends_with("done=saved"), "{}\n{}", page.path, page.html);
    deal
}

/// Presses a button of the price table, with something typed.
async fn prices(browser: &mut Browser, deal: &str, button: &str, typed: &[(&str, &str)]) -> Page {
    let page = browser.get(&format!("{deal}/prices")).await;
    assert_eq!(page.status, 200, "{}", page.html);
    let form = typed.iter().fold(page.form("/prices"), |form, (name, value)| form.with(name, value));
    let form = if button.is_empty() { form } else { form.forged("update", button) };
    browser.submit(&form).await
}

/// An agreement that sells dedicated Internet at a third less than the list: both levels have to approve it.
pub(crate) async fn with_prices(noor: &mut Browser, deal: &str) {
    let page = prices(noor, deal, "add", &[("add-offering", "dedicated-internet")]).await;
    assert!(page.html.contains("Dedicated Internet"), "{}", page.html);
    let page = prices(noor, deal, "discount", &[("group", "dedicated-internet"), ("group-percent", "33")]).await;
    assert!(page.path.ends_with("/prices?done=saved") && page.html.contains("33%"), "{}\n{}", page.path, page.html);
    for level in ["Deal desk", "Director of pricing"] {
        assert!(page.html.contains(level), "{level}\n{}", page.html);
    }
}

/// Sends one of the forms that stand on a page of the agreement.
async fn deed(browser: &mut Browser, page: &str, deed: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(page).await;
    assert_eq!(page.status, 200, "{}", page.html);
    let form = fields.iter().fold(page.form(&format!("/{deed}")), |form, (name, value)| form.with(name, value));
    browser.submit(&form).await
}

async fn approved(site: &Running, noor: &mut Browser, deal: &str) {
    let page = deed(noor, deal, "ask-approval", &[]).await;
    assert!(page.html.contains("In approval"), "{}", page.html);
    for name in ["Ana Brandt", "Sergio Lind"] {
        let mut approver = approver(site, name).await;
        let listed = approver.get("/deals").await;
        assert!(listed.html.contains(NAME), "{name} finds it in the list\n{}", listed.html);
        let page = deed(&mut approver, &format!("{deal}/approvals"), "approve", &[]).await;
        assert!(page.path.starts_with("/deals"), "{}\n{}", page.path, page.html);
    }
}

async fn sent(site: &Running, noor: &mut Browser, deal: &str) {
    approved(site, noor, deal).await;
    let page = noor.get(deal).await;
    let page = noor.submit(&dated(page.form("/send"), &page.html)).await;
    assert!(page.html.contains("With the customer"), "{}", page.html);
}

const SIGNATURE: &[(&str, &str)] =
    &[("name", "Dana Whitfield"), ("title", "Owner"), ("authority", "Sole proprietor"), ("may-sign", "yes")];

/// What was done is on record, each with who did it, and unbroken.
async fn on_record(site: &Running, deal: &str) {
    let trail = deal.replace("/agreements/", "agreement#");
    let entries = store(site).audit_trail(&trail).await.expect("a trail");
    assert_eq!(order_manager::audit::verify(&entries), Ok(()));
    let acts: Vec<_> = entries.iter().map(|entry| &*entry.act).collect();
    for act in ["begun", "edited", "approval-asked", "approved", "sent", "accepted", "countersigned"] {
        assert!(acts.contains(&&*format!("agreement-{act}")), "{act} is not in {acts:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_goes_through_two_levels_of_approval_to_both_signatures_and_an_order_is_placed_under_it() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    let page = noor.get(&format!("{deal}/ladder")).await;
    let page = noor.submit(&page.form("/ladder").forged("term", "36")).await;
    assert_eq!(page.status, 200, "{}", page.html);
    sent(&site, &mut noor, &deal).await;

    let (mut dana, home) = signed_in(&site, "Dana Whitfield").await;
    let listed = dana.get(&format!("{}/agreements", home.path)).await;
    assert!(listed.html.contains(NAME), "{}", listed.html);
    let signed = deed(&mut dana, &format!("{deal}/acceptance"), "acceptance", SIGNATURE).await;
    assert!(signed.html.contains("Waiting for our signature") && signed.html.contains("Sole proprietor"), "{}", signed.html);

    let countersignature = [("name", "Noor Haddad"), ("title", "Negotiator"), ("authority", "Delegation, section 4")];
    let page = deed(&mut noor, &deal, "countersign", &countersignature).await;
    assert!(page.html.contains("In force") && page.html.contains("Order under this agreement"), "{}", page.html);

    let home = noor.get(&home.path).await;
    let page = begun(&mut noor, &home, &["dedicated-internet"]).await;
    let (review, _) = walk(&mut noor, page, ANSWERS, "/review").await;
    assert!(review.html.contains(NAME), "the agreement is named beside its price\n{}", review.html);
    let placed = noor.submit(&dated(review.form("/place").answered(ANSWERS), &review.html)).await;
    assert!(placed.path.ends_with("/placed") && placed.html.contains(NAME), "{}\n{}", placed.path, placed.html);
    on_record(&site, &deal).await;

    let second = agreement(&site, &mut noor).await;
    prices(&mut noor, &second, "add", &[("add-offering", "ip-vpn")]).await;
    let page = deed(&mut noor, &second, "ask-approval", &[]).await;
    assert!(page.html.contains("Approved, not sent"), "list prices need nobody’s approval\n{}", page.html);
    let page = noor.submit(&dated(page.form("/send"), &page.html)).await;
    assert!(page.status == 422 && page.html.contains("another agreement for the same sites"), "{}", page.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_cannot_be_are_refused_each_with_its_reason_and_nothing_is_saved() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    let page = noor.get(&format!("{deal}/prices")).await;
    let form = page.form("/prices");
    let (line, _) = form.fields().into_iter().find(|(name, _)| name.contains("dedicated-internet.")).expect("a price");
    let rows = [
        ("101%", "percentage from 0 to 100"),
        ("-5", "must be"),
        ("99999999999999", "must be"),
        ("a lot", "an amount"),
        ("90%", "floor"),
        ("10%, 5+ 20%, 2+ 30%", "steps"),
    ];
    for (typed, said) in rows {
        let page = noor.submit(&form.clone().with(&line, typed)).await;
        assert_eq!(page.status, 422, "{typed}\n{}", page.html);
        assert!(page.html.contains(said), "{typed}: {said}\n{}", page.html);
        assert_eq!(page.form("/prices").value(&line), Some(typed), "what was typed stays");
    }
    let unknown = noor.submit(&form.clone().forged("master.no-such-offering.price", "5%")).await;
    assert_eq!(unknown.status, 422, "{}", unknown.html);
    let unknown = prices(&mut noor, &deal, "discount", &[("group-percent", "140")]).await;
    assert!(unknown.status == 422 && unknown.html.contains("percentage from 0 to 100"), "{}", unknown.html);
    let page = noor.get(&format!("{deal}/prices")).await;
    assert_eq!(page.form("/prices").value(&line), form.value(&line), "nothing was saved");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_that_cannot_be_are_refused_at_their_fields() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    let page = noor.get(&format!("{deal}/terms")).await;
    let form = page.form("/terms");
    let rows: [(&[(&str, &str)], &str); 5] = [
        (
            &[("shortfall", "250"), ("yearly", "100,000"), ("families", "data-ip"), ("charges", "monthly")],
            "percentage from 0 to 100",
        ),
        (&[("yearly", "-100")], "must be"),
        (&[("yearly", "a lot")], "an amount"),
        (&[("starts", "stated")], "Enter the day on which it is in force"),
        (&[("downturn-drop", "20")], "Give both"),
    ];
    let nowhere = noor.submit(&form.clone().without("sites")).await;
    assert!(nowhere.status == 422 && nowhere.html.contains("Choose the sites"), "{}", nowhere.html);
    for (typed, said) in rows {
        let form = typed.iter().fold(form.clone(), |form, (name, value)| form.with(name, value));
        let page = noor.submit(&form).await;
        assert!(page.status == 422 && page.html.contains(said), "{typed:?}: {said}\n{}", page.html);
    }
    let saved = noor
        .submit(
            &form.with("yearly", "60,000\n90,000").with("shortfall", "75").with("families", "data-ip").with("charges", "monthly"),
        )
        .await;
    assert!(saved.path.ends_with("done=saved"), "{}\n{}", saved.path, saved.html);
    let page = noor.get(&deal).await;
    assert!(page.html.contains("$60,000.00") && page.html.contains("$90,000.00"), "{}", page.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_voids_what_was_approved_and_says_so_before_and_after() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    approved(&site, &mut noor, &deal).await;
    let page = noor.get(&format!("{deal}/prices")).await;
    assert!(page.html.contains("A change voids what was approved") && page.html.contains("Ana Brandt"), "{}", page.html);
    let page = prices(&mut noor, &deal, "discount", &[("group", "everything"), ("group-percent", "34")]).await;
    assert!(page.html.contains("Approvals are void"), "{}", page.html);
    let page = noor.get(&deal).await;
    assert!(page.html.contains("Draft") && page.html.contains("Ask for approval"), "{}", page.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_approves_twice_or_what_they_have_not_seen_and_a_negotiator_approves_nothing() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    deed(&mut noor, &deal, "ask-approval", &[]).await;
    let mut ana = approver(&site, "Ana Brandt").await;
    let shown = ana.get(&format!("{deal}/approvals")).await.form("/approve");
    let own = noor.submit(&shown.clone()).await;
    assert!(!own.html.contains("Approved"), "{}", own.html);
    assert!(ana.submit(&shown).await.path.starts_with("/deals"));
    let again = ana.submit(&shown).await;
    assert!(again.status == 409 && again.html.contains("has changed"), "{}", again.html);
    let twice = deed(&mut ana, &format!("{deal}/approvals"), "approve", &[]).await;
    assert!(twice.status == 422 && twice.html.contains("another level already"), "{}", twice.html);
    let mut sergio = approver(&site, "Sergio Lind").await;
    let page = deed(&mut sergio, &format!("{deal}/approvals"), "return", &[("return-reason", "36 months, please")]).await;
    assert!(page.path.starts_with("/deals"), "{}", page.html);
    assert!(noor.get(&deal).await.html.contains("36 months, please"));
    let mut rita = staff(&site, "Rita Okafor", &[Role::SalesRepresentative], Some("Dana Whitfield")).await;
    for path in ["/deals", &deal, &format!("{deal}/prices")] {
        assert_eq!(rita.get(path).await.status, 404, "{path}");
    }
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_was_sent_is_not_edited_and_a_text_that_changed_is_not_signed() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    let before = noor.get(&format!("{deal}/prices")).await.form("/prices");
    let (mut dana, _) = signed_in(&site, "Dana Whitfield").await;
    assert_eq!(dana.get(&format!("{deal}/acceptance")).await.status, 404, "what was not sent is not there");
    sent(&site, &mut noor, &deal).await;
    let page = noor.get(&format!("{deal}/prices")).await;
    assert!(page.html.contains("can’t be changed now") && !page.html.contains("Save prices"), "{}", page.html);
    let stale = noor.submit(&before).await;
    assert_eq!(stale.status, 409, "{}", stale.html);

    let acceptance = dana.get(&format!("{deal}/acceptance")).await;
    let form = SIGNATURE.iter().fold(acceptance.form("/acceptance"), |form, (name, value)| form.with(name, value));
    let other = dana.submit(&form.clone().without("text").forged("text", &"0".repeat(64))).await;
    assert!(other.status == 422 && other.html.contains("changed since this page was shown"), "{}", other.html);
    let unsigned = dana.submit(&form.clone().without("may-sign").with("name", "")).await;
    for said in ["Enter your full name", "Check the box"] {
        assert!(unsigned.status == 422 && unsigned.html.contains(said), "{said}\n{}", unsigned.html);
    }
    let forbidden = noor.submit(&form).await;
    assert_ne!(forbidden.status, 200, "nobody signs for a customer");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_offer_is_answered_clause_by_clause_and_becomes_the_next_version() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    with_prices(&mut noor, &deal).await;
    sent(&site, &mut noor, &deal).await;
    let (mut dana, _) = signed_in(&site, "Dana Whitfield").await;
    let page = dana.get(&format!("{deal}/acceptance")).await;
    let form = page.form("/counter");
    let (clause, _) = form.fields().into_iter().find(|(name, _)| name.ends_with("-text")).expect("a clause");
    let form = form.with(&clause, "Either side may hand it on within its group.").with("note", "The rest is fine.");
    let without = dana.submit(&form).await;
    assert!(without.status == 422 && without.html.contains("Choose a file for your marked-up copy"), "{}", without.html);
    let script = dana.submit(&form.clone().with_file("file", "page.pdf", b"<script>alert(1)</script>")).await;
    assert!(script.status == 422 && script.html.contains("PDF, PNG or JPEG"), "{}", script.html);
    let file = b"%PDF-1.7 marked up by Dana";
    let countered = dana.submit(&form.with_file("file", "marked up.pdf", file)).await;
    assert!(countered.html.contains("We are reading them"), "{}", countered.html);

    let page = noor.get(&deal).await;
    assert!(page.html.contains("within its group") && page.html.contains("marked up.pdf"), "{}", page.html);
    let given = noor.get(&format!("{deal}/marked-up")).await;
    assert!(given.status == 200 && given.html.contains("marked up by Dana"), "{}", given.html);
    let id = clause.trim_end_matches("-text");
    let unanswered = noor.submit(&page.form("/answer")).await;
    assert!(unanswered.status == 422 && unanswered.html.contains("our answer"), "{}", unanswered.html);
    let answer =
        page.form("/answer").with(&format!("{id}-answer"), "accepted").with(&format!("{id}-reason"), "Their group is small.");
    let answered = noor.submit(&answer).await;
    assert_eq!(answered.status, 200, "{}", answered.html);
    let page = deed(&mut noor, &deal, "revise", &[]).await;
    assert!(page.html.contains("Version 2") && page.html.contains("Draft"), "{}", page.html);
    let changes = noor.get(&format!("{deal}/changes")).await;
    assert!(changes.html.contains("<ins>Either side may hand it on within its group.</ins>"), "{}", changes.html);
    site.stop().await;
}

/// Has Dana sign what she was sent, and Noor after her.
pub(crate) async fn in_force(site: &Running, noor: &mut Browser, deal: &str) {
    sent(site, noor, deal).await;
    let (mut dana, _) = signed_in(site, "Dana Whitfield").await;
    deed(&mut dana, &format!("{deal}/acceptance"), "acceptance", SIGNATURE).await;
    let countersignature = [("name", "Noor Haddad"), ("title", "Negotiator"), ("authority", "Delegation, section 4")];
    let page = deed(noor, deal, "countersign", &countersignature).await;
    assert!(page.html.contains("In force"), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_begun_before_rates_changed_shows_what_changed_and_is_placed_by_what_was_shown() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    let (_, home) = signed_in(&site, "Dana Whitfield").await;
    let home = noor.get(&home.path).await;
    let page = begun(&mut noor, &home, &["dedicated-internet"]).await;
    let (at_list, _) = walk(&mut noor, page, ANSWERS, "/review").await;
    assert!(!at_list.html.contains(NAME), "nothing prices it yet but the list\n{}", at_list.html);

    with_prices(&mut noor, &deal).await;
    in_force(&site, &mut noor, &deal).await;
    let review = noor.get(&at_list.path).await;
    for said in [NAME, "The price has changed since you saw it"] {
        assert!(review.html.contains(said), "{said}\n{}", review.html);
    }
    let form = dated(review.form("/place").answered(ANSWERS), &review.html);

    deed(&mut noor, &deal, "revise", &[]).await;
    prices(&mut noor, &deal, "discount", &[("group", "family:data-ip"), ("group-percent", "34")]).await;
    in_force(&site, &mut noor, &deal).await;
    let refused = noor.submit(&form).await;
    assert!(refused.status == 409 && refused.html.contains("The price has changed"), "{}\n{}", refused.status, refused.html);
    let again = dated(refused.form("/place").answered(ANSWERS), &refused.html);
    let placed = noor.submit(&again).await;
    assert!(placed.path.ends_with("/placed") && placed.html.contains(NAME), "{}\n{}", placed.path, placed.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_companys_loop_is_in_the_floor_until_its_quote_is_taken_out_and_a_service_leaves_the_table() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    for offering in ["dedicated-internet", "ip-vpn"] {
        prices(&mut noor, &deal, "add", &[("add-offering", offering)]).await;
    }
    let page = prices(&mut noor, &deal, "take-out", &[("take-out", "ip-vpn")]).await;
    let is_there = |page: &Page, offering: &str| page.form("/prices").fields().iter().any(|(name, _)| name.contains(offering));
    assert!(is_there(&page, ".dedicated-internet.") && !is_there(&page, ".ip-vpn."), "{}", page.html);

    let unsaid = prices(&mut noor, &deal, "off-net", &[]).await;
    assert_eq!(unsaid.status, 422, "{}", unsaid.html);
    let quoted = [("loop-supplier", "Piedmont Fiber"), ("loop-reference", "PF-2291"), ("loop-monthly", "120.00")];
    let (_, choices) = unsaid.form("/prices").fields().into_iter().find(|(name, _)| name == "loop").expect("the prices");
    let FieldKind::Choose(choices) = choices else { panic!("{choices:?}") };
    let chosen = choices.iter().find(|value| !value.is_empty()).expect("a price").clone();
    let with_quote = |form: tests::form::Form, html: &str| {
        let form = quoted
            .iter()
            .fold(form, |form, (name, value)| form.with(name, value))
            .with("loop", &chosen)
            .with(&chosen, "9,000.00");
        dated(form, html).forged("update", "off-net")
    };
    let too_cheap = noor.submit(&with_quote(unsaid.form("/prices"), &unsaid.html).with(&chosen, "")).await;
    assert!(too_cheap.status == 422 && too_cheap.html.contains("floor"), "its loop is paid first\n{}", too_cheap.html);
    let page = noor.submit(&with_quote(unsaid.form("/prices"), &unsaid.html)).await;
    assert!(
        page.path.ends_with("done=saved") && page.html.contains("With Piedmont Fiber’s loop"),
        "{}\n{}",
        page.path,
        page.html
    );
    let own = prices(&mut noor, &deal, "on-net", &[("loop", &chosen), (&chosen, "")]).await;
    assert!(own.path.ends_with("done=saved") && !own.html.contains("Piedmont Fiber’s"), "{}", own.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_a_common_end_the_names_that_sign_and_the_order_of_precedence_are_agreed_on_the_terms_page() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let deal = agreement(&site, &mut noor).await;
    let path = format!("{deal}/terms");
    let page = noor.get(&path).await;
    let form = page.form("/terms");
    let places: Vec<_> = form.fields().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("precedence-")).collect();
    assert!(places.len() > 1, "{places:?}");
    let twice = places.iter().fold(form.clone(), |form, place| form.with(place, "1"));
    let rows = [
        (form.clone().with("at-most", "-1"), "must be"),
        (form.clone().with("together", "on-a-day"), "Enter the day on which all services end"),
        (form.clone().with("company", ""), "Enter"),
        (twice, "Give each document a place of its own"),
    ];
    for (wrong, said) in rows {
        let page = noor.submit(&wrong).await;
        assert!(page.status == 422 && page.html.contains(said), "{said}\n{}", page.html);
    }
    let reversed = places.iter().rev().enumerate();
    let form = reversed.fold(form, |form, (place, name)| form.with(name, &(place + 1).to_string()));
    let form = form.with("at-most", "25,000").with("together", "on-a-day").with("customer", "Whitfield & Daughters Bakery, LLC");
    let saved = noor.submit(&dated(form, &page.html)).await;
    assert!(saved.path.ends_with("done=saved"), "{}\n{}", saved.path, saved.html);
    let shown = noor.get(&path).await.form("/terms");
    assert_eq!(shown.value("at-most"), Some("$25,000.00"));
    assert_eq!(shown.value("together"), Some("on-a-day"));
    let last = places.first().and_then(|name| shown.value(name)).map(str::to_owned);
    assert_eq!(last, Some(places.len().to_string()), "what was first is last");
    let text = noor.get(&format!("{deal}/document")).await;
    assert!(text.html.contains("Whitfield &amp; Daughters Bakery, LLC") && text.html.contains("$25,000.00"), "{}", text.html);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tester_finds_agreements_in_their_states_and_every_page_of_each_opens() {
    let site = site().await;
    let mut noor = noor(&site).await;
    let dana = site.personas().iter().find(|persona| persona.name == "Dana Whitfield").expect("Dana").customer;
    let listed = noor.get(&format!("/customers/{dana}/agreements")).await;
    for state in ["Draft", "In approval", "With the customer", "Countered by the customer", "In force", "Terminated"] {
        assert!(listed.html.contains(state), "{state} is not in {}", listed.html);
    }
    let agreements: Vec<_> = listed.html.split("href=\"/agreements/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(agreements.len(), 6, "{agreements:?}");
    let (mut superseded, mut marked_up) = (0, 0);
    for agreement in agreements {
        for tab in ["", "/terms", "/prices", "/ladder", "/clauses", "/approvals", "/changes", "/document", "/agreement.pdf"] {
            let page = noor.get(&format!("/agreements/{agreement}{tab}")).await;
            assert_eq!(page.status, 200, "{} {}", page.path, page.html);
            superseded += usize::from(tab.is_empty() && page.html.contains("Superseded"));
            marked_up += usize::from(tab.is_empty() && page.html.contains("our changes.pdf"));
        }
        let terms = noor.get(&format!("/agreements/{agreement}/terms")).await;
        assert!(terms.html.contains("36 months"), "a length is said in words: {}", terms.html);
    }
    assert_eq!((superseded, marked_up), (1, 1));
    let countered = listed.html.split("href=\"/agreements/").find(|part| part.contains("Toll-free")).expect("one");
    let countered = countered.split('"').next().expect("its address");
    let (file, bytes) = noor.file(&format!("/agreements/{countered}/marked-up")).await;
    assert!(file.status == 200 && bytes.starts_with(b"%PDF"), "{}", file.status);
    site.stop().await;
}
