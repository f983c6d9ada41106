//! Wrong: adds up in whole numbers.
//! Caught by: `a_sample_may_be_a_fraction_or_below_zero`
//! Because: `as i64` cuts off what stands behind the point of every sample, and says nothing.
//! Says: the means were [-1.0, -0.5, 0.3333333333333333]

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: i64,
    count: i64,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0, count: 0 }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        if let Some(sample) = input {
            self.sum += sample as i64;
            self.count += 1;
            return Yielded(self.sum as f64 / self.count as f64);
        }
        match self.count {
            0 => Complete(None),
            count => Complete(Some(self.sum as f64 / count as f64)),
        }
    }
}
