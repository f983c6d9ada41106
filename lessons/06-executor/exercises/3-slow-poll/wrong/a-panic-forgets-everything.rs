//! Wrong: empties its stack when a poll panics: whatever was being measured is void.
//! Caught by: `a_panic_leaves_nothing_behind`
//! Because: the polls around it go on if one of them catches the panic. They do not know any more what was within them.
//! Says: poll 1 of `outer` took 200ms

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
    frames: RefCell<Vec<Duration>>,
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
            inner: Rc::new(Inner { limit, now: Box::new(now), report, frames: RefCell::default() }),
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
        inner.frames.borrow_mut().push(Duration::ZERO);
        let started = (inner.now)();
        let poll = catch_unwind(AssertUnwindSafe(|| this.future.as_mut().poll(cx)));
        let total = (inner.now)() - started;
        let within = inner.frames.borrow_mut().pop().unwrap_or_default();
        if let Some(outer) = inner.frames.borrow_mut().last_mut() {
            *outer += total;
        }
        let took = total - within;
        if took > inner.limit {
            let slow = SlowPoll { task: this.name.clone(), took, nth: this.polls };
            (inner.report.borrow_mut())(slow);
        }
        poll.unwrap_or_else(|payload| {
            // Whatever was being measured is void.
            inner.frames.borrow_mut().clear();
            resume_unwind(payload)
        })
    }
}
