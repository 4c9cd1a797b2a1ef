//! Telling provisioning systems what to do while everything goes wrong that can: requests and answers are lost, functions end
//! between two lines, reports come late, twice and the wrong way round, and the customer changes their mind all the while.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use order_manager::audit::{Act, Capacity, End, Entry, Event, Subject, verify};
use order_manager::decide::{Agreed, Command, Wish, decide};
use order_manager::order::{Content, ItemState, OrderState, Placed, PlacedItem, ProductOrder, Visit};
use order_manager::party::Contact;
use order_manager::provisioning::{
    Doubted, Due, Heard, NotTaken, Report, ServiceOrder, ServiceOrderId, ServiceOrderState, Told, contact, due, service_orders,
    standing, take,
};
use order_manager::value::{Answers, Value};

use crate::dice::Dice;
use crate::fixtures::{calls, choice, line, now, order_in, slot};
use crate::small::SMALL;
use crate::world::is;

/// How many histories are played.
const HISTORIES: u64 = 10_000;

/// What a service order says: what of it can change on the way.
#[derive(Clone, Debug, PartialEq)]
struct Says {
    answers: Answers,
    day: Date,
    contact: Box<str>,
}

/// What is stored of a service order on our side, before anybody has it.
#[derive(Clone, Debug)]
struct Row {
    says: Says,
    heard: Heard,
    /// Whether it was sent, and no answer came.
    waits: bool,
}

/// What a system has of one.
#[derive(Clone, Debug)]
struct Has {
    /// As it came first.
    sent: Says,
    /// With all that was changed since.
    says: Says,
    said: Vec<ServiceOrderState>,
    cancels: bool,
}

/// Both sides, and what is between them.
struct World {
    dice: Dice,
    at: Timestamp,
    order: ProductOrder,
    rows: BTreeMap<ServiceOrderId, Row>,
    kept: Vec<Report>,
    system: BTreeMap<ServiceOrderId, Has>,
    /// What the system has said and we have not heard.
    on_its_way: Vec<Report>,
    /// The trail's table: what is there is never written over.
    trail: BTreeMap<u64, Entry>,
    acts: usize,
}

/// Whether things go wrong.
#[derive(Clone, Copy, PartialEq)]
enum Weather {
    Foul,
    Fair,
}

/// That the function ended, or gave up for now: what was not written down is not.
struct Ended;

fn placed(order: &ProductOrder) -> &Placed {
    match order.content() {
        Content::Placed(placed) => placed,
        Content::Draft(_) => panic!("a draft"),
    }
}

fn says(order: &Placed, item: &PlacedItem) -> Says {
    Says { answers: item.answers.clone(), day: item.requested, contact: contact(order) }
}

