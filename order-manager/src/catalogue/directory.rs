//! The catalogue's own address directory: the streets of the areas served.

use super::{Catalogue, Street};
use crate::address::{AddressDirectory, Correction, GeographicAddress};

impl AddressDirectory for Catalogue {
    /// The catalogue's own list of streets: spelling and case are mended, a house number must lie on the street, and
    /// streets of the same number and postal code that begin alike are offered as alternatives.
    fn correct(&self, entered: &GeographicAddress) -> Correction {
        let (number, street) = entered.street.split_once(' ').unwrap_or(("", &entered.street));
        let number = number.parse::<u32>().ok();
        let known = || self.streets.iter().filter(|street| street.zip == entered.zip);
        let at = |street: &Street, number: u32| GeographicAddress {
            street: format!("{number} {}", street.name).into(),
            unit: entered.unit.clone(),
            city: street.city.clone(),
            state: street.state,
            zip: street.zip,
        };
        let on = |street: &&Street| number.is_some_and(|n| (street.numbers.0..=street.numbers.1).contains(&n));
        let Some(number) = number else { return Correction::Unknown };
        if let Some(found) = known().filter(on).find(|known| words_of(&known.name) == words_of(street)) {
            return Correction::Found(at(found, number));
        }
        let first = words_of(street).into_iter().next().unwrap_or_default();
        let alternatives: Vec<_> = known()
            .filter(on)
            .filter(|known| words_of(&known.name).first().is_some_and(|word| alike(word, &first)))
            .map(|known| at(known, number))
            .collect();
        if alternatives.is_empty() { Correction::Unknown } else { Correction::Alternatives(alternatives) }
    }
}

/// The words of a street's name in lower case, with the postal service's abbreviations (Publication 28, appendix C) written short.
fn words_of(street: &str) -> Vec<String> {
    street
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',']).to_lowercase())
        .map(|word| match word.as_str() {
            "street" => "st".to_owned(),
            "avenue" => "ave".to_owned(),
            "road" => "rd".to_owned(),
            "drive" => "dr".to_owned(),
            "lane" => "ln".to_owned(),
            "boulevard" => "blvd".to_owned(),
            "court" => "ct".to_owned(),
            "place" => "pl".to_owned(),
            "parkway" => "pkwy".to_owned(),
            "northeast" => "ne".to_owned(),
            "northwest" => "nw".to_owned(),
            "southeast" => "se".to_owned(),
            "southwest" => "sw".to_owned(),
            "north" => "n".to_owned(),
            "south" => "s".to_owned(),
            "east" => "e".to_owned(),
            "west" => "w".to_owned(),
            _ => word,
        })
        .collect()
}

/// Whether two words begin alike or one letter was mistyped.
fn alike(a: &str, b: &str) -> bool {
    if a.len() >= 4 && b.len() >= 4 && a.chars().zip(b.chars()).take(4).all(|(x, y)| x == y) {
        return true;
    }
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() <= 1
}
