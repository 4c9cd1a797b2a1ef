//! What of an item can be answered otherwise while it is on its way: answers that decide nothing else.

use std::collections::BTreeSet;

use super::{Amount, Carriage, Carrier, Charge, ProductOffering};
use crate::characteristic::{Characteristic, TelephoneUse, ValueType};
use crate::condition::Condition;
use crate::id::CharacteristicId;

impl ProductOffering {
    /// The questions whose answers are only passed on to those who bring the service in: no price, question, rule, code, day, letter or
    /// milestone depends on them, and nothing that there is one of is taken by them. They can be answered otherwise while the service
    /// can be called back, and that costs nothing.
    pub fn amendable(&self) -> impl Iterator<Item = &Characteristic> {
        let deciding = self.deciding();
        let is_free = move |asked: &&Characteristic| is_plain(&asked.value) && !deciding.contains(&asked.id);
        self.characteristics.iter().map(|asked| &**asked).filter(is_free)
    }

    /// The questions that something depends on.
    fn deciding(&self) -> BTreeSet<&CharacteristicId> {
        let charged = self.prices.iter().filter_map(|price| match &price.charge {
            Charge::OneTime { amount: Amount::PerUnit { of, .. } } | Charge::Recurring { amount: Amount::PerUnit { of, .. } } => {
                Some(of)
            }
            Charge::OneTime { .. } | Charge::Recurring { .. } | Charge::EarlyTermination | Charge::Usage { .. } => None,
        });
        let stated = self.letters.iter().flat_map(|letter| letter.numbers.iter().chain(&letter.states));
        let given = self.codes.iter().filter_map(|code| code.given_by.as_ref());
        let named = self.rules.iter().map(|rule| &rule.field);
        let carriers: &[Carrier] = match &self.carried_by {
            Carriage::AnyOf(carriers) => carriers,
            Carriage::Nothing => &[],
        };
        let described = carriers.iter().filter_map(|carrier| match carrier {
            Carrier::Described(by) => Some(by),
            Carrier::OwnLoop | Carrier::Offering { .. } => None,
        });
        let conditions = self.conditions().into_iter().flat_map(Condition::characteristics);
        conditions.chain(charged).chain(stated).chain(given).chain(named).chain(described).collect()
    }

    fn conditions(&self) -> Vec<&Condition> {
        let asked = self.characteristics.iter().map(|asked| &asked.applies_when);
        let dialogs = self.dialogs.iter().map(|dialog| &dialog.applies_when);
        let cases = self.codes.iter().flat_map(|code| code.cases.iter().map(|case| &case.when));
        let prices = self.prices.iter().map(|price| &price.when).chain(self.discounts.iter().map(|discount| &discount.when));
        let intervals = self.intervals.iter().map(|interval| &interval.when);
        let letters = self.letters.iter().map(|letter| &letter.when);
        let milestones = self.milestones.iter().map(|milestone| &milestone.when);
        let rules = self.rules.iter().map(|rule| &rule.broken_when);
        let all = asked.chain(dialogs).chain(cases).chain(prices).chain(intervals).chain(letters).chain(milestones).chain(rules);
        all.chain([&self.visit_when]).collect()
    }
}

/// Whether what is answered stands for nothing but itself.
const fn is_plain(value: &ValueType) -> bool {
    matches!(
        value,
        ValueType::Text { .. }
            | ValueType::TelephoneNumber(TelephoneUse::Contact)
            | ValueType::Email
            | ValueType::DomainName
            | ValueType::IpAddress(_)
    )
}
