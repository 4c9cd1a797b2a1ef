//! What a request needs, in one call.

use order_manager::agreement::{Agreement, Stage};
use order_manager::id::{AgreementId, OrderId};

use super::batch::{Reading, get};
use super::key::Key;
use super::order::stored;
use super::record::agreement::KeptVersionRow;
use super::record::read;
use super::record::session::{SessionRecord, VisitorRecord};
use super::{CatalogueHead, Session, SessionId, Store, StoreError, StoredOrder, Versioned, Visitor, agreement as agreements};

/// What a request needs beside the catalogue's head, which is always read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The session of this cookie.
    pub session: Option<&'a SessionId>,
    /// The visitor of this cookie.
    pub visitor: Option<&'a SessionId>,
    /// The order of this id.
    pub order: Option<OrderId>,
    /// The agreement of this id.
    pub agreement: Option<AgreementId>,
    /// A version of that agreement which is not at hand in it any more.
    pub agreement_version: Option<u32>,
}

/// What was found of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The session, be it over or not.
    pub session: Option<Session>,
    /// The visitor, be it late or not.
    pub visitor: Option<Visitor>,
    /// The order, whoever's it is.
    pub order: Option<StoredOrder>,
    /// The agreement, whoever's it is.
    pub agreement: Option<Versioned<Agreement>>,
    /// The version of it that was asked for beside those at hand.
    pub agreement_version: Option<Stage>,
    /// Which catalogue counts; by default the one that was built in, while none is published.
    pub catalogue_head: CatalogueHead,
}

impl Store {
    /// Reads what a request needs, as it was last written: one BatchGetItem. Nothing in it is authorised yet, and nobody
    /// has looked whether the session is over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn load(&self, wanted: &Wanted<'_>) -> Result<Loaded, StoreError> {
        let head = Key::catalogue_head();
        let session = wanted.session.map(Key::session);
        let visitor = wanted.visitor.map(Key::visitor);
        let order = wanted.order.map(Key::order);
        let mut keys = vec![(self.tables.catalogue.as_str(), head.clone())];
        keys.extend(session.clone().map(|key| (self.tables.sessions.as_str(), key)));
        keys.extend(visitor.clone().map(|key| (self.tables.sessions.as_str(), key)));
        keys.extend(order.clone().map(|key| (self.tables.orders.as_str(), key)));
        let agreement = wanted.agreement.map(Key::agreement);
        let kept = wanted.agreement.zip(wanted.agreement_version).map(|(id, number)| Key::agreement_version(id, number));
        let of_agreement = agreement.iter().chain(&kept).cloned();
        keys.extend(of_agreement.map(|key| (self.tables.agreements.as_str(), key)));
        let mut loaded = Loaded::default();
        for row in get(&self.client, &keys, Reading::Consistent).await? {
            let key = Some(Key::of(&row));
            if key == session {
                loaded.session = Some(read::<SessionRecord>(row)?.into());
            } else if key == visitor {
                loaded.visitor = Some(read::<VisitorRecord>(row)?.into());
            } else if key == order {
                loaded.order = Some(stored(row)?);
            } else if key == agreement {
                loaded.agreement = Some(agreements::versioned(row)?);
            } else if key == kept {
                loaded.agreement_version = Some(read::<KeptVersionRow>(row)?.stage.into());
            } else if key.as_ref() == Some(&head) {
                loaded.catalogue_head = CatalogueHead::read(row)?;
            }
        }
        Ok(loaded)
    }

    /// Several orders, in no order; one that is not there is passed over. One BatchGetItem for up to a hundred.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Corrupt`].
    pub async fn orders(&self, ids: &[OrderId]) -> Result<Vec<StoredOrder>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| (self.tables.orders.as_str(), Key::order(*id))).collect();
        get(&self.client, &keys, Reading::Consistent).await?.into_iter().map(stored).collect()
    }
}
