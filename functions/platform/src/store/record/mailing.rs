//! How a customer is written to, as it is stored.

use std::collections::BTreeSet;

use order_manager::mailing::{MailChoice, MailLanguage, Topic};
use serde::{Deserialize, Serialize};

use crate::stop_mail::MailKey;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct MailChoiceRecord {
    language: LanguageRecord,
    without: BTreeSet<TopicRecord>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum LanguageRecord {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "es")]
    Spanish,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TopicRecord {
    Progress,
    Outlook,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct MailKeyRecord {
    key: Box<str>,
}

impl From<MailChoice> for MailChoiceRecord {
    fn from(MailChoice { language, without }: MailChoice) -> Self {
        let language = match language {
            MailLanguage::English => LanguageRecord::English,
            MailLanguage::Spanish => LanguageRecord::Spanish,
        };
        let topic = |topic| match topic {
            Topic::Progress => TopicRecord::Progress,
            Topic::Outlook => TopicRecord::Outlook,
        };
        Self { language, without: without.into_iter().map(topic).collect() }
    }
}

impl From<MailChoiceRecord> for MailChoice {
    fn from(MailChoiceRecord { language, without }: MailChoiceRecord) -> Self {
        let language = match language {
            LanguageRecord::English => MailLanguage::English,
            LanguageRecord::Spanish => MailLanguage::Spanish,
        };
        let topic = |topic| match topic {
            TopicRecord::Progress => Topic::Progress,
            TopicRecord::Outlook => Topic::Outlook,
        };
        Self { language, without: without.into_iter().map(topic).collect() }
    }
}

impl From<MailKey> for MailKeyRecord {
    fn from(key: MailKey) -> Self {
        Self { key: key.as_text().into() }
    }
}

impl From<MailKeyRecord> for MailKey {
    fn from(MailKeyRecord { key }: MailKeyRecord) -> Self {
        Self::of_text(&key)
    }
}
