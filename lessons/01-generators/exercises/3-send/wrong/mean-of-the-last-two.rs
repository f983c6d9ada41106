//! Wrong: keeps only the mean, and takes the middle between it and the new sample.
//! Caught by: `every_sample_weighs_the_same`
//! Because: right for two samples and wrong from the third on: the newest sample weighs as much as all before it together.
//! Says: the means were [2.0, 3.0, 6.0, 3.5] instead of [2.0, 3.0, 5.0, 4.0]

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct RunningMean {
    mean: Option<f64>,
}

impl RunningMean {
    pub fn new() -> Self {
        Self { mean: None }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                let mean = match self.mean {
                    Some(mean) => (mean + sample) / 2.0,
                    None => sample,
                };
                self.mean = Some(mean);
                Yielded(mean)
            }
            None => Complete(self.mean),
        }
    }
}
