//! Fills in any form the site serves, from the catalogue's own word of what each question takes.

use std::collections::BTreeMap;

use order_manager::catalogue::{Area, Catalogue, ProductOffering};
use order_manager::characteristic::{Across, AddressSpace, Asked, Characteristic, Column, Lines, Reach, TelephoneUse, ValueType};
use order_manager::id::{CharacteristicId, OfferingId};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::browser::Page;
use crate::form::{FieldKind, Form};
use crate::walk::onward;

/// What a question is to be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// One of these choices.
    OneOf(Vec<String>),
    /// None of these choices.
    NoneOf(Vec<String>),
    /// A number, or a choice that stands for one, or so many entries.
    AtLeast(i64),
    /// Anything.
    Answered,
}

/// How often a pattern is tried for a text of the right length.
const SAMPLES: usize = 2_000;

/// Wishes by offering and question.
#[derive(Clone, Debug, Default)]
pub struct Wishes(BTreeMap<(OfferingId, CharacteristicId), Vec<Wish>>);

impl Wishes {
    /// Adds one.
    pub fn add(&mut self, offering: OfferingId, characteristic: CharacteristicId, wish: Wish) {
        self.0.entry((offering, characteristic)).or_default().push(wish);
    }

    fn of(&self, offering: &ProductOffering, spec: &Characteristic) -> &[Wish] {
        self.0.get(&(offering.id.clone(), spec.id.clone())).map_or(&[], Vec::as_slice)
    }
}

/// Fills in the forms of one order.
#[derive(Debug)]
pub struct Filling<'a> {
    catalogue: &'a Catalogue,
    ordered: Vec<&'a ProductOffering>,
    wishes: Wishes,
    /// The area of the order's place, once a page has named it.
    area: Option<&'a Area>,
    /// How often each field was refused: another answer is tried each time.
    refused: BTreeMap<String, usize>,
}

