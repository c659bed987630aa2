//! What holds for every kind of message.

use super::*;

#[test]
fn text_is_bounded_and_reads_back() {
    let hello = OutboundContent::text("नमस्ते 🙏").unwrap();
    let json = serde_json::to_string(&hello).unwrap();
    assert_eq!(json, r#"{"t":"नमस्ते 🙏"}"#);
    assert_eq!(serde_json::from_str::<OutboundContent>(&json).unwrap(), hello);
    assert_eq!(OutboundContent::text(" \n "), Err(Problem::Empty.at("text")));
    assert!(OutboundContent::text(&"x".repeat(4096)).is_ok());
    let long = OutboundContent::text(&"x".repeat(4097));
    assert_eq!(long, Err(Problem::TooLong { max: 4096, length: 4097 }.at("text")));
    assert_eq!(long.unwrap_err().to_string(), "text: must have at most 4096 characters, has 4097");
    assert!(serde_json::from_str::<OutboundContent>(r#"{"t":""}"#).is_err());
}

#[test]
fn a_preview_of_a_link_needs_a_link() {
    let shop = OutboundContent::preview_text("See https://example.in").unwrap();
    let json = serde_json::to_string(&shop).unwrap();
    assert_eq!(json, r#"{"tp":"See https://example.in"}"#);
    assert_eq!(serde_json::from_str::<OutboundContent>(&json).unwrap(), shop);
    assert!(OutboundContent::preview_text("See example.in").is_err());
    assert!(serde_json::from_str::<OutboundContent>(r#"{"tp":"no link"}"#).is_err());
}

#[test]
fn a_preview_is_one_short_line() {
    let long = OutboundContent::text(&format!("\n{}\nsecond", "ab ".repeat(60))).unwrap();
    let preview = long.preview();
    assert!(preview.chars().count() <= 80 && preview.ends_with('…') && !preview.contains('\n'), "{preview}");
    assert_eq!(OutboundContent::text("one\ntwo").unwrap().preview(), "one");
    assert_eq!(long.kind().name(), "text");
}
