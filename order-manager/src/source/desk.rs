//! Where the checks put what they find, with the few look-ups that all of them share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;

use super::text::{Languages, RawText};
use super::{Problem, SourceFile};
use crate::money::{Currency, Money, Percent};
use crate::text::Text;

/// A place in the source files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) file: usize,
    pub(super) offset: usize,
}

impl Spot {
    pub(super) fn of<T>(file: usize, spanned: &Spanned<T>) -> Self {
        Self { file, offset: spanned.span().start }
    }

    pub(super) fn at(file: usize, span: Option<Range<usize>>) -> Self {
        Self { file, offset: span.map_or(0, |span| span.start) }
    }
}

/// What was found so far, and what the checks read again and again: texts, amounts, shares, names.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    files: &'a [SourceFile],
    found: BTreeSet<(Spot, String)>,
    /// Names of parts that could not be read: a reference to one of them is no problem of its own.
    broken: BTreeSet<String>,
    pub(super) languages: Languages,
    pub(super) currency: Currency,
}

impl<'a> Desk<'a> {
    pub(super) fn new(files: &'a [SourceFile]) -> Self {
        Self { files, found: BTreeSet::new(), broken: BTreeSet::new(), languages: Languages::default(), currency: Currency::USD }
    }

    /// Puts a problem down.
    pub(super) fn problem(&mut self, spot: Spot, message: impl Into<String>) {
        self.found.insert((spot, message.into()));
    }

    /// Remembers the name of a part that could not be read.
    pub(super) fn broke(&mut self, name: &str) {
        self.broken.insert(name.to_owned());
    }

    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    pub(super) fn anything_broke(&self) -> bool {
        !self.broken.is_empty()
    }

    /// Puts down a reference to something there is not.
    pub(super) fn dangling(&mut self, spot: Spot, what: &str, name: &str, there_are: impl IntoIterator<Item = impl Display>) {
        if self.is_broken(name) {
            return;
        }
        let names: Vec<String> = there_are.into_iter().map(|name| name.to_string()).collect();
        let alike: Vec<&String> =
            names.iter().filter(|other| names.len() <= 12 || other.get(..3) == name.get(..3)).take(12).collect();
        let listed = alike.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let hint = match (names.is_empty(), alike.is_empty()) {
            (true, _) => "there is none at all".to_owned(),
            (false, true) => "check how it is spelled where it is made".to_owned(),
            (false, false) => format!("there is {listed}"),
        };
        self.problem(spot, format!("there is no {what} `{name}`: {hint}"));
    }

    /// A name that is to be an identifier.
    pub(super) fn id<T: FromStr>(&mut self, file: usize, word: &Spanned<String>) -> Option<T> {
        self.id_of(Spot::of(file, word), word.get_ref())
    }

    /// A name that is to be an identifier, made of others.
    pub(super) fn id_of<T: FromStr>(&mut self, spot: Spot, name: &str) -> Option<T> {
        let id = name.parse().ok();
        if id.is_none() {
            self.problem(
                spot,
                format!(
                    "`{name}` can't be a name here: use lower-case letters, digits and single hyphens, at most 60 characters"
                ),
            );
            self.broke(name);
        }
        id
    }

    /// Sees that a name is used once; whether it is new.
    pub(super) fn once(&mut self, seen: &mut BTreeSet<String>, spot: Spot, what: &str, name: &str) -> bool {
        let is_new = seen.insert(name.to_owned());
        if !is_new {
            self.problem(spot, format!("there is another {what} `{name}` before this one: give each a name of its own"));
        }
        is_new
    }

    /// A text in all its languages.
    pub(super) fn text(&mut self, file: usize, text: &Spanned<RawText>) -> Text {
        let wordings = self.wordings(file, text);
        Text::from_wordings(wordings).unwrap_or_else(|| Text::english(""))
    }

    /// A text that may be left out.
    pub(super) fn maybe_text(&mut self, file: usize, text: Option<&Spanned<RawText>>) -> Option<Text> {
        text.map(|text| self.text(file, text))
    }

    /// A text's wordings, by language.
    pub(super) fn wordings(&mut self, file: usize, text: &Spanned<RawText>) -> BTreeMap<String, String> {
        let wordings = self.languages.wordings(text.get_ref());
        if wordings.get("en").is_none_or(|en| en.trim().is_empty()) {
            self.problem(Spot::of(file, text), "the English text is missing: add `en = \"…\"`");
        }
        wordings
    }

    /// An amount of money, never negative, in the catalogue's currency.
    pub(super) fn money(&mut self, file: usize, word: &Spanned<String>) -> Money {
        let (spot, text, currency) = (Spot::of(file, word), word.get_ref(), self.currency);
        match Money::parse(text, currency) {
            None => {
                let code = currency.code();
                self.problem(spot, format!("`{text}` is no amount: write it as \"59.95\" or \"{code} 59.95\""));
            }
            Some(amount) if amount.currency() != currency => {
                let (code, other) = (currency.code(), amount.currency().code());
                self.problem(
                    spot,
                    format!("`{text}` is in {other}, and the catalogue is in {code}: give every amount in {code}"),
                );
            }
            Some(amount) if amount.minor() < 0 => {
                self.problem(spot, format!("`{text}` is less than nothing: use a discount to take something off"));
            }
            Some(amount) => return amount,
        }
        Money::zero(currency)
    }

    /// A share in percent, more than nothing and at most all of it.
    pub(super) fn percent(&mut self, file: usize, word: &Spanned<String>) -> Percent {
        let hundredths = word.get_ref().parse::<crate::money::Decimal>().ok().and_then(|share| {
            let share = share.checked_mul(100.into())?.normalize();
            (share.scale() == 0).then(|| i32::try_from(share.mantissa()).ok())?
        });
        match hundredths {
            Some(hundredths @ 1..=10_000) => Percent(hundredths),
            _ => {
                self.problem(
                    Spot::of(file, word),
                    format!("`{}` is no share: write percent as \"5\" or \"12.5\", more than 0 and at most 100", word.get_ref()),
                );
                Percent(0)
            }
        }
    }

    /// Everything that was found, by file and line.
    pub(super) fn problems(self) -> Vec<Problem> {
        let at = |spot: Spot| {
            let file = self.files.get(spot.file);
            let before = file.and_then(|file| file.text.get(..spot.offset)).unwrap_or("");
            let name = file.map_or("catalogue", |file| &file.name);
            (name.to_owned(), 1 + before.matches('\n').count())
        };
        self.found
            .iter()
            .map(|(spot, message)| {
                let (file, line) = at(*spot);
                Problem { file, line, message: message.clone() }
            })
            .collect()
    }
}
