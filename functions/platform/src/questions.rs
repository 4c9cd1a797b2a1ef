//! The questions of an item as its pages ask them: which apply, what can be chosen at which price, and what was answered.

use std::borrow::Cow;

use jiff::civil::Date;
use order_manager::admits::{Reading, ReceivedFile, kept_field, removed_field};
use order_manager::broadband;
use order_manager::calendar::today_in;
use order_manager::catalogue::{Amount, Area, Catalogue, Charge, ProductOffering};
use order_manager::characteristic::{Asked, Characteristic, Need, ValueType};
use order_manager::condition::Condition;
use order_manager::decide::{Command, Saving};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::{OrderItemId, ValueId};
use order_manager::inventory::{Hold, Resource};
use order_manager::order::{Draft, DraftItem};
use order_manager::qualification::{Candidate, applicable, candidates, option_available, services_beside};
use order_manager::telephone::TelephoneNumber;
use order_manager::value::{Answers, Value};
use templates::answers::service_in_words;
use templates::components::broadband_label::BroadbandFacts;
use templates::components::characteristic::{OptionView, Question};
use templates::components::item_name::item_name;
use templates::messages::Words;

use crate::kept::Keeper;
use crate::page_error::PageError;
use crate::turn::Turn;

/// An item of a draft with what its questions are asked against.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// The draft, with what was typed taken as answered where it can be.
    pub draft: Cow<'a, Draft>,
    /// Which item.
    pub item: OrderItemId,
    /// What is ordered.
    pub offering: &'a ProductOffering,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The area of the place.
    pub area: Option<&'a Area>,
    /// The day, at the place.
    pub today: Date,
    /// Numbers on offer, where the page offers any.
    pub numbers: &'a [TelephoneNumber],
    /// The files that what was typed names.
    files: Vec<ReceivedFile>,
    keeper: Keeper<'a>,
}

/// The item a page is about.
///
/// # Errors
/// [`PageError::NotFound`] when the order has no such item, or the catalogue no such offering any more.
pub fn item_of<'a>(
    draft: &'a Draft,
    item: OrderItemId,
    catalogue: &'a Catalogue,
) -> Result<(&'a DraftItem, &'a ProductOffering), PageError> {
    let found = draft.item(item).ok_or(PageError::NotFound)?;
    Ok((found, catalogue.form(&found.offering, &found.action).ok_or(PageError::NotFound)?))
}

/// What an item is called; one whose offering is gone, by what it asks.
#[must_use]
pub fn name_of<'a>(item: &DraftItem, form: &'a ProductOffering, catalogue: &'a Catalogue) -> Cow<'a, str> {
    let offering = catalogue.offering(&item.offering).unwrap_or(form);
    item_name(Words::english(), &item.action, &offering.name)
}

/// What the broadband labels of an offering's plans say that can be had at the place.
#[must_use]
pub fn plans<'a>(turn: &Turn, draft: &Draft, offering: &'a ProductOffering) -> Vec<BroadbandFacts<'a>> {
    let area = turn.catalogue.area_of(draft.place.address.zip);
    let plans = area.map(|area| broadband::plans(offering, &turn.catalogue, area).unwrap_or_default());
    plans.unwrap_or_default().iter().map(|plan| BroadbandFacts::of(plan, Words::english())).collect()
}

impl<'a> Asking<'a> {
    /// About an item, with what was typed.
    ///
    /// # Errors
    /// As [`item_of`].
    pub fn new(
        turn: &'a Turn,
        draft: &'a Draft,
        item: OrderItemId,
        numbers: &'a [TelephoneNumber],
        entered: &Entered,
    ) -> Result<Self, PageError> {
        let (_, offering) = item_of(draft, item, &turn.catalogue)?;
        let area = turn.catalogue.area_of(draft.place.address.zip);
        let today = today_in(area, turn.now);
        let mut draft = Cow::Borrowed(draft);
        let services = if entered.is_empty() { vec![] } else { services_beside(&draft, item, &turn.catalogue) };
        let keeper = Keeper::new(&turn.session_id, draft.id, item);
        let files = keeper.files(offering, entered);
        let reading = Reading { today, area, services: &services, files: &files };
        if !entered.is_empty()
            && let Some(found) = draft.to_mut().items.iter_mut().find(|candidate| candidate.id == item)
        {
            for characteristic in &offering.characteristics {
                if let Ok(Some(value)) = characteristic.value.admit(characteristic.id.as_str(), entered, &reading) {
                    found.answers.insert(characteristic.id.clone(), value);
                }
            }
        }
        Ok(Self { draft, item, offering, catalogue: &turn.catalogue, area, today, numbers, files, keeper })
    }

