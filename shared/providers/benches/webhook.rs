//! How long it takes to check and read a webhook, printed for each kind of body: `cargo bench -p providers`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark looks at the clock and prints")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use providers::{
    signature::verify_meta,
    whatsapp::inbound::{self, Event},
};

const SECRET: &str = "s3cret";
/// For how long each body is read again and again.
const MEASURED: Duration = Duration::from_millis(1_500);

/// A webhook of so many changes, each with one text of so many characters, as Meta packs them.
fn texts(changes: usize, length: usize) -> Vec<u8> {
    let change = |place: usize| {
        let text = "x".repeat(length);
        format!(
            r#"{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"918047000123","phone_number_id":"210000000000009"}},"contacts":[{{"profile":{{"name":"\u0906\u0936\u093e"}},"wa_id":"919876500001","user_id":"IN.4410293847561"}}],"messages":[{{"from":"919876500001","from_user_id":"IN.4410293847561","id":"wamid.HBgMOTE5ODc2NTAwMDAxFQIAEhgg{place}","timestamp":"1793500000","type":"text","text":{{"body":"{text}"}}}}]}}}}"#
        )
    };
    let changes: Vec<String> = (0..changes).map(change).collect();
    format!(r#"{{"object":"whatsapp_business_account","entry":[{{"id":"310000000000001","changes":[{}]}}]}}"#, changes.join(","))
        .into_bytes()
}

fn read(body: &[u8], signature: &str) -> usize {
    let webhook = inbound::read(verify_meta(black_box(body), Some(signature), SECRET).unwrap()).unwrap();
    let messages = webhook.parts.iter().flat_map(|part| &part.events).filter(|event| matches!(event, Event::Message(_)));
    messages.count()
}

fn measure(name: &str, body: &[u8]) {
    let signature = providers::signature::sign_meta(body, SECRET).unwrap();
    let messages = read(body, &signature);
    let (start, mut rounds) = (Instant::now(), 0_u32);
    while start.elapsed() < MEASURED {
        black_box(read(body, &signature));
        rounds += 1;
    }
    let each = start.elapsed() / rounds;
    let per_message = each / u32::try_from(messages.max(1)).unwrap();
    println!("{name:<34} {:>9} bytes {each:>12.2?} a body {per_message:>12.2?} a message", body.len());
}

fn main() {
    measure("one text", &texts(1, 40));
    measure("a thousand changes", &texts(1_000, 40));
    measure("3 MB of long texts", &texts(800, 3_300));
    measure("3 MB in one text", &texts(1, 3_000_000));
}
