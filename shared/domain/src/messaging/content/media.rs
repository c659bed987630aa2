//! Pictures, recordings, films, files and stickers that we send.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Caption, ContentError, Edge, FileName, Link, Problem, limited::Limited};
use crate::{id::MediaId, messaging::inbound::MediaKind};

/// Where WhatsApp takes a file from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MediaSource {
    /// A file we keep. What WhatsApp calls it is found when the message is sent, because WhatsApp forgets after thirty days.
    #[serde(rename = "m")]
    Stored(MediaId),
    /// A public address.
    #[serde(rename = "l")]
    Link(Link),
}

impl MediaSource {
    /// The file, when we keep it.
    #[must_use]
    pub const fn stored(&self) -> Option<MediaId> {
        match self {
            Self::Stored(id) => Some(*id),
            Self::Link(_) => None,
        }
    }
}

/// A file with what may stand beside it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OutboundMedia {
    /// A picture.
    #[serde(rename = "i")]
    Image(Captioned),
    /// A film.
    #[serde(rename = "v")]
    Video(Captioned),
    /// A file.
    #[serde(rename = "d")]
    Document(File),
    /// A sound file, or a voice note.
    #[serde(rename = "a")]
    Audio(Audio),
    /// A sticker.
    #[serde(rename = "s")]
    Sticker(MediaSource),
}

/// A picture or film with the words under it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Captioned {
    /// The file.
    #[serde(rename = "s")]
    pub source: MediaSource,
    /// The words under it.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Caption>,
}

/// A document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    /// The file.
    #[serde(rename = "s")]
    pub source: MediaSource,
    /// The words under it.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Caption>,
    /// The name it is shown and saved under.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<FileName>,
}

/// Something to hear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Audio {
    /// The file.
    #[serde(rename = "s")]
    pub source: MediaSource,
    /// Whether it is a voice note: shown with a waveform, and its `played` comes back.
    #[serde(rename = "v", default, skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
}

/// What stands above the text of an interactive message. A text is stored as a string, as it always was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Header {
    /// A line of text.
    Text(Edge),
    /// A picture.
    Image(MediaSource),
    /// A film.
    Video(MediaSource),
    /// A file and its name.
    Document(MediaSource, Option<FileName>),
}

impl OutboundMedia {
    /// Which kind of file.
    #[must_use]
    pub const fn kind(&self) -> MediaKind {
        match self {
            Self::Image(_) => MediaKind::Image,
            Self::Video(_) => MediaKind::Video,
            Self::Document(_) => MediaKind::Document,
            Self::Audio(_) => MediaKind::Audio,
            Self::Sticker(_) => MediaKind::Sticker,
        }
    }

    /// The file.
    #[must_use]
    pub const fn source(&self) -> &MediaSource {
        match self {
            Self::Image(captioned) | Self::Video(captioned) => &captioned.source,
            Self::Document(file) => &file.source,
            Self::Audio(audio) => &audio.source,
            Self::Sticker(source) => source,
        }
    }

    /// The words under it.
    #[must_use]
    pub fn caption(&self) -> Option<&str> {
        match self {
            Self::Image(captioned) | Self::Video(captioned) => captioned.caption.as_ref(),
            Self::Document(file) => file.caption.as_ref(),
            Self::Audio(_) | Self::Sticker(_) => None,
        }
        .map(Limited::as_str)
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        match self {
            Self::Document(file) => file.name.as_ref().map(Limited::as_str),
            Self::Image(_) | Self::Video(_) | Self::Audio(_) | Self::Sticker(_) => None,
        }
    }
}

impl Header {
    /// A line of text.
    ///
    /// # Errors
    /// Refuses text that is empty or longer than 60 characters.
    pub fn text(raw: &str) -> Result<Self, ContentError> {
        Edge::part("header", raw).map(Self::Text)
    }

    /// The line, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            Self::Image(_) | Self::Video(_) | Self::Document(..) => None,
        }
    }

    /// The file, when it is one.
    #[must_use]
    pub const fn source(&self) -> Option<&MediaSource> {
        match self {
            Self::Text(_) => None,
            Self::Image(source) | Self::Video(source) | Self::Document(source, _) => Some(source),
        }
    }
}

/// How a header with a file is stored.
#[derive(Serialize, Deserialize)]
enum StoredHeader {
    #[serde(rename = "i")]
    Image(MediaSource),
    #[serde(rename = "v")]
    Video(MediaSource),
    #[serde(rename = "d")]
    Document(File),
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Image(source) => StoredHeader::Image(source.clone()).serialize(serializer),
            Self::Video(source) => StoredHeader::Video(source.clone()).serialize(serializer),
            Self::Document(source, name) => {
                StoredHeader::Document(File { source: source.clone(), caption: None, name: name.clone() }).serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Header;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a line of text or a file")
            }

            fn visit_str<E: de::Error>(self, raw: &str) -> Result<Header, E> {
                Edge::new(raw).map(Header::Text).map_err(|problem: Problem| E::custom(problem))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Header, A::Error> {
                let stored = StoredHeader::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(match stored {
                    StoredHeader::Image(source) => Header::Image(source),
                    StoredHeader::Video(source) => Header::Video(source),
                    StoredHeader::Document(file) => Header::Document(file.source, file.name),
                })
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id;

    fn reads_back(header: &Header) -> String {
        let json = serde_json::to_string(header).unwrap();
        assert_eq!(&serde_json::from_str::<Header>(&json).unwrap(), header);
        json
    }

    #[test]
    fn a_header_of_text_is_a_string_and_one_of_a_file_a_map() {
        assert_eq!(reads_back(&Header::text("Book").unwrap()), r#""Book""#);
        let link = MediaSource::Link(Link::new("https://cdn.example.in/0.jpg").unwrap());
        assert_eq!(reads_back(&Header::Image(link.clone())), r#"{"i":{"l":"https://cdn.example.in/0.jpg"}}"#);
        let stored = MediaSource::Stored(id::derived(&[b"m"]));
        reads_back(&Header::Video(stored.clone()));
        reads_back(&Header::Document(stored, Some(FileName::new("quote.pdf").unwrap())));
        assert!(serde_json::from_str::<Header>(&format!("{:?}", "x".repeat(61))).is_err());
        assert!(serde_json::from_str::<Header>("7").is_err());
    }

    #[test]
    fn media_are_stored_compactly() {
        let source = MediaSource::Link(Link::new("https://cdn.example.in/v.ogg").unwrap());
        let voice = OutboundMedia::Audio(Audio { source: source.clone(), voice: true });
        let json = serde_json::to_string(&voice).unwrap();
        assert_eq!(json, r#"{"a":{"s":{"l":"https://cdn.example.in/v.ogg"},"v":true}}"#);
        assert_eq!(serde_json::from_str::<OutboundMedia>(&json).unwrap(), voice);
        assert_eq!((voice.kind().name(), voice.caption(), voice.source()), ("audio", None, &source));
    }
}
