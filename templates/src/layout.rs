//! What every page has: head, header, back link, error summary, footer, and the order summary beside a step.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, html};
use order_manager::id::CustomerId;

use crate::assets::{FAVICON_PATH, STYLESHEET_PATH};
use crate::components::error_summary::{Problem, error_summary};
use crate::components::form::TOKEN;
use crate::components::icon::wordmark;
use crate::messages::Words;
use crate::path::Path;

/// What a page is told by the request rather than by its subject.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The language.
    pub words: &'a Words,
    /// The token every form sends back, bound to the session; empty where there is none.
    pub form_token: &'a str,
    /// Who is signed in.
    pub signed_in: Option<SignedIn<'a>>,
}

/// Who is signed in, for the header.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn<'a> {
    /// The person's or the customer's name.
    pub name: &'a str,
    /// The page with what is theirs.
    pub home: &'a Path,
    /// What they are here.
    pub person: Person<'a>,
}

/// What somebody who is signed in is here.
#[derive(Clone, Copy, Debug)]
pub enum Person<'a> {
    /// A customer.
    Customer,
    /// One of the company's own people.
    Staff {
        /// Where their duties lead.
        links: &'a [StaffLink],
        /// The customer that they act for.
        acting_for: Option<ActingFor<'a>>,
    },
}

/// A page that staff begin from: each is there for those alone whose duty it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffLink {
    /// The orders that wait for somebody.
    Work,
    /// Finding a customer.
    Customers,
    /// The agreements that are negotiated.
    Deals,
}

impl StaffLink {
    /// Its page, and the message that it is called by.
    const fn page(self) -> (Path, &'static str) {
        match self {
            Self::Work => (Path::WORK, "nav-work"),
            Self::Customers => (Path::CUSTOMERS, "nav-customers"),
            Self::Deals => (Path::DEALS, "nav-deals"),
        }
    }
}

impl<'a> Context<'a> {
    /// What whoever is signed in is here.
    fn person(&self) -> Option<Person<'a>> {
        self.signed_in.map(|signed_in| signed_in.person)
    }
}

/// The customer that a member of staff acts for: on every page, so that nobody orders for the wrong one.
#[derive(Clone, Copy, Debug)]
pub struct ActingFor<'a> {
    /// The customer's name.
    pub name: &'a str,
    /// The account number.
    pub account_number: &'a str,
    /// Which.
    pub customer: CustomerId,
}

/// A page. `Page::titled` makes the plainest; the other fields are set as they are needed.
#[derive(Debug)]
pub struct Page<'a> {
    /// Its title, without the site's name; the heading says the same or more.
    pub title: Cow<'a, str>,
    /// Where the back link goes.
    pub back: Option<Path>,
    /// What is to be put right: shown above the heading, and said in the title.
    pub problems: Vec<Problem<'a>>,
    /// A banner above the heading.
    pub banner: Option<Markup>,
    /// The order summary, beside the step on a wide screen and below it on a narrow one.
    pub aside: Option<Markup>,
    /// How wide its text runs.
    pub width: Width,
    /// Whether it stands alone: the site's name above it, and no way to anywhere else. A letter of agency must.
    pub bare: bool,
    /// From the heading on.
    pub main: Markup,
}

/// How wide a page's text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// A column that reads well.
    #[default]
    Column,
    /// The whole page, for tables and cards.
    Whole,
}

impl<'a> Page<'a> {
    /// A page with a title and a main part, and nothing else.
    #[must_use]
    pub fn titled(title: impl Into<Cow<'a, str>>, main: Markup) -> Self {
        Self {
            title: title.into(),
            back: None,
            problems: vec![],
            banner: None,
            aside: None,
            width: Width::Column,
            bare: false,
            main,
        }
    }
}

