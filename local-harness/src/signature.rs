//! Checks that a request is signed: Signature Version 4 in its headers, over its very content.

use aws_lc_rs::{digest, hmac};
use http::{HeaderMap, Method, Uri};
use subtle::ConstantTimeEq;

use crate::template::REGION;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Why a request is not believed: the service's code and words.
pub(crate) type Disbelief = (&'static str, &'static str);

/// Whose requests are believed.
pub(crate) struct Signer<'a> {
    /// The service that requests are signed for.
    pub(crate) service: &'a str,
    pub(crate) access_key: &'a str,
    pub(crate) secret_key: &'a str,
}

impl Signer<'_> {
    /// Whether this signer signed the request.
    pub(crate) fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<(), Disbelief> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default();
        let authorization =
            header("authorization").strip_prefix(ALGORITHM).ok_or(("AccessDenied", "The request is not signed."))?;
        let part = |name: &str| {
            let parts = authorization.split(',').filter_map(|part| part.trim().split_once('='));
            parts.clone().find(|(found, _)| *found == name).map(|(_, value)| value).unwrap_or_default()
        };
        let (access_key, scope) = part("Credential").split_once('/').unwrap_or_default();
        if access_key != self.access_key {
            return Err(("InvalidAccessKeyId", "The access key is not one that is known here."));
        }
        let (moment, payload) = (header("x-amz-date"), header("x-amz-content-sha256"));
        let day = moment.get(..8).unwrap_or_default();
        if scope != format!("{day}/{REGION}/{}/aws4_request", self.service) {
            return Err(("AuthorizationHeaderMalformed", "The credential's scope is another."));
        }
        if payload != hex(digest::digest(&digest::SHA256, body).as_ref()) {
            return Err(("XAmzContentSHA256Mismatch", "The content is not what was signed."));
        }
        let signed = part("SignedHeaders");
        let is_signed = |name: &str| signed.split(';').any(|one| one == name);
        let needed = headers.keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("x-amz-"));
        if !needed.chain(["host"]).all(is_signed) {
            return Err(("AccessDenied", "There were headers present in the request which were not signed."));
        }
        let named: String = signed.split(';').map(|name| format!("{name}:{}\n", header(name))).collect();
        let mut query: Vec<_> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
        query.sort_unstable();
        let query: Vec<_> =
            query.into_iter().map(|pair| if pair.contains('=') { pair.to_owned() } else { format!("{pair}=") }).collect();
        let canonical = format!("{method}\n{}\n{}\n{named}\n{signed}\n{payload}", uri.path(), query.join("&"));
        let canonical = hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
        let text = format!("{ALGORITHM}\n{moment}\n{scope}\n{canonical}");
        let first = format!("AWS4{}", self.secret_key).into_bytes();
        let key = scope.split('/').fold(first, |key, part| mac(&key, part));
        let expected = hex(&mac(&key, &text));
        if expected.as_bytes().ct_eq(part("Signature").as_bytes()).into() {
            Ok(())
        } else {
            Err(("SignatureDoesNotMatch", "The signature is not that of the request."))
        }
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    /// AWS's own example ("Authenticating Requests: Using the Authorization Header", GET Object).
    const EXAMPLE: [(&str, &str); 5] = [
        ("host", "examplebucket.s3.amazonaws.com"),
        ("range", "bytes=0-9"),
        ("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("x-amz-date", "20130524T000000Z"),
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
    ];

    fn checked(path: &str, change: Option<(&str, &str)>, body: &[u8]) -> Result<(), &'static str> {
        let mut request = Request::get(path).body(()).expect("a request");
        for (name, value) in EXAMPLE.into_iter().chain(change) {
            let name = http::HeaderName::try_from(name).expect("a name");
            request.headers_mut().insert(name, value.parse().expect("a value"));
        }
        let signer =
            Signer { service: "s3", access_key: "AKIAIOSFODNN7EXAMPLE", secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
        signer.check(request.method(), request.uri(), request.headers(), body).map_err(|(code, _)| code)
    }

    #[test]
    fn awss_own_example_is_believed() {
        assert_eq!(checked("/test.txt", None, b""), Ok(()));
    }

    #[test]
    fn whatever_was_changed_afterwards_is_not() {
        assert_eq!(checked("/other.txt", None, b""), Err("SignatureDoesNotMatch"));
        assert_eq!(checked("/test.txt?acl", None, b""), Err("SignatureDoesNotMatch"));
        assert_eq!(checked("/test.txt", None, b"more"), Err("XAmzContentSHA256Mismatch"));
        assert_eq!(checked("/test.txt", Some(("range", "bytes=0-99")), b""), Err("SignatureDoesNotMatch"));
        assert_eq!(checked("/test.txt", Some(("x-amz-copy-source", "/a/b")), b""), Err("AccessDenied"));
        assert_eq!(checked("/test.txt", Some(("authorization", "Basic x")), b""), Err("AccessDenied"));
        assert_eq!(checked("/test.txt", Some(("x-amz-date", "20130525T000000Z")), b""), Err("AuthorizationHeaderMalformed"));
        let other = EXAMPLE[4].1.replace("AKIAIOSFODNN7EXAMPLE", "somebody");
        assert_eq!(checked("/test.txt", Some(("authorization", &other)), b""), Err("InvalidAccessKeyId"));
    }
}
