//! What a draft and a placed order have in common: letters signed, how service is brought in, who pays, what is held.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::address::GeographicAddress;
use order_manager::authorisation::AuthorisationKey;
use order_manager::id::{AreaId, BillingAccountId, PartnerId, PersonId, Version};
use order_manager::inventory::{AppointmentSlot, Resource};
use order_manager::order::{Authorisation, BillTo, Billing, Installation, KeptLetter, Signature, ThirdPartyVerification, Visit};
use order_manager::telephone::TelephoneNumber;
use serde::{Deserialize, Serialize};

use super::access::StaffMemberRecord;
use super::as_text::AsText;
use super::party::{BillDeliveryRecord, ContactRecord};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct SignatureRecord {
    text_sha256: Box<str>,
    letter_version: Version,
    name: Box<str>,
    person: AsText<PersonId>,
    signed: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct ThirdPartyVerificationRecord {
    text_sha256: Box<str>,
    letter_version: Version,
    verifier: Box<str>,
    reference: Box<str>,
    confirmed_by: Box<str>,
    verified: Date,
    recorded_by: StaffMemberRecord,
    recorded: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct KeptLetterRecord {
    text_sha256: Box<str>,
    letter_version: Version,
    kept_by: AsText<PartnerId>,
    reference: Box<str>,
    name: Box<str>,
    signed: Date,
    recorded: Timestamp,
}

/// Told apart by what they have: signatures were stored before anything else could authorise.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::store) enum AuthorisationRecord {
    Verified(ThirdPartyVerificationRecord),
    Kept(KeptLetterRecord),
    Signed(SignatureRecord),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct InstallationRecord {
    visit: VisitRecord,
    contact: ContactRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_notes: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault_contact: Option<ContactRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expedite: Option<Date>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum VisitRecord {
    Technician(SlotRecord),
    None { requested: Date },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct BillingRecord {
    to: BillToRecord,
    delivery: BillDeliveryRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchase_order: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_exemption: Option<Box<str>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BillToRecord {
    Existing(AsText<BillingAccountId>),
    New { name: Box<str>, address: GeographicAddress },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum ResourceRecord {
    Number { rate_centre: Box<str>, number: TelephoneNumber },
    Slot(SlotRecord),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct SlotRecord {
    area: AreaId,
    day: Date,
    window: Box<str>,
    crew: u8,
}

pub(super) type Authorisations = BTreeMap<AuthorisationKey, Authorisation>;
pub(super) type AuthorisationRecords = BTreeMap<AsText<AuthorisationKey>, AuthorisationRecord>;

pub(super) fn authorisation_records(authorisations: Authorisations) -> AuthorisationRecords {
    authorisations.into_iter().map(|(key, authorisation)| (AsText(key), authorisation.into())).collect()
}

pub(super) fn authorisations(records: AuthorisationRecords) -> Authorisations {
    records.into_iter().map(|(key, record)| (key.0, record.into())).collect()
}

impl From<Authorisation> for AuthorisationRecord {
    fn from(authorisation: Authorisation) -> Self {
        match authorisation {
            Authorisation::Signed(signature) => Self::Signed(signature.into()),
            Authorisation::Verified(verification) => Self::Verified(verification.into()),
            Authorisation::Kept(letter) => Self::Kept(letter.into()),
        }
    }
}

impl From<AuthorisationRecord> for Authorisation {
    fn from(record: AuthorisationRecord) -> Self {
        match record {
            AuthorisationRecord::Signed(signature) => Self::Signed(signature.into()),
            AuthorisationRecord::Verified(verification) => Self::Verified(verification.into()),
            AuthorisationRecord::Kept(letter) => Self::Kept(letter.into()),
        }
    }
}

impl From<ThirdPartyVerification> for ThirdPartyVerificationRecord {
    fn from(verification: ThirdPartyVerification) -> Self {
        Self {
            text_sha256: verification.text_sha256,
            letter_version: verification.letter_version,
            verifier: verification.verifier,
            reference: verification.reference,
            confirmed_by: verification.confirmed_by,
            verified: verification.verified,
            recorded_by: verification.recorded_by.into(),
            recorded: verification.recorded,
        }
    }
}

impl From<ThirdPartyVerificationRecord> for ThirdPartyVerification {
    fn from(record: ThirdPartyVerificationRecord) -> Self {
        Self {
            text_sha256: record.text_sha256,
            letter_version: record.letter_version,
            verifier: record.verifier,
            reference: record.reference,
            confirmed_by: record.confirmed_by,
            verified: record.verified,
            recorded_by: record.recorded_by.into(),
            recorded: record.recorded,
        }
    }
}

impl From<KeptLetter> for KeptLetterRecord {
    fn from(KeptLetter { text_sha256, letter_version, partner, reference, name, signed, recorded }: KeptLetter) -> Self {
        Self { text_sha256, letter_version, kept_by: AsText(partner), reference, name, signed, recorded }
    }
}

impl From<KeptLetterRecord> for KeptLetter {
    fn from(
        KeptLetterRecord { text_sha256, letter_version, kept_by, reference, name, signed, recorded }: KeptLetterRecord,
    ) -> Self {
        Self { text_sha256, letter_version, partner: kept_by.0, reference, name, signed, recorded }
    }
}

impl From<Signature> for SignatureRecord {
    fn from(Signature { text_sha256, letter_version, name, person, signed }: Signature) -> Self {
        Self { text_sha256, letter_version, name, person: AsText(person), signed }
    }
}

impl From<SignatureRecord> for Signature {
    fn from(SignatureRecord { text_sha256, letter_version, name, person, signed }: SignatureRecord) -> Self {
        Self { text_sha256, letter_version, name, person: person.0, signed }
    }
}

impl From<Installation> for InstallationRecord {
    fn from(Installation { visit, contact, access_notes, fault_contact, expedite }: Installation) -> Self {
        let visit = match visit {
            Visit::Technician(slot) => VisitRecord::Technician(slot.into()),
            Visit::None { requested } => VisitRecord::None { requested },
        };
        Self { visit, contact: contact.into(), access_notes, fault_contact: fault_contact.map(Into::into), expedite }
    }
}

impl From<InstallationRecord> for Installation {
    fn from(InstallationRecord { visit, contact, access_notes, fault_contact, expedite }: InstallationRecord) -> Self {
        let visit = match visit {
            VisitRecord::Technician(slot) => Visit::Technician(slot.into()),
            VisitRecord::None { requested } => Visit::None { requested },
        };
        Self { visit, contact: contact.into(), access_notes, fault_contact: fault_contact.map(Into::into), expedite }
    }
}

impl From<Billing> for BillingRecord {
    fn from(Billing { to, delivery, purchase_order, tax_exemption }: Billing) -> Self {
        let to = match to {
            BillTo::Existing(account) => BillToRecord::Existing(AsText(account)),
            BillTo::New { name, address } => BillToRecord::New { name, address },
        };
        Self { to, delivery: delivery.into(), purchase_order, tax_exemption }
    }
}

impl From<BillingRecord> for Billing {
    fn from(BillingRecord { to, delivery, purchase_order, tax_exemption }: BillingRecord) -> Self {
        let to = match to {
            BillToRecord::Existing(account) => BillTo::Existing(account.0),
            BillToRecord::New { name, address } => BillTo::New { name, address },
        };
        Self { to, delivery: delivery.into(), purchase_order, tax_exemption }
    }
}

impl From<Resource> for ResourceRecord {
    fn from(resource: Resource) -> Self {
        match resource {
            Resource::Number { rate_centre, number } => Self::Number { rate_centre, number },
            Resource::Slot(slot) => Self::Slot(slot.into()),
        }
    }
}

impl From<ResourceRecord> for Resource {
    fn from(record: ResourceRecord) -> Self {
        match record {
            ResourceRecord::Number { rate_centre, number } => Self::Number { rate_centre, number },
            ResourceRecord::Slot(slot) => Self::Slot(slot.into()),
        }
    }
}

impl From<AppointmentSlot> for SlotRecord {
    fn from(AppointmentSlot { area, day, window, crew }: AppointmentSlot) -> Self {
        Self { area, day, window, crew }
    }
}

impl From<SlotRecord> for AppointmentSlot {
    fn from(SlotRecord { area, day, window, crew }: SlotRecord) -> Self {
        Self { area, day, window, crew }
    }
}
