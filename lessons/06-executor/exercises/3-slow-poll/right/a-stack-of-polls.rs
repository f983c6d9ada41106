//! Right: a stack of the polls that are going on. At every begin and end, the time that has passed
//!   goes to the one on top.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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

#[derive(Clone)]
pub struct Watchdog(Rc<Inner>);

struct Inner {
    limit: Duration,
    now: Box<dyn Fn() -> Duration>,
    report: RefCell<Box<dyn FnMut(SlowPoll)>>,
    stack: RefCell<Stack>,
}

#[derive(Default)]
struct Stack {
    own: Vec<Duration>,
    looked: Duration,
}

impl Stack {
    fn credit(&mut self, now: Duration) {
        if let Some(own) = self.own.last_mut() {
            *own += now - self.looked;
        }
        self.looked = now;
    }
}

pub struct Watched<F> {
    watchdog: Watchdog,
    name: String,
    future: Pin<Box<F>>,
    polls: u64,
}

impl Watchdog {
    pub fn new(
        limit: Duration,
        now: impl Fn() -> Duration + 'static,
        report: impl FnMut(SlowPoll) + 'static,
    ) -> Self {
        let (now, report) = (Box::new(now), RefCell::new(Box::new(report) as _));
        Self(Rc::new(Inner { limit, now, report, stack: RefCell::default() }))
    }

    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched { watchdog: self.clone(), name: name.into(), future: Box::pin(future), polls: 0 }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { watchdog: Watchdog(inner), name, future, polls } = &mut *self;
        *polls += 1;
        {
            let mut stack = inner.stack.borrow_mut();
            stack.credit((inner.now)());
            stack.own.push(Duration::ZERO);
        }
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        let took = {
            let mut stack = inner.stack.borrow_mut();
            stack.credit((inner.now)());
            stack.own.pop().expect("it was pushed before the poll")
        };
        if took > inner.limit {
            let slow = SlowPoll { task: name.clone(), took, nth: *polls };
            inner.report.borrow_mut()(slow);
        }
        polled.unwrap_or_else(|payload| resume_unwind(payload))
    }
}
