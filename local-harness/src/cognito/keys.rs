//! The pool's keys, of which the newest signs.

use std::{
    sync::{Arc, OnceLock, PoisonError, RwLock},
    thread,
};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The keys, the oldest first. Older ones stay in the key set, for what they signed.
#[derive(Debug)]
pub(crate) struct Keys(RwLock<Vec<SigningKey>>);

/// An RSA key that is being made, or has been.
#[derive(Clone, Debug)]
struct SigningKey(Arc<OnceLock<RsaKeyPair>>);

impl Keys {
    /// With one key.
    pub(crate) fn begin() -> Self {
        Self(RwLock::new(vec![SigningKey::begin()]))
    }

    /// Signs with a new key from now on.
    pub(crate) fn rotate(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(SigningKey::begin());
    }

    /// A token with these claims (RS256).
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let keys = self.all();
        let newest = keys.len() - 1;
        let header = json!({ "alg": "RS256", "kid": name(newest) });
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let pair = keys[newest].pair();
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .expect("the buffer is as long as the key's signatures");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The claims of a token that one of the keys signed; `None` for any other text.
    pub(crate) fn read(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let header: Value = serde_json::from_slice(&part(header)?).ok()?;
        let keys = self.all();
        let (_, key) = keys.iter().enumerate().find(|(place, _)| header["kid"] == name(*place))?;
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.pair().public_key().as_ref());
        public.verify(signed.as_bytes(), &part(signature)?).ok()?;
        serde_json::from_slice(&part(claims)?).ok()
    }

    /// The key set that tokens are verified with.
    pub(crate) fn key_set(&self) -> Value {
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let keys = self.all().into_iter().enumerate().map(|(place, key)| {
            let public = key.pair().public_key();
            json!({
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": name(place),
                "n": number(public.modulus().big_endian_without_leading_zero()),
                "e": number(public.exponent().big_endian_without_leading_zero()),
            })
        });
        json!({ "keys": keys.collect::<Vec<_>>() })
    }

    fn all(&self) -> Vec<SigningKey> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Names a key in tokens and in the key set, by its place.
fn name(place: usize) -> String {
    format!("local-harness-{}", place + 1)
}

impl SigningKey {
    /// Begins to make a key. That takes longer than all the rest of the start, so it goes on beside it.
    fn begin() -> Self {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_key_signed_is_read_after_a_newer_one_signs() {
        let keys = Keys::begin();
        let claims = json!({ "sub": "maya" });
        let before = keys.sign(&claims);
        keys.rotate();
        let after = keys.sign(&claims);
        assert_ne!(before.split('.').next(), after.split('.').next());
        assert_eq!((keys.read(&before), keys.read(&after)), (Some(claims.clone()), Some(claims.clone())));
        assert_eq!(keys.key_set()["keys"].as_array().map(Vec::len), Some(2));
        let (head, signature) = before.rsplit_once('.').expect("a token");
        let (header, _) = head.split_once('.').expect("a token");
        let forged = format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(r#"{"sub":"sam"}"#));
        assert_eq!((keys.read(&forged), keys.read("no token"), Keys::begin().read(&after)), (None, None, None));
    }
}
