//! Words for what is wrong with an entry, from the field's own label: they say what to do.

use order_manager::characteristic::ValueType;
use order_manager::entered::Reason;

use super::{Argument, Words, within_sentence};

/// How a field is answered, which decides the verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asks {
    /// By typing.
    #[default]
    Entering,
    /// By choosing.
    Choosing,
    /// By agreeing.
    Agreeing,
    /// By sending a file.
    Uploading,
}

impl Asks {
    /// How a characteristic is answered.
    #[must_use]
    pub const fn of(value: &ValueType) -> Self {
        match value {
            ValueType::Choice(_)
            | ValueType::Choices { .. }
            | ValueType::Service(_)
            | ValueType::Boolean
            | ValueType::InventoryNumber => Self::Choosing,
            ValueType::Acknowledgement(_) => Self::Agreeing,
            ValueType::File { .. } => Self::Uploading,
            ValueType::Integer { .. }
            | ValueType::Text { .. }
            | ValueType::TelephoneNumber(_)
            | ValueType::Email
            | ValueType::Date { .. }
            | ValueType::Address(_)
            | ValueType::AutonomousSystemNumber(_)
            | ValueType::Prefixes { .. }
            | ValueType::IpAddress(_)
            | ValueType::DomainName
            | ValueType::VlanIds { .. }
            | ValueType::Secret { .. }
            | ValueType::List { .. }
            | ValueType::Rows { .. } => Self::Entering,
        }
    }
}

impl Words {
    /// Whether a label begins with one of the language's verbs for answering.
    fn tells_what_to_do(&self, label: &str) -> bool {
        let first = label.split(' ').next().unwrap_or_default();
        self.text("label-verbs").split(' ').any(|verb| verb == first)
    }

    /// What is wrong with the field of this label, and what to do about it.
    #[must_use]
    pub fn reason(&self, label: &str, asks: Asks, reason: &Reason) -> String {
        // A label that tells what to do is no name either: "Choose a number" stands before a sentence of its own.
        let told = self.tells_what_to_do(label);
        if told && *reason == Reason::Missing {
            return label.to_owned();
        }
        let said = if told { format!("{label}:") } else { label.to_owned() };
        let attribute = (told || label.ends_with('?')).then_some("question");
        let say = |key: &str, more: &[(&'static str, Argument<'_>)]| {
            let mut arguments = vec![("field", said.as_str().into()), ("name", within_sentence(label).into())];
            arguments.extend_from_slice(more);
            self.format(key, attribute, &arguments).into_owned()
        };
        match reason {
            Reason::Missing => match asks {
                Asks::Entering => say("reason-missing", &[]),
                Asks::Choosing => say("reason-missing-choice", &[]),
                Asks::Agreeing => say("reason-not-acknowledged", &[]),
                Asks::Uploading => say("reason-missing-file", &[]),
            },
            Reason::Doubled => say("reason-doubled", &[]),
            Reason::Unknown => say("reason-unknown", &[]),
            Reason::TooLong { max } => say("reason-too-long", &[("max", (*max).into())]),
            Reason::TooShort { min } => say("reason-too-short", &[("min", (*min).into())]),
            Reason::UnreadableText => say("reason-unreadable", &[]),
            Reason::Pattern(means) => say("reason-pattern", &[("means", means.in_language(self.tag).into())]),
            Reason::NotAChoice => say("reason-not-a-choice", &[]),
            Reason::Unavailable(because) => {
                say("reason-unavailable", &[("because", within_sentence(because.in_language(self.tag)).into())])
            }
            Reason::NotANumber => say("reason-not-a-number", &[]),
            Reason::OutOfRange { min, max } => say("reason-out-of-range", &[("min", (*min).into()), ("max", (*max).into())]),
            Reason::NotAnAmount => say("reason-not-an-amount", &[]),
            Reason::AmountOutOfRange { least, most } => {
                say("reason-amount-out-of-range", &[("least", least.to_string().into()), ("most", most.to_string().into())])
            }
            Reason::NotAPercentage => say("reason-not-a-percentage", &[]),
            Reason::BelowFloor(floor) => say("reason-below-floor", &[("floor", floor.to_string().into())]),
            Reason::AboveList(list) => say("reason-above-list", &[("list", list.to_string().into())]),
            Reason::PriceFixed => say("reason-price-fixed", &[]),
            Reason::TakesAPercentage => say("reason-takes-a-percentage", &[]),
            Reason::NotCounted => say("reason-not-counted", &[]),
            Reason::NotATelephoneNumber => say("reason-not-a-telephone-number", &[]),
            Reason::TollFreeNumber => say("reason-toll-free-number", &[]),
            Reason::NotTollFree => say("reason-not-toll-free", &[]),
            Reason::OtherRateCentre => say("reason-other-rate-centre", &[]),
            Reason::NotAnEmail => say("reason-not-an-email", &[]),
            Reason::NotADate => say("reason-not-a-date", &[]),
            Reason::TooEarly(date) => say("reason-too-early", &[("date", self.date(*date).into())]),
            Reason::TooLate(date) => say("reason-too-late", &[("date", self.date(*date).into())]),
            Reason::AddressNotReached => say("reason-address-not-reached", &[]),
            Reason::AddressServedWithLess { most } => say("reason-address-served-with-less", &[("most", (*most).into())]),
            Reason::ServedAlready { by } => say("reason-served-already", &[("by", by.in_language(self.tag).into())]),
            Reason::NotAZip => say("reason-not-a-zip", &[]),
            Reason::NotAState => say("reason-not-a-state", &[]),
            Reason::NotADomain => say("reason-not-a-domain", &[]),
            Reason::NotAnIpAddress => say("reason-not-an-ip-address", &[]),
            Reason::NotAPrefix => say("reason-not-a-prefix", &[]),
            Reason::WrongAddressSpace => say("reason-wrong-address-space", &[]),
            Reason::PrefixTooLong { max } => say("reason-prefix-too-long", &[("max", (*max).into())]),
            Reason::ReservedAsNumber => say("reason-reserved-as-number", &[]),
            Reason::NotVlanIds => say("reason-not-vlan-ids", &[]),
            Reason::WrongCount { min, max } => say("reason-wrong-count", &[("range", self.count(*min, *max).into())]),
            Reason::Repeated => say("reason-repeated", &[]),
            Reason::WrongColumns { expected } => say("reason-wrong-columns", &[("expected", (*expected).into())]),
            Reason::Entry { number, reason } => {
                let within = self.reason(label, asks, reason);
                self.with("reason-entry", &[("number", (*number).into()), ("reason", within.into())]).into_owned()
            }
            Reason::Cell { column, reason } => self.reason(column.in_language(self.tag), asks, reason),
            Reason::SumIsNot { column, sum, found } => {
                let column = column.in_language(self.tag).into();
                self.with("reason-sum-is-not", &[("column", column), ("sum", (*sum).into()), ("found", (*found).into())])
                    .into_owned()
            }
            Reason::EndsBeforeItBegins => say("reason-ends-before-it-begins", &[]),
            Reason::RangesOverlap { other } => say("reason-ranges-overlap", &[("other", (*other).into())]),
            Reason::NotAcknowledged => say("reason-not-acknowledged", &[]),
            Reason::NotAFile => say("reason-not-a-file", &[]),
            Reason::EmptyFile => say("reason-empty-file", &[]),
            Reason::WrongFileType { media } => say("reason-wrong-file-type", &[("kinds", self.file_kinds(media).into())]),
            Reason::FileTooLarge { max } => say("reason-file-too-large", &[("megabytes", (max / (1024 * 1024)).into())]),
            Reason::Rule(because) => because.in_language(self.tag).to_owned(),
            Reason::Taken => say("reason-taken", &[]),
            Reason::Said(key) => self.text(key).into_owned(),
        }
    }

