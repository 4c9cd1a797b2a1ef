//! What is ordered together so that an offering can be placed, and by whom, by the catalogue's own word.

use order_manager::catalogue::{Carriage, Carrier, Catalogue, ProductOffering};
use order_manager::characteristic::{Asked, ValueType};
use order_manager::condition::Condition;
use order_manager::id::{CharacteristicId, OfferingId};
use order_manager::party::CustomerKind;

use crate::filling::{Wish, Wishes};

/// What is ordered together, and what is wished for where.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Who orders.
    kind: CustomerKind,
    /// The offerings, that which it is about first.
    pub offerings: Vec<OfferingId>,
    /// How their questions are to be answered.
    pub wishes: Wishes,
}

impl Plan {
    /// An offering with what carries it and what it points at.
    #[must_use]
    pub fn of(offering: &ProductOffering, wanted: Option<&Condition>, catalogue: &Catalogue) -> Self {
        let mut plan = Self { kind: kind_of(offering), offerings: vec![], wishes: Wishes::default() };
        plan.add(offering, catalogue);
        if let Some(condition) = wanted {
            plan.wish(offering, condition, true);
        }
        plan
    }

    fn add(&mut self, offering: &ProductOffering, catalogue: &Catalogue) {
        if self.offerings.contains(&offering.id) {
            return;
        }
        self.offerings.push(offering.id.clone());
        if let Carriage::AnyOf(carriers) = &offering.carried_by {
            let own = carriers.iter().any(|carrier| matches!(carrier, Carrier::OwnLoop));
            let carrier = carriers.iter().find_map(|carrier| match carrier {
                Carrier::Offering { offering, when } => {
                    let carrying = catalogue.offering(offering)?;
                    carrying.sold_to.contains(&self.kind).then_some((carrying, when))
                }
                Carrier::OwnLoop | Carrier::Described(_) => None,
            });
            match carrier.filter(|_| !own) {
                Some((carrying, when)) => {
                    self.add(carrying, catalogue);
                    self.wish(carrying, when, true);
                }
                None if own => {}
                None => {
                    for carrier in carriers {
                        if let Carrier::Described(question) = carrier {
                            self.wish(offering, &Condition::Answered(question.clone()), true);
                        }
                    }
                }
            }
        }
        for question in &offering.characteristics {
            let ValueType::Service(options) = &question.value else { continue };
            let mut found = options.iter().filter_map(|option| Some((catalogue.offering(&option.offering)?, &option.when)));
            let option = found.find(|(pointed, _)| pointed.sold_to.contains(&self.kind) && pointed.id != offering.id);
            if let Some((pointed, when)) = option {
                self.add(pointed, catalogue);
                self.wish(pointed, when, true);
            }
        }
    }

    /// Answers with which a condition holds, or does not.
    fn wish(&mut self, offering: &ProductOffering, condition: &Condition, holds: bool) {
        let id = offering.id.clone();
        match (condition, holds) {
            (Condition::Is { characteristic, any_of }, true) => {
                self.asked(offering, characteristic);
                self.wishes.add(id, characteristic.clone(), Wish::OneOf(any_of.iter().map(ToString::to_string).collect()));
            }
            (Condition::Is { characteristic, any_of }, false) => {
                self.wishes.add(id, characteristic.clone(), Wish::NoneOf(any_of.iter().map(ToString::to_string).collect()));
            }
            (Condition::AtLeast { characteristic, number }, true) => {
                self.asked(offering, characteristic);
                self.wishes.add(id, characteristic.clone(), Wish::AtLeast(*number));
            }
            (Condition::Answered(characteristic), true) => {
                self.asked(offering, characteristic);
                self.wishes.add(id, characteristic.clone(), Wish::Answered);
            }
            (Condition::All(parts), true) | (Condition::Any(parts), false) => {
                parts.iter().for_each(|part| self.wish(offering, part, holds));
            }
            (Condition::Any(parts), true) | (Condition::All(parts), false) => {
                if let Some(part) = parts.first() {
                    self.wish(offering, part, holds);
                }
            }
            (Condition::Not(part), holds) => self.wish(offering, part, !holds),
            _ => {}
        }
    }

    /// What makes a question be asked at all.
    fn asked(&mut self, offering: &ProductOffering, characteristic: &CharacteristicId) {
        let Some(question) = offering.characteristic(characteristic) else { return };
        self.wish(offering, &question.applies_when, true);
        if let Asked::InDialog(dialog) = &question.asked
            && let Some(dialog) = offering.dialog(dialog)
        {
            self.wish(offering, &dialog.applies_when, true);
        }
    }
}

fn kind_of(offering: &ProductOffering) -> CustomerKind {
    if offering.sold_to.contains(&CustomerKind::Business) { CustomerKind::Business } else { CustomerKind::Residential }
}

/// The seeded customer who orders it.
#[must_use]
pub fn persona(offering: &ProductOffering) -> &'static str {
    match kind_of(offering) {
        CustomerKind::Business => "Dana Whitfield",
        CustomerKind::Residential => "Sam Ortiz",
    }
}
