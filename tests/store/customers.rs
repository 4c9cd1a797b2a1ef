//! Customers and who may act for them.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use order_manager::party::Customer;

use crate::bench::Bench;
use crate::samples::{customer, customer_id, is, person};

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
