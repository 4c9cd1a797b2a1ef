//! What the interfaces for partners' systems say: which names a fault goes by, and what is wrong in words.

use jiff::civil::Date;
use order_manager::catalogue::Catalogue;
use order_manager::decide::Refusal;
use order_manager::entered::{FieldError, Reason};
use order_manager::id::OfferingId;
use order_manager::order::OrderState;
use order_manager::partner::{Hindrance, NoOnePlace};

use crate::messages::{Asks, Words};

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The body is no JSON.
    NotJson,
    /// It is JSON, and no object.
    NotAnObject,
    /// It is larger than so many kilobytes.
    TooLarge(usize),
    /// It is of another media type than these.
    MediaType(&'static str),
    /// Something in it is of another type, or no value that there is.
    WrongType {
        /// Where, as `productOrderItem[0].id`.
        path: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// Something is not there.
    Missing(String),
    /// An action that there is not.
    UnknownAction(String),
    /// A query parameter that is not taken.
    UnknownParameter(String),
    /// A query parameter with a value that means nothing.
    WrongParameter {
        /// Which.
        name: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// No token came.
    NoToken,
    /// One came that is not believed.
    BadToken,
    /// It is not good for this.
    NoScope(&'static str),
    /// Nothing is there, or not for this partner.
    NotFound,
    /// Something is there that does not take this method.
    NoMethod,
    /// The order is for no customer of the partner's.
    NoCustomer,
    /// A file would have to be sent.
    NoFiles(String),
    /// The order is for no one place.
    NoOnePlace(NoOnePlace),
    /// The account that is to pay is none of the customer's.
    NoSuchAccount,
    /// Another order was sent under the same name.
    AlreadyOrdered,
    /// Not in this state.
    NotCancellable(OrderState),
    /// Not this, or not in this state.
    NotChangeable(String, OrderState),
    /// A day that can't be had, and the first and the last that could be.
    NotThatDay {
        /// Where it is asked for.
        path: String,
        /// The first.
        first: Date,
        /// The last.
        last: Date,
    },
    /// No technician is free from that day on.
    NoAppointment(String),
    /// What is ordered has gone so far that this can't be another way any more.
    GoneTooFar(String),
    /// It has another price, and the order's was agreed apart from the catalogue's.
    AgreedOtherwise(String),
    /// Not in this state.
    NotDeletable(OrderState),
    /// Somebody else changed it first.
    Changed,
    /// A listener's address of another form than is taken.
    CallbackNotHttps,
    /// A listener's address that is none of the Internet's.
    CallbackNotPublic,
    /// A listener that asks for events that there are not.
    CallbackQuery,
    /// A partner has as many listeners as it may.
    ManyListeners(usize),
    /// No orders are taken for now; why is said in an operator's words.
    Closed(Box<str>),
    /// Something that we need is not to be had.
    Unavailable,
}

impl Fault {
    /// Its stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson | Self::NotAnObject => "invalidBody",
            Self::TooLarge(_) => "bodyTooLarge",
            Self::MediaType(_) => "unsupportedMediaType",
            Self::WrongType { .. } => "invalidValue",
            Self::Missing(_) => "missingProperty",
            Self::UnknownAction(_) => "unknownAction",
            Self::UnknownParameter(_) => "unknownQueryParameter",
            Self::WrongParameter { .. } => "invalidQueryParameter",
            Self::NoToken => "missingToken",
            Self::BadToken => "invalidToken",
            Self::NoScope(_) => "insufficientScope",
            Self::NotFound => "notFound",
            Self::NoMethod => "methodNotAllowed",
            Self::NoCustomer => "unknownCustomer",
            Self::NoFiles(_) => "fileNotTaken",
            Self::NoOnePlace(_) => "invalidPlace",
            Self::NoSuchAccount => "unknownBillingAccount",
            Self::AlreadyOrdered => "alreadyOrdered",
            Self::NotCancellable(_) => "notCancellable",
            Self::NotChangeable(..) | Self::GoneTooFar(_) | Self::AgreedOtherwise(_) => "notChangeable",
            Self::NotThatDay { .. } => "dayNotAvailable",
            Self::NoAppointment(_) => "noAppointment",
            Self::NotDeletable(_) => "notDeletable",
            Self::Changed => "changedMeanwhile",
            Self::CallbackNotHttps | Self::CallbackNotPublic => "invalidCallback",
            Self::CallbackQuery => "invalidQuery",
            Self::ManyListeners(_) => "tooManyListeners",
            Self::Closed(_) => "placingClosed",
            Self::Unavailable => "unavailable",
        }
    }

    /// What is wrong, and what to do.
    #[must_use]
    pub fn reason(&self, words: &Words) -> String {
        let path = |path: &str| path.to_owned();
        let said = match self {
            Self::NotJson => words.text("api-not-json"),
            Self::NotAnObject => words.text("api-not-an-object"),
            Self::TooLarge(most) => words.with("api-too-large", &[("most", (*most).into())]),
            Self::MediaType(media) => words.with("api-media-type", &[("media", (*media).into())]),
            Self::WrongType { path: at, expected } => {
                words.with("api-wrong-type", &[("path", path(at).into()), ("expected", (*expected).into())])
            }
            Self::Missing(at) => words.with("api-missing", &[("path", path(at).into())]),
            Self::UnknownAction(at) => words.with("api-unknown-action", &[("path", path(at).into())]),
            Self::UnknownParameter(name) => words.with("api-unknown-parameter", &[("name", name.as_str().into())]),
            Self::WrongParameter { name, expected } => {
                words.with("api-wrong-parameter", &[("name", name.as_str().into()), ("expected", (*expected).into())])
            }
            Self::NoToken => words.text("api-no-token"),
            Self::BadToken => words.text("api-bad-token"),
            Self::NoScope(scope) => words.with("api-no-scope", &[("scope", (*scope).into())]),
            Self::NotFound => words.text("api-not-found"),
            Self::NoMethod => words.text("api-no-method"),
            Self::NoCustomer => words.text("api-no-customer"),
            Self::NoOnePlace(NoOnePlace::Unknown) => words.text("api-no-such-place"),
            Self::NoOnePlace(NoOnePlace::NotSaid) => words.text("api-place-not-said"),
            Self::NoOnePlace(NoOnePlace::Several) => words.text("api-several-places"),
            Self::NoSuchAccount => words.text("api-no-such-account"),
            Self::AlreadyOrdered => words.text("api-already-ordered"),
            Self::NotCancellable(state) => words.with("api-not-cancellable", &[("state", state.wire_name().into())]),
            Self::NotChangeable(at, state) => {
                words.with("api-not-changeable", &[("path", path(at).into()), ("state", state.wire_name().into())])
            }
            Self::NotThatDay { path: at, first, last } => {
                let arguments =
                    [("path", path(at).into()), ("first", first.to_string().into()), ("last", last.to_string().into())];
                words.with("api-not-that-day", &arguments)
            }
            Self::NoAppointment(at) => words.with("api-no-appointment", &[("path", path(at).into())]),
            Self::NoFiles(at) => words.with("api-no-files", &[("path", path(at).into())]),
            Self::GoneTooFar(at) => words.with("api-gone-too-far", &[("path", path(at).into())]),
            Self::AgreedOtherwise(at) => words.with("api-agreed-otherwise", &[("path", path(at).into())]),
            Self::NotDeletable(state) => words.with("api-not-deletable", &[("state", state.wire_name().into())]),
            Self::Changed => words.text("api-changed"),
            Self::CallbackNotHttps => words.text("api-callback-https"),
            Self::CallbackNotPublic => words.text("api-callback-public"),
            Self::CallbackQuery => words.text("api-callback-query"),
            Self::ManyListeners(most) => words.with("api-many-listeners", &[("most", (*most).into())]),
            Self::Closed(why) => words.with("api-closed", &[("why", (&**why).into())]),
            Self::Unavailable => words.text("api-unavailable"),
        };
        said.into_owned()
    }
}

/// Why an order was not carried out that was well understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection<'a> {
    /// An item names no offering that is sold.
    NoSuchOffering,
    /// An item stands for several.
    Quantity,
    /// It can't be carried out; the item, where it is about one, by the partner's name for it.
    Hindered {
        /// Why.
        hindrance: &'a Hindrance,
        /// What the partner calls the item.
        item: &'a str,
        /// The catalogue it was ordered by.
        catalogue: &'a Catalogue,
    },
}

