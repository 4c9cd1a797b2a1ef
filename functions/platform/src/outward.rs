//! Addresses that others give us to call: only those of the Internet are ever called, never one of a network of ours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};
use std::sync::OnceLock;
use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::Uri;

use crate::http_client::{connector_by, connector_to_anybody};

/// How long somebody else's system may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// One for all: it keeps connections.
static CONNECTOR: OnceLock<Connector> = OnceLock::new();
/// The same, to what stands in for somebody else's system.
static STAND_IN_CONNECTOR: OnceLock<Connector> = OnceLock::new();

/// An address that somebody else runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    uri: Uri,
    host: String,
    port: u16,
    network: Network,
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Network {
    /// By https, to the Internet and nowhere else.
    Internet,
    /// To what stands in for somebody else's system, on this machine.
    ThisMachine,
}

/// What stands in for others' systems on the machine that this runs on: scheme, loopback address and port, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn(Box<str>);

impl std::str::FromStr for StandIn {
    type Err = NotACallback;

    fn from_str(text: &str) -> Result<Self, NotACallback> {
        let port = text.strip_prefix("http://127.0.0.1:").and_then(|port| port.parse::<u16>().ok());
        port.filter(|port| *port > 1023).map(|port| Self(format!("http://127.0.0.1:{port}").into())).ok_or(NotACallback)
    }
}

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACallback;

impl std::str::FromStr for Callback {
    type Err = NotACallback;

    /// Reads an https address without a user's name, on the port of https or on one that no well-known service has.
    fn from_str(text: &str) -> Result<Self, NotACallback> {
        let uri: Uri = text.parse().map_err(|_| NotACallback)?;
        let authority = uri.authority().ok_or(NotACallback)?;
        let port = authority.port_u16().unwrap_or(443);
        let plain = text.len() <= 500 && !authority.as_str().contains('@') && text.bytes().all(|b| b.is_ascii_graphic());
        if uri.scheme_str() != Some("https") || !plain || !(port == 443 || port > 1023) {
            return Err(NotACallback);
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() { Err(NotACallback) } else { Ok(Self { host, port, uri, network: Network::Internet }) }
    }
}

impl Callback {
    /// Reads an address; one of the stand-in's is taken as well, where there is one.
    ///
    /// # Errors
    /// [`NotACallback`].
    pub fn read(text: &str, stand_in: Option<&StandIn>) -> Result<Self, NotACallback> {
        let Some(path) = stand_in.and_then(|StandIn(origin)| text.strip_prefix(&**origin)) else { return text.parse() };
        let uri: Uri = text.parse().map_err(|_| NotACallback)?;
        match uri.port_u16() {
            Some(port) if path.starts_with('/') => {
                Ok(Self { host: "127.0.0.1".to_owned(), port, uri, network: Network::ThisMachine })
            }
            _ => Err(NotACallback),
        }
    }

    /// The address.
    #[must_use]
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Whether it leads to addresses of the Internet and to no others, or to the stand-in. Asks the name service, where it has a name.
    pub async fn may_be_called(&self) -> bool {
        if self.network == Network::ThisMachine {
            return true;
        }
        if let Ok(address) = self.host.parse() {
            return is_public(address);
        }
        public_addresses(&self.host, self.port).await.is_some()
    }

    /// Sends a document there. Where the name leads is looked up for the connection itself, and nowhere else is connected to; what is
    /// answered is not read, and no other address followed.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn post(&self, document: &str) -> Result<(), NotTaken> {
        // An address that is none of a name is not looked up.
        let is_outside = self.network == Network::Internet;
        if is_outside && self.host.parse().is_ok_and(|address| !is_public(address)) {
            return Err(NotTaken::NotPublic);
        }
        let mut request = HttpRequest::new(SdkBody::from(document));
        request.set_method("POST").map_err(|_| NotTaken::Unreached)?;
        request.set_uri(self.uri.to_string()).map_err(|_| NotTaken::Unreached)?;
        request.headers_mut().insert("content-type", "application/json");
        let connector = match self.network {
            Network::Internet => CONNECTOR.get_or_init(|| connector_by(PublicOnly)),
            Network::ThisMachine => STAND_IN_CONNECTOR.get_or_init(connector_to_anybody),
        };
        match tokio::time::timeout(PATIENCE, connector.call(request)).await {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(()),
            Ok(Ok(answer)) => Err(NotTaken::Answered(answer.status().as_u16())),
            Ok(Err(_)) | Err(_) => Err(NotTaken::Unreached),
        }
    }
}

