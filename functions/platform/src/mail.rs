//! E-mail: built by `lettre`, so that nothing that was typed can become a header, and sent by Amazon SES.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use jiff::Timestamp;
use lettre::Message;
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
    let message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(SystemTime::from(now))
        .header(Automatic)
        .multipart(MultiPart::alternative_plain_html(mail.text(), mail.html()))
        .map_err(|error| MailError::NotAMessage(error.to_string()))?;
    Ok(message.formatted())
}

/// `Auto-Submitted: auto-generated` (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl lettre::message::header::Header for Automatic {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use templates::mail::Kind;
    use templates::messages::Words;

    use super::*;

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
