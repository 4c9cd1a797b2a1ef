//! Some of a few, single boxes to agree with, and many choices under headings.

use std::borrow::Cow;

use maud::{Markup, html};

use super::field::{Field, Filled, group};
use super::radios::{Choice, tickable};

/// Checkboxes of one name.
#[must_use]
pub fn checkboxes(filled: &Filled<'_>, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    group(filled, field, |_| {
        html! {
            div .slots[choices.len() > A_COLUMN] {
                @for (index, choice) in choices.iter().enumerate() { (tickable("checkbox", filled, field, index, choice)) }
            }
        }
    })
}

/// More boxes than this stand beside each other where there is room.
const A_COLUMN: usize = 12;

/// A few boxes under a heading of their own, within a field that has several such groups.
#[derive(Clone, Debug)]
pub struct Cluster<'a> {
    /// The heading.
    pub title: Cow<'a, str>,
    /// The boxes.
    pub choices: Vec<Choice<'a>>,
}

/// Checkboxes of one name, in groups with headings.
#[must_use]
pub fn clustered(filled: &Filled<'_>, field: &Field<'_>, clusters: &[Cluster<'_>]) -> Markup {
    in_clusters("checkbox", filled, field, clusters)
}

/// Radio buttons of one name, in groups with headings.
#[must_use]
pub fn clustered_radios(filled: &Filled<'_>, field: &Field<'_>, clusters: &[Cluster<'_>]) -> Markup {
    in_clusters("radio", filled, field, clusters)
}

fn in_clusters(kind: &str, filled: &Filled<'_>, field: &Field<'_>, clusters: &[Cluster<'_>]) -> Markup {
    let firsts = clusters.iter().scan(0, |next, cluster| {
        let first = *next;
        *next += cluster.choices.len();
        Some(first)
    });
    group(filled, field, |_| {
        html! {
            @for (cluster, first) in clusters.iter().zip(firsts) {
                fieldset .cluster {
                    legend { (cluster.title) }
                    @for (index, choice) in cluster.choices.iter().enumerate() {
                        (tickable(kind, filled, field, first + index, choice))
                    }
                }
            }
        }
    })
}

/// A statement and a box to agree with it. It sends `yes`.
#[must_use]
pub fn acknowledgement(filled: &Filled<'_>, field: &Field<'_>, statement: &str) -> Markup {
    group(filled, field, |_| html! { div .agree { (tickable("checkbox", filled, field, 0, &Choice::new("yes", statement))) } })
}