/// The whole document.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "a page is shown once; its maker has no more use for it")]
pub fn page(context: &Context<'_>, page: Page<'_>) -> Markup {
    let words = context.words;
    let acting_for = match context.person() {
        Some(Person::Staff { acting_for, .. }) => acting_for,
        Some(Person::Customer) | None => None,
    };
    let about = match acting_for {
        Some(customer) => {
            words.with("page-title-for", &[("title", page.title.as_ref().into()), ("customer", customer.name.into())])
        }
        None => page.title.clone(),
    };
    let title = [("title", about.as_ref().into())];
    let title = if page.problems.is_empty() { words.with("page-title", &title) } else { words.with("page-title-error", &title) };
    let content = html! {
        @if let Some(banner) = &page.banner { (banner) }
        (error_summary(words, &page.problems))
        (page.main)
    };
    html! {
        (DOCTYPE)
        html lang=(words.language()) dir=(words.direction()) {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(STYLESHEET_PATH);
                link rel="icon" type="image/svg+xml" href=(FAVICON_PATH);
            }
            body {
                a .skip href="#main" { (words.text("skip-to-content")) }
                @if page.bare { (bare_header(words)) } @else { (header(context)) }
                @if let Some(customer) = acting_for.filter(|_| !page.bare) { (ordering_for(words, &customer)) }
                main #main tabindex="-1" .wrap {
                    @if let Some(back) = &page.back { a .back href=(back) { (words.text("back")) } }
                    @match &page.aside {
                        Some(aside) => div .beside { div .column { (content) } (aside) },
                        None => div .column[page.width == Width::Column] { (content) },
                    }
                }
                @if !page.bare { (footer(words)) }
            }
        }
    }
}

fn bare_header(words: &Words) -> Markup {
    html! { header .top { div .wrap { span .brand { (wordmark()) (words.text("site-name")) } } } }
}

fn header(context: &Context<'_>) -> Markup {
    let words = context.words;
    html! {
        header .top {
            div .wrap {
                a .brand href=(Path::START) { (wordmark()) (words.text("site-name")) }
                nav aria-label=(words.text("nav-label")) {
                    ul {
                        @if let Some(Person::Staff { links, .. }) = context.person() {
                            @for (path, name) in links.iter().map(|link| link.page()) {
                                li { a href=(path) { (words.text(name)) } }
                            }
                        }
                        li { a href=(Path::CHECK_ADDRESS) { (words.text("nav-check-address")) } }
                        li { a href=(Path::HELP) { (words.text("nav-help")) } }
                        @match context.person() {
                            Some(Person::Customer) => li { a href=(Path::ACCOUNT) { (words.text("nav-account")) } },
                            Some(Person::Staff { .. }) => {}
                            None => li { a href=(Path::SIGN_IN) { (words.text("nav-sign-in")) } },
                        }
                    }
                }
                @if let Some(person) = &context.signed_in {
                    div .who {
                        a href=(person.home) { (person.name) }
                        form method="post" action=(Path::SIGN_OUT) novalidate {
                            input type="hidden" name=(TOKEN) value=(context.form_token);
                            button .plain { (words.text("nav-sign-out")) }
                        }
                    }
                }
            }
        }
    }
}

fn ordering_for(words: &Words, customer: &ActingFor<'_>) -> Markup {
    html! {
        aside .for aria-label=(words.text("ordering-for-label")) {
            div .wrap .line {
                p {
                    (words.text("ordering-for")) " "
                    a href=(Path::customer(customer.customer)) { (customer.name) }
                    " " span { (words.with("ordering-for-account", &[("number", customer.account_number.into())])) }
                }
                a href=(Path::customer_access(customer.customer)) { (words.text("ordering-for-switch")) }
            }
        }
    }
}

fn footer(words: &Words) -> Markup {
    html! {
        footer .foot {
            div .wrap {
                nav aria-label=(words.text("footer-label")) {
                    ul {
                        li { a href=(Path::HELP) { (words.text("footer-help")) } }
                        li { a href=(Path::TERMS) { (words.text("footer-terms")) } }
                        li { a href=(Path::PRIVACY) { (words.text("footer-privacy")) } }
                        li { a href=(Path::ACCESSIBILITY) { (words.text("footer-accessibility")) } }
                    }
                }
                p { (words.text("footer-note")) }
            }
        }
    }
}
