//! What an offering asks: its term, its own questions, and those of the dialogs it uses, in the order they are asked.
//!
//! Read for all offerings before anything that looks at the answers, since an offering may look at another's.

use std::collections::BTreeSet;

use toml::Spanned;

use super::condition::{Decides, Scope, when};
use super::desk::{Desk, Spot};
use super::place::Places;
use super::question::{self, Asking};
use super::raw::{RawTermWording, RawUse, SourceCondition, WordOr};
use super::shape::{DialogSource, OfferingSource, Part};
use super::term;
use crate::catalogue::Dialog;
use crate::characteristic::Asked;
use crate::id::{DialogId, OfferingId};

/// An offering half read: what it asks.
#[derive(Debug)]
pub(super) struct HalfRead<'a> {
    pub(super) id: OfferingId,
    pub(super) source: &'a OfferingSource,
    pub(super) asking: Asking,
    pub(super) terms: term::Terms,
}

impl<'a> HalfRead<'a> {
    /// What a condition over all answers of this offering can look at.
    pub(super) fn scope<'s>(&'s self, around: &Scope<'s>) -> Scope<'s> {
        Scope {
            asked: &self.asking.characteristics,
            dialogs: &self.asking.dialogs,
            later: &[],
            sold_to: &self.source.head.it.sold_to,
            ..*around
        }
    }
}

/// Reads what an offering asks: its term, its own questions, its dialogs.
pub(super) fn read<'a>(
    desk: &mut Desk<'_>,
    source: &'a OfferingSource,
    dialogs: &[DialogSource],
    wording: Option<&Part<RawTermWording>>,
    around: &Scope<'_>,
    places: &Places,
) -> Option<HalfRead<'a>> {
    let (file, raw) = (source.head.file, &source.head.it);
    let around = Scope { sold_to: &raw.sold_to, ..*around };
    let used: Vec<_> = raw.dialogs.iter().filter_map(|word| find_dialog(desk, file, word, dialogs)).collect();
    let terms = term::read(desk, file, source.head.spot, &raw.terms, wording);
    let questions = source.questions.iter().chain(used.iter().flat_map(|(_, dialog, _)| &dialog.questions));
    let mut asking = Asking { all: questions.map(|part| part.it.id.get_ref().clone()).collect(), ..Asking::default() };
    if let Some(question) = &terms.question {
        asking.seen.insert(question.id.to_string());
        asking.characteristics.push(question.clone());
    }
    for part in &source.questions {
        question::read(desk, part, &Asked::OnPage, &mut asking, &around, places);
    }
    let mut seen = BTreeSet::new();
    for (spot, dialog, condition) in used {
        if !desk.once(&mut seen, spot, "use of the dialog", dialog.head.it.id.get_ref()) {
            continue;
        }
        let scope = Scope { asked: &asking.characteristics, dialogs: &asking.dialogs, later: &asking.all, ..around };
        let applies_when = when(desk, file, condition, &scope, Decides { never: "this dialog is never opened", within: &[] });
        let Some(id) = desk.id::<DialogId>(dialog.head.file, &dialog.head.it.id) else { continue };
        asking.dialogs.push(Dialog {
            id: id.clone(),
            title: desk.text(dialog.head.file, &dialog.head.it.title),
            introduction: desk.maybe_text(dialog.head.file, dialog.head.it.introduction.as_ref()),
            applies_when,
        });
        let asked = Asked::InDialog(id);
        for part in &dialog.questions {
            question::read(desk, part, &asked, &mut asking, &around, places);
        }
    }
    Some(HalfRead { id: raw.id.get_ref().parse().ok()?, source, asking, terms })
}

/// A dialog that an offering uses: where it says so, the dialog, and when it is opened.
fn find_dialog<'a, 'u>(
    desk: &mut Desk<'_>,
    file: usize,
    word: &'u Spanned<WordOr<RawUse>>,
    dialogs: &'a [DialogSource],
) -> Option<(Spot, &'a DialogSource, Option<&'u SourceCondition>)> {
    let (spot, name, condition) = match word.get_ref() {
        WordOr::Word(name) => (Spot::of(file, word), name, None),
        WordOr::Table(table) => (Spot::of(file, &table.dialog), table.dialog.get_ref(), table.when.as_ref()),
    };
    let found = dialogs.iter().find(|dialog| dialog.head.it.id.get_ref() == name);
    if found.is_none() {
        desk.dangling(spot, "dialog", name, dialogs.iter().map(|dialog| dialog.head.it.id.get_ref()));
    }
    found.map(|dialog| (spot, dialog, condition))
}
