//! Signatures of webhooks. A [`Verified`] body can be made here only, over the raw bytes, before anything is parsed.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// A body whose sender has been proven.
#[derive(Clone, Copy)]
pub struct Verified<'a>(&'a [u8]);

impl<'a> Verified<'a> {
    /// The bytes that were signed.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }
}

/// Why a body is not proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// There is no signature.
    #[error("the signature header is missing")]
    Missing,
    /// It has not the form `sha256=` and 64 hex digits.
    #[error("the signature header is malformed")]
    Malformed,
    /// It is not of these bytes under our secret.
    #[error("the signature does not match")]
    Mismatch,
}

/// What Meta puts beside a body that it signs: the other side of [`verify_meta`], for whoever plays Meta.
///
/// # Errors
/// [`SignatureError::Malformed`] when the secret cannot be a key, which no secret of HMAC is.
pub fn sign_meta(body: &[u8], app_secret: &str) -> Result<String, SignatureError> {
    let mac = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).map_err(|_| SignatureError::Malformed)?;
    Ok(format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes())))
}

/// Checks Meta's `X-Hub-Signature-256`: HMAC-SHA256 of the raw body under the app secret, in constant time.
///
/// # Errors
/// Says what is wrong with the signature.
pub fn verify_meta<'a>(body: &'a [u8], header: Option<&str>, app_secret: &str) -> Result<Verified<'a>, SignatureError> {
    let header = header.ok_or(SignatureError::Missing)?;
    verify_hex(body, header.strip_prefix("sha256=").ok_or(SignatureError::Malformed)?, app_secret)
}

/// Checks Interakt's `Interakt-Signature`: as Meta's, under the secret of the webhook.
///
/// # Errors
/// Says what is wrong with the signature.
pub fn verify_interakt<'a>(body: &'a [u8], header: Option<&str>, secret: &str) -> Result<Verified<'a>, SignatureError> {
    verify_meta(body, header, secret)
}

/// Checks `AiSensy`'s `X-AiSensy-Signature`: as Meta's, under the secret of the webhook, with or without `sha256=` before it.
///
/// # Errors
/// Says what is wrong with the signature.
pub fn verify_aisensy<'a>(body: &'a [u8], header: Option<&str>, secret: &str) -> Result<Verified<'a>, SignatureError> {
    let header = header.ok_or(SignatureError::Missing)?;
    verify_hex(body, header.strip_prefix("sha256=").unwrap_or(header), secret)
}

/// Checks the secret that a provider without signatures shows in a header of its own, in constant time.
///
/// # Errors
/// Says what is wrong with it.
pub fn verify_shown<'a>(body: &'a [u8], header: Option<&str>, secret: &str) -> Result<Verified<'a>, SignatureError> {
    let shown = header.ok_or(SignatureError::Missing)?;
    let expected = keyed(secret)?.chain_update(secret.as_bytes()).finalize().into_bytes();
    keyed(secret)?.chain_update(shown.as_bytes()).verify_slice(&expected).map_err(|_| SignatureError::Mismatch)?;
    Ok(Verified(body))
}

fn verify_hex<'a>(body: &'a [u8], digits: &str, secret: &str) -> Result<Verified<'a>, SignatureError> {
    let given = Some(digits).filter(|digits| digits.len() == 64).and_then(|digits| hex::decode(digits).ok());
    let given = given.ok_or(SignatureError::Malformed)?;
    keyed(secret)?.chain_update(body).verify_slice(&given).map_err(|_| SignatureError::Mismatch)?;
    Ok(Verified(body))
}

/// The machine under a secret. Without a secret nothing is ever proven.
fn keyed(secret: &str) -> Result<Hmac<Sha256>, SignatureError> {
    let secret = Some(secret.as_bytes()).filter(|secret| !secret.is_empty()).ok_or(SignatureError::Mismatch)?;
    Hmac::<Sha256>::new_from_slice(secret).map_err(|_| SignatureError::Mismatch)
}

