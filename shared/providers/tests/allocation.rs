//! Reading a webhook takes memory in proportion to its body: four times as much at the very most, beside a fixed allowance for the
//! thousand updates one body may hold. Alone in its binary, because it counts what the whole process takes.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must stop")]

use peak_alloc::PeakAlloc;
use providers::{signature::verify_meta, whatsapp::inbound};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const SECRET: &str = "s3cret";
/// What a thousand updates may take however small they are.
const ALLOWANCE: usize = 512 * 1024;

/// The most that is taken at a time while a body is checked and read.
fn taken(body: &[u8]) -> usize {
    let signature = providers::signature::sign_meta(body, SECRET).unwrap();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let webhook = verify_meta(body, Some(&signature), SECRET).map(inbound::read);
    let peak = ALLOCATOR.peak_usage();
    drop(webhook);
    peak.saturating_sub(before)
}

fn messages(count: usize, one: &str) -> Vec<u8> {
    let list = vec![one; count].join(",");
    let value = format!(r#"{{"metadata":{{"phone_number_id":"2"}},"messages":[{list}]}}"#);
    format!(r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{value}}}]}}]}}"#)
        .into_bytes()
}

fn bodies() -> Vec<(String, Vec<u8>)> {
    let mut bodies = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/whatsapp/fixtures/inbound");
    for entry in std::fs::read_dir(folder).expect("no samples") {
        let path = entry.unwrap().path();
        bodies.push((path.display().to_string(), std::fs::read(&path).unwrap()));
    }
    let text = |body: &str| format!(r#"{{"from":"919876500001","id":"wamid.X","timestamp":"1","type":"text","text":{{"body":"{body}"}}}}"#);
    bodies.push(("a thousand texts".into(), messages(1_000, &text("Kya showroom aaj khula hai?"))));
    bodies.push(("a thousand long texts, 3 MB".into(), messages(1_000, &text(&"x".repeat(3_000)))));
    bodies.push(("a thousand texts in escapes".into(), messages(500, &text(&"\\ud83d\\ude42".repeat(400)))));
    bodies.push(("one text of 3 MB".into(), messages(1, &text(&"x".repeat(3_000_000)))));
    bodies.push(("a million messages that are none".into(), messages(1_000_000, "0")));
    bodies.push(("many fields".into(), messages(1, &format!("{{{}}}", vec![r#""a":0"#; 400_000].join(",")))));
    bodies.push(("deep".into(), messages(1, &format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000)))));
    bodies.push(("nothing but a quote".into(), [b"\"".to_vec(), vec![b'\\'; 2_000_000]].concat()));
    bodies
}

#[test]
fn reading_takes_at_most_four_times_the_body() {
    for (name, body) in bodies() {
        let taken = taken(&body);
        println!("{taken:>9} bytes for a body of {:>9}: {name}", body.len());
        assert!(taken <= 4 * body.len() + ALLOWANCE, "{name}: {taken} bytes for a body of {}", body.len());
    }
}
