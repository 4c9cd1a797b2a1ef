//! `relatedParty`: whose order it is, and whom to call.

use order_manager::id::CustomerId;
use order_manager::party::Contact;
use platform::tmf::{CONTACT, CUSTOMER, contact_party};
use serde_json::{Value, json};
use templates::api::Fault;

use crate::reading::Object;

/// The most parties that are read.
const MOST: usize = 20;
/// What is expected where the telephone of a contact is not there, or is none.
const PHONE: &str = "a list with the medium telephoneNumber, whose characteristic.phoneNumber is a number of North America";

/// Whom an order names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parties {
    /// Whose it is.
    pub(crate) customer: CustomerId,
    /// Whom to call on the day, where somebody is named.
    pub(crate) contact: Option<Contact>,
}

impl Parties {
    /// What is kept of them.
    pub(crate) fn kept(&self) -> Value {
        let customer = json!({ "id": self.customer.to_string(), "role": CUSTOMER, "@referredType": "Customer" });
        std::iter::once(customer).chain(self.contact.as_ref().map(contact_party)).collect()
    }
}

/// Reads them: the customer is the party of that role, or the one party there is that is no contact and has no role.
pub(crate) fn parties(sent: &Object<'_>) -> Result<Parties, Fault> {
    let (mut others, mut contact) = (vec![], None);
    for party in sent.objects("relatedParty", MOST)? {
        let role = party.text("role", 100)?;
        if role.is_some_and(|role| role.eq_ignore_ascii_case(CONTACT)) {
            contact = Some(read_contact(&party)?);
        } else {
            others.push((party.needed_text("id", 100)?, role));
        }
    }
    let is_customer = |role: &Option<&str>| role.is_some_and(|role| role.eq_ignore_ascii_case(CUSTOMER));
    let named = others.iter().find(|(_, role)| is_customer(role));
    let named = named.or(match &others[..] {
        [only @ (_, None)] => Some(only),
        _ => None,
    });
    let customer = named.and_then(|(id, _)| id.parse().ok()).ok_or(Fault::NoCustomer)?;
    Ok(Parties { customer, contact })
}

/// Somebody to call (TMF632, `ContactMedium`).
fn read_contact(party: &Object<'_>) -> Result<Contact, Fault> {
    let name = party.needed_text("name", 100)?;
    let wrong = |expected| Fault::WrongType { path: party.path("contactMedium"), expected };
    let (mut phone, mut email) = (None, None);
    for medium in party.objects("contactMedium", 5)? {
        let kind = medium.needed_text("mediumType", 40)?;
        let Some(said) = medium.object("characteristic")? else { return Err(Fault::Missing(medium.path("characteristic"))) };
        match kind {
            "telephoneNumber" => phone = Some(said.needed_text("phoneNumber", 40)?.parse().map_err(|_| wrong(PHONE))?),
            "emailAddress" => {
                let address = said.needed_text("emailAddress", 254)?.parse();
                email = Some(address.map_err(|_| wrong("a list whose characteristic.emailAddress is an e-mail address"))?);
            }
            _ => return Err(wrong("a list of the media telephoneNumber and emailAddress")),
        }
    }
    Ok(Contact { name: name.into(), phone: phone.ok_or_else(|| wrong(PHONE))?, email })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c4-7a10-7c01-8a01-44616e610003";

    fn read(parties: &Value) -> Result<Parties, Fault> {
        super::parties(&Object::whole(&json!({ "relatedParty": parties })).expect("an object"))
    }

    #[test]
    fn the_customer_is_the_party_of_that_role_or_the_only_one() {
        assert!(read(&json!([{ "id": ID }])).is_ok());
        assert!(read(&json!([{ "id": "somebody", "role": "seller" }, { "id": ID, "role": "Customer" }])).is_ok());
        for wrong in
            [json!([]), json!([{ "id": "1" }]), json!([{ "id": ID, "role": "seller" }]), json!([{ "id": ID }, { "id": ID }])]
        {
            assert_eq!(read(&wrong), Err(Fault::NoCustomer), "{wrong}");
        }
    }

    #[test]
    fn a_contact_is_somebody_with_a_telephone_and_comes_back_as_it_was_said() {
        let medium = json!({ "mediumType": "telephoneNumber", "characteristic": { "phoneNumber": "404-555-0142" } });
        let contact = |media: Value| json!([{ "id": ID }, { "role": "contact", "name": "Ana", "contactMedium": media }]);
        let parties = read(&contact(json!([medium]))).expect("a contact");
        assert_eq!(parties.contact.as_ref().map(|contact| &*contact.name), Some("Ana"));
        assert_eq!(read(&parties.kept()), Ok(parties));
        let fax = json!({ "mediumType": "fax", "characteristic": {} });
        let wrong = json!({ "mediumType": "telephoneNumber", "characteristic": { "phoneNumber": "12" } });
        for media in
            [json!([]), json!([fax]), json!([wrong]), json!([{ "mediumType": "telephoneNumber" }]), json!("404-555-0142")]
        {
            assert!(read(&contact(media.clone())).is_err(), "{media}");
        }
    }
}