/// The proof that a request comes from whoever knows the app secret (`appsecret_proof`): HMAC-SHA256 of the token under it.
#[must_use]
pub fn app_secret_proof(token: &str, app_secret: &str) -> Option<String> {
    Some(hex::encode(keyed(app_secret).ok()?.chain_update(token.as_bytes()).finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body that Meta itself signed, with a secret that has been reset since.
    const META_SECRET: &str = "1222e786b144d0e85b9f365372d93676";
    const META_BODY: &[u8] = include_bytes!("whatsapp/fixtures/signed_by_meta.json");
    const META_SIGNATURE: &str = "sha256=54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441";
    const ESCAPED_BODY: &[u8] = include_bytes!("whatsapp/fixtures/signed_escaped.json");

    #[test]
    fn accepts_what_meta_signed() {
        assert!(verify_meta(META_BODY, Some(META_SIGNATURE), META_SECRET).is_ok());
    }

    #[test]
    fn the_received_bytes_count_not_their_meaning() {
        let signature = "sha256=ecbcff9742c94eef3b3edae292fd2dcfb41e43f4f30052e81271f126fecd0b25";
        assert!(verify_meta(ESCAPED_BODY, Some(signature), "test-app-secret").is_ok());
        let value: serde_json::Value = serde_json::from_slice(ESCAPED_BODY).unwrap();
        let written_again = serde_json::to_vec(&value).unwrap();
        assert_eq!(verify_meta(&written_again, Some(signature), "test-app-secret").err(), Some(SignatureError::Mismatch));
    }

    #[test]
    fn refuses_everything_else() {
        let check = |header| verify_meta(META_BODY, header, META_SECRET).err();
        assert_eq!(check(None), Some(SignatureError::Missing));
        for malformed in ["", "sha256=", "sha1=54edfa1d", "54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441", "sha256=zz"] {
            assert_eq!(check(Some(malformed)), Some(SignatureError::Malformed), "{malformed}");
        }
        assert_eq!(verify_meta(b"{}", Some(META_SIGNATURE), META_SECRET).err(), Some(SignatureError::Mismatch));
        assert_eq!(verify_meta(META_BODY, Some(META_SIGNATURE), "other").err(), Some(SignatureError::Mismatch));
    }

    #[test]
    fn partners_prove_themselves_in_their_own_ways() {
        let prefixed = sign_meta(b"{}", "shared").unwrap();
        let signature = prefixed.replace("sha256=", "");
        assert!(verify_interakt(b"{}", Some(&prefixed), "shared").is_ok());
        assert_eq!(verify_interakt(b"{}", Some(&signature), "shared").err(), Some(SignatureError::Malformed));
        for header in [&signature, &prefixed] {
            assert!(verify_aisensy(b"{}", Some(header), "shared").is_ok());
            assert_eq!(verify_aisensy(b"{} ", Some(header), "shared").err(), Some(SignatureError::Mismatch));
            assert_eq!(verify_aisensy(b"{}", Some(header), "other").err(), Some(SignatureError::Mismatch));
        }
        assert!(verify_shown(b"{}", Some("shared"), "shared").is_ok());
        assert_eq!(verify_shown(b"{}", Some("share"), "shared").err(), Some(SignatureError::Mismatch));
        assert_eq!(verify_shown(b"{}", None, "shared").err(), Some(SignatureError::Missing));
    }

    #[test]
    fn without_a_secret_nothing_is_proven() {
        let empty = sign_meta(b"{}", "").unwrap();
        assert_eq!(verify_meta(b"{}", Some(&empty), "").err(), Some(SignatureError::Mismatch));
        assert_eq!(verify_aisensy(b"{}", Some(&empty), "").err(), Some(SignatureError::Mismatch));
        assert_eq!(verify_shown(b"{}", Some(""), "").err(), Some(SignatureError::Mismatch));
        assert_eq!(app_secret_proof("token", ""), None);
    }
}
