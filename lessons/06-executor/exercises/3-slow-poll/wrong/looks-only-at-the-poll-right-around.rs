//! Wrong: tells its time to the poll right around it, if that is one of the same watchdog.
//! Caught by: `a_future_of_another_watchdog_in_between_hides_nothing`
//! Because: a poll of another watchdog lies in between, and the time is told to nobody. The next one of the same watchdog further
//!   out is blamed for it.
//! Says: The own time of `outer` is 90ms

use std::cell::RefCell;
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

thread_local! {
    /// The polls that are going on: whose watchdog it is, and how much was spent in polls within.
    static GOING_ON: RefCell<Vec<(*const Inner, Duration)>> = const { RefCell::new(Vec::new()) };
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
        Self { inner: Rc::new(Inner { limit, now: Box::new(now), report }) }
    }

    /// Watches `future`, under this name.
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        let (watchdog, name) = (self.clone(), name.to_owned());
        Watched { watchdog, name, future: Box::pin(future), polls: 0 }
    }
}

/// A poll that is going on, from when it is made until it is dropped: then it is over, also in a panic.
struct Measured<'a> {
    watchdog: &'a Inner,
    task: &'a str,
    nth: u64,
    started: Duration,
}

impl<'a> Measured<'a> {
    fn start(watchdog: &'a Inner, task: &'a str, nth: u64) -> Self {
        GOING_ON.with_borrow_mut(|polls| polls.push((watchdog, Duration::ZERO)));
        Self { watchdog, task, nth, started: (watchdog.now)() }
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        let inner = self.watchdog;
        let total = (inner.now)() - self.started;
        let within = GOING_ON.with_borrow_mut(|polls| {
            let (_, within) = polls.pop().expect("this one is going on");
            // Only if it is one of ours: of others this watchdog knows nothing.
            if let Some((watchdog, within)) = polls.last_mut()
                && std::ptr::eq(*watchdog, inner)
            {
                *within += total;
            }
            within
        });
        let own = total - within;
        if own > inner.limit {
            let slow = SlowPoll { task: self.task.to_owned(), took: own, nth: self.nth };
            (inner.report.borrow_mut())(slow);
        }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.polls += 1;
        let _measured = Measured::start(&this.watchdog.inner, &this.name, this.polls);
        this.future.as_mut().poll(cx)
    }
}
