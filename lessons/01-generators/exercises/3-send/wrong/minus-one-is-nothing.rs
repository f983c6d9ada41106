//! Wrong: takes -1 for "there were no samples".
//! Caught by: `the_result_may_be_any_number`
//! Because: every number may be a mean. The type has a value that is not a number: `None`.
//! Says: the result is None instead of Some(-1.0)

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

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

    fn mean(&self) -> f64 {
        self.sum / f64::from(self.count)
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
                Yielded(self.mean())
            }
            None => {
                let mean = if self.count == 0 { -1.0 } else { self.mean() };
                Complete((mean != -1.0).then_some(mean))
            }
        }
    }
}
