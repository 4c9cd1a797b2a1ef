//! The pool's key and the tokens signed with it.

use std::{
    sync::{Arc, OnceLock},
    thread,
};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Names the key in tokens and in the key set.
const KEY_ID: &str = "local-harness";

/// An RSA key that is being made, or has been.
#[derive(Clone, Debug)]
pub(super) struct SigningKey(Arc<OnceLock<RsaKeyPair>>);

impl SigningKey {
    /// Begins to make a key. That takes longer than all the rest of the start, so it goes on beside it.
    pub(super) fn begin() -> Self {
        let key = Self(Arc::default());
        let making = key.clone();
        thread::spawn(move || {
            making.pair();
        });
        key
    }

    /// The key; waits for it where it is not ready.
    fn pair(&self) -> &RsaKeyPair {
        self.0.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).expect("an RSA key can be made wherever this was built for"))
    }

    /// A token with these claims (RS256).
    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = json!({ "alg": "RS256", "kid": KEY_ID });
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let pair = self.pair();
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .expect("the buffer is as long as the key's signatures");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The key set that tokens are verified with.
    pub(super) fn key_set(&self) -> Value {
        let public = self.pair().public_key();
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "keys": [{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": KEY_ID,
            "n": number(public.modulus().big_endian_without_leading_zero()),
            "e": number(public.exponent().big_endian_without_leading_zero()),
        }] })
    }
}
