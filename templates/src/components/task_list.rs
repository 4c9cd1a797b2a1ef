//! What there is to do, each with its status in words.

use std::borrow::Cow;

use maud::{Markup, html};

use super::tag::{Tone, tag};
use crate::path::Path;

/// Something to do.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// What.
    pub title: Cow<'a, str>,
    /// Where; none while it can't be done.
    pub path: Option<Path>,
    /// More about it.
    pub note: Option<Cow<'a, str>>,
    /// How it stands, in words.
    pub status: Cow<'a, str>,
    /// How that is to be taken.
    pub tone: Tone,
}

/// The list. `id` keeps the ids of two lists on a page apart.
#[must_use]
pub fn task_list(id: &str, tasks: &[Task<'_>]) -> Markup {
    html! {
        ul .tasks {
            @for (index, task) in tasks.iter().enumerate() {
                @let status = format!("{id}--{}", index + 1);
                li {
                    div {
                        @match &task.path {
                            Some(path) => a href=(path) aria-describedby=(status) { (task.title) },
                            None => span .name { (task.title) },
                        }
                        @if let Some(note) = &task.note { p .about { (note) } }
                    }
                    div id=(status) { (tag(task.tone, &task.status)) }
                }
            }
        }
    }
}
