//! Forms as they were served: only what is on the page can be filled in, and what cannot be chosen is not.

use scraper::{ElementRef, Html, Selector};

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    controls: Vec<Control>,
    sent: Vec<(String, String)>,
    files: Vec<Attached>,
    /// Whether it is one that takes files.
    takes_files: bool,
}

/// A file that was chosen.
#[derive(Clone, Debug)]
struct Attached {
    field: String,
    name: String,
    bytes: Vec<u8>,
}

/// A file for whoever only needs one.
pub const SMALL_PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// What parts a form with files.
const BOUNDARY: &str = "----edge-of-a-part-7f3a";

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Anything typed.
    Text,
    /// One of these.
    Choose(Vec<String>),
    /// Some of these.
    Tick(Vec<String>),
    /// A file.
    File,
}

/// What a control is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Select(Vec<String>),
    Radio(String),
    Checkbox(String),
    File,
}

#[derive(Clone, Debug)]
struct Control {
    name: String,
    kind: Kind,
}

/// The forms of a page.
#[must_use]
pub fn forms(html: &str) -> Vec<Form> {
    let document = Html::parse_document(html);
    document.select(&selector("form[method=post]")).map(form).collect()
}

#[expect(clippy::expect_used, reason = "the selectors are written here")]
fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

fn form(element: ElementRef<'_>) -> Form {
    let mut read = Form {
        action: element.attr("action").unwrap_or_default().to_owned(),
        controls: vec![],
        sent: vec![],
        files: vec![],
        takes_files: element.attr("enctype") == Some("multipart/form-data"),
    };
    for control in element.select(&selector("input, select, textarea")) {
        let Some(name) = control.attr("name").map(str::to_owned) else { continue };
        let value = control.attr("value").unwrap_or_default().to_owned();
        let checked = control.attr("checked").is_some();
        if control.attr("disabled").is_some() {
            continue;
        }
        let (kind, sent) = match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("select", _) => {
                let options = || control.select(&SELECTABLE);
                let chosen = options().find(|option| option.attr("selected").is_some()).or_else(|| options().next());
                let chosen = chosen.and_then(|option| option.attr("value")).unwrap_or_default().to_owned();
                let values = options().filter_map(|option| option.attr("value")).filter(|value| !value.is_empty());
                (Kind::Select(values.map(str::to_owned).collect()), Some(chosen))
            }
            ("textarea", _) => (Kind::Text, Some(control.text().collect())),
            (_, "radio") => (Kind::Radio(value.clone()), checked.then_some(value)),
            (_, "checkbox") => (Kind::Checkbox(value.clone()), checked.then_some(value)),
            (_, "file") => (Kind::File, None),
            (_, "hidden") => {
                read.sent.push((name, value));
                continue;
            }
            _ => (Kind::Text, Some(value)),
        };
        read.controls.push(Control { name: name.clone(), kind });
        read.sent.extend(sent.map(|value| (name, value)));
    }
    read
}

static SELECTABLE: std::sync::LazyLock<Selector> = std::sync::LazyLock::new(|| selector("option:not([disabled])"));

