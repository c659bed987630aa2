//! The cookie with the refresh token: for this API's session alone, out of reach of scripts and of other sites.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, InvalidHeaderValue},
};
use shared::usecases::session::token::Audience;

/// Its name.
const NAME: &str = "tarun_session";

/// Where a browser may send the cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieReach {
    /// Over HTTPS only.
    Https,
    /// Over plain HTTP too: on a developer's machine, which has no certificate.
    PlainHttp,
}

impl CookieReach {
    /// What the stage allows. Whatever is not known to be local is not.
    #[must_use]
    pub fn of_stage(stage: &str) -> Self {
        match stage {
            "local" | "test" => Self::PlainHttp,
            _ => Self::Https,
        }
    }
}

/// The header that sets the cookie, for as long as the refresh token is good.
pub fn set(token: &str, reach: CookieReach) -> Result<HeaderValue, InvalidHeaderValue> {
    write(token, Audience::Refresh.life().as_secs(), reach)
}

/// The header that takes the cookie away.
pub fn clear(reach: CookieReach) -> Result<HeaderValue, InvalidHeaderValue> {
    write("", 0, reach)
}

fn write(value: &str, age_seconds: i64, reach: CookieReach) -> Result<HeaderValue, InvalidHeaderValue> {
    let secure = match reach {
        CookieReach::Https => "; Secure",
        CookieReach::PlainHttp => "",
    };
    HeaderValue::from_str(&format!("{NAME}={value}; Path=/v1/session; Max-Age={age_seconds}; HttpOnly; SameSite=Strict{secure}"))
}

/// The refresh token a browser sent.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, value)| *name == NAME && !value.is_empty()).map(|(_, value)| value).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_this_api_alone() {
        let header = set("a.b.c", CookieReach::of_stage("prod")).unwrap();
        assert_eq!(header, "tarun_session=a.b.c; Path=/v1/session; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
        assert_eq!(CookieReach::of_stage("anything new"), CookieReach::Https);
        let cleared = clear(CookieReach::of_stage("local")).unwrap();
        assert_eq!(cleared, "tarun_session=; Path=/v1/session; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    #[test]
    fn reads_its_own_cookie_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(read(&headers), None);
        headers.append(COOKIE, HeaderValue::from_static("theme=dark; other_tarun_session=x; tarun_session=a.b.c"));
        assert_eq!(read(&headers), Some("a.b.c"));
        headers.insert(COOKIE, HeaderValue::from_static("tarun_session="));
        assert_eq!(read(&headers), None);
    }
}