fn item<'a>(order: &'a Placed, of: &ServiceOrderId) -> &'a PlacedItem {
    order.items.iter().find(|item| item.id == of.item).expect("the item")
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed),
            at: now(),
            order: order_in(OrderState::Acknowledged, &[ItemState::Acknowledged, ItemState::Acknowledged]),
            rows: BTreeMap::new(),
            kept: vec![],
            system: BTreeMap::new(),
            on_its_way: vec![],
            trail: BTreeMap::new(),
            acts: 0,
        }
    }

    fn service_orders(&self) -> Vec<ServiceOrder> {
        service_orders(placed(&self.order), &SMALL)
    }

    /// Whether a message, or what stands between two lines, is lost.
    fn loses(&mut self, weather: Weather) -> Result<(), Ended> {
        if weather == Weather::Foul && self.dice.percent(15) { Err(Ended) } else { Ok(()) }
    }

    /// The customer wants something; what is granted goes on record with it.
    fn wishes(&mut self) {
        let name = if self.dice.percent(50) { "Ana" } else { "Zoë" };
        let wish = match self.dice.below(5) {
            0 => Wish::Day(Visit::Technician(slot(if self.dice.percent(50) { "2026-12-09" } else { "2026-12-10" }))),
            1 => Wish::Contact(Contact { name: name.into(), phone: is("404 555 0177"), email: None }, None),
            number => {
                let minutes = if self.dice.percent(50) { "many" } else { "few" };
                let phones = i64::try_from(1 + self.dice.below(4)).expect("few");
                let (item, question, answer) = match number {
                    2 => (calls(), "minutes", choice(minutes)),
                    _ => (line(), "phones", Value::Integer(phones)),
                };
                let answers = vec![(is(question), Some(answer))];
                Wish::Amend { item, answers, products: vec![], agreed: Agreed::Catalogues }
            }
        };
        let command = if self.dice.percent(8) { Command::AskCancellation } else { Command::Wish(wish) };
        let act = command.act().expect("it goes on record");
        if let Ok(after) = decide(&self.order, command, &SMALL, self.at) {
            self.order = after;
            self.record(act);
        }
    }

    /// Adds to the trail, as one does who may have read where it ended before somebody else added to it.
    fn record(&mut self, act: Act) {
        self.acts += 1;
        let subject = Subject::Order(self.order.id());
        let event = Event::new(act, self.at, None, Capacity::Customer);
        let mut known = if self.dice.percent(30) { self.trail.len().saturating_sub(1) } else { self.trail.len() };
        loop {
            let last = u64::try_from(known).ok().and_then(|last| self.trail.get(&last));
            let entry = Entry::following(last.map_or(End::START, Entry::end), &subject, &event);
            if let std::collections::btree_map::Entry::Vacant(free) = self.trail.entry(entry.sequence) {
                free.insert(entry);
                return;
            }
            known = self.trail.len();
        }
    }

    /// A turn of the function that tells systems what is due.
    fn look(&mut self, weather: Weather) -> Result<(), Ended> {
        for one in self.service_orders() {
            let first = says(placed(&self.order), item(placed(&self.order), &one.id));
            self.rows.entry(one.id).or_insert(Row { says: first, heard: Heard::default(), waits: false });
            self.loses(weather)?;
            let all = due(&self.order, &one, &self.rows[&one.id].heard, &self.kept);
            for due in all {
                self.tell(&one, due, weather)?;
            }
        }
        Ok(())
    }

    fn tell(&mut self, one: &ServiceOrder, due: Due, weather: Weather) -> Result<(), Ended> {
        let mut heard = self.rows[&one.id].heard.clone();
        let now = says(placed(&self.order), item(placed(&self.order), &one.id));
        let change: fn(&mut Says, &Says) = match due {
            Due::Send => return self.send(one, weather),
            // It may have come there all the same.
            Due::Withdraw if self.rows[&one.id].waits => return self.send(one, weather),
            Due::Withdraw => return self.say(one, ServiceOrderState::Cancelled),
            Due::GiveUp => return self.say(one, ServiceOrderState::Failed),
            Due::Day(day) => {
                self.doubts(one, Doubted::Day);
                heard.day = Some(day);
                heard.doubted.remove(&Doubted::Day);
                |says, now| says.day = now.day
            }
            Due::Contact(contact) => {
                self.doubts(one, Doubted::Contact);
                heard.contact = Some(contact);
                heard.doubted.remove(&Doubted::Contact);
                |says, now| says.contact.clone_from(&now.contact)
            }
            Due::Amend(at) => {
                heard.amended = Some(at);
                |says, now| says.answers.clone_from(&now.answers)
            }
            Due::Cancel => {
                let ProductOrder::AssessingCancellation(asked) = &self.order else { return Ok(()) };
                heard.cancelling = Some(asked.since);
                |_, _| ()
            }
            Due::Answer(..) | Due::Decision(..) => panic!("nothing was asked"),
        };
        self.loses(weather)?;
        let has = self.system.get_mut(&one.id).expect("only what a system has is changed");
        change(&mut has.says, &now);
        has.cancels |= heard.cancelling.is_some();
        self.loses(weather)?;
        self.rows.get_mut(&one.id).expect("a row").heard = heard;
        Ok(())
    }

    /// Writes down what is about to be said.
    fn doubts(&mut self, one: &ServiceOrder, what: Doubted) {
        self.rows.get_mut(&one.id).expect("a row").heard.doubted.insert(what);
    }

    /// Sends what is stored, and nothing else.
    fn send(&mut self, one: &ServiceOrder, weather: Weather) -> Result<(), Ended> {
        let row = self.rows.get_mut(&one.id).expect("it is stored before it is sent");
        row.waits = true;
        let sent = row.says.clone();
        let is_done = |id: &ServiceOrderId| standing(id, &self.kept).state() == ServiceOrderState::Completed;
        assert!(self.system.contains_key(&one.id) || one.after.iter().all(is_done), "{one:?} before what it runs over");
        self.loses(weather)?;
        let new = Has { sent: sent.clone(), says: sent.clone(), said: vec![], cancels: false };
        let has = self.system.entry(one.id).or_insert(new);
        assert_eq!(has.sent, sent, "sent twice, with another content");
        self.loses(weather)?;
        let row = self.rows.get_mut(&one.id).expect("a row");
        (row.heard.day, row.heard.contact, row.waits) = (Some(sent.day), Some(sent.contact), false);
        Ok(())
    }

    /// What we say of a service order that no system has.
    fn say(&mut self, one: &ServiceOrder, state: ServiceOrderState) -> Result<(), Ended> {
        assert!(!self.system.contains_key(&one.id), "somebody has it");
        let id = is(&format!("ours-{}-{}", one.id.item, state.wire_name()));
        self.hear(&Report { id, of: one.id, at: self.at, told: Told::State(state, None) });
        Ok(())
    }

    /// The system gets on with one of those that it has.
    fn gets_on(&mut self) {
        use ServiceOrderState as S;
        let ids: Vec<_> = self.system.keys().copied().collect();
        let Some(id) = self.dice.one(&ids).copied() else { return };
        let (refuses, fails) = (self.dice.percent(20), self.dice.percent(10));
        let has = self.system.get_mut(&id).expect("one of them");
        let next = match (has.said.last(), has.cancels) {
            (None, _) => S::Acknowledged,
            (Some(last), _) if last.is_final() => return,
            (Some(S::PendingCancellation), _) => S::Cancelled,
            (Some(S::AssessingCancellation), _) if refuses => S::InProgress,
            (Some(S::AssessingCancellation), _) => S::PendingCancellation,
            (Some(_), true) if !has.said.contains(&S::AssessingCancellation) => S::AssessingCancellation,
            (Some(S::InProgress), _) if fails => S::Failed,
            (Some(S::InProgress), _) => S::Completed,
            (Some(_), _) => S::InProgress,
        };
        has.said.push(next);
        let number = has.said.len();
        let id_of_report = is(&format!("{}-{number}", id.item));
        let report = Report { id: id_of_report, of: id, at: self.at, told: Told::State(next, None) };
        for _ in 0..=usize::from(self.dice.percent(25)) {
            let place = self.dice.below(self.on_its_way.len() + 1);
            self.on_its_way.insert(place, report.clone());
        }
    }

    /// A report comes, one of those that are on their way.
    fn comes(&mut self) {
        if !self.on_its_way.is_empty() {
            let which = self.dice.below(self.on_its_way.len());
            let report = self.on_its_way.swap_remove(which);
            self.hear(&report);
        }
    }

    fn hear(&mut self, report: &Report) {
        match take(&self.order, &self.kept, report) {
            Ok(after) => {
                self.order = after;
                self.kept.push(report.clone());
            }
            Err(NotTaken::Known) => assert!(self.kept.contains(report)),
            Err(other) => panic!("{other:?}: {report:?} after {:?}", self.kept),
        }
    }

    /// Everything comes to rest: all that was said is heard, and all that is due is told.
    fn settles(&mut self) {
        for _ in 0..20 {
            while !self.on_its_way.is_empty() {
                self.comes();
            }
            assert!(self.look(Weather::Fair).is_ok(), "nothing is lost");
        }
    }

    /// What is on record, in its order.
    fn trail(&self) -> Vec<Entry> {
        self.trail.values().cloned().collect()
    }
}

