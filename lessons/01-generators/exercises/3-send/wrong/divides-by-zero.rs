//! Wrong: divides by the count without a look at it.
//! Caught by: `the_mean_of_nothing_is_none`
//! Because: 0 divided by 0 is not a number, and a float does not complain: `NaN` goes on into everything computed from it.
//! Says: nothing was sent, and the result is Some(NaN) instead of None

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
        match input {
            Some(sample) => {
                self.sum += sample;
                self.count += 1;
                Yielded(self.sum / f64::from(self.count))
            }
            None => Complete(Some(self.sum / f64::from(self.count))),
        }
    }
}
