//! Wrong: takes a sum of 0 for "no samples".
//! Caught by: `a_mean_of_zero_is_a_mean`
//! Because: 0 degrees is a temperature. Only the count says whether there were samples.
//! Says: one sample was sent, 0, and the result is None instead of Some(0.0)

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
        if let Some(sample) = input {
            self.sum += sample;
            self.count += 1;
            return Yielded(self.sum / f64::from(self.count));
        }
        if self.sum == 0.0 {
            return Complete(None);
        }
        Complete(Some(self.sum / f64::from(self.count)))
    }
}
