//! A catalogue is published while orders are on their way: what changes is shown before it is agreed to, and nothing else moves.

use std::fs;
use std::path::Path;

use jiff::{SignedDuration, ToSpan};
use local_harness::Running;
use order_manager::catalogue::{Amount, Catalogue, Charge, ProductOffering};
use order_manager::id::Version;
use order_manager::money::Money;
use order_manager::order::Content;
use platform::store::{Store, Wanted};
use platform::{Config, Environment};
use tests::browser::{Browser, Page};
use tests::form::forms;

use crate::people::{begun, signed_in, site, walk};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const ANSWERS: &[(&str, &str)] = &[("delivery", "email"), ("terms", "yes")];

/// The store as the operator's command has it.
pub(crate) fn catalogue_table(site: &Running) -> Store {
    let table = site.whole_environment().get("CATALOGUE_TABLE").expect("a table").to_owned();
    let place = iom::tables::Place { table, endpoint: Some(site.dynamodb_endpoint()), region: None };
    iom::tables::store(iom::tables::Which::Catalogue, &place, Environment::default()).expect("a way to the table")
}

/// Publishes a catalogue to a running site by the operator's command; what it said.
pub(crate) async fn published(site: &Running, catalogue: &Catalogue, from: &str) -> String {
    let (store, now, mut said) = (catalogue_table(site), site.clock().now(), vec![]);
    let publishing = iom::publishing::publish(&store, catalogue, from, iom::publishing::Run::Real, now, &mut said);
    publishing.await.expect("it is published");
    String::from_utf8(said).expect("a text")
}

/// The catalogue the site was built with, as another version with something changed.
pub(crate) fn changed(version: &str, change: impl FnOnce(&mut Catalogue)) -> Catalogue {
    let mut catalogue = Catalogue::clone(&platform::catalogue::embedded().expect("the catalogue that was built in"));
    catalogue.version = Version(version.into());
    change(&mut catalogue);
    catalogue
}

fn offering<'a>(catalogue: &'a mut Catalogue, id: &str) -> &'a mut ProductOffering {
    catalogue.offerings.iter_mut().find(|offering| offering.id.as_str() == id).expect("an offering")
}

/// Each flat monthly price of an offering.
pub(crate) fn monthly(offering: &mut ProductOffering) -> impl Iterator<Item = &mut Money> {
    offering.prices.iter_mut().filter_map(|price| match &mut price.charge {
        Charge::Recurring { amount: Amount::Flat(amount) } => Some(amount),
        _ => None,
    })
}

/// Broadband, each price so much dearer.
fn dearer(version: &str, cents: i64) -> Catalogue {
    changed(version, |catalogue| {
        for price in monthly(offering(catalogue, "broadband-internet")) {
            *price = Money::new(price.minor() + cents, price.currency());
        }
    })
}

/// The rows of the table that shows prices before and now.
fn compared(page: &Page) -> Vec<(String, String)> {
    let table = page.html.split_once("<table class=\"compare\">").and_then(|(_, rest)| rest.split_once("</table>"));
    let cells = |row: &str| row.split("<td>").skip(1).filter_map(|cell| Some(cell.split_once("</td>")?.0.to_owned())).collect();
    let rows = table.map_or("", |(rows, _)| rows).split("<tr>").skip(1).map(cells);
    rows.filter_map(|row: Vec<String>| <[String; 2]>::try_from(row).ok().map(|[before, now]| (before, now))).collect()
}

/// What a month costs by the page's own summary.
fn each_month(page: &Page) -> String {
    let (_, rest) = page.html.rsplit_once("Each month").expect("a total");
    let amount = rest.split_once('$').expect("an amount").1;
    format!("${}", amount.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).next().unwrap_or_default())
}

