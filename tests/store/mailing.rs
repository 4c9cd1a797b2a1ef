//! How customers are written to: what they chose, the keys of their links, and what they were told.

use futures_util::future::join_all;
use order_manager::mailing::{MailChoice, MailLanguage, Topic};
use platform::stop_mail::MailKey;
use platform::store::Mailing;

use crate::bench::Bench;
use crate::samples::{customer, customer_id, is, now, order_id, person};

/// A choice that is not what everybody has at first.
pub(crate) fn choice() -> MailChoice {
    MailChoice { language: MailLanguage::Spanish, without: [Topic::Outlook].into() }
}

/// A key that is the same every time.
pub(crate) fn key() -> MailKey {
    MailKey::of_text("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE")
}

/// Stores both.
pub(crate) async fn stored(Bench { store, .. }: &Bench) {
    store.choose_mail(customer_id(), &choice()).await.expect("a choice");
    store.begin_mail_key(customer_id(), key()).await.expect("a key");
}

pub(crate) async fn what_a_customer_chose_counts_for_them_alone_and_the_last_choice_counts(bench: Bench) {
    let store = &bench.store;
    assert_eq!(store.mailing(customer_id()).await, Ok(Mailing::default()), "everything, in English");
    stored(&bench).await;
    for without in [vec![], vec![Topic::Progress], Topic::ALL.to_vec()] {
        for language in MailLanguage::ALL {
            let choice = MailChoice { language, without: without.iter().copied().collect() };
            store.choose_mail(customer_id(), &choice).await.expect("a choice");
            assert_eq!(store.mailing(customer_id()).await, Ok(Mailing { choice, key: Some(key()) }));
        }
    }
    let other = is("019b0000-0000-7000-8000-0000000000c2");
    assert_eq!(store.mailing(other).await, Ok(Mailing::default()));
    store.put_customer(&customer(), &[person()]).await.expect("a customer");
    let file = store.customer(customer_id()).await.expect("a read").expect("the customer");
    assert_eq!(file.customer, customer(), "it stands with the customer and changes nothing of it");
    assert_eq!(store.mailing(customer_id()).await.map(|mailing| mailing.key), Ok(Some(key())));
}

pub(crate) async fn of_many_keys_that_are_given_to_a_customer_at_once_one_counts_for_all(Bench { store, .. }: Bench) {
    let keys = (0..8).map(|_| MailKey::mint().expect("a key"));
    let given = join_all(keys.map(|key| store.begin_mail_key(customer_id(), key))).await;
    let given: Vec<_> = given.into_iter().map(|key| key.expect("a key")).collect();
    let counts = store.mailing(customer_id()).await.expect("a read").key.expect("a key");
    assert!(given.iter().all(|key| *key == counts));
}

pub(crate) async fn each_thing_is_marked_as_told_once_and_is_open_again_when_it_could_not_be(Bench { store, .. }: Bench) {
    let begun = join_all((0..8).map(|_| store.begin_telling(order_id(1), "order-day#x#y", now()))).await;
    assert_eq!(begun.into_iter().filter(|first| *first == Ok(true)).count(), 1);
    assert_eq!(store.begin_telling(order_id(2), "order-day#x#y", now()).await, Ok(true), "another order");
    assert_eq!(store.begin_telling(order_id(1), "order-day#x#z", now()).await, Ok(true), "something else");
    let told = ["order-day#x#y", "order-day#x#z"].map(str::to_owned);
    assert_eq!(store.already_told(order_id(1)).await, Ok(told.into()), "by the names that it goes by");
    assert_eq!(store.already_told(order_id(3)).await, Ok([].into()), "nothing was told of it");
    store.forget_telling(order_id(1), "order-day#x#y").await.expect("a removal");
    assert_eq!(store.begin_telling(order_id(1), "order-day#x#y", now()).await, Ok(true));
    assert_eq!(store.begin_telling(order_id(1), "order-day#x#z", now()).await, Ok(false));
}
