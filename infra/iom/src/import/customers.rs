//! Customers in a file: a row for each place, those of one account number one customer.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use order_manager::account::AccountTerms;
use order_manager::address::{AddressDirectory, Correction, GeographicAddress, State, Zip};
use order_manager::catalogue::Catalogue;
use order_manager::id::{CustomerId, SiteId};
use order_manager::party::{Contact, Customer, CustomerKind, EmailAddress, Site};
use order_manager::search::account_key;
use order_manager::telephone::TelephoneNumber;
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::rows::{self, Problem, Refusal, Row};

/// The columns there are; `unit`, `contact`, `email` and `contact-since` may be left out.
const COLUMNS: [&str; 12] =
    ["account-number", "kind", "name", "contact", "phone", "email", "contact-since", "street", "unit", "city", "state", "zip"];
/// The longest name, as on the pages that ask for one.
const LONGEST_NAME: usize = 100;

/// The customers of a file, with the terms of their accounts.
pub(super) fn read(file: &Path, catalogue: &Catalogue) -> Result<Vec<(Customer, AccountTerms)>, Refusal> {
    let mut found: BTreeMap<String, (Customer, AccountTerms)> = BTreeMap::new();
    let mut problems = Vec::new();
    for row in rows::read(file, &COLUMNS)? {
        match customer(&row, catalogue) {
            Err(reasons) => {
                problems.extend(reasons.into_iter().map(|reason| Problem { file: file.to_owned(), line: row.line, reason }));
            }
            Ok(read) => {
                let key = account_key(&read.0.account_number);
                if let Err(reason) = add(&mut found, key, read) {
                    problems.push(Problem { file: file.to_owned(), line: row.line, reason });
                }
            }
        }
    }
    if problems.is_empty() { Ok(found.into_values().collect()) } else { Err(Refusal::Problems(problems)) }
}

/// A customer, or another place of one that is there.
fn add(
    found: &mut BTreeMap<String, (Customer, AccountTerms)>,
    key: String,
    (customer, terms): (Customer, AccountTerms),
) -> Result<(), String> {
    let Some((there, of_there)) = found.get_mut(&key) else {
        found.insert(key, (customer, terms));
        return Ok(());
    };
    let same = Customer { sites: there.sites.clone(), ..customer.clone() };
    if same != *there || terms != *of_there {
        return Err(format!("account {} is described otherwise in a row before this one", there.account_number));
    }
    for site in customer.sites {
        if there.sites.contains(&site) {
            return Err(format!("account {} has this place twice", there.account_number));
        }
        there.sites.push(site);
    }
    Ok(())
}

/// The customer of a row, or everything that is wrong with it.
fn customer(row: &Row, catalogue: &Catalogue) -> Result<(Customer, AccountTerms), Vec<String>> {
    let mut wrong = Vec::new();
    let number: Option<Box<str>> = kept(&mut wrong, line(row, "account-number", 40));
    let kind = kept(
        &mut wrong,
        match row.text("kind") {
            Some("residential") => Ok(CustomerKind::Residential),
            Some("business") => Ok(CustomerKind::Business),
            Some(other) => Err(format!("kind: `{other}` is neither `residential` nor `business`")),
            None => Err("kind is missing: `residential` or `business`".to_owned()),
        },
    );
    let name = kept(&mut wrong, line(row, "name", LONGEST_NAME));
    let contact = match row.text("contact") {
        Some(_) => kept(&mut wrong, line(row, "contact", LONGEST_NAME)),
        None => name.clone(),
    };
    let phone = kept(&mut wrong, row.needed::<TelephoneNumber>("phone", "a telephone number of North America"));
    let email = kept(&mut wrong, row.optional::<EmailAddress>("email", "an e-mail address"));
    let since = kept(&mut wrong, row.optional::<Date>("contact-since", "a day (2024-05-31)"));
    let street = kept(&mut wrong, line(row, "street", LONGEST_NAME));
    let city = kept(&mut wrong, line(row, "city", LONGEST_NAME));
    let state = kept(&mut wrong, row.needed::<State>("state", "a state of the United States (GA)"));
    let zip = kept(&mut wrong, row.needed::<Zip>("zip", "five digits"));
    let (Some(number), Some(kind), Some(name), Some(contact), Some(phone), Some(email), Some(since)) =
        (number, kind, name, contact, phone, email, since)
    else {
        return Err(wrong);
    };
    let (Some(street), Some(city), Some(state), Some(zip)) = (street, city, state, zip) else { return Err(wrong) };
    let address = GeographicAddress { street, unit: row.text("unit").map(Into::into), city, state, zip };
    // Spelled as the directory spells it, where that has it.
    let address = match catalogue.correct(&address) {
        Correction::Found(found) => found,
        Correction::Alternatives(_) | Correction::Unknown => address,
    };
    let key = account_key(&number);
    let site = Site { id: SiteId::new(named("site", &[&key, &address.place_key()])), address };
    let customer = Customer {
        id: CustomerId::new(named("customer", &[&key])),
        kind,
        name,
        account_number: number,
        contact: Contact { name: contact, phone, email },
        sites: vec![site],
        products: vec![],
        billing_accounts: vec![],
        partner: None,
    };
    Ok((customer, since.map_or_else(AccountTerms::default, AccountTerms::opened)))
}

fn kept<T>(wrong: &mut Vec<String>, read: Result<T, String>) -> Option<T> {
    read.map_err(|reason| wrong.push(reason)).ok()
}

/// A line of text, no longer than a page would take it.
fn line(row: &Row, column: &str, longest: usize) -> Result<Box<str>, String> {
    let text = row.text(column).ok_or_else(|| format!("{column} is missing"))?;
    if text.chars().count() > longest || text.chars().any(char::is_control) {
        return Err(format!("{column}: it is one line of at most {longest} characters"));
    }
    Ok(text.into())
}

/// The id that follows from what something is: the same each time the file is read.
fn named(kind: &str, parts: &[&str]) -> uuid::Uuid {
    let mut hash = Sha256::new();
    for part in [kind].iter().chain(parts) {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