#[test]
fn whatever_is_lost_or_late_nothing_is_sent_twice_with_another_content_the_system_ends_with_what_is_wanted_and_the_trail_is_whole()
 {
    let mut ends = BTreeMap::<&str, usize>::new();
    let (mut told, mut changed) = (0, 0);
    for seed in 0..HISTORIES {
        let mut world = World::new(seed);
        for _ in 0..(8 + world.dice.below(24)) {
            world.at += 1.minute();
            match world.dice.below(10) {
                0 | 1 => world.wishes(),
                2..=4 => drop(world.look(Weather::Foul)),
                5..=7 => world.gets_on(),
                _ => world.comes(),
            }
        }
        world.settles();
        for one in world.service_orders() {
            let rest = due(&world.order, &one, &world.rows[&one.id].heard, &world.kept);
            assert_eq!(rest, [], "seed {seed}: {:?}", world.order.state());
            let Some(has) = world.system.get(&one.id) else { continue };
            told += 1;
            changed += usize::from(has.says != has.sent);
            let goes_on = !standing(&one.id, &world.kept).state().is_final() && !has.cancels;
            if goes_on && !world.order.state().is_final() {
                let wanted = says(placed(&world.order), item(placed(&world.order), &one.id));
                assert_eq!(has.says, wanted, "seed {seed}: the system has what is wanted now");
            }
        }
        // Whoever reads it again from what was kept, in any order, reads the same.
        let start = order_in(OrderState::Acknowledged, &[ItemState::Acknowledged, ItemState::Acknowledged]);
        if world.acts == 0 {
            let mut kept = world.kept.clone();
            kept.reverse();
            let again = kept.iter().try_fold((start, vec![]), |(order, mut known), report| {
                let after = take(&order, &known, report)?;
                known.push(report.clone());
                Ok::<_, NotTaken>((after, known))
            });
            assert_eq!(again.map(|(order, _)| order), Ok(world.order.clone()), "seed {seed}");
        }
        let trail = world.trail();
        assert_eq!((verify(&trail), trail.len()), (Ok(()), world.acts), "seed {seed}");
        *ends.entry(world.order.state().wire_name()).or_default() += 1;
    }
    let reached = ["completed", "partial", "failed", "cancelled", "inProgress", "assessingCancellation"];
    assert!(reached.iter().all(|state| ends.get(state).is_some_and(|count| *count > 50)), "{ends:?}");
    assert!(told > 5_000 && changed > 500, "{told} told of, {changed} of them changed on the way");
}