impl Rejection<'_> {
    /// In words.
    #[must_use]
    pub fn reason(&self, words: &Words) -> String {
        match self {
            Self::NoSuchOffering => words.text("api-hindrance-offering").into_owned(),
            Self::Quantity => words.text("api-hindrance-quantity").into_owned(),
            Self::Hindered { hindrance, item, catalogue } => hindered(words, hindrance, item, catalogue),
        }
    }
}

fn hindered(words: &Words, hindrance: &Hindrance, item: &str, catalogue: &Catalogue) -> String {
    let said = match hindrance {
        Hindrance::Nothing => words.text("api-hindrance-nothing"),
        Hindrance::NoSuchService => words.text("api-hindrance-service"),
        Hindrance::Answers(_, errors) => {
            let said: Vec<_> = errors.iter().map(|error| answer(words, error)).collect();
            words.with("api-hindrance-answers", &[("item", item.into()), ("said", said.join(" ").into())])
        }
        Hindrance::NoLetter(_, letter) => {
            let valid_days = catalogue.letter(letter).map_or(0, |letter| letter.valid_days);
            let arguments =
                [("item", item.into()), ("letter", letter.to_string().into()), ("days", i64::from(valid_days).into())];
            words.with("api-hindrance-letter", &arguments)
        }
        Hindrance::NoNumber => words.text("api-hindrance-number"),
        Hindrance::NoAppointment => words.text("api-hindrance-appointment"),
        Hindrance::TooFarOff(_) => words.text("api-hindrance-too-far"),
        Hindrance::Refused(refusal) => return refused(words, refusal, catalogue),
    };
    said.into_owned()
}