/// Why a document was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The address is none of the Internet's.
    NotPublic,
    /// There was no answer, or no name of that kind.
    Unreached,
    /// The answer was of this status.
    Answered(u16),
}

/// The addresses that a name leads to, where all are of the Internet.
async fn public_addresses(host: &str, port: u16) -> Option<Vec<IpAddr>> {
    let asked = (host.to_owned(), port);
    let found = tokio::task::spawn_blocking(move || asked.to_socket_addrs().map(Iterator::collect::<Vec<_>>)).await;
    let found: Vec<_> = found.ok()?.ok()?.iter().map(|address| address.ip()).collect();
    (!found.is_empty() && found.iter().copied().all(is_public)).then_some(found)
}

/// Looks names up, and gives none that leads anywhere but to the Internet.
#[derive(Clone, Debug)]
struct PublicOnly;

impl ResolveDns for PublicOnly {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move {
            public_addresses(name, 443).await.ok_or_else(|| ResolveDnsError::new("it leads to no address of the Internet alone"))
        })
    }
}

/// Whether an address is one of the Internet's.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and what updates it).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !(special || address.is_private() || address.is_loopback() || address.is_link_local() || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // What stands for an address of the other kind could stand for one that is not public: neither kind of translation is called.
    let unicast = first & 0xe000 == 0x2000;
    let special =
        first == 0x2002 || (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || (first == 0x3fff && second < 0x1000);
    unicast && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        let is = |text: &str| is_public(text.parse().expect("an address"));
        for public in ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "198.41.0.4", "2606:4700::1111"] {
            assert!(is(public), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "64:ff9b::a00:1",
            "2001:db8::1",
            "2002:a00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is(private), "{private}");
        }
    }

    #[tokio::test]
    async fn a_callback_is_an_https_address_and_says_where_it_leads() {
        for wrong in ["http://a.example", "https://", "https://user@a.example", "https://a.example:22/", "https://a b", "/a", ""]
        {
            assert_eq!(wrong.parse::<Callback>(), Err(NotACallback), "{wrong}");
        }
        for (callback, public) in [
            ("https://198.41.0.4:8443/events?a=b", true),
            ("https://127.0.0.1/", false),
            ("https://[::1]:8443/", false),
            ("https://[2606:4700::1111]/", true),
            ("https://localhost:8443/", false),
        ] {
            assert_eq!(callback.parse::<Callback>().expect("an address").may_be_called().await, public, "{callback}");
        }
        for (callback, why) in
            [("https://127.0.0.1:8443/", NotTaken::NotPublic), ("https://localhost:8443/", NotTaken::Unreached)]
        {
            assert_eq!(callback.parse::<Callback>().expect("an address").post("{}").await, Err(why), "{callback}");
        }
        assert!(PublicOnly.resolve_dns("localhost").await.is_err());
    }

    #[test]
    fn what_stands_in_for_others_is_on_this_machine_and_nowhere_else() {
        for wrong in [
            "",
            "http://10.0.0.1:8080",
            "https://127.0.0.1:8080",
            "http://127.0.0.1",
            "http://127.0.0.1:80",
            "http://localhost:8080",
        ] {
            assert_eq!(wrong.parse::<StandIn>(), Err(NotACallback), "{wrong}");
        }
        let stand_in = "http://127.0.0.1:8080".parse::<StandIn>().expect("an address of this machine");
        let read = |text: &str| Callback::read(text, Some(&stand_in)).map(|callback| callback.network);
        assert_eq!(read("http://127.0.0.1:8080/events"), Ok(Network::ThisMachine));
        assert_eq!(read("https://198.41.0.4/events"), Ok(Network::Internet));
        for wrong in
            ["http://127.0.0.1:80800/", "http://127.0.0.1:8080@10.0.0.1/", "http://127.0.0.1:8081/", "http://127.0.0.1:8080"]
        {
            assert_eq!(read(wrong), Err(NotACallback), "{wrong}");
        }
        assert_eq!(Callback::read("http://127.0.0.1:8080/events", None), Err(NotACallback));
    }
}
