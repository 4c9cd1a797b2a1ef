//! Texts that many things hold: identifiers and wordings.
//!
//! All those of a catalogue that was read from its compact form lie in one piece of memory ([`compact`](crate::compact)), which
//! each of them holds on to; so reading a catalogue makes none of them, and cloning one copies nothing.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::compact;

/// A text, or a part of one that it shares with others. What it shares with whom is no part of its value.
#[derive(Clone)]
pub(crate) struct Word {
    whole: Arc<str>,
    from: u32,
    to: u32,
}

impl Word {
    /// The part of a text between two places, in bytes.
    pub(crate) const fn within(whole: Arc<str>, from: u32, to: u32) -> Self {
        Self { whole, from, to }
    }

    /// Whether it is a part of a text.
    pub(crate) fn is_shared(&self) -> bool {
        self.from != 0 || self.to as usize != self.whole.len()
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.from as usize..self.to as usize).unwrap_or_default()
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self { whole: text.into(), from: 0, to: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self::from(&*text)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Word {}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        compact::write_word(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        compact::read_word(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_it_says_whomever_it_shares_it_with() {
        let (own, part) = (Word::from("two"), Word::within("onetwothree".into(), 3, 6));
        assert_eq!((&*part, format!("{part:?}")), ("two", "\"two\"".to_owned()));
        assert_eq!((own.cmp(&part), own == part), (Ordering::Equal, true));
        assert_eq!((own.is_shared(), part.is_shared()), (false, true));
        assert_eq!(hashed(&own), hashed(&part));
    }

    fn hashed(word: &Word) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        word.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn places_that_are_none_hold_nothing() {
        for (from, to) in [(3, 2), (0, 9), (9, 12), (1, 2)] {
            assert_eq!(&*Word::within("é…".into(), from, to), "", "{from} to {to}");
        }
    }
}
