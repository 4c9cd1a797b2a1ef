//! What is in `infra/` is what runs: built and deployed by SAM into an emulator that enforces roles, loaded by the operator's tool,
//! ordered from through its API by a consumer, and a representative, carried out, and deleted.

mod people;
mod provisioning;
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
    let system = System::started();
    let parameters = [("ProvisioningUrl", &*system.address()), ("ProvisioningKey", provisioning::KEY)];
    let Some(mut stack) = Stack::deployed(&parameters) else { return };
    let has_staff = stack.take_staff();

    let (numbers, slots) = inventory();
    let said = stack.iom(&["import", "numbers", &stack.file("numbers.csv", &numbers)], "InventoryTable");
    assert!(said.contains(" added, 0 there already"), "{said}");
    stack.iom(&["import", "slots", &stack.file("slots.csv", &slots)], "InventoryTable");
    let customers = stack.file("customers.csv", CUSTOMERS);
    assert_eq!(stack.iom(&["import", "customers", &customers], "CustomersTable"), "customers: 1 added, 0 there already\n");
    let published = stack.iom(&["catalogue", "publish"], "CatalogueTable");
    assert!(published.contains("offerings"), "{published}");

    let (mut ira, order) = people::consumer(&stack).await;
    provisioning::carried_out(&stack, &system, &mut ira, &order).await;
    if has_staff {
        people::representative(&stack, ACCOUNT).await;
    }

    let refusals = stack.refusals();
    assert!(refusals.contains("refused"), "{refusals}");
    stack.delete();
}
