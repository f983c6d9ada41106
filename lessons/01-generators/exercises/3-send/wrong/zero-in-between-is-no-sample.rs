//! Wrong: leaves out a sample of 0 once there are others.
//! Caught by: `a_sample_of_zero_counts_wherever_it_comes`
//! Because: 0 is a temperature. A sensor that has nothing to say does not send.
//! Says: [4.0, 0.0, 2.0] were sent, and the means were [4.0, 4.0, 3.0]

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
            Some(0.0) if self.count > 0 => Yielded(self.mean()),
            Some(sample) => {
                self.sum += sample;
                self.count += 1;
                Yielded(self.mean())
            }
            None => Complete((self.count > 0).then(|| self.mean())),
        }
    }
}
