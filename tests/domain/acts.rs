//! What somebody does with an order, in particular: answers, signs, asks for a day, places it; rightly, or not.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use order_manager::authorisation::letters_needed;
use order_manager::calendar::{is_business_day, today_in};
use order_manager::catalogue::{Carriage, Carrier, Catalogue, ProductOffering};
use order_manager::characteristic::{Asked, Need, ValueType};
use order_manager::condition::Condition;
use order_manager::decide::{Command, Placing, Progress, Refusal, Saving, decide, earliest_day};
use order_manager::entered::FieldError;
use order_manager::id::{CharacteristicId, OfferingId, OrderItemId, Version};
use order_manager::inventory::{AppointmentSlot, Hold, Resource};
use order_manager::journey::needs_visit;
use order_manager::money::Money;
use order_manager::order::{
    Action, Authorisation, Content, Draft, DraftItem, Installation, ItemOutcome, PlacedBy, PlacedItem, ProductOrder, Signature,
    Visit,
};
use order_manager::party::{Product, Standing};
use order_manager::pricing::price;
use order_manager::qualification::{Availability, availability, services_beside};
use order_manager::text::Text;
use order_manager::value::{Answers, Value};

use crate::dice::Dice;
use crate::oracle::{Sheet, brings, form, product};
use crate::player::Player;
use crate::states::{Event, leads_to};
use crate::values::{Place, value};
use crate::way::{area_of, is_carried};
use crate::world::{contact, is, item_id, person};

/// Times a page is answered anew after being refused.
const TRIES: usize = 8;

