//! The markup of every page in every state: labels, ids, links, forms.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use crate::Sample;
use crate::components::form::TOKEN;

/// What is wrong with every sample by a check, with the sample's name.
fn wrong_everywhere(check: impl Fn(&Html) -> Vec<String>) -> Vec<String> {
    let wrong_in = |sample: Sample| {
        let name = sample.name;
        let wrong = check(&Html::parse_document(&sample.markup.into_string()));
        wrong.into_iter().map(move |words| format!("{name}: {words}"))
    };
    crate::samples().into_iter().flat_map(wrong_in).collect()
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn within<'a>(element: &ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn ids(page: &Html) -> Vec<&str> {
    select(page, "[id]").iter().filter_map(|element| element.attr("id")).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let samples = crate::samples();
    let names: BTreeSet<_> = samples.iter().map(|sample| &sample.name).collect();
    assert_eq!(names.len(), samples.len());
}

#[test]
fn every_word_is_there() {
    let mut wrong = vec![];
    for sample in crate::samples() {
        let markup = sample.markup.into_string();
        for mark in ["⟦", "{$", "{ $"] {
            if let Some(at) = markup.find(mark) {
                let excerpt: String = markup[at..].chars().take(60).collect();
                wrong.push(format!("{}: {excerpt}", sample.name));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_page_has_one_heading_and_a_title() {
    assert_none(&wrong_everywhere(|page| {
        let mut wrong = vec![];
        if select(page, "h1").len() != 1 {
            wrong.push(format!("{} headings", select(page, "h1").len()));
        }
        let title = select(page, "title").first().map(text).unwrap_or_default();
        let says_error = title.starts_with("Error: ");
        if says_error == select(page, "#error-summary").is_empty() || !title.ends_with(" – Meridian") {
            wrong.push(format!("title {title:?}"));
        }
        wrong
    }));
}

#[test]
fn every_id_is_there_once() {
    assert_none(&wrong_everywhere(|page| {
        let mut seen = BTreeSet::new();
        ids(page).into_iter().filter(|id| !seen.insert(*id)).map(|id| format!("id {id} is there twice")).collect()
    }));
}

#[test]
fn every_control_is_labelled() {
    assert_none(&wrong_everywhere(|page| {
        let labelled: BTreeSet<_> = select(page, "label[for]")
            .iter()
            .filter(|label| !text(label).is_empty())
            .filter_map(|label| label.attr("for"))
            .collect();
        let controls = select(page, "input:not([type=hidden]), select, textarea");
        let unlabelled = controls.iter().filter(|control| !control.attr("id").is_some_and(|id| labelled.contains(id)));
        let mut wrong: Vec<_> = unlabelled.map(|control| format!("no label: {}", control.html())).collect();
        let nameless = controls.iter().filter(|control| control.attr("name").is_none_or(str::is_empty));
        wrong.extend(nameless.map(|control| format!("no name: {}", control.html())));
        let groups = select(page, "fieldset");
        let untitled = groups.iter().filter(|group| {
            group.child_elements().next().is_none_or(|first| first.value().name() != "legend" || text(&first).is_empty())
        });
        wrong.extend(untitled.map(|group| format!("no legend: {}", group.html())));
        let buttons = select(page, "button");
        wrong
            .extend(buttons.iter().filter(|button| text(button).is_empty()).map(|button| format!("no words: {}", button.html())));
        wrong
    }));
}

#[test]
fn every_reference_resolves() {
    assert_none(&wrong_everywhere(|page| {
        let ids: BTreeSet<_> = ids(page).into_iter().collect();
        let mut wrong = vec![];
        for attribute in ["aria-describedby", "aria-labelledby", "for", "commandfor", "aria-controls"] {
            for element in select(page, &format!("[{attribute}]")) {
                for id in element.attr(attribute).unwrap_or_default().split_whitespace().filter(|id| !ids.contains(id)) {
                    wrong.push(format!("{attribute}={id} leads nowhere"));
                }
            }
        }
        for link in select(page, "a[href^='#']") {
            let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
            if !ids.contains(id) {
                wrong.push(format!("#{id} leads nowhere"));
            }
        }
        wrong
    }));
}

#[test]
fn every_error_stands_at_its_field_in_the_same_words() {
    assert_none(&wrong_everywhere(|page| {
        let mut wrong = vec![];
        for link in select(page, "#error-summary a") {
            let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
            let Some(control) =
                select(page, "input, select, textarea").into_iter().find(|control| control.attr("id") == Some(id))
            else {
                wrong.push(format!("{id} is no field"));
                continue;
            };
            let fields = control
                .ancestors()
                .filter_map(ElementRef::wrap)
                .filter(|element| element.value().classes().any(|class| class == "field"));
            // An address is a field with fields in it, and the whole's errors lead to the first of them.
            let stands =
                fields.take(2).any(|element| within(&element, ".error").iter().any(|error| text(error).contains(&text(&link))));
            if !stands {
                wrong.push(format!("{id} lacks {:?}", text(&link)));
            }
        }
        wrong
    }));
}

#[test]
fn every_form_saves_by_enter_and_proves_its_session() {
    assert_none(&wrong_everywhere(|page| {
        let mut wrong = vec![];
        for form in select(page, "form") {
            let token = format!("input[type=hidden][name={TOKEN}]");
            if form.attr("method") != Some("post") || within(&form, &token).len() != 1 {
                wrong.push(format!("no token: {}", form.html()));
            }
            let fields = within(&form, "input:not([type=hidden]), select, textarea");
            let first = within(&form, "button").into_iter().next();
            let hidden_save = first.is_some_and(|button| {
                button.attr("class") == Some("vh")
                    && button.attr("tabindex") == Some("-1")
                    && button.attr("name").is_none()
                    && button.attr("type").is_none()
            });
            if form.attr("novalidate").is_none() {
                wrong.push(format!("the browser checks: {:?}", form.attr("action")));
            }
            if !fields.is_empty() && !hidden_save {
                wrong.push(format!("Enter does not save: {:?}", form.attr("action")));
            }
        }
        wrong
    }));
}

#[test]
fn every_dialog_opens_by_both_ways_and_is_part_of_the_form() {
    let mut dialogs = 0;
    for sample in crate::samples() {
        let page = Html::parse_document(&sample.markup.into_string());
        for dialog in select(&page, "dialog") {
            dialogs += 1;
            let id = dialog.attr("id").unwrap_or_default();
            let commands: Vec<_> =
                select(&page, "button[commandfor]").into_iter().filter(|button| button.attr("commandfor") == Some(id)).collect();
            assert!(commands.iter().all(|button| button.attr("type") == Some("button")), "{}: {id}", sample.name);
            let command = |name| commands.iter().any(|button| button.attr("command") == Some(name));
            assert!(command("show-modal") && command("close"), "{}: {id}", sample.name);
            let plain = select(&page, "button[name=open]")
                .into_iter()
                .any(|button| button.attr("value").is_some_and(|value| id == format!("{value}--dialog")));
            assert!(plain, "{}: {id} has no plain button", sample.name);
            assert!(
                dialog.ancestors().filter_map(ElementRef::wrap).any(|element| element.value().name() == "form"),
                "{}: {id}",
                sample.name
            );
        }
    }
    assert!(dialogs > 0);
}

#[test]
fn no_page_has_scripts_inline_styles_or_foreign_links() {
    assert_none(&wrong_everywhere(|page| {
        let mut wrong: Vec<_> = select(page, "script, style, [style], iframe, base").iter().map(ElementRef::html).collect();
        for element in select(page, "*") {
            wrong.extend(element.value().attrs().filter(|(name, _)| name.starts_with("on")).map(|(name, _)| name.to_owned()));
        }
        for (selector, attribute) in [("[href]", "href"), ("[action]", "action"), ("[src]", "src")] {
            for element in select(page, selector) {
                let link = element.attr(attribute).unwrap_or_default();
                let ours = link.starts_with('#') || (link.starts_with('/') && !link.starts_with("//"));
                if !ours && link != crate::path::Outside::FCC_CONSUMER.as_str() {
                    wrong.push(format!("leads to {link}"));
                }
            }
        }
        wrong
    }));
}

#[test]
fn what_was_typed_stays_and_is_escaped() {
    let typed: Vec<_> = crate::samples().into_iter().filter(|sample| sample.name == "configure-every-type-errors").collect();
    let markup = typed.into_iter().map(|sample| sample.markup.into_string()).collect::<String>();
    assert!(markup.contains("line 1 &quot;&lt;&amp;&gt;&quot;"), "what was typed is there");
    assert!(!markup.contains("line 1 \"<&>\""), "and nothing of it is markup");
    let page = Html::parse_document(&markup);
    let secrets = select(&page, "input[type=password], input[type=file]");
    assert!(!secrets.is_empty() && secrets.iter().all(|input| input.attr("value").is_none()), "a secret is not sent back");
}