/// What is wrong with an answer, by the name of the characteristic.
fn answer(words: &Words, error: &FieldError) -> String {
    let said = match &error.reason {
        Reason::Unknown => words.reason(&error.field, Asks::Entering, &Reason::NotAChoice),
        reason => words.reason(&error.field, Asks::Entering, reason),
    };
    words.with("api-hindrance-answer", &[("name", error.field.to_string().into()), ("said", said.into())]).into_owned()
}

fn refused(words: &Words, refusal: &Refusal, catalogue: &Catalogue) -> String {
    let name = |id: &OfferingId| {
        let offering = catalogue.offering(id).map(|offering| offering.name.in_language(words.language()));
        offering.unwrap_or(id.as_str()).to_owned()
    };
    let said = match refusal {
        Refusal::NoSuchOffering => words.text("api-hindrance-offering"),
        Refusal::NoSuchService => words.text("api-hindrance-service"),
        Refusal::NotAvailable(id, _) => words.with("api-hindrance-not-available", &[("offering", name(id).into())]),
        Refusal::Excluded(id) => words.with("api-hindrance-excluded", &[("offering", name(id).into())]),
        Refusal::StillNeeded(_, id) => words.with("api-hindrance-needed", &[("offering", name(id).into())]),
        Refusal::ActedOn(_) => words.text("api-hindrance-acted-on"),
        Refusal::NotCarried(_) => words.text("api-hindrance-carried"),
        Refusal::TooManyItems => words.text("api-hindrance-many"),
        _ => words.text("api-hindrance-rule"),
    };
    said.into_owned()
}
