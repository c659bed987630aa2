//! How long a busy function waits before it asks for the next slots.
//!
//! Several functions send from one number. If each asked the moment it could, all but one would ask in vain, and each vain question is a
//! write. So each learns its turn: asked in vain, it comes later next time; served at once, a little earlier. They fall into a rhythm in
//! which nearly every question is answered, without knowing of each other.

use super::Form;

/// What one function has learnt about one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patience {
    pause_us: i64,
    form: Form,
    lead_us: i64,
}

/// How much earlier after a question that was answered at once: this part of a block's time.
const EARLIER: i64 = 16;
/// How much later after one in vain.
const LATER: i64 = 3;
/// The longest pause that is learnt: what takes longer than two seconds waits on its row.
const PAUSE_MAX_US: i64 = 120_000_000;

impl Patience {
    /// How long to wait before the next question, after the slots are used up.
    #[must_use]
    pub const fn pause_us(&self) -> i64 {
        self.pause_us
    }

    /// How the row probably is.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// What asking takes, as it took the last time, and as much again.
    #[must_use]
    pub const fn lead_us(&self) -> i64 {
        self.lead_us.saturating_mul(2)
    }

    /// A question was answered, at once or after it had been asked in vain.
    pub fn answered(&mut self, at_once: bool, form: Form, cost_us: i64, took_us: i64) {
        if at_once {
            self.pause_us = (self.pause_us - cost_us / EARLIER).max(0);
        }
        self.form = form;
        self.lead_us = took_us;
    }

    /// A question was in vain: nothing before `wait_us`. Answers how long to wait, part of it drawn by `random`.
    pub fn refused(&mut self, wait_us: i64, cost_us: i64, random: u32) -> i64 {
        self.pause_us = (self.pause_us + cost_us / LATER).min(PAUSE_MAX_US);
        self.form = Form::Busy;
        wait_us + cost_us * 3 / 10 * i64::from(random % 1_000) / 1_000
    }
}
