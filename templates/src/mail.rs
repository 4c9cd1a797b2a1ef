//! The e-mail we send: what it says, as text and as HTML, made of the same parts.
//!
//! No message about an account or a sign-in asks anybody to follow a link: one that does teaches people to trust those that others
//! send. What is told of an order leads to where one chooses what to be told, and no further.

use std::borrow::Cow;

use maud::{DOCTYPE, html};
use order_manager::mailing::Weight;
use order_manager::notice::News;
use order_manager::order::{JeopardyKind, Placed};

use crate::messages::Words;
use crate::path::Address;

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
    /// Where messages like it are stopped with one click, where they can be (RFC 8058).
    pub stop: Option<Address>,
    parts: Vec<Part>,
}

/// Where a message about an order leads.
#[derive(Clone, Debug)]
pub struct Leads {
    /// To choosing what to be told, and in which language.
    pub choice: Address,
    /// To being told no more than has to be.
    pub stop: Address,
}

/// What a message is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Paragraph(String),
    Code(String),
    Link(String, Address),
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

    /// What there is to tell of an order. What a customer may do without can be stopped from the message itself.
    #[must_use]
    pub fn order(words: &Words, news: &News, placed: &Placed, leads: Leads) -> Self {
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
            News::Charge { what, amount, why, answer_by } => {
                let (what, why, day) = (what.in_language(language), why.in_language(language), words.date(*answer_by));
                let arguments =
                    [("what", what.into()), ("why", why.into()), ("amount", amount.to_string().into()), ("day", day.into())];
                words.with("mail-order-charge", &arguments)
            }
            News::Amended { what, monthly } => {
                let arguments = [("what", what.in_language(language).into()), ("amount", monthly.to_string().into())];
                words.with("mail-order-amended", &arguments)
            }
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
            News::Question(_) | News::Charge { .. } | News::Jeopardy { .. } => {
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
        let link = |label: Cow<'_, str>, to: &Address| Part::Link(label.into_owned(), to.clone());
        let mut parts = vec![paragraph(said), paragraph(about), paragraph(more), link(words.text("mail-choose"), &leads.choice)];
        let stop = match news.weight() {
            Weight::Contractual => None,
            Weight::Courtesy(_) => {
                parts.push(link(words.text("mail-stop"), &leads.stop));
                Some(leads.stop)
            }
        };
        Self { stop, ..Self::new(words, Kind::Order(news.name()), subject, parts) }
    }

    fn new(words: &Words, kind: Kind, subject: Cow<'_, str>, mut parts: Vec<Part>) -> Self {
        // The one message whose code is meant to be read out must not end by saying that nobody asks for it.
        let closing = match kind {
            Kind::AccessCode => words.text("mail-access-code-from-us"),
            _ => words.text("mail-from-us"),
        };
        parts.push(paragraph(closing));
        Self { kind, language: words.language(), subject: subject.into_owned(), stop: None, parts }
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
                Part::Link(label, to) => format!("{label}: {}", to.as_str()),
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
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { (self.subject) }
                }
                body {
                    @for part in &self.parts {
                        @match part {
                            Part::Paragraph(text) => p { (text) },
                            Part::Code(code) => p { strong { (code) } },
                            Part::Link(label, to) => p { a href=(to.as_str()) { (label) } },
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
    use order_manager::mailing::MailLanguage;
    use order_manager::money::{Currency, Money};
    use order_manager::order::{Content, OrderState};
    use order_manager::text::Text;

    use super::*;
    use crate::path::Path;
    use crate::sample;

    fn of_accounts(words: &Words) -> Vec<Mail> {
        let notices = [Kind::AccountLinked, Kind::PasswordChanged, Kind::EmailChanged, Kind::FactorAdded, Kind::FactorRemoved];
        let notices = notices.into_iter().map(|kind| Mail::notice(words, kind));
        let codes = [Mail::link_code(words, "493017"), Mail::email_code(words, "493017"), Mail::access_code(words, "493017")];
        codes.into_iter().chain([Mail::account_exists(words)]).chain(notices).collect()
    }

    fn every_news() -> Vec<News> {
        let text = || Text::english("Broadband Internet");
        let day = jiff::civil::date(2026, 12, 9);
        let money = Money::new(125_000, Currency::USD);
        let fixed = [
            News::Received,
            News::Rejected(text()),
            News::Started,
            News::Day { what: text(), day, moved: None },
            News::Day { what: text(), day, moved: Some((day, Some(text()))) },
            News::Held(text()),
            News::Question(text()),
            News::Charge { what: text(), amount: money, why: text(), answer_by: day },
            News::Amended { what: text(), monthly: money },
            News::InService(text()),
            News::Completed,
            News::Partial,
            News::Failed(text()),
            News::CancellationAsked,
            News::CancellationGranted(money),
            News::Cancelled(money),
        ];
        let dangers = JeopardyKind::ALL.map(|kind| News::Jeopardy { what: text(), kind });
        fixed.into_iter().chain(dangers).collect()
    }

    fn of_orders(words: &Words) -> Vec<(News, Mail)> {
        let catalogue = sample::catalogue();
        let order = sample::in_state(OrderState::InProgress, &catalogue);
        let Content::Placed(placed) = order.content() else { panic!("it is placed") };
        let origin = "https://order.example.com";
        let leads = Leads {
            choice: Address::of(origin, &Path::mail_choice(placed.ordered_for.id)),
            stop: Address::of(origin, &Path::stop_mail("token")),
        };
        every_news().into_iter().map(|news| (news.clone(), Mail::order(words, &news, placed, leads.clone()))).collect()
    }

    #[test]
    fn every_message_has_its_words_in_every_language_and_a_subject_of_one_line() {
        for words in MailLanguage::ALL.map(Words::of_mail) {
            for mail in of_accounts(words).into_iter().chain(of_orders(words).into_iter().map(|(_, mail)| mail)) {
                let whole = format!("{}\n{}\n{}", mail.subject, mail.text(), mail.html());
                assert!(!whole.contains('⟦') && !mail.subject.contains('\n') && !mail.subject.is_empty(), "{whole}");
                assert!(whole.contains(&format!("<html lang=\"{}\">", words.language())), "{whole}");
            }
        }
    }

    #[test]
    fn text_and_document_say_the_same_and_what_is_about_an_account_leads_nowhere() {
        for mail in of_accounts(Words::english()) {
            let (text, document) = (mail.text(), mail.html());
            assert_eq!(text.split("\n\n").count(), document.matches("<p>").count(), "{document}");
            assert!(!document.contains("href") && !text.contains("http") && mail.stop.is_none(), "{document}");
        }
        let code = Mail::link_code(Words::english(), "493017");
        assert!(code.text().contains("    493017\n") && code.html().contains("<strong>493017</strong>"));
    }

    #[test]
    fn only_what_a_customer_may_do_without_can_be_stopped_and_everything_about_an_order_leads_to_the_choice() {
        for (news, mail) in of_orders(Words::of_mail(MailLanguage::Spanish)) {
            let (text, document) = (mail.text(), mail.html());
            assert_eq!(text.split("\n\n").count(), document.matches("<p>").count(), "{document}");
            let may_stop = news.weight() != Weight::Contractual;
            assert_eq!(mail.stop.is_some(), may_stop, "{news:?}");
            assert_eq!(document.matches("<a href=").count(), if may_stop { 2 } else { 1 }, "{news:?}");
            assert!(text.contains(": https://order.example.com/customers/"), "{text}");
        }
    }
}
