//! Files as Meta wants them: by the id it gave them, or by their address.

use domain::{
    messaging::content::{Above, Header as OurHeader, MediaSource, OutboundMedia, Problem},
    ports::{SendError, UploadedMedia},
};
use serde::Serialize;

/// A file of a message.
#[derive(Serialize, Default)]
pub(super) struct Media<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<&'a str>,
    /// Left out for a sound file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    voice: bool,
}

/// What stands above the text of an interactive message.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Header<'a> {
    Text { text: &'a str },
    Image { image: Media<'a> },
    Video { video: Media<'a> },
    Document { document: Media<'a> },
}

impl<'a> Media<'a> {
    /// The same under a name.
    pub(super) fn named(self, filename: Option<&'a str>) -> Self {
        Self { filename, ..self }
    }
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn of<'a>(media: &'a OutboundMedia, uploaded: &'a UploadedMedia) -> Result<Media<'a>, SendError> {
    let voice = match media {
        OutboundMedia::Audio(audio) => audio.voice,
        OutboundMedia::Image(_) | OutboundMedia::Video(_) | OutboundMedia::Document(_) | OutboundMedia::Sticker(_) => false,
    };
    Ok(Media { caption: media.caption(), filename: media.file_name(), voice, ..source(media.source(), uploaded)? })
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn header<'a>(above: Option<Above<'a>>, uploaded: &'a UploadedMedia) -> Result<Option<Header<'a>>, SendError> {
    let header = match above {
        None => return Ok(None),
        Some(Above::Line(line)) => return Ok(Some(Header::Text { text: line.as_str() })),
        Some(Above::Header(header)) => header,
    };
    let written = match header {
        OurHeader::Text(text) => Header::Text { text: text.as_str() },
        OurHeader::Image(file) => Header::Image { image: source(file, uploaded)? },
        OurHeader::Video(file) => Header::Video { video: source(file, uploaded)? },
        OurHeader::Document(file, name) => {
            let filename = name.as_ref().map(domain::messaging::content::Limited::as_str);
            Header::Document { document: Media { filename, ..source(file, uploaded)? } }
        }
    };
    Ok(Some(written))
}

/// A file at this address, without more.
pub(super) fn at(link: &str) -> Media<'_> {
    Media { link: Some(link), ..Media::default() }
}

/// A file without more.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn source<'a>(source: &'a MediaSource, uploaded: &'a UploadedMedia) -> Result<Media<'a>, SendError> {
    match source {
        MediaSource::Link(link) => Ok(at(link.as_str())),
        MediaSource::Stored(id) => {
            let missing = || super::unsendable(&Problem::Missing("a file of it has not been uploaded to WhatsApp"));
            let id = uploaded.get(id).map(domain::text::Text::as_str).ok_or_else(missing)?;
            Ok(Media { id: Some(id), ..Media::default() })
        }
    }
}