impl Player<'_> {
    /// A page or dialog answered rightly; or, where it points at a service that is not there, that service.
    pub(crate) fn answer_or_mend(&mut self, draft: &Draft, item: OrderItemId, asked: &Asked, dice: &mut Dice) -> Option<Command> {
        let command = self.answer(draft, item, asked, Saving::Whole, dice)?;
        let tried = decide(&ProductOrder::Draft(draft.clone()), command.clone(), &self.catalogue, self.now);
        let Err(Refusal::Fields(errors)) = tried else { return Some(command) };
        let item = draft.item(item)?;
        let questions = &form(&item.offering, &item.action, &self.catalogue)?.characteristics;
        let wanted: Vec<Wanted> = questions
            .iter()
            .filter(|question| errors.iter().any(|error| *error.field == *question.id.as_str()))
            .filter_map(|question| match &question.value {
                ValueType::Service(options) => Some(options.iter().map(|option| (option.offering.clone(), option.when.clone()))),
                _ => None,
            })
            .flatten()
            .collect();
        if wanted.is_empty() { Some(command) } else { self.mend(draft, item.id, &wanted, dice) }
    }

    /// Brings in one of the services that an item needs, or has one of them answered as it needs it.
    pub(crate) fn mend(&mut self, draft: &Draft, item: OrderItemId, wanted: &[Wanted], dice: &mut Dice) -> Option<Command> {
        let (offering, when) = dice.one(wanted)?;
        let there: Vec<_> =
            draft.items.iter().filter(|other| other.offering == *offering && other.id != item && brings(&other.action)).collect();
        let Some(other) = dice.one(&there).filter(|_| dice.percent(80)) else { return Some(self.add(offering.clone())) };
        let offering = form(&other.offering, &other.action, &self.catalogue)?;
        (0..10 * TRIES).find_map(|_| {
            let command = self.answers(draft, other.id, &Asked::OnPage, Saving::Whole, &Answers::new(), true, dice)?;
            let Command::Answer { answers, .. } = &command else { return None };
            let mut filled = (*other).clone();
            filled.answers.extend(answers.clone());
            let counting = Sheet::of(draft, &filled, offering).counting();
            Sheet::as_it_is(draft, offering, &counting, vec![]).holds(when).then_some(command)
        })
    }

    /// A page or dialog answered so that it is accepted, where that can be found within some tries.
    pub(crate) fn answer(
        &self,
        draft: &Draft,
        item: OrderItemId,
        asked: &Asked,
        saving: Saving,
        dice: &mut Dice,
    ) -> Option<Command> {
        let mut kept = Answers::new();
        let mut command = self.answers(draft, item, asked, saving, &kept, true, dice)?;
        for _ in 0..TRIES {
            let tried = decide(&ProductOrder::Draft(draft.clone()), command.clone(), &self.catalogue, self.now);
            let (Err(Refusal::Fields(errors)), Command::Answer { answers, .. }) = (tried, &command) else { break };
            let wrong = |id: &CharacteristicId| errors.iter().any(|error: &FieldError| *error.field == *id.as_str());
            kept = answers.iter().filter(|(id, _)| !wrong(id)).map(|(id, value)| (id.clone(), value.clone())).collect();
            // Now and then all over again: what was answered rightly may be what stands in the way.
            if dice.percent(30) {
                kept.clear();
            }
            command = self.answers(draft, item, asked, saving, &kept, true, dice)?;
        }
        Some(command)
    }

    /// Answers to what a page or dialog asks, each by the answers before it; `rightly` of what can be had, and to all that must be.
    #[expect(clippy::too_many_arguments)]
    fn answers(
        &self,
        draft: &Draft,
        item: OrderItemId,
        asked: &Asked,
        saving: Saving,
        kept: &Answers,
        rightly: bool,
        dice: &mut Dice,
    ) -> Option<Command> {
        let mut filled = draft.item(item)?.clone();
        let offering = form(&filled.offering, &filled.action, &self.catalogue)?;
        let area = area_of(draft, &self.catalogue);
        let services = services_beside(draft, item, &self.catalogue);
        let at = Place { catalogue: &self.catalogue, draft, area, today: self.today(), services: &services };
        let (mut answers, mut hold) = (Answers::new(), None);
        for question in offering.characteristics.iter().filter(|question| question.asked == *asked) {
            let before = filled.answers.remove(&question.id);
            let sheet = Sheet::of(draft, &filled, offering);
            let leave = if question.need == Need::Required && rightly { 0 } else { 50 };
            if !sheet.asks(question) || dice.percent(leave) {
                continue;
            }
            let allowed = |option: &_| !rightly || sheet.offers(option, area);
            let made = match (kept.get(&question.id), before) {
                (Some(kept), _) => Some(kept.clone()),
                // What was answered before, and was not in the way.
                (None, Some(before)) if kept.is_empty() && dice.percent(60) => Some(before),
                (None, _) => value(&question.value, &allowed, &at, dice),
            };
            let Some(made) = made else { continue };
            let is_its_own = product(&filled.action).is_some_and(|product| product.answers.get(&question.id) == Some(&made));
            if let (ValueType::InventoryNumber, Value::Telephone(number)) = (&question.value, &made)
                && (rightly || dice.percent(70))
                && !is_its_own
            {
                let resource = Resource::Number { rate_centre: area.rate_centre.clone(), number: *number };
                hold = Some(Hold::from_now(resource, self.now));
            }
            filled.answers.insert(question.id.clone(), made.clone());
            answers.insert(question.id.clone(), made);
        }
        Some(Command::Answer { item, asked: asked.clone(), answers, hold, saving })
    }

    pub(crate) fn answer_something(&self, draft: &Draft, dice: &mut Dice) -> Option<Command> {
        let saving = if dice.percent(60) { Saving::Whole } else { Saving::SoFar };
        let Some(item) = dice.one(&draft.items).filter(|_| dice.percent(95)) else {
            return Some(Command::Answer {
                item: item_id(999),
                asked: Asked::OnPage,
                answers: Answers::new(),
                hold: None,
                saving,
            });
        };
        let offering = form(&item.offering, &item.action, &self.catalogue)?;
        let dialogs = offering.dialogs.iter().map(|dialog| Asked::InDialog(dialog.id.clone()));
        let pages: Vec<_> = [Asked::OnPage, Asked::OnPage].into_iter().chain(dialogs).collect();
        let asked = dice.one(&pages)?;
        let rightly = dice.percent(60);
        self.answers(draft, item.id, asked, saving, &Answers::new(), rightly, dice)
    }

    /// Something done about a service in place here or elsewhere, whether it can be or not.
    pub(crate) fn act(&mut self, draft: &Draft, dice: &mut Dice) -> Option<Command> {
        let moves = dice.percent(30);
        let product = dice.one(if moves { &self.elsewhere } else { &draft.in_service })?.clone();
        let action = match dice.below(8) {
            0 => Action::Add,
            _ if moves => Action::Move { from: draft.place.address.clone(), product },
            1 => Action::Suspend(product),
            2 => Action::Restore(product),
            3 | 4 => Action::Disconnect(product),
            _ => Action::Modify(product),
        };
        self.minted += 1;
        Some(Command::Act { item: item_id(self.minted), action })
    }

    pub(crate) fn sign_something(&self, draft: &Draft, dice: &mut Dice) -> Command {
        let letters = letters_needed(draft, &self.catalogue);
        let letter = dice.one(&letters).map(|letter| (letter.key.clone(), letter.sha256("en")));
        let (key, hash) = letter.unwrap_or_else(|| (is(&format!("{}.no-such-letter", item_id(1))), String::new()));
        Command::Authorise(key, signature(if dice.percent(50) { &hash } else { "another text" }, self.now))
    }

    /// A day, so many days after the first that is possible.
    pub(crate) fn schedule(&self, draft: &Draft, visit: bool, days: i64) -> Command {
        let mut day = earliest_day(draft, &self.catalogue, self.now).saturating_add(days.days());
        while days == 0 && !is_business_day(day, &self.catalogue.holidays) {
            day = day.tomorrow().expect("another day");
        }
        let window = self.catalogue.windows.first().map_or("morning".into(), |window| window.id.clone());
        let slot = AppointmentSlot { area: area_of(draft, &self.catalogue).id.clone(), day, window, crew: 1 };
        let hold = visit.then(|| Hold::from_now(Resource::Slot(slot.clone()), self.now));
        let visit = if visit { Visit::Technician(slot) } else { Visit::None { requested: day } };
        Command::Schedule {
            installation: Installation { visit, contact: contact(), access_notes: None, fault_contact: None, expedite: None },
            hold,
        }
    }

    pub(crate) fn schedule_somehow(&self, draft: &Draft, dice: &mut Dice) -> Command {
        let visit = needs_visit(draft, &self.catalogue) == dice.percent(80);
        let days = dice.within(-3, 9);
        self.schedule(draft, visit, days)
    }

    /// Placed as it is, under the terms in force.
    pub(crate) fn place(&self, draft: &Draft) -> Option<Command> {
        let agreed = price(draft, &self.catalogue).ok()?;
        let meant_twice = draft.items.iter().map(|item| item.offering.clone()).collect();
        let terms = terms_in_force(&self.catalogue, self.today());
        Some(Command::Place(Placing { by: PlacedBy::Customer(person()), terms, agreed, meant_twice }))
    }

    pub(crate) fn place_somehow(&self, draft: Option<&Draft>, dice: &mut Dice) -> Option<Command> {
        let Some(draft) = draft else { return self.said.iter().rfind(|said| matches!(said, Command::Place(_))).cloned() };
        let Some(Command::Place(mut placing)) = self.place(draft) else { return None };
        if dice.percent(25) {
            placing.agreed.horizon_months += 1;
        }
        if dice.percent(25) {
            placing.terms = Version("0".into());
        }
        if dice.percent(25) {
            placing.meant_twice.clear();
        }
        Some(Command::Place(placing))
    }
}

