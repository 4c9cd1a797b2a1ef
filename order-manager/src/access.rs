//! Who may do what: one question, asked each time something of a customer's is loaded.
//!
//! A customer sees what is theirs. Staff see a customer only by a grant: for one customer, for a stated reason, after the
//! customer was authenticated (47 CFR 64.2010, customer proprietary network information), and for a while.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::{self, Capacity, Event};
use crate::id::{CustomerId, PartnerId, PersonId};

/// What a member of staff is, by the company's own directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Orders for customers.
    SalesRepresentative,
    /// Negotiates agreements, and orders under them.
    ContractNegotiator,
    /// Approves what goes beyond others' limits.
    Approver,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::SalesRepresentative, Self::ContractNegotiator, Self::Approver];

    /// Its name in settings and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SalesRepresentative => "sales-representative",
            Self::ContractNegotiator => "contract-negotiator",
            Self::Approver => "approver",
        }
    }

    /// Whether somebody of this role does this.
    #[must_use]
    pub const fn does(self, duty: Duty) -> bool {
        match (self, duty) {
            (Self::SalesRepresentative, Duty::Serve | Duty::Discount)
            | (Self::ContractNegotiator, Duty::Serve | Duty::Negotiate)
            | (Self::Approver, Duty::Approve) => true,
            (Self::SalesRepresentative, Duty::Negotiate | Duty::Approve)
            | (Self::ContractNegotiator, Duty::Discount | Duty::Approve)
            | (Self::Approver, Duty::Serve | Duty::Discount | Duty::Negotiate) => false,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchRole;

impl FromStr for Role {
    type Err = NoSuchRole;

    fn from_str(text: &str) -> Result<Self, NoSuchRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(NoSuchRole)
    }
}

/// What staff do, whichever customer it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Find customers, and act for them.
    Serve,
    /// Take something off a price.
    Discount,
    /// Negotiate an agreement.
    Negotiate,
    /// Approve what others may not decide alone.
    Approve,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person signed in as a customer.
    Customer {
        /// Who.
        person: PersonId,
        /// The accounts linked to that sign-in.
        customers: Vec<CustomerId>,
    },
    /// A person of the company's staff.
    Staff(Staff),
}

/// A person of the company's staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub person: PersonId,
    /// What the identity provider calls the person: one who comes from another directory is not found by the subject.
    pub username: Box<str>,
    /// What the person is; at least one.
    pub roles: BTreeSet<Role>,
    /// The customer the person acts for just now.
    pub grant: Option<Grant>,
}

impl Staff {
    /// Whether one of the person's roles does this.
    #[must_use]
    pub fn does(&self, duty: Duty) -> bool {
        self.roles.iter().any(|role| role.does(duty))
    }

    /// The grant, while it lasts.
    #[must_use]
    pub fn acting_for(&self, now: Timestamp) -> Option<&Grant> {
        self.grant.as_ref().filter(|grant| now < grant.until)
    }
}

/// Leave to act for one customer, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// For whom.
    pub customer: CustomerId,
    /// The customer's name, as every page shows it.
    pub name: Box<str>,
    /// The customer's account number, as every page shows it.
    pub account_number: Box<str>,
    /// Why the account was opened.
    pub reason: AccessReason,
    /// How the customer was authenticated.
    pub authenticated: CustomerAuthentication,
    /// Since when.
    pub given: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Why a member of staff opens a customer's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessReason {
    /// The customer is on the telephone.
    Call,
    /// The customer is in the shop, or with us at their place.
    Visit,
    /// The customer wrote.
    Letter,
    /// An order, a quote or a trouble of theirs is being followed up.
    FollowUp,
    /// An agreement with them is being negotiated.
    Negotiation,
}

impl AccessReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::Call, Self::Visit, Self::Letter, Self::FollowUp, Self::Negotiation];

    /// Its name in forms and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Letter => "letter",
            Self::FollowUp => "follow-up",
            Self::Negotiation => "negotiation",
        }
    }
}

/// How a customer was authenticated before staff saw the account: never by what anybody could know about them
/// (47 CFR 64.2010(b) to (d), and (g) for businesses).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerAuthentication {
    /// They gave back a code that was sent to the telephone or address of record, which was on record for 30 days or more.
    CodeToRecord,
    /// They showed a valid photo identification that matches the account.
    PhotoIdentification,
    /// A business with a dedicated contact and a contract that says how its people are authenticated.
    BusinessContract,
    /// There was nothing to protect yet: the account was opened just now.
    NewCustomer,
}

/// What somebody wants to do with what is a customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Look at it.
    See,
    /// Change it.
    Change,
    /// Sign a letter in the customer's name.
    Sign,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::See, Self::Change, Self::Sign];
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// To this person, it is not there.
    NotThere,
    /// Only the customer can do this.
    CustomersOwn,
}

