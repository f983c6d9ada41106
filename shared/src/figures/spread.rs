//! A figure with its spread.

use super::measure::Sample;

/// A figure: the median of several rounds, with the smallest and the largest.
///
/// Times are in nanoseconds. Each number is kept to nine significant digits, so that what is
/// written as text is read back as the same number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    median: f64,
    min: f64,
    max: f64,
    rounds: usize,
}

impl Spread {
    /// The nanoseconds of one repetition, where each round of the sample ran `repetitions` of them.
    ///
    /// Unlike [`Sample::per`] it keeps fractions of a nanosecond.
    pub fn of(sample: &Sample, repetitions: u32) -> Self {
        let nanos =
            |duration: std::time::Duration| duration.as_secs_f64() * 1e9 / f64::from(repetitions);
        let (median, min, max) = (nanos(sample.median()), nanos(sample.min()), nanos(sample.max()));
        Self::new(median, min, max, sample.rounds())
    }

    /// A figure from what was computed elsewhere.
    pub fn new(median: f64, min: f64, max: f64, rounds: usize) -> Self {
        Self { median: rounded(median), min: rounded(min), max: rounded(max), rounds }
    }

    /// The figure that several rounds gave, in any unit.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn from_values(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "a figure needs at least one round");
        values.sort_by(f64::total_cmp);
        let (half, last) = (values.len() / 2, values.len() - 1);
        let median = match values.len() % 2 {
            1 => values[half],
            _ => f64::midpoint(values[half - 1], values[half]),
        };
        Self::new(median, values[0], values[last], values.len())
    }

    /// A figure without a spread: counted, or measured once.
    pub fn exactly(value: f64) -> Self {
        Self::new(value, value, value, 1)
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.median
    }

    /// The smallest.
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The largest.
    pub fn max(&self) -> f64 {
        self.max
    }

    /// How many rounds there were.
    pub fn rounds(&self) -> usize {
        self.rounds
    }
}

/// One repetition per round.
impl From<&Sample> for Spread {
    fn from(sample: &Sample) -> Self {
        Self::of(sample, 1)
    }
}

/// To nine significant digits. Every reader of decimal numbers reads so few without an error.
pub(super) fn rounded(number: f64) -> f64 {
    format!("{number:.8e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_repetition_may_take_less_than_a_nanosecond() {
        let sample = Sample::new([300, 100, 250].map(Duration::from_nanos).to_vec());
        assert_eq!(Spread::of(&sample, 1_000), Spread::new(0.25, 0.1, 0.3, 3));
        assert_eq!(Spread::from(&sample).max(), 300.0);
    }

    #[test]
    fn the_median_of_values_is_the_middle() {
        assert_eq!(Spread::from_values(vec![9.0, 1.0, 2.0]), Spread::new(2.0, 1.0, 9.0, 3));
        assert_eq!(Spread::from_values(vec![4.0, 1.0]).median(), 2.5);
    }

    #[test]
    fn numbers_are_kept_to_nine_digits() {
        assert_eq!(Spread::exactly(1.0 / 3.0).median(), 0.333_333_333);
        assert_eq!(Spread::exactly(123_456_789_012.0).median(), 123_456_789_000.0);
        assert!(Spread::exactly(f64::NAN).median().is_nan());
        assert_eq!(Spread::exactly(f64::INFINITY).median(), f64::INFINITY);
    }
}
