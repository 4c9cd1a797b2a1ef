//! The rules of an order, said a second time and as plainly as can be: what is asked, and which answers count.
//!
//! Without a line of the domain's own: a condition is followed backwards from the question it decides. What is missing and what
//! comes next stands in `way`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use order_manager::address::State;
use order_manager::catalogue::{Area, Catalogue, Change, ProductOffering};
use order_manager::characteristic::{Asked, Characteristic, NetworkNeed, ValueOption};
use order_manager::condition::{Condition, Entries};
use order_manager::id::{CharacteristicId, OfferingId, ProductId};
use order_manager::order::{Action, Draft, DraftItem};
use order_manager::party::{CustomerKind, Product};
use order_manager::value::{Answers, Value};

/// What an item asks: the questions of its offering, or those of the change that is made.
pub(crate) fn form<'a>(offering: &OfferingId, action: &Action, catalogue: &'a Catalogue) -> Option<&'a ProductOffering> {
    match action {
        Action::Add | Action::Modify(_) | Action::Move { .. } => catalogue.offerings.iter().find(|one| one.id == *offering),
        Action::Disconnect(_) => catalogue.changes.get(&Change::Disconnect),
        Action::Suspend(_) => catalogue.changes.get(&Change::Suspend),
        Action::Restore(_) => catalogue.changes.get(&Change::Restore),
    }
}

/// The service in place that an item is about.
pub(crate) fn product(action: &Action) -> Option<&Product> {
    match action {
        Action::Add => None,
        Action::Modify(product)
        | Action::Move { product, .. }
        | Action::Disconnect(product)
        | Action::Suspend(product)
        | Action::Restore(product) => Some(product),
    }
}

/// Whether a service as an item describes it is at the place when the order is done.
pub(crate) const fn brings(action: &Action) -> bool {
    matches!(action, Action::Add | Action::Modify(_) | Action::Move { .. })
}

/// The services in place that are as they were when the order is done.
pub(crate) fn staying(draft: &Draft) -> Vec<&Product> {
    let gone = |id: ProductId| {
        let mut items = draft.items.iter();
        items.any(|item| matches!(&item.action, Action::Modify(product) | Action::Disconnect(product) if product.id == id))
    };
    draft.in_service.iter().filter(|product| !gone(product.id)).collect()
}

