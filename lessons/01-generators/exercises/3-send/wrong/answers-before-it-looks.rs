//! Wrong: yields the mean of the samples before this one, and adds this one afterwards.
//! Caught by: `the_newest_sample_counts_at_once`
//! Because: the answer belongs to the input before. The display lags behind by one sample.
//! Says: the mean after the 4 is 2 instead of 3

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct RunningMean {
    sum: f64,
    count: u32,
    mean: Option<f64>,
}

impl RunningMean {
    pub fn new() -> Self {
        Self { sum: 0.0, count: 0, mean: None }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        let Some(sample) = input else {
            return Complete(self.mean);
        };
        let answer = self.mean.unwrap_or(sample);
        self.sum += sample;
        self.count += 1;
        self.mean = Some(self.sum / f64::from(self.count));
        Yielded(answer)
    }
}
