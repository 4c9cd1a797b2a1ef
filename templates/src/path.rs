//! Addresses of this site's own pages. Links and forms take nothing else, so that no text can become a link's scheme.

use std::borrow::Cow;
use std::fmt;

use order_manager::authorisation::AuthorisationKey;
use order_manager::id::{
    AgreementId, CharacteristicId, CustomerId, DialogId, OfferingId, OrderId, OrderItemId, ProductId, ProjectId,
};

/// The address of a page of ours: it begins with one `/` and names no host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Cow<'static, str>);

impl Path {
    /// The start page.
    pub const START: Self = Self::fixed("/");
    /// Help and contact.
    pub const HELP: Self = Self::fixed("/help");
    /// Terms of service.
    pub const TERMS: Self = Self::fixed("/terms");
    /// Privacy notice.
    pub const PRIVACY: Self = Self::fixed("/privacy");
    /// Accessibility statement.
    pub const ACCESSIBILITY: Self = Self::fixed("/accessibility");
    /// What can be had at an address.
    pub const CHECK_ADDRESS: Self = Self::fixed("/check-address");
    /// Where staff find what waits for them.
    pub const WORK: Self = Self::fixed("/work");
    /// The agreements that are being negotiated, and those that end soon.
    pub const DEALS: Self = Self::fixed("/deals");
    /// Finding a customer.
    pub const CUSTOMERS: Self = Self::fixed("/customers");
    /// Adding a customer who has no account yet.
    pub const NEW_CUSTOMER: Self = Self::fixed("/customers/new");
    /// Signing in with the company's own account.
    pub const STAFF_SIGN_IN: Self = Self::fixed("/staff/sign-in");
    /// Signing out of the company's own account.
    pub const STAFF_SIGN_OUT: Self = Self::fixed("/staff/sign-out");
    /// Signing in.
    pub const SIGN_IN: Self = Self::fixed("/sign-in");
    /// Asking the identity provider again.
    pub const SESSION_CHECK: Self = Self::fixed("/session/check");
    /// What came after the session had ended, to be sent now.
    pub const KEPT: Self = Self::fixed("/kept");
    /// Throwing it away.
    pub const KEPT_DISCARD: Self = Self::fixed("/kept/discard");
    /// Signed out.
    pub const SIGNED_OUT: Self = Self::fixed("/signed-out");
    /// Signing out.
    pub const SIGN_OUT: Self = Self::fixed("/sign-out");
    /// Creating an account.
    pub const SIGN_UP: Self = Self::fixed("/sign-up");
    /// Getting back into an account.
    pub const RECOVER: Self = Self::fixed("/recover");
    /// The second factor, when signing in.
    pub const FACTOR: Self = Self::fixed("/factor");
    /// A password of one's own in the place of the first one.
    pub const NEW_PASSWORD: Self = Self::fixed("/sign-in/new-password");
    /// The code that a new sign-in is confirmed with.
    pub const SIGN_UP_CODE: Self = Self::fixed("/sign-up/code");
    /// Having that code sent again.
    pub const SIGN_UP_AGAIN: Self = Self::fixed("/sign-up/again");
    /// The code that a new password is chosen with.
    pub const RECOVER_CODE: Self = Self::fixed("/recover/code");
    /// One's own sign-in: e-mail address, password, second factor, sessions, and the accounts it opens.
    pub const ACCOUNT: Self = Self::fixed("/account");
    /// Choosing another password.
    pub const ACCOUNT_PASSWORD: Self = Self::fixed("/account/password");
    /// Taking another e-mail address.
    pub const ACCOUNT_EMAIL: Self = Self::fixed("/account/email");
    /// The code that went to it.
    pub const ACCOUNT_EMAIL_CODE: Self = Self::fixed("/account/email/code");
    /// Adding an authenticator app, or removing it.
    pub const ACCOUNT_FACTOR: Self = Self::fixed("/account/factor");
    /// The first code of a new authenticator app.
    pub const ACCOUNT_FACTOR_CODE: Self = Self::fixed("/account/factor/code");
    /// Where one is signed in.
    pub const ACCOUNT_SESSIONS: Self = Self::fixed("/account/sessions");
    /// Linking the sign-in with an account.
    pub const ACCOUNT_LINK: Self = Self::fixed("/account/link");
    /// The code that went to the account's contact.
    pub const ACCOUNT_LINK_CODE: Self = Self::fixed("/account/link/code");
    /// Beginning as a new customer.
    pub const ACCOUNT_NEW: Self = Self::fixed("/account/new");

