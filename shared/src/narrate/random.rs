//! Random numbers that are the same in every run.
//!
//! The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014). It is written out here, and not taken from a crate, because
//! transcripts depend on its exact sequence: a crate may change its algorithm in any release.

/// A seeded generator: the same seed gives the same sequence, on every machine, for ever.
///
/// Not for secrets.
///
/// ```
/// use shared::narrate::Random;
///
/// let mut a = Random::seeded(7);
/// let mut b = Random::seeded(7);
/// assert_eq!(a.next_u64(), b.next_u64());
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Creates a generator from a seed. Any seed is as good as any other.
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns the next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number from 0 up to, but not including, `bound`.
    ///
    /// # Panics
    ///
    /// If `bound` is 0: there is no such number.
    ///
    /// ```
    /// # use shared::narrate::Random;
    /// let mut random = Random::seeded(1);
    /// assert!((0..100).all(|_| random.below(6) < 6));
    /// ```
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "there is no number below 0");
        // The high half of a 128-bit product maps 64 random bits onto the range; its bias is below
        // bound / 2^64.
        ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// Puts the items into a random order (Fisher and Yates).
    ///
    /// ```
    /// # use shared::narrate::Random;
    /// let mut cards = [1, 2, 3, 4];
    /// Random::seeded(3).shuffle(&mut cards);
    /// cards.sort();
    /// assert_eq!(cards, [1, 2, 3, 4]);
    /// ```
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        // The reference values of the algorithm's C implementation for the seed 1234567.
        let mut random = Random::seeded(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let mut random = Random::seeded(0);
        let mut seen = [false; 6];
        (0..200).for_each(|_| seen[random.below(6) as usize] = true);
        assert_eq!(seen, [true; 6]);
    }

    #[test]
    fn a_shuffle_moves_things() {
        let mut items: Vec<u32> = (0..50).collect();
        Random::seeded(9).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
    }
}
