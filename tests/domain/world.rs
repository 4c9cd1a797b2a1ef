//! Where the walks take place: the repository's catalogue, one of its areas, a customer, a day on which everything is sold.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use order_manager::access::ActedBy;
use order_manager::address::GeographicAddress;
use order_manager::catalogue::{Area, Catalogue};
use order_manager::id::{OrderItemId, PersonId};
use order_manager::order::{BillTo, Billing, Draft, OrderedFor, Priced, ProductOrder, Selling, ServicePlace};
use order_manager::party::{BillDelivery, BillingAccount, Contact, CustomerKind};
use order_manager::pricing::{OrderPrice, price};
use order_manager::source::{self, SourceFile};

/// The repository's own catalogue.
pub(crate) static REPOSITORY: LazyLock<Catalogue> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../order-manager/catalogue");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let file = |path: &PathBuf| SourceFile { name: path.display().to_string(), text: fs::read_to_string(path).expect("a text") };
    read(&paths.iter().map(file).collect::<Vec<_>>())
});

/// A catalogue from its files.
pub(crate) fn read(files: &[SourceFile]) -> Catalogue {
    source::read(files).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    })
}

/// A text as whatever it is the text of.
pub(crate) fn is<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} does not read"))
}

pub(crate) fn item_id(number: usize) -> OrderItemId {
    is(&format!("019d0000-0000-7000-8000-{number:012x}"))
}

pub(crate) fn person() -> PersonId {
    is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2b")
}

/// A morning on which everything in a catalogue is on sale and its terms of service are in force.
pub(crate) fn opening(catalogue: &Catalogue) -> Timestamp {
    let sold = catalogue.offerings.iter().map(|offering| offering.sold_from);
    let last = sold.chain(catalogue.terms_of_service.iter().map(|terms| terms.from)).max().expect("something is sold");
    at(last.saturating_add(7.days()), 15)
}

/// An hour of a day, by the clock of Greenwich.
pub(crate) fn at(day: Date, hour: i8) -> Timestamp {
    day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp()
}

/// The first address of an area's first street.
pub(crate) fn address_in(catalogue: &Catalogue, area: &Area) -> GeographicAddress {
    let zip = *area.zips.first().expect("a ZIP code");
    let street = catalogue.streets.iter().find(|street| street.zip == zip);
    let street = street.map_or_else(|| "1 Main Street".into(), |street| format!("{} {}", street.numbers.0, street.name).into());
    GeographicAddress { street, unit: None, city: area.city.clone(), state: area.state, zip }
}

pub(crate) fn contact() -> Contact {
    Contact { name: "Zoë O’Neil".into(), phone: is("404 555 0123"), email: Some(is("zoe@example.com")) }
}

/// A draft without anything in it, at an address.
pub(crate) fn draft_at(address: GeographicAddress, kind: CustomerKind, catalogue: &Catalogue, now: Timestamp) -> Draft {
    let ordered_for = OrderedFor {
        id: is("019b0000-0000-7000-8000-0000000000c1"),
        kind,
        name: "Zoë O’Neil".into(),
        account_number: "A-1001".into(),
        contact: contact(),
        billing_accounts: vec![BillingAccount {
            id: is("019f0000-0000-7000-8000-000000000001"),
            name: "Z. O’Neil".into(),
            address: address.clone(),
            delivery: BillDelivery::Email,
        }],
        partner: None,
    };
    let mut draft = Draft {
        id: is("019c0000-0000-7000-8000-000000000001"),
        ordered_for,
        place: ServicePlace { site: is("019a0000-0000-7000-8000-000000000001"), address },
        in_service: vec![],
        started_by: ActedBy::Customer(person()),
        started: now,
        changed: now,
        priced: Priced { catalogue: catalogue.version.clone(), price: no_price(catalogue) },
        price_change: None,
        project: None,
        items: vec![],
        authorisations: BTreeMap::new(),
        installation: None,
        billing: None,
        holds: vec![],
        selling: Selling::default(),
        agreement: None,
    };
    draft.priced.price = price(&draft, catalogue).expect("a price");
    draft
}

fn no_price(catalogue: &Catalogue) -> OrderPrice {
    OrderPrice { currency: catalogue.currency(), lines: vec![], horizon_months: 12, open: vec![], under: None }
}

/// The account there is pays.
pub(crate) fn billing() -> Billing {
    Billing {
        to: BillTo::Existing(is("019f0000-0000-7000-8000-000000000001")),
        delivery: BillDelivery::Email,
        purchase_order: None,
        tax_exemption: None,
    }
}

/// The draft that an order still is.
pub(crate) fn draft_of(order: &ProductOrder) -> Option<&Draft> {
    match order {
        ProductOrder::Draft(draft) => Some(draft),
        _ => None,
    }
}
