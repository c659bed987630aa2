//! Signatures as Meta makes them.

use providers::signature::sign_meta;

/// What Meta puts beside a body it signs with this app secret.
#[must_use]
pub fn sign(body: &[u8], secret: &str) -> String {
    sign_meta(body, secret).expect("a secret of any length will do")
}