/// The questions of one item with their answers.
pub(crate) struct Sheet<'a> {
    pub(crate) offering: &'a ProductOffering,
    pub(crate) answers: &'a Answers,
    pub(crate) kind: CustomerKind,
    pub(crate) state: State,
    pub(crate) beside: Vec<OfferingId>,
    /// Found before: whether a question counts.
    found: RefCell<BTreeMap<&'a str, bool>>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(
        offering: &'a ProductOffering,
        answers: &'a Answers,
        kind: CustomerKind,
        state: State,
        beside: Vec<OfferingId>,
    ) -> Self {
        Self { offering, answers, kind, state, beside, found: RefCell::default() }
    }

    /// The sheet of an item of a draft.
    pub(crate) fn of(draft: &Draft, item: &'a DraftItem, form: &'a ProductOffering) -> Self {
        let others = draft.items.iter().filter(|other| other.id != item.id && brings(&other.action));
        let others = others.map(|other| other.offering.clone());
        let beside = others.chain(staying(draft).into_iter().map(|product| product.offering.clone())).collect();
        Self::new(form, &item.answers, draft.ordered_for.kind, draft.place.address.state, beside)
    }

    /// A sheet of answers of which each is known to count.
    pub(crate) fn as_it_is(draft: &Draft, form: &'a ProductOffering, answers: &'a Answers, beside: Vec<OfferingId>) -> Self {
        let sheet = Self::new(form, answers, draft.ordered_for.kind, draft.place.address.state, beside);
        sheet.found.borrow_mut().extend(form.characteristics.iter().map(|question| (question.id.as_str(), true)));
        sheet
    }

    /// Whether these questions have the answers that the service in place has.
    pub(crate) fn stays<'q>(&self, action: &Action, of: impl IntoIterator<Item = &'q CharacteristicId>) -> bool {
        product(action).is_some_and(|product| of.into_iter().all(|id| self.answer(id) == product.answers.get(id)))
    }

    /// Whether a question is asked: its own condition holds, and that of its dialog.
    pub(crate) fn asks(&self, question: &'a Characteristic) -> bool {
        let id = question.id.as_str();
        let found = self.found.borrow().get(id).copied();
        found.unwrap_or_else(|| {
            let in_dialog = |dialog| self.offering.dialogs.iter().any(|one| one.id == dialog && self.holds(&one.applies_when));
            let shown = match &question.asked {
                Asked::OnPage => true,
                Asked::InDialog(dialog) => in_dialog(dialog.clone()),
            };
            let asks = shown && self.holds(&question.applies_when);
            self.found.borrow_mut().insert(id, asks);
            asks
        })
    }

    /// The answer to a question that is asked.
    pub(crate) fn answer(&self, id: &CharacteristicId) -> Option<&'a Value> {
        let question = self.offering.characteristics.iter().find(|question| question.id == *id)?;
        if self.asks(question) { self.answers.get(id) } else { None }
    }

    /// The answers that count.
    pub(crate) fn counting(&self) -> Answers {
        let ids = self.offering.characteristics.iter().map(|question| &question.id);
        ids.filter_map(|id| Some((id.clone(), self.answer(id)?.clone()))).collect()
    }

    pub(crate) fn number(&self, id: &CharacteristicId) -> Option<i128> {
        let many = |count: usize| i128::try_from(count).ok();
        match self.answer(id)? {
            Value::Integer(number) => Some((*number).into()),
            Value::Choice(chosen) => {
                let question = self.offering.characteristics.iter().find(|question| question.id == *id)?;
                Some(question.value.options().iter().find(|option| option.id == *chosen)?.number?.into())
            }
            Value::List(entries) => many(entries.len()),
            Value::Rows(rows) => many(rows.len()),
            Value::Prefixes(prefixes) => many(prefixes.len()),
            Value::VlanIds(ranges) => Some(ranges.iter().map(|(first, last)| i128::from(last - first) + 1).sum()),
            _ => None,
        }
    }

    /// The entries of a question in small letters, by their kind: a second time, for those that the test catalogues have.
    fn entries(&self, entries: &Entries) -> Vec<String> {
        let plain = |value: &Value| match value {
            Value::Text(text) => text.to_lowercase(),
            Value::Integer(number) => number.to_string(),
            Value::Choice(chosen) => chosen.to_string(),
            Value::Telephone(number) => number.digits(),
            _ => panic!("{value:?} is compared with entries"),
        };
        match self.answer(&entries.of) {
            None | Some(Value::Boolean(_)) => vec![],
            Some(Value::List(values)) => values.iter().map(plain).collect(),
            Some(Value::Rows(rows)) => rows.iter().filter_map(|cells| cells[entries.column].as_ref().map(plain)).collect(),
            Some(value) => vec![plain(value)],
        }
    }

    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        let number = |id| self.number(id);
        match condition {
            Condition::Always => true,
            Condition::Is { characteristic, any_of } => any_of.iter().any(|wanted| match self.answer(characteristic) {
                Some(Value::Boolean(yes)) => wanted.as_str() == if *yes { "yes" } else { "no" },
                Some(Value::Choice(chosen)) => chosen == wanted,
                Some(Value::Choices(chosen)) => chosen.contains(wanted),
                _ => false,
            }),
            Condition::AtLeast { characteristic, number: least } => number(characteristic).is_some_and(|n| n >= (*least).into()),
            Condition::AtMost { characteristic, number: most } => number(characteristic).is_some_and(|n| n <= (*most).into()),
            Condition::Exceeds { sum_of, other, by } => {
                let answered: Vec<i128> = sum_of.iter().filter_map(number).collect();
                !answered.is_empty()
                    && number(other).is_some_and(|smaller| answered.iter().sum::<i128>() > smaller + i128::from(*by))
            }
            Condition::LengthDiffers { entries, number: length } => number(length).is_some_and(|length| {
                self.entries(entries).iter().any(|entry| i128::try_from(entry.chars().count()) != Ok(length))
            }),
            Condition::EntryShared(lists) => {
                let lists: Vec<Vec<String>> = lists.iter().map(|list| self.entries(list)).collect();
                let mut pairs = (0..lists.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
                pairs.any(|(one, other)| lists[one].iter().any(|entry| lists[other].contains(entry)))
            }
            Condition::Answered(characteristic) => self.answer(characteristic).is_some(),
            Condition::CustomerIs(kind) => self.kind == *kind,
            Condition::StateIs(states) => states.contains(&self.state),
            Condition::Together(offering) => self.beside.contains(offering),
            Condition::All(parts) => !parts.iter().any(|part| !self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
        }
    }

    /// Whether a value of a list can be had, in an area.
    pub(crate) fn offers(&self, option: &ValueOption, area: &Area) -> bool {
        let carries = |need: &NetworkNeed| {
            area.networks.iter().any(|(network, capacity)| need.any_of.contains(network) && *capacity >= need.at_least)
        };
        self.holds(&option.available_when) && option.needs.as_ref().is_none_or(carries)
    }
}
