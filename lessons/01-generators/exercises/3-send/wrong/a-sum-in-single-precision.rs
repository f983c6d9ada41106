//! Wrong: adds up in an `f32`.
//! Caught by: `all_digits_of_a_sample_count`
//! Because: an `f32` has some 7 digits. `as f32` rounds every sample, and says nothing.
//! Says: and the means were [0.3333333432674408

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f32,
    count: u32,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0 }
    }

    fn mean(&self) -> f64 {
        f64::from(self.sum) / f64::from(self.count)
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                self.sum += sample as f32;
                self.count += 1;
                Yielded(self.mean())
            }
            None => Complete((self.count > 0).then(|| self.mean())),
        }
    }
}
