//! How a customer wants to be written to: in which language, and without what.

use std::collections::BTreeSet;

/// A language that mail is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailLanguage {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl MailLanguage {
    /// Every language there is.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The language of a tag.
    #[must_use]
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// What a customer may do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// That work goes on: it has begun, a day is settled, a service of several works.
    Progress,
    /// That something may come later, while there is nothing for the customer to do.
    Outlook,
}

impl Topic {
    /// Every topic there is.
    pub const ALL: [Self; 2] = [Self::Progress, Self::Outlook];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Outlook => "outlook",
        }
    }

    /// The topic of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// Whether some news may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It never is: it says what becomes of the contract, what it costs, or what the customer has to do.
    Contractual,
    /// It is where the customer wants to do without.
    Courtesy(Topic),
}

/// What a customer chose. Who never did is told everything, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailChoice {
    /// The language.
    pub language: MailLanguage,
    /// What is left out.
    pub without: BTreeSet<Topic>,
}

impl MailChoice {
    /// Whether news of this weight are told.
    #[must_use]
    pub fn hears(&self, weight: Weight) -> bool {
        match weight {
            Weight::Contractual => true,
            Weight::Courtesy(topic) => !self.without.contains(&topic),
        }
    }

    /// The same without all that may be left out.
    #[must_use]
    pub fn stopped(self) -> Self {
        Self { without: Topic::ALL.into(), ..self }
    }
}
