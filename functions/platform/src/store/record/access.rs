//! Who did something, as it is stored. A customer's own person is stored as nothing but who it is, as everybody was before
//! there was staff.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::access::{AccessReason, ActedBy, CustomerAuthentication, Grant, Role, Staff, StaffMember};
use order_manager::id::{CustomerId, PartnerId, PersonId};
use order_manager::order::{Consent, ConsentChannel, Disclosure, PartnerOrder, PlacedBy};
use serde::{Deserialize, Serialize};

use super::as_text::AsText;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct StaffMemberRecord {
    person: AsText<PersonId>,
    name: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::store) enum ActedByRecord {
    Customer(AsText<PersonId>),
    Staff(StaffMemberRecord),
    Partner { partner: AsText<PartnerId> },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::store) enum PlacedByRecord {
    Customer(AsText<PersonId>),
    Staff { staff: StaffMemberRecord, consent: ConsentRecord },
    Partner(PartnerOrderRecord),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct PartnerOrderRecord {
    partner: AsText<PartnerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<Box<str>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ConsentRecord {
    given_by: Box<str>,
    channel: ConsentChannel,
    given: Date,
    reference: Box<str>,
    told: BTreeSet<Disclosure>,
}

/// What a session of staff has beside who it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct StaffRecord {
    #[serde(default)]
    username: Box<str>,
    roles: BTreeSet<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<GrantRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct GrantRecord {
    customer: AsText<CustomerId>,
    name: Box<str>,
    account_number: Box<str>,
    reason: AccessReason,
    authenticated: CustomerAuthentication,
    given: Timestamp,
    until: Timestamp,
}

impl From<StaffMember> for StaffMemberRecord {
    fn from(StaffMember { person, name }: StaffMember) -> Self {
        Self { person: AsText(person), name }
    }
}

impl From<StaffMemberRecord> for StaffMember {
    fn from(StaffMemberRecord { person, name }: StaffMemberRecord) -> Self {
        Self { person: person.0, name }
    }
}

impl From<ActedBy> for ActedByRecord {
    fn from(by: ActedBy) -> Self {
        match by {
            ActedBy::Customer(person) => Self::Customer(AsText(person)),
            ActedBy::Staff(staff) => Self::Staff(staff.into()),
            ActedBy::Partner(partner) => Self::Partner { partner: AsText(partner) },
        }
    }
}

impl From<ActedByRecord> for ActedBy {
    fn from(record: ActedByRecord) -> Self {
        match record {
            ActedByRecord::Customer(person) => Self::Customer(person.0),
            ActedByRecord::Staff(staff) => Self::Staff(staff.into()),
            ActedByRecord::Partner { partner } => Self::Partner(partner.0),
        }
    }
}

impl From<PlacedBy> for PlacedByRecord {
    fn from(by: PlacedBy) -> Self {
        match by {
            PlacedBy::Customer(person) => Self::Customer(AsText(person)),
            PlacedBy::Staff(staff, Consent { given_by, channel, given, reference, told }) => {
                Self::Staff { staff: staff.into(), consent: ConsentRecord { given_by, channel, given, reference, told } }
            }
            PlacedBy::Partner(PartnerOrder { partner, external_id }) => {
                Self::Partner(PartnerOrderRecord { partner: AsText(partner), external_id })
            }
        }
    }
}

impl From<PlacedByRecord> for PlacedBy {
    fn from(record: PlacedByRecord) -> Self {
        match record {
            PlacedByRecord::Customer(person) => Self::Customer(person.0),
            PlacedByRecord::Staff { staff, consent: ConsentRecord { given_by, channel, given, reference, told } } => {
                Self::Staff(staff.into(), Consent { given_by, channel, given, reference, told })
            }
            PlacedByRecord::Partner(PartnerOrderRecord { partner, external_id }) => {
                Self::Partner(PartnerOrder { partner: partner.0, external_id })
            }
        }
    }
}

impl From<&Staff> for StaffRecord {
    fn from(staff: &Staff) -> Self {
        let grant = staff.grant.clone().map(|grant| GrantRecord {
            customer: AsText(grant.customer),
            name: grant.name,
            account_number: grant.account_number,
            reason: grant.reason,
            authenticated: grant.authenticated,
            given: grant.given,
            until: grant.until,
        });
        Self { username: staff.username.clone(), roles: staff.roles.clone(), grant }
    }
}

impl StaffRecord {
    /// The person of staff, whose id stands beside this in the session.
    pub(in crate::store) fn of(self, person: PersonId) -> Staff {
        let grant = self.grant.map(|record| Grant {
            customer: record.customer.0,
            name: record.name,
            account_number: record.account_number,
            reason: record.reason,
            authenticated: record.authenticated,
            given: record.given,
            until: record.until,
        });
        Staff { person, username: self.username, roles: self.roles, grant }
    }
}
