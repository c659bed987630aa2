//! Addresses on the web that a message leads to or takes a file from.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Problem;

/// The longest address, in bytes.
const LINK_MAX: usize = 2000;

/// An `https` address from which WhatsApp fetches a file. Its `Debug` hides it, for an address may carry a key.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// An `https` or `http` address a person is led to.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebLink(String);

impl Link {
    /// Checks an address.
    ///
    /// # Errors
    /// Refuses anything but `https` with a host, blanks, and more than 2000 bytes.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let shaped = is_address(raw, &["https://"]);
        if shaped { Ok(Self(raw.to_owned())) } else { Err(Problem::Shape("an https:// address of at most 2000 bytes, without spaces")) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl WebLink {
    /// Checks an address.
    ///
    /// # Errors
    /// Refuses anything but `https` or `http` with a host, blanks, and more than 2000 bytes.
    pub fn new(raw: &str) -> Result<Self, Problem> {
        let shaped = is_address(raw, &["https://", "http://"]);
        if shaped {
            Ok(Self(raw.to_owned()))
        } else {
            Err(Problem::Shape("an https:// or http:// address of at most 2000 bytes, without spaces"))
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether it is an address of one of these schemes with something that can be a host.
fn is_address(raw: &str, schemes: &[&str]) -> bool {
    let Some(rest) = schemes.iter().find_map(|scheme| raw.strip_prefix(scheme)) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let plain = !raw.chars().any(|character| character.is_whitespace() || character.is_control() || matches!(character, '<' | '>' | '"'));
    // A name and a password before an @ would be shown to whoever opens it.
    raw.len() <= LINK_MAX && plain && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !authority.contains('@')
}

impl TryFrom<String> for Link {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

impl TryFrom<String> for WebLink {
    type Error = Problem;
    fn try_from(raw: String) -> Result<Self, Problem> {
        Self::new(&raw)
    }
}

impl From<WebLink> for String {
    fn from(link: WebLink) -> Self {
        link.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Link(…)")
    }
}

impl fmt::Debug for WebLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WebLink(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for good in ["https://cdn.example.in/p.jpg", "https://example.in", "https://example.in:8443/a?b=c#d", "https://उदाहरण.भारत/क"]
        {
            assert!(Link::new(good).is_ok() && WebLink::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "https://",
            "https:///x",
            "https://localhost/x",
            "ftp://a.b/c",
            "javascript:alert(1)",
            "https://a b.in",
            "https://a.in/ x",
            "https://u:p@a.in/",
            "a.in",
        ] {
            assert!(Link::new(bad).is_err() && WebLink::new(bad).is_err(), "{bad}");
        }
        assert!(WebLink::new("http://example.in").is_ok() && Link::new("http://example.in").is_err());
        assert!(Link::new(&format!("https://example.in/{}", "x".repeat(2000))).is_err());
    }

    #[test]
    fn debug_hides_the_address() {
        assert_eq!(
            format!("{:?}{:?}", Link::new("https://a.in/?key=1").unwrap(), WebLink::new("http://a.in").unwrap()),
            "Link(…)WebLink(…)"
        );
    }
}
