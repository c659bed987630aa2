//! When a number has been silent for longer than is normal for it.
//!
//! Each number has its own normal: the hours of the week in which it was heard in the last weeks. An hour in which it was always heard
//! and now is not weighs one; an hour in which it never is, like those of the night, weighs nothing. When the hours that have passed
//! since it was last heard weigh four together, the silence is no longer normal. A number of which a week is not known yet is not
//! judged, except that one that was never heard at all is told of after a day.

use serde::{Deserialize, Serialize};

use crate::time::{SignedDuration, Timestamp, hour};

/// The hours of a week.
const WEEK: i64 = 168;
/// The hours of a day.
const DAY: i64 = 24;
/// How many weeks back an hour of the week is compared with itself.
const WEEKS_BACK: i64 = 4;
/// How many days back it is compared with the same hour of other days.
const DAYS_BACK: i64 = 7;
/// What an hour weighs in which the number was always heard.
const SURE: u32 = 256;
/// What passed hours weigh together when a silence is no longer normal: four sure hours.
const ALARMING: u32 = 4 * SURE;
/// How far ahead a silence is foreseen, in hours. What would not be strange even after two weeks never is.
const HORIZON: i64 = 14 * DAY;
/// How long a new number may be silent before that is told.
const NEVER_HEARD: SignedDuration = SignedDuration::from_hours(24);

/// In which hours a number was heard: a byte for each hour of the week, whose lowest bit is the newest week's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Profile {
    /// The hour of the first hearing.
    since: i64,
    /// The week of the lowest bits.
    week: i64,
    heard: [u8; 168],
}

/// How a profile is stored: short, for it is written once an hour.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(rename = "s")]
    since: i64,
    #[serde(rename = "w")]
    week: i64,
    #[serde(rename = "h")]
    heard: String,
}

/// Why a stored profile does not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no profile of 168 hours")]
pub struct ProfileError;

impl TryFrom<Written> for Profile {
    type Error = ProfileError;
    fn try_from(written: Written) -> Result<Self, ProfileError> {
        let mut heard = [0; 168];
        hex::decode_to_slice(&written.heard, &mut heard).map_err(|_| ProfileError)?;
        Ok(Self { since: written.since, week: written.week, heard })
    }
}

impl From<Profile> for Written {
    fn from(profile: Profile) -> Self {
        Self { since: profile.since, week: profile.week, heard: hex::encode(profile.heard) }
    }
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hours: u32 = self.heard.iter().map(|bits| bits.count_ones()).sum();
        write!(formatter, "Profile({hours} hours in eight weeks)")
    }
}

/// What a look at a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// All is normal; look again then, unless something is heard meanwhile.
    Fine {
        /// When a silence that lasts would no longer be normal.
        next: Timestamp,
    },
    /// It is silent for longer than its normal.
    Silent,
    /// So little is ever heard of it that no silence is strange; there is nothing to wait for.
    Unpredictable,
}

impl Profile {
    fn begin(at: i64) -> Self {
        Self { since: at, week: at.div_euclid(WEEK), heard: [0; 168] }
    }

    /// Enters that the number was heard in this hour.
    fn hear(&mut self, at: i64) {
        let week = at.div_euclid(WEEK);
        let ahead = week - self.week;
        if ahead > 0 {
            let shift = u32::try_from(ahead).unwrap_or(u32::MAX);
            for bits in &mut self.heard {
                *bits = bits.checked_shl(shift).unwrap_or(0);
            }
            self.week = week;
        }
        if let (Some(bits), Some(bit)) = (self.heard.get_mut(slot(at)), bit(self.week - week)) {
            *bits |= bit;
        }
        self.since = self.since.min(at);
    }

    fn was_heard(&self, at: i64) -> bool {
        let bits = self.heard.get(slot(at)).copied().unwrap_or(0);
        bit(self.week - at.div_euclid(WEEK)).is_some_and(|bit| bits & bit != 0)
    }

