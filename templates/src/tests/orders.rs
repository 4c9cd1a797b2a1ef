//! What holds for the pages from the letter of agency to the orders: what must be on them, and what must not.

use maud::Markup;
use order_manager::entered::Entered;
use order_manager::order::Content;
use order_manager::order::OrderState;
use scraper::{Html, Selector};

use crate::pages::{authorise, placed, review, track};
use crate::sample;

fn read(markup: Markup) -> Html {
    Html::parse_document(&markup.into_string())
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    let Ok(selector) = Selector::parse(selector) else { panic!("not a selector: {selector}") };
    let said = page
        .select(&selector)
        .map(|element| element.value().attr("value").map_or_else(|| element.text().collect(), str::to_owned));
    said.collect()
}

#[test]
fn a_letter_of_agency_has_nothing_beside_it() {
    // What staff are shown is no letter, but the record of a verification.
    let letters: Vec<_> = authorise::samples().into_iter().filter(|sample| !sample.name.contains("staff")).collect();
    assert!(!letters.is_empty());
    for sample in letters {
        let page = read(sample.markup);
        for other in ["aside", "nav", ".banner", "footer", "header a", "main a:not(#error-summary a)"] {
            assert_eq!(all(&page, other), Vec::<String>::new(), "{other} in {}", sample.name);
        }
    }
}

#[test]
fn a_letter_is_signed_by_the_hash_of_what_it_says() {
    let catalogue = sample::catalogue();
    let letters = sample::letters(&sample::draft(&catalogue), &catalogue);
    let hashes: Vec<_> = letters.iter().map(|letter| letter.sha256("en")).collect();
    let shown: Vec<_> = authorise::samples().into_iter().flat_map(|sample| all(&read(sample.markup), "[name=text]")).collect();
    assert!(!shown.is_empty() && shown.iter().all(|hash| hashes.contains(hash)));
}

#[test]
fn no_page_shows_a_secret() {
    for sample in [review::samples(), placed::samples(), track::samples()].concat() {
        assert!(!sample.markup.0.contains(sample::SECRET), "{}", sample.name);
    }
}

#[test]
fn placing_sends_the_terms_and_the_price_that_were_shown() {
    let Some(first) = review::samples().into_iter().next() else { panic!("no sample") };
    let page = read(first.markup);
    for name in ["terms-version", "price", "terms"] {
        assert_eq!(all(&page, &format!("form[action$='/place'] [name={name}]")).len(), 1, "{name}");
    }
}

#[test]
fn what_follows_from_the_answers_stands_among_the_technical_details_before_and_after_placing() {
    for sample in [review::samples(), placed::samples()].map(|mut samples| samples.swap_remove(0)) {
        let details = all(&read(sample.markup), "details").concat();
        assert!(details.contains("Network channel code (NC)") && details.contains("KQ--"), "{}: {details}", sample.name);
    }
}

#[test]
fn a_changed_price_is_shown_old_and_new() {
    let catalogue = sample::catalogue();
    let change = sample::price_change(&sample::draft(&catalogue));
    let changed = review::samples().into_iter().find(|sample| sample.name == "review-price-changed");
    let Some(changed) = changed else { panic!("no sample") };
    let banner = all(&read(changed.markup), ".banner").concat();
    for price in [change.before.monthly(), change.after.monthly()] {
        let Ok(price) = price else { panic!("no price") };
        assert!(banner.contains(&price.to_string()), "{price}");
    }
}

#[test]
fn a_confirmation_claims_an_email_only_when_one_was_sent() {
    let claims = |name: &str| {
        let sample = placed::samples().into_iter().find(|sample| sample.name == name);
        sample.is_some_and(|sample| sample.markup.0.contains("dana@example.com"))
    };
    assert!(claims("placed-emailed") && !claims("placed"));
}

#[test]
fn every_state_of_an_order_is_shown_with_who_acts_next() {
    let catalogue = sample::catalogue();
    for state in OrderState::ALL {
        let order = sample::in_state(state, &catalogue);
        assert_eq!(order.state(), state);
        let page = read(track::render(
            &sample::context(),
            &track::Track {
                untold: &[],
                order: &order,
                catalogue: &catalogue,
                new_order: "0193b1de-5c00-7000-8000-00000000a9a1",
                waits: None,
                today: jiff::civil::date(2026, 12, 1),
                entered: &Entered::default(),
                errors: &[],
            },
        ));
        assert_eq!(all(&page, ".standing .tag").len(), 1, "{state:?}");
        assert!(all(&page, ".standing dt").concat().contains("Who acts next"), "{state:?}");
        let items = if let Content::Placed(placed) = order.content() { placed.items.len() } else { 0 };
        assert_eq!(all(&page, ".timeline").len(), items, "{state:?}");
    }
}

#[test]
fn what_can_not_be_had_any_more_is_named_and_can_be_taken_out_before_anything_is_placed() {
    let samples = review::samples();
    let sample = |name: &str| samples.iter().find(|sample| sample.name == name).map(|sample| read(sample.markup.clone()));
    let (Some(usual), Some(withdrawn)) = (sample("review"), sample("review-withdrawn")) else { panic!("no sample") };
    assert_eq!(all(&usual, ".banner").len(), 0);
    let banners = all(&withdrawn, ".banner");
    assert_eq!(banners.len(), 2, "what is gone, and the price that changed with it");
    assert!(banners[0].contains("Dedicated Internet"), "{banners:?}");
    let (items, kept) = (all(&usual, "form[action$='/remove']").len(), all(&withdrawn, "form[action$='/remove']").len());
    assert_eq!(items, kept, "it can be taken out like everything else");
    assert_eq!(all(&withdrawn, "form[action$='/place']").len(), 0);
}
