//! Partners' systems: what they sent, the orders of their customers, cancellations they asked for, and where they listen.

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use order_manager::audit::{End, Event};
use order_manager::id::{CustomerId, OrderId, OrderItemId, PartnerId};
use order_manager::order::{OrderState, ProductOrder};
use uuid::Uuid;

use super::batch::{Reading, get, unbuildable};
use super::key::{CANCELLATION, Key, LISTENER, cancellations_of};
use super::order::stored;
use super::record::as_text::AsText;
use super::record::partner::{CancellationRecord, IndexRecord, ItemNameRecord, ListedRecord, ListenerRecord, RequestRecord};
use super::record::summary::StateName;
use super::record::{Row, read, write};
use super::transaction::{About, Action, Refused, run};
use super::{Store, StoreError, StoredOrder, Versioned};

/// The most listeners of a partner.
pub const MOST_LISTENERS: usize = 20;

/// What a partner's system sent of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerRequest {
    /// The order's id, also where no order came of it.
    pub order: OrderId,
    /// Whose system.
    pub partner: PartnerId,
    /// For which of the partner's customers.
    pub customer: CustomerId,
    /// When.
    pub received: Timestamp,
    /// What, as JSON: only what is the partner's to say.
    pub document: Box<str>,
    /// What the partner calls the order's items.
    pub items: Vec<(Box<str>, OrderItemId)>,
    /// Why no order came of it, where none did.
    pub rejected: Option<Box<str>>,
    /// The order that was given this one's name later: nothing was sent under it, and nothing can be any more.
    pub names: Option<OrderId>,
}

/// An order as a partner's system sees it: what it sent, what came of it, or both. What was ordered on the site has no request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerView {
    /// The order.
    pub order: Option<StoredOrder>,
    /// What was sent.
    pub request: Option<Versioned<PartnerRequest>>,
}

/// An order in a partner's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartnerEntry {
    /// Which.
    pub order: OrderId,
    /// When it was ordered.
    pub ordered: Timestamp,
    /// Its state.
    pub state: OrderState,
}

/// When orders of a list were ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Not before.
    pub first: Timestamp,
    /// Not after.
    pub last: Timestamp,
}

/// A cancellation that a partner's system asked for. The first of an order is number 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelRequest {
    /// Of which order.
    pub order: OrderId,
    /// Which of the order's.
    pub number: u32,
    /// Whose system.
    pub partner: PartnerId,
    /// Why, in the partner's words.
    pub reason: Option<Box<str>>,
    /// For when.
    pub wanted: Option<Timestamp>,
    /// When it was asked for.
    pub asked: Timestamp,
}

/// Where a partner's system wants to hear of what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Which.
    pub id: Uuid,
    /// Its address.
    pub callback: Box<str>,
    /// Of which events, as the partner said it; of all where nothing is said.
    pub query: Option<Box<str>>,
    /// Since when.
    pub registered: Timestamp,
}

/// What came of storing what a partner sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartnerCreation {
    /// It is new.
    Created,
    /// There is something of this id already.
    Existed(Box<PartnerView>),
}