    fn applicable(&self, asked: &Asked) -> Vec<&'a Characteristic> {
        self.draft.item(self.item).map_or(vec![], |item| {
            let effective = self.draft.effective_answers(item, self.offering);
            applicable(&self.draft, item, self.offering, asked, &effective)
        })
    }

    /// The dialogs that apply.
    #[must_use]
    pub fn dialogs(&self) -> Vec<&'a order_manager::catalogue::Dialog> {
        let Some(item) = self.draft.item(self.item) else { return vec![] };
        let effective = self.draft.effective_answers(item, self.offering);
        let beside = self.draft.beside(self.item);
        let circumstances = self.draft.circumstances(&effective, self.offering, &beside);
        self.offering.dialogs.iter().filter(|dialog| dialog.applies_when.holds(&circumstances)).collect()
    }

    /// The questions of a page or dialog.
    #[must_use]
    pub fn questions<'q>(
        &self,
        asked: &Asked,
        entered: &'q Entered,
        errors: &'q [FieldError],
        saved: &DraftItem,
    ) -> Vec<Question<'q>>
    where
        'a: 'q,
    {
        let question = |spec: &'a Characteristic| Question {
            spec,
            entered,
            errors,
            options: self.options(spec),
            known_hint: spec.known.is_some() && !saved.answers.contains_key(&spec.id),
            on_file: self.named(spec, entered).map(Cow::Owned).or_else(|| on_file(&saved.answers, spec).map(Cow::Owned)),
            today: self.today,
        };
        self.applicable(asked).into_iter().map(question).collect()
    }

    /// The first question of a page or dialog that only what was typed there brings up: nobody has been asked it yet.
    #[must_use]
    pub fn brought_up(&self, turn: &'a Turn, draft: &'a Draft, asked: &Asked, entered: &Entered) -> Option<&'a Characteristic> {
        let typed = Self::new(turn, draft, self.item, &[], entered).ok()?;
        let before = self.applicable(asked);
        let typed_in = |spec: &Characteristic, has: fn(&Entered, &str) -> bool| {
            spec.value.field_names(spec.id.as_str()).iter().any(|name| has(entered, name))
        };
        let held = |spec: &Characteristic| self.draft.item(self.item).is_some_and(|item| on_file(&item.answers, spec).is_some());
        let open = |spec: &Characteristic| !typed_in(spec, |entered, name| !entered.text(name).is_empty()) && !held(spec);
        // What was asked and left open comes first, and is said to be missing.
        if before.iter().any(|spec| spec.need == Need::Required && open(spec)) {
            return None;
        }
        let was_sent = |spec: &Characteristic| typed_in(spec, Entered::has);
        typed.applicable(asked).into_iter().find(|spec| !before.iter().any(|asked| asked.id == spec.id) && !was_sent(spec))
    }

    /// The name of the file that a form names for a question.
    fn named(&self, spec: &Characteristic, entered: &Entered) -> Option<String> {
        let named = entered.text(&kept_field(spec.id.as_str())).trim();
        self.files.iter().find(|received| *received.named == *named).map(|received| received.file.name.to_string())
    }

    fn options(&self, spec: &'a Characteristic) -> Vec<OptionView<'a>> {
        let words = Words::english();
        if spec.value == ValueType::InventoryNumber {
            let number = |number: &TelephoneNumber| OptionView {
                id: number.digits().into(),
                label: number.to_string().into(),
                price: None,
                unavailable: None,
            };
            return self.numbers.iter().map(number).collect();
        }
        if let ValueType::Service(options) = &spec.value {
            let view = |candidate: Candidate<'a>| OptionView {
                id: candidate.service.target.to_string().into(),
                label: service_in_words(&candidate.service, words).into(),
                price: None,
                unavailable: candidate.fits.err(),
            };
            return candidates(&self.draft, self.item, options, self.catalogue).into_iter().map(view).collect();
        }
        let Some(item) = self.draft.item(self.item) else { return vec![] };
        let effective = self.draft.effective_answers(item, self.offering);
        let beside = self.draft.beside(self.item);
        let circumstances = self.draft.circumstances(&effective, self.offering, &beside);
        let view = |option: &'a order_manager::characteristic::ValueOption| OptionView {
            id: option.id.as_str().into(),
            label: option.label.in_language(words.language()).into(),
            price: price_of(self.offering, spec, &option.id, words),
            unavailable: option_available(option, &circumstances, self.area).err(),
        };
        spec.value.options().iter().map(view).collect()
    }

    /// What a form holds of an item's saved answers: those given, and for questions never answered what we know already.
    #[must_use]
    pub fn saved(&self, asked: &Asked) -> Entered {
        let mut entered = Entered::default();
        let Some(item) = self.draft.item(self.item) else { return entered };
        for characteristic in self.applicable(asked) {
            let name = characteristic.id.as_str();
            match item.answers.get(&characteristic.id) {
                Some(Value::File(file)) => entered.add(kept_field(name), self.keeper.named(name, file)),
                Some(value) => characteristic.value.fill(value, name, &mut entered),
                None if !item.saved.contains(asked) => {
                    if let Some(value) = characteristic.known.and_then(|known| self.draft.known(known)) {
                        value.entered(name, &mut entered);
                    }
                }
                None => {}
            }
        }
        entered
    }

    /// The fields of a page or dialog, of questions that apply now or may apply by what else is answered on the page.
    #[must_use]
    pub fn names(&self, asked: &Asked) -> Vec<String> {
        self.offering
            .asked(asked)
            .flat_map(|characteristic| characteristic.value.field_names(characteristic.id.as_str()))
            .collect()
    }

    /// The answer command of a page or dialog, from what was typed.
    ///
    /// # Errors
    /// What is wrong with what was typed.
    pub fn answer(
        &self,
        turn: &Turn,
        asked: &Asked,
        entered: &Entered,
        saved: &DraftItem,
        saving: Saving,
    ) -> Result<Command, Vec<FieldError>> {
        let services = services_beside(&self.draft, self.item, &turn.catalogue);
        let files = self.keeper.files(self.offering, entered);
        let reading = Reading { today: self.today, area: self.area, services: &services, files: &files };
        let (mut answers, mut errors, mut hold) = (Answers::new(), vec![], None);
        for characteristic in self.offering.asked(asked) {
            match characteristic.value.admit(characteristic.id.as_str(), entered, &reading) {
                // A secret that is set, or a file that was sent, stands until there is another, or it is taken back.
                Ok(None) => {
                    if !entered.has(&removed_field(characteristic.id.as_str()))
                        && on_file(&saved.answers, characteristic).is_some()
                        && let Some(kept) = saved.answers.get(&characteristic.id)
                    {
                        answers.insert(characteristic.id.clone(), kept.clone());
                    }
                }
                Ok(Some(value)) => {
                    if let (ValueType::InventoryNumber, Value::Telephone(number), Some(area)) =
                        (&characteristic.value, &value, self.area)
                    {
                        let resource = Resource::Number { rate_centre: area.rate_centre.clone(), number: *number };
                        hold = Some(Hold::from_now(resource, turn.now));
                    }
                    answers.insert(characteristic.id.clone(), value);
                }
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() {
            Ok(Command::Answer { item: self.item, asked: asked.clone(), answers, hold, saving })
        } else {
            Err(errors)
        }
    }
}

/// What we hold and do not show in the field: a file by its name.
fn on_file(answers: &Answers, spec: &Characteristic) -> Option<String> {
    match answers.get(&spec.id) {
        Some(Value::Secret(_)) => Some(String::new()),
        Some(Value::File(file)) => Some(file.name.to_string()),
        _ => None,
    }
}

/// What choosing a value costs, in words: the prices whose condition is that very choice.
fn price_of(offering: &ProductOffering, spec: &Characteristic, value: &ValueId, words: &Words) -> Option<String> {
    let this = |condition: &Condition| matches!(condition, Condition::Is { characteristic, any_of } if *characteristic == spec.id && any_of == std::slice::from_ref(value));
    let said = |amount: &Amount, key: &'static str| match amount {
        Amount::Flat(amount) if !amount.is_zero() => Some(match key {
            "price-monthly" => words.with("price-monthly", &[("amount", amount.to_string().into())]).into_owned(),
            _ => words.with("price-once", &[("amount", amount.to_string().into())]).into_owned(),
        }),
        _ => None,
    };
    let prices: Vec<String> = offering
        .prices
        .iter()
        .filter(|price| this(&price.when))
        .filter_map(|price| match &price.charge {
            Charge::Recurring { amount } => said(amount, "price-monthly"),
            Charge::OneTime { amount } => said(amount, "price-once"),
            Charge::Usage { .. } | Charge::EarlyTermination => None,
        })
        .collect();
    (!prices.is_empty()).then(|| prices.join(", "))
}
