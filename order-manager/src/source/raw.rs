//! The source files as they are written, before anything in them is believed. Whatever a problem may be reported of keeps its
//! place ([`Spanned`]). What each part means is written at the head of the files themselves.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::{Date, Time};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use super::text::RawText;
use crate::address::State;
use crate::catalogue::{AtTermEnd, Change, Negotiability};
use crate::characteristic::{AddressSpace, Known, TelephoneUse};
use crate::party::CustomerKind;

/// A text with its place.
pub(super) type SourceText = Spanned<RawText>;
/// A condition with its place.
pub(super) type SourceCondition = Spanned<RawCondition>;
/// A name that refers to something, or an amount, with its place.
pub(super) type Word = Spanned<String>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) characteristic: Option<Word>,
    pub(super) is: Option<Vec<Word>>,
    pub(super) at_least: Option<Spanned<i64>>,
    pub(super) at_most: Option<Spanned<i64>>,
    pub(super) sum: Option<Vec<Word>>,
    pub(super) exceeds: Option<Word>,
    pub(super) by_more_than: Option<Spanned<i64>>,
    pub(super) not_as_long_as: Option<Word>,
    pub(super) same_entry_in: Option<Vec<Word>>,
    pub(super) answered: Option<Word>,
    pub(super) customer: Option<Spanned<CustomerKind>>,
    pub(super) state: Option<Vec<Spanned<State>>>,
    pub(super) together_with: Option<Word>,
    pub(super) all: Option<Vec<SourceCondition>>,
    pub(super) any: Option<Vec<SourceCondition>>,
    pub(super) not: Option<Box<SourceCondition>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOffering {
    pub(super) id: Word,
    pub(super) action: Option<Spanned<Change>>,
    pub(super) name: SourceText,
    pub(super) description: SourceText,
    pub(super) sold_to: Vec<CustomerKind>,
    pub(super) sold_from: Date,
    pub(super) sold_until: Option<Spanned<Date>>,
    pub(super) price_is: Negotiability,
    pub(super) networks: Option<Vec<Word>>,
    #[serde(default)]
    pub(super) carried_by: Vec<Spanned<WordOr<RawCarrier>>>,
    #[serde(default)]
    pub(super) excludes: Vec<Word>,
    #[serde(default)]
    pub(super) terms: Vec<Spanned<RawTerm>>,
    pub(super) at_term_end: AtTermEnd,
    pub(super) early_termination: Option<RawEarlyTermination>,
    pub(super) visit_when: Option<SourceCondition>,
    #[serde(default)]
    pub(super) dialogs: Vec<Spanned<WordOr<RawUse>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCarrier {
    pub(super) offering: Option<Word>,
    pub(super) when: Option<SourceCondition>,
    pub(super) described_by: Option<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerm {
    pub(super) months: Spanned<u16>,
    pub(super) discount_percent: Option<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEarlyTermination {
    pub(super) first_year_percent: Word,
    pub(super) after_percent: Word,
    pub(super) at_most: Option<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUse {
    pub(super) dialog: Word,
    pub(super) when: Option<SourceCondition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDialog {
    pub(super) id: Word,
    pub(super) title: SourceText,
    pub(super) introduction: Option<SourceText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) hint: Option<SourceText>,
    pub(super) technical: Option<SourceText>,
    pub(super) takes: Spanned<Takes>,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) when: Option<SourceCondition>,
    pub(super) known: Option<Spanned<Known>>,
    pub(super) autocomplete: Option<Word>,
    pub(super) price_label: Option<SourceText>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Takes {
    Choice(Vec<RawOption>),
    Choices {
        options: Vec<RawOption>,
        #[serde(default)]
        min: usize,
        max: Option<usize>,
    },
    Number {
        min: i64,
        max: i64,
        unit: Option<SourceText>,
    },
    Text {
        #[serde(default = "one")]
        min: usize,
        max: usize,
        pattern: Option<Word>,
        means: Option<SourceText>,
        #[serde(default)]
        several_lines: bool,
    },
    YesOrNo,
    Acknowledgement(SourceText),
    Telephone(TelephoneUse),
    OurNumber,
    Email,
    Date {
        earliest: i32,
        latest: i32,
    },
    Address,
    ServedAddress {
        networks: Vec<Word>,
        at_least: Option<Spanned<i64>>,
        as_fast_as: Option<Word>,
    },
    Service(Vec<RawServiceOption>),
    File {
        media: Vec<Word>,
        max_bytes: u64,
    },
    AsNumber(AddressSpace),
    Prefixes {
        #[serde(default = "one")]
        min: usize,
        max: usize,
        space: AddressSpace,
        longest_v4: u8,
        longest_v6: u8,
    },
    IpAddress(AddressSpace),
    DomainName,
    VlanIds {
        max: usize,
    },
    Secret {
        min: usize,
        max: usize,
    },
    List {
        of: Box<Takes>,
        #[serde(default = "one")]
        min: usize,
        max: usize,
    },
    Rows {
        columns: Vec<RawColumn>,
        #[serde(default = "one")]
        min: usize,
        max: usize,
    },
}

fn one() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumn {
    pub(super) label: SourceText,
    pub(super) takes: Takes,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) unique: bool,
    pub(super) sum: Option<Spanned<i64>>,
    #[serde(default)]
    pub(super) ends_range: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) number: Option<i64>,
    pub(super) when: Option<SourceCondition>,
    pub(super) because: Option<SourceText>,
    pub(super) needs: Option<Spanned<RawNeed>>,
    pub(super) monthly: Option<Word>,
    pub(super) one_time: Option<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawServiceOption {
    pub(super) offering: Word,
    pub(super) alone_as: Option<Word>,
    pub(super) when: Option<SourceCondition>,
    pub(super) because: Option<SourceText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNeed {
    pub(super) networks: Vec<Word>,
    pub(super) at_least: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInterval {
    pub(super) when: Option<SourceCondition>,
    pub(super) business_days: u16,
    pub(super) cut_off: Option<Time>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) broken_when: SourceCondition,
    pub(super) field: Word,
    pub(super) because: SourceText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCode {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) given_by: Option<Word>,
    pub(super) cases: Vec<Spanned<RawCase>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    pub(super) when: Option<SourceCondition>,
    pub(super) code: Word,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrice {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) when: Option<SourceCondition>,
    pub(super) monthly: Option<Word>,
    pub(super) one_time: Option<Word>,
    #[serde(default)]
    pub(super) early_termination: bool,
    pub(super) usage: Option<Word>,
    pub(super) unit: Option<SourceText>,
    pub(super) per: Option<Word>,
    pub(super) monthly_tiers: Option<Vec<RawTier>>,
    pub(super) one_time_tiers: Option<Vec<RawTier>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTier {
    pub(super) from: Spanned<i64>,
    pub(super) each: Word,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDiscount {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) when: Option<SourceCondition>,
    pub(super) off: Vec<Word>,
    pub(super) percent: Option<Word>,
    pub(super) amount: Option<Word>,
    pub(super) months: Option<Spanned<u16>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLetterNeed {
    pub(super) letter: Word,
    pub(super) when: Option<SourceCondition>,
    pub(super) numbers: Vec<Word>,
    #[serde(default)]
    pub(super) states: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMilestone {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) when: Option<SourceCondition>,
    #[serde(default)]
    pub(super) no_return: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBroadbandLabel {
    pub(super) characteristic: Word,
    pub(super) value: Word,
    pub(super) plan_id: Word,
    pub(super) download_mbps: u32,
    pub(super) upload_mbps: u32,
    pub(super) latency_ms: u32,
    pub(super) data_included_gb: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSurcharge {
    pub(super) id: Word,
    pub(super) label: SourceText,
    pub(super) offerings: Vec<Word>,
    pub(super) when: Option<SourceCondition>,
    pub(super) percent: Option<Word>,
    pub(super) counted_percent: Option<Word>,
    pub(super) on: Option<Vec<Word>>,
    pub(super) per: Option<Vec<Word>>,
    pub(super) amount: Option<Word>,
}

/// How the choices made of an offering's terms are worded; `{months}` stands for the number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTermWording {
    pub(super) label: SourceText,
    pub(super) hint: Option<SourceText>,
    pub(super) technical: Option<SourceText>,
    pub(super) month_to_month: SourceText,
    pub(super) months: SourceText,
    pub(super) discount: SourceText,
}

/// A single word, or a table where there is more to say.
#[derive(Debug)]
pub(super) enum WordOr<T> {
    Word(String),
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for WordOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = WordOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a table")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<WordOr<T>, E> {
                String::deserialize(StrDeserializer::new(word)).map(WordOr::Word)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WordOr<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(WordOr::Table)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}
