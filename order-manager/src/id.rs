//! Identifiers. Each kind is a type of its own, so that an order's id can never stand where a customer's belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use crate::word::Word;

/// Why a text is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed identifier")
    }
}

impl std::error::Error for MalformedId {}

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier with this value; whoever makes one brings the randomness.
            #[must_use]
            pub const fn new(value: Uuid) -> Self {
                Self(value)
            }

            /// Its value.
            #[must_use]
            pub const fn value(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            /// Reads the one spelling we write (lower case, hyphenated), so that an address names one thing.
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                let value = Uuid::try_parse(text).map_err(|_| MalformedId)?;
                if value.hyphenated().to_string() == text { Ok(Self(value)) } else { Err(MalformedId) }
            }
        }
    )*};
}

macro_rules! catalogue_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(try_from = "Word")]
        pub struct $name(Word);

        impl $name {
            /// Its text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                if is_catalogue_id(text) { Ok(Self(text.into())) } else { Err(MalformedId) }
            }
        }

        impl TryFrom<Word> for $name {
            type Error = MalformedId;

            fn try_from(word: Word) -> Result<Self, MalformedId> {
                // What is shared comes out of a catalogue's compact form, and was checked before it went in.
                if word.is_shared() || is_catalogue_id(&word) { Ok(Self(word)) } else { Err(MalformedId) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

/// Lower-case letters, digits and single hyphens, 1 to 60 characters: safe in an address, a form and a log.
fn is_catalogue_id(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

uuid_ids! {
    /// A product order, from its first draft on.
    OrderId;
    /// An item of an order.
    OrderItemId;
    /// A customer: who the account belongs to.
    CustomerId;
    /// A person who signs in: the subject (`sub`) of the identity provider.
    PersonId;
    /// A place of a customer's where service is or will be.
    SiteId;
    /// A product the customer has in service.
    ProductId;
    /// A billing account.
    BillingAccountId;
    /// A project: the orders that came of one file of sites.
    ProjectId;
    /// An agreement, in all its versions.
    AgreementId;
}

catalogue_ids! {
    /// A product offering.
    OfferingId;
    /// A characteristic of an offering.
    CharacteristicId;
    /// A value of a characteristic that is chosen from a list.
    ValueId;
    /// A dialog: a named group of characteristics asked together.
    DialogId;
    /// A price of an offering.
    PriceId;
    /// A kind of letter of agency.
    LetterId;
    /// An order to start from.
    OrderTemplateId;
    /// A code that follows from what was chosen.
    CodeId;
    /// A milestone on the way from order to service.
    MilestoneId;
    /// An access network that reaches an area.
    NetworkId;
    /// What one service is to another that it points at, where only one can be that: its long-distance plan, say.
    RoleId;
    /// An area: the places that share coverage, rate centre and field crews.
    AreaId;
    /// A document of an agreement: its master, a service schedule or an order form.
    DocumentId;
    /// A clause of an agreement.
    ClauseId;
    /// A rule that says when an agreement needs somebody's approval.
    ApprovalRuleId;
    /// A level of approval.
    ApprovalLevelId;
}

/// A partner: a company whose own systems order for its customers. The id of its client at the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerId(Box<str>);

impl PartnerId {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PartnerId {
    type Err = MalformedId;

    /// Letters, digits, `_`, `+` and `-`, 1 to 128 of them (Amazon Cognito user pools API reference, `ClientId`, and hyphens).
    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b));
        if (1..=128).contains(&text.len()) && plain { Ok(Self(text.into())) } else { Err(MalformedId) }
    }
}

/// A version of the catalogue, or of a text in it: what is recorded where the text was shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub Box<str>);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
