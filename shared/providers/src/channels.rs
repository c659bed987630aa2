//! Every way to send, by the provider of the number a message goes out from.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    tenant::ProviderKind,
};

/// The adapters. It is a channel itself, so that whoever sends need not know that there are several.
#[derive(Clone)]
pub struct Channels {
    /// Meta.
    pub cloud_api: Arc<dyn MessageChannel>,
    /// 360dialog.
    pub dialog360: Arc<dyn MessageChannel>,
    /// Interakt.
    pub interakt: Arc<dyn MessageChannel>,
    /// `AiSensy`.
    pub aisensy: Arc<dyn MessageChannel>,
}

impl Channels {
    /// The adapter of a provider.
    #[must_use]
    pub fn of(&self, kind: ProviderKind) -> &dyn MessageChannel {
        match kind {
            ProviderKind::CloudApi => self.cloud_api.as_ref(),
            ProviderKind::Dialog360 => self.dialog360.as_ref(),
            ProviderKind::Interakt => self.interakt.as_ref(),
            ProviderKind::AiSensy => self.aisensy.as_ref(),
        }
    }
}

#[async_trait]
impl MessageChannel for Channels {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        self.of(request.number.provider).send(token, request).await
    }

    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        self.of(request.number.provider).mark_read(token, request).await
    }
}