/// An order of these offerings, ready to be placed.
async fn at_review(site: &Running, offerings: &[&str], answers: &[(&str, &str)]) -> (Browser, Page) {
    let (mut browser, home) = signed_in(site, "Sam Ortiz").await;
    let page = begun(&mut browser, &home, offerings).await;
    let (page, _) = walk(&mut browser, page, answers, "/review").await;
    assert_eq!(page.status, 200);
    (browser, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_price_is_shown_old_and_new_and_only_what_was_shown_is_agreed_to() {
    let site = site().await;
    let (mut browser, seen) = at_review(&site, &["broadband-internet"], ANSWERS).await;
    let (review, old) = (seen.path.clone(), each_month(&seen));
    assert!(compared(&seen).is_empty(), "nothing has changed yet");

    let said = published(&site, &dearer("dearer", 700), "now").await;
    assert!(said.contains(" a month -> $") && said.ends_with("published: it takes effect at once\n"), "{said}");

    // Placed from the page with the old price: nothing is placed, and both prices are there.
    let refused = browser.post(&seen.form("/place").answered(ANSWERS)).await;
    assert_eq!(refused.status, 409, "{}", refused.html);
    assert!(refused.html.contains("The price has changed since this page was shown"), "{}", refused.html);
    let new = each_month(&refused);
    assert_ne!(old, new);
    assert!(compared(&refused).contains(&(old.clone(), new.clone())), "{:?}", compared(&refused));

    let shown = browser.get(&review).await;
    assert_eq!((shown.status, shown.path.as_str()), (200, review.as_str()), "nothing is asked again");
    assert!(compared(&shown).contains(&(old.clone(), new.clone())), "{:?}", compared(&shown));

    // And once more, between looking and placing: what was seen first is still what it is compared with.
    published(&site, &dearer("dearest", 1_400), "now").await;
    let refused = browser.post(&shown.form("/place").answered(ANSWERS)).await;
    assert_eq!(refused.status, 409);
    let newest = each_month(&refused);
    assert!(newest != new && compared(&refused).contains(&(old, newest.clone())), "{:?}", compared(&refused));

    let placed = browser.submit(&refused.form("/place").answered(ANSWERS)).await;
    assert!(placed.path.ends_with("/placed"), "{} {}", placed.status, placed.path);
    assert_eq!(each_month(&placed), newest);
    assert_eq!(placed_by(&site, &placed).await, "dearest");
    site.stop().await;
}

/// The version of the catalogue that a placed order keeps.
async fn placed_by(site: &Running, placed: &Page) -> String {
    let store = Store::new(&Config::read(site.whole_environment()).expect("a configuration"));
    let order = placed.path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order");
    let loaded = store.load(&Wanted { order: Some(order), ..Wanted::default() }).await.expect("a load");
    match loaded.order.expect("the order").value.content() {
        Content::Placed(order) => order.catalogue.to_string(),
        Content::Draft(_) => panic!("{} is a draft", placed.path),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_to_come_is_nowhere_before_its_moment_and_everywhere_after() {
    let site = site().await;
    let (mut browser, seen) = at_review(&site, &["broadband-internet"], ANSWERS).await;
    let moment = site.clock().now() + SignedDuration::from_mins(10);
    let said = published(&site, &dearer("dearer", 700), &moment.to_string()).await;
    assert!(said.ends_with(&format!("published: it takes effect at {moment}\n")), "{said}");
    let before = browser.get(&seen.path).await;
    assert_eq!((each_month(&before), compared(&before)), (each_month(&seen), vec![]));

    site.clock().advance(SignedDuration::from_mins(11));
    let after = browser.get(&seen.path).await;
    assert!(compared(&after).contains(&(each_month(&seen), each_month(&after))), "{:?}", compared(&after));
    assert_ne!(each_month(&after), each_month(&seen));
    let refused = browser.post(&before.form("/place").answered(ANSWERS)).await;
    assert_eq!(refused.status, 409, "the price that was shown before is not the price any more");
    site.stop().await;
}

/// A followed order's page, without the id that an order of the same would have: each page mints its own.
fn but_for_the_new_orders_id(page: &Page) -> String {
    let id = page.form("/again").value("order").expect("an id").to_owned();
    page.html.replace(&id, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placed_order_stays_as_it_was_whatever_is_published() {
    let site = site().await;
    let (mut browser, seen) = at_review(&site, &["broadband-internet"], ANSWERS).await;
    let placed = browser.submit(&seen.form("/place").answered(ANSWERS)).await;
    let order = placed.path.trim_end_matches("/placed").to_owned();
    let followed = browser.get(&order).await;
    let without = changed("without", |catalogue| catalogue.offerings.retain(|one| one.id.as_str() != "broadband-internet"));
    for catalogue in [dearer("dearer", 700), without] {
        published(&site, &catalogue, "now").await;
        assert_eq!(browser.get(&placed.path).await.html, placed.html, "{}", catalogue.version);
        let again = browser.get(&order).await;
        assert_eq!(but_for_the_new_orders_id(&again), but_for_the_new_orders_id(&followed), "{}", catalogue.version);
    }
    let built_in = platform::catalogue::embedded().expect("the catalogue that was built in").version.to_string();
    assert_eq!(placed_by(&site, &placed).await, built_in);
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_had_any_more_is_named_and_taken_out_and_nothing_else_is_lost() {
    let yesterday = |site: &Running| site.clock().now().to_zoned(jiff::tz::TimeZone::UTC).date() - 2.days();
    for which in ["no longer sold", "no longer there"] {
        let site = site().await;
        let answers = [ANSWERS, &[("number-source", "new"), ("jack-works", "yes")]].concat();
        let (mut browser, seen) = at_review(&site, &["broadband-internet", "residential-line"], &answers).await;
        let items: Vec<_> = forms(&seen.html).into_iter().filter(|form| form.action.ends_with("/remove")).collect();
        assert_eq!(items.len(), 2);
        let name = platform::catalogue::embedded().expect("the catalogue that was built in");
        let name = name.offerings.iter().find(|one| one.id.as_str() == "residential-line").expect("the line").name.clone();
        let name = name.in_language("en");

        let until = yesterday(&site);
        let withdrawn = changed("without-lines", |catalogue| match which {
            "no longer sold" => offering(catalogue, "residential-line").sold_until = Some(until),
            _ => catalogue.offerings.retain(|one| one.id.as_str() != "residential-line"),
        });
        let said = published(&site, &withdrawn, "now").await;
        assert!(said.contains(&format!("withdrawn  {name} (residential-line)")), "{said}");

        let shown = browser.get(&seen.path).await;
        assert_eq!((shown.status, shown.path.as_str()), (200, seen.path.as_str()), "{which}");
        for said in ["A service in your order can’t be had any more", name, "Remove what can’t be had any more"] {
            assert!(shown.html.contains(said), "{which}: {said}\n{}", shown.html);
        }
        assert!(!forms(&shown.html).iter().any(|form| form.action.ends_with("/place")), "nothing can be placed with it");
        let refused = browser.post(&seen.form("/place").answered(&answers)).await;
        assert_eq!(refused.status, 422, "{which}");
        assert!(refused.html.contains(name) && refused.html.contains("One of these services can’t be had any more"), "{which}");

        // Its own pages are not there any more; they lead to where the order stands.
        let line = removal_of(&shown, name);
        let page = browser.get(line.trim_end_matches("/remove")).await;
        assert_eq!(page.status, 200, "{which}");
        let broadband = items.iter().map(|form| &form.action).find(|action| **action != line).expect("the other one");
        let broadband = broadband.trim_end_matches("/remove").to_owned();
        let answered = browser.get(&broadband).await.form(&broadband).encoded();

        let page = browser.submit(&shown.form(&line)).await;
        assert!(!page.html.contains("can’t be had any more"), "{which}: {}", page.html);
        assert_eq!(
            browser.get(&broadband).await.form(&broadband).encoded(),
            answered,
            "{which}: the other answers are as they were"
        );
        let (page, _) = walk(&mut browser, page, &answers, "/placed").await;
        assert!(page.status == 200 && !page.html.contains(name), "{which}: {}", page.html);
        site.stop().await;
    }
}

/// Where the form goes that takes something out of the order.
fn removal_of(page: &Page, name: &str) -> String {
    let (_, card) = page.html.split_once("This can’t be had any more").expect("its card");
    let action = card.split_once("action=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a form").0;
    assert!(action.ends_with("/remove") && card.contains(&format!("Remove {name}")), "{action}");
    action.to_owned()
}

/// The example of CONTRIBUTING.md: the file's name, and what it says.
fn example() -> (String, String) {
    let contributing = fs::read_to_string(Path::new(ROOT).join("CONTRIBUTING.md")).expect("the text");
    let (_, rest) = contributing.split_once("\n```toml\n").expect("an example");
    let (example, _) = rest.split_once("\n```\n").expect("its end");
    let file = example.lines().next().and_then(|line| line.strip_prefix("# order-manager/catalogue/")).expect("a file");
    (file.to_owned(), example.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offering_that_contributing_adds_is_checked_published_and_ordered() {
    let site = site().await;
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(Path::new(ROOT).join("order-manager/catalogue")).expect("the catalogue") {
        let path = entry.expect("a file").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    let (mut browser, home) = signed_in(&site, "Sam Ortiz").await;
    assert!(!home.html.contains("Backup Internet"), "it is not there yet");

    // Steps 1 and 2: the file, and a new version.
    let (file, example) = example();
    fs::write(folder.path().join(file), example).expect("a file");
    let head = folder.path().join("catalogue.toml");
    let text = fs::read_to_string(&head).expect("a text");
    let version = text.lines().find(|line| line.starts_with("version = ")).expect("a version").to_owned();
    fs::write(&head, text.replacen(&version, "version = \"with-backup\"", 1)).expect("a file");

    // Steps 3 and 5: checked and published.
    let paths = [folder.path().to_path_buf()];
    let checked = iom::catalogue::check(&paths).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(checked.contains("no problems: catalogue with-backup"), "{checked}");
    let (catalogue, _) = iom::catalogue::read(&paths).expect("a catalogue");
    let said = published(&site, &catalogue, "now").await;
    assert!(said.contains("added      Backup Internet (backup-internet)"), "{said}");

    // And it can be ordered, by the site that has been running all the time.
    let home = browser.get(&home.path).await;
    let page = begun(&mut browser, &home, &["backup-internet"]).await;
    let answers = [ANSWERS, &[("term", "12-months"), ("backup-speed", "50-mbps"), ("window-sill", "no")]].concat();
    let (page, way) = walk(&mut browser, page, &answers, "/placed").await;
    assert_eq!(page.status, 200, "{way:?}");
    for said in ["Backup Internet", "$29.00", "Antenna", "$35.00", "50 Mbps"] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    assert_eq!(placed_by(&site, &page).await, "with-backup");
    let followed = browser.get(page.path.trim_end_matches("/placed")).await;
    assert!(followed.html.contains("Your modem is on its way"), "{}", followed.html);
    site.stop().await;
}
