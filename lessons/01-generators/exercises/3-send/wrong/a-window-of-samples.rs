//! Wrong: keeps the last sixty samples only.
//! Caught by: `the_oldest_sample_counts_to_the_end`
//! Because: it saves memory, and is another mean: the mean of the last minute. The sum and the
//!   count need less memory still.
//! Says: the mean of these 1000 samples is 20 instead of 12.5

use std::collections::VecDeque;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    samples: VecDeque<f64>,
}

/// More are not kept: a thermometer may run for years.
const KEPT: usize = 60;

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { samples: VecDeque::new() }
    }

    fn mean(&self) -> Option<f64> {
        if self.samples.is_empty() {
            return None;
        }
        Some(self.samples.iter().sum::<f64>() / self.samples.len() as f64)
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        let Some(sample) = input else {
            return Complete(self.mean());
        };
        if self.samples.len() == KEPT {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        Yielded(self.mean().expect("a sample was just put in"))
    }
}
