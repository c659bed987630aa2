//! What WhatsApp takes from a business, by kind (Cloud API: media, supported types), said so that a person knows what to do instead.

use super::Mime;
use crate::messaging::inbound::MediaKind;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
/// The largest file there is, in either direction.
pub const LARGEST: u64 = 100 * MIB;
/// The largest sticker that does not move.
pub(super) const STILL_STICKER_MAX: u64 = 100 * KIB;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("is empty; choose another file")]
    Empty,
    /// It has more bytes than WhatsApp takes.
    #[error("has {} and WhatsApp takes at most {} here; make it smaller", megabytes(*.size), megabytes(*.max))]
    TooLarge {
        /// The kind.
        kind: MediaKind,
        /// The limit, in bytes.
        max: u64,
        /// The size, in bytes.
        size: u64,
    },
    /// WhatsApp does not take its type.
    #[error("is {found}; WhatsApp takes {} here", .allowed.join(", "))]
    Type {
        /// The kind.
        kind: MediaKind,
        /// What it is.
        found: String,
        /// What would be taken.
        allowed: &'static [&'static str],
    },
    /// Its content is not of its type, or of a variety that WhatsApp does not take.
    #[error("{0}")]
    Content(&'static str),
}

/// The types WhatsApp takes as this kind.
#[must_use]
pub const fn types(kind: MediaKind) -> &'static [&'static str] {
    match kind {
        MediaKind::Image => &["image/jpeg", "image/png"],
        MediaKind::Audio => &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        MediaKind::Video => &["video/mp4", "video/3gpp"],
        MediaKind::Sticker => &["image/webp"],
        MediaKind::Document => &[
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ],
    }
}

/// How many bytes WhatsApp takes at most.
#[must_use]
pub const fn largest(kind: MediaKind) -> u64 {
    match kind {
        MediaKind::Image => 5 * MIB,
        MediaKind::Audio | MediaKind::Video => 16 * MIB,
        MediaKind::Document => LARGEST,
        MediaKind::Sticker => 500 * KIB,
    }
}

/// Whether WhatsApp takes a file of this type and size as this kind.
///
/// # Errors
/// Says what is wrong and what to do.
pub fn accept(kind: MediaKind, mime: &Mime, size: u64) -> Result<(), Refusal> {
    let allowed = types(kind);
    if !allowed.contains(&mime.essence()) {
        return Err(Refusal::Type { kind, found: mime.essence().to_owned(), allowed });
    }
    if mime.essence() == "audio/ogg" && mime.parameter("codecs").is_some_and(|codecs| !codecs.eq_ignore_ascii_case("opus")) {
        return Err(Refusal::Content("is Ogg without Opus; WhatsApp takes Ogg with the Opus codec only, so record or convert it again"));
    }
    match size {
        0 => Err(Refusal::Empty),
        size if size > largest(kind) => Err(Refusal::TooLarge { kind, max: largest(kind), size }),
        _ => Ok(()),
    }
}

/// A size as people say it, rounded up so that what is too large never looks as if it fits.
fn megabytes(bytes: u64) -> String {
    if bytes < MIB {
        return format!("{} KB", bytes.div_ceil(KIB));
    }
    let tenths = (bytes * 10).div_ceil(MIB);
    if tenths.is_multiple_of(10) { format!("{} MB", tenths / 10) } else { format!("{}.{} MB", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mime(raw: &str) -> Mime {
        Mime::new(raw).unwrap()
    }

    #[test]
    fn limits_are_those_of_the_cloud_api() {
        for (kind, raw, max) in [
            (MediaKind::Image, "image/jpeg", 5_242_880),
            (MediaKind::Audio, "audio/ogg; codecs=opus", 16_777_216),
            (MediaKind::Video, "video/3gpp", 16_777_216),
            (MediaKind::Document, "application/pdf", 104_857_600),
            (MediaKind::Sticker, "image/webp", 512_000),
        ] {
            assert_eq!(accept(kind, &mime(raw), max), Ok(()));
            assert_eq!(accept(kind, &mime(raw), max + 1), Err(Refusal::TooLarge { kind, max, size: max + 1 }));
            assert_eq!(accept(kind, &mime(raw), 0), Err(Refusal::Empty));
        }
    }

    #[test]
    fn a_refusal_says_what_would_be_taken() {
        let wrong = accept(MediaKind::Image, &mime("image/heic"), 10).unwrap_err();
        assert_eq!(wrong.to_string(), "is image/heic; WhatsApp takes image/jpeg, image/png here");
        let large = accept(MediaKind::Image, &mime("image/png"), 5_242_881).unwrap_err();
        assert_eq!(large.to_string(), "has 5.1 MB and WhatsApp takes at most 5 MB here; make it smaller");
        assert!(accept(MediaKind::Audio, &mime("audio/ogg; codecs=vorbis"), 10).is_err());
        assert!(accept(MediaKind::Document, &mime("text/html"), 10).is_err());
    }
}
