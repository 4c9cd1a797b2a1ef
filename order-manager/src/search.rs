//! How staff find a customer: what kind of thing was typed into the one box, and what each customer is found by.
//!
//! Both sides come to the same keys, so that finding is one look-up: never a comparison with everything there is.

use std::collections::BTreeSet;

use crate::address::{GeographicAddress, Zip};
use crate::id::OrderId;
use crate::party::{Customer, EmailAddress};
use crate::telephone::TelephoneNumber;

/// So many letters of a word are what a name is first found by.
const PREFIX: usize = 3;
/// So many words of a name count.
const MOST_WORDS: usize = 5;
/// The most that anybody types to find somebody.
const LONGEST: usize = 120;

/// What was typed, as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// An account number, its digits and letters alone.
    Account(String),
    /// A telephone number.
    Phone(TelephoneNumber),
    /// An e-mail address.
    Email(EmailAddress),
    /// Words of a name, or how they begin.
    Name(Vec<String>),
    /// A house number and a ZIP code.
    Place(String, Zip),
    /// The reference of an order.
    Order(String),
}

impl Sought {
    /// Understands what was typed; `None` when nobody can be found by it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > LONGEST {
            return None;
        }
        if text.contains('@') {
            return text.parse().ok().map(Self::Email);
        }
        if let Ok(order) = text.to_ascii_lowercase().parse::<OrderId>() {
            return Some(Self::Order(order.reference()));
        }
        if let Some(reference) = reference(text) {
            return Some(Self::Order(reference));
        }
        if !is_grouped_as_an_account(text)
            && let Ok(phone) = text.parse()
        {
            return Some(Self::Phone(phone));
        }
        if is_mostly_digits(text) {
            return Some(Self::Account(account(text)));
        }
        if let Some((number, zip)) = place(text) {
            return Some(Self::Place(number, zip));
        }
        if text.chars().all(|c| c.is_ascii_digit() || is_separator(c)) {
            let digits = account(text);
            return (digits.len() >= 6).then_some(Self::Account(digits));
        }
        let words = words(text);
        (!words.is_empty()).then_some(Self::Name(words))
    }

    /// What it is looked up by.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Account(number) => account_key(number),
            Self::Phone(phone) => format!("phone#{}", phone.digits()),
            Self::Email(email) => format!("email#{}", email.as_str().to_lowercase()),
            Self::Name(words) => name_key(words),
            Self::Place(number, zip) => format!("place#{zip}#{number}"),
            Self::Order(reference) => order_key(reference),
        }
    }

    /// Whether it finds this name: a look-up goes by how a name begins, and may find others too.
    #[must_use]
    pub fn finds(&self, name: &str) -> bool {
        match self {
            Self::Name(typed) => {
                let words = words(name);
                typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed)))
            }
            _ => true,
        }
    }
}

/// All that a customer is found by, with the name each entry shows: a company is also found by its contact's name.
#[must_use]
pub fn keys_of(customer: &Customer) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([account_key(&customer.account_number), Sought::Phone(customer.contact.phone).key()]);
    keys.extend(customer.contact.email.clone().map(|email| Sought::Email(email).key()));
    keys.extend(customer.products.iter().filter_map(|product| product.number).map(|number| Sought::Phone(number).key()));
    keys.extend(customer.sites.iter().filter_map(|site| place_key(&site.address)));
    for name in [&customer.name, &customer.contact.name] {
        let words = words(name);
        for (place, word) in words.iter().enumerate() {
            keys.insert(name_key(std::slice::from_ref(word)));
            keys.extend(words[place + 1..].iter().map(|other| name_key(&[word.clone(), other.clone()])));
        }
    }
    keys
}

/// What the customer with an account number is found by, however the number is grouped.
#[must_use]
pub fn account_key(number: &str) -> String {
    format!("number#{}", account(number))
}

