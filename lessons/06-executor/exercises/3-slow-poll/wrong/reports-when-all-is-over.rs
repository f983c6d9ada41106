//! Wrong: collects the slow polls, and reports them at the end of the outermost one.
//! Caught by: `a_report_does_not_wait_for_the_polls_around`
//! Because: the report on a poll comes when others have had the thread for long, and never if one of these does not end.
//! Says: nothing had been reported yet

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
    within: Cell<Duration>,
    depth: Cell<u32>,
    found: RefCell<Vec<SlowPoll>>,
}

/// A future that is watched.
pub struct Watched<F> {
    watchdog: Watchdog,
    name: String,
    future: Pin<Box<F>>,
    polls: u64,
}

impl Watchdog {
    /// Makes a watchdog that reads the time from `now`, and calls `report` for each poll whose own time is longer than `limit`.
    pub fn new(
        limit: Duration,
        now: impl Fn() -> Duration + 'static,
        report: impl FnMut(SlowPoll) + 'static,
    ) -> Self {
        let report = RefCell::new(Box::new(report) as Box<dyn FnMut(SlowPoll)>);
        Self {
            inner: Rc::new(Inner {
                limit,
                now: Box::new(now),
                report,
                within: Cell::default(),
                depth: Cell::default(),
                found: RefCell::default(),
            }),
        }
    }

    /// Watches `future`, under this name.
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched {
            watchdog: self.clone(),
            name: name.to_owned(),
            future: Box::pin(future),
            polls: 0,
        }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.polls += 1;
        let inner = &*this.watchdog.inner;
        inner.depth.set(inner.depth.get() + 1);
        let _measure = Measure {
            inner,
            name: &this.name,
            nth: this.polls,
            started: (inner.now)(),
            outer_within: inner.within.replace(Duration::ZERO),
        };
        this.future.as_mut().poll(cx)
    }
}

/// Ends a poll, also when it panics.
struct Measure<'a> {
    inner: &'a Inner,
    name: &'a str,
    nth: u64,
    started: Duration,
    outer_within: Duration,
}

impl Drop for Measure<'_> {
    fn drop(&mut self) {
        let total = (self.inner.now)() - self.started;
        let took = total - self.inner.within.get();
        self.inner.within.set(self.outer_within + total);
        if took > self.inner.limit {
            let slow = SlowPoll { task: self.name.to_owned(), took, nth: self.nth };
            self.inner.found.borrow_mut().push(slow);
        }
        self.inner.depth.set(self.inner.depth.get() - 1);
        if self.inner.depth.get() == 0 {
            for slow in self.inner.found.take() {
                (self.inner.report.borrow_mut())(slow);
            }
        }
    }
}
