//! The e-mail we send: what it says, as text and as HTML, made of the same parts.
//!
//! Nothing here asks anybody to follow a link: a message about an account that has one teaches people to trust those that others send.

use std::borrow::Cow;

use maud::{DOCTYPE, html};
use order_manager::notice::News;
use order_manager::order::{JeopardyKind, Placed};

use crate::messages::Words;

/// What a message is about. The names are stable: they mark messages in the sending service's own figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code that links a sign-in with an account.
    LinkCode,
    /// A code that shows whose an e-mail address is.
    EmailCode,
    /// Somebody wanted to create a sign-in that there is.
    AccountExists,
    /// A code that the customer reads back to a member of staff.
    AccessCode,
    /// A sign-in can now see and change an account.
    AccountLinked,
    /// A password was changed.
    PasswordChanged,
    /// The e-mail address of a sign-in was changed; sent to the one before.
    EmailChanged,
    /// An authenticator app was added to a sign-in.
    FactorAdded,
    /// An authenticator app was removed from a sign-in.
    FactorRemoved,
    /// Something about an order, by the news' own name.
    Order(&'static str),
}

impl Kind {
    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LinkCode => "link-code",
            Self::EmailCode => "email-code",
            Self::AccountExists => "account-exists",
            Self::AccessCode => "access-code",
            Self::AccountLinked => "account-linked",
            Self::PasswordChanged => "password-changed",
            Self::EmailChanged => "email-changed",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::Order(news) => news,
        }
    }
}

/// A message, whoever it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What it is about.
    pub kind: Kind,
    /// The language's tag.
    language: &'static str,
    /// Its subject.
    pub subject: String,
    parts: Vec<Part>,
}

/// What a message is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Paragraph(String),
    Code(String),
}

impl Mail {
    /// The code that links a sign-in with an account, sent to the account's contact of record.
    #[must_use]
    pub fn link_code(words: &Words, code: &str) -> Self {
        let code = Part::Code(code.to_owned());
        let parts = vec![paragraph(words.text("mail-link-code")), code, paragraph(words.text("mail-link-code-not-you"))];
        Self::new(words, Kind::LinkCode, words.text("mail-link-code-subject"), parts)
    }

    /// The code that shows whose a new e-mail address is, sent to it.
    #[must_use]
    pub fn email_code(words: &Words, code: &str) -> Self {
        let code = Part::Code(code.to_owned());
        let parts = vec![paragraph(words.text("mail-email-code")), code, paragraph(words.text("mail-email-code-not-you"))];
        Self::new(words, Kind::EmailCode, words.text("mail-email-code-subject"), parts)
    }

    /// Somebody wanted to create a sign-in with an address that has one.
    #[must_use]
    pub fn account_exists(words: &Words) -> Self {
        let parts = vec![paragraph(words.text("mail-account-exists")), paragraph(words.text("mail-account-exists-not-you"))];
        Self::new(words, Kind::AccountExists, words.text("mail-account-exists-subject"), parts)
    }

    /// The code that the customer reads back to whoever of staff they are dealing with.
    #[must_use]
    pub fn access_code(words: &Words, code: &str) -> Self {
        let code = Part::Code(code.to_owned());
        let parts = vec![paragraph(words.text("mail-access-code")), code, paragraph(words.text("mail-access-code-not-you"))];
        Self::new(words, Kind::AccessCode, words.text("mail-access-code-subject"), parts)
    }

    /// Something about an account or a sign-in has changed.
    ///
    /// What is no notice has words of its own: [`Mail::link_code`], [`Mail::email_code`], [`Mail::access_code`],
    /// [`Mail::account_exists`].
    #[must_use]
    pub fn notice(words: &Words, kind: Kind) -> Self {
        let (subject, said) = match kind {
            Kind::LinkCode | Kind::EmailCode | Kind::AccessCode | Kind::AccountExists | Kind::Order(_) | Kind::AccountLinked => {
                (words.text("mail-linked-subject"), words.text("mail-linked"))
            }
            Kind::PasswordChanged => (words.text("mail-password-subject"), words.text("mail-password")),
            Kind::EmailChanged => (words.text("mail-email-subject"), words.text("mail-email")),
            Kind::FactorAdded => (words.text("mail-factor-added-subject"), words.text("mail-factor-added")),
            Kind::FactorRemoved => (words.text("mail-factor-removed-subject"), words.text("mail-factor-removed")),
        };
        let phone = words.text("help-phone").into_owned();
        let not_you = words.with("mail-not-you", &[("phone", phone.into())]);
        let parts = vec![paragraph(said), paragraph(words.text("mail-was-you")), paragraph(not_you)];
        Self::new(words, kind, subject, parts)
    }

