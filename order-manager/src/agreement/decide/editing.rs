//! Editing a version, and what holds of every version that goes on.

use std::collections::BTreeSet;

use super::super::rate::{Agreed, Rate, RateLine};
use super::super::state::{ClauseAnswer, Countered, Draft, InApproval};
use super::super::terms::{Clause, Commitment, Document, Parties, Provision, Sites, Starts, Term, Terms, Wording};
use super::super::{AgreedWith, AgreementVersion, Event, Stage, needs};
use super::checks::{
    LONGEST_CLAUSE, LONGEST_NAME, LONGEST_REASON, MOST_OF_EACH, add_offering, amount, check, commitment, none_of, percentage,
    provisions, required, set_rates, term, wrong,
};
use super::{Facts, Refusal};
use crate::access::{Duty, Role, StaffMember};
use crate::catalogue::{AtTermEnd, Catalogue, EarlyTermination, Family, Negotiation, StandardClause, StandardDocument};
use crate::entered::Reason;
use crate::id::{ClauseId, DocumentId, OfferingId};
use crate::money::Percent;

/// A change of what a version says.
#[derive(Clone, Debug)]
pub enum Edit {
    /// What it is called, and between whom it is.
    Parties {
        /// What it is called.
        name: Box<str>,
        /// Between whom.
        parties: Parties,
    },
    /// For how long.
    Term(Term),
    /// Where.
    Sites(Sites),
    /// Its documents, in their order of precedence. Rates and clauses stand in one of them.
    Documents(Vec<Document>),
    /// Take the prices of an offering in, at list price.
    AddOffering(DocumentId, OfferingId),
    /// Take the prices of an offering out.
    RemoveOffering(DocumentId, OfferingId),
    /// Rates, in place of those of the same documents for the same prices.
    Rates(Vec<RateLine>),
    /// The same share off every price of a group that can be negotiated.
    GroupDiscount(Group, Percent),
    /// The list price for every price of a group.
    ResetToList(Group),
    /// What the customer commits to.
    Commitment(Option<Commitment>),
    /// What ending a service early costs.
    EarlyTermination(EarlyTermination),
    /// What else is agreed.
    Provisions(Vec<Provision>),
    /// What a clause says.
    Clause(ClauseId, NewWording),
}

/// Some of the rates of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// All.
    Every,
    /// Those of a family's offerings.
    Family(Family),
    /// Those of an offering.
    Offering(OfferingId),
}

/// What a clause is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewWording {
    /// The standard.
    Standard,
    /// Something else.
    Changed {
        /// What.
        text: Box<str>,
        /// Why.
        reason: Box<str>,
    },
}

impl Group {
    fn has(&self, line: &RateLine, catalogue: &Catalogue) -> bool {
        match self {
            Self::Every => true,
            Self::Offering(offering) => line.subject.offering == *offering,
            Self::Family(family) => catalogue.offering(&line.subject.offering).is_some_and(|offering| offering.family == *family),
        }
    }
}

/// What an agreement begins with.
pub(super) fn standard_terms(negotiation: &Negotiation, customer: &AgreedWith, name: &str) -> Result<Terms, Refusal> {
    let document = |document: &StandardDocument| Document {
        id: document.id.clone(),
        kind: document.kind,
        title: document.title.in_language("en").into(),
    };
    let clause = |clause: &StandardClause| Clause {
        id: clause.id.clone(),
        document: clause.document.clone(),
        heading: clause.heading.in_language("en").into(),
        version: clause.version.clone(),
        standard: clause.text.in_language("en").into(),
        wording: Wording::Standard,
    };
    Ok(Terms {
        name: required("name", name, LONGEST_NAME)?,
        parties: Parties { company: negotiation.company.in_language("en").into(), customer: customer.name.clone() },
        term: Term {
            months: negotiation.terms.first().copied().unwrap_or(12),
            starts: Starts::LaterSignature,
            at_end: AtTermEnd::RollMonthly,
            notice_days: negotiation.notice_days,
        },
        sites: Sites::Every,
        documents: negotiation.documents.iter().map(document).collect(),
        rates: vec![],
        commitment: None,
        early_termination: negotiation.early_termination.clone(),
        provisions: vec![],
        clauses: negotiation.clauses.iter().map(clause).collect(),
    })
}

/// Edits a version: what was approved of it is void. An approver who edits it makes it theirs.
pub(super) fn edit(
    stage: Stage,
    edit: Edit,
    by: &StaffMember,
    roles: &BTreeSet<Role>,
    facts: &Facts<'_>,
) -> Result<(Stage, Event), Refusal> {
    let voided: Vec<_> = stage.approvals().iter().map(|given| given.level.clone()).collect();
    let (mut version, waiting) = match stage {
        Stage::Draft(Draft { version, returned }) => (version, Err(returned)),
        Stage::InApproval(waiting) => (waiting.version.clone(), Ok(waiting)),
        Stage::Approved(approved) => (approved.version, Err(None)),
        other => return Err(Refusal::NotInState(other.state())),
    };
    apply_edit(&mut version, edit, facts)?;
    version.revision += 1;
    if !version.is_by(by.person) {
        version.authors.push(by.clone());
    }
    let approves = roles.iter().any(|role| role.does(Duty::Approve));
    let stage = match waiting {
        // Whoever edits what they were to approve leaves it to somebody else to approve.
        Ok(InApproval { asked_by, asked, .. }) if approves => {
            check(&version, facts)?;
            let needs = needs(&version, facts.catalogue)?;
            let draft = Draft { version, returned: None };
            match needs.is_empty() {
                true => Stage::Approved(draft.without_approval()),
                false => Stage::InApproval(draft.ask(asked_by, asked, needs)),
            }
        }
        Ok(_) => Stage::Draft(Draft { version, returned: None }),
        Err(returned) => Stage::Draft(Draft { version, returned }),
    };
    Ok((stage, if voided.is_empty() { Event::Edited } else { Event::Voided(voided) }))
}

