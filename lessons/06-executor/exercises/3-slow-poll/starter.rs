//! A watchdog that names the task which kept the thread for too long.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

/// One poll that took too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlowPoll {
    /// The name of the future that was polled.
    pub task: String,
    /// The poll's own time: without the time of watched polls within it.
    pub took: Duration,
    /// Which poll of this future it was: 1 is the first.
    pub nth: u64,
}

/// Measures the polls of those whom it watches. A clone is the same watchdog.
#[derive(Clone)]
pub struct Watchdog {
    inner: Rc<Inner>,
}

struct Inner {
    limit: Duration,
    /// The time that has passed since some fixed moment.
    now: Box<dyn Fn() -> Duration>,
    report: RefCell<Box<dyn FnMut(SlowPoll)>>,
}

/// A future that is watched.
pub struct Watched<F> {
    watchdog: Watchdog,
    name: String,
    future: Pin<Box<F>>,
}

impl Watchdog {
    /// Makes a watchdog that reads the time from `now`, and calls `report` for each poll whose own
    /// time is longer than `limit`.
    pub fn new(
        limit: Duration,
        now: impl Fn() -> Duration + 'static,
        report: impl FnMut(SlowPoll) + 'static,
    ) -> Self {
        let report = RefCell::new(Box::new(report) as Box<dyn FnMut(SlowPoll)>);
        Self { inner: Rc::new(Inner { limit, now: Box::new(now), report }) }
    }

    /// Watches `future`, under this name.
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched { watchdog: self.clone(), name: name.to_owned(), future: Box::pin(future) }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        todo!("poll the future, and report the poll if its own time was longer than the limit")
    }
}
