//! Wrong: keeps the count in a `thread_local!`.
//! Caught by: `two_means_are_fed_side_by_side`
//! Because: all means of a thread share it, and each divides its own sum by the number of
//!   samples that all of them got.
//! Says: each has samples of its own

use std::cell::Cell;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A resume with `None`
/// completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    sum: f64,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        COUNT.set(0);
        Self { sum: 0.0 }
    }

    fn mean(&self) -> f64 {
        self.sum / f64::from(COUNT.get())
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        match input {
            Some(sample) => {
                self.sum += sample;
                COUNT.set(COUNT.get() + 1);
                Yielded(self.mean())
            }
            None => Complete((COUNT.get() > 0).then(|| self.mean())),
        }
    }
}
