//! What the platform asked of us, kept for assertions: `GET /sent`.

use std::collections::VecDeque;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sync::lock;

const MAX_REQUESTS: usize = 5_000;

struct Request {
    at: Timestamp,
    method: String,
    path: String,
    body: Value,
}

/// The last requests of the platform, oldest first.
#[derive(Default)]
pub(crate) struct Recorded {
    requests: Mutex<VecDeque<Request>>,
}

impl Recorded {
    /// Keeps one request; the oldest goes once there are too many.
    pub(crate) fn add(&self, at: Timestamp, method: &str, path: &str, body: Value) {
        let mut requests = lock(&self.requests);
        if requests.len() == MAX_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(Request { at, method: method.to_owned(), path: path.to_owned(), body });
    }

    /// The requests made at `since` or later.
    pub(crate) fn list(&self, since: Option<Timestamp>) -> Vec<Value> {
        lock(&self.requests)
            .iter()
            .filter(|request| since.is_none_or(|since| request.at >= since))
            .map(|request| json!({ "at": request.at.to_string(), "method": request.method, "path": request.path, "body": request.body }))
            .collect()
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        lock(&self.requests).clear();
    }
}

/// Reads `?since=`: RFC 3339 or milliseconds since 1970.
pub(crate) fn parse_since(text: &str) -> Option<Timestamp> {
    if let Ok(milliseconds) = text.parse::<i64>() {
        return Timestamp::from_millisecond(milliseconds).ok();
    }
    // A `+` of an offset that was not percent-encoded arrives as a space.
    text.replace(' ', "+").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_rfc_3339_or_milliseconds() {
        let expected = Timestamp::from_millisecond(1_793_500_000_123).unwrap();
        assert_eq!(parse_since("1793500000123"), Some(expected));
        assert_eq!(parse_since(&expected.to_string()), Some(expected));
        assert_eq!(parse_since("2026-10-31T17:23:20.123 05:30"), "2026-10-31T17:23:20.123+05:30".parse().ok());
        assert_eq!(parse_since("yesterday"), None);
    }

    #[test]
    fn the_oldest_request_goes_first() {
        let recorded = Recorded::default();
        for index in 0..=MAX_REQUESTS {
            let at = Timestamp::from_second(i64::try_from(index).unwrap()).unwrap();
            recorded.add(at, "POST", "/v24.0/1/messages", json!(index));
        }
        let kept = recorded.list(None);
        assert_eq!(kept.len(), MAX_REQUESTS);
        assert_eq!(kept[0]["body"], 1);
        assert_eq!(recorded.list(Timestamp::from_second(4_999).ok()).len(), 2);
    }
}
