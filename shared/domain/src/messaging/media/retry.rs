//! When a file that could not be fetched is tried again, and when it is given up. WhatsApp keeps what people send for seven days.

use super::{Reason, State};
use crate::time::{SignedDuration, Timestamp};

/// How long the provider keeps a file that came in.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Pauses between attempts, in minutes; the last one repeats. A partner blocks who is refused twenty times in an hour, so the first
/// hour has four attempts.
const PAUSES_MINUTES: [i64; 7] = [1, 5, 20, 60, 240, 720, 1_440];

/// Until when a file of a message of this time can be fetched.
#[must_use]
pub fn kept_until(received: Timestamp) -> Timestamp {
    received.checked_add(KEPT).unwrap_or(Timestamp::MAX)
}

/// What becomes of a file of a message of this time after one more failure, the `attempts`-th.
#[must_use]
pub fn after_failure(received: Timestamp, attempts: u32, reason: Reason, now: Timestamp) -> State {
    let until = kept_until(received);
    if now >= until {
        return State::Failed { attempts, reason: Reason::Expired, at: now };
    }
    match reason {
        // Another attempt would bring the same bytes.
        Reason::TooLarge | Reason::WrongContent | Reason::Expired | Reason::NeverArrived => State::Failed { attempts, reason, at: now },
        Reason::Unreachable | Reason::Busy | Reason::Gone | Reason::Altered | Reason::NumberBroken | Reason::Refused => {
            let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSES_MINUTES.len() - 1);
            let next = now.checked_add(SignedDuration::from_mins(PAUSES_MINUTES[place])).unwrap_or(Timestamp::MAX);
            // The last attempt comes just before the end, and finds out that there is nothing any more.
            State::Waiting { attempts, reason, next: next.min(until) }
        }
    }
}

/// Whether a person may ask for another attempt now.
#[must_use]
pub fn may_retry(received: Timestamp, state: Option<&State>, now: Timestamp) -> bool {
    let worth = match state {
        // Nothing is known of it yet: its task is on the way, and another one does no harm.
        None | Some(State::Waiting { .. }) => true,
        Some(State::Failed { reason, .. }) => !matches!(reason, Reason::TooLarge | Reason::Expired),
        Some(State::Stored { .. } | State::Expected { .. }) => false,
    };
    worth && now < kept_until(received)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_793_500_000;

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    #[test]
    fn a_file_is_tried_for_seven_days_and_then_given_up() {
        let (received, mut now, mut attempts) = (second(START), second(START), 0);
        let mut first_hour = 0;
        let given_up = loop {
            attempts += 1;
            first_hour += u32::from(now < second(START + 3_600));
            match after_failure(received, attempts, Reason::Unreachable, now) {
                State::Waiting { next, .. } => {
                    assert!(next > now);
                    now = next;
                }
                state @ (State::Expected { .. } | State::Stored { .. } | State::Failed { .. }) => break state,
            }
        };
        assert_eq!(given_up, State::Failed { attempts, reason: Reason::Expired, at: second(START + 7 * 86_400) });
        assert_eq!(first_hour, 4);
        assert!((10..20).contains(&attempts), "{attempts}");
    }

    #[test]
    fn what_would_fail_the_same_way_is_not_tried_again() {
        let state = after_failure(second(START), 1, Reason::TooLarge, second(START + 5));
        assert_eq!(state, State::Failed { attempts: 1, reason: Reason::TooLarge, at: second(START + 5) });
        assert!(!may_retry(second(START), Some(&state), second(START + 6)));
    }

    #[test]
    fn a_person_may_ask_again_while_whatsapp_has_it() {
        let refused = State::Waiting { attempts: 3, reason: Reason::Gone, next: second(START + 900) };
        assert!(may_retry(second(START), Some(&refused), second(START + 7 * 86_400 - 1)));
        assert!(!may_retry(second(START), Some(&refused), second(START + 7 * 86_400)));
        assert!(may_retry(second(START), None, second(START + 60)));
        assert!(!may_retry(second(START), Some(&State::Stored { at: second(START) }), second(START + 60)));
    }
}
