//! Right: no guard. The panic is caught, and goes on once the poll is measured.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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
    /// How much of the innermost poll that is going on was spent in watched polls within it.
    within: Cell<Duration>,
}

/// A future that is watched.
pub struct Watched<F> {
    watchdog: Watchdog,
    name: String,
    future: Pin<Box<F>>,
    polls: u64,
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
        let within = Cell::new(Duration::ZERO);
        Self { inner: Rc::new(Inner { limit, now: Box::new(now), report, within }) }
    }

    /// Watches `future`, under this name.
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        let (watchdog, name) = (self.clone(), name.to_owned());
        Watched { watchdog, name, future: Box::pin(future), polls: 0 }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.polls += 1;
        let inner = &this.watchdog.inner;
        let around = inner.within.replace(Duration::ZERO);
        let started = (inner.now)();
        // The time counts also if the poll panics.
        let polled = catch_unwind(AssertUnwindSafe(|| this.future.as_mut().poll(cx)));
        let total = (inner.now)() - started;
        let own = total - inner.within.get();
        inner.within.set(around + total);
        if own > inner.limit {
            let slow = SlowPoll { task: this.name.clone(), took: own, nth: this.polls };
            (inner.report.borrow_mut())(slow);
        }
        polled.unwrap_or_else(|panic| resume_unwind(panic))
    }
}