    const fn fixed(path: &'static str) -> Self {
        Self(Cow::Borrowed(path))
    }

    fn built(path: String) -> Self {
        Self(Cow::Owned(path))
    }

    /// A customer's service request: the page a customer comes to after signing in.
    #[must_use]
    pub fn customer(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}"))
    }

    /// Opening a customer's account, and closing it.
    #[must_use]
    pub fn customer_access(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/access"))
    }

    /// The code that a customer reads back before the account is opened.
    #[must_use]
    pub fn customer_access_code(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/access/code"))
    }

    /// A customer's orders.
    #[must_use]
    pub fn customer_orders(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/orders"))
    }

    /// Ordering for many of a customer's sites.
    #[must_use]
    pub fn sites(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/sites"))
    }

    /// The empty file for many sites at which an offering is ordered.
    #[must_use]
    pub fn sites_template(customer: CustomerId, offering: &OfferingId) -> Self {
        Self::built(format!("/customers/{customer}/sites/template.csv")).with("offering", offering.as_str())
    }

    /// How far the sites of a file are.
    #[must_use]
    pub fn project(project: ProjectId) -> Self {
        Self::built(format!("/projects/{project}"))
    }

    /// The rows of a file that have something wrong, to be put right.
    #[must_use]
    pub fn project_errors(project: ProjectId) -> Self {
        Self::built(format!("/projects/{project}/errors.csv"))
    }

    /// A customer's agreements.
    #[must_use]
    pub fn customer_agreements(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/agreements"))
    }

    /// An agreement: how it stands.
    #[must_use]
    pub fn agreement(agreement: AgreementId) -> Self {
        Self::built(format!("/agreements/{agreement}"))
    }

    /// A page of an agreement, or something that is done about it, by the name it has in addresses (`prices`, `send`, …).
    #[must_use]
    pub fn agreement_page(agreement: AgreementId, page: &'static str) -> Self {
        Self::built(format!("/agreements/{agreement}/{page}"))
    }

    /// What a customer is written, and in which language.
    #[must_use]
    pub fn mail_choice(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/mail"))
    }

    /// Where mail is stopped, by the token that came with it.
    #[must_use]
    pub fn stop_mail(token: &str) -> Self {
        Self::built(format!("/unsubscribe/{token}"))
    }

    /// A service in place.
    #[must_use]
    pub fn product(customer: CustomerId, product: ProductId) -> Self {
        Self::built(format!("/customers/{customer}/products/{product}"))
    }

    /// An order: how it stands.
    #[must_use]
    pub fn order(order: OrderId) -> Self {
        Self::built(format!("/orders/{order}"))
    }

    /// A step of an order, by the name it has in addresses (`installation`, `billing`, `review`, `place`, `placed`, `date`, …).
    #[must_use]
    pub fn order_step(order: OrderId, step: &'static str) -> Self {
        Self::built(format!("/orders/{order}/{step}"))
    }

    /// Answering questions of an item otherwise while it is on its way.
    #[must_use]
    pub fn amend_item(order: OrderId, item: OrderItemId) -> Self {
        Self::built(format!("/orders/{order}/amend/{item}"))
    }

    /// Adding an item to an order.
    #[must_use]
    pub fn order_items(order: OrderId) -> Self {
        Self::built(format!("/orders/{order}/items"))
    }

    /// The options of an item.
    #[must_use]
    pub fn item(order: OrderId, item: OrderItemId) -> Self {
        Self::built(format!("/orders/{order}/items/{item}"))
    }

    /// What staff do about an order before it is placed.
    #[must_use]
    pub fn offer(order: OrderId) -> Self {
        Self::built(format!("/orders/{order}/offer"))
    }

    /// One of the things staff do about an order.
    #[must_use]
    pub fn offer_deed(order: OrderId, deed: &'static str) -> Self {
        Self::built(format!("/orders/{order}/offer/{deed}"))
    }

    /// A quote, as the customer reads it.
    #[must_use]
    pub fn quote(order: OrderId) -> Self {
        Self::built(format!("/orders/{order}/quote"))
    }

    /// All that a customer is quoted.
    #[must_use]
    pub fn quotes(customer: CustomerId) -> Self {
        Self::built(format!("/customers/{customer}/quotes"))
    }

    /// Everything about an item on one page.
    #[must_use]
    pub fn quick(order: OrderId, item: OrderItemId) -> Self {
        Self::built(format!("/orders/{order}/quick/{item}"))
    }

    /// Takes an item out of its order.
    #[must_use]
    pub fn remove_item(order: OrderId, item: OrderItemId) -> Self {
        Self::built(format!("/orders/{order}/items/{item}/remove"))
    }

    /// A dialog of an item, as a page of its own.
    #[must_use]
    pub fn dialog(order: OrderId, item: OrderItemId, dialog: &DialogId) -> Self {
        Self::built(format!("/orders/{order}/items/{item}/{dialog}"))
    }

    /// The file that answers a question of an item.
    #[must_use]
    pub fn file(order: OrderId, item: OrderItemId, question: &CharacteristicId) -> Self {
        Self::built(format!("/orders/{order}/files/{item}/{question}"))
    }

    /// A letter of agency, to be read and signed.
    #[must_use]
    pub fn authorisation(order: OrderId, key: &AuthorisationKey) -> Self {
        Self::built(format!("/orders/{order}/authorisations/{key}"))
    }

    /// One of our own addresses out of a text from outside, such as where somebody was going when signing in.
    /// `None` when the text could lead anywhere else: browsers read `//host` and `/\host` as other sites.
    #[must_use]
    pub fn own(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('/')?;
        let plain = text.bytes().all(|b| b.is_ascii_graphic() && !b"\\\"'<>`{}".contains(&b));
        let leads_away = rest.starts_with('/');
        (plain && !leads_away && text.len() <= 2000).then(|| Self::built(text.to_owned()))
    }

    /// The same page with a query parameter, percent-encoded.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let (page, fragment) = self.0.split_once('#').map_or((&*self.0, None), |(page, fragment)| (page, Some(fragment)));
        let mut path = format!("{page}{}{name}=", if page.contains('?') { '&' } else { '?' });
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                path.push(char::from(byte));
            } else {
                path.push_str(&format!("%{byte:02X}"));
            }
        }
        if let Some(fragment) = fragment {
            path.push('#');
            path.push_str(fragment);
        }
        Self::built(path)
    }

    /// A place on the same page.
    #[must_use]
    pub fn at(&self, fragment: &str) -> Self {
        Self::built(format!("{}#{fragment}", self.0))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A page of ours as it is reached from outside: the site's own scheme and host before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// A page of the site at an origin (`https://order.example.com`).
    #[must_use]
    pub fn of(origin: &str, path: &Path) -> Self {
        Self(format!("{origin}{path}"))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page outside this site, known when this was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside(&'static str);

impl Outside {
    /// The Federal Communications Commission's page for consumers, which the broadband label must name.
    pub const FCC_CONSUMER: Self = Self("https://www.fcc.gov/consumer");

    /// Its text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_our_own() {
        for ours in ["/", "/orders/1?x=y", "/help#contact"] {
            assert_eq!(Path::own(ours).map(|path| path.to_string()).as_deref(), Some(ours));
        }
        for other in ["", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a b", "/a\nb", "orders"]
        {
            assert_eq!(Path::own(other), None, "{other}");
        }
    }

    #[test]
    fn a_parameter_cannot_end_the_address() {
        assert_eq!(Path::SIGN_IN.with("next", "/a?b&c=d é").to_string(), "/sign-in?next=/a%3Fb%26c%3Dd%20%C3%A9");
        assert_eq!(Path::HELP.at("contact").with("a", "1").to_string(), "/help?a=1#contact");
    }
}
