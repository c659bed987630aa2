//! The OpenAPI document of the API, made from the handlers themselves.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{refusal::Problem, routes};

/// The name of the way to show an access token.
const ACCESS_TOKEN: &str = "access_token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Dashboard API",
        description = "What the dashboard asks of Tarun. Times are RFC 3339 in UTC; whatever goes wrong is told as a problem (RFC 9457).",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem)),
    modifiers(&AccessToken),
    tags(
        (name = "session", description = "Logging in and out."),
        (name = "conversations", description = "The inbox."),
        (name = "messages", description = "What was said."),
        (name = "media", description = "Files in messages."),
        (name = "contacts", description = "The people who write, and what they have agreed to."),
        (name = "numbers", description = "The numbers of the business."),
        (name = "operations", description = "What needs somebody who runs the business."),
        (name = "templates", description = "Texts that WhatsApp has approved."),
        (name = "realtime", description = "Hearing of changes."),
        (name = "operations", description = "What went wrong, for those who run the business."),
    )
)]
pub(crate) struct Api;

struct AccessToken;

impl Modify for AccessToken {
    fn modify(&self, document: &mut Document) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document.components.get_or_insert_default().add_security_scheme(ACCESS_TOKEN, SecurityScheme::Http(bearer));
    }
}

/// The document as JSON, with a line feed at its end.
///
/// # Errors
/// When it cannot be written as JSON, which would be a mistake in the program.
pub fn document() -> Result<String, serde_json::Error> {
    let (_, document) = routes::all().split_for_parts();
    Ok(document.to_pretty_json()? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dashboard's types are made from the committed document, so a change of the API cannot pass unseen.
    #[test]
    fn the_committed_document_is_the_one_the_program_makes() {
        let committed = include_str!("../../../dashboard/openapi.json");
        assert!(document().unwrap() == committed, "run: cargo run -p dashboard-api --bin openapi > dashboard/openapi.json");
    }

    #[test]
    fn every_route_but_the_session_wants_a_token_and_tells_problems() {
        let (_, document) = routes::all().split_for_parts();
        let mut routes = 0;
        for (path, item) in document.paths.paths {
            let operations = [item.get, item.post, item.delete, item.put, item.patch];
            for operation in operations.into_iter().flatten() {
                routes += 1;
                assert_eq!(operation.security.is_some(), !path.starts_with("/v1/session"), "{path}");
                assert!(operation.responses.responses.contains_key("default"), "{path}");
                assert!(operation.operation_id.is_some() && operation.summary.is_some(), "{path}");
            }
        }
        assert_eq!(routes, 47);
    }
}
