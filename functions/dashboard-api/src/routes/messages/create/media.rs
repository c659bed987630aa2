//! Files as the API takes them: one we keep, or a public address.

use serde::Deserialize;
use shared::domain::{
    id::MediaId,
    messaging::content::{
        Audio, Caption, Captioned, ContentError, Edge, File, FileName, Header, Link, MediaSource, OutboundContent, OutboundMedia, Problem,
    },
};
use utoipa::ToSchema;

/// A picture or film.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPicture {
    /// A file we keep.
    #[schema(value_type = Option<uuid::Uuid>)]
    media: Option<MediaId>,
    /// A public `https://` address, instead of a file we keep.
    #[schema(value_type = Option<String>, max_length = 2000)]
    link: Option<Link>,
    /// The words under it.
    #[schema(value_type = Option<String>, max_length = 1024)]
    caption: Option<Caption>,
}

/// A file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDocument {
    /// A file we keep.
    #[schema(value_type = Option<uuid::Uuid>)]
    media: Option<MediaId>,
    /// A public `https://` address, instead of a file we keep.
    #[schema(value_type = Option<String>, max_length = 2000)]
    link: Option<Link>,
    /// The words under it.
    #[schema(value_type = Option<String>, max_length = 1024)]
    caption: Option<Caption>,
    /// The name it is shown and saved under.
    #[schema(value_type = Option<String>, max_length = 240)]
    filename: Option<FileName>,
}

/// A sound file or a voice note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAudio {
    /// A file we keep.
    #[schema(value_type = Option<uuid::Uuid>)]
    media: Option<MediaId>,
    /// A public `https://` address, instead of a file we keep.
    #[schema(value_type = Option<String>, max_length = 2000)]
    link: Option<Link>,
    /// Whether it is a voice note.
    #[serde(default)]
    voice: bool,
}

/// A sticker.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSticker {
    /// A file we keep.
    #[schema(value_type = Option<uuid::Uuid>)]
    media: Option<MediaId>,
    /// A public `https://` address, instead of a file we keep.
    #[schema(value_type = Option<String>, max_length = 2000)]
    link: Option<Link>,
}

/// What stands above the text: exactly one of these.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewHeader {
    /// A line of text.
    #[schema(value_type = Option<String>, max_length = 60)]
    text: Option<Edge>,
    /// A picture.
    image: Option<NewSticker>,
    /// A film.
    video: Option<NewSticker>,
    /// A file; its caption is not shown here.
    document: Option<NewDocument>,
}

impl NewPicture {
    pub(super) fn image(self) -> Result<OutboundContent, ContentError> {
        self.captioned().map(|captioned| OutboundContent::Media(OutboundMedia::Image(captioned)))
    }

    pub(super) fn video(self) -> Result<OutboundContent, ContentError> {
        self.captioned().map(|captioned| OutboundContent::Media(OutboundMedia::Video(captioned)))
    }

    fn captioned(self) -> Result<Captioned, ContentError> {
        Ok(Captioned { source: source(self.media, self.link)?, caption: self.caption })
    }
}

impl NewDocument {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let file = File { source: source(self.media, self.link)?, caption: self.caption, name: self.filename };
        Ok(OutboundContent::Media(OutboundMedia::Document(file)))
    }
}

impl NewAudio {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        let audio = Audio { source: source(self.media, self.link)?, voice: self.voice };
        Ok(OutboundContent::Media(OutboundMedia::Audio(audio)))
    }
}

impl NewSticker {
    pub(super) fn content(self) -> Result<OutboundContent, ContentError> {
        self.source().map(|source| OutboundContent::Media(OutboundMedia::Sticker(source)))
    }

    fn source(self) -> Result<MediaSource, ContentError> {
        source(self.media, self.link)
    }
}

impl NewHeader {
    pub(super) fn header(self) -> Result<Header, ContentError> {
        let file = |file: NewSticker, name: &str| file.source().map_err(|error| error.within(name));
        match (self.text, self.image, self.video, self.document) {
            (Some(text), None, None, None) => Ok(Header::Text(text)),
            (None, Some(image), None, None) => file(image, "image").map(Header::Image),
            (None, None, Some(video), None) => file(video, "video").map(Header::Video),
            (None, None, None, Some(document)) => {
                let source = source(document.media, document.link).map_err(|error| error.within("document"))?;
                Ok(Header::Document(source, document.filename))
            }
            _ => Err(Problem::Shape("exactly one of text, image, video and document").at("header")),
        }
    }
}

fn source(media: Option<MediaId>, link: Option<Link>) -> Result<MediaSource, ContentError> {
    match (media, link) {
        (Some(media), None) => Ok(MediaSource::Stored(media)),
        (None, Some(link)) => Ok(MediaSource::Link(link)),
        (None, None) | (Some(_), Some(_)) => Err(Problem::Shape("a file we keep, or give a link instead; one of them").at("media")),
    }
}
