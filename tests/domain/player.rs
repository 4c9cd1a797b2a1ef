//! Walks an order: turns moves into commands by what the catalogue asks where the order stands, and has them decided.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use order_manager::authorisation::letters_needed;
use order_manager::calendar::{company_day, today_in};
use order_manager::catalogue::{Area, Catalogue};
use order_manager::characteristic::Asked;
use order_manager::decide::{Command, Refusal, decide};
use order_manager::id::{CharacteristicId, OfferingId};
use order_manager::journey::{Step, needs_visit, standing_at};
use order_manager::order::{Content, Draft, ProductOrder};
use order_manager::party::{CustomerKind, Product};
use order_manager::value::Value;

use crate::acts::{in_place, signature, some_item, some_offering, some_progress, uncarried};
use crate::dice::Dice;
use crate::moves::{Move, Start};
use crate::publish::publish;
use crate::way::area_of;
use crate::world::{address_in, billing, draft_at, draft_of, is, item_id, opening};

/// An order on its way.
pub(crate) struct Player<'a> {
    pub(crate) catalogue: Cow<'a, Catalogue>,
    pub(crate) order: ProductOrder,
    pub(crate) now: Timestamp,
    pub(crate) said: Vec<Command>,
    pub(crate) minted: usize,
    /// Services of the customer's at another place.
    pub(crate) elsewhere: Vec<Product>,
    /// How often somebody who could place the order does something else, in a hundred times.
    hesitates: usize,
}

/// A command that was given to an order, and what came of it.
pub(crate) struct Turn<'a> {
    pub(crate) before: &'a ProductOrder,
    pub(crate) command: &'a Command,
    pub(crate) after: &'a Result<ProductOrder, Refusal>,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) now: Timestamp,
}

