//! Pages of a list: how many items, and where it goes on. A cursor is bound to its list, so that it cannot be used on another.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use shared::domain::{
    id::{ContactId, ConversationId},
    messaging::conversation::Status,
    page::{Cursor, PageSize},
    tenant::NumberId,
};
use utoipa::IntoParams;

use crate::refusal::Refusal;

/// The version of what is in a cursor. Cursors of another version are refused, and the client starts again.
const VERSION: &str = "1";
/// The longest cursor accepted: the name of a template has up to 512 characters.
const CURSOR_MAX: usize = 1_024;

/// Which list a cursor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List<'a> {
    /// The conversations of this status.
    Conversations(Status),
    /// The messages of this conversation.
    Messages(ConversationId),
    /// The consent ledger of this contact.
    Consent(ContactId),
    /// The open questions about contacts.
    Reviews,
    /// What is parked.
    ParkedEvents,
    /// The templates of this number's account.
    Templates(&'a NumberId),
    /// The dead letters.
    DeadLetters,
}

impl fmt::Display for List<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conversations(status) => write!(formatter, "conversations:{}", status.name()),
            Self::ParkedEvents => formatter.write_str("parked-events"),
            Self::Messages(conversation) => write!(formatter, "messages:{conversation}"),
            Self::Consent(contact) => write!(formatter, "consent:{contact}"),
            Self::Reviews => formatter.write_str("reviews"),
            Self::Templates(number) => write!(formatter, "templates:{number}"),
            Self::DeadLetters => formatter.write_str("dead-letters"),
        }
    }
}

/// Which part of a list. A list that can be asked for more has these two among its own parameters: serde does not refuse unknown ones in
/// what is put together from parts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many at most; 50 when left out.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = String, required = false)]
    cursor: Option<String>,
}

impl Part {
    /// How many items of this list, and where it goes on.
    pub fn of(&self, list: List<'_>) -> Result<(PageSize, Option<Cursor>), Refusal> {
        part(list, self.limit.as_deref(), self.cursor.as_deref())
    }
}

/// How many items of a list, and where it goes on, as it was asked.
pub fn part(list: List<'_>, limit: Option<&str>, cursor: Option<&str>) -> Result<(PageSize, Option<Cursor>), Refusal> {
    Ok((size(limit)?, open(list, cursor)?))
}

/// How many items were asked for; without a word, the default.
fn size(limit: Option<&str>) -> Result<PageSize, Refusal> {
    let Some(limit) = limit else {
        return Ok(PageSize::DEFAULT);
    };
    let size = limit.parse().ok().and_then(|size| PageSize::new(size).ok());
    size.ok_or_else(|| Refusal::field("limit", "must be a whole number between 1 and 100"))
}

/// The store's cursor as a client holds it.
pub fn seal(list: List<'_>, cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(format!("{VERSION}|{list}|{}", cursor.0))
}

/// The store's cursor from a client's, if it is of this list.
fn open(list: List<'_>, cursor: Option<&str>) -> Result<Option<Cursor>, Refusal> {
    let Some(raw) = cursor else { return Ok(None) };
    let inside = (raw.len() <= CURSOR_MAX).then(|| URL_SAFE_NO_PAD.decode(raw).ok()).flatten();
    let inside = inside.and_then(|bytes| String::from_utf8(bytes).ok());
    let prefix = format!("{VERSION}|{list}|");
    match inside.as_deref().and_then(|inside| inside.strip_prefix(&prefix)) {
        Some(cursor) if !cursor.is_empty() => Ok(Some(Cursor(cursor.to_owned()))),
        Some(_) | None => Err(Refusal::field("cursor", "must be a `next` of this very list; leave it out to start again")),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use shared::domain::id;

    use super::*;

    fn cursor() -> Cursor {
        Cursor("00498194#01930f5e-0000-7000-8000-000000000000".to_owned())
    }

    #[test]
    fn a_cursor_comes_back_to_its_own_list() {
        for list in Status::ALL.map(List::Conversations).into_iter().chain([List::Messages(id::derived(&[b"v"]))]) {
            let sealed = seal(list, &cursor());
            assert!(sealed.len() < 200 && sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{sealed}");
            assert_eq!(open(list, Some(&sealed)).unwrap(), Some(cursor()));
        }
        assert_eq!(open(List::Conversations(Status::Open), None).unwrap(), None);
    }

    #[test]
    fn a_cursor_of_anything_else_is_refused_by_name() {
        let (open_list, one, other) =
            (List::Conversations(Status::Open), List::Messages(id::derived(&[b"1"])), List::Messages(id::derived(&[b"2"])));
        let foreign = [
            seal(List::Conversations(Status::Spam), &cursor()),
            seal(one, &cursor()),
            URL_SAFE_NO_PAD.encode("2|conversations:open|x"),
            URL_SAFE_NO_PAD.encode("1|conversations:open|"),
            URL_SAFE_NO_PAD.encode([0xff, 0xfe]),
            "not base64!".to_owned(),
            String::new(),
            "A".repeat(CURSOR_MAX + 1),
        ];
        for raw in &foreign {
            let told = open(open_list, Some(raw)).unwrap_err().told("r");
            let told = serde_json::to_value(told).unwrap();
            assert_eq!((&told["status"], &told["field"]), (&422.into(), &"cursor".into()), "{raw}");
        }
        assert!(open(other, Some(&seal(one, &cursor()))).is_err());
    }

    #[test]
    fn a_page_has_1_to_100_items() {
        assert_eq!(size(None).unwrap(), PageSize::DEFAULT);
        assert_eq!(size(Some("1")).unwrap().get(), 1);
        assert_eq!(size(Some("100")).unwrap().get(), 100);
        for wrong in ["0", "101", "-1", "ten", "", "1.5", "99999999999"] {
            assert_eq!(size(Some(wrong)).unwrap_err().status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}