    /// What the hour `at` weighs when nothing is heard in it: how often it was heard in the same hour of earlier weeks, and of earlier
    /// days, whichever is less. Hours that are still to come, and those before the first hearing, say nothing; the hour under way says
    /// something once the number was heard in it.
    fn weight(&self, at: i64, now: i64) -> u32 {
        let share = |step: i64, back: i64| {
            let known =
                (1..=back).map(|count| at - step * count).filter(|hour| *hour >= self.since && (*hour < now || self.was_heard(*hour)));
            let (heard, known) = known.fold((0, 0), |(heard, known), hour| (heard + u32::from(self.was_heard(hour)), known + 1));
            (heard * SURE).checked_div(known).unwrap_or(0)
        };
        share(WEEK, WEEKS_BACK).min(share(DAY, DAYS_BACK))
    }

    /// The hour at whose begin a silence that began after `last` is no longer normal.
    fn alarming_at(&self, last: i64, now: i64) -> Option<i64> {
        let mut weight = 0;
        (last + 1..=last + HORIZON).find_map(|hour| {
            weight += self.weight(hour, now);
            (weight >= ALARMING).then_some(hour + 1)
        })
    }
}

fn slot(at: i64) -> usize {
    usize::try_from(at.rem_euclid(WEEK)).unwrap_or(0)
}

/// The bit of a week so many weeks before the newest; `None` when it is too long ago, or to come.
fn bit(weeks_ago: i64) -> Option<u8> {
    u32::try_from(weeks_ago).ok().and_then(|shift| 1_u8.checked_shl(shift))
}

fn begin_of(hour: i64) -> Timestamp {
    Timestamp::from_second(hour.saturating_mul(3600)).unwrap_or(Timestamp::MAX)
}

/// Why a number is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quiet {
    /// A day after it was connected nothing has been heard of it.
    #[serde(rename = "n")]
    Never,
    /// It is silent for longer than its normal.
    #[serde(rename = "l")]
    Long,
}

/// That a number was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The look that found it.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// Why.
    #[serde(rename = "q")]
    pub quiet: Quiet,
}

/// What is known of a number's hearing. Written once an hour while something is heard, and with each look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// The number.
    pub id: super::NumberId,
    /// When it was connected.
    #[serde(rename = "c")]
    pub connected: Timestamp,
    /// When it was last heard, to the hour; exactly right after a check.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub last_heard: Option<Timestamp>,
    /// Its normal.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// When the next look is due; no look is due while nothing could be found.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub next_look: Option<Timestamp>,
    /// That it was told of, until it is heard again.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<Alarm>,
    /// When a check last asked for a sign of life.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Timestamp>,
}

impl Pulse {
    /// That of a number that has just been connected: it is looked at after a day.
    #[must_use]
    pub fn of_new(id: super::NumberId, now: Timestamp) -> Self {
        let next_look = now.checked_add(NEVER_HEARD).ok();
        Self { id, connected: now, last_heard: None, profile: None, next_look, alarm: None, asked: None }
    }

    /// Enters that the number was heard: the alarm is over, and a look is due when a silence from now on would be strange. A look that is
    /// due already stays: it finds that something was heard.
    #[must_use]
    pub fn heard(mut self, now: Timestamp) -> Self {
        let mut profile = self.profile.take().unwrap_or_else(|| Profile::begin(hour(now)));
        profile.hear(hour(now));
        self.last_heard = self.last_heard.max(Some(now));
        self.profile = Some(profile);
        self.alarm = None;
        if self.next_look.is_none_or(|due| due <= now) {
            self.next_look = match self.look(now) {
                Look::Fine { next } => Some(next),
                Look::Silent | Look::Unpredictable => None,
            };
        }
        self
    }

