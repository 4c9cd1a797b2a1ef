//! What is different between two versions.

use super::rate::{RateLine, RateSubject};
use super::terms::{Clause, Document, Provision, Terms};
use super::{Commitment, Parties, Sites, Term};
use crate::catalogue::EarlyTermination;
use crate::id::DocumentId;

/// Something that two versions say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// What it is called.
    Name(&'a str, &'a str),
    /// Between whom it is.
    Parties(&'a Parties, &'a Parties),
    /// For how long.
    Term(&'a Term, &'a Term),
    /// Where.
    Sites(&'a Sites, &'a Sites),
    /// A document.
    Document(Side<'a, Document>),
    /// The order of precedence of the documents.
    Precedence(Vec<&'a DocumentId>, Vec<&'a DocumentId>),
    /// A rate.
    Rate(Side<'a, RateLine>),
    /// What is committed to.
    Commitment(Option<&'a Commitment>, Option<&'a Commitment>),
    /// What ending it early costs.
    EarlyTermination(&'a EarlyTermination, &'a EarlyTermination),
    /// Something else that is agreed.
    Provision(Side<'a, Provision>),
    /// A clause.
    Clause(Side<'a, Clause>),
}

/// In which of two versions something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side<'a, T> {
    /// Only in the earlier.
    Gone(&'a T),
    /// Only in the later.
    New(&'a T),
    /// In both, and not the same.
    Changed(&'a T, &'a T),
}

/// What is different in the later of two versions, in the order in which they say it.
#[must_use]
pub fn redline<'a>(earlier: &'a Terms, later: &'a Terms) -> Vec<Difference<'a>> {
    let mut found = vec![];
    if earlier.name != later.name {
        found.push(Difference::Name(&earlier.name, &later.name));
    }
    if earlier.parties != later.parties {
        found.push(Difference::Parties(&earlier.parties, &later.parties));
    }
    if earlier.term != later.term {
        found.push(Difference::Term(&earlier.term, &later.term));
    }
    if earlier.sites != later.sites {
        found.push(Difference::Sites(&earlier.sites, &later.sites));
    }
    found.extend(sides(&earlier.documents, &later.documents, |document| &document.id).into_iter().map(Difference::Document));
    let order = |terms: &'a Terms, other: &Terms| -> Vec<&'a DocumentId> {
        let in_both = terms.documents.iter().filter(|one| other.documents.iter().any(|document| document.id == one.id));
        in_both.map(|document| &document.id).collect()
    };
    let (before, after) = (order(earlier, later), order(later, earlier));
    if before != after {
        found.push(Difference::Precedence(before, after));
    }
    let by = |line: &'a RateLine| -> (&'a DocumentId, &'a RateSubject) { (&line.document, &line.subject) };
    found.extend(sides(&earlier.rates, &later.rates, by).into_iter().map(Difference::Rate));
    if earlier.commitment != later.commitment {
        found.push(Difference::Commitment(earlier.commitment.as_ref(), later.commitment.as_ref()));
    }
    if earlier.early_termination != later.early_termination {
        found.push(Difference::EarlyTermination(&earlier.early_termination, &later.early_termination));
    }
    found.extend(sides(&earlier.provisions, &later.provisions, |provision| provision).into_iter().map(Difference::Provision));
    found.extend(sides(&earlier.clauses, &later.clauses, |clause| &clause.id).into_iter().map(Difference::Clause));
    found
}

/// What is not the same in two lists, by what tells their entries apart.
fn sides<'a, T: PartialEq, K: PartialEq>(earlier: &'a [T], later: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<Side<'a, T>> {
    let mut found = vec![];
    for before in earlier {
        match later.iter().find(|after| key(after) == key(before)) {
            None => found.push(Side::Gone(before)),
            Some(after) if after != before => found.push(Side::Changed(before, after)),
            Some(_) => {}
        }
    }
    found.extend(later.iter().filter(|after| !earlier.iter().any(|before| key(before) == key(after))).map(Side::New));
    found
}
