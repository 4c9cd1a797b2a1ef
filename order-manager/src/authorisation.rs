//! Letters of agency: the customer's written word that we may act with another company for them.
//!
//! Source: 47 CFR 64.1120, 64.1130 and 64.1160 (carrier changes), 47 CFR 52.36 (what a number port asks for). The law fixes what
//! a letter says, so its wording is versioned data; what is signed is hashed, so that nobody can say later it was another text.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::calendar::today_in;
use crate::catalogue::{Catalogue, Letter, LetterNeed};
use crate::characteristic::Characteristic;
use crate::entered::Entered;
use crate::hex;
use crate::id::{LetterId, MalformedId, OrderItemId, ValueId, Version};
use crate::order::{Authorisation, Draft, DraftItem, KeptLetter, ThirdPartyVerification};
use crate::telephone::TelephoneNumber;
use crate::text::Text;
use crate::value::Value;

/// Which letter for which item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuthorisationKey {
    /// The item.
    pub item: OrderItemId,
    /// The letter.
    pub letter: LetterId,
}

impl fmt::Display for AuthorisationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.item, self.letter)
    }
}

impl FromStr for AuthorisationKey {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let (item, letter) = text.split_once('.').ok_or(MalformedId)?;
        Ok(Self { item: item.parse()?, letter: letter.parse()? })
    }
}

/// A letter made out for an order, ready to be signed: the exact text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterDocument {
    /// Which letter for which item.
    pub key: AuthorisationKey,
    /// The wording's version.
    pub version: Version,
    /// Its heading.
    pub title: Text,
    /// Its paragraphs.
    pub paragraphs: Vec<Text>,
    /// The customer as the letter names them, and the account's holder.
    pub customer: Box<str>,
    /// Where service is.
    pub service_address: Box<str>,
    /// The telephone numbers it covers.
    pub numbers: Vec<TelephoneNumber>,
    /// What else it states: a label and what was answered.
    pub states: Vec<(Text, Box<str>)>,
}

impl LetterDocument {
    /// SHA-256, in hexadecimal, of everything the letter says in a language, each part on a line of its own.
    #[must_use]
    pub fn sha256(&self, language: &str) -> String {
        let mut lines = vec![self.key.letter.to_string(), self.version.to_string(), self.title.in_language(language).to_owned()];
        lines.extend(self.paragraphs.iter().map(|paragraph| paragraph.in_language(language).to_owned()));
        lines.extend([self.customer.to_string(), self.service_address.to_string()]);
        lines.extend(self.numbers.iter().map(|number| number.digits()));
        lines.extend(self.states.iter().map(|(label, answer)| format!("{}: {answer}", label.in_language(language))));
        hex::of(Sha256::digest(lines.join("\n")))
    }
}

/// The letters an order needs, each made out from the answers as they are now.
#[must_use]
pub fn letters_needed(draft: &Draft, catalogue: &Catalogue) -> Vec<LetterDocument> {
    let mut letters = vec![];
    for item in &draft.items {
        let Some(offering) = catalogue.form(&item.offering, &item.action) else { continue };
        let answers = draft.effective_answers(item, offering);
        let beside = draft.beside(item.id);
        let circumstances = draft.circumstances(&answers, offering, &beside);
        // What was authorised for the service in place needs no second letter.
        let stands = |need: &LetterNeed| item.action.stays(&answers, need.numbers.iter().chain(&need.states));
        for need in offering.letters.iter().filter(|need| need.when.holds(&circumstances) && !stands(need)) {
            let Some(letter) = catalogue.letter(&need.letter) else { continue };
            let numbers = need.numbers.iter().filter_map(|id| answers.get(id)).flat_map(numbers_in).collect();
            let states = need.states.iter().filter_map(|id| {
                let characteristic = offering.characteristic(id)?;
                Some((characteristic.label.clone(), describe(answers.get(id)?, characteristic)))
            });
            letters.push(document(draft, item, letter, numbers, states.collect()));
        }
    }
    letters
}

fn document(
    draft: &Draft,
    item: &DraftItem,
    letter: &Letter,
    numbers: Vec<TelephoneNumber>,
    states: Vec<(Text, Box<str>)>,
) -> LetterDocument {
    LetterDocument {
        key: AuthorisationKey { item: item.id, letter: letter.id.clone() },
        version: letter.version.clone(),
        title: letter.title.clone(),
        paragraphs: letter.paragraphs.clone(),
        customer: draft.ordered_for.name.clone(),
        service_address: draft.place.address.to_string().into(),
        numbers,
        states,
    }
}

fn numbers_in(value: &Value) -> Vec<TelephoneNumber> {
    match value {
        Value::Telephone(number) => vec![*number],
        Value::List(entries) => entries.iter().flat_map(numbers_in).collect(),
        _ => vec![],
    }
}

/// An answer as the letter states it: what was chosen by the question's own English labels, anything else as it was entered.
fn describe(value: &Value, characteristic: &Characteristic) -> Box<str> {
    let label = |chosen: &ValueId| {
        let option = characteristic.value.options().iter().find(|option| option.id == *chosen);
        option.map_or(chosen.as_str(), |option| option.label.in_language("en")).to_owned()
    };
    match value {
        Value::Choice(chosen) => label(chosen).into(),
        Value::Choices(chosen) => chosen.iter().map(label).collect::<Vec<_>>().join("; ").into(),
        Value::Address(address) => address.to_string().into(),
        Value::Telephone(number) => number.to_string().into(),
        other => {
            let name = characteristic.id.as_str();
            let mut entered = Entered::default();
            other.entered(name, &mut entered);
            entered.text(name).into()
        }
    }
}

/// Whether what a letter says has been authorised in the words it has now, and that still counts.
#[must_use]
pub fn is_authorised(draft: &Draft, letter: &LetterDocument, catalogue: &Catalogue, now: jiff::Timestamp) -> bool {
    let valid_days = catalogue.letter(&letter.key.letter).map_or(0, |letter| i64::from(letter.valid_days));
    let area = catalogue.area_of(draft.place.address.zip);
    draft.authorisations.get(&letter.key).is_some_and(|authorisation| {
        let age = match authorisation {
            Authorisation::Signed(signature) => now.duration_since(signature.signed).as_hours() / 24,
            Authorisation::Verified(ThirdPartyVerification { verified: day, .. })
            | Authorisation::Kept(KeptLetter { signed: day, .. }) => i64::from((today_in(area, now) - *day).get_days()),
        };
        authorisation.text_sha256() == letter.sha256("en") && age < valid_days
    })
}
