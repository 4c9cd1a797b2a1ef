//! An agreement through the deployed API: a negotiator's draft, its prices and approvals, both signatures, and an order under it.

use tests::browser::{Browser, Page};
use tests::filling::dated;
use tests::form::FieldKind;
use tests::walk::{begun, walk};

use crate::mail::told;
use crate::people::{CODE, account_opened, signed_in};
use crate::stack::Stack;

const NAME: &str = "Network services for the bakery";

const ANSWERS: &[(&str, &str)] = &[
    ("routing", "static"),
    ("end-point", "Floor 4, room 410"),
    ("site-contact", "Ines Harbor"),
    ("delivery", "email"),
    ("terms", "yes"),
    ("consent-by", "Ines Harbor"),
    ("consent-channel", "writing"),
    ("consent-reference", "NS-2027"),
    ("told", "broadband-label"),
];

/// Sends one of the forms that stand on a page of the agreement.
async fn deed(browser: &mut Browser, page: &str, deed: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(page).await;
    assert_eq!(page.status, 200, "{}", page.html);
    let form = fields.iter().fold(page.form(&format!("/{deed}")), |form, (name, value)| form.with(name, value));
    browser.submit(&form).await
}

/// An agreement for the customer's place that sells dedicated Internet at a third less than the list.
async fn drafted(noor: &mut Browser, customer: &str) -> String {
    let page = noor.get(&format!("/customers/{customer}/agreements")).await;
    let page = noor.submit(&page.form("/agreements").with("name", NAME)).await;
    assert!(page.html.contains(NAME) && page.path.starts_with("/agreements/"), "{}\n{}", page.path, page.html);
    let deal = page.path;
    let page = noor.get(&format!("{deal}/terms")).await;
    let form = page.form("/terms").with("covers", "these");
    let (_, places) = form.fields().into_iter().find(|(name, _)| name == "sites").expect("the places");
    let FieldKind::Tick(places) = places else { panic!("{places:?}") };
    let page = noor.submit(&form.with("sites", places.first().expect("a place"))).await;
    assert!(page.path.ends_with("done=saved"), "{}\n{}", page.path, page.html);
    let buttons = [
        ("add", &[("add-offering", "dedicated-internet")][..]),
        ("discount", &[("group", "dedicated-internet"), ("group-percent", "33")]),
    ];
    for (button, typed) in buttons {
        let page = noor.get(&format!("{deal}/prices")).await;
        let form = typed.iter().fold(page.form("/prices"), |form, (name, value)| form.with(name, value));
        let page = noor.submit(&form.forged("update", button)).await;
        assert!(page.status == 200 && page.html.contains("Dedicated Internet"), "{button}: {}", page.html);
    }
    deal
}

/// The customer signs up, and links the sign-in with the account by the code that its contact of record gets by e-mail.
async fn customer_signed_in(stack: &Stack, account: &str, contact: &str) -> Browser {
    let mut ines = stack.browser();
    let page = ines.get("/sign-up").await;
    let form = page.form("/sign-up").with("name", "Ines Harbor").with("email", "ines@example.com");
    let page = ines.submit(&form.with("new-password", "ines bakes at four")).await;
    let page = ines.submit(&page.form("/sign-up/code").with("code", CODE)).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/account/link"), "{}", page.html);
    let page = ines.submit(&page.form("/account/link").with("account-number", account)).await;
    let message = told(stack, contact, "code").await;
    let code = message
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 6)
        .unwrap_or_else(|| panic!("no code: {message}"));
    let page = ines.submit(&page.form("/account/link/code").with("code", code)).await;
    assert!(page.status == 200 && page.path.starts_with("/customers/"), "{} {}", page.path, page.html);
    ines
}

/// From a draft through two approvals and two signatures to an order that is priced by the agreement.
pub(crate) async fn negotiated(stack: &Stack, account: &str, contact: &str) {
    let mut noor = signed_in(stack, "e-1112").await;
    let customer = account_opened(&mut noor, account).await;
    let deal = drafted(&mut noor, &customer).await;
    let page = deed(&mut noor, &deal, "ask-approval", &[]).await;
    assert!(page.html.contains("In approval"), "{}", page.html);
    for employee in ["e-1003", "e-1007"] {
        let mut approver = signed_in(stack, employee).await;
        let listed = approver.get("/deals").await;
        assert!(listed.html.contains(NAME), "{employee} finds it in the list: {}", listed.html);
        let page = deed(&mut approver, &format!("{deal}/approvals"), "approve", &[]).await;
        assert!(page.path.starts_with("/deals"), "{}\n{}", page.path, page.html);
    }
    let page = noor.get(&deal).await;
    let page = noor.submit(&dated(page.form("/send"), &page.html)).await;
    assert!(page.html.contains("With the customer"), "{}", page.html);

    let mut ines = customer_signed_in(stack, account, contact).await;
    let signature = [("name", "Ines Harbor"), ("title", "Owner"), ("authority", "Sole proprietor"), ("may-sign", "yes")];
    let page = deed(&mut ines, &format!("{deal}/acceptance"), "acceptance", &signature).await;
    assert!(page.html.contains("Waiting for our signature"), "{}", page.html);
    let ours = [("name", "Noor Haddad"), ("title", "Negotiator"), ("authority", "Delegation, section 4")];
    let page = deed(&mut noor, &deal, "countersign", &ours).await;
    assert!(page.html.contains("In force"), "{}", page.html);

    let home = noor.get(&format!("/customers/{customer}")).await;
    let page = begun(&mut noor, &home, &["dedicated-internet"]).await;
    let (review, _) = walk(&mut noor, page, ANSWERS, "/review").await;
    let placed = noor.submit(&dated(review.form("/place").answered(ANSWERS), &review.html)).await;
    assert!(placed.path.ends_with("/placed") && placed.html.contains(NAME), "{}\n{}", placed.path, placed.html);
}