/// The terms of service in force on a day.
pub(crate) fn terms_in_force(catalogue: &Catalogue, today: Date) -> Version {
    let begun = catalogue.terms_of_service.iter().filter(|terms| terms.from <= today);
    begun.max_by_key(|terms| terms.from).expect("terms of service").version.clone()
}

pub(crate) fn signature(hash: &str, now: Timestamp) -> Authorisation {
    let letter_version = Version("1".into());
    let signature =
        Signature { text_sha256: hash.into(), letter_version, name: "Zoë O’Neil".into(), person: person(), signed: now };
    Authorisation::Signed(signature)
}

/// What an item of an order will be, once it is in service.
pub(crate) fn in_place(
    draft: &Draft,
    item: &DraftItem,
    catalogue: &Catalogue,
    number: usize,
    dice: &mut Dice,
) -> Option<Product> {
    let offering = form(&item.offering, &item.action, catalogue)?;
    let since = is("2026-01-15");
    Some(Product {
        id: is(&format!("019e0000-0000-7000-8000-{number:012x}")),
        offering: offering.id.clone(),
        site: draft.place.site,
        number: None,
        answers: Sheet::of(draft, item, offering).counting(),
        monthly: Money::new(dice.within(0, 20_000), catalogue.currency()),
        since,
        term_ends: dice.percent(50).then(|| since.saturating_add(dice.within(1, 36).months())),
        agreed: None,
        standing: if dice.percent(70) { Standing::Active } else { Standing::Suspended },
    })
}

