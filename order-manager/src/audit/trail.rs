//! Entries and their hashes, and whether a trail is whole.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{Event, Subject};

/// What an entry's hash begins with; another way to write entries down gets another.
const FORMAT: &str = "audit-1";

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands before the first entry of a trail.
    pub const NONE: Self = Self([0; 32]);

    /// Of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedDigest;

impl fmt::Display for MalformedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a SHA-256 in hexadecimal")
    }
}

impl std::error::Error for MalformedDigest {}

impl FromStr for Digest {
    type Err = MalformedDigest;

    fn from_str(text: &str) -> Result<Self, MalformedDigest> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let bytes = text.as_bytes().chunks(2).map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        });
        let bytes: Vec<u8> = bytes.collect::<Option<_>>().ok_or(MalformedDigest)?;
        bytes.try_into().map(Self).map_err(|_| MalformedDigest)
    }
}

/// Where a trail ends: what the next entry follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The place of its last entry.
    pub sequence: u64,
    /// The hash of its last entry.
    pub own: Digest,
}

impl End {
    /// Of a trail without entries.
    pub const START: Self = Self { sequence: 0, own: Digest::NONE };
}

/// An entry of a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the trail is about.
    pub subject: Box<str>,
    /// Its place in the trail, from 1.
    pub sequence: u64,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub act: Box<str>,
    /// By whom.
    pub person: Option<Box<str>>,
    /// In which capacity.
    pub capacity: Box<str>,
    /// For which customer.
    pub customer: Option<Box<str>>,
    /// What it was about, or why.
    pub about: Option<Box<str>>,
    /// On which page.
    pub page: Option<Box<str>>,
    /// By which catalogue.
    pub catalogue: Option<Box<str>>,
    /// The hash of the entry before.
    pub before: Digest,
    /// The hash of this one.
    pub own: Digest,
}

impl Entry {
    /// The entry that comes after the last of a trail.
    #[must_use]
    pub fn following(end: End, subject: &Subject, event: &Event) -> Self {
        let mut entry = Self {
            subject: subject.to_string().into(),
            sequence: end.sequence + 1,
            at: event.at,
            act: event.act.name().into(),
            person: event.person.map(|person| person.to_string().into()),
            capacity: event.capacity.name().into(),
            customer: event.customer.map(|customer| customer.to_string().into()),
            about: event.about.clone(),
            page: event.page.map(Into::into),
            catalogue: event.catalogue.as_ref().map(|version| version.to_string().into()),
            before: end.own,
            own: Digest::NONE,
        };
        entry.own = entry.digest();
        entry
    }

    /// Where a trail ends of which it is the last.
    #[must_use]
    pub const fn end(&self) -> End {
        End { sequence: self.sequence, own: self.own }
    }

    /// The hash of all it says. Each part goes in with its length, so that no two entries are written alike.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        let mut add = |part: Option<&str>| {
            // What is not there is told from what is empty.
            hash.update([u8::from(part.is_some())]);
            hash.update(u64::try_from(part.unwrap_or_default().len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part.unwrap_or_default());
        };
        let (sequence, at, before) = (self.sequence.to_string(), self.at.to_string(), self.before.to_string());
        for part in [FORMAT, &*self.subject, &*sequence, &*at, &*self.act, &*self.capacity, &*before] {
            add(Some(part));
        }
        for part in [&self.person, &self.customer, &self.about, &self.page, &self.catalogue] {
            add(part.as_deref());
        }
        Digest(hash.finalize().into())
    }
}

/// What is wrong with a trail: at which entry, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An entry is not there, or is there twice.
    Missing(u64),
    /// An entry does not say what it said when it was written.
    Changed(u64),
    /// An entry does not follow the one before it.
    Unlinked(u64),
    /// An entry belongs to another trail.
    Foreign(u64),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(sequence) => write!(f, "entry {sequence} is not where it should be"),
            Self::Changed(sequence) => write!(f, "entry {sequence} was changed after it was written"),
            Self::Unlinked(sequence) => write!(f, "entry {sequence} does not follow the one before it"),
            Self::Foreign(sequence) => write!(f, "entry {sequence} belongs to another trail"),
        }
    }
}

impl std::error::Error for Broken {}

