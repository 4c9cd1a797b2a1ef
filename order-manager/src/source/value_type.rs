//! What a question takes: every type with its bounds, checked so that something can be entered at all.

use toml::Spanned;

use super::condition::{self, Decides, Scope, when};
use super::desk::{Desk, Spot};
use super::place::Places;
use super::raw::{RawColumn, RawNeed, RawOption, RawServiceOption, SourceText, Takes, Word};
use super::rows;
use crate::characteristic::{Capacity, Column, Lines, Need, NetworkNeed, Pattern, Reach, ServiceOption, ValueOption, ValueType};
use crate::condition::Condition;
use crate::id::NetworkId;
use crate::text::Text;

/// Where a type is written, and what its choices' conditions can look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'a> {
    pub(super) file: usize,
    pub(super) spot: Spot,
    pub(super) scope: &'a Scope<'a>,
    /// What holds when the question is asked.
    pub(super) within: &'a [&'a Condition],
    pub(super) places: &'a Places,
}

/// The checked type.
pub(super) fn read(desk: &mut Desk<'_>, takes: &Takes, at: Where<'_>) -> ValueType {
    let file = at.file;
    match takes {
        Takes::Choice(options) => ValueType::Choice(read_options(desk, options, at)),
        Takes::Choices { options, min, max } => {
            let options = read_options(desk, options, at);
            let max = max.unwrap_or(options.len());
            ordered(desk, at.spot, *min, max);
            if max > options.len() {
                desk.problem(at.spot, format!("max = {max} is more than the {} options there are", options.len()));
            }
            ValueType::Choices { options, min: *min, max }
        }
        Takes::Number { min, max, unit } => {
            ordered(desk, at.spot, *min, *max);
            ValueType::Integer { min: *min, max: *max, unit: desk.maybe_text(file, unit.as_ref()) }
        }
        Takes::Text { min, max, pattern, means, several_lines } => {
            ordered(desk, at.spot, *min, *max);
            let lines = if *several_lines { Lines::Several } else { Lines::Single };
            ValueType::Text { min: *min, max: *max, pattern: read_pattern(desk, pattern.as_ref(), means.as_ref(), at), lines }
        }
        Takes::YesOrNo => ValueType::Boolean,
        Takes::Acknowledgement(statement) => ValueType::Acknowledgement(desk.text(file, statement)),
        Takes::Telephone(for_what) => ValueType::TelephoneNumber(*for_what),
        Takes::OurNumber => ValueType::InventoryNumber,
        Takes::Email => ValueType::Email,
        Takes::Date { earliest, latest } => {
            ordered(desk, at.spot, *earliest, *latest);
            ValueType::Date { earliest: *earliest, latest: *latest }
        }
        Takes::Address => ValueType::Address(Reach::Anywhere),
        Takes::ServedAddress { networks, at_least, as_fast_as } => {
            let any_of: Vec<_> = networks.iter().filter_map(|network| at.places.network(desk, file, network)).collect();
            let capacity = read_capacity(desk, &any_of, (at_least.as_ref(), as_fast_as.as_ref()), at);
            ValueType::Address(Reach::Networks { any_of, capacity })
        }
        Takes::Service(options) => ValueType::Service(read_services(desk, options, at)),
        Takes::File { media, max_bytes } => {
            for kind in media.iter().filter(|kind| !kind.get_ref().contains('/')) {
                desk.problem(
                    Spot::of(file, kind),
                    format!("`{}` is no media type: write it as \"application/pdf\"", kind.get_ref()),
                );
            }
            if media.is_empty() || *max_bytes == 0 {
                desk.problem(at.spot, "no file can be sent here: list media types and give max_bytes");
            }
            ValueType::File { media: media.iter().map(|kind| kind.get_ref().as_str().into()).collect(), max_bytes: *max_bytes }
        }
        Takes::AsNumber(space) => ValueType::AutonomousSystemNumber(*space),
        Takes::Prefixes { min, max, space, longest_v4, longest_v6 } => {
            ordered(desk, at.spot, *min, *max);
            if *longest_v4 > 32 || *longest_v6 > 128 {
                desk.problem(
                    at.spot,
                    "an IPv4 prefix is at most 32 bits long, an IPv6 prefix at most 128: lower longest_v4 or longest_v6",
                );
            }
            ValueType::Prefixes { min: *min, max: *max, space: *space, longest_v4: *longest_v4, longest_v6: *longest_v6 }
        }
        Takes::IpAddress(space) => ValueType::IpAddress(*space),
        Takes::DomainName => ValueType::DomainName,
        Takes::VlanIds { max } => {
            ordered(desk, at.spot, 1, *max);
            ValueType::VlanIds { max: *max }
        }
        Takes::Secret { min, max } => {
            ordered(desk, at.spot, *min, *max);
            ValueType::Secret { min: *min, max: *max }
        }
        Takes::List { of, min, max } => {
            ordered(desk, at.spot, *min, *max);
            ValueType::List { of: Box::new(in_a_line(desk, of, at)), min: *min, max: *max }
        }
        Takes::Rows { columns, min, max } => {
            ordered(desk, at.spot, *min, *max);
            if columns.is_empty() {
                desk.problem(at.spot, "a row needs columns: list at least one");
            }
            let read: Vec<_> = columns.iter().map(|column| read_column(desk, column, at)).collect();
            rows::check(desk, at.file, columns, &read, (*min, *max));
            ValueType::Rows { columns: read, min: *min, max: *max }
        }
    }
}

