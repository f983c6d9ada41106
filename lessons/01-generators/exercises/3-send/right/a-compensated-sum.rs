//! Right: carries along what rounding takes away, and counts in an `f64`.

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f64,
    /// What rounding has taken from the sum so far.
    lost: f64,
    count: f64,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { sum: 0.0, lost: 0.0, count: 0.0 }
    }

    fn mean(&self) -> f64 {
        self.sum / self.count
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                let wanted = sample - self.lost;
                let sum = self.sum + wanted;
                self.lost = (sum - self.sum) - wanted;
                self.sum = sum;
                self.count += 1.0;
                Yielded(self.mean())
            }
            None => Complete((self.count > 0.0).then(|| self.mean())),
        }
    }
}
