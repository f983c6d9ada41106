//! Wrong: takes a mean of 0 for "this is the first sample".
//! Caught by: `a_mean_of_zero_is_a_mean`
//! Because: a mean may come to 0 on its way. The next sample then becomes the mean, and all before
//!   it are forgotten.
//! Says: the means were [-2.0, 0.0, 6.0] instead of [-2.0, 0.0, 2.0]

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    mean: f64,
    count: f64,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { mean: 0.0, count: 0.0 }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                self.count += 1.0;
                if self.mean == 0.0 {
                    // The first one.
                    self.mean = sample;
                } else {
                    self.mean += (sample - self.mean) / self.count;
                }
                Yielded(self.mean)
            }
            None if self.count == 0.0 => Complete(None),
            None => Complete(Some(self.mean)),
        }
    }
}
