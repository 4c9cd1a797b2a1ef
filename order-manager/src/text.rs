//! Texts that come with the catalogue: one wording a language, English always among them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::word::Word;

/// A text in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    en: Word,
    /// Few enough that a search is nothing; a map would weigh six times as much, a thousand times over.
    others: Box<[(Word, Word)]>,
}

impl Text {
    /// A text from its wordings by language tag; `None` when English is missing.
    #[must_use]
    pub fn from_wordings(mut wordings: BTreeMap<String, String>) -> Option<Self> {
        let en = wordings.remove("en").filter(|wording| !wording.trim().is_empty())?;
        Some(Self { en: en.into(), others: wordings.into_iter().map(|(tag, text)| (tag.into(), text.into())).collect() })
    }

    /// A text in English only.
    #[must_use]
    pub fn english(wording: &str) -> Self {
        Self { en: wording.into(), others: Box::default() }
    }

    /// The wording in a language, or in English where that language has none.
    #[must_use]
    pub fn in_language(&self, tag: &str) -> &str {
        self.others.iter().find(|(other, _)| **other == *tag).map_or(&self.en, |(_, wording)| wording)
    }

    /// Its wordings in all its languages, the English one first.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.en).chain(self.others.iter().map(|(_, wording)| &**wording))
    }

    /// Whether there is a wording in this language.
    #[must_use]
    pub fn speaks(&self, tag: &str) -> bool {
        tag == "en" || self.others.iter().any(|(other, _)| **other == *tag)
    }
}