fn apply_edit(version: &mut AgreementVersion, edit: Edit, facts: &Facts<'_>) -> Result<(), Refusal> {
    let terms = &mut version.terms;
    match edit {
        Edit::Parties { name, parties } => {
            terms.name = required("name", &name, LONGEST_NAME)?;
            terms.parties = Parties {
                company: required("company", &parties.company, LONGEST_NAME)?,
                customer: required("customer", &parties.customer, LONGEST_NAME)?,
            };
        }
        Edit::Term(new) => terms.term = term(new, facts)?,
        Edit::Sites(sites) => {
            if matches!(&sites, Sites::These(these) if these.is_empty()) {
                return Err(wrong("sites", Reason::Missing));
            }
            terms.sites = sites;
        }
        Edit::Documents(documents) => {
            let ids: BTreeSet<_> = documents.iter().map(|document| &document.id).collect();
            if ids.len() != documents.len() {
                return Err(wrong("documents", Reason::Repeated));
            }
            if documents.is_empty() || documents.len() > MOST_OF_EACH {
                return Err(wrong("documents", Reason::WrongCount { min: 1, max: MOST_OF_EACH }));
            }
            let used = terms.rates.iter().map(|line| &line.document).chain(terms.clauses.iter().map(|clause| &clause.document));
            if used.into_iter().any(|document| !ids.contains(document)) {
                return Err(wrong("documents", Reason::Missing));
            }
            terms.documents = documents;
        }
        Edit::AddOffering(document, offering) => add_offering(terms, &document, &offering, facts)?,
        Edit::RemoveOffering(document, offering) => {
            terms.rates.retain(|line| line.document != document || line.subject.offering != offering);
        }
        Edit::Rates(lines) => set_rates(version, lines, facts)?,
        Edit::GroupDiscount(group, percent) => {
            if !(0..=10_000).contains(&percent.0) {
                return Err(wrong("percent", Reason::NotAPercentage));
            }
            let rate = Agreed::Flat(Rate::Off(percent));
            let of_group = |line: &&RateLine| {
                let offering = facts.catalogue.offering(&line.subject.offering);
                group.has(line, facts.catalogue) && offering.is_some_and(|offering| offering.is_negotiable())
            };
            let lines = terms.rates.iter().filter(of_group).map(|line| RateLine { agreed: rate.clone(), ..line.clone() });
            let lines: Vec<_> = lines.collect();
            set_rates(version, lines, facts)?;
        }
        Edit::ResetToList(group) => {
            for line in terms.rates.iter_mut().filter(|line| group.has(line, facts.catalogue)) {
                line.agreed = Agreed::Flat(Rate::LIST);
            }
        }
        Edit::Commitment(new) => terms.commitment = new.map(commitment).transpose()?,
        Edit::EarlyTermination(ending) => {
            let shares = [("first-year", ending.first_year), ("after", ending.after)];
            let mut errors: Vec<_> = shares.iter().filter_map(|(field, share)| percentage(field, *share)).collect();
            errors.extend(ending.at_most.and_then(|most| amount("at-most", most)));
            none_of(errors)?;
            terms.early_termination = ending;
        }
        Edit::Provisions(new) => terms.provisions = provisions(new, facts)?,
        Edit::Clause(id, wording) => {
            let clause = terms.clauses.iter_mut().find(|clause| clause.id == id).ok_or(Refusal::NoSuchClause)?;
            clause.wording = match wording {
                NewWording::Standard => Wording::Standard,
                NewWording::Changed { text, reason } => Wording::Changed {
                    text: required(&format!("{id}-text"), &text, LONGEST_CLAUSE)?,
                    reason: required(&format!("{id}-reason"), &reason, LONGEST_REASON)?,
                },
            };
        }
    }
    Ok(())
}

/// An answer to a clause, with what it says in words checked.
pub(super) fn answer(answer: ClauseAnswer) -> Result<ClauseAnswer, Refusal> {
    Ok(match answer {
        ClauseAnswer::Accepted(reason) => ClauseAnswer::Accepted(required("reason", &reason, LONGEST_REASON)?),
        ClauseAnswer::Refused => ClauseAnswer::Refused,
        ClauseAnswer::Countered { text, reason } => ClauseAnswer::Countered {
            text: required("text", &text, LONGEST_CLAUSE)?,
            reason: required("reason", &reason, LONGEST_REASON)?,
        },
    })
}

/// Puts into the clauses what was answered to the customer's wishes, once all of them are.
pub(super) fn apply(terms: &mut Terms, countered: &Countered) -> Result<(), Refusal> {
    for wish in &countered.counter.clauses {
        let answered = countered.answers.iter().find(|answered| answered.clause == wish.clause);
        let answered = answered.ok_or_else(|| Refusal::Unanswered(wish.clause.clone()))?;
        let clause = terms.clauses.iter_mut().find(|clause| clause.id == wish.clause).ok_or(Refusal::NoSuchClause)?;
        match answered.answer.clone() {
            ClauseAnswer::Accepted(reason) => clause.wording = Wording::Changed { text: wish.text.clone(), reason },
            ClauseAnswer::Refused => {}
            ClauseAnswer::Countered { text, reason } => clause.wording = Wording::Changed { text, reason },
        }
    }
    Ok(())
}