fn read_column(desk: &mut Desk<'_>, column: &RawColumn, at: Where<'_>) -> Column {
    Column {
        label: desk.text(at.file, &column.label),
        value: in_a_line(desk, &column.takes, Where { spot: Spot::of(at.file, &column.label), ..at }),
        need: if column.optional { Need::Optional } else { Need::Required },
        across: rows::across(desk, at.file, column),
    }
}

/// A type whose values are typed within a line of a field.
fn in_a_line(desk: &mut Desk<'_>, takes: &Takes, at: Where<'_>) -> ValueType {
    let value = read(desk, takes, at);
    if !value.fits_in_a_line() {
        desk.problem(at.spot, "this type can't be typed within a line: ask for it in a question of its own");
    }
    rows::check_labels(desk, at.spot, &value);
    value
}

fn ordered<T: Copy + PartialOrd + std::fmt::Display>(desk: &mut Desk<'_>, spot: Spot, least: T, most: T) {
    if least > most {
        desk.problem(spot, format!("nothing can be entered here: the least ({least}) is more than the most ({most})"));
    }
}

fn read_pattern(desk: &mut Desk<'_>, pattern: Option<&Word>, means: Option<&SourceText>, at: Where<'_>) -> Option<Pattern> {
    let Some(expression) = pattern else {
        if let Some(means) = means {
            desk.problem(Spot::of(at.file, means), "`means` says in words what a pattern asks for: add the `pattern`");
        }
        return None;
    };
    let spot = Spot::of(at.file, expression);
    let means = match means {
        Some(means) => desk.text(at.file, means),
        None => {
            desk.problem(spot, "say in words what the pattern asks for, completing \"Enter …\": add `means = \"…\"`");
            Text::english("")
        }
    };
    let pattern = Pattern { expression: expression.get_ref().as_str().into(), means };
    if let Err(error) = pattern.compiled() {
        desk.problem(spot, format!("`{}` is no regular expression: {error}", expression.get_ref()));
    }
    Some(pattern)
}

fn read_options(desk: &mut Desk<'_>, options: &[RawOption], at: Where<'_>) -> Vec<ValueOption> {
    if options.is_empty() {
        desk.problem(at.spot, "there is nothing to choose from: list options");
    }
    let mut seen = std::collections::BTreeSet::new();
    options.iter().filter_map(|option| read_option(desk, option, at, &mut seen)).collect()
}

