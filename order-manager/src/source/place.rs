//! The places served: areas, their networks and streets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::desk::{Desk, Spot};
use super::raw::Word;
use super::shape::Part;
use crate::address::{State, Zip};
use crate::catalogue::{Area, Street};
use crate::id::NetworkId;
use crate::telephone::TelephoneNumber;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawArea {
    pub(super) id: Word,
    pub(super) zips: Vec<Spanned<Zip>>,
    pub(super) city: String,
    pub(super) state: State,
    pub(super) time_zone: Word,
    pub(super) rate_centre: String,
    pub(super) exchanges: Vec<Word>,
    pub(super) networks: BTreeMap<Spanned<String>, i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStreet {
    pub(super) name: Word,
    pub(super) numbers: Spanned<(u32, u32)>,
    pub(super) zip: Spanned<Zip>,
}

/// The places, once they are read.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) areas: Vec<Area>,
    pub(super) streets: Vec<Street>,
}

impl Places {
    /// The states there are areas in.
    pub(super) fn states(&self) -> Vec<State> {
        self.areas.iter().map(|area| area.state).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A network that reaches some area.
    pub(super) fn network(&self, desk: &mut Desk<'_>, file: usize, word: &Word) -> Option<NetworkId> {
        let networks: BTreeSet<&NetworkId> = self.areas.iter().flat_map(|area| area.networks.keys()).collect();
        let found = networks.iter().find(|network| network.as_str() == word.get_ref()).copied().cloned();
        if found.is_none() {
            desk.dangling(Spot::of(file, word), "network in any area", word.get_ref(), networks);
        }
        found
    }

    /// The greatest capacity a network has anywhere, in Mbps.
    pub(super) fn greatest_capacity(&self, network: &NetworkId) -> Option<i64> {
        self.areas.iter().filter_map(|area| area.networks.get(network)).copied().max()
    }
}

/// Reads the areas and their streets.
pub(super) fn read(desk: &mut Desk<'_>, sources: &[(Part<RawArea>, Vec<Part<RawStreet>>)]) -> Places {
    let mut places = Places::default();
    let (mut ids, mut zips, mut exchanges) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    for (part, streets) in sources {
        let (file, raw) = (part.file, &part.it);
        desk.once(&mut ids, Spot::of(file, &raw.id), "area", raw.id.get_ref());
        for zip in &raw.zips {
            if let Some(other) = zips.insert(*zip.get_ref(), raw.id.get_ref().clone()) {
                let message =
                    format!("ZIP code {} is in the area `{other}` already: a ZIP code belongs to one area", zip.get_ref());
                desk.problem(Spot::of(file, zip), message);
            }
        }
        if TimeZone::get(raw.time_zone.get_ref()).is_err() {
            let message =
                format!("`{}` is no time zone: name it as the IANA database does, \"America/New_York\"", raw.time_zone.get_ref());
            desk.problem(Spot::of(file, &raw.time_zone), message);
        }
        let read_exchanges = raw.exchanges.iter().filter_map(|word| exchange(desk, part, word, &mut exchanges)).collect();
        let mut networks = BTreeMap::new();
        for (network, capacity) in &raw.networks {
            if *capacity < 1 {
                desk.problem(
                    Spot::of(file, network),
                    format!("the network `{}` has no capacity here: give it in Mbps", network.get_ref()),
                );
            }
            networks.extend(desk.id(file, network).map(|network| (network, *capacity)));
        }
        places.streets.extend(streets.iter().map(|street| read_street(desk, street, raw)));
        let Some(id) = desk.id(file, &raw.id) else { continue };
        places.areas.push(Area {
            id,
            zips: raw.zips.iter().map(|zip| *zip.get_ref()).collect(),
            city: raw.city.as_str().into(),
            state: raw.state,
            time_zone: raw.time_zone.get_ref().as_str().into(),
            rate_centre: raw.rate_centre.as_str().into(),
            exchanges: read_exchanges,
            networks,
        });
    }
    places
}

fn read_street(desk: &mut Desk<'_>, part: &Part<RawStreet>, area: &RawArea) -> Street {
    let (file, raw) = (part.file, &part.it);
    let numbers = *raw.numbers.get_ref();
    if numbers.0 > numbers.1 || numbers.0 == 0 {
        desk.problem(
            Spot::of(file, &raw.numbers),
            "house numbers go from the lowest, 1 or more, to the highest: numbers = [100, 899]",
        );
    }
    if !area.zips.iter().any(|zip| zip.get_ref() == raw.zip.get_ref()) {
        let message = format!("ZIP code {} is not among those of the area `{}`", raw.zip.get_ref(), area.id.get_ref());
        desk.problem(Spot::of(file, &raw.zip), message);
    }
    Street {
        name: raw.name.get_ref().as_str().into(),
        numbers,
        city: area.city.as_str().into(),
        state: area.state,
        zip: *raw.zip.get_ref(),
    }
}

/// An area code and exchange, `404-872`, of one rate centre only.
fn exchange(desk: &mut Desk<'_>, part: &Part<RawArea>, word: &Word, seen: &mut BTreeMap<u64, String>) -> Option<u64> {
    let spot = Spot::of(part.file, word);
    let number = word
        .get_ref()
        .split_once('-')
        .filter(|(area, exchange)| area.len() == 3 && exchange.len() == 3)
        .and_then(|(area, exchange)| format!("{area}{exchange}0000").parse::<TelephoneNumber>().ok())
        .filter(|number| !number.is_toll_free());
    let Some(number) = number else {
        desk.problem(
            spot,
            format!("`{}` is no exchange: write area code and exchange of geographic numbers as \"404-872\"", word.get_ref()),
        );
        return None;
    };
    match seen.insert(number.exchange(), part.it.rate_centre.clone()) {
        Some(other) if other != part.it.rate_centre => {
            let message = format!(
                "exchange {} is of the rate centre {other} already: an exchange belongs to one rate centre",
                word.get_ref()
            );
            desk.problem(spot, message);
        }
        _ => {}
    }
    Some(number.exchange())
}
