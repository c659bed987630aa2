//! Prints the OpenAPI document of the dashboard's API: `cargo run -p dashboard-api --bin openapi > dashboard/openapi.json`.
use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(dashboard_api::openapi::document()?.as_bytes())
}
