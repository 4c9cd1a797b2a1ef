//! Questions: characteristics with their choices, and the prices that come with a choice.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Decides, Scope, when};
use super::desk::{Desk, Spot};
use super::place::Places;
use super::raw::{RawOption, RawQuestion, Takes};
use super::shape::Part;
use super::value_type::{self, Where};
use crate::catalogue::{Amount, Charge, Dialog, Price};
use crate::characteristic::{Asked, Characteristic, Known, Lines, Need, ValueType};
use crate::condition::Condition;
use crate::text::Text;

/// Tokens of the HTML standard's `autocomplete` attribute that an order's questions can use.
const AUTOCOMPLETE: [&str; 19] = [
    "name",
    "given-name",
    "family-name",
    "organization",
    "organization-title",
    "email",
    "tel",
    "tel-national",
    "street-address",
    "address-line1",
    "address-line2",
    "address-level1",
    "address-level2",
    "postal-code",
    "country",
    "url",
    "username",
    "bday",
    "off",
];

/// What the questions of an offering have come to so far.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub(super) characteristics: Vec<Characteristic>,
    pub(super) dialogs: Vec<Dialog>,
    /// Prices that come with a choice.
    pub(super) prices: Vec<Price>,
    /// Ids of all questions, those not read yet included.
    pub(super) all: Vec<String>,
    pub(super) seen: BTreeSet<String>,
}

/// Reads a question asked after those in `asking`, and adds it to them.
pub(super) fn read(
    desk: &mut Desk<'_>,
    part: &Part<RawQuestion>,
    asked: &Asked,
    asking: &mut Asking,
    around: &Scope<'_>,
    places: &Places,
) {
    let (file, raw) = (part.file, &part.it);
    desk.once(&mut asking.seen, Spot::of(file, &raw.id), "question", raw.id.get_ref());
    let scope = Scope { asked: &asking.characteristics, dialogs: &asking.dialogs, later: &asking.all, ..*around };
    let in_dialog = match asked {
        Asked::OnPage => None,
        Asked::InDialog(id) => asking.dialogs.iter().find(|dialog| dialog.id == *id).map(|dialog| &dialog.applies_when),
    };
    let within: Vec<&Condition> = in_dialog.into_iter().collect();
    let applies_when = when(desk, file, raw.when.as_ref(), &scope, Decides { never: "this is never asked", within: &within });
    let within: Vec<&Condition> = in_dialog.into_iter().chain([&applies_when]).collect();
    let at = Where { file, spot: Spot::of(file, &raw.takes), scope: &scope, within: &within, places };
    let value = value_type::read(desk, raw.takes.get_ref(), at);
    let (label, hint) = (desk.text(file, &raw.label), desk.maybe_text(file, raw.hint.as_ref()));
    let technical = desk.maybe_text(file, raw.technical.as_ref());
    check_known(desk, part, &value);
    let autocomplete = raw.autocomplete.as_ref().map(|token| {
        if !AUTOCOMPLETE.contains(&token.get_ref().as_str()) {
            desk.problem(
                Spot::of(file, token),
                format!("`{}` is no autocomplete token: use one of {}", token.get_ref(), AUTOCOMPLETE.join(", ")),
            );
        }
        token.get_ref().as_str().into()
    });
    let prices = option_prices(desk, part);
    let Some(id) = desk.id(file, &raw.id) else { return };
    asking.prices.extend(prices);
    asking.characteristics.push(Characteristic {
        id,
        label,
        hint,
        technical,
        value,
        need: if raw.optional { Need::Optional } else { Need::Required },
        applies_when,
        asked: asked.clone(),
        known: raw.known.as_ref().map(|known| *known.get_ref()),
        autocomplete,
    });
}

/// What is known already must be of the type that is asked for.
fn check_known(desk: &mut Desk<'_>, part: &Part<RawQuestion>, value: &ValueType) {
    let Some(known) = &part.it.known else { return };
    let line = matches!(value, ValueType::Text { lines: Lines::Single, .. });
    let (fits, wanted) = match known.get_ref() {
        Known::CustomerName | Known::ServiceZip => (line, "text"),
        Known::ServiceAddress => (matches!(value, ValueType::Address(_)), "address"),
        Known::ContactPhone => (matches!(value, ValueType::TelephoneNumber(_)), "telephone"),
        Known::ContactEmail => (*value == ValueType::Email, "email"),
    };
    if !fits {
        desk.problem(
            Spot::of(part.file, known),
            format!("what is known is of another type than what is asked: make it takes = \"{wanted}\""),
        );
    }
}

/// The prices written beside a question's choices.
fn option_prices(desk: &mut Desk<'_>, part: &Part<RawQuestion>) -> Vec<Price> {
    let raw = &part.it;
    let options: &[RawOption] = match raw.takes.get_ref() {
        Takes::Choice(options) | Takes::Choices { options, .. } => options,
        _ => &[],
    };
    let mut prices = vec![];
    for option in options {
        let amounts = [(&option.monthly, ""), (&option.one_time, "-once")];
        for (amount, ending) in amounts.into_iter().filter_map(|(amount, ending)| Some((amount.as_ref()?, ending))) {
            let spot = Spot::of(part.file, amount);
            let name = format!("{}-{}{ending}", raw.id.get_ref(), option.id.get_ref());
            let money = Amount::Flat(desk.money(part.file, amount));
            let label = price_label(desk, part, option);
            let ids = (desk.id_of(spot, &name), raw.id.get_ref().parse(), option.id.get_ref().parse());
            let (Some(id), Ok(characteristic), Ok(value)) = ids else { continue };
            prices.push(Price {
                id,
                label,
                when: Condition::Is { characteristic, any_of: vec![value] },
                charge: if ending.is_empty() { Charge::Recurring { amount: money } } else { Charge::OneTime { amount: money } },
            });
        }
    }
    prices
}

/// The option's own label, after the question's `price_label` where it has one: "Internet: 300 Mbps".
fn price_label(desk: &mut Desk<'_>, part: &Part<RawQuestion>, option: &RawOption) -> Text {
    let own = desk.wordings(part.file, &option.label);
    let Some(before) = &part.it.price_label else { return desk.text(part.file, &option.label) };
    let before = desk.wordings(part.file, before);
    let joined: BTreeMap<_, _> = own
        .into_iter()
        .filter_map(|(tag, label)| before.get(&tag).map(|before| format!("{before}: {label}")).map(|text| (tag, text)))
        .collect();
    Text::from_wordings(joined).unwrap_or_else(|| Text::english(""))
}
