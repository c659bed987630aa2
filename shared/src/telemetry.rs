//! Logs: one JSON object a line, on standard output, where Lambda collects them. What is never logged: what people write, phone
//! numbers, names, tokens, secrets.

use tracing_subscriber::EnvFilter;

/// Starts logging. A second start does nothing, so tests may start several functions in one process.
pub(crate) fn start(level: &str) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_current_span(false).with_env_filter(filter).finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
}
