//! Bodies of requests, read attribute by attribute: what is wrong is said by where it stands.

use http::header;
use jiff::Timestamp;
use platform::tmf::is_ours;
use serde_json::{Map, Value};
use templates::api::Fault;

use crate::answer::Caller;

/// The most a body may have, in kilobytes.
pub(crate) const MOST_KB: usize = 128;

/// An object of a body, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Object<'a> {
    members: &'a Map<String, Value>,
    path: String,
}

/// The body of a request, one JSON object of one of these media types.
pub(crate) fn body(caller: &Caller, media: &'static [&'static str], said: &'static str) -> Result<Value, Fault> {
    let sent = caller.request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if !media.iter().any(|media| essence.eq_ignore_ascii_case(media)) {
        return Err(Fault::MediaType(said));
    }
    if caller.body.len() > MOST_KB * 1024 {
        return Err(Fault::TooLarge(MOST_KB));
    }
    // Nested deeper than 128 levels, it does not read (serde_json).
    let body: Value = serde_json::from_slice(&caller.body).map_err(|_| Fault::NotJson)?;
    if body.is_object() { Ok(body) } else { Err(Fault::NotAnObject) }
}

/// A JSON document.
pub(crate) fn document(caller: &Caller) -> Result<Value, Fault> {
    body(caller, &["application/json"], "application/json")
}

/// A merge patch (RFC 7396).
pub(crate) fn patch(caller: &Caller) -> Result<Value, Fault> {
    body(caller, &["application/merge-patch+json", "application/json"], "application/merge-patch+json")
}

impl<'a> Object<'a> {
    /// The whole of a body.
    pub(crate) fn whole(body: &'a Value) -> Result<Self, Fault> {
        Ok(Self { members: body.as_object().ok_or(Fault::NotAnObject)?, path: String::new() })
    }

    /// Where a member stands.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// All of it.
    pub(crate) fn value(&self) -> Value {
        Value::Object(self.members.clone())
    }

    /// Where it stands itself.
    pub(crate) fn place(&self) -> String {
        self.path.clone()
    }

    /// A member, unless it is missing or null.
    pub(crate) fn member(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn wrong(&self, name: &str, expected: &'static str) -> Fault {
        Fault::WrongType { path: self.path(name), expected }
    }

    /// A text of so many bytes at most, without control characters but line ends.
    pub(crate) fn text(&self, name: &str, most: usize) -> Result<Option<&'a str>, Fault> {
        let plain = |text: &&str| text.len() <= most && !text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c));
        match self.member(name) {
            None => Ok(None),
            Some(value) => value.as_str().filter(plain).map(Some).ok_or_else(|| self.wrong(name, "a text, not too long")),
        }
    }

    /// The same, which must be there.
    pub(crate) fn needed_text(&self, name: &str, most: usize) -> Result<&'a str, Fault> {
        self.text(name, most)?.filter(|text| !text.is_empty()).ok_or_else(|| Fault::Missing(self.path(name)))
    }

    /// A time (RFC 3339).
    pub(crate) fn time(&self, name: &str) -> Result<Option<Timestamp>, Fault> {
        let text = self.text(name, 40)?;
        text.map(|text| text.parse().map_err(|_| self.wrong(name, "a time such as 2026-11-23T15:00:00Z"))).transpose()
    }

    /// An object.
    pub(crate) fn object(&self, name: &str) -> Result<Option<Self>, Fault> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Self { members, path: self.path(name) })),
            Some(_) => Err(self.wrong(name, "an object")),
        }
    }

    /// A list of objects, so many at most.
    pub(crate) fn objects(&self, name: &str, most: usize) -> Result<Vec<Self>, Fault> {
        match self.member(name) {
            None => Ok(vec![]),
            Some(Value::Array(entries)) if entries.len() <= most => (0..)
                .zip(entries)
                .map(|(at, entry): (usize, &Value)| {
                    let path = format!("{}[{at}]", self.path(name));
                    match entry {
                        Value::Object(members) => Ok(Self { members, path }),
                        _ => Err(Fault::WrongType { path, expected: "an object" }),
                    }
                })
                .collect(),
            Some(_) => Err(self.wrong(name, "a list of objects, not too long")),
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Fault> {
        match self.member(name) {
            None => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or_else(|| self.wrong(name, "a whole number")),
        }
    }

    /// The names of its members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a String> {
        self.members.keys()
    }
}

/// The attributes that are the partner's own to say, and given back as they were said.
pub(crate) const OWN_TEXTS: [(&str, usize); 4] =
    [("category", 100), ("description", 2_000), ("notificationContact", 254), ("priority", 20)];
/// The most bytes of an `externalId`.
pub(crate) const MOST_EXTERNAL_ID: usize = 100;

/// The most notes of a partner's on an order.
const MOST_NOTES: usize = 20;
/// The most that are read: what we say comes back with them.
pub(crate) const MOST_NOTES_READ: usize = 120;

/// Takes over what is the partner's own to say of what was sent: checked, and of that nothing else.
pub(crate) fn own(sent: &Object<'_>, into: &mut Map<String, Value>) -> Result<(), Fault> {
    for (name, most) in OWN_TEXTS {
        if let Some(text) = sent.text(name, most)? {
            into.insert(name.to_owned(), text.into());
        }
    }
    for name in ["requestedStartDate", "requestedCompletionDate"] {
        if let Some(time) = sent.time(name)? {
            into.insert(name.to_owned(), format!("{time:.3}").into());
        }
    }
    if sent.member("note").is_some() {
        into.insert("note".to_owned(), Value::Array(notes(sent)?));
    }
    Ok(())
}

fn notes(sent: &Object<'_>) -> Result<Vec<Value>, Fault> {
    let mut notes = vec![];
    for note in sent.objects("note", MOST_NOTES_READ)? {
        if is_ours(&note.value()) {
            continue;
        }
        let mut kept = Map::new();
        kept.insert("text".to_owned(), note.needed_text("text", 2_000)?.into());
        for (name, most) in [("id", 100), ("author", 100)] {
            if let Some(text) = note.text(name, most)? {
                kept.insert(name.to_owned(), text.into());
            }
        }
        if let Some(time) = note.time("date")? {
            kept.insert("date".to_owned(), format!("{time:.3}").into());
        }
        notes.push(Value::Object(kept));
    }
    if notes.len() > MOST_NOTES {
        return Err(sent.wrong("note", "a list of 20 notes at most"));
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_said_by_where_it_stands() {
        let body = json!({ "a": [{ "b": 1 }, 2], "t": "x\u{0}", "n": 1.5, "d": "2026-13-01", "z": null });
        let body = Object::whole(&body).expect("an object");
        let at = |fault: Fault| match fault {
            Fault::WrongType { path, .. } | Fault::Missing(path) => path,
            other => panic!("{other:?}"),
        };
        assert_eq!(at(body.objects("a", 5).expect_err("no list of objects")), "a[1]");
        assert_eq!(at(body.text("t", 9).expect_err("no text")), "t");
        assert_eq!(at(body.number("n").expect_err("no whole number")), "n");
        assert_eq!(at(body.time("d").expect_err("no time")), "d");
        assert_eq!(at(body.needed_text("z", 9).expect_err("nothing there")), "z");
        let body = json!({ "a": [{ "b": 1 }] });
        let first = Object::whole(&body).and_then(|body| body.objects("a", 5)).expect("objects").remove(0);
        assert_eq!(at(first.text("b", 9).expect_err("no text")), "a[0].b");
    }
}
