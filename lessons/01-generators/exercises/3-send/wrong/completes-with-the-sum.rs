//! Wrong: completes with the sum, which is at hand.
//! Caught by: `the_result_is_the_mean_of_all_samples`
//! Because: the means on the way are right, and the log gets something else.
//! Says: the result is Some(12.0) instead of Some(4.0)

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f64,
    count: u32,
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
        match input {
            Some(sample) => {
                self.sum += sample;
                self.count += 1;
                Yielded(self.sum / f64::from(self.count))
            }
            None => Complete((self.count > 0).then_some(self.sum)),
        }
    }
}
