//! What a file is by its first bytes, whatever its sender calls it. Only what a browser sends us is judged so strictly: what WhatsApp
//! hands over it has looked at itself.

use super::{Mime, Refusal, accept::STILL_STICKER_MAX};
use crate::messaging::inbound::MediaKind;

/// How many of the first bytes are needed.
pub const HEAD_BYTES: usize = 8 * 1024;

/// What compound files of old office programs begin with.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Where an Ogg page's first packet begins when the page has one segment, as the head of an Opus stream has.
const OPUS_HEAD: usize = 28;

/// Whether the first bytes of a file are those of its type, and of a variety that WhatsApp takes.
///
/// # Errors
/// Says what is wrong and what to do.
pub fn check(kind: MediaKind, mime: &Mime, head: &[u8], size: u64) -> Result<(), Refusal> {
    let found = infer::get(head).map(|found| found.mime_type());
    let is = |types: &[&str]| found.is_some_and(|found| types.contains(&found));
    let good = match mime.essence() {
        "image/jpeg" | "image/png" | "image/webp" | "application/pdf" | "audio/mpeg" | "audio/aac" | "audio/amr" => is(&[mime.essence()]),
        "audio/ogg" => is(&["audio/opus"]),
        "audio/mp4" => is(&["audio/m4a", "video/mp4"]),
        "video/mp4" => is(&["video/mp4", "video/x-m4v"]) || is_3gpp(head),
        "video/3gpp" => is_3gpp(head) || is(&["video/mp4"]),
        "text/plain" => found.is_none() && is_text(head),
        "application/msword" | "application/vnd.ms-excel" | "application/vnd.ms-powerpoint" => head.starts_with(&COMPOUND),
        // The first entries of the archive name the kind of document; where they come late, the archive has to do.
        essence if essence.starts_with("application/vnd.openxmlformats-officedocument.") => is(&[essence, "application/zip"]),
        _ => false,
    };
    if !good {
        return Err(Refusal::Content(
            "is not what its name says; open it, save it again in a type that WhatsApp takes, and choose that file",
        ));
    }
    variety(kind, mime, head, size)
}

fn variety(kind: MediaKind, mime: &Mime, head: &[u8], size: u64) -> Result<(), Refusal> {
    match mime.essence() {
        "image/png" if !is_plain_png(head) => {
            Err(Refusal::Content("is a PNG that is not 8-bit RGB or RGBA, and WhatsApp takes no other; save it as JPEG and choose that"))
        }
        "audio/ogg" if head.get(OPUS_HEAD + 9) != Some(&1) => {
            Err(Refusal::Content("has several channels, and WhatsApp takes Ogg with one only; record it in mono"))
        }
        "image/webp" if kind == MediaKind::Sticker && size > STILL_STICKER_MAX && !is_animated_webp(head) => {
            Err(Refusal::TooLarge { kind, max: STILL_STICKER_MAX, size })
        }
        _ => Ok(()),
    }
}

/// Eight bits a channel, red, green and blue, with or without transparency.
fn is_plain_png(head: &[u8]) -> bool {
    head.get(24) == Some(&8) && matches!(head.get(25), Some(2 | 6))
}

/// The extended form of the format has a flag for it.
fn is_animated_webp(head: &[u8]) -> bool {
    head.get(12..16) == Some(b"VP8X") && head.get(20).is_some_and(|flags| flags & 0b10 != 0)
}

fn is_3gpp(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp") && matches!(head.get(8..11), Some(b"3gp" | b"3g2"))
}

/// Text has no zero bytes and reads as UTF-8, up to a character that the end of the head cuts.
fn is_text(head: &[u8]) -> bool {
    let reads = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && head.len() >= HEAD_BYTES - 4,
    };
    reads && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(kind: MediaKind, mime: &str, head: &[u8]) -> Result<(), Refusal> {
        super::check(kind, &Mime::new(mime).unwrap(), head, u64::try_from(head.len()).unwrap())
    }

    fn png(depth: u8, colour: u8) -> Vec<u8> {
        let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec();
        head.extend([depth, colour, 0, 0, 0]);
        head
    }

    fn ogg(channels: u8) -> Vec<u8> {
        let mut head = b"OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01".to_vec();
        head.extend([channels, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
        head
    }

    #[test]
    fn what_is_not_its_type_is_refused() {
        assert_eq!(check(MediaKind::Image, "image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF"), Ok(()));
        assert!(check(MediaKind::Image, "image/jpeg", b"<html><script>").is_err());
        assert!(check(MediaKind::Image, "image/jpeg", &png(8, 2)).is_err());
        assert_eq!(check(MediaKind::Document, "application/pdf", b"%PDF-1.7\n"), Ok(()));
        assert!(check(MediaKind::Document, "application/pdf", b"MZ\x90\0").is_err());
        assert_eq!(check(MediaKind::Document, "text/plain", "बिल 45".as_bytes()), Ok(()));
        assert!(check(MediaKind::Document, "text/plain", b"\x7fELF\x02\x01\x01\0").is_err());
        assert!(check(MediaKind::Document, "text/plain", b"<!DOCTYPE html><script>").is_err());
        assert_eq!(check(MediaKind::Document, "application/msword", &[&COMPOUND[..], &[0; 600]].concat()), Ok(()));
        assert_eq!(check(MediaKind::Video, "video/3gpp", b"\0\0\0\x18ftyp3gp4\0\0\0\0"), Ok(()));
        assert_eq!(check(MediaKind::Video, "video/mp4", b"\0\0\0\x18ftypisom\0\0\0\0"), Ok(()));
        assert!(check(MediaKind::Video, "video/mp4", b"\0\0\0\x14ftypqt  \0\0\0\0").is_err());
    }

    #[test]
    fn varieties_that_whatsapp_does_not_take_are_refused() {
        assert_eq!(check(MediaKind::Image, "image/png", &png(8, 6)), Ok(()));
        assert!(check(MediaKind::Image, "image/png", &png(8, 3)).is_err(), "with a palette");
        assert!(check(MediaKind::Image, "image/png", &png(16, 2)).is_err(), "of sixteen bits");
        assert_eq!(check(MediaKind::Audio, "audio/ogg; codecs=opus", &ogg(1)), Ok(()));
        assert!(check(MediaKind::Audio, "audio/ogg; codecs=opus", &ogg(2)).is_err(), "in stereo");
        let sticker = |flags: u8, size| {
            let mut head = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
            head.push(flags);
            super::check(MediaKind::Sticker, &Mime::new("image/webp").unwrap(), &head, size)
        };
        assert_eq!(sticker(0, STILL_STICKER_MAX), Ok(()));
        assert!(sticker(0, STILL_STICKER_MAX + 1).is_err());
        assert_eq!(sticker(0b10, STILL_STICKER_MAX + 1), Ok(()));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(head in proptest::collection::vec(any::<u8>(), 0..200), place in 0usize..17) {
            let kinds = [MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Document, MediaKind::Sticker];
            let all: Vec<_> = kinds.into_iter().flat_map(|kind| super::super::accept::types(kind).iter().map(move |mime| (kind, *mime))).collect();
            let (kind, mime) = all[place % all.len()];
            let _ = check(kind, mime, &head);
        }
    }
}
