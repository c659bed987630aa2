//! Headers of every answer, as the CDN adds them in the cloud.

use anyhow::Context as _;
use axum::http::{HeaderName, HeaderValue, header};

/// The headers that keep a page safe. `ws_url` is the one foreign address it may talk to.
pub(crate) fn security(ws_url: &str) -> anyhow::Result<[(HeaderName, HeaderValue); 4]> {
    let websocket = origin(ws_url)?;
    // Styles are the exception: the components set their variables inline. Scripts have none.
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; \
         connect-src 'self' {websocket}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'"
    );
    Ok([
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy)?),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
        (HeaderName::from_static("permissions-policy"), HeaderValue::from_static("microphone=(self), camera=(), geolocation=()")),
    ])
}

/// Scheme, host and port of a WebSocket address.
fn origin(ws_url: &str) -> anyhow::Result<String> {
    let url = reqwest::Url::parse(ws_url).with_context(|| format!("ws_url {ws_url:?} is not an address"))?;
    anyhow::ensure!(matches!(url.scheme(), "ws" | "wss"), "ws_url must start with ws:// or wss://");
    let host = url.host_str().context("ws_url has no host")?;
    Ok(url.port().map_or_else(|| format!("{}://{host}", url.scheme()), |port| format!("{}://{host}:{port}", url.scheme())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_may_talk_to_its_websocket_and_nobody_else() {
        let headers = security("ws://127.0.0.1:4566/_aws/execute-api/abc/live").unwrap();
        let policy = headers[0].1.to_str().unwrap();
        assert!(policy.contains("connect-src 'self' ws://127.0.0.1:4566;"), "{policy}");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert_eq!(
            origin("wss://abc.execute-api.ap-south-1.amazonaws.com/live").unwrap(),
            "wss://abc.execute-api.ap-south-1.amazonaws.com"
        );
        assert!(security("http://127.0.0.1").is_err());
        assert!(security("nonsense").is_err());
    }
}
