//! Headers of every answer, as the CDN adds them in the cloud.

use anyhow::Context as _;
use axum::http::{HeaderName, HeaderValue, header};

/// The headers that keep a page safe. `ws_url` and `files_url` are the foreign addresses it may talk to; of the second it may show
/// pictures, films and recordings.
pub(crate) fn security(ws_url: &str, files_url: &str) -> anyhow::Result<[(HeaderName, HeaderValue); 4]> {
    let websocket = origin(ws_url, ["ws", "wss"])?;
    let files = origin(files_url, ["http", "https"])?;
    // Styles are the exception: the components set their variables inline. Scripts have none.
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {files}; media-src 'self' blob: {files}; \
         connect-src 'self' {websocket} {files}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'"
    );
    Ok([
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy)?),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
        (HeaderName::from_static("permissions-policy"), HeaderValue::from_static("microphone=(self), camera=(), geolocation=()")),
    ])
}

/// Scheme, host and port of an address that has one of these schemes.
fn origin(address: &str, schemes: [&str; 2]) -> anyhow::Result<String> {
    let url = reqwest::Url::parse(address).with_context(|| format!("{address:?} is not an address"))?;
    anyhow::ensure!(schemes.contains(&url.scheme()), "{address:?} must start with {}:// or {}://", schemes[0], schemes[1]);
    let host = url.host_str().with_context(|| format!("{address:?} has no host"))?;
    Ok(url.port().map_or_else(|| format!("{}://{host}", url.scheme()), |port| format!("{}://{host}:{port}", url.scheme())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_may_talk_to_its_websocket_and_its_files_and_nobody_else() {
        let headers = security("ws://127.0.0.1:4566/_aws/execute-api/abc/live", "http://127.0.0.1:4566/bucket").unwrap();
        let policy = headers[0].1.to_str().unwrap();
        assert!(policy.contains("connect-src 'self' ws://127.0.0.1:4566 http://127.0.0.1:4566;"), "{policy}");
        assert!(policy.contains("img-src 'self' data: blob: http://127.0.0.1:4566;"), "{policy}");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert_eq!(
            origin("wss://abc.execute-api.ap-south-1.amazonaws.com/live", ["ws", "wss"]).unwrap(),
            "wss://abc.execute-api.ap-south-1.amazonaws.com"
        );
        assert!(security("http://127.0.0.1", "http://127.0.0.1").is_err());
        assert!(security("ws://127.0.0.1", "file:///etc").is_err());
        assert!(security("ws://127.0.0.1", "nonsense").is_err());
    }
}
