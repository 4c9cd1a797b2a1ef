//! The company's own people. They sign in with the corporate identity provider, through the user pool's own domain
//! (authorization code with PKCE), and what they may do here follows from the groups they are in there.

mod way;

use std::collections::BTreeSet;

use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use order_manager::access::Role;
use order_manager::id::PersonId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::tokens::{Expected, From};
use super::{Identity, subject};
use crate::config::StaffSettings;
use crate::http_client::connector;
use crate::page_error::PageError;

pub use way::StaffWay;

/// Where the company's people come back to, of this site's paths.
pub const CALLBACK: &str = "/staff/callback";

/// A page of the user pool's own domain: made here of the configuration alone, so that nothing typed can lead anybody away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedAddress(String);

impl HostedAddress {
    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One of the company's own people, as the identity provider names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPerson {
    /// Who: the subject.
    pub id: PersonId,
    /// What the user pool calls the person.
    pub username: String,
    /// The name to greet them by.
    pub name: String,
    /// What they are here; nothing for those in no group that counts.
    pub roles: BTreeSet<Role>,
}

/// What came of somebody's coming back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameBack {
    /// It is this person.
    Person(StaffPerson),
    /// What they brought proves nothing.
    Unproven,
}

/// What a code is exchanged for; it has no form in a log.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    refresh_token: Option<String>,
}

impl Identity {
    /// Where staff sign in: not a page of this site where they do not.
    fn staff(&self) -> Result<&StaffSettings, PageError> {
        self.config.staff.as_ref().ok_or(PageError::NotFound)
    }

    /// Whether staff sign in here.
    #[must_use]
    pub fn has_staff(&self) -> bool {
        self.config.staff.is_some()
    }

    fn at_our_site(&self, path: &str) -> Result<String, PageError> {
        let site = self.config.site_origin.as_deref().ok_or(PageError::Broken("this function is not told the site's address"))?;
        Ok(format!("{}{path}", site.trim_end_matches('/')))
    }

    /// Where the browser goes to sign in.
    ///
    /// # Errors
    /// [`PageError::NotFound`] where staff do not sign in.
    pub fn staff_entrance(&self, way: &StaffWay) -> Result<HostedAddress, PageError> {
        let staff = self.staff()?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(way.verifier.as_bytes()));
        let callback = self.at_our_site(CALLBACK)?;
        hosted(
            staff,
            "/oauth2/authorize",
            &[
                ("identity_provider", &staff.provider),
                ("response_type", "code"),
                ("client_id", &staff.client),
                ("redirect_uri", &callback),
                ("scope", "openid email profile"),
                ("state", &way.state),
                ("nonce", &way.nonce),
                ("code_challenge_method", "S256"),
                ("code_challenge", &challenge),
            ],
        )
    }

    /// Where the browser goes to sign out of the company's own sign-in.
    ///
    /// # Errors
    /// [`PageError::NotFound`] where staff do not sign in.
    pub fn staff_exit(&self) -> Result<HostedAddress, PageError> {
        let staff = self.staff()?;
        let home = self.at_our_site("/")?;
        hosted(staff, "/logout", &[("client_id", &staff.client), ("logout_uri", &home)])
    }

    /// Who came back with a code. The tokens it is exchanged for are verified, revoked and dropped.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn staff_came_back(&self, code: &str, way: &StaffWay, now: Timestamp) -> Result<CameBack, PageError> {
        let staff = self.staff()?;
        let Some(tokens) = self.redeem(staff, code, way).await? else { return Ok(CameBack::Unproven) };
        let from = From::Provider { name: &staff.provider, nonce: &way.nonce };
        let expected = Expected { issuer: &self.tokens()?.issuer, client: &staff.client, from };
        let claims = self.verify(&tokens.id_token, &expected, now).await;
        self.revoke(&staff.client, tokens.refresh_token.as_deref()).await;
        let Ok(claims) = claims? else { return Ok(CameBack::Unproven) };
        let id = subject(&claims)?;
        let username = claims.username.ok_or(PageError::Broken("an ID token without a user name"))?;
        let roles = roles(staff, claims.groups.as_deref().unwrap_or_default());
        Ok(CameBack::Person(StaffPerson { id, username, name: claims.name.or(claims.email).unwrap_or_default(), roles }))
    }

    /// What a member of staff is now: nothing, when they may not come in any more.
    ///
    /// # Errors
    /// When the identity provider cannot be asked.
    pub async fn staff_roles(&self, username: &str) -> Result<BTreeSet<Role>, PageError> {
        let staff = self.staff()?;
        let Some(user) = self.user(username).await? else { return Ok(BTreeSet::new()) };
        let groups = user.user_attributes().iter().find(|attribute| attribute.name() == "custom:idp_groups");
        let groups = groups.and_then(|attribute| attribute.value()).unwrap_or_default();
        Ok(if user.enabled { roles(staff, groups) } else { BTreeSet::new() })
    }

    /// Exchanges a code for tokens; `None` when it is good for none.
    async fn redeem(&self, staff: &StaffSettings, code: &str, way: &StaffWay) -> Result<Option<Tokens>, PageError> {
        let failed = || PageError::Identity("the code cannot be exchanged".to_owned());
        let callback = self.at_our_site(CALLBACK)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &*staff.client),
            ("code", code),
            ("redirect_uri", &*callback),
            ("code_verifier", &*way.verifier),
        ];
        let form = serde_html_form::to_string(form).map_err(|_| failed())?;
        let mut request = HttpRequest::new(SdkBody::from(form));
        request.set_method("POST").map_err(|_| failed())?;
        request
            .set_uri(format!("{}/oauth2/token", staff.domain))
            .map_err(|_| PageError::Broken("HOSTED_DOMAIN is no address"))?;
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded");
        let answer = connector().call(request).await.map_err(|_| failed())?;
        match answer.status().as_u16() {
            200 => {}
            400..500 => return Ok(None),
            _ => return Err(failed()),
        }
        let bytes = ByteStream::new(answer.into_body()).collect().await.map_err(|_| failed())?.into_bytes();
        serde_json::from_slice(&bytes).map(Some).map_err(|_| failed())
    }
}

