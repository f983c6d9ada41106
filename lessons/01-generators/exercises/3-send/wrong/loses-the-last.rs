//! Wrong: keeps the newest sample aside, and adds it when the next one comes.
//! Caught by: `the_result_is_the_mean_of_all_samples`
//! Because: no next one comes after the last. The means on the way are right, and the result lacks one sample.
//! Says: 1, 2 and 9 were sent, and the result is Some(1.5) instead of Some(4.0)

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct RunningMean {
    sum: f64,
    count: u32,
    newest: Option<f64>,
}

impl RunningMean {
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0, newest: None }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                if let Some(before) = self.newest.replace(sample) {
                    self.sum += before;
                    self.count += 1;
                }
                Yielded((self.sum + sample) / f64::from(self.count + 1))
            }
            None if self.count == 0 => Complete(self.newest),
            None => Complete(Some(self.sum / f64::from(self.count))),
        }
    }
}