    /// What there is to tell of an order.
    #[must_use]
    pub fn order(words: &Words, news: &News, placed: &Placed) -> Self {
        let reference = placed.id.reference();
        let language = words.language();
        let said = match news {
            News::Received => words.text("mail-order-received"),
            News::Rejected(why) => words.with("mail-order-rejected", &[("why", why.in_language(language).into())]),
            News::Started => words.text("mail-order-started"),
            News::Day { what, day, moved } => {
                let (what, day) = (what.in_language(language), words.date(*day));
                match moved {
                    None => words.with("mail-order-day", &[("what", what.into()), ("day", day.into())]),
                    Some((before, why)) => {
                        let before = words.date(*before);
                        let why = why.as_ref().map_or("", |why| why.in_language(language));
                        let arguments =
                            [("what", what.into()), ("day", day.into()), ("before", before.into()), ("why", why.into())];
                        words.with("mail-order-day-moved", &arguments)
                    }
                }
            }
            News::Jeopardy { what, kind } => {
                let endangered = match kind {
                    JeopardyKind::Access => words.text("mail-jeopardy-access"),
                    JeopardyKind::PlaceNotReady => words.text("mail-jeopardy-place"),
                    JeopardyKind::Facilities => words.text("mail-jeopardy-facilities"),
                    JeopardyKind::OtherCompany => words.text("mail-jeopardy-company"),
                    JeopardyKind::Equipment => words.text("mail-jeopardy-equipment"),
                    JeopardyKind::Weather => words.text("mail-jeopardy-weather"),
                    JeopardyKind::Other => words.text("mail-jeopardy-other"),
                };
                let arguments = [("what", what.in_language(language).into()), ("why", endangered.into_owned().into())];
                words.with("mail-order-jeopardy", &arguments)
            }
            News::Held(why) => words.with("mail-order-held", &[("why", why.in_language(language).into())]),
            News::Question(question) => words.with("mail-order-question", &[("question", question.in_language(language).into())]),
            News::InService(what) => words.with("mail-order-in-service", &[("what", what.in_language(language).into())]),
            News::Completed => words.text("mail-order-completed"),
            News::Partial => words.text("mail-order-partial"),
            News::Failed(why) => words.with("mail-order-failed", &[("why", why.in_language(language).into())]),
            News::CancellationAsked => words.text("mail-order-cancellation-asked"),
            News::CancellationGranted(charge) => {
                words.with("mail-order-cancellation-granted", &[("charge", charge.to_string().into())])
            }
            News::Cancelled(charge) => words.with("mail-order-cancelled", &[("charge", charge.to_string().into())]),
        };
        let subject = match news {
            News::Received => words.with("mail-order-received-subject", &[("reference", reference.clone().into())]),
            News::Question(_) | News::Jeopardy { .. } => {
                words.with("mail-order-needed-subject", &[("reference", reference.clone().into())])
            }
            News::Completed | News::InService(_) => {
                words.with("mail-order-works-subject", &[("reference", reference.clone().into())])
            }
            _ => words.with("mail-order-subject", &[("reference", reference.clone().into())]),
        };
        let services: Vec<_> = placed.items.iter().map(|item| item.name.in_language(language)).collect();
        let about = words.with(
            "mail-order-about",
            &[
                ("reference", reference.into()),
                ("services", services.join(", ").into()),
                ("place", placed.place.address.to_string().into()),
            ],
        );
        let phone = words.text("help-phone").into_owned();
        let more = words.with("mail-order-more", &[("phone", phone.into())]);
        let parts = vec![paragraph(said), paragraph(about), paragraph(more)];
        Self::new(words, Kind::Order(news.name()), subject, parts)
    }

    fn new(words: &Words, kind: Kind, subject: Cow<'_, str>, mut parts: Vec<Part>) -> Self {
        // The one message whose code is meant to be read out must not end by saying that nobody asks for it.
        let closing = match kind {
            Kind::AccessCode => words.text("mail-access-code-from-us"),
            _ => words.text("mail-from-us"),
        };
        parts.push(paragraph(closing));
        Self { kind, language: words.language(), subject: subject.into_owned(), parts }
    }

    /// As plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let blocks: Vec<_> = self
            .parts
            .iter()
            .map(|part| match part {
                Part::Paragraph(text) => text.clone(),
                Part::Code(code) => format!("    {code}"),
            })
            .collect();
        blocks.join("\n\n") + "\n"
    }

    /// As a document.
    #[must_use]
    pub fn html(&self) -> String {
        let document = html! {
            (DOCTYPE)
            html lang=(self.language) {
                head { meta charset="utf-8"; title { (self.subject) } }
                body {
                    @for part in &self.parts {
                        @match part {
                            Part::Paragraph(text) => p { (text) },
                            Part::Code(code) => p { strong { (code) } },
                        }
                    }
                }
            }
        };
        document.into_string()
    }
}

fn paragraph(text: Cow<'_, str>) -> Part {
    Part::Paragraph(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> Vec<Mail> {
        let words = Words::english();
        let notices = [Kind::AccountLinked, Kind::PasswordChanged, Kind::EmailChanged, Kind::FactorAdded, Kind::FactorRemoved];
        let notices = notices.into_iter().map(|kind| Mail::notice(words, kind));
        let codes = [Mail::link_code(words, "493017"), Mail::email_code(words, "493017"), Mail::access_code(words, "493017")];
        codes.into_iter().chain([Mail::account_exists(words)]).chain(notices).collect()
    }

    #[test]
    fn every_message_has_its_words_and_a_subject_of_one_line() {
        for mail in every() {
            let whole = format!("{}\n{}\n{}", mail.subject, mail.text(), mail.html());
            assert!(!whole.contains('⟦') && !mail.subject.contains('\n') && !mail.subject.is_empty(), "{whole}");
        }
    }

    #[test]
    fn text_and_document_say_the_same_and_lead_nowhere() {
        for mail in every() {
            let (text, document) = (mail.text(), mail.html());
            assert_eq!(text.split("\n\n").count(), document.matches("<p>").count(), "{document}");
            assert!(!document.contains("href") && !text.contains("http"), "{document}");
        }
        let code = Mail::link_code(Words::english(), "493017");
        assert!(code.text().contains("    493017\n") && code.html().contains("<strong>493017</strong>"));
    }
}
