//! What is in `infra/` is what runs: built and deployed by SAM into an emulator that enforces roles, loaded by the operator's tool,
//! ordered from through its API by a consumer, a representative and a negotiator, carried out, told of by e-mail, and deleted.

mod deal;
mod mail;
mod operating;
mod people;
mod provisioning;
mod readme;
mod stack;

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use order_manager::calendar::is_business_day;
use platform::Clock;
use provisioning::System;
use stack::Stack;

/// The number of the account of the customer that the operator loads.
const ACCOUNT: &str = "4041-7000-01";

/// Where the customer's contact of record is written to.
const CONTACT: &str = "ines@harbor.example.com";

/// The customer.
const CUSTOMERS: &str = "account-number,kind,name,contact,phone,email,contact-since,street,unit,city,state,zip
4041-7000-01,business,Harbor Bakery,Ines Harbor,404-555-0171,ines@harbor.example.com,2020-01-01,1180 Peachtree Street NE,Suite 9,Atlanta,GA,30309
";

/// Numbers and appointments of every area.
fn inventory() -> (String, String) {
    let catalogue = platform::catalogue::embedded().expect("the catalogue that was built in");
    let (mut numbers, mut slots) = ("rate-centre,number\n".to_owned(), "area,day,window,crew\n".to_owned());
    let today: Date = Clock::system().now().to_zoned(TimeZone::UTC).date();
    for area in &catalogue.areas {
        for line in 0..5 {
            writeln!(numbers, "{},{}{:04}", area.rate_centre, area.exchanges[0], 140 + line * 7).expect("a text");
        }
        let days = (1..60).filter_map(|days| today.checked_add(days.days()).ok());
        for day in days.filter(|day| is_business_day(*day, &catalogue.holidays)) {
            for window in &catalogue.windows {
                writeln!(slots, "{},{day},{},1", area.id, window.id).expect("a text");
            }
        }
    }
    (numbers, slots)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_deploys_is_loaded_and_ordered_from_and_is_deleted() {
    let system = System::started().await;
    let parameters = [("ProvisioningUrl", &*system.address()), ("ProvisioningKey", provisioning::KEY)];
    let Some(mut stack) = Stack::deployed(&parameters) else { return };
    let has_staff = stack.take_staff();

    let (numbers, slots) = inventory();
    for (name, text) in [("numbers.csv", &*numbers), ("slots.csv", &slots), ("customers.csv", CUSTOMERS)] {
        stack.file(name, text);
    }
    let published = stack.follow("cargo run -p iom -- catalogue publish --table CatalogueTable", &[], &[]);
    assert!(published.contains("offerings"), "{published}");
    let said = stack.follow("cargo run -p iom -- import customers customers.csv --table CustomersTable", &[], &[]);
    assert_eq!(said, "customers: 1 added, 0 there already\n");
    let said = stack.follow("cargo run -p iom -- import numbers numbers.csv --table InventoryTable", &[], &[]);
    assert!(said.contains(" added, 0 there already"), "{said}");
    stack.follow("cargo run -p iom -- import slots slots.csv --table InventoryTable", &[], &[]);
    stack.reached("it is loaded");

    let mut ira = people::consumer(&stack).await;
    stack.reached("a consumer has ordered");
    provisioning::carried_out(&stack, &system, &mut ira.browser, &ira.order).await;
    stack.reached("the order is carried out");
    let id = ira.order.trim_start_matches("/orders/");
    mail::redriven(&stack, id).await;
    stack.reached("the customer is told, by a dead letter that was redriven");
    if has_staff {
        people::representative(&stack, ACCOUNT).await;
        mail::told(&stack, CONTACT, "We have your Meridian order").await;
        stack.reached("a representative has ordered");
        deal::negotiated(&stack, ACCOUNT, CONTACT).await;
        stack.reached("an agreement is in force and ordered under");
        operating::changes_redriven(&stack);
        stack.reached("changes are redriven from their streams");
    }
    operating::looked_at(&stack, id);
    operating::data_given_out(&stack, &ira.customer);
    stack.reached("what is kept of the consumer is given out");

    let refusals = stack.refusals();
    assert!(refusals.contains("refused"), "{refusals}");
    stack.reached("roles are tried");
    stack.delete();
    stack.has_followed_all();
    stack.reached("it is deleted");
}
