//! What we send to a person: kinds of message that WhatsApp accepts, shaped so that an illegal one cannot be held.
//!
//! Limits are those of the Cloud API's message reference. Private fields and constructors keep them; reading a stored message
//! back goes through the same constructors.

mod interactive;
mod limited;

use serde::{Deserialize, Serialize};

pub use self::{
    interactive::{Button, Buttons, ButtonsWire, List, ListRow, ListSection, ListWire},
    limited::Limited,
};
use crate::messaging::contract::Form;

/// Text of a message: at most 4096 characters.
pub type TextBody = Limited<4096>;
/// Text of a message with buttons: at most 1024 characters.
pub type ButtonsBody = Limited<1024>;
/// Header or footer of an interactive message: at most 60 characters.
pub type Edge = Limited<60>;
/// Title of a button, or the label that opens a list: at most 20 characters.
pub type ButtonTitle = Limited<20>;
/// Title of a list row or section: at most 24 characters.
pub type RowTitle = Limited<24>;
/// Second line of a list row: at most 72 characters.
pub type RowDescription = Limited<72>;
/// What comes back when a button is tapped: at most 256 characters.
pub type ButtonId = Limited<256>;
/// What comes back when a list row is tapped: at most 200 characters.
pub type RowId = Limited<200>;

/// How many characters of a message a conversation list shows.
const PREVIEW_MAX: usize = 80;

/// A message to a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OutboundContent {
    /// Plain text.
    #[serde(rename = "t")]
    Text(TextBody),
    /// Text with one to three buttons.
    #[serde(rename = "b")]
    Buttons(Buttons),
    /// Text with a list to choose from.
    #[serde(rename = "l")]
    List(List),
}

/// Why parts make no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// A text with nothing in it.
    #[error("text must not be empty")]
    Empty,
    /// A text beyond its limit.
    #[error("text must have at most {max} characters, has {length}")]
    TooLong {
        /// The limit, in characters as people see them.
        max: usize,
        /// The length found.
        length: usize,
    },
    /// No button, or more than three.
    #[error("a message must have 1 to 3 buttons, has {0}")]
    ButtonCount(usize),
    /// Two buttons that look the same.
    #[error("titles of buttons must differ")]
    SameTitle,
    /// Two rows or buttons that would come back the same.
    #[error("ids of rows and buttons must differ")]
    SameId,
    /// No row, or more than ten in all sections together.
    #[error("a list must have 1 to 10 rows in all, has {0}")]
    RowCount(usize),
    /// A section without a row.
    #[error("every section of a list must have a row")]
    EmptySection,
    /// Several sections of which one has no title.
    #[error("sections must have titles when there are several")]
    UntitledSection,
}

/// The kind of a message, in the words of the dashboard's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// Plain text.
    Text,
    /// Text with buttons.
    Buttons,
    /// Text with a list.
    List,
}

impl ContentKind {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Buttons => "buttons",
            Self::List => "list",
        }
    }
}

impl OutboundContent {
    /// Makes a plain text.
    ///
    /// # Errors
    /// Refuses text that is empty, shows nothing, or is longer than 4096 characters.
    pub fn text(text: &str) -> Result<Self, ContentError> {
        if !text.chars().any(shows) {
            return Err(ContentError::Empty);
        }
        TextBody::new(text).map(Self::Text)
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> ContentKind {
        match self {
            Self::Text(_) => ContentKind::Text,
            Self::Buttons(_) => ContentKind::Buttons,
            Self::List(_) => ContentKind::List,
        }
    }

    /// What it is to the send contract.
    #[must_use]
    pub const fn form(&self) -> Form {
        match self {
            Self::Text(_) | Self::Buttons(_) | Self::List(_) => Form::Plain,
        }
    }

    /// The text a person reads, without header, footer and choices.
    #[must_use]
    pub fn body(&self) -> &str {
        match self {
            Self::Text(text) => text.as_str(),
            Self::Buttons(buttons) => buttons.body(),
            Self::List(list) => list.body(),
        }
    }

    /// The first line of the text in at most 80 characters, for lists of conversations.
    #[must_use]
    pub fn preview(&self) -> String {
        let line = self.body().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Limited::<PREVIEW_MAX>::cut(line).map_or_else(String::new, |cut| cut.as_str().to_owned())
    }
}

/// Whether a character leaves anything on a screen: blanks, controls and the marks that only join or direct do not.
fn shows(character: char) -> bool {
    let joins = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}');
    !(joins || character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_bounded_and_reads_back() {
        let hello = OutboundContent::text("नमस्ते 🙏").unwrap();
        let json = serde_json::to_string(&hello).unwrap();
        assert_eq!(json, r#"{"t":"नमस्ते 🙏"}"#);
        assert_eq!(serde_json::from_str::<OutboundContent>(&json).unwrap(), hello);
        assert_eq!(OutboundContent::text(" \n "), Err(ContentError::Empty));
        assert!(OutboundContent::text(&"x".repeat(4096)).is_ok());
        assert_eq!(OutboundContent::text(&"x".repeat(4097)), Err(ContentError::TooLong { max: 4096, length: 4097 }));
        assert!(serde_json::from_str::<OutboundContent>(r#"{"t":""}"#).is_err());
    }

    #[test]
    fn a_preview_is_one_short_line() {
        let long = OutboundContent::text(&format!("\n{}\nsecond", "ab ".repeat(60))).unwrap();
        let preview = long.preview();
        assert!(preview.chars().count() <= 80 && preview.ends_with('…') && !preview.contains('\n'), "{preview}");
        assert_eq!(OutboundContent::text("one\ntwo").unwrap().preview(), "one");
        assert_eq!(long.kind().name(), "text");
    }
}
