//! The words of the site, by language. English is here; a second language is a folder of files beside it.
//!
//! A key is written out where it is used (`words.text("sign-in-title")`), so that a test can hold keys and files against each
//! other: nothing missing, nothing left over, the same variables on both sides.

mod dates;
mod reasons;
mod sources;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use order_manager::mailing::MailLanguage;
use unic_langid::LanguageIdentifier;

pub use reasons::Asks;

/// Every wording of one language. A page needs a few of the files: each is read when one of its messages is first asked for, and no
/// message names one of another file.
pub struct Words {
    tag: &'static str,
    files: Vec<File>,
    /// In which file a message is.
    place: HashMap<&'static str, usize>,
}

/// A file of messages.
struct File {
    text: &'static str,
    bundle: OnceLock<FluentBundle<FluentResource>>,
}

/// What a variable of a message may be: text or a number (`name.into()`).
pub type Argument<'a> = FluentValue<'a>;

/// Each language, read when it is first needed. English is the first; another joins here and in `sources`.
static LANGUAGES: [(&str, LazyLock<Words>); 1] = [("en", LazyLock::new(|| Words::read("en", sources::ENGLISH)))];

/// What mail says in Spanish. The pages are not in Spanish: there are no more words than mail needs.
static MAIL_IN_SPANISH: LazyLock<Words> = LazyLock::new(|| Words::read("es", sources::MAIL_IN_SPANISH));

impl Words {
    /// The words of mail in a language.
    #[must_use]
    pub fn of_mail(language: MailLanguage) -> &'static Self {
        match language {
            MailLanguage::English => Self::english(),
            MailLanguage::Spanish => &MAIL_IN_SPANISH,
        }
    }

    /// English.
    #[must_use]
    pub fn english() -> &'static Self {
        &LANGUAGES[0].1
    }

    /// The words for a language tag such as `es-US`; English where that language has none.
    #[must_use]
    pub fn for_language(tag: &str) -> &'static Self {
        let primary = tag.split('-').next().unwrap_or_default();
        LANGUAGES.iter().find(|(tag, _)| primary.eq_ignore_ascii_case(tag)).map_or_else(Self::english, |(_, words)| words)
    }

    /// Every language there is.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        LANGUAGES.iter().map(|(_, words)| &**words)
    }

    fn read(tag: &'static str, files: &[&'static str]) -> Self {
        let place = files.iter().enumerate().flat_map(|(place, text)| keys(text).map(move |key| (key, place))).collect();
        let files = files.iter().map(|text| File { text, bundle: OnceLock::new() }).collect();
        Self { tag, files, place }
    }

    /// The file that a message is in. What cannot be read of it is left out; a test holds that everything can be.
    fn bundle(&self, key: &str) -> Option<&FluentBundle<FluentResource>> {
        let File { text, bundle } = self.files.get(*self.place.get(key)?)?;
        Some(bundle.get_or_init(|| {
            let language: LanguageIdentifier = self.tag.parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Marks around variables would end up in titles, attributes and e-mail; both languages read left to right.
            bundle.set_use_isolating(false);
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
            bundle
        }))
    }

    /// The language's tag, for `lang` and for the catalogue's texts.
    #[must_use]
    pub const fn language(&self) -> &'static str {
        self.tag
    }

    /// Which way the language is written, for `dir`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if ["ar", "fa", "he", "ur"].contains(&self.tag) { "rtl" } else { "ltr" }
    }

    /// A message without variables. A key without a message shows as `⟦key⟧`: a test finds it, a customer can live with it.
    #[must_use]
    pub fn text(&self, key: &str) -> Cow<'_, str> {
        self.format(key, None, &[])
    }

    /// A message with variables.
    #[must_use]
    pub fn with(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Cow<'_, str> {
        self.format(key, None, arguments)
    }

    /// A message or one of its attributes.
    fn format(&self, key: &str, attribute: Option<&str>, arguments: &[(&'static str, Argument<'_>)]) -> Cow<'_, str> {
        let found = self.bundle(key).and_then(|bundle| {
            let message = bundle.get_message(key)?;
            let pattern = match attribute {
                None => message.value(),
                Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            };
            Some((bundle, pattern?))
        });
        let Some((bundle, pattern)) = found else { return Cow::Owned(format!("⟦{key}⟧")) };
        let mut errors = Vec::new();
        if arguments.is_empty() {
            return bundle.format_pattern(pattern, None, &mut errors);
        }
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        Cow::Owned(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.tag)
    }
}

/// The messages of a file: what begins a line, up to its sign of equality.
fn keys(text: &'static str) -> impl Iterator<Item = &'static str> {
    let begins = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    text.lines().filter(begins).filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim_end())
}

/// A name within a sentence: its first letter small, unless the word is an abbreviation ("IP address", "S-VLAN id").
fn within_sentence(name: &str) -> String {
    let first_word = name.split(' ').next().unwrap_or_default();
    let abbreviation = first_word.chars().count() == 1 || first_word.chars().skip(1).any(char::is_uppercase);
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !abbreviation => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
