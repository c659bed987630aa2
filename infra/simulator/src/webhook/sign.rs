//! Signs webhooks as Meta does: HMAC-SHA256 over the exact bytes that go over the wire.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// The value of `X-Hub-Signature-256` for these bytes.
pub(crate) fn signature(app_secret: &str, body: &[u8]) -> String {
    let digest = match Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(body);
            mac.finalize().into_bytes()
        }
        Err(_) => unreachable!("HMAC takes keys of any length"),
    };
    format!("sha256={}", hex::encode(digest))
}

/// Writes JSON with everything outside ASCII as lowercase `\uXXXX`, surrogate pairs included: a receiver that
/// parses and writes again before it checks the signature fails here as it would fail with Meta.
pub(crate) fn wire_bytes(value: &Value) -> Vec<u8> {
    let text = value.to_string();
    let mut wire = String::with_capacity(text.len());
    let mut units = [0_u16; 2];
    for character in text.chars() {
        if character.is_ascii() {
            wire.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut units) {
            // Writing to a String cannot fail.
            let _ = write!(wire, "\\u{unit:04x}");
        }
    }
    wire.into_bytes()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const META_BODY: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"264937493375603","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550953877","phone_number_id":"277321005464405"},"contacts":[{"profile":{"name":"PyWa Tests"},"wa_id":"972544401243"}],"messages":[{"from":"972544401243","id":"wamid.HBgMOTcyNTQ0NDAxMjQzFQIAEhggM0RFQTNCMEEwRTY3QzUwODYzMDc4NjQ4QzM4ODAxM0YA","timestamp":"1730231903","text":{"body":"Hey there! I am using PyWa."},"type":"text"}]},"field":"messages"}]}]}"#;
    const UNICODE_BODY: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"310000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"918047000123","phone_number_id":"210000000000009"},"contacts":[{"profile":{"name":"\u0906\u0936\u093e"},"wa_id":"919876500001"}],"messages":[{"from":"919876500001","id":"wamid.HBgMIN01","timestamp":"1793500000","text":{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude42"},"type":"text"}]},"field":"messages"}]}]}"#;

    #[test]
    fn a_body_signed_by_meta_gives_meta_s_signature() {
        assert_eq!(
            signature("1222e786b144d0e85b9f365372d93676", META_BODY.as_bytes()),
            "sha256=54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441"
        );
    }

    #[test]
    fn escaped_unicode_is_signed_as_it_stands() {
        assert_eq!(
            signature("test-app-secret", UNICODE_BODY.as_bytes()),
            "sha256=ecbcff9742c94eef3b3edae292fd2dcfb41e43f4f30052e81271f126fecd0b25"
        );
        let parsed: Value = serde_json::from_str(UNICODE_BODY).unwrap();
        let written_again = serde_json::to_vec(&parsed).unwrap();
        assert_ne!(signature("test-app-secret", &written_again), signature("test-app-secret", UNICODE_BODY.as_bytes()));
    }

    #[test]
    fn the_wire_is_ascii_with_lowercase_escapes() {
        let wire = wire_bytes(&json!({ "body": "नमस्ते 🙂 \"ok\"" }));
        let expected = r#"{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude42 \"ok\""}"#;
        assert_eq!(String::from_utf8(wire).unwrap(), expected);
    }
}
