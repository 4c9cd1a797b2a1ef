//! Texts of the source files: English as it stands, other languages beside it or in a language's own file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

/// A text as it is written: `"Speed"`, or `{ en = "Speed", es = "Velocidad" }`.
#[derive(Clone, Debug)]
pub(super) struct RawText(pub(super) BTreeMap<String, String>);

impl<'de> Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Wordings;
        impl<'de> Visitor<'de> for Wordings {
            type Value = RawText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a table of texts by language such as { en = \"…\", es = \"…\" }")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawText, E> {
                Ok(RawText(BTreeMap::from([("en".to_owned(), text.to_owned())])))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawText, A::Error> {
                let mut wordings = BTreeMap::new();
                while let Some((language, text)) = map.next_entry()? {
                    wordings.insert(language, text);
                }
                Ok(RawText(wordings))
            }
        }
        deserializer.deserialize_any(Wordings)
    }
}

/// What a language's file says: its language, and its wording of each English text.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) file: usize,
    pub(super) tag: String,
    pub(super) texts: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// The languages' wordings, and which of them anything asked for.
#[derive(Debug, Default)]
pub(super) struct Languages {
    by_tag: BTreeMap<String, BTreeMap<String, String>>,
    asked_for: BTreeSet<String>,
    /// Those that are kept; `None` is all.
    kept: Option<&'static [&'static str]>,
}

impl Languages {
    pub(super) fn of(languages: &[Language], kept: Option<&'static [&'static str]>) -> Self {
        let mut by_tag: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for language in languages {
            let texts = language.texts.iter().map(|(en, text)| (en.get_ref().clone(), text.get_ref().clone()));
            by_tag.entry(language.tag.clone()).or_default().extend(texts);
        }
        Self { by_tag, asked_for: BTreeSet::new(), kept }
    }

    /// A text's wordings that are kept, those of the languages' files among them; what stands beside the English text itself goes
    /// first.
    pub(super) fn wordings(&mut self, text: &RawText) -> BTreeMap<String, String> {
        let mut wordings = text.0.clone();
        if let Some(en) = text.0.get("en") {
            self.asked_for.insert(en.clone());
            for (tag, texts) in &self.by_tag {
                if let Some(wording) = texts.get(en) {
                    wordings.entry(tag.clone()).or_insert_with(|| wording.clone());
                }
            }
        }
        wordings.retain(|tag, _| self.kept.is_none_or(|kept| kept.contains(&tag.as_str())));
        wordings
    }

    /// Whether an English text was asked for.
    pub(super) fn was_asked_for(&self, en: &str) -> bool {
        self.asked_for.contains(en)
    }
}