/// Walks from a start, and shows each turn.
pub(crate) fn walk<E>(
    start: &Start,
    moves: &[Move],
    catalogue: &Catalogue,
    mut each: impl FnMut(&Turn<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut player = Player { hesitates: 60, ..Player::new(start, catalogue) };
    for one in moves {
        let before = player.order.clone();
        let Some(command) = player.command(one) else { continue };
        let after = decide(&before, command.clone(), &player.catalogue, player.now);
        if let Ok(after) = &after {
            player.order = after.clone();
        }
        each(&Turn { before: &before, command: &command, after: &after, catalogue: &player.catalogue, now: player.now })?;
        player.said.push(command);
    }
    Ok(())
}

impl<'a> Player<'a> {
    /// Somewhere that is served, for somebody, with something in service there or nothing.
    pub(crate) fn new(start: &Start, catalogue: &'a Catalogue) -> Self {
        let mut dice = Dice::new(start.seed);
        let area = dice.one(&catalogue.areas).expect("an area");
        let kind = if dice.percent(50) { CustomerKind::Residential } else { CustomerKind::Business };
        let mut player = Self::at(area, kind, catalogue);
        let mut in_place_before = vec![];
        for seed in &start.in_service {
            let mut before = Self::at(area, kind, catalogue);
            (0..12).for_each(|step| before.goes_on(seed.wrapping_add(step)));
            if let Some(draft) = draft_of(&before.order)
                && let Some(item) = draft.items.first()
            {
                in_place_before.extend(in_place(draft, item, catalogue, in_place_before.len(), &mut dice));
            }
        }
        for mut product in in_place_before {
            match &mut player.order {
                ProductOrder::Draft(draft) if dice.percent(75) => draft.in_service.push(product),
                _ => {
                    product.site = is("019a0000-0000-7000-8000-000000000002");
                    player.elsewhere.push(product);
                }
            }
        }
        player
    }

    /// An empty draft of a kind of customer in an area.
    pub(crate) fn at(area: &Area, kind: CustomerKind, catalogue: &'a Catalogue) -> Self {
        let now = opening(catalogue);
        let draft = draft_at(address_in(catalogue, area), kind, catalogue, now);
        Self {
            catalogue: Cow::Borrowed(catalogue),
            order: ProductOrder::Draft(draft),
            now,
            said: vec![],
            minted: 0,
            elsewhere: vec![],
            hesitates: 0,
        }
    }

    /// Gives a command, and keeps what comes of it.
    pub(crate) fn gives(&mut self, command: Command) -> Result<(), Refusal> {
        self.order = decide(&self.order, command, &self.catalogue, self.now)?;
        Ok(())
    }

    /// Does what the order stands at.
    pub(crate) fn goes_on(&mut self, seed: u64) {
        if let Some(command) = self.command(&Move::GoOn(seed)) {
            let _ = self.gives(command);
        }
    }

    /// The command that a move comes to; `None` where there is nothing to do, or nothing but time has moved.
    pub(crate) fn command(&mut self, one: &Move) -> Option<Command> {
        let order = self.order.clone();
        let draft = draft_of(&order);
        match one {
            Move::GoOn(seed) => self.go_on(&mut Dice::new(*seed)),
            Move::Add(seed) => {
                let offering = Dice::new(*seed).one(&self.catalogue.offerings)?.id.clone();
                Some(self.add(offering))
            }
            Move::AddUnknown => Some(self.add(is("nobody-sells-this"))),
            Move::AddAgain(seed) => {
                let mut dice = Dice::new(*seed);
                let item = dice.one(&draft?.items)?.id;
                Some(Command::AddItem { item, offering: dice.one(&self.catalogue.offerings)?.id.clone() })
            }
            Move::Act(seed) => self.act(draft?, &mut Dice::new(*seed)),
            Move::Remove(seed) => Some(Command::RemoveItem(some_item(&order, &mut Dice::new(*seed)))),
            Move::Answer(seed) => self.answer_something(draft?, &mut Dice::new(*seed)),
            Move::AnswerAstray(seed) => {
                let mut dice = Dice::new(*seed);
                let command = self.answer_something(draft?, &mut dice)?;
                let Command::Answer { item, asked, mut answers, hold, saving } = command else { return None };
                let elsewhere = dice.one(&self.catalogue.offerings)?.characteristics.iter();
                let known = |id: &&CharacteristicId| !answers.contains_key(*id);
                let astray = elsewhere.map(|question| &question.id).rfind(known).cloned();
                answers.insert(astray.unwrap_or_else(|| is("nobody-asks-this")), Value::Boolean(true));
                Some(Command::Answer { item, asked, answers, hold, saving })
            }
            Move::Sign(seed) => Some(self.sign_something(draft?, &mut Dice::new(*seed))),
            Move::Schedule(seed) => Some(self.schedule_somehow(draft?, &mut Dice::new(*seed))),
            Move::Bill => Some(Command::Bill(billing())),
            Move::Place(seed) => self.place_somehow(draft, &mut Dice::new(*seed)),
            Move::Progress(seed) => Some(Command::Progress(some_progress(&order, &self.catalogue, &mut Dice::new(*seed)))),
            Move::AskCancellation => Some(Command::AskCancellation),
            Move::Again(seed) => Dice::new(*seed).one(&self.said).cloned(),
            Move::Wait(seed) => {
                let minutes = [1, 29, 31, 5 * 60, 26 * 60, 4 * 24 * 60, 15 * 24 * 60, 61 * 24 * 60];
                self.now += Dice::new(*seed).one(&minutes)?.minutes();
                None
            }
            Move::Publish(seed) => {
                self.catalogue = Cow::Owned(publish(&self.catalogue, self.today(), &mut Dice::new(*seed)));
                None
            }
        }
    }

    pub(crate) fn today(&self) -> Date {
        match self.order.content() {
            Content::Draft(draft) => today_in(Some(area_of(draft, &self.catalogue)), self.now),
            Content::Placed(_) => company_day(self.now),
        }
    }

    pub(crate) fn add(&mut self, offering: OfferingId) -> Command {
        self.minted += 1;
        Command::AddItem { item: item_id(self.minted), offering }
    }

    /// Adds something, answers something else, or lets time pass.
    fn thinks_again(&mut self, draft: &Draft, dice: &mut Dice) -> Option<Command> {
        match dice.below(5) {
            0 => some_offering(draft, &self.catalogue, self.now, dice).map(|offering| self.add(offering)),
            1 => self.command(&Move::Wait(dice.next())),
            2 => self.act(draft, dice),
            _ => self.answer_something(draft, dice),
        }
    }

    fn go_on(&mut self, dice: &mut Dice) -> Option<Command> {
        let order = self.order.clone();
        let Some(draft) = draft_of(&order) else {
            let cancels = dice.percent(20);
            let progress = some_progress(&order, &self.catalogue, dice);
            return Some(if cancels { Command::AskCancellation } else { Command::Progress(progress) });
        };
        let standing = standing_at(&order, &self.catalogue, self.now);
        match standing {
            Step::Services if dice.percent(self.hesitates) && !draft.in_service.is_empty() => self.act(draft, dice),
            Step::Services => {
                let offering = some_offering(draft, &self.catalogue, self.now, dice)?;
                Some(self.add(offering))
            }
            Step::Item(item) => self.answer_or_mend(draft, item, &Asked::OnPage, dice),
            Step::Dialog(item, dialog) => self.answer_or_mend(draft, item, &Asked::InDialog(dialog), dice),
            Step::Authorisation(key) => {
                let letter = letters_needed(draft, &self.catalogue).into_iter().find(|letter| letter.key == key)?;
                Some(Command::Authorise(key, signature(&letter.sha256("en"), self.now)))
            }
            Step::Installation => Some(self.schedule(draft, needs_visit(draft, &self.catalogue), 0)),
            Step::Billing => Some(Command::Bill(billing())),
            Step::Review => match uncarried(draft, &self.catalogue) {
                None if dice.percent(self.hesitates) => self.thinks_again(draft, dice),
                None if dice.percent(self.hesitates / 3) => self.place_somehow(Some(draft), dice),
                None => self.place(draft),
                Some((item, wanted)) if dice.percent(80) => self.mend(draft, item, &wanted, dice),
                Some((item, _)) => Some(Command::RemoveItem(item)),
            },
            Step::Track => None,
        }
    }
}