impl Store {
    /// Stores what a partner sent, with the order that came of it where one did, and puts it on record: all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::Taken`], [`StoreError::TooLarge`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn create_partner_order(
        &self,
        request: &PartnerRequest,
        order: Option<&ProductOrder>,
        event: &Event,
        now: Timestamp,
    ) -> Result<PartnerCreation, StoreError> {
        let events = [event];
        let created = self.on_record(request.order, End::START, &events, |entries| async move {
            let mut actions = match order {
                Some(order) => self.creating(order, &entries, now)?,
                None => entries.iter().map(|entry| self.recorded(entry)).collect::<Result<_, _>>()?,
            };
            actions.push(self.put_request(request, 1, "attribute_not_exists(pk)", None)?);
            run(&self.client, actions).await
        });
        match created.await {
            Ok(()) => Ok(PartnerCreation::Created),
            Err(Refused::Order(_) | Refused::Store(StoreError::Conflict)) => {
                Ok(PartnerCreation::Existed(Box::new(self.partner_view(request.order).await?)))
            }
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// Writes down what else a partner says of an order, unless somebody has since it was read, and puts it on record: all or nothing.
    /// `None` was read where there was nothing; the order's trail ended there.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn save_partner_requests(
        &self,
        order: OrderId,
        requests: &[(Option<u64>, &PartnerRequest)],
        (trail, event): (End, &Event),
    ) -> Result<(), StoreError> {
        let events = [event];
        let saved = self.on_record(order, trail, &events, |entries| async move {
            let entries = entries.iter().map(|entry| self.recorded(entry));
            let requests = requests.iter().map(|(before, request)| self.put_request_over(*before, request));
            let actions = requests.chain(entries).collect::<Result<_, _>>()?;
            run(&self.client, actions).await
        });
        match saved.await {
            Ok(()) => Ok(()),
            Err(Refused::Order(_)) => Err(StoreError::Conflict),
            Err(Refused::Store(error)) => Err(error),
        }
    }

    /// Saves an order that a partner changed, with what the partner says of it now where that changes as well, and puts each change on
    /// record: all of it or nothing.
    ///
    /// # Errors
    /// As [`Store::save_order`].
    pub async fn change_partner_order(
        &self,
        before: &StoredOrder,
        after: &ProductOrder,
        requests: &[(Option<u64>, &PartnerRequest)],
        (events, now): (&[Event], Timestamp),
    ) -> Result<(), StoreError> {
        let events: Vec<_> = events.iter().collect();
        let requests = requests.iter().map(|(before, request)| self.put_request_over(*before, request));
        let requests: Vec<_> = requests.collect::<Result<_, _>>()?;
        self.save_order_with(before, after, &requests, &events, now).await.map(|_| ())
    }

    /// Removes what a partner sent and no order came of.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has changed since; [`StoreError::Unavailable`].
    pub async fn delete_partner_request(&self, request: &Versioned<PartnerRequest>) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.tables.orders);
        let delete = delete.set_key(Some(Key::partner_request(request.value.order).into_attributes()));
        let delete = delete.condition_expression("#version = :version").expression_attribute_names("#version", "version");
        let version = AttributeValue::N(request.version.to_string());
        match delete.expression_attribute_values(":version", version).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => {
                Err(StoreError::Conflict)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// An order as partners see it, whoever's it is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn partner_view(&self, id: OrderId) -> Result<PartnerView, StoreError> {
        Ok(self.partner_views(&[id]).await?.into_iter().next().map(|(_, view)| view).unwrap_or_default())
    }

    /// Several, in the order asked for.
    ///
    /// # Errors
    /// As [`Store::partner_view`].
    pub async fn partner_views(&self, ids: &[OrderId]) -> Result<Vec<(OrderId, PartnerView)>, StoreError> {
        let table = self.tables.orders.as_str();
        let keys: Vec<_> = ids.iter().flat_map(|id| [(table, Key::order(*id)), (table, Key::partner_request(*id))]).collect();
        let mut views: Vec<_> = ids.iter().map(|id| (*id, PartnerView::default())).collect();
        for row in get(&self.client, &keys, Reading::Consistent).await? {
            let key = Key::of(&row);
            let Some((id, view)) = views.iter_mut().find(|(id, _)| id.to_string() == key.pk) else { continue };
            if key == Key::order(*id) {
                view.order = Some(stored(row)?);
            } else {
                view.request = Some(request_of(*id, row)?);
            }
        }
        Ok(views)
    }

    /// A partner's orders, the newest first: those that are wanted, up to so many. By an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn orders_of_partner(
        &self,
        partner: &PartnerId,
        between: Between,
        most: usize,
        wanted: impl Fn(&PartnerEntry) -> bool,
    ) -> Result<Vec<PartnerEntry>, StoreError> {
        let mut found = vec![];
        // A range that ends before it begins holds nothing, and is none to the database.
        if between.first > between.last {
            return Ok(found);
        }
        let mut rows = self.partner_index(partner.to_string(), between);
        while let Some(row) = rows.try_next().await? {
            let key = Key::of(&row);
            let order = key.pk.parse().map_err(|_| StoreError::Corrupt(format!("{key} is no order's")))?;
            let IndexRecord { ordered, state } = read(row)?;
            let entry = PartnerEntry { order, ordered, state: state.0.0 };
            if wanted(&entry) {
                found.push(entry);
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    /// The cancellations that a partner asked for, the newest first, up to so many. By an index, which may be a moment late.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn cancellations_of_partner(&self, partner: &PartnerId, most: usize) -> Result<Vec<(OrderId, u32)>, StoreError> {
        let between = Between { first: Timestamp::MIN, last: Timestamp::MAX };
        let mut rows = self.partner_index(cancellations_of(partner), between);
        let mut found = vec![];
        while let Some(row) = rows.try_next().await? {
            let key = Key::of(&row);
            found.push(key.cancellation().ok_or_else(|| StoreError::Corrupt(format!("{key} is no cancellation's")))?);
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    fn partner_index(
        &self,
        partition: String,
        between: Between,
    ) -> std::pin::Pin<Box<dyn futures_util::Stream<Item = Result<Row, StoreError>> + Send>> {
        let time = |time: Timestamp| AttributeValue::S(format!("{time:.9}"));
        let query = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .index_name("by_partner")
            .key_condition_expression("#partner = :partner AND #ordered BETWEEN :first AND :last")
            .expression_attribute_names("#partner", "partner")
            .expression_attribute_names("#ordered", "ordered")
            .expression_attribute_values(":partner", AttributeValue::S(partition))
            .expression_attribute_values(":first", time(between.first))
            .expression_attribute_values(":last", time(between.last))
            .scan_index_forward(false);
        let pages = query.into_paginator().items().send();
        Box::pin(futures_util::stream::unfold(pages, async |mut pages| {
            let row = pages.next().await?;
            Some((row.map_err(StoreError::from), pages))
        }))
    }

    /// Saves an order whose cancellation a partner asked for, with what was asked, and puts it on record: all of it or nothing.
    ///
    /// # Errors
    /// As [`Store::save_order`].
    pub async fn ask_cancellation(
        &self,
        before: &StoredOrder,
        after: &ProductOrder,
        request: &CancelRequest,
        event: &Event,
    ) -> Result<(), StoreError> {
        let CancelRequest { order, number, partner, reason, wanted, asked } = request.clone();
        let listed = ListedRecord {
            partner: cancellations_of(&partner).into(),
            ordered: asked,
            state: AsText(StateName(OrderState::AssessingCancellation)),
        };
        let record = CancellationRecord { by: AsText(partner), reason, wanted, listed };
        let put = Put::builder()
            .table_name(&self.tables.orders)
            .set_item(Some(write(Key::partner_cancellation(order, number), &record)?))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(unbuildable)?;
        let asking = Action { about: About::PartnerRow, write: TransactWriteItem::builder().put(put).build() };
        self.save_order_with(before, after, &[asking], &[event], asked).await.map(|_| ())
    }

    /// The cancellations of an order that partners asked for, the first one first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn cancellations(&self, order: OrderId) -> Result<Vec<CancelRequest>, StoreError> {
        let query = self.client.query().table_name(&self.tables.orders).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :sk)");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(order.to_string()));
        let query = query.expression_attribute_values(":sk", AttributeValue::S(CANCELLATION.to_owned()));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        rows.into_iter().map(cancellation_of).collect()
    }

    /// Where a partner's systems listen.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn listeners(&self, partner: &PartnerId) -> Result<Vec<Listener>, StoreError> {
        let query = self.client.query().table_name(&self.tables.partners).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :sk)");
        let query = query.expression_attribute_values(":pk", AttributeValue::S(partner.to_string()));
        let query = query.expression_attribute_values(":sk", AttributeValue::S(LISTENER.to_owned()));
        let rows = query.into_paginator().items().send().collect::<Result<Vec<Row>, _>>().await?;
        rows.into_iter()
            .map(|row| {
                let key = Key::of(&row);
                let id = key.sk.strip_prefix(LISTENER).and_then(|id| Uuid::try_parse(id).ok());
                let id = id.ok_or_else(|| StoreError::Corrupt(format!("{key} is no listener's")))?;
                let ListenerRecord { callback, query, registered } = read(row)?;
                Ok(Listener { id, callback, query, registered })
            })
            .collect()
    }

    /// Registers a listener.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put_listener(&self, partner: &PartnerId, listener: &Listener) -> Result<(), StoreError> {
        let Listener { id, callback, query, registered } = listener.clone();
        let row = write(Key::listener(partner, id), &ListenerRecord { callback, query, registered })?;
        self.client.put_item().table_name(&self.tables.partners).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Forgets a listener; whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_listener(&self, partner: &PartnerId, id: Uuid) -> Result<bool, StoreError> {
        let delete = self.client.delete_item().table_name(&self.tables.partners);
        let delete = delete.set_key(Some(Key::listener(partner, id).into_attributes()));
        let gone = delete.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld).send().await?;
        Ok(gone.attributes.is_some())
    }

    /// What a partner sent, over what was read of it.
    fn put_request_over(&self, before: Option<u64>, request: &PartnerRequest) -> Result<Action, StoreError> {
        let condition = if before.is_some() { "#version = :version" } else { "attribute_not_exists(pk)" };
        self.put_request(request, before.unwrap_or(0) + 1, condition, before)
    }

    fn put_request(
        &self,
        request: &PartnerRequest,
        version: u64,
        condition: &str,
        before: Option<u64>,
    ) -> Result<Action, StoreError> {
        let put = Put::builder()
            .table_name(&self.tables.orders)
            .set_item(Some(write(Key::partner_request(request.order), &record_of(request, version))?))
            .condition_expression(condition);
        let put = match before {
            Some(before) => put
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":version", AttributeValue::N(before.to_string())),
            None => put,
        };
        let put = put.build().map_err(unbuildable)?;
        Ok(Action { about: About::PartnerRow, write: TransactWriteItem::builder().put(put).build() })
    }
}