/// What the customer of an order is found by, when all that is known is the order's reference.
#[must_use]
pub fn order_key(reference: &str) -> String {
    format!("order#{reference}")
}

/// The beginnings of the two longest words, in the order of the alphabet; of one, where there is but one. A word that is not yet
/// as long as a beginning only counts where there is no other.
fn name_key(words: &[String]) -> String {
    let length = |word: &&String| word.chars().count();
    let mut longest: Vec<&String> = words.iter().filter(|word| length(word) >= PREFIX).collect();
    if longest.is_empty() {
        longest = words.iter().take(1).collect();
    }
    longest.sort_by_key(|word| std::cmp::Reverse(length(word)));
    let mut beginnings: Vec<String> = longest.into_iter().take(2).map(|word| word.chars().take(PREFIX).collect()).collect();
    beginnings.sort();
    format!("name#{}", beginnings.join("+"))
}

fn place_key(address: &GeographicAddress) -> Option<String> {
    let number = address.street.split_whitespace().next().filter(|number| is_house_number(number))?;
    Some(Sought::Place(number.to_lowercase(), address.zip).key())
}

/// A house number at the beginning, and a ZIP code at the end.
fn place(text: &str) -> Option<(String, Zip)> {
    let mut parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let number = parts.next().filter(|number| is_house_number(number))?;
    let zip = parts.next_back()?.parse().ok()?;
    Some((number.to_lowercase(), zip))
}

fn is_house_number(text: &str) -> bool {
    text.len() <= 8
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A reference as it is read out: letters that look alike are taken for what they look like (Crockford).
fn reference(text: &str) -> Option<String> {
    let (first, second) = text.split_once('-')?;
    let part = |part: &str| -> Option<String> {
        let part: String = part.to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        (part.len() == 4 && part.bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b))).then_some(part)
    };
    Some(format!("{}-{}", part(first)?, part(second)?))
}

/// One word of digits, with a letter or two perhaps, as some account numbers are.
fn is_mostly_digits(text: &str) -> bool {
    let (digits, letters) =
        (text.bytes().filter(u8::is_ascii_digit).count(), text.bytes().filter(u8::is_ascii_alphabetic).count());
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    plain && letters > 0 && digits >= 4 && digits > letters
}

fn is_separator(c: char) -> bool {
    c == '-' || c == ' ' || c == '.' || c == '\u{2011}'
}

/// An account number by its digits and letters.
fn account(text: &str) -> String {
    text.chars().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase).collect()
}

/// `4041-8830-27`, as it stands on a bill: never how anybody writes a telephone number.
fn is_grouped_as_an_account(text: &str) -> bool {
    let groups: Vec<_> = text.split(is_separator).collect();
    matches!(groups[..], [one, two, ..] if one.len() == 4 && two.len() == 4) && groups.len() >= 3
}

/// A text's words as they are compared: in small letters, without accents and apostrophes.
fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !(c.is_alphanumeric() || "'’‘`".contains(c)));
    let folded = split.map(|word| word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(plain).collect());
    let mut words: Vec<String> = folded.filter(|word: &String| !word.is_empty()).collect();
    words.truncate(MOST_WORDS);
    words
}

