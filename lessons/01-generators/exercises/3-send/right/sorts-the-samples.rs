//! Right: a boxed closure that keeps all samples, and adds up their shares from the smallest sample
//!   to the largest.

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState, FromFn, from_fn};

type Body = Box<dyn FnMut(Option<f64>) -> CoroutineState<f64, Option<f64>>>;

/// The mean of all samples so far.
///
/// A resume with `Some(sample)` yields the mean of all samples that were sent, this one included. A
/// resume with `None` completes with the mean of all samples, or with `None` if there was none.
pub struct RunningMean {
    body: FromFn<Body>,
}

impl RunningMean {
    /// A mean of no samples yet.
    pub fn new() -> Self {
        let mut samples: Vec<f64> = Vec::new();
        let body = move |input: Option<f64>| {
            samples.extend(input);
            samples.sort_by(f64::total_cmp);
            let count = samples.len() as f64;
            let mean = samples.iter().map(|sample| sample / count).sum();
            match input {
                Some(_) => Yielded(mean),
                None if samples.is_empty() => Complete(None),
                None => Complete(Some(mean)),
            }
        };
        Self { body: from_fn(Box::new(body)) }
    }
}

impl Coroutine<Option<f64>> for RunningMean {
    type Yield = f64;
    type Return = Option<f64>;

    fn resume(&mut self, input: Option<f64>) -> CoroutineState<f64, Option<f64>> {
        self.body.resume(input)
    }
}
