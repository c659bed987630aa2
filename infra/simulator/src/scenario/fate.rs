//! What becomes of a webhook on its way: how late, how often, with which others.

use super::chance::Chance;
use super::data::Mix;
use crate::faults::Cargo;

const SECOND: u64 = 1_000_000;
/// Meta needs this long when nothing goes wrong, in microseconds.
const USUALLY: u64 = SECOND / 4;

/// The mixes of a scenario, with its dice.
pub(super) struct Fates<'a> {
    pub(super) mixes: &'a [Mix],
    pub(super) chance: Chance,
}

/// How often an attempt is counted as heard although it was answered, and so on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// It arrives, and Meta hears the answer.
    Arrives,
    /// It never arrives.
    Lost,
    /// It arrives, and Meta does not hear the answer.
    Unheard,
}

impl Fates<'_> {
    fn of(&self, cargo: Cargo, label: &str) -> impl Iterator<Item = (String, &Mix)> {
        let chance = self.chance;
        let label = label.to_owned();
        self.mixes.iter().enumerate().filter_map(move |(place, mix)| {
            let label = format!("{place} {label}");
            let meant = mix.only.is_none_or(|only| only == cargo) && chance.percent(&format!("{label} happens"), mix.percent);
            meant.then_some((label, mix))
        })
    }

    /// When each copy arrives, in microseconds from now; the first is the webhook itself.
    pub(super) fn arrivals(&self, cargo: Cargo, label: &str) -> Vec<u64> {
        let (mut late, mut copies, mut within) = (USUALLY, 1, 0);
        for (label, mix) in self.of(cargo, label) {
            // In tenths of a second, so that what was said in one second is shuffled too.
            let [from, to] = mix.delay_s;
            late += self.chance.within(&format!("{label} late"), [from * 10, to * 10]) * SECOND / 10;
            copies *= self.chance.within(&format!("{label} copies"), mix.copies).max(1);
            within = within.max(mix.copies_within_s);
        }
        let again = |copy| late + self.chance.within(&format!("{label} copy {copy}"), [0, within * 10]) * SECOND / 10;
        std::iter::once(late).chain((1..copies).map(again)).collect()
    }

    /// How many arrive as one, and how long they wait for each other, in microseconds.
    pub(super) fn batch(&self, cargo: Cargo, label: &str) -> (usize, u64) {
        let batches = self.of(cargo, label).filter(|(_, mix)| mix.batch > 1);
        let sizes = batches.map(|(label, mix)| {
            let size = self.chance.within(&format!("{label} batch"), [1, mix.batch]);
            (usize::try_from(size).unwrap_or(1), mix.batch_within_s * SECOND)
        });
        sizes.max().unwrap_or((1, 0))
    }

    /// Whether what Meta says at once comes one by one.
    pub(super) fn splits(&self, label: &str) -> bool {
        self.of(Cargo::Messages, label).any(|(_, mix)| mix.split)
    }

    /// What becomes of an attempt.
    pub(super) fn attempt(&self, cargo: Cargo, label: &str, attempt: u32) -> Attempt {
        for (label, mix) in self.of(cargo, label) {
            if self.chance.percent(&format!("{label} lost {attempt}"), mix.lost_percent) {
                return Attempt::Lost;
            }
            if self.chance.percent(&format!("{label} unheard {attempt}"), mix.unheard_percent) {
                return Attempt::Unheard;
            }
        }
        Attempt::Arrives
    }
}

/// How long Meta waits before the next attempt, in microseconds: it begins with seconds and ends with hours, and gives up after a
/// week; `None` when it does.
pub(super) fn pause(attempt: u32, waited: u64) -> Option<u64> {
    const PAUSES_S: [u64; 8] = [1, 15, 60, 300, 1_800, 7_200, 21_600, 43_200];
    const WEEK: u64 = 7 * 24 * 3_600 * SECOND;
    let place = usize::try_from(attempt).unwrap_or(usize::MAX).min(PAUSES_S.len() - 1);
    (waited < WEEK).then_some(PAUSES_S[place] * SECOND)
}
