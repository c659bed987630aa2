//! Live connections by API Gateway's WebSocket API.

use async_trait::async_trait;
use aws_sdk_apigatewaymanagement::{Client, operation::post_to_connection::PostToConnectionError, primitives::Blob};
use domain::ports::{LivePush, Pushed};

/// API Gateway's management of connections.
#[derive(Clone, Debug)]
pub struct Live(Client);

impl Live {
    /// By this client, whose endpoint is that of the WebSocket API's stage.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }
}

#[async_trait]
impl LivePush for Live {
    async fn push(&self, connection: &str, frame: &str) -> Pushed {
        match self.0.post_to_connection().connection_id(connection).data(Blob::new(frame)).send().await {
            Ok(_) => Pushed::Delivered,
            Err(error) if error.as_service_error().is_some_and(PostToConnectionError::is_gone_exception) => Pushed::Gone,
            Err(_) => Pushed::Missed,
        }
    }
}