fn hosted(staff: &StaffSettings, path: &str, query: &[(&str, &str)]) -> Result<HostedAddress, PageError> {
    let query = serde_html_form::to_string(query).map_err(|_| PageError::Broken("an address that cannot be written"))?;
    Ok(HostedAddress(format!("{}{path}?{query}", staff.domain)))
}

/// The roles of somebody who is in these groups.
fn roles(staff: &StaffSettings, groups: &str) -> BTreeSet<Role> {
    let groups = groups_of(groups);
    staff.roles.iter().filter(|(group, _)| groups.contains(group)).map(|(_, role)| *role).collect()
}

/// The groups in a text, as the user pool writes a list of a provider's into an attribute: as JSON, as `[one, another]`, or
/// with commas between.
fn groups_of(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Ok(groups) = serde_json::from_str::<Vec<String>>(text) {
        return groups;
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.split(',').map(|group| group.trim().to_owned()).filter(|group| !group.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> StaffSettings {
        StaffSettings {
            client: "staff client".to_owned(),
            domain: "https://sign-in.example.com".to_owned(),
            provider: "Corporate".to_owned(),
            roles: vec![
                ("telco-sales".to_owned(), Role::SalesRepresentative),
                ("telco-approvers".to_owned(), Role::Approver),
                ("telco-heads".to_owned(), Role::Approver),
            ],
        }
    }

    #[test]
    fn groups_become_roles_however_the_list_is_written() {
        use Role::{Approver, SalesRepresentative};
        let rows: [(&str, &[Role]); 11] = [
            ("[telco-sales, telco-approvers]", &[SalesRepresentative, Approver]),
            ("[telco-sales,telco-heads]", &[SalesRepresentative, Approver]),
            (r#"["telco-sales","telco-garage"]"#, &[SalesRepresentative]),
            ("telco-approvers, telco-heads", &[Approver]),
            ("telco-sales", &[SalesRepresentative]),
            ("[telco-garage]", &[]),
            ("[]", &[]),
            ("", &[]),
            ("telco-sales-trainees", &[]),
            ("Telco-Sales", &[]),
            (r#"["telco-garage, telco-sales"]"#, &[]),
        ];
        for (groups, expected) in rows {
            assert_eq!(roles(&settings(), groups), expected.iter().copied().collect(), "{groups}");
        }
    }

    #[test]
    fn an_address_of_the_providers_carries_what_it_must_and_nothing_breaks_out_of_it() {
        let address = hosted(&settings(), "/logout", &[("client_id", "staff client"), ("logout_uri", "https://a/?b=c&d#e")]);
        let expected = "https://sign-in.example.com/logout?client_id=staff+client&logout_uri=https%3A%2F%2Fa%2F%3Fb%3Dc%26d%23e";
        assert_eq!(address.expect("an address").as_str(), expected);
    }
}
