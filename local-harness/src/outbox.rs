//! What would have been sent to people: the user pool's codes and the site's mail, kept where a tester reads them.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::Serialize;

/// The one outbox that everything here sends to. It holds what was sent since the start, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<Vec<Sent>>>);

/// Something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// What it is for.
    pub kind: Kind,
    /// The address it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML, where it has that too.
    pub html: Option<String>,
    /// Where messages like it are stopped with one click, where they can be.
    pub unsubscribe: Option<String>,
    /// The code in it, when it is there to bring one.
    pub code: Option<String>,
    /// When, by the harness's clock.
    pub at: Timestamp,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A code that shows whose the address is: from signing up, or changing it.
    Verification,
    /// A code to choose a new password with.
    Recovery,
    /// A first password for somebody whom an administrator made a user.
    Invitation,
    /// Mail of the site's own.
    Mail,
}

impl Outbox {
    /// Sends something.
    pub fn send(&self, sent: Sent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
    }

    /// All that was sent, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The newest code that went to an address.
    #[must_use]
    pub fn code(&self, to: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().rev().filter(|sent| sent.to.eq_ignore_ascii_case(to)).find_map(|sent| sent.code.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_code_of_an_address_is_found_whatever_else_went_there_since() {
        let outbox = Outbox::default();
        let sent = |to: &str, code: Option<&str>| Sent {
            kind: code.map_or(Kind::Mail, |_| Kind::Verification),
            to: to.to_owned(),
            subject: "A subject".to_owned(),
            text: "A text".to_owned(),
            html: None,
            unsubscribe: None,
            code: code.map(str::to_owned),
            at: Timestamp::UNIX_EPOCH,
        };
        for (to, code) in [("a@example.com", Some("1")), ("a@example.com", Some("2")), ("b@example.com", Some("3"))] {
            outbox.clone().send(sent(to, code));
        }
        outbox.send(sent("a@example.com", None));
        assert_eq!(outbox.code("A@example.com").as_deref(), Some("2"));
        assert_eq!(outbox.code("c@example.com"), None);
        assert_eq!(outbox.all().len(), 4);
    }
}
