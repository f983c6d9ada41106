//! A mean that is fed sample by sample.
//!
//! Two numbers survive from one resume to the next. Unlike the hand-written enums of the chapter
//! there is only one place to go on from, so there is no position to remember. What happens in a
//! resume depends on what is sent in.

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
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
            None => Complete((self.count > 0).then(|| self.mean())),
        }
    }
}
