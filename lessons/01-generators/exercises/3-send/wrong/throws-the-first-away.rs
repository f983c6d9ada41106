//! Wrong: takes the first resume for a start signal, as Python's `send(None)` is.
//! Caught by: `the_first_sample_is_its_own_mean`
//! Because: the first resume brings a sample already. It is lost, and every mean after it lacks it.
//! Says: the first sample sent is 8, and the mean that came back is 0

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct RunningMean {
    started: bool,
    sum: f64,
    count: u32,
}

impl RunningMean {
    pub fn new() -> Self {
        Self { started: false, sum: 0.0, count: 0 }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        let Some(sample) = input else {
            return Complete((self.count > 0).then(|| self.sum / f64::from(self.count)));
        };
        if !self.started {
            self.started = true;
            return Yielded(0.0);
        }
        self.sum += sample;
        self.count += 1;
        Yielded(self.sum / f64::from(self.count))
    }
}
