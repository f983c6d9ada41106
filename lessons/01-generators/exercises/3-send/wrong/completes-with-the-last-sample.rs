//! Wrong: completes with the last sample.
//! Caught by: `the_result_is_the_mean_of_all_samples`
//! Because: `None` brings no sample, and what was asked for is the mean of all that came before.
//! Says: the result is Some(9.0) instead of Some(4.0)

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
        match input {
            Some(sample) => {
                self.last = input;
                self.sum += sample;
                self.count += 1;
                Yielded(self.sum / f64::from(self.count))
            }
            None => Complete(self.last),
        }
    }
}