fn read_option(
    desk: &mut Desk<'_>,
    option: &RawOption,
    at: Where<'_>,
    seen: &mut std::collections::BTreeSet<String>,
) -> Option<ValueOption> {
    let spot = Spot::of(at.file, &option.id);
    desk.once(seen, spot, "option", option.id.get_ref());
    let decides = Decides { never: "this choice can never be had", within: at.within };
    let available_when = when(desk, at.file, option.when.as_ref(), at.scope, decides);
    let needs = option.needs.as_ref().map(|needs| read_need(desk, needs.get_ref(), Spot::of(at.file, needs), at));
    match (&option.because, option.when.is_some() || option.needs.is_some()) {
        (None, true) => {
            desk.problem(spot, "say why this choice can't be had where it can't: add `because = \"…\"`");
        }
        (Some(because), false) => {
            desk.problem(
                Spot::of(at.file, because),
                "this choice can always be had: take `because` out, or add `when` or `needs`",
            );
        }
        _ => {}
    }
    Some(ValueOption {
        label: desk.text(at.file, &option.label),
        number: option.number,
        available_when,
        unavailable_because: desk.maybe_text(at.file, option.because.as_ref()),
        needs,
        id: desk.id(at.file, &option.id)?,
    })
}

/// What can be pointed at. Its conditions look at what *that* offering asks, and are read once every offering is (`offering::fits`).
fn read_services(desk: &mut Desk<'_>, options: &[RawServiceOption], at: Where<'_>) -> Vec<ServiceOption> {
    if options.is_empty() {
        desk.problem(at.spot, "there is nothing to point at: list offerings");
    }
    let option = |raw: &RawServiceOption| {
        let spot = Spot::of(at.file, &raw.offering);
        match (&raw.when, &raw.because) {
            (Some(_), None) => desk.problem(spot, "say why other ones can't be chosen: add `because = \"…\"`"),
            (None, Some(_)) => desk.problem(spot, "any of these can be chosen: take `because` out, or add `when`"),
            _ => {}
        }
        Some(ServiceOption {
            offering: condition::offering(desk, at.file, &raw.offering, at.scope.offerings)?,
            when: Condition::Always,
            unavailable_because: desk.maybe_text(at.file, raw.because.as_ref()),
            alone_as: raw.alone_as.as_ref().and_then(|word| desk.id(at.file, word)),
        })
    };
    options.iter().filter_map(option).collect()
}

/// What must be carried to an address: no more than is carried somewhere.
fn read_capacity(
    desk: &mut Desk<'_>,
    networks: &[NetworkId],
    (at_least, as_fast_as): (Option<&Spanned<i64>>, Option<&Word>),
    at: Where<'_>,
) -> Capacity {
    let most = networks.iter().filter_map(|network| at.places.greatest_capacity(network)).max().unwrap_or(0);
    match (at_least, as_fast_as) {
        (None, None) => Capacity::Any,
        (Some(least), None) => {
            if *least.get_ref() > most {
                let message = format!("no address is served with {} Mbps: no area has more than {most} there", least.get_ref());
                desk.problem(Spot::of(at.file, least), message);
            }
            Capacity::AtLeast(*least.get_ref())
        }
        (None, Some(word)) => {
            let Some(question) = condition::asked_before(desk, at.file, word, at.scope) else { return Capacity::Any };
            match condition::numbers(desk, at.file, word, question) {
                Some((least, _)) if least > most => {
                    let message = format!(
                        "no address is as fast as `{}`: it is at least {least}, and no area has more than {most} there",
                        question.id
                    );
                    desk.problem(Spot::of(at.file, word), message);
                }
                _ => {}
            }
            Capacity::NumberOf(question.id.clone())
        }
        (Some(_), Some(word)) => {
            desk.problem(
                Spot::of(at.file, word),
                "an address is served with a fixed capacity or another answer's: give one of at_least and as_fast_as",
            );
            Capacity::Any
        }
    }
}

fn read_need(desk: &mut Desk<'_>, need: &RawNeed, spot: Spot, at: Where<'_>) -> NetworkNeed {
    let any_of: Vec<_> = need.networks.iter().filter_map(|network| at.places.network(desk, at.file, network)).collect();
    let greatest = any_of.iter().filter_map(|network| at.places.greatest_capacity(network)).max();
    if any_of.len() == need.networks.len() && greatest.is_none_or(|greatest| greatest < need.at_least) {
        let most = greatest.unwrap_or(0);
        desk.problem(
            spot,
            format!("this choice can never be had: it needs {} Mbps, and no area has more than {most} there", need.at_least),
        );
    }
    NetworkNeed { any_of, at_least: need.at_least }
}