pub(crate) fn some_offering(draft: &Draft, catalogue: &Catalogue, now: Timestamp, dice: &mut Dice) -> Option<OfferingId> {
    let area = area_of(draft, catalogue);
    let today = today_in(Some(area), now);
    let can_be_had = |offering: &&ProductOffering| {
        availability(offering, Some(area), Some(draft.ordered_for.kind), today) == Availability::Available
    };
    dice.one(&catalogue.offerings.iter().filter(can_be_had).collect::<Vec<_>>()).map(|offering| offering.id.clone())
}

/// Another service that an item needs beside it: of which offering, with which answers.
pub(crate) type Wanted = (OfferingId, Condition);

/// An item that has nothing to run over, and what would carry it.
pub(crate) fn uncarried(draft: &Draft, catalogue: &Catalogue) -> Option<(OrderItemId, Vec<Wanted>)> {
    draft.items.iter().find_map(|item| {
        let offering = form(&item.offering, &item.action, catalogue)?;
        let Carriage::AnyOf(carriers) = &offering.carried_by else { return None };
        let carriers = carriers.iter().filter_map(|carrier| match carrier {
            Carrier::Offering { offering, when } => Some((offering.clone(), when.clone())),
            Carrier::OwnLoop | Carrier::Described(_) => None,
        });
        (!is_carried(draft, item, offering, catalogue)).then(|| (item.id, carriers.collect()))
    })
}

/// An item of an order, or now and then one that it does not have.
pub(crate) fn some_item(order: &ProductOrder, dice: &mut Dice) -> OrderItemId {
    let items: Vec<_> = match order.content() {
        Content::Draft(draft) => draft.items.iter().map(|item| item.id).collect(),
        Content::Placed(placed) => placed.items.iter().map(|item| item.id).collect(),
    };
    dice.one(&items).copied().filter(|_| dice.percent(90)).unwrap_or_else(|| item_id(999))
}

/// What the provisioning side says: most of the time something that can be said of the order as it is.
pub(crate) fn some_progress(order: &ProductOrder, catalogue: &Catalogue, dice: &mut Dice) -> Progress {
    let mut progress = any_progress(order, catalogue, dice);
    for _ in 0..20 {
        let command = Command::Progress(progress.clone());
        if dice.percent(10) || Event::of(&command).iter().any(|event| leads_to(order.state(), *event).is_some()) {
            break;
        }
        progress = any_progress(order, catalogue, dice);
    }
    progress
}

fn any_progress(order: &ProductOrder, catalogue: &Catalogue, dice: &mut Dice) -> Progress {
    let (item, reason) = (some_item(order, dice), Text::english("So it is."));
    let placed: &[PlacedItem] = match order.content() {
        Content::Draft(_) => &[],
        Content::Placed(placed) => &placed.items,
    };
    let milestones: Vec<_> = placed.iter().flat_map(|item| &item.milestones).map(|milestone| milestone.id.clone()).collect();
    let milestone = dice.one(&milestones).cloned().unwrap_or_else(|| is("no-such-milestone"));
    match dice.below(14) {
        0 => Progress::Reject(reason),
        1 => Progress::Hold(reason),
        2 => Progress::Ask(reason),
        3 | 4 => Progress::Resume,
        5 => Progress::Reach(item, milestone),
        6 => Progress::Commit(item, is("2027-06-01")),
        7 | 8 => Progress::Settle(item, ItemOutcome::InService),
        9 => Progress::Settle(item, ItemOutcome::Failed(reason)),
        10 => Progress::GrantCancellation(Money::zero(catalogue.currency())),
        11 => Progress::RefuseCancellation,
        12 => Progress::FinishCancellation,
        _ => Progress::Start,
    }
}
