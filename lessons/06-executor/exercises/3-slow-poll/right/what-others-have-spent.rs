//! Right: the watchdog adds up the own time of all polls that are over. How much of it came in
//!   during a poll was not its own.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlowPoll {
    pub task: String,
    pub took: Duration,
    pub nth: u64,
}

struct Inner<N: ?Sized, R: ?Sized> {
    limit: Duration,
    accounted: Cell<Duration>,
    now: Box<N>,
    report: RefCell<Box<R>>,
}

#[derive(Clone)]
pub struct Watchdog(Rc<Inner<dyn Fn() -> Duration, dyn FnMut(SlowPoll)>>);

pub struct Watched<F> {
    watchdog: Watchdog,
    name: String,
    polls: Cell<u64>,
    future: Pin<Box<F>>,
}

struct OnDrop<W: FnMut()>(W);

impl<W: FnMut()> Drop for OnDrop<W> {
    fn drop(&mut self) {
        (self.0)();
    }
}

impl Watchdog {
    pub fn new(
        limit: Duration,
        now: impl Fn() -> Duration + 'static,
        report: impl FnMut(SlowPoll) + 'static,
    ) -> Self {
        Self(Rc::new(Inner {
            limit,
            accounted: Cell::new(Duration::ZERO),
            now: Box::new(now),
            report: RefCell::new(Box::new(report)),
        }))
    }

    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched {
            watchdog: self.clone(),
            name: name.into(),
            polls: Cell::new(0),
            future: Box::pin(future),
        }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.get_mut();
        let inner = &*this.watchdog.0;
        let (before, started) = (inner.accounted.get(), (inner.now)());
        let (name, nth) = (&this.name, this.polls.get() + 1);
        this.polls.set(nth);
        let _ends = OnDrop(|| {
            let others = inner.accounted.get() - before;
            let took = ((inner.now)() - started) - others;
            inner.accounted.set(inner.accounted.get() + took);
            if took > inner.limit {
                (inner.report.borrow_mut())(SlowPoll { task: name.clone(), took, nth });
            }
        });
        this.future.as_mut().poll(cx)
    }
}
