//! A version in one of its states, as it is stored.

use jiff::Timestamp;
use jiff::civil::Date;
use order_manager::agreement::{
    AgreementText, AnsweredClause, ApprovalNeed, Approved, AwaitingCountersignature, Because, ClauseAnswer, ClauseWish, Counter,
    Countered, Declined, Draft, Expired, Given, InApproval, InForce, Offer, Outlived, Recalled, Section, Sent, Signature, Stage,
    Superseded, Terminated,
};
use order_manager::id::{ApprovalLevelId, ApprovalRuleId, ClauseId, PersonId};
use order_manager::money::{Money, Percent};
use serde::{Deserialize, Serialize};

use super::super::access::StaffMemberRecord;
use super::super::as_text::AsText;
use super::super::selling::ReturnedRecord;
use super::super::value::FileRecord;
use super::rate::SubjectRecord;
use super::{VersionRecord, each};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum StageRecord {
    Draft {
        version: VersionRecord,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned: Option<ReturnedRecord>,
    },
    InApproval {
        version: VersionRecord,
        asked_by: StaffMemberRecord,
        asked: Timestamp,
        needs: Vec<NeedRecord>,
        approvals: Vec<GivenRecord>,
    },
    Approved {
        version: VersionRecord,
        needs: Vec<NeedRecord>,
        approvals: Vec<GivenRecord>,
    },
    Sent(OfferRecord),
    Countered {
        offer: OfferRecord,
        counter: CounterRecord,
        answers: Vec<AnsweredRecord>,
    },
    AwaitingCountersignature {
        offer: OfferRecord,
        customer: SignatureRecord,
    },
    InForce(InForceRecord),
    Superseded {
        agreement: InForceRecord,
        by: u32,
        at: Timestamp,
        until: Date,
    },
    ExpiredOffer {
        offer: OfferRecord,
        at: Timestamp,
    },
    Expired {
        agreement: InForceRecord,
        at: Timestamp,
    },
    Terminated {
        agreement: InForceRecord,
        by: StaffMemberRecord,
        at: Timestamp,
        last_day: Date,
        reason: Box<str>,
    },
    Declined {
        offer: OfferRecord,
        by: AsText<PersonId>,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Box<str>>,
    },
    Recalled {
        offer: OfferRecord,
        by: StaffMemberRecord,
        at: Timestamp,
        reason: Box<str>,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct OfferRecord {
    version: VersionRecord,
    approvals: Vec<GivenRecord>,
    title: Box<str>,
    text: Vec<SectionRecord>,
    text_sha256: Box<str>,
    sent_by: StaffMemberRecord,
    sent: Timestamp,
    valid_until: Date,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SectionRecord {
    heading: Box<str>,
    paragraphs: Vec<Box<str>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct InForceRecord {
    offer: OfferRecord,
    customer: SignatureRecord,
    company: SignatureRecord,
    from: Date,
    until: Date,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct SignatureRecord {
    name: Box<str>,
    title: Box<str>,
    authority: Box<str>,
    person: AsText<PersonId>,
    text_sha256: Box<str>,
    signed: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct NeedRecord {
    rule: ApprovalRuleId,
    level: ApprovalLevelId,
    because: Vec<BecauseRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BecauseRecord {
    Discount(SubjectRecord, Percent),
    Margin(SubjectRecord, Percent),
    Value(Money),
    Clause(ClauseId),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct GivenRecord {
    level: ApprovalLevelId,
    by: StaffMemberRecord,
    at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct CounterRecord {
    by: AsText<PersonId>,
    at: Timestamp,
    file: FileRecord,
    clauses: Vec<WishRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Box<str>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct WishRecord {
    clause: ClauseId,
    text: Box<str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct AnsweredRecord {
    clause: ClauseId,
    answer: AnswerRecord,
    by: StaffMemberRecord,
    at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AnswerRecord {
    Accepted(Box<str>),
    Refused,
    Countered { text: Box<str>, reason: Box<str> },
}

impl From<Stage> for StageRecord {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Draft(Draft { version, returned }) => {
                Self::Draft { version: version.into(), returned: returned.map(Into::into) }
            }
            Stage::InApproval(InApproval { version, asked_by, asked, needs, approvals }) => Self::InApproval {
                version: version.into(),
                asked_by: asked_by.into(),
                asked,
                needs: each(needs),
                approvals: each(approvals),
            },
            Stage::Approved(Approved { version, needs, approvals }) => {
                Self::Approved { version: version.into(), needs: each(needs), approvals: each(approvals) }
            }
            Stage::Sent(Sent { offer }) => Self::Sent(offer.into()),
            Stage::Countered(Countered { offer, counter, answers }) => {
                Self::Countered { offer: offer.into(), counter: counter.into(), answers: each(answers) }
            }
            Stage::AwaitingCountersignature(AwaitingCountersignature { offer, customer }) => {
                Self::AwaitingCountersignature { offer: offer.into(), customer: customer.into() }
            }
            Stage::InForce(agreement) => Self::InForce(agreement.into()),
            Stage::Superseded(Superseded { agreement, by, at, until }) => {
                Self::Superseded { agreement: agreement.into(), by, at, until }
            }
            Stage::Expired(Expired { what: Outlived::Offer(offer), at }) => Self::ExpiredOffer { offer: (*offer).into(), at },
            Stage::Expired(Expired { what: Outlived::Agreement(agreement), at }) => {
                Self::Expired { agreement: (*agreement).into(), at }
            }
            Stage::Terminated(Terminated { agreement, by, at, last_day, reason }) => {
                Self::Terminated { agreement: agreement.into(), by: by.into(), at, last_day, reason }
            }
            Stage::Declined(Declined { offer, by, at, reason }) => {
                Self::Declined { offer: offer.into(), by: AsText(by), at, reason }
            }
            Stage::Recalled(Recalled { offer, by, at, reason }) => {
                Self::Recalled { offer: offer.into(), by: by.into(), at, reason }
            }
        }
    }
}

impl From<StageRecord> for Stage {
    fn from(record: StageRecord) -> Self {
        match record {
            StageRecord::Draft { version, returned } => {
                Self::Draft(Draft { version: version.into(), returned: returned.map(Into::into) })
            }
            StageRecord::InApproval { version, asked_by, asked, needs, approvals } => Self::InApproval(InApproval {
                version: version.into(),
                asked_by: asked_by.into(),
                asked,
                needs: each(needs),
                approvals: each(approvals),
            }),
            StageRecord::Approved { version, needs, approvals } => {
                Self::Approved(Approved { version: version.into(), needs: each(needs), approvals: each(approvals) })
            }
            StageRecord::Sent(offer) => Self::Sent(Sent { offer: offer.into() }),
            StageRecord::Countered { offer, counter, answers } => {
                Self::Countered(Countered { offer: offer.into(), counter: counter.into(), answers: each(answers) })
            }
            StageRecord::AwaitingCountersignature { offer, customer } => {
                let (offer, customer) = (offer.into(), customer.into());
                Self::AwaitingCountersignature(AwaitingCountersignature { offer, customer })
            }
            StageRecord::InForce(agreement) => Self::InForce(agreement.into()),
            StageRecord::Superseded { agreement, by, at, until } => {
                Self::Superseded(Superseded { agreement: agreement.into(), by, at, until })
            }
            StageRecord::ExpiredOffer { offer, at } => {
                Self::Expired(Expired { what: Outlived::Offer(Box::new(offer.into())), at })
            }
            StageRecord::Expired { agreement, at } => {
                Self::Expired(Expired { what: Outlived::Agreement(Box::new(agreement.into())), at })
            }
            StageRecord::Terminated { agreement, by, at, last_day, reason } => {
                Self::Terminated(Terminated { agreement: agreement.into(), by: by.into(), at, last_day, reason })
            }
            StageRecord::Declined { offer, by, at, reason } => {
                Self::Declined(Declined { offer: offer.into(), by: by.0, at, reason })
            }
            StageRecord::Recalled { offer, by, at, reason } => {
                Self::Recalled(Recalled { offer: offer.into(), by: by.into(), at, reason })
            }
        }
    }
}

impl From<Offer> for OfferRecord {
    fn from(Offer { version, approvals, text, text_sha256, sent_by, sent, valid_until }: Offer) -> Self {
        let AgreementText { title, sections } = text;
        let section = |Section { heading, paragraphs }| SectionRecord { heading, paragraphs };
        Self {
            version: version.into(),
            approvals: each(approvals),
            title,
            text: sections.into_iter().map(section).collect(),
            text_sha256,
            sent_by: sent_by.into(),
            sent,
            valid_until,
        }
    }
}

impl From<OfferRecord> for Offer {
    fn from(record: OfferRecord) -> Self {
        let section = |SectionRecord { heading, paragraphs }| Section { heading, paragraphs };
        Self {
            version: record.version.into(),
            approvals: each(record.approvals),
            text: AgreementText { title: record.title, sections: record.text.into_iter().map(section).collect() },
            text_sha256: record.text_sha256,
            sent_by: record.sent_by.into(),
            sent: record.sent,
            valid_until: record.valid_until,
        }
    }
}

impl From<InForce> for InForceRecord {
    fn from(InForce { offer, customer, company, from, until }: InForce) -> Self {
        Self { offer: offer.into(), customer: customer.into(), company: company.into(), from, until }
    }
}

impl From<InForceRecord> for InForce {
    fn from(InForceRecord { offer, customer, company, from, until }: InForceRecord) -> Self {
        Self { offer: offer.into(), customer: customer.into(), company: company.into(), from, until }
    }
}

impl From<Signature> for SignatureRecord {
    fn from(Signature { name, title, authority, person, text_sha256, signed }: Signature) -> Self {
        Self { name, title, authority, person: AsText(person), text_sha256, signed }
    }
}

impl From<SignatureRecord> for Signature {
    fn from(SignatureRecord { name, title, authority, person, text_sha256, signed }: SignatureRecord) -> Self {
        Self { name, title, authority, person: person.0, text_sha256, signed }
    }
}

impl From<ApprovalNeed> for NeedRecord {
    fn from(ApprovalNeed { rule, level, because }: ApprovalNeed) -> Self {
        Self { rule, level, because: each(because) }
    }
}

impl From<NeedRecord> for ApprovalNeed {
    fn from(NeedRecord { rule, level, because }: NeedRecord) -> Self {
        Self { rule, level, because: each(because) }
    }
}

impl From<Because> for BecauseRecord {
    fn from(because: Because) -> Self {
        match because {
            Because::Discount(subject, percent) => Self::Discount(subject.into(), percent),
            Because::Margin(subject, percent) => Self::Margin(subject.into(), percent),
            Because::Value(amount) => Self::Value(amount),
            Because::Clause(clause) => Self::Clause(clause),
        }
    }
}

impl From<BecauseRecord> for Because {
    fn from(record: BecauseRecord) -> Self {
        match record {
            BecauseRecord::Discount(subject, percent) => Self::Discount(subject.0, percent),
            BecauseRecord::Margin(subject, percent) => Self::Margin(subject.0, percent),
            BecauseRecord::Value(amount) => Self::Value(amount),
            BecauseRecord::Clause(clause) => Self::Clause(clause),
        }
    }
}

impl From<Given> for GivenRecord {
    fn from(Given { level, by, at }: Given) -> Self {
        Self { level, by: by.into(), at }
    }
}

impl From<GivenRecord> for Given {
    fn from(GivenRecord { level, by, at }: GivenRecord) -> Self {
        Self { level, by: by.into(), at }
    }
}

impl From<Counter> for CounterRecord {
    fn from(Counter { by, at, file, clauses, note }: Counter) -> Self {
        let wish = |ClauseWish { clause, text }| WishRecord { clause, text };
        Self { by: AsText(by), at, file: file.into(), clauses: clauses.into_iter().map(wish).collect(), note }
    }
}

impl From<CounterRecord> for Counter {
    fn from(CounterRecord { by, at, file, clauses, note }: CounterRecord) -> Self {
        let wish = |WishRecord { clause, text }| ClauseWish { clause, text };
        Self { by: by.0, at, file: file.into(), clauses: clauses.into_iter().map(wish).collect(), note }
    }
}

impl From<AnsweredClause> for AnsweredRecord {
    fn from(AnsweredClause { clause, answer, by, at }: AnsweredClause) -> Self {
        let answer = match answer {
            ClauseAnswer::Accepted(reason) => AnswerRecord::Accepted(reason),
            ClauseAnswer::Refused => AnswerRecord::Refused,
            ClauseAnswer::Countered { text, reason } => AnswerRecord::Countered { text, reason },
        };
        Self { clause, answer, by: by.into(), at }
    }
}

impl From<AnsweredRecord> for AnsweredClause {
    fn from(AnsweredRecord { clause, answer, by, at }: AnsweredRecord) -> Self {
        let answer = match answer {
            AnswerRecord::Accepted(reason) => ClauseAnswer::Accepted(reason),
            AnswerRecord::Refused => ClauseAnswer::Refused,
            AnswerRecord::Countered { text, reason } => ClauseAnswer::Countered { text, reason },
        };
        Self { clause, answer, by: by.into(), at }
    }
}
