//! One event of the WebSocket API: a connection opens with a ticket, says it is alive, or ends.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use shared::{
    boot,
    domain::class::{Class, Classify as _},
    secrets::Secret,
    store::Table,
    usecases::{Error, listen, session::token::Tokens},
};

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// What tickets are signed with.
    pub key: Secret,
}

/// An event of API Gateway's WebSocket API, as far as it is needed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    request_context: Context,
    #[serde(default)]
    query_string_parameters: Option<HashMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    route_key: String,
    connection_id: String,
}

/// What API Gateway is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The HTTP status: a connection opens only with 200.
    pub status_code: u16,
    /// A frame for the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<&'static str>,
}

/// Handles one event.
///
/// # Errors
/// When the store fails while a connection opens or ends.
pub async fn handle(app: &App, event: Event) -> Result<Answer, Error> {
    let at = boot::moment();
    let connection = &event.request_context.connection_id;
    match event.request_context.route_key.as_str() {
        "$connect" => {
            let tokens = Tokens::new(&app.key.value(at.now).await)?;
            let ticket = event.query_string_parameters.as_ref().and_then(|query| query.get("ticket")).map_or("", String::as_str);
            match listen::open(&at, &app.table, &tokens, ticket, connection).await {
                Ok(()) => Ok(Answer { status_code: 200, body: None }),
                Err(error) if error.class() == Class::Unauthenticated => Ok(Answer { status_code: 401, body: None }),
                Err(error) => Err(error),
            }
        }
        "$disconnect" => {
            listen::close(&app.table, connection).await?;
            Ok(Answer { status_code: 200, body: None })
        }
        // Whatever a client says means that it is alive, and that is all it can say.
        _ => Ok(Answer { status_code: 200, body: Some(r#"{"type":"pong"}"#) }),
    }
}
