//! Times as the API shows them: no finer than they are kept, so that the same thing is shown alike before and after it was stored.

use shared::domain::time::Timestamp;

/// A time of the table, which keeps milliseconds.
pub fn milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// A time of a token, which keeps seconds: it must not be promised for longer.
pub fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_finer_is_cut_and_never_rounded_up() {
        let at: Timestamp = "2026-11-21T10:53:18.536953796Z".parse().unwrap();
        assert_eq!(milliseconds(at).to_string(), "2026-11-21T10:53:18.536Z");
        assert_eq!(seconds(at).to_string(), "2026-11-21T10:53:18Z");
    }
}
