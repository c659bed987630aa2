//! A thread, page by page.

use axum::Json;
use serde::Serialize;
use shared::usecases::read_messages;
use utoipa::ToSchema;

use super::shown::Message;
use crate::{
    extract::{At, Caller, ConversationPath, Language, Parameters},
    page::{self, List, Part},
    refusal::Refusal,
    routes::{conversations::contact_name, media::MediaFile},
};

/// One page of a thread, the newest message first.
#[derive(Serialize, ToSchema)]
pub struct MessagePage {
    items: Vec<Message>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Lists the messages of a conversation, newest first
#[utoipa::path(
    get, path = "/v1/conversations/{id}/messages", tag = "messages", security(("access_token" = [])),
    params(("id" = String, Path, description = "The conversation."), Part),
    responses((status = 200, description = "One page.", body = MessagePage), Refusal)
)]
pub async fn list_messages(
    at: At,
    caller: Caller,
    Language(locale): Language,
    ConversationPath(id): ConversationPath,
    Parameters(asked): Parameters<Part>,
) -> Result<Json<MessagePage>, Refusal> {
    let list = List::Messages(id);
    let (size, cursor) = asked.of(list)?;
    let thread = read_messages::page(&caller.store, caller.identity, id, size, cursor.as_ref()).await?;
    let name = contact_name(&thread.conversation);
    let media = |message| MediaFile::of_message(message, id, &thread.media, at.now);
    let shown =
        |message| Message::of(message, &name, locale).quoting(message, thread.quoted_by(message), locale).with_media(media(message));
    let items = thread.messages.items.iter().map(shown).collect();
    Ok(Json(MessagePage { items, next: thread.messages.next.map(|next| page::seal(list, &next)) }))
}
