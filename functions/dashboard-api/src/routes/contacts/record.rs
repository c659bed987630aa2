//! A colleague enters what a contact has said about marketing.

use axum::Json;
use serde::{Deserialize, Serialize};
use shared::{
    domain::{id::ConversationId, time::Timestamp},
    usecases::change_consent::{self, Told},
};
use utoipa::ToSchema;

use super::shown::{ConsentChanged, MarketingPermission};
use crate::{
    extract::{At, Caller, ContactPath, IdempotencyKey, Input},
    refusal::Refusal,
};

/// What a contact has said.
// It has no `Debug`: nothing of it may reach a log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    change: ConsentChanged,
    /// What the customer said, word for word, and how you were told. A yes needs it.
    #[schema(required = false, min_length = 1, max_length = 512)]
    wording: Option<String>,
    /// The language of it by its BCP 47 code, like `hi` or `ta-Latn`.
    #[schema(required = false)]
    language: Option<String>,
    /// The conversation in which it was said, if it was one.
    #[schema(required = false, value_type = Option<String>)]
    conversation: Option<String>,
}

/// What a contact's permission is now. A later word of the customer may count more than what was just entered.
#[derive(Serialize, ToSchema)]
pub struct ConsentNow {
    marketing: MarketingPermission,
    #[schema(required)]
    since: Option<Timestamp>,
}

/// Enters what a contact has said about marketing
#[utoipa::path(
    post, path = "/v1/contacts/{id}/consent", tag = "contacts", request_body = NewConsent, security(("access_token" = [])),
    params(
        ("id" = String, Path, description = "The contact."),
        ("Idempotency-Key" = String, Header, format = Uuid, description = "A UUID of version 7, made once for this entry."),
    ),
    responses((status = 200, description = "Entered; with this key, once.", body = ConsentNow), Refusal)
)]
pub async fn record_consent(
    at: At,
    caller: Caller,
    ContactPath(contact): ContactPath,
    IdempotencyKey(id): IdempotencyKey,
    Input(asked): Input<NewConsent>,
) -> Result<Json<ConsentNow>, Refusal> {
    let told = Told {
        contact,
        id,
        conversation: asked.conversation.as_deref().map(conversation).transpose()?,
        change: asked.change.into(),
        wording: asked.wording.as_deref(),
        language: asked.language.as_deref(),
    };
    let standing = change_consent::by_colleague(&at, &caller.store, caller.identity, &told).await?;
    Ok(Json(ConsentNow { marketing: standing.permission.into(), since: standing.since }))
}

fn conversation(raw: &str) -> Result<ConversationId, Refusal> {
    raw.parse().map_err(|_| Refusal::field("conversation", "must be the id of a conversation"))
}