impl Actor {
    /// The person.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Customer { person, .. } | Self::Staff(Staff { person, .. }) => *person,
        }
    }

    /// Whether a duty of staff is this person's.
    #[must_use]
    pub fn does(&self, duty: Duty) -> bool {
        match self {
            Self::Customer { .. } => false,
            Self::Staff(staff) => staff.does(duty),
        }
    }

    /// The customers whose things this person sees at a time.
    #[must_use]
    pub fn customers(&self, now: Timestamp) -> Vec<CustomerId> {
        match self {
            Self::Customer { customers, .. } => customers.clone(),
            Self::Staff(staff) => staff.acting_for(now).map(|grant| grant.customer).into_iter().collect(),
        }
    }

    /// In which capacity the person acts.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        let roles = match self {
            Self::Customer { .. } => return Capacity::Customer,
            Self::Staff(staff) => &staff.roles,
        };
        match roles.first() {
            Some(Role::SalesRepresentative) => Capacity::SalesRepresentative,
            Some(Role::ContractNegotiator) => Capacity::Negotiator,
            Some(Role::Approver) => Capacity::Approver,
            None => Capacity::Visitor,
        }
    }

    /// What goes on record of something that the person does to a customer's order: whatever staff do; of what customers do themselves,
    /// what binds them.
    #[must_use]
    pub fn on_record(&self, act: audit::Act, customer: CustomerId, at: Timestamp) -> Option<Event> {
        let is_on_record = match self {
            Self::Staff(_) => true,
            Self::Customer { .. } => !act.is_drafting(),
        };
        is_on_record.then(|| Event::new(act, at, Some(self.person()), self.capacity()).of(customer))
    }

    /// How records name the person.
    #[must_use]
    pub fn acted_by(&self, name: &str) -> ActedBy {
        match self {
            Self::Customer { person, .. } => ActedBy::Customer(*person),
            Self::Staff(Staff { person, .. }) => ActedBy::Staff(StaffMember { person: *person, name: name.into() }),
        }
    }
}

/// Whether somebody may do something with what is a customer's.
///
/// # Errors
/// Why not.
pub fn authorize(actor: &Actor, act: Act, customer: CustomerId, now: Timestamp) -> Result<(), Denied> {
    let is_theirs = actor.customers(now).contains(&customer);
    match (actor, act) {
        _ if !is_theirs => Err(Denied::NotThere),
        (Actor::Customer { .. }, Act::See | Act::Change | Act::Sign) => Ok(()),
        (Actor::Staff(staff), Act::See) if staff.does(Duty::Serve) => Ok(()),
        (Actor::Staff(staff), Act::Change) if staff.does(Duty::Serve) => Ok(()),
        (Actor::Staff(_), Act::Sign) => Err(Denied::CustomersOwn),
        (Actor::Staff(_), Act::See | Act::Change) => Err(Denied::NotThere),
    }
}

/// Who did something, as records keep it. For whom is said by what it was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActedBy {
    /// The customer's own person.
    Customer(PersonId),
    /// Somebody of our staff, for the customer.
    Staff(StaffMember),
    /// A partner's own system, for the customer.
    Partner(PartnerId),
}

/// A member of staff, as records name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Who.
    pub person: PersonId,
    /// The name at the time.
    pub name: Box<str>,
}

impl ActedBy {
    /// The person, where it was one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Customer(person) => Some(*person),
            Self::Staff(staff) => Some(staff.person),
            Self::Partner(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn customer(number: u128) -> CustomerId {
        CustomerId::new(Uuid::from_u128(number))
    }

    fn person() -> PersonId {
        PersonId::new(Uuid::from_u128(9))
    }

    fn staff(role: Role, grant: Option<Grant>) -> Actor {
        Actor::Staff(Staff { person: person(), username: "Corporate_1".into(), roles: BTreeSet::from([role]), grant })
    }

    fn grant(customer: CustomerId, minutes: i64) -> Grant {
        Grant {
            customer,
            name: "Zoë O’Neil".into(),
            account_number: "1".into(),
            reason: AccessReason::Call,
            authenticated: CustomerAuthentication::CodeToRecord,
            given: NOW,
            until: NOW.checked_add(minutes.minutes()).expect("a time"),
        }
    }

    #[test]
    fn who_may_do_what_with_their_own_customer_and_with_another() {
        use Denied::{CustomersOwn, NotThere};
        use Role::{Approver, ContractNegotiator, SalesRepresentative};
        let own = || Some(grant(customer(1), 1));
        let themselves = Actor::Customer { person: person(), customers: vec![customer(1)] };
        // Who, then whether they may see, change and sign what is their own customer's.
        let rows = [
            (themselves, [Ok(()), Ok(()), Ok(())]),
            (Actor::Customer { person: person(), customers: vec![] }, [Err(NotThere); 3]),
            (staff(SalesRepresentative, own()), [Ok(()), Ok(()), Err(CustomersOwn)]),
            (staff(ContractNegotiator, own()), [Ok(()), Ok(()), Err(CustomersOwn)]),
            (staff(Approver, own()), [Err(NotThere), Err(NotThere), Err(CustomersOwn)]),
            (staff(SalesRepresentative, None), [Err(NotThere); 3]),
            (staff(SalesRepresentative, Some(grant(customer(1), 0))), [Err(NotThere); 3]),
            (staff(ContractNegotiator, Some(grant(customer(1), 0))), [Err(NotThere); 3]),
        ];
        for (actor, expected) in rows {
            for (act, expected) in Act::ALL.into_iter().zip(expected) {
                assert_eq!(authorize(&actor, act, customer(1), NOW), expected, "{actor:?} {act:?}");
                assert_eq!(authorize(&actor, act, customer(2), NOW), Err(NotThere), "{actor:?} {act:?}, of another");
            }
        }
    }

    #[test]
    fn a_role_reads_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert_eq!("Approver".parse::<Role>(), Err(NoSuchRole));
    }
}
