//! A colleague writes: any kind of message that WhatsApp takes.

mod asked;
mod catalogue;
mod contacts;
mod interactive;
mod media;
mod order;
mod plain;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use shared::{
    domain::{access::Action, messaging::content::ContentError},
    usecases::{
        authorise, read_media,
        reply_to_conversation::{self, Reply, Taken},
    },
};

use self::asked::{Asked, NewMessage};
use super::shown::Message;
use crate::{
    App,
    extract::{At, Caller, ConversationPath, IdempotencyKey, Input, Language},
    refusal::Refusal,
    routes::media::MediaFile,
};

/// Sends a message
///
/// Exactly one part says what it is, such as `{"text": "Namaste"}` or `{"location": {…}}`; `reply_to` names the message it answers.
/// Repeat the request with the same key until it is answered: the message exists once.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/messages", tag = "messages", request_body = NewMessage, security(("access_token" = [])),
    params(
        ("id" = String, Path, description = "The conversation."),
        ("Idempotency-Key" = String, Header, format = Uuid, description = "A UUID of version 7, made once for this message."),
    ),
    responses(
        (status = 202, description = "Taken on; delivery follows.", body = Message),
        (status = 200, description = "This key was sent before; the same message.", body = Message),
        Refusal
    )
)]
pub async fn send_message(
    State(app): State<Arc<App>>,
    at: At,
    caller: Caller,
    Language(locale): Language,
    ConversationPath(conversation): ConversationPath,
    IdempotencyKey(id): IdempotencyKey,
    Input(asked): Input<Asked>,
) -> Result<(StatusCode, Json<Message>), Refusal> {
    let user = authorise::colleague(&caller.store, caller.identity, Action::ReplyToConversation).await?;
    let refused = |error: ContentError| Refusal::field(&error.field, error.problem.to_string());
    let asked = NewMessage::try_from(asked).map_err(refused)?;
    let reply = Reply { conversation, id, reply_to: asked.reply_to(), said: asked.said().map_err(refused)? };
    let taken = reply_to_conversation::run(&at, &app.table, &caller.store, &app.memory, app.queue.as_ref(), &user, &reply).await?;
    let (status, message) = match taken {
        Taken::New(message) => (StatusCode::ACCEPTED, message),
        Taken::Before(message) => (StatusCode::OK, message),
    };
    let files = read_media::of(&caller.store, &message, conversation).await?;
    let files = MediaFile::of_message(&message, conversation, &files, at.now);
    // The author is a colleague, so the name of the customer is not shown.
    Ok((status, Json(Message::of(&message, "", locale).with_media(files))))
}
