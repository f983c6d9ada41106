//! A mean that is fed sample by sample.

use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    // What has to survive from one resume to the next?
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self {}
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        todo!("yield the mean for a sample, complete for None")
    }
}