fn record_of(request: &PartnerRequest, version: u64) -> RequestRecord {
    let listed = request.rejected.as_ref().map(|_| ListedRecord {
        partner: request.partner.as_str().into(),
        ordered: request.received,
        state: AsText(StateName(OrderState::Rejected)),
    });
    let name = |(name, item): &(Box<str>, OrderItemId)| ItemNameRecord { name: name.clone(), item: AsText(*item) };
    RequestRecord {
        version,
        partner: AsText(request.partner.clone()),
        by: AsText(request.customer),
        received: request.received,
        document: request.document.clone(),
        items: request.items.iter().map(name).collect(),
        rejected: request.rejected.clone(),
        names: request.names.map(AsText),
        listed,
    }
}

pub(super) fn cancellation_of(row: Row) -> Result<CancelRequest, StoreError> {
    let key = Key::of(&row);
    let (order, number) = key.cancellation().ok_or_else(|| StoreError::Corrupt(format!("{key} is no cancellation's")))?;
    let CancellationRecord { by, reason, wanted, listed } = read(row)?;
    Ok(CancelRequest { order, number, partner: by.0, reason, wanted, asked: listed.ordered })
}

pub(super) fn request_of(order: OrderId, row: Row) -> Result<Versioned<PartnerRequest>, StoreError> {
    let RequestRecord { version, partner, by, received, document, items, rejected, names, listed: _ } = read(row)?;
    let items = items.into_iter().map(|ItemNameRecord { name, item }| (name, item.0)).collect();
    let names = names.map(|order| order.0);
    let value = PartnerRequest { order, partner: partner.0, customer: by.0, received, document, items, rejected, names };
    Ok(Versioned { version, value })
}
