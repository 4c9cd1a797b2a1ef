//! Files that people send: kept in S3 under names of our own, by the function's role.
//!
//! A file first waits under `unplaced/`, where it is swept away after some days, and is kept under its own key once an order that
//! holds it is saved. So a form that was never finished leaves nothing behind.

mod s3;

use std::sync::Arc;

use http::Method;
use jiff::Timestamp;
use multer::bytes::Bytes;
use order_manager::id::{CharacteristicId, OrderItemId};
use order_manager::order::{Content, ProductOrder};
use order_manager::value::{Answers, FileReference, Value};

use self::s3::Bucket;
use crate::config::Config;

/// Where files are kept, as their keys say.
const KEPT: &str = "orders/";
/// Where they wait.
const WAITING: &str = "unplaced/";

/// The store of files. Nothing is connected until the first is sent.
#[derive(Clone, Debug)]
pub struct Files(Arc<Bucket>);

/// Why a file could not be had or taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesError {
    /// It is not there, or not any more.
    Missing,
    /// The store cannot be asked, or refuses.
    Unavailable(String),
}

impl Files {
    /// By a function's configuration.
    #[must_use]
    pub fn new(config: Arc<Config>) -> Self {
        Self(Arc::new(Bucket::new(config)))
    }

    /// Takes a file in: it waits to be kept.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`].
    pub async fn put(&self, file: &FileReference, bytes: Bytes, now: Timestamp) -> Result<(), FilesError> {
        // Whoever opens it from the store itself gets it as it is given back here: as a file to keep, never as a page.
        let headers = [("content-type", &*file.media), ("content-disposition", "attachment")];
        self.0.call(Method::PUT, &waiting(file), &headers, bytes, now).await.map(drop)
    }

    /// Keeps a file that waits.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when it does not, or not any more.
    pub async fn keep(&self, file: &FileReference, now: Timestamp) -> Result<(), FilesError> {
        let source = format!("/{}/{}", self.0.name()?, waiting(file));
        // There are no tags. To copy them, the role would need the right to read them all the same.
        let headers = [("x-amz-copy-source", &*source), ("x-amz-tagging-directive", "REPLACE")];
        let copied = self.0.call(Method::PUT, &file.key, &headers, Bytes::new(), now).await?;
        // A copy that fails once it has begun is answered with 200 all the same.
        match s3::code(&copied) {
            None => Ok(()),
            Some(code) => Err(FilesError::Unavailable(code.to_owned())),
        }
    }

    /// A file that is kept.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn get(&self, file: &FileReference, now: Timestamp) -> Result<Bytes, FilesError> {
        self.0.call(Method::GET, &file.key, &[], Bytes::new(), now).await
    }

    /// Lets a file go.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`].
    pub async fn remove(&self, file: &FileReference, now: Timestamp) -> Result<(), FilesError> {
        match self.0.call(Method::DELETE, &file.key, &[], Bytes::new(), now).await {
            Ok(_) | Err(FilesError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Lets the files go that only the order before held, not the one after. What cannot be let go stays, and the log says so: an
    /// order does not wait for it.
    pub async fn let_go(&self, before: &ProductOrder, after: Option<&ProductOrder>, now: Timestamp) {
        let still: Vec<_> = after.into_iter().flat_map(held).map(|(_, _, file)| &file.key).collect();
        for (_, _, file) in held(before).filter(|(_, _, file)| !still.contains(&&file.key)) {
            if let Err(error) = self.remove(file, now).await {
                tracing::warn!(?error, key = %file.key, "a file was not let go");
            }
        }
    }
}

/// Where a file waits.
fn waiting(file: &FileReference) -> String {
    format!("{WAITING}{}", file.key.strip_prefix(KEPT).unwrap_or(&file.key))
}

/// The files an order holds of its own, with the item and the question they answer. Those of the order that brought in the service
/// which this one changes are that order's.
pub(crate) fn held(order: &ProductOrder) -> impl Iterator<Item = (OrderItemId, &CharacteristicId, &FileReference)> {
    let own = order.id();
    let items: Vec<(OrderItemId, &Answers)> = match order.content() {
        Content::Draft(draft) => draft.items.iter().map(|item| (item.id, &item.answers)).collect(),
        Content::Placed(placed) => placed.items.iter().map(|item| (item.id, &item.answers)).collect(),
    };
    items.into_iter().flat_map(|(item, answers)| answers.iter().map(move |(question, value)| (item, question, value))).filter_map(
        move |(item, question, value)| match value {
            Value::File(file) if file.sent_for().is_some_and(|(order, _)| order == own) => Some((item, question, file)),
            _ => None,
        },
    )
}
