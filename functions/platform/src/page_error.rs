//! Why a request is not answered with the page it asked for. The one place where that becomes a status and a page.

use http::StatusCode;
use order_manager::access::Denied;
use templates::path::Path;

use crate::files::FilesError;
use crate::mail::MailError;
use crate::store::StoreError;

/// Why not.
#[derive(Debug)]
pub enum PageError {
    /// There is no such page, or not for this person.
    NotFound,
    /// Elsewhere.
    SeeOther(Path),
    /// Sign in first, then come back.
    SignIn {
        /// Where to.
        return_to: Option<Path>,
        /// Whether there was a session.
        ended: bool,
    },
    /// The form did not come from a page of ours.
    Forbidden,
    /// Only the customer can do it.
    CustomersOwn,
    /// It cannot be read.
    Malformed,
    /// It is too large.
    TooLarge,
    /// It is no form.
    NotAForm,
    /// It has fields that no page of ours sends.
    Unprocessable,
    /// It was changed meanwhile.
    Conflict,
    /// The store failed.
    Store(StoreError),
    /// The identity provider failed.
    Identity(String),
    /// The store of files failed.
    Files(String),
    /// A message that had to be sent was not.
    Mail(MailError),
    /// Something that cannot be, is.
    Broken(&'static str),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::TooLarge => Self::TooLarge,
            other => Self::Store(other),
        }
    }
}

impl From<Denied> for PageError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotThere => Self::NotFound,
            Denied::CustomersOwn => Self::CustomersOwn,
        }
    }
}

impl From<FilesError> for PageError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Missing => Self::NotFound,
            FilesError::Unavailable(reason) => Self::Files(reason),
        }
    }
}

impl From<MailError> for PageError {
    fn from(error: MailError) -> Self {
        Self::Mail(error)
    }
}

impl PageError {
    /// The status, and the kind of page, of an error that has a page; `None` for those that lead elsewhere or to our 404.
    #[must_use]
    pub fn kind(&self) -> Option<(StatusCode, templates::pages::problem::Kind)> {
        use templates::pages::problem::Kind;
        Some(match self {
            Self::NotFound | Self::SeeOther(_) | Self::SignIn { .. } => return None,
            Self::Forbidden => (StatusCode::FORBIDDEN, Kind::Forbidden),
            Self::CustomersOwn => (StatusCode::FORBIDDEN, Kind::CustomersOwn),
            Self::Malformed => (StatusCode::BAD_REQUEST, Kind::Malformed),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Kind::TooLarge),
            Self::NotAForm => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Kind::NotAForm),
            Self::Unprocessable => (StatusCode::UNPROCESSABLE_ENTITY, Kind::Unprocessable),
            Self::Conflict | Self::Store(StoreError::Conflict | StoreError::Taken(_) | StoreError::RatesChanged) => {
                (StatusCode::CONFLICT, Kind::Conflict)
            }
            Self::Store(StoreError::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, Kind::TooLarge),
            Self::Store(StoreError::Unavailable(_)) | Self::Identity(_) | Self::Files(_) | Self::Mail(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, Kind::Unavailable)
            }
            Self::Store(StoreError::Corrupt(_)) | Self::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, Kind::Broken),
        })
    }
}
