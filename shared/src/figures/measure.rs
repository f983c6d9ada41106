//! Median and spread of repeated measurements.
//!
//! A single timing on a shared machine means little. Every figure of the course is the median of
//! several rounds, shown with the smallest and the largest, so that a reader sees how much to trust
//! it.

use std::fmt;
use std::time::{Duration, Instant};

/// What several rounds of one measurement gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    sorted: Vec<Duration>,
}

impl Sample {
    /// Builds a sample from durations that were measured elsewhere.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn new(mut rounds: Vec<Duration>) -> Self {
        assert!(!rounds.is_empty(), "a sample needs at least one round");
        rounds.sort_unstable();
        Self { sorted: rounds }
    }

    /// The middle duration; with an even number of rounds, the mean of the two in the middle.
    pub fn median(&self) -> Duration {
        let half = self.sorted.len() / 2;
        if self.sorted.len() % 2 == 1 {
            self.sorted[half]
        } else {
            (self.sorted[half - 1] + self.sorted[half]) / 2
        }
    }

    /// The shortest duration.
    pub fn min(&self) -> Duration {
        self.sorted[0]
    }

    /// The longest duration.
    pub fn max(&self) -> Duration {
        self.sorted[self.sorted.len() - 1]
    }

    /// How many rounds were measured.
    pub fn rounds(&self) -> usize {
        self.sorted.len()
    }

    /// The distance between the longest and the shortest duration, as a part of the median: 0.1
    /// means 10 %.
    ///
    /// Returns 0 for a median of zero.
    pub fn spread(&self) -> f64 {
        let median = self.median().as_secs_f64();
        if median == 0.0 { 0.0 } else { (self.max() - self.min()).as_secs_f64() / median }
    }

    /// How many times longer this takes than `other`, by their medians.
    ///
    /// Infinite if `other`'s median is zero and this one's is not.
    pub fn ratio_to(&self, other: &Sample) -> f64 {
        self.median().as_secs_f64() / other.median().as_secs_f64()
    }

    /// The sample of one repetition, where each round ran `repetitions` of them.
    ///
    /// # Panics
    ///
    /// If `repetitions` is 0.
    pub fn per(&self, repetitions: u32) -> Sample {
        Self { sorted: self.sorted.iter().map(|round| *round / repetitions).collect() }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2?} ({:.2?} to {:.2?})", self.median(), self.min(), self.max())
    }
}

/// Measures `work` once to warm up, which is not counted, and then `rounds` times.
///
/// Pass what `work` computes through [`std::hint::black_box`], or the compiler may find that nobody
/// needs it.
///
/// # Panics
///
/// If `rounds` is 0.
///
/// ```
/// let sample = shared::figures::measure::rounds(5, || {
///     std::hint::black_box((0..1_000u64).sum::<u64>());
/// });
/// assert_eq!(sample.rounds(), 5);
/// assert!(sample.min() <= sample.median() && sample.median() <= sample.max());
/// ```
pub fn rounds(rounds: usize, mut work: impl FnMut()) -> Sample {
    work();
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    Sample::new((0..rounds).map(|_| time(&mut work)).collect())
}

/// Measures two pieces of work in turn (one, other, one, other, …), so that a change in the
/// machine's speed hits both.
///
/// # Panics
///
/// If `rounds` is 0.
///
/// ```
/// let (short, long) = shared::figures::measure::in_turn(
///     3,
///     || { std::hint::black_box((0..10u64).sum::<u64>()); },
///     || { std::hint::black_box((0..10_000u64).fold(0, |a, b| a ^ b)); },
/// );
/// println!("the second takes {:.1} times as long", long.ratio_to(&short));
/// ```
pub fn in_turn(rounds: usize, mut one: impl FnMut(), mut other: impl FnMut()) -> (Sample, Sample) {
    one();
    other();
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let start = Instant::now();
        one();
        let between = Instant::now();
        other();
        ones.push(between - start);
        others.push(between.elapsed());
    }
    (Sample::new(ones), Sample::new(others))
}

/// How long this thread has been on a processor since it started: it stands still while the thread
/// sleeps.
///
/// `None` on systems other than Linux, and where Linux does not count it: std has no function for
/// it, and a lesson does not depend on a crate for one figure.
///
/// ```
/// use shared::figures::measure::thread_cpu_time;
///
/// if let (Some(before), Some(after)) = (thread_cpu_time(), thread_cpu_time()) {
///     assert!(before <= after);
/// }
/// ```
pub fn thread_cpu_time() -> Option<Duration> {
    // "The time spent on the cpu (in nanoseconds)", the first of three numbers: Linux,
    // sched-stats.rst.
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counted.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(values: &[u64]) -> Sample {
        Sample::new(values.iter().copied().map(Duration::from_millis).collect())
    }

    #[test]
    fn the_median_is_the_middle_and_not_the_mean() {
        assert_eq!(millis(&[1, 1_000, 2]).median(), Duration::from_millis(2));
        assert_eq!(millis(&[4, 2]).median(), Duration::from_millis(3));
    }

    #[test]
    fn the_spread_is_relative_to_the_median() {
        assert_eq!(millis(&[10, 9, 11]).spread(), 0.2);
        assert_eq!(millis(&[0, 0]).spread(), 0.0);
    }

    #[test]
    fn a_ratio_compares_medians() {
        assert_eq!(millis(&[40]).ratio_to(&millis(&[10])), 4.0);
    }

    #[test]
    fn repetitions_are_divided_out() {
        assert_eq!(millis(&[10, 20]).per(10), millis(&[1, 2]));
    }

    #[test]
    fn the_warm_up_is_not_counted() {
        let mut calls = 0;
        assert_eq!(rounds(4, || calls += 1).rounds(), 4);
        assert_eq!(calls, 5);
    }
}
