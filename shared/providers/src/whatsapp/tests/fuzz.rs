//! No bytes whatever make the reader or the signature check panic, and real webhooks that were damaged read as far as they can.

use proptest::{prelude::*, sample::Index};

use super::{SECRET, sign};
use crate::{
    signature::verify_meta,
    whatsapp::inbound::{Event, read},
};

/// Real webhooks, to be damaged.
fn samples() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/whatsapp/fixtures/inbound");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One way to damage bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, usize),
    Repeat(Index, usize),
    Insert(Index, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let tokens: &[&[u8]] = &[
        b"null",
        b"{}",
        b"[]",
        b"-1",
        b"1e999",
        b"\"\"",
        b"\"\\ud83d\"",
        b"true",
        b",",
        b"{\"a\":",
        b"99999999999999999999",
        b"\xff",
        b"[[[[[[",
    ];
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 1usize..40).prop_map(|(at, count)| Damage::Remove(at, count)),
        (any::<Index>(), 1usize..200).prop_map(|(at, count)| Damage::Repeat(at, count)),
        (any::<Index>(), proptest::sample::select(tokens.to_vec())).prop_map(|(at, token)| Damage::Insert(at, token.to_vec())),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    for one in damage {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match one {
            Damage::Flip(at, byte) => bytes[at.index(length)] ^= byte,
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Remove(at, count) => {
                let start = at.index(length);
                bytes.drain(start..(start + count).min(length));
            }
            Damage::Repeat(at, count) => {
                let start = at.index(length);
                let piece = bytes[start..(start + count).min(length)].to_vec();
                bytes.splice(start..start, piece);
            }
            Damage::Insert(at, token) => {
                let start = at.index(length);
                bytes.splice(start..start, token.iter().copied());
            }
        }
    }
    bytes
}

/// Reads signed bytes to the end: whatever is in them is turned into our words.
fn read_all(body: &[u8]) {
    let signature = sign(body);
    let Ok(webhook) = read(verify_meta(body, Some(&signature), SECRET).unwrap()) else {
        return;
    };
    for part in &webhook.parts {
        for event in &part.events {
            if let Event::Message(received) = event {
                let message = received.of(domain::id::derived(&[b"t"]), domain::tenant::NumberId::new("1").unwrap());
                // What goes on a queue comes off it the same.
                let json = serde_json::to_string(&message).unwrap();
                assert_eq!(serde_json::from_str::<domain::messaging::inbound::InboundMessage>(&json).unwrap(), message);
            }
            if let Event::News { body, .. } = event {
                let json = serde_json::to_string(body).unwrap();
                assert_eq!(&serde_json::from_str::<domain::messaging::event::EventBody>(&json).unwrap(), body.as_ref());
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(body in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_all(&body);
    }

    #[test]
    fn damaged_webhooks_are_refused_or_read(place in any::<Index>(), damage in proptest::collection::vec(damage(), 1..6)) {
        let samples = samples();
        read_all(&damaged(samples[place.index(samples.len())].clone(), &damage));
    }

    #[test]
    fn no_signature_but_the_right_one_is_accepted(body in proptest::collection::vec(any::<u8>(), 0..200), header in ".{0,90}") {
        let right = sign(&body);
        prop_assert!(verify_meta(&body, Some(&right), SECRET).is_ok());
        prop_assert!(header == right || verify_meta(&body, Some(&header), SECRET).is_err());
        prop_assert!(verify_meta(&body, None, SECRET).is_err());
        let mut other = body.clone();
        other.push(b' ');
        prop_assert!(verify_meta(&other, Some(&right), SECRET).is_err());
    }

    #[test]
    fn a_damaged_signature_is_refused(at in any::<Index>(), byte in 1u8..=127) {
        let mut header = sign(b"{}").into_bytes();
        let place = at.index(header.len());
        header[place] ^= byte;
        if let Ok(header) = String::from_utf8(header) {
            // Hex in capitals is the same signature; everything else is another.
            let same = header.eq_ignore_ascii_case(&sign(b"{}")) && header.starts_with("sha256=");
            prop_assert!(same || verify_meta(b"{}", Some(&header), SECRET).is_err(), "{}", header);
        }
    }
}
