//! Right: a poll within moves the beginning of the one around it by as much as it took. The watched
//!   future is an async block.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlowPoll {
    pub task: String,
    pub took: Duration,
    pub nth: u64,
}

#[derive(Clone)]
pub struct Watchdog {
    limit: Duration,
    now: Rc<dyn Fn() -> Duration>,
    report: Rc<RefCell<dyn FnMut(SlowPoll)>>,
    /// When the innermost poll would have begun, if there had been no polls within it.
    began: Rc<Cell<Duration>>,
}

struct Going<'a>(&'a Watchdog, &'a str, u64, Duration, Duration);

impl Drop for Going<'_> {
    fn drop(&mut self) {
        let Self(watchdog, name, nth, around, begun) = self;
        let now = (watchdog.now)();
        let took = now - watchdog.began.replace(*around + (now - *begun));
        if took > watchdog.limit {
            let slow = SlowPoll { task: name.to_string(), took, nth: *nth };
            (watchdog.report.borrow_mut())(slow);
        }
    }
}

impl Watchdog {
    pub fn new(
        limit: Duration,
        now: impl Fn() -> Duration + 'static,
        report: impl FnMut(SlowPoll) + 'static,
    ) -> Self {
        let (now, report) = (Rc::new(now), Rc::new(RefCell::new(report)));
        Self { limit, now, report, began: Rc::default() }
    }

    pub fn watch<F: Future>(
        &self,
        name: &str,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        let (watchdog, name) = (self.clone(), name.to_owned());
        async move {
            let mut future = Box::pin(future);
            let mut nth = 0;
            poll_fn(|cx| {
                nth += 1;
                let begun = (watchdog.now)();
                let around = watchdog.began.replace(begun);
                let _going = Going(&watchdog, &name, nth, around, begun);
                future.as_mut().poll(cx)
            })
            .await
        }
    }
}