impl Form {
    /// Whether it has such a field.
    #[must_use]
    pub fn asks(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control.name == name)
    }

    /// Its fields, each once, and what each takes.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, FieldKind)> {
        let mut fields: Vec<(String, FieldKind)> = vec![];
        for control in &self.controls {
            let kind = match &control.kind {
                Kind::Text => FieldKind::Text,
                Kind::Select(values) => FieldKind::Choose(values.clone()),
                Kind::Radio(value) => FieldKind::Choose(vec![value.clone()]),
                Kind::Checkbox(value) => FieldKind::Tick(vec![value.clone()]),
                Kind::File => FieldKind::File,
            };
            match (fields.iter_mut().find(|(name, _)| *name == control.name), kind) {
                (Some((_, FieldKind::Choose(values))), FieldKind::Choose(more))
                | (Some((_, FieldKind::Tick(values))), FieldKind::Tick(more)) => values.extend(more),
                (Some(_), _) => {}
                (None, kind) => fields.push((control.name.clone(), kind)),
            }
        }
        fields
    }

    /// The text fields with nothing in them.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        let texts = self.controls.iter().filter(|control| control.kind == Kind::Text);
        texts.map(|control| control.name.as_str()).filter(|name| self.value(name).is_none_or(str::is_empty))
    }

    /// What stands in a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.sent.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All that is sent for a field.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.sent.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The file that was chosen for a field: its name, and its content.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<(&str, &[u8])> {
        self.files.iter().find(|file| file.field == name).map(|file| (file.name.as_str(), file.bytes.as_slice()))
    }

    /// Fills a field in, or chooses.
    ///
    /// # Panics
    /// When the form has no such field or choice.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let offered = self.controls.iter().any(|control| {
            control.name == name
                && match &control.kind {
                    Kind::Text => true,
                    Kind::Select(values) => values.iter().any(|offered| offered == value),
                    Kind::Radio(offered) | Kind::Checkbox(offered) => offered == value,
                    Kind::File => false,
                }
        });
        assert!(offered, "the form to {} has no {name} that takes {value}", self.action);
        let ticks = self.controls.iter().any(|control| control.name == name && matches!(control.kind, Kind::Checkbox(_)));
        if !ticks {
            self.sent.retain(|(field, _)| field != name);
        }
        self.sent.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Chooses a file.
    ///
    /// # Panics
    /// When the form asks for none there.
    #[must_use]
    pub fn with_file(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        let asks = self.controls.iter().any(|control| control.name == name && control.kind == Kind::File);
        assert!(asks, "the form to {} asks for no file {name}", self.action);
        self.files.retain(|file| file.field != name);
        self.forged_file(name, file_name, bytes)
    }

    /// Sends a file the form does not ask for, or one more than it does.
    #[must_use]
    pub fn forged_file(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        self.files.push(Attached { field: name.to_owned(), name: file_name.to_owned(), bytes: bytes.to_vec() });
        self
    }

    /// Sends something the form does not have: what a careless or hostile sender would.
    #[must_use]
    pub fn forged(mut self, name: &str, value: &str) -> Self {
        self.sent.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.sent.retain(|(field, _)| field != name);
        self
    }

    /// Answers every open question: the first choice there is, or what the list of answers says.
    #[must_use]
    pub fn answered(mut self, answers: &[(&str, &str)]) -> Self {
        let names: Vec<String> = self.controls.iter().map(|control| control.name.clone()).collect();
        for name in names {
            let wanted = answers.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned());
            let open = self.value(&name).is_none_or(str::is_empty);
            let kind = self.controls.iter().find(|control| control.name == name).map(|control| control.kind.clone());
            match (wanted, kind) {
                (Some(value), Some(Kind::File)) => self = self.with_file(&name, &value, SMALL_PDF),
                (Some(value), Some(_)) if !self.sent.contains(&(name.clone(), value.clone())) => self = self.with(&name, &value),
                (None, Some(Kind::Select(values))) if open => {
                    if let Some(first) = values.first() {
                        self = self.with(&name, first);
                    }
                }
                (None, Some(Kind::Radio(first))) if open => self = self.with(&name, &first),
                _ => {}
            }
        }
        self
    }

    /// What is sent, as this form sends it: its media type, and its content.
    #[must_use]
    pub fn content(&self) -> (String, Vec<u8>) {
        if self.takes_files {
            (format!("multipart/form-data; boundary={BOUNDARY}"), self.in_parts())
        } else {
            ("application/x-www-form-urlencoded".to_owned(), self.encoded().into_bytes())
        }
    }

    /// What is sent, in parts. An upload in which nothing was chosen sends a file without a name or content.
    fn in_parts(&self) -> Vec<u8> {
        let part = |header: &str, content: &[u8]| {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {header}\r\n\r\n");
            [head.as_bytes(), content, b"\r\n"].concat()
        };
        let file = |field: &str, name: &str, content: &[u8]| {
            let name = name.replace('"', "%22");
            part(&format!("name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream"), content)
        };
        let mut content: Vec<u8> =
            self.sent.iter().flat_map(|(name, text)| part(&format!("name=\"{name}\""), text.as_bytes())).collect();
        content.extend(self.files.iter().flat_map(|chosen| file(&chosen.field, &chosen.name, &chosen.bytes)));
        let uploads = self.controls.iter().filter(|control| control.kind == Kind::File);
        let empty = uploads.filter(|control| self.files.iter().all(|chosen| chosen.field != control.name));
        content.extend(empty.flat_map(|control| file(&control.name, "", b"")));
        content.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        content
    }

    /// What is sent, encoded in one line.
    #[must_use]
    pub fn encoded(&self) -> String {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |mut encoded, byte| {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
                    b' ' => encoded.push('+'),
                    _ => encoded.push_str(&format!("%{byte:02X}")),
                }
                encoded
            })
        };
        self.sent.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
    }
}
