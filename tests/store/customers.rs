//! Customers and who may act for them.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::date;
use order_manager::account::{AccountTerms, Care, DataUse};
use order_manager::order::ProductOrder;
use order_manager::party::Customer;
use order_manager::search::Sought;
use platform::store::{FoundCustomer, Store};

use crate::bench::Bench;
use crate::orders::create;
use crate::samples::{customer, customer_id, is, later, order_id, person, plain_draft};

pub(crate) async fn a_customer_comes_back_as_they_were_stored(Bench { store, .. }: Bench) {
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    let file = store.customer(customer_id()).await.expect("a read").expect("a customer");
    assert_eq!((file.customer, file.drafts, file.just_placed), (customer(), vec![], vec![]));
    let bare = Customer {
        sites: vec![],
        products: vec![],
        billing_accounts: vec![],
        id: is("019b0000-0000-7000-8000-0000000000c2"),
        ..customer()
    };
    store.put_customer(&bare, &[]).await.expect("a customer");
    let file = store.customer(bare.id).await.expect("a read").expect("a customer");
    assert_eq!(file.customer, bare);
}

pub(crate) async fn a_customer_that_is_not_there_is_not_found(Bench { store, .. }: Bench) {
    assert_eq!(store.customer(customer_id()).await, Ok(None));
}

pub(crate) async fn a_person_finds_the_customers_they_may_act_for(Bench { store, .. }: Bench) {
    let stranger = is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2c");
    let other = Customer { id: is("019b0000-0000-7000-8000-0000000000c2"), ..customer() };
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    store.put_customer(&other, &[person(), stranger]).await.expect("a customer");
    let of = async |person| store.customers_of(person).await.expect("a list").into_iter().collect::<BTreeSet<_>>();
    assert_eq!(of(person()).await, BTreeSet::from([customer_id(), other.id]));
    assert_eq!(of(stranger).await, BTreeSet::from([other.id]));
    assert_eq!(of(is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2d")).await, BTreeSet::new());
}

pub(crate) async fn what_others_write_in_a_customers_partition_is_passed_over(bench: Bench) {
    bench.store.put_customer(&customer(), &[]).await.expect("a customer");
    let row = HashMap::from([
        ("pk".to_owned(), AttributeValue::S(customer_id().to_string())),
        ("sk".to_owned(), AttributeValue::S("contact#1".to_owned())),
    ]);
    bench.raw.put_item().table_name(bench.table("customers")).set_item(Some(row)).send().await.expect("a row");
    let file = bench.store.customer(customer_id()).await.expect("a read").expect("a customer");
    assert_eq!(file.customer, customer());
}

async fn found(store: &Store, typed: &str) -> Vec<FoundCustomer> {
    store.find_customers(&Sought::read(typed).expect(typed)).await.expect("a search").customers
}

pub(crate) async fn a_customer_is_found_by_what_was_stored_and_only_then(Bench { store, .. }: Bench) {
    let other = Customer {
        id: is("019b0000-0000-7000-8000-0000000000c2"),
        name: "Zora Neale".into(),
        account_number: "9999-0000-11".into(),
        ..customer()
    };
    let typed = customer().account_number.to_string();
    assert_eq!(found(&store, &typed).await, []);
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    store.put_customer(&other, &[]).await.expect("a customer");
    let expected = FoundCustomer {
        id: customer_id(),
        name: customer().name,
        account_number: customer().account_number,
        city: Some(customer().sites[0].address.city.clone()),
    };
    assert_eq!(found(&store, &typed).await, [expected]);
    assert_eq!(found(&store, "9999-0000-11").await.len(), 1);
    let phone = customer().contact.phone.to_string();
    let both: BTreeSet<_> = found(&store, &phone).await.into_iter().map(|customer| customer.id).collect();
    assert_eq!(both, BTreeSet::from([customer_id(), other.id]), "both have it");
    let by_name: Vec<_> = found(&store, "zora").await.into_iter().map(|customer| customer.name.to_string()).collect();
    assert_eq!(by_name, ["Zora Neale"]);
    assert_eq!(found(&store, "zorro").await, [], "begins alike, and is another");
}

pub(crate) async fn an_orders_customer_is_found_by_its_reference_until_it_is_discarded(Bench { store, .. }: Bench) {
    let reference = order_id(1).reference();
    assert_eq!(found(&store, &reference).await, []);
    let order = create(&store, ProductOrder::Draft(plain_draft(1))).await;
    let ids: Vec<_> = found(&store, &reference).await.into_iter().map(|customer| customer.id).collect();
    assert_eq!(ids, [customer_id()]);
    store.discard_order(&order, None).await.expect("discarded");
    assert_eq!(found(&store, &reference).await, []);
}

pub(crate) async fn the_terms_of_an_account_come_back_and_are_those_of_every_account_by_default(Bench { store, .. }: Bench) {
    let terms = async || store.customer(customer_id()).await.expect("a read").expect("a customer").terms;
    store.put_customer(&customer(), &[]).await.expect("a customer");
    assert_eq!(terms().await, AccountTerms::default());
    let other = AccountTerms { contact_since: date(2026, 11, 1), care: Care::DedicatedContact, data_use: DataUse::OptedOut };
    store.put_account(&customer(), other, &[]).await.expect("a customer");
    assert_eq!(terms().await, other);
}

pub(crate) async fn the_last_ten_customers_of_a_member_of_staff_are_remembered_once_each(Bench { store, .. }: Bench) {
    let customer = |number: u32| FoundCustomer {
        id: is(&format!("019b0000-0000-7000-8000-0000000000{number:02}")),
        name: format!("Customer {number}").into(),
        account_number: number.to_string().into(),
        city: None,
    };
    for (minute, number) in (0..).zip([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5]) {
        store.remember_customer(person(), customer(number), later(minute)).await.expect("remembered");
    }
    let recent = store.recent_customers(person()).await.expect("a list");
    let names: Vec<_> = recent.iter().map(|recent| recent.customer.account_number.to_string()).collect();
    assert_eq!(names, ["5", "12", "11", "10", "9", "8", "7", "6", "4", "3"]);
    assert_eq!(recent[0].at, later(12));
    let stranger = is("5f1d0c3a-7e0b-4a55-9d5e-2b7c8e0f1a2c");
    assert_eq!(store.recent_customers(stranger).await, Ok(vec![]));
}
