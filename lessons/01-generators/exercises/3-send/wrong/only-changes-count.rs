//! Wrong: leaves a sample out that is the same as the one before.
//! Caught by: `the_oldest_sample_counts_to_the_end`
//! Because: for a display it is no news, but for a mean it is: ten minutes at 10 degrees weigh more than one at 20.
//! Says: the mean of these 1000 samples is 15 instead of 12.5

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f64,
    count: u32,
    last: Option<f64>,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0, last: None }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        let Some(sample) = input else {
            return Complete((self.count > 0).then(|| self.sum / f64::from(self.count)));
        };
        if self.last != Some(sample) {
            self.sum += sample;
            self.count += 1;
            self.last = Some(sample);
        }
        Yielded(self.sum / f64::from(self.count))
    }
}
