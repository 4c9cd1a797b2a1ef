//! `iom`, the operator's command line for the Integrated Order Manager.

mod arguments;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{
    Arguments, AuditAction, CatalogueAction, CustomersAction, Import, ImportWhat, LettersAction, OrdersAction, Place,
    PlacingAction, SessionsAction, Subject,
};
use clap::Parser;
use iom::customers::{self, Retention};
use iom::letters::{self, Queue};
use iom::publishing::{self, Run};
use iom::tables::Which;
use iom::{audit, catalogue, import, orders, placing, sessions};
use jiff::SignedDuration;
use order_manager::id::{OrderId, PersonId, Version};
use platform::Clock;
use platform::catalogue::embedded;

fn main() -> ExitCode {
    let done = match Arguments::parse().of {
        Subject::Catalogue { action } => run(action),
        Subject::Import { what } => load(what),
        Subject::Orders { action: OrdersAction::Stuck { older_than, place } } => stuck(older_than, place),
        Subject::Orders { action: OrdersAction::Show { order, place } } => show(order, place),
        Subject::Letters { action } => about_letters(action),
        Subject::Audit { action } => look(action),
        Subject::Placing { action } => set_placing(action),
        Subject::Customers { action } => about_customer(action),
        Subject::Sessions { action: SessionsAction::End { person, place } } => end_sessions(person, place),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Every line ends with its own break where there are several.
            let why = why.to_string();
            // Without a standard error there is nobody to tell.
            let _ = writeln!(io::stderr(), "{}", why.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn end_sessions(person: PersonId, place: Place) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(sessions::end(&place.store(Which::Sessions)?, person, &mut io::stdout()))?;
    Ok(())
}

fn about_letters(action: LettersAction) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        LettersAction::List { stack } => runtime.block_on(letters::list(&stack.letters()?.0, out))?,
        LettersAction::Redrive { queue, stack } => {
            let (services, store) = stack.letters()?;
            let queues = queue.map_or(Queue::ALL.to_vec(), |queue| vec![queue]);
            runtime.block_on(letters::redrive(&services, &store, &queues, out))?;
        }
    }
    Ok(())
}

fn set_placing(action: PlacingAction) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        PlacingAction::Close { message, place } => {
            runtime.block_on(placing::close(&place.store(Which::Catalogue)?, message, Clock::system().now(), out))?;
        }
        PlacingAction::Open { place } => runtime.block_on(placing::open(&place.store(Which::Catalogue)?, out))?,
    }
    Ok(())
}

fn about_customer(action: CustomersAction) -> Result<(), Box<dyn std::error::Error>> {
    let (out, now) = (&mut io::stdout(), Clock::system().now());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        CustomersAction::Export { customer, to, stack } => {
            let (store, files) = stack.kept()?;
            runtime.block_on(customers::export(&store, &files, customer, &to, now, out))?;
        }
        CustomersAction::Erase { customer, keep_orders, keep_agreements, for_good, stack } => {
            let (store, files) = stack.kept()?;
            let retention = Retention { orders: keep_orders, agreements: keep_agreements };
            let run = if for_good { Run::Real } else { Run::Dry };
            runtime.block_on(customers::erase(&store, &files, customer, retention, run, now, out))?;
        }
    }
    Ok(())
}

fn show(order: OrderId, place: Place) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(orders::show(&place.store(Which::Orders)?, order, &mut io::stdout()))?;
    Ok(())
}

fn stuck(hours: u32, place: Place) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (now, older_than) = (Clock::system().now(), SignedDuration::from_hours(hours.into()));
    runtime.block_on(orders::stuck(&place.store(Which::Orders)?, older_than, now, &mut io::stdout()))?;
    Ok(())
}

fn load(what: ImportWhat) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // What is served where does not change with a price: the catalogue that was built in will do.
    let catalogue = embedded().ok_or("the catalogue that was built in can not be read")?;
    match what {
        ImportWhat::Customers(Import { file, place }) => {
            runtime.block_on(import::customers(&place.store(Which::Customers)?, &file, &catalogue, out))?;
        }
        ImportWhat::Numbers(Import { file, place }) => {
            runtime.block_on(import::numbers(&place.store(Which::Inventory)?, &file, &catalogue, out))?;
        }
        ImportWhat::Slots(Import { file, place }) => {
            runtime.block_on(import::slots(&place.store(Which::Inventory)?, &file, &catalogue, out))?;
        }
    }
    Ok(())
}

fn look(action: AuditAction) -> Result<(), Box<dyn std::error::Error>> {
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        AuditAction::Verify { trail, expect, place } => {
            runtime.block_on(audit::check(&place.store(Which::Audit)?, trail.as_deref(), &expect, out))?;
        }
        AuditAction::Export { trail, place } => {
            runtime.block_on(audit::export(&place.store(Which::Audit)?, trail.as_deref(), out))?;
        }
    }
    Ok(())
}

fn run(action: CatalogueAction) -> Result<(), Box<dyn std::error::Error>> {
    let now = Clock::system().now();
    let out = &mut io::stdout();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match action {
        CatalogueAction::Check { files } => writeln!(out, "{}", catalogue::check(&files.paths)?)?,
        CatalogueAction::Publish { files, place, from, dry_run } => {
            let (checked, _) = catalogue::read(&files.paths)?;
            let run = if dry_run { Run::Dry } else { Run::Real };
            runtime.block_on(publishing::publish(&place.store(Which::Catalogue)?, &checked, &from, run, now, out))?;
        }
        CatalogueAction::List { place } => runtime.block_on(publishing::list(&place.store(Which::Catalogue)?, now, out))?,
        CatalogueAction::Withdraw { version, place } => {
            runtime.block_on(publishing::withdraw(&place.store(Which::Catalogue)?, &Version(version.into()), now, out))?;
        }
    }
    Ok(())
}