impl<'a> Filling<'a> {
    /// For an order of these.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, ordered: Vec<&OfferingId>, wishes: Wishes) -> Self {
        let ordered = ordered.into_iter().filter_map(|id| catalogue.offering(id)).collect();
        Self { catalogue, ordered, wishes, area: None, refused: BTreeMap::new() }
    }

    /// The page's form, filled in as far as it has to be. Dialogs that stand in it are left to their own pages.
    ///
    /// # Panics
    /// When the page has no form that leads on.
    pub fn filled(&mut self, page: &Page) -> Form {
        self.filled_for(page, &|_| false)
    }

    /// The same, with a dialog that stands in it.
    ///
    /// # Panics
    /// As [`Self::filled`].
    pub fn filled_with_dialog(&mut self, page: &Page, dialog: &str) -> Form {
        self.filled_for(page, &|candidate| candidate == dialog)
    }

    fn filled_for(&mut self, page: &Page, here: &dyn Fn(&str) -> bool) -> Form {
        let mut form = onward(page);
        let offering = self.offering_of(page);
        if let Some(place) = page.html.split("<p class=\"place\">").nth(1).and_then(|rest| rest.split("</p>").next()) {
            let is_here = |area: &&Area| area.zips.iter().any(|zip| place.ends_with(&zip.to_string()));
            self.area = self.catalogue.areas.iter().find(is_here);
        }
        let elsewhere = |asked: &Asked| match asked {
            Asked::OnPage => false,
            Asked::InDialog(dialog) => !here(dialog.as_str()),
        };
        // A dialog stands in its item's form as well.
        let in_dialogs = |name: &str| {
            page.path.split("/items/").nth(1).is_some_and(|item| !item.contains('/'))
                && offering.is_some_and(|offering| {
                    let spec = offering.characteristics.iter().find(|spec| name.split('.').next() == Some(spec.id.as_str()));
                    spec.is_some_and(|spec| elsewhere(&spec.asked))
                })
        };
        for (name, kind) in form.fields() {
            let wrong = page.html.contains(&format!("<a href=\"#{name}\"")) && page.status == 422;
            if wrong {
                *self.refused.entry(format!("{} {name}", page.path)).or_default() += 1;
            }
            let tried = self.refused.get(&format!("{} {name}", page.path)).copied().unwrap_or(0);
            if in_dialogs(&name) && !wrong {
                continue;
            }
            let open = form.value(&name).is_none_or(str::is_empty);
            let spec = offering.and_then(|offering| {
                let base = name.split('.').next().unwrap_or(&name);
                Some((offering, offering.characteristics.iter().find(|spec| spec.id.as_str() == base)?))
            });
            form = match spec {
                Some((offering, spec)) => self.answer(form, &name, &kind, offering, spec, open, tried),
                None if open || wrong => known(form, &name, &kind),
                None => form,
            };
        }
        dated(form, &page.html)
    }

    /// The offering whose page or dialog this is.
    fn offering_of(&self, page: &Page) -> Option<&'a ProductOffering> {
        let heading = page.html.split("<h1>").nth(1)?.split("</h1>").next()?;
        let step = page.html.split("<p class=\"step\">").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
        let is = |offering: &&&ProductOffering| {
            let name = offering.name.in_language("en");
            heading == format!("Set up {name}") || step.ends_with(&format!("– {name}"))
        };
        self.ordered.iter().find(is).copied()
    }

    #[expect(clippy::too_many_arguments, reason = "one place")]
    fn answer(
        &self,
        form: Form,
        name: &str,
        kind: &FieldKind,
        offering: &ProductOffering,
        spec: &Characteristic,
        open: bool,
        tried: usize,
    ) -> Form {
        let wishes = self.wishes.of(offering, spec);
        let fits = |value: &str| {
            let option = spec.value.options().iter().find(|option| option.id.as_str() == value);
            wishes.iter().all(|wish| match wish {
                Wish::OneOf(values) => values.iter().any(|wanted| wanted == value),
                Wish::NoneOf(values) => !values.iter().any(|unwanted| unwanted == value),
                Wish::AtLeast(number) => option.and_then(|option| option.number).is_some_and(|of| of >= *number),
                Wish::Answered => true,
            })
        };
        match kind {
            FieldKind::Choose(values) => {
                let wanted: Vec<_> = values.iter().filter(|value| fits(value)).collect();
                let wanted = if wanted.is_empty() { values.iter().collect() } else { wanted };
                let chosen = form.value(name).map(str::to_owned).filter(|chosen| !chosen.is_empty());
                let stands = tried == 0 && chosen.as_ref().is_some_and(|chosen| wanted.contains(&chosen));
                match wanted.get(tried % wanted.len().max(1)) {
                    Some(value) if !stands => form.with(name, value),
                    _ => form,
                }
            }
            // What takes back the file that was sent.
            FieldKind::Tick(_) if matches!(spec.value, ValueType::File { .. }) => form,
            FieldKind::Tick(values) => {
                let needed = match &spec.value {
                    ValueType::Choices { min, .. } => *min,
                    _ => 1,
                };
                let asked_for = wishes.iter().any(|wish| !matches!(wish, Wish::NoneOf(_)));
                let count = if asked_for { needed.max(1) } else { needed };
                let mut form = if tried > 0 { form.without(name) } else { form };
                if form.value(name).is_some() {
                    return form;
                }
                let wanted: Vec<_> = values.iter().filter(|value| fits(value)).collect();
                for value in wanted.into_iter().cycle().skip(tried).take(count.min(values.len())) {
                    form = form.with(name, value);
                }
                form
            }
            FieldKind::File => form.with_file(name, "letter.pdf", b"%PDF-1.4\n%a letter\n"),
            FieldKind::Text if open || tried > 0 => {
                let at_least = wishes.iter().find_map(|wish| match wish {
                    Wish::AtLeast(number) => Some(*number),
                    _ => None,
                });
                match self.text(name, &spec.value, at_least, tried) {
                    Some(text) => form.with(name, &text),
                    None => form,
                }
            }
            FieldKind::Text => form,
        }
    }

    /// What is typed for a value type.
    fn text(&self, name: &str, value: &ValueType, at_least: Option<i64>, tried: usize) -> Option<String> {
        let area = self.catalogue.areas.first()?;
        let lines = |of: &dyn Fn(usize) -> String, min: usize, max: usize| {
            let wanted = usize::try_from(at_least.unwrap_or(1)).unwrap_or(1).clamp(min.max(1), max.max(1));
            (0..wanted).map(of).collect::<Vec<_>>().join("\n")
        };
        Some(match value {
            ValueType::Integer { min, max, .. } => {
                let least = at_least.unwrap_or(*min).max(*min);
                let candidates = [least, least + 1, least + 9, i64::midpoint(*min, *max), *max];
                candidates[tried % candidates.len()].min(*max).to_string()
            }
            ValueType::Text { pattern: Some(pattern), min, max, .. } => {
                let strategy = proptest::string::string_regex(&pattern.expression).ok()?;
                let mut runner = TestRunner::deterministic();
                let samples = (0..SAMPLES).filter_map(|_| Some(strategy.new_tree(&mut runner).ok()?.current()));
                samples.filter(|text| (*min..=*max).contains(&text.trim().chars().count())).nth(tried)?
            }
            ValueType::Text { min, max, lines, .. } => {
                let sentence = if *lines == Lines::Several { "Two floors, forty people, all day. " } else { "Example " };
                let wanted = (*min).max(3).min(*max);
                let text: String = sentence.chars().cycle().take(wanted).collect();
                // A blank at the end would be trimmed away, and the text be one too short.
                text.trim_end().chars().chain("..".chars()).take(wanted).collect()
            }
            ValueType::TelephoneNumber(TelephoneUse::Contact) => "404-373-0121".to_owned(),
            ValueType::TelephoneNumber(TelephoneUse::TollFree) => "888-555-0142".to_owned(),
            ValueType::TelephoneNumber(TelephoneUse::Port) => format!("{}4455", self.exchange()),
            ValueType::Email => "dana@example.com".to_owned(),
            ValueType::AutonomousSystemNumber(AddressSpace::Private) => "64512".to_owned(),
            ValueType::AutonomousSystemNumber(_) => "13335".to_owned(),
            ValueType::IpAddress(AddressSpace::Private) => "10.0.0.1".to_owned(),
            ValueType::IpAddress(_) => "8.8.8.8".to_owned(),
            ValueType::DomainName => "example.com".to_owned(),
            ValueType::VlanIds { .. } => "100, 200-205".to_owned(),
            ValueType::Secret { min, .. } => "s3cret-pass-word-of-some-length".chars().cycle().take((*min).max(12)).collect(),
            ValueType::Prefixes { min, max, space, .. } => lines(
                &|number| match space {
                    AddressSpace::Private => format!("10.{number}.0.0/16"),
                    AddressSpace::Public | AddressSpace::Any => format!("8.8.{number}.0/24"),
                },
                *min,
                *max,
            ),
            ValueType::List { of, min, max } => lines(&|number| self.entry(name, of, number, tried), *min, *max),
            ValueType::Rows { columns, min, max } => {
                let cell = |column: &Column, number: usize| match column.across {
                    Across::SumIs(sum) if number + 1 == (*min).max(1) => {
                        let others = i64::try_from(number).unwrap_or(0);
                        (sum - others).to_string()
                    }
                    Across::SumIs(_) => "1".to_owned(),
                    Across::Free | Across::NoneTwice | Across::EndsRange => self.entry(name, &column.value, number, tried),
                };
                lines(&|number| columns.iter().map(|column| cell(column, number)).collect::<Vec<_>>().join(", "), *min, *max)
            }
            ValueType::Address(reach) => {
                let served = match reach {
                    Reach::Anywhere => true,
                    Reach::Networks { any_of, .. } => any_of.iter().any(|network| area.networks.contains_key(network)),
                };
                let area = if served {
                    area
                } else {
                    self.catalogue.areas.iter().find(|area| match reach {
                        Reach::Anywhere => true,
                        Reach::Networks { any_of, .. } => any_of.iter().any(|network| area.networks.contains_key(network)),
                    })?
                };
                match name.rsplit('.').next()? {
                    "street" => "100 Peachtree Street".to_owned(),
                    "city" => area.city.to_string(),
                    "state" => area.state.abbreviation().to_owned(),
                    "zip" => area.zips.first()?.to_string(),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// One line of a list, or one cell of a row, each unlike the others, and numbers unlike those of other lists.
    fn entry(&self, name: &str, of: &ValueType, number: usize, tried: usize) -> String {
        match of {
            ValueType::Integer { min, max, .. } => {
                let number = i64::try_from(number).unwrap_or(0);
                (min + number).min(*max).to_string()
            }
            ValueType::TelephoneNumber(TelephoneUse::Port) => format!("{}{:04}", self.exchange(), 4455 + number),
            ValueType::TelephoneNumber(_) => format!("404-373-{:04}", 121 + number),
            ValueType::Text { pattern: None, min, max, .. } => {
                let digits = number.to_string();
                format!("{}{digits}", "n".repeat((*min).max(2).min(*max).saturating_sub(digits.len())))
            }
            // A pattern that numbers fit takes numbers, each its own; any other takes what the pattern itself makes.
            ValueType::Text { pattern: Some(pattern), .. } => {
                // As long as another answer may want it.
                let list: usize = name.bytes().map(usize::from).sum();
                let own = match tried % 3 {
                    0 => 200 + list % 59 * 10 + number,
                    1 => 20 + list % 59 % 6 * 8 + number,
                    _ => 2000 + list % 59 * 100 + number,
                };
                let own = own.to_string();
                if pattern.matches(&own) { own } else { self.text("", of, None, number).unwrap_or_default() }
            }
            ValueType::Choice(options) => {
                options.get(number % options.len()).map_or_else(String::new, |option| option.label.in_language("en").to_owned())
            }
            ValueType::Boolean => "yes".to_owned(),
            ValueType::IpAddress(_) => format!("8.8.8.{}", 8 + number),
            ValueType::DomainName => format!("ns{number}.example.com"),
            other => self.text("", other, None, number).unwrap_or_default(),
        }
    }

    /// An exchange of the place's rate centre.
    fn exchange(&self) -> u64 {
        self.area.and_then(|area| area.exchanges.first()).copied().unwrap_or(404_373)
    }
}

/// Questions that every order asks.
fn known(form: Form, name: &str, kind: &FieldKind) -> Form {
    match kind {
        FieldKind::Choose(values) => values.first().map_or_else(|| form.clone(), |first| form.clone().with(name, first)),
        FieldKind::Tick(values) => values.first().map_or_else(|| form.clone(), |first| form.clone().with(name, first)),
        FieldKind::Text => match name {
            "contact-name" | "signature" | "bill-name" | "consent-by" => form.with(name, "Dana Whitfield"),
            "contact-phone" => form.with(name, "404-373-0121"),
            "consent-reference" => form.with(name, "Call 88-1204"),
            _ => form,
        },
        FieldKind::File => form,
    }
}

/// Fills each date that is open with the example its hint gives, which is the first day that is taken.
#[must_use]
pub fn dated(form: Form, html: &str) -> Form {
    let open: Vec<String> = form.open().map(str::to_owned).collect();
    open.into_iter().fold(form, |form, name| {
        let hint = html.split_once(&format!("id=\"{name}--hint\"")).and_then(|(_, rest)| rest.split("</div>").next());
        let is_date = |word: &&str| word.split('/').count() == 3 && word.chars().all(|c| c.is_ascii_digit() || c == '/');
        let day = hint.and_then(|hint| hint.split(|c: char| c.is_whitespace() || "<>.,".contains(c)).find(is_date));
        day.map_or(form.clone(), |day| form.with(&name, day))
    })
}
