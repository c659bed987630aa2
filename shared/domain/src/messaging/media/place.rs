//! Where files lie and how they are shown: every object key is made here.

use std::fmt;

use super::Mime;
use crate::{
    id::{MediaId, TenantId},
    text::Text,
};

/// The longest file name that goes into a header, in bytes of its encoded form.
const FILENAME_BYTES_MAX: usize = 600;

/// Types a browser shows by itself without running anything in them. HTML, SVG and XML are not among them.
const SHOWN: [&str; 12] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "audio/aac",
    "audio/amr",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "video/mp4",
    "video/3gpp",
    "audio/opus",
];

/// The key of an object. It begins with its tenant, and nothing but this module makes one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// A file that is kept: `T/<tenant>/media/<media>`.
    #[must_use]
    pub fn media(tenant: TenantId, id: MediaId) -> Self {
        Self(format!("T/{tenant}/media/{id}"))
    }

    /// What a browser sends us, until it is checked: `incoming/<tenant>/<media>`, removed after a day.
    #[must_use]
    pub fn incoming(tenant: TenantId, id: MediaId) -> Self {
        Self(format!("incoming/{tenant}/{id}"))
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How a file is given to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The type it is given as.
    pub content_type: String,
    /// Whether it may be shown in a page, and under which name it is saved.
    pub disposition: String,
}

impl Shown {
    /// A file of this type and name. What a browser could run is given as bytes to be saved, whatever its sender calls it.
    #[must_use]
    pub fn of(mime: &Mime, filename: Option<&Text<256>>) -> Self {
        let inline = SHOWN.contains(&mime.essence());
        let saved = ["application/pdf", "text/plain"].contains(&mime.essence()) || mime.essence().starts_with("application/vnd.");
        let content_type = if inline || saved { mime.essence() } else { "application/octet-stream" };
        let place = if inline { "inline" } else { "attachment" };
        let name = filename.map(|name| encoded(name.as_str())).filter(|name| !name.is_empty());
        Self {
            content_type: content_type.to_owned(),
            disposition: name.map_or_else(|| place.to_owned(), |name| format!("{place}; filename*=UTF-8''{name}")),
        }
    }
}

/// A file name as RFC 8187 writes it in a header, without anything a file system reads as a path.
fn encoded(name: &str) -> String {
    use fmt::Write as _;
    let mut written = String::new();
    for character in name.chars().filter(|character| !matches!(character, '/' | '\\' | ':') && !character.is_control()) {
        let mut bytes = [0; 4];
        let mut one = String::new();
        for byte in character.encode_utf8(&mut bytes).bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                one.push(char::from(byte));
            } else {
                let _ = write!(one, "%{byte:02X}");
            }
        }
        if written.len() + one.len() > FILENAME_BYTES_MAX {
            break;
        }
        written.push_str(&one);
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::derived;

    fn shown(mime: &str, name: Option<&str>) -> Shown {
        Shown::of(&Mime::new(mime).unwrap(), name.map(|name| Text::new(name).unwrap()).as_ref())
    }

    #[test]
    fn keys_begin_with_their_tenant() {
        let (tenant, other, id) = (derived(&[b"t"]), derived(&[b"o"]), derived(&[b"m"]));
        assert_eq!(ObjectKey::media(tenant, id).as_str(), format!("T/{tenant}/media/{id}"));
        assert_ne!(ObjectKey::media(tenant, id), ObjectKey::media(other, id));
        assert_ne!(ObjectKey::media(tenant, id), ObjectKey::incoming(tenant, id));
    }

    #[test]
    fn what_a_browser_could_run_is_saved_as_bytes() {
        for mime in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "x/y"] {
            assert_eq!(shown(mime, None), Shown { content_type: "application/octet-stream".into(), disposition: "attachment".into() });
        }
        assert_eq!(shown("image/jpeg", None), Shown { content_type: "image/jpeg".into(), disposition: "inline".into() });
        assert_eq!(shown("audio/ogg; codecs=opus", None).content_type, "audio/ogg");
        let bill = shown("application/pdf", Some("बिल 4/5.pdf"));
        assert_eq!(bill.content_type, "application/pdf");
        assert_eq!(bill.disposition, "attachment; filename*=UTF-8''%E0%A4%AC%E0%A4%BF%E0%A4%B2%2045.pdf");
    }

    proptest! {
        #[test]
        fn a_name_never_ends_its_header(name in any::<String>()) {
            let written = encoded(&name);
            prop_assert!(written.len() <= FILENAME_BYTES_MAX);
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        }
    }
}
