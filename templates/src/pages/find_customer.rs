//! Finding a customer by whatever is known of them. What is found says no more than what tells one customer from another.

use jiff::civil::Date;
use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::CustomerId;

use crate::components::button::{primary, second_link};
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::text_input::{TextInput, text_input};
use crate::layout::{Context, Page, page};
use crate::messages::Words;
use crate::path::Path;

/// The one field.
pub const SOUGHT: &str = "q";

/// The page.
#[derive(Clone, Debug)]
pub struct FindCustomer<'a> {
    /// What was typed.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// What came of it.
    pub outcome: Outcome<'a>,
}

/// What came of a search.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// Nothing was sought: the customers of late.
    Recent(Vec<Entry<'a>>),
    /// These were found.
    Found {
        /// Who.
        customers: Vec<Entry<'a>>,
        /// Whether there are more.
        more: bool,
    },
}

/// A customer in a list.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Which.
    pub id: CustomerId,
    /// Name.
    pub name: &'a str,
    /// Account number, of which only the end is shown.
    pub account_number: &'a str,
    /// City.
    pub city: Option<&'a str>,
    /// When the account was last opened by who looks.
    pub opened: Option<Date>,
}

/// The end of an account number: enough to tell two apart, and not enough to pass for the customer.
#[must_use]
pub fn account_end(number: &str) -> String {
    let plain: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).collect();
    plain[plain.len().saturating_sub(4)..].iter().collect()
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &FindCustomer<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let sought = Field::new(SOUGHT, words.text("find-field")).hint(words.text("find-hint"));
    let button = words.text("find-button");
    let fields = html! {
        (text_input(&filled, &sought, &TextInput::filled_in_by("off")))
        div .actions { (primary(&button)) }
    };
    let main = html! {
        h1 { (words.text("find-title")) }
        p .lede { (words.text("find-lede")) }
        (form(context, &Form { action: &Path::CUSTOMERS, save: &button, version: None, uploads: false }, &fields))
        @match &view.outcome {
            Outcome::Recent(customers) => {
                h2 { (words.text("find-recent")) }
                @if customers.is_empty() { p { (words.text("find-recent-none")) } } @else { (list(words, customers)) }
            }
            Outcome::Found { customers, .. } if customers.is_empty() => {
                h2 { (words.text("find-nobody")) }
                p { (words.text("find-nobody-about")) }
            }
            Outcome::Found { customers, more } => {
                h2 { (words.with("find-found", &[("count", customers.len().into())])) }
                (list(words, customers))
                @if *more { p { (words.text("find-more")) } }
            }
        }
        div .actions { (second_link(&Path::NEW_CUSTOMER, &words.text("find-new"))) }
    };
    let problems = filled.problems(&[&sought]);
    page(context, Page { problems, back: Some(Path::WORK), ..Page::titled(words.text("find-title"), main) })
}

fn list(words: &Words, customers: &[Entry<'_>]) -> Markup {
    html! {
        ul .tasks {
            @for customer in customers {
                @let end = account_end(customer.account_number);
                li {
                    div {
                        a href=(Path::customer_access(customer.id)) { (customer.name) }
                        p .about {
                            @match customer.city {
                                Some(city) => (words.with("find-entry-city", &[("end", end.into()), ("city", city.into())])),
                                None => (words.with("find-entry", &[("end", end.into())])),
                            }
                        }
                    }
                    @if let Some(opened) = customer.opened {
                        div { p .about { (words.with("find-entry-opened", &[("date", words.short_date(opened).into())])) } }
                    }
                }
            }
        }
    }
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{self, Sample, TODAY};

    let (nothing, typed) = (Entered::default(), Entered::from_iter([(SOUGHT, "whit")]));
    let wrong = [FieldError::new(SOUGHT, Reason::Said("find-not-understood"))];
    let customer = sample::customer();
    let entry = Entry {
        id: customer.id,
        name: &customer.name,
        account_number: &customer.account_number,
        city: Some("Atlanta"),
        opened: None,
    };
    let recent = vec![Entry { opened: Some(TODAY), ..entry.clone() }, Entry { city: None, opened: Some(TODAY), ..entry.clone() }];
    let show =
        |name, entered, errors, outcome| Sample::new(name, render(&sample::staff(), &FindCustomer { entered, errors, outcome }));
    vec![
        show("find-customer", &nothing, &[][..], Outcome::Recent(recent)),
        show("find-customer-first", &nothing, &[][..], Outcome::Recent(vec![])),
        show("find-customer-wrong", &typed, &wrong[..], Outcome::Recent(vec![])),
        show("find-customer-nobody", &typed, &[][..], Outcome::Found { customers: vec![], more: false }),
        show("find-customer-one", &typed, &[][..], Outcome::Found { customers: vec![entry.clone()], more: false }),
        show("find-customer-many", &typed, &[][..], Outcome::Found { customers: vec![entry.clone(), entry], more: true }),
    ]
}
