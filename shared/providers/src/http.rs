//! The one place that makes an HTTP client.

use std::time::Duration;

/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a whole call may take.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// Makes the client that a function keeps for its life: no redirects, no proxies of the environment, every call bounded.
///
/// # Errors
/// When the TLS back end cannot be set up.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(CALL_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .user_agent(concat!("tarun/", env!("CARGO_PKG_VERSION")))
        .build()
}
