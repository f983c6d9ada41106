//! Wrong: counts the samples in a `u8`.
//! Caught by: `the_oldest_sample_counts_to_the_end`
//! Because: a thermometer that sends every second passes 255 after some four minutes. In a build for release the
//!   count would begin again at 0, without a word.
//! Says: attempt to add with overflow

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f64,
    count: u8,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0 }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        if let Some(sample) = input {
            self.sum += sample;
            self.count += 1;
            return Yielded(self.sum / f64::from(self.count));
        }
        if self.count == 0 {
            Complete(None)
        } else {
            Complete(Some(self.sum / f64::from(self.count)))
        }
    }
}
