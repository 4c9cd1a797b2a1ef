//! The HTTP client under the AWS clients: rustls over aws-lc, trusting Amazon's own roots only.
//!
//! Loading a system's whole trust store costs a cold start some 3 ms, and AWS's end points need five of its certificates.
//! Plain `http` end points work too, for stand-ins on this machine.

use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::dns::ResolveDns;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// Amazon Root CA 1 to 4 and Starfield Services Root G2, which every certificate of an AWS end point goes back to
/// (<https://www.amazontrust.com/repository/>).
const AMAZON_ROOTS: &str = include_str!("amazon-roots.pem");

/// A client with connections of its own. Nothing is read or connected until its first use.
#[must_use]
pub fn http_client() -> SharedHttpClient {
    let builder = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
    match TlsContext::builder().with_trust_store(amazon_roots()).build() {
        Ok(context) => builder.tls_context(context).build_https(),
        // The system's own trust store: slower to load, no less safe.
        Err(_) => builder.build_https(),
    }
}

/// A connector of the same kind, for what no AWS client asks: the public keys of a user pool.
#[must_use]
pub fn connector() -> Connector {
    let builder = Connector::builder().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
    match TlsContext::builder().with_trust_store(amazon_roots()).build() {
        Ok(context) => builder.tls_context(context).build(),
        Err(_) => builder.build(),
    }
}

/// The same, which looks names up as it is told.
#[must_use]
pub fn connector_by(names: impl ResolveDns + Clone + 'static) -> Connector {
    Connector::builder().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_with_resolver(names)
}

/// A connector that trusts whom this machine trusts, for what others run.
#[must_use]
pub fn connector_to_anybody() -> Connector {
    Connector::builder().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build()
}

fn amazon_roots() -> TrustStore {
    certificates(AMAZON_ROOTS).fold(TrustStore::empty(), TrustStore::with_pem_certificate)
}

/// The certificates of a PEM bundle one by one: the trust store reads only the first of what it is given.
fn certificates(bundle: &str) -> impl Iterator<Item = &str> {
    bundle.split_inclusive("-----END CERTIFICATE-----").filter(|part| part.contains("-----BEGIN CERTIFICATE-----"))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use order_manager::hex;
    use sha2::{Digest, Sha256};

    use super::*;

    /// As Amazon Trust Services publishes them (<https://www.amazontrust.com/repository/>).
    const FINGERPRINTS: [&str; 5] = [
        "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
        "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
        "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
        "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
        "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
    ];

    #[test]
    fn the_bundle_holds_amazons_five_roots_and_nothing_else() {
        let fingerprints: Vec<String> = certificates(AMAZON_ROOTS)
            .map(|certificate| {
                let text: String = certificate.lines().filter(|line| !line.starts_with("-----")).collect();
                let bytes = STANDARD.decode(text).expect("base 64");
                hex::of(Sha256::digest(bytes))
            })
            .collect();
        assert_eq!(fingerprints, FINGERPRINTS);
    }
}