    /// Looks at the number.
    #[must_use]
    pub fn look(&self, now: Timestamp) -> Look {
        let (Some(last), Some(profile)) = (self.last_heard, &self.profile) else {
            let due = self.connected.checked_add(NEVER_HEARD).unwrap_or(Timestamp::MAX);
            return if due <= now { Look::Silent } else { Look::Fine { next: due } };
        };
        let judged_from = profile.since + WEEK;
        if hour(now) < judged_from {
            return Look::Fine { next: begin_of(judged_from) };
        }
        match profile.alarming_at(hour(last), hour(now)).map(begin_of) {
            Some(at) if at <= now => Look::Silent,
            Some(next) => Look::Fine { next },
            None => Look::Unpredictable,
        }
    }

    /// Enters what the look that was due at `due` found: the next look, or that the number is told of.
    #[must_use]
    pub fn looked(mut self, due: Timestamp, found: Look) -> Self {
        self.next_look = None;
        match found {
            Look::Fine { next } => self.next_look = Some(next),
            Look::Silent => {
                let quiet = if self.last_heard.is_some() { Quiet::Long } else { Quiet::Never };
                self.alarm = Some(Alarm { at: due, quiet });
            }
            Look::Unpredictable => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tenant::NumberId;

    /// A Monday, 00:00 UTC.
    const MONDAY: i64 = 2_949 * WEEK + 4 * DAY;

    fn at(hour: i64) -> Timestamp {
        // In the middle of the hour.
        Timestamp::from_second(hour * 3600 + 1800).unwrap()
    }

    fn pulse() -> Pulse {
        Pulse::of_new(NumberId::new("1").unwrap(), at(MONDAY))
    }

    /// A number heard in these hours of these weeks.
    fn heard(weeks: i64, open: impl Fn(i64, i64) -> bool) -> Pulse {
        let hours = (0..weeks * WEEK).filter(|hour| open(hour.rem_euclid(WEEK) / DAY, hour.rem_euclid(DAY)));
        hours.fold(pulse(), |pulse, hour| pulse.heard(at(MONDAY + hour)))
    }

    /// Monday to Saturday, nine to six.
    fn shop(day: i64, hour: i64) -> bool {
        day < 6 && (9..18).contains(&hour)
    }

    /// The first hour after its last hearing in which a look finds the number silent.
    fn found_silent(pulse: &Pulse) -> Option<i64> {
        let last = hour(pulse.last_heard.unwrap());
        (last..last + 30 * DAY).find(|hour| pulse.look(at(*hour)) == Look::Silent).map(|hour| hour - last)
    }

    #[test]
    fn a_new_number_that_is_never_heard_is_told_of_after_a_day() {
        let pulse = pulse();
        let due = pulse.next_look.unwrap();
        assert_eq!(due, at(MONDAY + DAY));
        assert_eq!(pulse.look(at(MONDAY + DAY - 1)), Look::Fine { next: due });
        let told = pulse.clone().looked(due, pulse.look(due));
        assert_eq!((told.alarm.map(|alarm| alarm.quiet), told.next_look), (Some(Quiet::Never), None));
        let heard = told.heard(at(MONDAY + 50));
        assert_eq!(heard.alarm, None);
        assert!(heard.next_look.is_some(), "from now on it is watched");
    }

    #[test]
    fn a_number_that_never_sleeps_is_missed_after_four_hours() {
        assert_eq!(found_silent(&heard(4, |_, _| true)), Some(5), "four whole hours have passed in silence");
    }

    #[test]
    fn a_closed_shop_is_not_missed_at_night_nor_on_its_day_off() {
        // Last heard on Saturday at 17: the nights and Sunday weigh nothing. Because of Sunday an hour of Monday is not quite sure, so it
        // takes five of them: it is missed on Monday at 14.
        assert_eq!(found_silent(&heard(4, shop)), Some(7 + DAY + 14));
    }

    #[test]
    fn a_shop_that_opens_is_missed_on_the_same_day() {
        let friday = heard(4, shop);
        // The next week it is heard until Wednesday at noon, and not any more.
        let stopped = (0..3 * DAY).filter(|hour| shop(hour / DAY, hour % DAY) && *hour <= 2 * DAY + 12);
        let stopped = stopped.fold(friday, |pulse, hour| pulse.heard(at(MONDAY + 4 * WEEK + hour)));
        // From 13 to 18, five hours that are not quite sure.
        assert_eq!(found_silent(&stopped), Some(6));
    }

    #[test]
    fn in_its_first_week_nothing_is_strange() {
        let young = (0..3 * DAY).fold(pulse(), |pulse, hour| pulse.heard(at(MONDAY + hour)));
        assert_eq!(young.look(at(MONDAY + 6 * DAY)), Look::Fine { next: begin_of(MONDAY + WEEK) });
        let half_sure = Look::Fine { next: begin_of(MONDAY + WEEK + 10) };
        assert_eq!(young.look(at(MONDAY + WEEK)), half_sure, "three days of seven make an hour weigh less than half");
    }

    #[test]
    fn who_is_seldom_heard_is_never_missed() {
        let seldom = [0, 3 * DAY + 7, 9 * DAY, 16 * DAY + 3].iter().fold(pulse(), |pulse, hour| pulse.heard(at(MONDAY + hour)));
        assert_eq!(found_silent(&seldom), None);
        assert_eq!(seldom.look(at(MONDAY + 20 * DAY)), Look::Unpredictable);
    }

    #[test]
    fn an_alarm_ends_with_the_next_hearing_and_begins_the_watch_anew() {
        let busy = heard(4, |_, _| true);
        let due = at(MONDAY + 4 * WEEK + 6);
        let told = busy.clone().looked(due, busy.look(due));
        assert_eq!(told.alarm, Some(Alarm { at: due, quiet: Quiet::Long }));
        let back = told.heard(at(MONDAY + 4 * WEEK + 9));
        assert_eq!((back.alarm, back.next_look.is_some()), (None, true));
    }

    proptest! {
        /// A look never finds a number silent before four hours have passed, and what is foreseen is what is found.
        #[test]
        fn nobody_is_missed_too_early_and_what_is_foreseen_is_found(hours in proptest::collection::btree_set(0i64..6 * WEEK, 1..400)) {
            let pulse = hours.iter().fold(pulse(), |pulse, hour| pulse.heard(at(MONDAY + hour)));
            let last = hour(pulse.last_heard.unwrap());
            if let Some(after) = found_silent(&pulse) {
                prop_assert!(after >= 5);
            }
            if let Look::Fine { next } = pulse.look(at(last)) {
                prop_assert!(next > at(last));
                if hour(next) > pulse.profile.as_ref().unwrap().since + WEEK {
                    prop_assert_ne!(pulse.look(at(hour(next) - 1)), Look::Silent);
                }
            }
        }

        /// Hearing in any order and any number of times gives the same profile.
        #[test]
        fn order_and_repetition_do_not_matter(hours in proptest::collection::vec(0i64..3 * WEEK, 1..60)) {
            let mut sorted = hours.clone();
            sorted.sort_unstable();
            let profile = |hours: &[i64]| {
                let first = hours.iter().min().copied().unwrap();
                let mut profile = Profile::begin(MONDAY + first);
                for hour in hours {
                    profile.hear(MONDAY + hour);
                }
                profile
            };
            let twice: Vec<i64> = hours.iter().chain(&hours).copied().collect();
            prop_assert_eq!(profile(&twice), profile(&sorted));
        }

        #[test]
        fn profiles_survive_writing(hours in proptest::collection::vec(0i64..9 * WEEK, 1..60)) {
            let pulse = hours.iter().fold(pulse(), |pulse, hour| pulse.heard(at(MONDAY + hour)));
            let written = serde_json::to_string(&pulse).unwrap();
            prop_assert!(written.len() < 700, "a row of one unit");
            prop_assert_eq!(serde_json::from_str::<Pulse>(&written).unwrap(), pulse);
        }
    }
}
