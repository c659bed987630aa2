//! What the front is told at its start.

use std::path::PathBuf;

use serde::Deserialize;

/// Everything the front needs to know before it answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The folder of the built dashboard.
    pub dist: PathBuf,
    /// The HTTP API, to which `/v1` is passed on.
    pub api_url: String,
    /// The WebSocket API, which the page may connect to.
    pub ws_url: String,
    /// Where files are kept, to which the page may send them and from which it may show them.
    pub files_url: String,
    /// The stage, for the page to show.
    pub stage: String,
}