/// Whether a trail, from its first entry on, is as it was written. Entries that are missing at its end are not noticed by the
/// trail itself: whoever must know keeps the hash of the last one they saw.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn verify(entries: &[Entry]) -> Result<(), Broken> {
    let mut before: Option<&Entry> = None;
    for (expected, entry) in (1..).zip(entries) {
        if entry.sequence != expected {
            return Err(Broken::Missing(expected));
        }
        if before.is_some_and(|before| before.subject != entry.subject) {
            return Err(Broken::Foreign(expected));
        }
        if entry.digest() != entry.own {
            return Err(Broken::Changed(expected));
        }
        if entry.before != before.map_or(Digest::NONE, |before| before.own) {
            return Err(Broken::Unlinked(expected));
        }
        before = Some(entry);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Act, Capacity};
    use super::*;

    fn trail(length: usize) -> Vec<Entry> {
        let subject = Subject::address(" Maya@Example.com");
        let mut entries: Vec<Entry> = vec![];
        for number in 0..length {
            let event = Event::new(Act::SignInFailed, Timestamp::UNIX_EPOCH, None, Capacity::Visitor);
            let event = if number % 2 == 0 { event } else { event.on("/sign-in").about("") };
            entries.push(Entry::following(entries.last().map_or(End::START, Entry::end), &subject, &event));
        }
        entries
    }

    #[test]
    fn a_trail_as_it_was_written_is_whole() {
        for length in 0..6 {
            assert_eq!(verify(&trail(length)), Ok(()));
        }
    }

    #[test]
    fn whatever_is_changed_afterwards_is_noticed_at_its_entry() {
        let changes: [fn(&mut Entry); 9] = [
            |entry| entry.at = Timestamp::MAX,
            |entry| entry.act = "signed-in".into(),
            |entry| entry.person = Some("".into()),
            |entry| entry.capacity = "operator".into(),
            |entry| entry.customer = Some("x".into()),
            |entry| entry.about = Some("x".into()),
            |entry| entry.page = None,
            |entry| entry.catalogue = Some("x".into()),
            |entry| entry.before = Digest::of(b"x"),
        ];
        for change in changes {
            let mut entries = trail(4);
            change(&mut entries[1]);
            assert_eq!(verify(&entries), Err(Broken::Changed(2)));
            // Whoever changes the hash along with it breaks the next one.
            entries[1].own = entries[1].digest();
            let noticed = verify(&entries);
            assert!([Err(Broken::Unlinked(2)), Err(Broken::Unlinked(3))].contains(&noticed), "{noticed:?}");
        }
    }

    #[test]
    fn an_entry_taken_out_put_in_or_moved_is_noticed() {
        let mut shorter = trail(4);
        shorter.remove(1);
        assert_eq!(verify(&shorter), Err(Broken::Missing(2)));
        let mut doubled = trail(4);
        doubled.insert(1, doubled[1].clone());
        assert_eq!(verify(&doubled), Err(Broken::Missing(3)));
        let mut swapped = trail(4);
        swapped.swap(1, 2);
        assert_eq!(verify(&swapped), Err(Broken::Missing(2)));
        let mut mixed = trail(2);
        let other = Event::new(Act::SignedIn, Timestamp::UNIX_EPOCH, None, Capacity::Visitor);
        mixed[1] = Entry::following(mixed[0].end(), &Subject::address("other@example.com"), &other);
        assert_eq!(verify(&mixed), Err(Broken::Foreign(2)));
        assert_eq!(verify(&trail(4)[1..]), Err(Broken::Missing(1)), "the first ones taken away");
    }

    #[test]
    fn what_is_not_there_is_told_from_what_is_empty_and_parts_from_one_another() {
        let [one, two] = [trail(2)[0].clone(), trail(2)[1].clone()];
        let with = |person: Option<&str>, customer: Option<&str>| {
            Entry { person: person.map(Into::into), customer: customer.map(Into::into), ..one.clone() }.digest()
        };
        assert_ne!(with(None, None), with(Some(""), None));
        assert_ne!(with(Some("a"), Some("bc")), with(Some("ab"), Some("c")));
        assert_ne!(one.own, two.own);
    }

    #[test]
    fn a_digest_reads_back_and_an_address_is_one_however_it_is_written() {
        let digest = Digest::of(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        let uneven = digest.to_string()[1..].to_owned();
        for text in ["", "xy", &uneven, &format!("{digest}00")] {
            assert_eq!(text.parse::<Digest>(), Err(MalformedDigest), "{text}");
        }
        assert_eq!(Subject::address("MAYA@example.com "), Subject::address("maya@example.com"));
    }
}
