//! The language whoever asks reads.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header::ACCEPT_LANGUAGE, request::Parts},
};
use shared::domain::locale::Locale;

/// The first language of `Accept-Language` that texts are written in; English when there is none.
///
/// Weights are not weighed: browsers list languages in the order people like them.
pub struct Language(pub Locale);

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let listed = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(preferred(listed)))
    }
}

fn preferred(listed: &str) -> Locale {
    let mut tags = listed.split(',').take(20).map(|tag| tag.split(';').next().unwrap_or_default().trim());
    let known = |tag: &str| tag.parse().ok().or_else(|| tag.split('-').next()?.parse().ok());
    tags.find_map(known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_taken() {
        for (listed, locale) in [
            ("hi", Locale::Hindi),
            ("hi-IN,hi;q=0.9,en;q=0.8", Locale::Hindi),
            ("fr, hi-Latn;q=0.9, en", Locale::Hinglish),
            ("en-GB,en", Locale::English),
            ("ta", Locale::English),
            ("", Locale::English),
            (";;,,-", Locale::English),
        ] {
            assert_eq!(preferred(listed), locale, "{listed}");
        }
    }
}
