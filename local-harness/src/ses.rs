//! A small Amazon SES: takes the one call that the site makes of it, to requests that are signed as the real one demands, reads
//! the message as a mail program would, and puts it into the outbox. Nothing leaves this machine.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use mail_parser::MessageParser;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    HarnessClock, StartError,
    functions::CREDENTIALS,
    gateway::reply,
    outbox::{Kind, Outbox, Sent},
    server::{Reply, Server},
    signature::Signer,
};

/// The largest message that SES takes, in base64.
const LARGEST: usize = 40 << 20;

/// The running stand-in.
#[derive(Debug)]
pub(crate) struct Ses(Server);

/// SendEmail of the API's version 2, of a message in one piece.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SendEmail {
    destination: Destination,
    content: Content,
    #[serde(default, rename = "EmailTags")]
    _tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Destination {
    to_addresses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Content {
    raw: Raw,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Raw {
    data: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Tag {
    #[serde(rename = "Name")]
    _name: String,
    #[serde(rename = "Value")]
    _value: String,
}

impl Ses {
    /// Starts it; what it takes goes into the outbox.
    pub(crate) async fn start(outbox: &Outbox, clock: &HarnessClock) -> Result<Self, StartError> {
        let failed = |error: std::io::Error| StartError::Ses(format!("the embedded SES cannot start: {error}"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let (outbox, clock) = (outbox.clone(), clock.clone());
        let server = Server::start(listener, move |request, _| answer(outbox.clone(), clock.clone(), request)).map_err(failed)?;
        Ok(Self(server))
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.0.address())
    }

    pub(crate) async fn stop(self) {
        self.0.stop().await;
    }
}

async fn answer(outbox: Outbox, clock: HarnessClock, request: Request<Incoming>) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return refusal(StatusCode::BAD_REQUEST, "BadRequestException", "The content cannot be read.");
    };
    let body = body.to_bytes();
    let signer = Signer { service: "ses", access_key: CREDENTIALS.0, secret_key: CREDENTIALS.1 };
    if let Err((code, words)) = signer.check(&parts.method, &parts.uri, &parts.headers, &body) {
        return refusal(StatusCode::FORBIDDEN, code, words);
    }
    if (parts.method.as_str(), parts.uri.path()) != ("POST", "/v2/email/outbound-emails") {
        return refusal(StatusCode::NOT_FOUND, "NotFoundException", "The local harness's SES does not know that call.");
    }
    match taken(&body, &clock) {
        Ok(all) => {
            all.into_iter().for_each(|sent| outbox.send(sent));
            reply::json(StatusCode::OK, &json!({ "MessageId": format!("local-{}", outbox.all().len()) }))
        }
        Err(words) => refusal(StatusCode::BAD_REQUEST, "BadRequestException", words),
    }
}

/// What a call sends, one for each of those it goes to.
fn taken(body: &[u8], clock: &HarnessClock) -> Result<Vec<Sent>, &'static str> {
    let call: SendEmail = serde_json::from_slice(body).map_err(|_| "The request is not as SendEmail takes it.")?;
    let raw = STANDARD.decode(call.content.raw.data).map_err(|_| "Raw message is not base64.")?;
    let message = MessageParser::default().parse(&raw).ok_or("Raw message has no headers.")?;
    if message.from().is_none() {
        return Err("Missing final '@domain' in From.");
    }
    let header = |name: &'static str| message.header_raw(name).map(str::trim);
    // One click needs both headers (RFC 8058).
    let unsubscribe =
        header("List-Unsubscribe").filter(|_| header("List-Unsubscribe-Post") == Some("List-Unsubscribe=One-Click"));
    let unsubscribe = unsubscribe.map(|stop| stop.trim_start_matches('<').trim_end_matches('>').to_owned());
    let text = message.body_text(0).unwrap_or_default().into_owned();
    let sent = |to| Sent {
        kind: Kind::Mail,
        to,
        subject: message.subject().unwrap_or_default().to_owned(),
        html: message.body_html(0).map(|html| html.into_owned()),
        unsubscribe: unsubscribe.clone(),
        code: code_in(&text),
        text: text.clone(),
        at: clock.now(),
    };
    Ok(call.destination.to_addresses.into_iter().map(sent).collect())
}

/// The code in a text: six digits or more that stand alone on a line.
fn code_in(text: &str) -> Option<String> {
    let is_code = |line: &&str| line.len() >= 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().map(str::trim).find(is_code).map(str::to_owned)
}

fn refusal(status: StatusCode, code: &'static str, words: &str) -> Reply {
    let mut reply = reply::json(status, &json!({ "message": words }));
    reply.headers_mut().insert("x-amzn-errortype", http::HeaderValue::from_static(code));
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_alone_on_its_line() {
        assert_eq!(code_in("Call 8005550142.\n\n    493017\n\nYours"), Some("493017".to_owned()));
        assert_eq!(code_in("Call\n12345\nor 1 (800) 555-0142"), None);
    }

    #[test]
    fn a_message_is_read_as_a_mail_program_reads_it() {
        let raw = "From: Us <us@example.com>\r\nTo: maya@example.com\r\nSubject: =?utf-8?q?It=E2=80=99s_yours?=\r\n\
                   Content-Type: text/plain; charset=utf-8\r\n\r\nHere:\r\n\r\n    493017\r\n";
        let call = |raw: &str| json!({ "Destination": { "ToAddresses": ["maya@example.com"] }, "Content": { "Raw": { "Data": STANDARD.encode(raw) } } });
        let sent = taken(call(raw).to_string().as_bytes(), &HarnessClock::default()).expect("a message");
        assert_eq!((sent.len(), &*sent[0].to, &*sent[0].subject), (1, "maya@example.com", "It’s yours"));
        assert_eq!(sent[0].code.as_deref(), Some("493017"));
        let refused = taken(call("Subject: from nobody\r\n\r\nx").to_string().as_bytes(), &HarnessClock::default());
        assert!(refused.is_err() && taken(b"{}", &HarnessClock::default()).is_err());
    }
}
