//! What every field has: a label, perhaps a hint, the errors of what was entered, and the ids that tie them together.
//!
//! A field's id is its name, so that the error summary's link finds it.

use std::borrow::Cow;

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};

use super::error_summary::Problem;
use crate::messages::{Asks, Words};

/// What was entered in a form, what is wrong with it, and the language to say it in.
#[derive(Clone, Copy, Debug)]
pub struct Filled<'a> {
    /// The language.
    pub words: &'a Words,
    /// What was entered.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// A field: its name in the form, and its words.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name, and its id.
    pub name: Cow<'a, str>,
    /// The id of its first control, where that is not the name: what the error summary leads to.
    pub first: Option<Cow<'a, str>>,
    /// What it asks for.
    pub label: Cow<'a, str>,
    /// Help, each a paragraph.
    pub hints: Vec<Cow<'a, str>>,
    /// The trade's term for it, which opens at the end of the hints.
    pub technical: Option<Cow<'a, str>>,
    /// Whether it may be left out, which the label then says.
    pub optional: bool,
    /// How it is answered.
    pub asks: Asks,
}

impl<'a> Field<'a> {
    /// A field that must be filled by typing.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let (name, label) = (name.into(), label.into());
        Self { name, first: None, label, hints: vec![], technical: None, optional: false, asks: Asks::Entering }
    }

    /// The same, with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same, but it may be left out.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The same, answered in this way.
    #[must_use]
    pub fn asks(self, asks: Asks) -> Self {
        Self { asks, ..self }
    }
}

impl<'a> Filled<'a> {
    /// What is wrong with a field, in words.
    #[must_use]
    pub fn wrong_with(&self, field: &Field<'_>) -> Vec<String> {
        let of_field = self.errors.iter().filter(|error| *error.field == *field.name);
        of_field.map(|error| self.words.reason(&field.label, field.asks, &error.reason)).collect()
    }

    /// What the error summary says of these fields, in their order, and then of anything else that is wrong.
    #[must_use]
    pub fn problems(&self, fields: &[&Field<'_>]) -> Vec<Problem<'static>> {
        let mut problems = vec![];
        for field in fields {
            let here = self.wrong_with(field).into_iter();
            let target = field.first.as_ref().unwrap_or(&field.name);
            problems.extend(here.map(|words| Problem { field: Some(target.to_string().into()), words: words.into() }));
        }
        let elsewhere = self.errors.iter().filter(|error| fields.iter().all(|field| *field.name != *error.field));
        problems.extend(elsewhere.map(|error| {
            let words = self.words.reason(&error.field, Asks::Entering, &error.reason);
            Problem { field: None, words: words.into() }
        }));
        problems
    }
}

/// What ties a control to the words around it.
#[derive(Clone, Debug, Default)]
pub struct Wiring {
    /// The ids of its hint and its errors, for `aria-describedby`.
    pub described_by: Option<String>,
    /// For `aria-invalid`.
    pub invalid: Option<&'static str>,
}

/// A field with one control.
#[must_use]
pub fn single(filled: &Filled<'_>, field: &Field<'_>, control: impl FnOnce(&Wiring) -> Markup) -> Markup {
    let wrong = filled.wrong_with(field);
    html! {
        div .field .wrong[!wrong.is_empty()] {
            label for=(field.name) { (field.label) (optional(filled.words, field)) }
            (help(filled.words, field, &wrong))
            (control(&wiring(field, &wrong)))
        }
    }
}

/// A field with several controls that belong together.
#[must_use]
pub fn group(filled: &Filled<'_>, field: &Field<'_>, controls: impl FnOnce(&Wiring) -> Markup) -> Markup {
    let wrong = filled.wrong_with(field);
    let wired = wiring(field, &wrong);
    html! {
        fieldset .field .wrong[!wrong.is_empty()] aria-describedby=[&wired.described_by] {
            legend { (field.label) (optional(filled.words, field)) }
            (help(filled.words, field, &wrong))
            (controls(&wired))
        }
    }
}

fn optional(words: &Words, field: &Field<'_>) -> Markup {
    html! { @if field.optional { " " span .optional { (words.text("field-optional")) } } }
}

fn help(words: &Words, field: &Field<'_>, wrong: &[String]) -> Markup {
    html! {
        @if !field.hints.is_empty() || field.technical.is_some() {
            div .hint {
                @if !field.hints.is_empty() {
                    div id={ (field.name) "--hint" } { @for hint in &field.hints { p { (hint) " " } } }
                }
                (technical(words, field))
            }
        }
        @if !wrong.is_empty() {
            div .error id={ (field.name) "--error" } {
                @for words_of_error in wrong { p { span .vh { (words.text("field-error")) " " } (words_of_error) } }
            }
        }
    }
}

fn technical(words: &Words, field: &Field<'_>) -> Markup {
    html! {
        @if let Some(text) = &field.technical { details { summary { (words.text("field-technical")) } p { (text) } } }
    }
}

fn wiring(field: &Field<'_>, wrong: &[String]) -> Wiring {
    let hint = (!field.hints.is_empty()).then(|| format!("{}--hint", field.name));
    let error = (!wrong.is_empty()).then(|| format!("{}--error", field.name));
    let described_by = match (hint, error) {
        (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
        (hint, error) => hint.or(error),
    };
    Wiring { described_by, invalid: (!wrong.is_empty()).then_some("true") }
}
