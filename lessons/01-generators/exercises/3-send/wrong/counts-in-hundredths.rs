//! Wrong: adds up whole hundredths, as one does with money.
//! Caught by: `all_digits_of_a_sample_count`
//! Because: a thermometer may be more exact than that. What is smaller than a hundredth is lost
//!   from every sample.
//! Says: and the means were [0.33,

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: i64,
    count: u32,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0, count: 0 }
    }

    fn mean(&self) -> f64 {
        self.sum as f64 / 100.0 / f64::from(self.count)
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                self.sum += (sample * 100.0).round() as i64;
                self.count += 1;
                Yielded(self.mean())
            }
            None => Complete((self.count > 0).then(|| self.mean())),
        }
    }
}
