//! Chance that comes from a seed and from what it is about, and from nothing else: leaving one message out of a script changes nothing
//! for the others, and so a failure can be made small.

/// The dice of one play.
#[derive(Clone, Copy, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The dice of this seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number that belongs to this and to the seed.
    #[must_use]
    pub fn draw(self, about: &str) -> u64 {
        // FNV-1a over what it is about, then the finaliser of SplitMix64, which spreads it over all bits.
        let hash = about.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15), |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number of this range, both ends included.
    #[must_use]
    pub fn within(self, about: &str, [from, to]: [u64; 2]) -> u64 {
        from + self.draw(about) % (to.saturating_sub(from) + 1)
    }

    /// Whether it happens, in so many of a hundred cases.
    #[must_use]
    pub fn percent(self, about: &str, percent: u32) -> bool {
        self.draw(about) % 100 < u64::from(percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_hits_as_often_as_asked() {
        let dice = Chance::seeded(7);
        assert_eq!(dice.draw("a"), Chance::seeded(7).draw("a"));
        assert_ne!(dice.draw("a"), Chance::seeded(8).draw("a"));
        assert_ne!(dice.draw("a"), dice.draw("b"));
        let hits = (0..10_000).filter(|place| dice.percent(&format!("try {place}"), 30)).count();
        assert!((2_700..3_300).contains(&hits), "{hits}");
        assert!((0..100).all(|place| (3..=5).contains(&dice.within(&format!("{place}"), [3, 5]))));
    }
}
