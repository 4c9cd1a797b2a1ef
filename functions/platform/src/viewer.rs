//! Who looks at a page, as far as the network tells: for limits, and for the user pool's protection against threats.

use std::net::{IpAddr, Ipv4Addr};

use http::header;
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::Config;

/// The header by which a request shows that it came by way of the distribution.
const ORIGIN_KEY: &str = "x-origin-key";
/// The header in which the distribution says whose request it is.
const VIEWER: &str = "cloudfront-viewer-address";

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The address on the network.
    pub address: IpAddr,
    /// The host that was asked.
    pub host: String,
    /// The page.
    pub path: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl Viewer {
    /// The distribution is believed about the viewer only where the request proves that it came by way of it; otherwise the viewer
    /// is whoever reached the API.
    pub(crate) fn of(request: &Request, config: &Config) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let told = header(VIEWER).filter(|_| is_proven(request, config)).and_then(without_port);
        let text = |name: &str| header(name).unwrap_or_default().chars().take(256).collect();
        Self {
            address: told.or_else(|| source(request)).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            host: text(header::HOST.as_str()),
            path: request.raw_http_path().to_owned(),
            agent: text(header::USER_AGENT.as_str()),
        }
    }

    /// What a person would call the browser and the machine it runs on, by its own word: to tell their sessions apart.
    #[must_use]
    pub fn device(&self) -> String {
        let named =
            |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| self.agent.contains(mark)).map(|(_, name)| *name);
        // The order counts: most browsers also claim to be those further down.
        let browser =
            named(&[("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
        let system = named(&[
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Windows", "Windows"),
            ("Mac OS X", "Mac"),
            ("CrOS", "Chromebook"),
            ("Linux", "Linux"),
        ]);
        [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether a request may be answered: where something is in front of the site, only what comes by way of it is. What that has
/// looked at and let pass, such as how often somebody asks, then holds for every request.
#[must_use]
pub fn came_the_right_way(request: &Request, config: &Config) -> bool {
    config.origin_keys.is_empty() || is_proven(request, config)
}

/// Whether a request proves that it came by way of what is in front of the site.
fn is_proven(request: &Request, config: &Config) -> bool {
    let Some(shown) = request.headers().get(ORIGIN_KEY) else { return false };
    let shown = Sha256::digest(shown.as_bytes());
    config.origin_keys.iter().any(|key| bool::from(key.as_slice().ct_eq(shown.as_slice())))
}

/// `198.51.100.7:46532`, or `2001:db8::7:46532`, as CloudFront writes it.
fn without_port(text: &str) -> Option<IpAddr> {
    let (address, _) = text.rsplit_once(':')?;
    address.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn source(request: &Request) -> Option<IpAddr> {
    match request.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
        #[allow(unreachable_patterns, reason = "other kinds of events are features that we leave out, and others may bring in")]
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;

    fn viewer(key: Option<&str>, shown: Option<&str>) -> Viewer {
        let (request, config) = asked(key, shown);
        Viewer::of(&request, &config)
    }

    /// A request, and the configuration of a function that looks for a key, or for several.
    fn asked(key: Option<&str>, shown: Option<&str>) -> (Request, Config) {
        let environment = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
            .into_iter()
            .fold(Environment::default(), |environment, name| environment.with(name, "x"));
        let environment = ["SESSIONS_TABLE", "CATALOGUE_TABLE"].into_iter().fold(environment, |all, name| all.with(name, "x"));
        let config = Config::read(&environment.with("ORIGIN_KEY", key.unwrap_or_default())).expect("a configuration");
        let event = r#"{"version":"2.0","routeKey":"$default","rawPath":"/sign-in","rawQueryString":"","headers":{"host":"site.example",
            "cloudfront-viewer-address":"198.51.100.7:46532"},"requestContext":{"http":{"method":"GET","path":"/sign-in",
            "protocol":"HTTP/1.1","sourceIp":"203.0.113.9","userAgent":"x"},"stage":"$default","timeEpoch":0},"isBase64Encoded":false}"#;
        let mut request = lambda_http::request::from_str(event).expect("an event");
        if let Some(shown) = shown {
            request.headers_mut().insert(ORIGIN_KEY, shown.parse().expect("a header"));
        }
        (request, config)
    }

    #[test]
    fn what_does_not_come_by_way_of_the_distribution_is_not_answered_where_there_is_one() {
        let answered = |key, shown| {
            let (request, config) = asked(key, shown);
            came_the_right_way(&request, &config)
        };
        assert!(answered(None, None) && answered(None, Some("anything")));
        assert!(
            answered(Some("new"), Some("new")) && answered(Some("new,old"), Some("old")) && answered(Some("new,"), Some("new"))
        );
        for shown in [None, Some(""), Some("guess"), Some("new,old"), Some(",")] {
            assert!(!answered(Some("new,old"), shown) && !answered(Some("new,"), shown), "{shown:?}");
        }
    }

    #[test]
    fn the_distribution_is_believed_only_where_the_request_proves_that_it_came_by_it() {
        let address = |key, shown| viewer(key, shown).address.to_string();
        assert_eq!(address(Some("secret"), Some("secret")), "198.51.100.7");
        for (key, shown) in [(Some("secret"), Some("guess")), (Some("secret"), None), (None, Some("")), (None, None)] {
            assert_eq!(address(key, shown), "203.0.113.9", "{key:?} {shown:?}");
        }
        assert_eq!((viewer(None, None).path.as_str(), viewer(None, None).host.as_str()), ("/sign-in", "site.example"));
    }

    #[test]
    fn an_address_is_read_off_with_its_port() {
        let read = |text: &str| without_port(text).map(|address| address.to_string());
        assert_eq!(read("198.51.100.7:46532").as_deref(), Some("198.51.100.7"));
        assert_eq!(read("2001:db8::7:46532").as_deref(), Some("2001:db8::7"));
        assert_eq!(read("[2001:db8::7]:46532").as_deref(), Some("2001:db8::7"));
        assert_eq!(read("nonsense"), None);
    }

    #[test]
    fn a_device_is_called_what_its_owner_calls_it() {
        let device = |agent: &str| Viewer { agent: agent.to_owned(), ..viewer(None, None) }.device();
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Linux");
        assert_eq!(device("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"), "Safari, iPhone");
        assert_eq!(device("curl/8"), "");
    }
}
