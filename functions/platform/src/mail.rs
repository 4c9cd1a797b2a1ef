//! E-mail: built by `lettre`, so that nothing that was typed can become a header, and sent by Amazon SES.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use order_manager::party::EmailAddress;
use serde_json::json;
use templates::mail::Mail;

use crate::config::Config;
use crate::signed::{Call, Service, Unanswered};

/// How long a call may take, its second attempt included.
const PATIENCE: Duration = Duration::from_secs(3);

/// Sends e-mail. Nothing is connected until the first message.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<Service>);

/// Why a message was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// This function is not told whom mail is from, or that is no address.
    NotConfigured,
    /// It cannot be put together; the text says why, for the log.
    NotAMessage(String),
    /// The service cannot be asked, or refuses; the text says why, for the log.
    Unavailable(String),
}

impl Mailer {
    /// By a function's configuration.
    #[must_use]
    pub fn new(config: Arc<Config>) -> Self {
        Self(Arc::new(Service::new(config, "ses")))
    }

    /// Sends a message to one person. When the service's answer is lost it may arrive twice; it never goes to anybody else.
    ///
    /// # Errors
    /// [`MailError`]; then nobody knows whether it arrives.
    pub async fn send(&self, to: &EmailAddress, mail: &Mail, now: Timestamp) -> Result<(), MailError> {
        let config = self.0.config();
        let from = config.mail_from.as_deref().ok_or(MailError::NotConfigured)?;
        let message = message(from, to, mail, now)?;
        let body = json!({
            "Destination": { "ToAddresses": [to.as_str()] },
            "Content": { "Raw": { "Data": STANDARD.encode(message) } },
            "EmailTags": [{ "Name": "kind", "Value": mail.kind.as_str() }],
        });
        let end_point = match &config.ses_endpoint {
            Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
            None => format!("https://email.{}.amazonaws.com", config.region),
        };
        let call = Call {
            method: Method::POST,
            address: format!("{end_point}/v2/email/outbound-emails"),
            headers: vec![("content-type", "application/json")],
            body: body.to_string().into(),
        };
        let answered = self.0.call(&call, PATIENCE, now).await?;
        match answered.status {
            200..300 => Ok(()),
            // What SES says may quote an address: the log has the status alone.
            status => Err(MailError::Unavailable(format!("SES answers {status}"))),
        }
    }
}

impl From<Unanswered> for MailError {
    fn from(Unanswered(reason): Unanswered) -> Self {
        Self::Unavailable(reason)
    }
}

/// A message as it travels: its text and its document, and the headers that tell an automatic answer not to answer it.
fn message(from: &str, to: &EmailAddress, mail: &Mail, now: Timestamp) -> Result<Vec<u8>, MailError> {
    let from: Mailbox = from.parse().map_err(|_| MailError::NotConfigured)?;
    let to = to.as_str().parse().map_err(|_| MailError::NotAMessage("the address is none that mail takes".to_owned()))?;
    let builder = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(SystemTime::from(now))
        .header(Automatic);
    let builder = match &mail.stop {
        Some(stop) => builder.header(Unsubscribe(format!("<{}>", stop.as_str()))).header(OneClick),
        None => builder,
    };
    let message = builder
        .multipart(MultiPart::alternative_plain_html(mail.text(), mail.html()))
        .map_err(|error| MailError::NotAMessage(error.to_string()))?;
    Ok(message.formatted())
}

/// `Auto-Submitted: auto-generated` (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// `List-Unsubscribe`: where messages like this one are stopped (RFC 2369).
#[derive(Clone)]
struct Unsubscribe(String);

impl Header for Unsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// `List-Unsubscribe-Post`: a POST there does it, without a page in between (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use templates::mail::Kind;
    use templates::messages::Words;
    use templates::path::{Address, Path};

    use super::*;
    use crate::stop_mail::MailKey;

    const FROM: &str = "Meridian <no-reply@example.com>";

    fn written(from: &str, to: &str, mail: &Mail) -> Result<String, MailError> {
        let to = to.parse().expect("an address");
        let bytes = message(from, &to, mail, Timestamp::UNIX_EPOCH)?;
        Ok(String::from_utf8(bytes).expect("seven bits"))
    }

    #[test]
    fn a_message_has_its_headers_and_both_forms() {
        let code = Mail::link_code(Words::english(), "493017");
        let message = written(FROM, "maya@example.com", &code).expect("a message");
        for line in [
            "From: Meridian <no-reply@example.com>\r\n",
            "To: maya@example.com\r\n",
            "Subject: Your Meridian account code\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "493017",
        ] {
            assert!(message.contains(line), "{line}:\n{message}");
        }
    }

    #[test]
    fn what_can_be_stopped_says_how_in_its_headers_whole_and_what_cannot_says_nothing() {
        let key = MailKey::of_text("a key");
        let token = key.token("019b0000-0000-7000-8000-0000000000c1".parse().expect("an id"));
        let mut mail = Mail::notice(Words::english(), Kind::PasswordChanged);
        assert!(!written(FROM, "maya@example.com", &mail).expect("a message").contains("List-Unsubscribe"));
        mail.stop = Some(Address::of("https://order.a-long-name.example.com", &Path::stop_mail(&token)));
        let message = written(FROM, "maya@example.com", &mail).expect("a message");
        let unfolded = message.replace("\r\n ", " ");
        let line = format!("List-Unsubscribe: <https://order.a-long-name.example.com/unsubscribe/{token}>\r\n");
        assert!(unfolded.contains(&line), "{message}");
        assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{message}");
    }

    #[test]
    fn nothing_in_a_subject_becomes_a_header() {
        let mut mail = Mail::notice(Words::english(), Kind::PasswordChanged);
        mail.subject = "Hello\r\nBcc: everybody@example.com".to_owned();
        let message = written(FROM, "maya@example.com", &mail).expect("a message");
        let (headers, _) = message.split_once("\r\n\r\n").expect("headers");
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    }

    #[test]
    fn whom_mail_is_from_must_be_an_address() {
        let mail = Mail::notice(Words::english(), Kind::PasswordChanged);
        assert_eq!(written("nobody", "maya@example.com", &mail), Err(MailError::NotConfigured));
    }
}
