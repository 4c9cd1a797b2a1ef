//! Forms as they were served: only what is on the page can be filled in, and what cannot be chosen is not.

use scraper::{ElementRef, Html, Selector};

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    controls: Vec<Control>,
    sent: Vec<(String, String)>,
}

/// What a control is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Select(Vec<String>),
    Radio(String),
    Checkbox(String),
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
    let mut read = Form { action: element.attr("action").unwrap_or_default().to_owned(), controls: vec![], sent: vec![] };
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
            (_, "file") => continue,
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

    /// What is sent, encoded.
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
