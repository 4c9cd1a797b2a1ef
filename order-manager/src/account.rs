//! What an account says of how its customer is authenticated before staff sees it, and of the customer's choice about the use
//! of what we know of them.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::CustomerAuthentication;
use crate::party::{Customer, CustomerKind, EmailAddress};

/// A contact must have been on record for so many days before anything is sent there to authenticate the customer
/// (47 CFR 64.2003(b), "address of record").
const DAYS_ON_RECORD: i32 = 30;

/// The terms of an account that staff go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountTerms {
    /// Since when the contact of record is what it is.
    pub contact_since: Date,
    /// Who looks after the account.
    pub care: Care,
    /// What the customer chose about the use of what we know of them.
    pub data_use: DataUse,
}

/// Who looks after an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Care {
    /// Whoever is there.
    #[default]
    General,
    /// A dedicated contact, by a contract that says how the business's people are authenticated (47 CFR 64.2010(g)).
    DedicatedContact,
}

/// What a customer chose about the use of their proprietary network information (47 CFR 64.2007 and 64.2008).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataUse {
    /// It may be used to offer other services.
    #[default]
    Allowed,
    /// It may not, unless the customer agrees for one call.
    OptedOut,
}

impl Default for AccountTerms {
    /// An account that has been as it is for as long as anybody remembers.
    fn default() -> Self {
        Self { contact_since: Date::constant(1970, 1, 1), care: Care::General, data_use: DataUse::Allowed }
    }
}

impl AccountTerms {
    /// An account that is opened today.
    #[must_use]
    pub fn opened(today: Date) -> Self {
        Self { contact_since: today, ..Self::default() }
    }

    /// How this customer can be authenticated before staff sees the account.
    #[must_use]
    pub fn ways(&self, customer: &Customer, today: Date) -> Vec<CustomerAuthentication> {
        let code = (customer.contact.email.is_some() && self.is_of_record(today)).then_some(CustomerAuthentication::CodeToRecord);
        let by_contract = customer.kind == CustomerKind::Business && self.care == Care::DedicatedContact;
        let contract = by_contract.then_some(CustomerAuthentication::BusinessContract);
        code.into_iter().chain([CustomerAuthentication::PhotoIdentification]).chain(contract).collect()
    }

    /// Where a code goes that links a sign-in with the account: to its contact, once that has been on record for long enough; of a
    /// customer who has no service yet there is nothing to protect. Nowhere else, and to nothing that was put on record lately.
    #[must_use]
    pub fn links_by_code_to<'a>(&self, customer: &'a Customer, today: Date) -> Option<&'a EmailAddress> {
        let may = self.is_of_record(today) || customer.products.is_empty();
        customer.contact.email.as_ref().filter(|_| may)
    }

    /// Whether the contact has been on record for long enough to authenticate the customer by it.
    fn is_of_record(&self, today: Date) -> bool {
        self.contact_since.checked_add(DAYS_ON_RECORD.days()).is_ok_and(|since| since <= today)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::id::{CustomerId, ProductId, SiteId};
    use crate::money::{Currency, Money};
    use crate::party::{Contact, Product, Standing};
    use crate::value::Answers;

    fn customer(kind: CustomerKind, email: Option<&str>) -> Customer {
        Customer {
            id: CustomerId::new(Uuid::nil()),
            kind,
            name: "Zoë O’Neil".into(),
            account_number: "1".into(),
            contact: Contact {
                name: "Zoë O’Neil".into(),
                phone: "404 881 0177".parse().expect("a number"),
                email: email.and_then(|email| email.parse().ok()),
            },
            partner: None,
            sites: vec![],
            products: vec![],
            billing_accounts: vec![],
        }
    }

    fn product() -> Product {
        Product {
            id: ProductId::new(Uuid::nil()),
            offering: "broadband-internet".parse().expect("an id"),
            site: SiteId::new(Uuid::nil()),
            number: None,
            answers: Answers::new(),
            monthly: Money::zero(Currency::USD),
            since: date(2026, 1, 1),
            term_ends: None,
            agreed: None,
            standing: Standing::Active,
        }
    }

    #[test]
    fn a_customer_is_authenticated_by_what_nobody_else_has() {
        use CustomerAuthentication::{BusinessContract, CodeToRecord, PhotoIdentification};
        use CustomerKind::{Business, Residential};
        let today = date(2026, 11, 23);
        let (old, new) = (date(2026, 10, 24), date(2026, 10, 25));
        let mail = Some("zoe@example.com");
        let rows = [
            (Residential, mail, old, Care::General, vec![CodeToRecord, PhotoIdentification]),
            (Residential, mail, new, Care::General, vec![PhotoIdentification]),
            (Residential, None, old, Care::General, vec![PhotoIdentification]),
            (Residential, mail, old, Care::DedicatedContact, vec![CodeToRecord, PhotoIdentification]),
            (Business, mail, old, Care::General, vec![CodeToRecord, PhotoIdentification]),
            (Business, mail, new, Care::DedicatedContact, vec![PhotoIdentification, BusinessContract]),
        ];
        for (kind, email, contact_since, care, expected) in rows {
            let terms = AccountTerms { contact_since, care, ..AccountTerms::default() };
            assert_eq!(terms.ways(&customer(kind, email), today), expected, "{kind:?} {email:?} {contact_since} {care:?}");
        }
        let mut customer = customer(Residential, mail);
        let links = |customer: &Customer, contact_since| {
            let terms = AccountTerms { contact_since, ..AccountTerms::default() };
            terms.links_by_code_to(customer, today).map(ToString::to_string)
        };
        assert_eq!(links(&customer, today).as_deref(), mail, "there is nothing to protect yet");
        customer.products = vec![product()];
        assert_eq!(links(&customer, old).as_deref(), mail);
        assert_eq!(links(&customer, new), None, "whoever changed the contact lately may not be the customer");
        assert!(!AccountTerms::opened(today).ways(&customer, today).contains(&CodeToRecord));
    }
}
