//! Signatures as Meta makes them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What Meta puts beside a body it signs with this app secret.
#[must_use]
pub fn sign(body: &[u8], secret: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a secret of any length will do");
    format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes()))
}
