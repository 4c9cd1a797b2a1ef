//! The compact form of a catalogue: what is embedded in a function, and what is published.
//!
//! A catalogue says the same again and again: its identifiers, its wordings, and the questions of a dialog, which many offerings
//! open. In this form each stands once, and whatever says it names it by number; read again, each is there once, shared by all
//! that say it. For the rest it is what the types' `serde` forms come to (postcard). While a catalogue is written or read here,
//! and only then, those of [`Word`] and of an offering's questions write and read such numbers, on the thread that does it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalogue::Catalogue;
use crate::characteristic::Characteristic;
use crate::word::Word;

/// Why something is not the compact form of a catalogue, or a catalogue has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCompact;

impl fmt::Display for NotCompact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the compact form of a catalogue")
    }
}

impl std::error::Error for NotCompact {}

impl From<postcard::Error> for NotCompact {
    fn from(_: postcard::Error) -> Self {
        Self
    }
}

/// A catalogue's compact form.
///
/// # Errors
/// When it is too large to have one.
pub fn to_bytes(catalogue: &Catalogue) -> Result<Vec<u8>, NotCompact> {
    let scope = Scope::begin(Sharing::Gathering(Gathered::default()));
    let body = postcard::to_allocvec(catalogue)?;
    let questions: Vec<_> = gathering(|gathered| gathered.questions.clone()).unwrap_or_default();
    let questions = postcard::to_allocvec(&questions.iter().map(AsRef::as_ref).collect::<Vec<&Characteristic>>())?;
    let (text, ends) = gathering(|gathered| (gathered.text.clone(), gathered.ends.clone())).unwrap_or_default();
    drop(scope);
    Ok([postcard::to_allocvec(&(text, ends))?, questions, body].concat())
}

/// The catalogue of a compact form, whose content was checked before it was written.
///
/// # Errors
/// When it is none.
pub fn from_bytes(bytes: &[u8]) -> Result<Catalogue, NotCompact> {
    let ((text, ends), rest) = postcard::take_from_bytes::<(&str, Vec<u32>)>(bytes)?;
    let _scope = Scope::begin(Sharing::Giving(Given { text: text.into(), ends, questions: vec![] }));
    let (questions, rest) = postcard::take_from_bytes::<Vec<Question>>(rest)?;
    SHARING.with_borrow_mut(|sharing| {
        if let Sharing::Giving(given) = sharing {
            given.questions = questions.into_iter().map(|question| question.0).collect();
        }
    });
    match postcard::take_from_bytes(rest)? {
        (catalogue, []) => Ok(catalogue),
        _ => Err(NotCompact),
    }
}

/// A question to be shared, put where it stays as soon as it is read.
struct Question(Arc<Characteristic>);

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Characteristic::deserialize(deserializer).map(|question| Self(Arc::new(question)))
    }
}

thread_local! {
    static SHARING: RefCell<Sharing> = const { RefCell::new(Sharing::Nothing) };
}

/// What is shared on this thread just now.
enum Sharing {
    /// Nothing: everything is written and read as it is.
    Nothing,
    /// A catalogue is written.
    Gathering(Gathered),
    /// A catalogue is read.
    Giving(Given),
}

/// What was met while a catalogue is written.
#[derive(Default)]
struct Gathered {
    numbers: HashMap<Word, u32>,
    text: String,
    ends: Vec<u32>,
    questions: Vec<Arc<Characteristic>>,
}

/// What a catalogue is read with.
struct Given {
    text: Arc<str>,
    ends: Vec<u32>,
    questions: Vec<Arc<Characteristic>>,
}

impl Gathered {
    /// The number of a word; `None` when there are more than numbers go.
    fn word(&mut self, word: &Word) -> Option<u32> {
        if let Some(number) = self.numbers.get(word) {
            return Some(*number);
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        self.numbers.insert(word.clone(), number);
        Some(number)
    }

    fn question(&mut self, question: &Arc<Characteristic>) -> Option<u32> {
        let met = self.questions.iter().position(|met| met == question);
        let number = met.unwrap_or_else(|| {
            self.questions.push(question.clone());
            self.questions.len() - 1
        });
        u32::try_from(number).ok()
    }
}

impl Given {
    fn word(&self, number: u32) -> Option<Word> {
        let number = number as usize;
        let from = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        Some(Word::within(self.text.clone(), from?, *self.ends.get(number)?))
    }
}

/// For as long as it lives, something is shared on this thread.
struct Scope;

impl Scope {
    fn begin(sharing: Sharing) -> Self {
        SHARING.set(sharing);
        Self
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        SHARING.set(Sharing::Nothing);
    }
}

/// What something comes to while a catalogue is written; `None` while none is.
fn gathering<T>(look: impl FnOnce(&mut Gathered) -> T) -> Option<T> {
    SHARING.with_borrow_mut(|sharing| match sharing {
        Sharing::Gathering(gathered) => Some(look(gathered)),
        Sharing::Nothing | Sharing::Giving(_) => None,
    })
}

/// Writes a word: itself, or its number.
pub(crate) fn write_word<S: Serializer>(word: &Word, serializer: S) -> Result<S::Ok, S::Error> {
    match gathering(|gathered| gathered.word(word)) {
        Some(Some(number)) => serializer.serialize_u32(number),
        Some(None) => Err(serde::ser::Error::custom("too many words")),
        None => serializer.serialize_str(word),
    }
}

/// Reads a word: itself, or by its number.
pub(crate) fn read_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    SHARING.with_borrow(|sharing| match sharing {
        Sharing::Giving(given) => {
            given.word(u32::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("a word that is not there"))
        }
        Sharing::Nothing | Sharing::Gathering(_) => String::deserialize(deserializer).map(Word::from),
    })
}

/// An offering's questions: themselves, or their numbers.
pub(crate) mod questions {
    use super::*;

    /// Writes them.
    pub(crate) fn serialize<S: Serializer>(questions: &[Arc<Characteristic>], serializer: S) -> Result<S::Ok, S::Error> {
        let numbers =
            gathering(|gathered| questions.iter().map(|question| gathered.question(question)).collect::<Option<Vec<u32>>>());
        match numbers {
            Some(Some(numbers)) => numbers.serialize(serializer),
            Some(None) => Err(serde::ser::Error::custom("too many questions")),
            None => serializer.collect_seq(questions.iter().map(AsRef::as_ref)),
        }
    }

    /// Reads them.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<Characteristic>>, D::Error> {
        if !SHARING.with_borrow(|sharing| matches!(sharing, Sharing::Giving(_))) {
            return Ok(Vec::<Characteristic>::deserialize(deserializer)?.into_iter().map(Arc::new).collect());
        }
        let numbers = Vec::<u32>::deserialize(deserializer)?;
        let found = SHARING.with_borrow(|sharing| match sharing {
            Sharing::Giving(given) => {
                numbers.into_iter().map(|number| given.questions.get(number as usize).cloned()).collect::<Option<Vec<_>>>()
            }
            Sharing::Nothing | Sharing::Gathering(_) => None,
        });
        found.ok_or_else(|| D::Error::custom("a question that is not there"))
    }
}
