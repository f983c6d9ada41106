//! Wrong: looks only at whether there is a sample, and never adds it.
//! Caught by: `the_first_sample_is_its_own_mean`
//! Because: what is sent in is dropped. The coroutine counts the samples, and their sum stays 0.
//! Says: the first sample sent is 8, and the mean that came back is 0

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct RunningMean {
    sum: f64,
    count: u32,
}

impl RunningMean {
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0 }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        if input.is_some() {
            self.count += 1;
            return Yielded(self.sum / f64::from(self.count));
        }
        if self.count == 0 {
            return Complete(None);
        }
        Complete(Some(self.sum / f64::from(self.count)))
    }
}
