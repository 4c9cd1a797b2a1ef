//! What a customer is written, and in which language.

use maud::{Markup, html};
use order_manager::entered::{Entered, FieldError};
use order_manager::id::CustomerId;
use order_manager::mailing::{MailChoice, MailLanguage, Topic};
use order_manager::party::EmailAddress;

use crate::components::banner::banner;
use crate::components::button::primary;
use crate::components::checkboxes::checkboxes;
use crate::components::field::{Field, Filled};
use crate::components::form::{Form, form};
use crate::components::radios::{Choice, radios};
use crate::components::tag::Tone;
use crate::layout::{Context, Page, page};
use crate::path::Path;

/// The field with what is wanted beside what is always told: the topics' names.
pub const TOPICS: &str = "topics";
/// The field with the language: its tag.
pub const LANGUAGE: &str = "language";

/// The page.
#[derive(Clone, Copy, Debug)]
pub struct MailChoicePage<'a> {
    /// Whose mail it is about.
    pub customer: CustomerId,
    /// Where it goes.
    pub email: Option<&'a EmailAddress>,
    /// What stands in the fields.
    pub entered: &'a Entered,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// What has just been done.
    pub notice: Option<Notice>,
}

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The choice was saved.
    Saved,
}

/// A choice, as the form holds it.
#[must_use]
pub fn known(choice: &MailChoice) -> Entered {
    let mut entered = Entered::default();
    for topic in Topic::ALL.into_iter().filter(|topic| !choice.without.contains(topic)) {
        entered.add(TOPICS, topic.name());
    }
    entered.add(LANGUAGE, choice.language.tag());
    entered
}

/// The page as HTML.
#[must_use]
pub fn render(context: &Context<'_>, view: &MailChoicePage<'_>) -> Markup {
    let words = context.words;
    let filled = Filled { words, entered: view.entered, errors: view.errors };
    let topics = Field::new(TOPICS, words.text("mailing-topics")).optional();
    let topic = |topic: Topic| {
        let (label, hint) = match topic {
            Topic::Progress => (words.text("mailing-progress"), words.text("mailing-progress-hint")),
            Topic::Outlook => (words.text("mailing-outlook"), words.text("mailing-outlook-hint")),
        };
        Choice { hint: Some(hint), ..Choice::new(topic.name(), label) }
    };
    let language = Field::new(LANGUAGE, words.text("mailing-language")).hint(words.text("mailing-language-hint"));
    let in_language = |language: MailLanguage| {
        let name = match language {
            MailLanguage::English => words.text("mailing-english"),
            MailLanguage::Spanish => words.text("mailing-spanish"),
        };
        Choice::new(language.tag(), name)
    };
    let (title, save) = (words.text("mailing-title"), words.text("mailing-save"));
    let main = html! {
        h1 { (title) }
        @match view.email {
            Some(email) => p { (words.with("mailing-about-address", &[("email", email.as_str().into())])) },
            None => p { (words.text("mailing-about-none")) },
        }
        p { (words.text("mailing-always")) }
        (form(
            context,
            &Form { action: &Path::mail_choice(view.customer), save: &save, version: None, uploads: false },
            &html! {
                (checkboxes(&filled, &topics, &Topic::ALL.map(topic)))
                (radios(&filled, &language, &MailLanguage::ALL.map(in_language)))
                div .actions { (primary(&save)) }
            },
        ))
    };
    let saved = view.notice.map(|Notice::Saved| {
        banner(Tone::Good, &words.text("mailing-saved-title"), &html! { p { (words.text("mailing-saved")) } })
    });
    let back = Some(Path::customer(view.customer));
    let problems = filled.problems(&[&topics, &language]);
    page(context, Page { back, banner: saved, problems, ..Page::titled(title.clone(), main) })
}

/// The page in every state.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::Sample> {
    use order_manager::entered::Reason;

    use crate::sample::{Sample, context, customer};

    let customer = customer();
    let entered = known(&MailChoice::default());
    let stopped = known(&MailChoice { language: MailLanguage::Spanish, ..MailChoice::default().stopped() });
    let plain = MailChoicePage {
        customer: customer.id,
        email: customer.contact.email.as_ref(),
        entered: &entered,
        errors: &[],
        notice: None,
    };
    let wrong = [FieldError::new(LANGUAGE, Reason::Missing)];
    let nothing = Entered::default();
    let show = |name: &str, view: &MailChoicePage<'_>| Sample::new(name, render(&context(), view));
    vec![
        show("mail-choice", &plain),
        show("mail-choice-saved", &MailChoicePage { entered: &stopped, notice: Some(Notice::Saved), ..plain }),
        show("mail-choice-no-address", &MailChoicePage { email: None, ..plain }),
        show("mail-choice-errors", &MailChoicePage { entered: &nothing, errors: &wrong, ..plain }),
    ]
}
