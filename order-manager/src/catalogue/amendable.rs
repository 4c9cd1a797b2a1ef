//! What of an item can be answered otherwise while it is on its way: answers that decide its price at most.

use std::collections::BTreeSet;

use super::{Carriage, Carrier, ProductOffering, TERM};
use crate::characteristic::{Characteristic, TelephoneUse, ValueType};
use crate::condition::Condition;
use crate::id::CharacteristicId;

impl ProductOffering {
    /// The questions that decide nothing but what an item costs, and which codes it is built by: no question, day, visit, letter or
    /// milestone depends on them, and nothing that there is one of is taken by them. They can be answered otherwise while the service
    /// can be called back. What an answer can't stand beside is looked at when it is given.
    pub fn amendable(&self) -> impl Iterator<Item = &Characteristic> {
        let deciding = self.deciding();
        let is_free =
            move |asked: &&Characteristic| is_plain(&asked.value) && asked.id.as_str() != TERM && !deciding.contains(&asked.id);
        self.characteristics.iter().map(|asked| &**asked).filter(is_free)
    }

    /// The questions that something else than a price depends on.
    fn deciding(&self) -> BTreeSet<&CharacteristicId> {
        let stated = self.letters.iter().flat_map(|letter| letter.numbers.iter().chain(&letter.states));
        let given = self.codes.iter().filter_map(|code| code.given_by.as_ref());
        let carriers: &[Carrier] = match &self.carried_by {
            Carriage::AnyOf(carriers) => carriers,
            Carriage::Nothing => &[],
        };
        let described = carriers.iter().filter_map(|carrier| match carrier {
            Carrier::Described(by) => Some(by),
            Carrier::OwnLoop | Carrier::Offering { .. } => None,
        });
        let conditions = self.conditions().into_iter().flat_map(Condition::characteristics);
        conditions.chain(stated).chain(given).chain(described).collect()
    }

    fn conditions(&self) -> Vec<&Condition> {
        let asked = self.characteristics.iter().map(|asked| &asked.applies_when);
        let dialogs = self.dialogs.iter().map(|dialog| &dialog.applies_when);
        let intervals = self.intervals.iter().map(|interval| &interval.when);
        let letters = self.letters.iter().map(|letter| &letter.when);
        let milestones = self.milestones.iter().map(|milestone| &milestone.when);
        asked.chain(dialogs).chain(intervals).chain(letters).chain(milestones).chain([&self.visit_when]).collect()
    }
}

/// Whether what is answered stands for nothing but itself.
const fn is_plain(value: &ValueType) -> bool {
    matches!(
        value,
        ValueType::Choice(_)
            | ValueType::Choices { .. }
            | ValueType::Integer { .. }
            | ValueType::Boolean
            | ValueType::Text { .. }
            | ValueType::TelephoneNumber(TelephoneUse::Contact)
            | ValueType::Email
            | ValueType::DomainName
            | ValueType::IpAddress(_)
    )
}
