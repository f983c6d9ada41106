//! Right: keeps no sum, but moves the mean towards each sample, which rounds differently.

use std::cell::Cell;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    mean: Cell<Option<f64>>,
    share: Cell<f64>,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        Self { mean: Cell::new(None), share: Cell::new(1.0) }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        let Some(sample) = input else {
            return Complete(self.mean.take());
        };
        let share = self.share.get();
        let mean = self.mean.get().map_or(sample, |mean| mean * (1.0 - share) + sample * share);
        self.mean.set(Some(mean));
        self.share.set(1.0 / (1.0 / share + 1.0));
        Yielded(mean)
    }
}