    /// The kinds of file taken, by the names people know them by.
    fn file_kinds(&self, media: &[Box<str>]) -> String {
        let names: Vec<_> = media.iter().map(|media| media.rsplit('/').next().unwrap_or_default().to_ascii_uppercase()).collect();
        match names.as_slice() {
            [others @ .., last] if !others.is_empty() => {
                self.with("file-kinds", &[("others", others.join(", ").into()), ("last", last.as_str().into())]).into_owned()
            }
            names => names.concat(),
        }
    }

    /// How many entries: exactly so many, or from so many to so many.
    pub(crate) fn count(&self, min: usize, max: usize) -> String {
        let arguments = [("min", min.into()), ("max", max.into())];
        if min == max {
            self.with("count-exactly", &arguments[..1]).into_owned()
        } else {
            self.with("count-range", &arguments).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use order_manager::text::Text;

    use super::*;

    #[test]
    fn errors_say_what_to_do_in_the_fields_own_words() {
        let words = Words::english();
        let said = |label, asks, reason| words.reason(label, asks, &reason);
        assert_eq!(said("Account number", Asks::Entering, Reason::Missing), "Enter account number");
        assert_eq!(said("IP address", Asks::Entering, Reason::Missing), "Enter IP address");
        assert_eq!(said("Speed", Asks::Choosing, Reason::Missing), "Choose speed");
        assert_eq!(said("How fast?", Asks::Choosing, Reason::Missing), "How fast? Choose an answer");
        assert_eq!(said("Choose a number", Asks::Choosing, Reason::Missing), "Choose a number");
        assert_eq!(
            said("Choose a number", Asks::Choosing, Reason::NotAChoice),
            "Choose a number: Choose an answer from the list"
        );
        assert_eq!(
            said("Your old service", Asks::Agreeing, Reason::NotAcknowledged),
            "Check the box under “Your old service” to go on"
        );
        assert_eq!(
            said("Numbers to keep", Asks::Entering, Reason::Entry { number: 2, reason: Box::new(Reason::Repeated) }),
            "Line 2: Numbers to keep has the same entry twice. Take one of them out"
        );
        assert_eq!(
            said("Speed", Asks::Choosing, Reason::Unavailable(Text::english("Fiber doesn’t reach this address"))),
            "Choose another speed: fiber doesn’t reach this address"
        );
        assert_eq!(said("Hours", Asks::Entering, Reason::TooLong { max: 1 }), "Hours must be 1 character or fewer");
        let media = ["application/pdf", "image/png", "image/jpeg"].map(Into::into).to_vec();
        assert_eq!(
            said("The letter", Asks::Uploading, Reason::WrongFileType { media }),
            "The letter must be a PDF, PNG or JPEG file"
        );
        assert_eq!(
            said("The letter", Asks::Uploading, Reason::FileTooLarge { max: 4 << 20 }),
            "The letter must be 4 MB or smaller"
        );
    }
}