/// A letter without its accent, for the languages whose names are common here.
fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ž' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::{CustomerId, SiteId};
    use crate::party::{Contact, CustomerKind, Site};

    fn customer() -> Customer {
        let address = GeographicAddress {
            street: "1180 Peachtree Street NE".into(),
            unit: Some("Suite 400".into()),
            city: "Atlanta".into(),
            state: "GA".parse().expect("a state"),
            zip: "30309".parse().expect("a ZIP code"),
        };
        Customer {
            id: CustomerId::new(Uuid::nil()),
            kind: CustomerKind::Business,
            name: "Zoë’s Dental & Sons".into(),
            account_number: "4041-9077-64".into(),
            contact: Contact {
                name: "Li O’Neil".into(),
                phone: "404 881 0177".parse().expect("a number"),
                email: Some("Li@Dental.example.com".parse().expect("an address")),
            },
            partner: None,
            sites: vec![Site { id: SiteId::new(Uuid::nil()), address }],
            products: vec![],
            billing_accounts: vec![],
        }
    }

    #[test]
    fn what_is_typed_is_understood_by_its_form() {
        let words = |words: &[&str]| Sought::Name(words.iter().map(|word| (*word).to_owned()).collect());
        let rows = [
            ("4041-9077-64", Sought::Account("4041907764".to_owned())),
            ("7001 4482 19", Sought::Account("7001448219".to_owned())),
            ("123456", Sought::Account("123456".to_owned())),
            ("A-1001", Sought::Account("a1001".to_owned())),
            ("7-Eleven", words(&["7", "eleven"])),
            ("(404) 881-0177", Sought::Phone("4048810177".parse().expect("a number"))),
            ("4048810177", Sought::Phone("4048810177".parse().expect("a number"))),
            ("+1 404.881.0177", Sought::Phone("4048810177".parse().expect("a number"))),
            (" li@dental.example.com ", Sought::Email("li@dental.example.com".parse().expect("an address"))),
            ("7f3k-92qd", Sought::Order("7F3K-92QD".to_owned())),
            ("7F3K-o2Ql", Sought::Order("7F3K-02Q1".to_owned())),
            ("1180 Peachtree Street NE, Atlanta, GA 30309", Sought::Place("1180".to_owned(), "30309".parse().expect("ZIP"))),
            ("1180 30309", Sought::Place("1180".to_owned(), "30309".parse().expect("ZIP"))),
            ("ZOË O’Neil", words(&["zoe", "oneil"])),
            ("Smith & Sons", words(&["smith", "sons"])),
        ];
        for (typed, expected) in rows {
            assert_eq!(Sought::read(typed), Some(expected), "{typed}");
        }
        for nothing in ["", "  ", "12", "&", "a@b", &"x".repeat(LONGEST + 1)] {
            assert_eq!(Sought::read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_customer_is_found_by_all_that_staff_may_be_told() {
        let keys = keys_of(&customer());
        let typed = [
            "4041-9077-64",
            "4041907764",
            "404-881-0177",
            "LI@dental.example.com",
            "1180 Peachtree St 30309",
            "zoe",
            "Zoës",
            "den zoe",
            "Dental Sons",
            "sons zoës",
            "li",
            "oneil",
            "O'Neil Li",
        ];
        for typed in typed {
            let sought = Sought::read(typed).expect(typed);
            let found = keys.contains(&sought.key());
            assert!(found, "{typed}: {} is not among {keys:?}", sought.key());
        }
        for typed in ["4041-9077-65", "404-881-0178", "lo@dental.example.com", "1181 30309", "1180 30308", "zelda", "oneil zoe"] {
            let sought = Sought::read(typed).expect(typed);
            assert!(!keys.contains(&sought.key()), "{typed}");
        }
    }

    #[test]
    fn every_word_typed_must_begin_a_word_of_the_name() {
        let finds = |typed: &str, name: &str| Sought::read(typed).expect(typed).finds(name);
        assert!(finds("dent zoe", "Zoë’s Dental & Sons"));
        assert!(!finds("dentist zoe", "Zoë’s Dental & Sons"));
        assert!(!finds("zoe dental sons inc", "Zoë’s Dental & Sons"));
        assert!(finds("404-881-0177", "anybody at all"));
    }

    #[test]
    fn an_order_is_found_by_its_id_and_by_its_reference() {
        let order = OrderId::new(Uuid::from_u128(0x018f_3a2e_0000_7000_8000_0000_0000_a001));
        let by_id = Sought::read(&order.to_string()).expect("an order");
        assert_eq!(Sought::read(&order.reference()), Some(by_id.clone()));
        assert_eq!(by_id.key(), order_key(&order.reference()));
    }
}
