//! What the tests stand on: read `../check.rs` first.

use super::*;

/// The limit in all scenarios.
pub const LIMIT: Duration = Duration::from_millis(100);

pub const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// A watchdog, its clock, and what it has reported.
pub struct World {
    pub(super) clock: VirtualClock,
    pub(super) watchdog: Watchdog,
    pub(super) reports: Rc<RefCell<Vec<SlowPoll>>>,
}

pub type Steps = Vec<Box<dyn FnMut(&mut Context<'_>)>>;

impl World {
    pub(super) fn new() -> Self {
        // Not zero: no poll begins where the clock does.
        let clock = VirtualClock::new();
        clock.advance(ms(5000));
        let reports = Rc::new(RefCell::new(Vec::new()));
        let (reads, notes) = (clock.clone(), Rc::clone(&reports));
        let watchdog =
            Watchdog::new(LIMIT, move || reads.now(), move |slow| notes.borrow_mut().push(slow));
        Self { clock, watchdog, reports }
    }

    /// Keeps the thread for `time`.
    pub fn work(&self, time: Duration) -> Box<dyn FnMut(&mut Context<'_>)> {
        let clock = self.clock.clone();
        Box::new(move |_| clock.advance(time))
    }

    /// Polls `future`, as a part of another poll.
    pub fn polls<T>(
        &self,
        future: impl Future<Output = T> + 'static,
    ) -> Box<dyn FnMut(&mut Context<'_>)> {
        let mut future = Box::pin(future);
        Box::new(move |cx| drop(future.as_mut().poll(cx)))
    }

    /// A watched future whose one poll takes all these steps, and returns Ready.
    pub fn watched(&self, name: &str, steps: Steps) -> impl Future<Output = ()> + use<> {
        let mut steps = steps;
        let future = poll_fn(move |cx| {
            steps.iter_mut().for_each(|step| step(cx));
            Poll::Ready(())
        });
        self.watchdog.watch(name, future)
    }

    /// A watched future whose polls take these times. All but the last return Pending.
    pub fn busy(
        &self,
        name: &str,
        polls: &[Duration],
    ) -> impl Future<Output = &'static str> + use<> {
        let (clock, mut left) = (self.clock.clone(), Vec::from(polls).into_iter());
        let future = poll_fn(move |_| {
            clock.advance(left.next().expect("it is polled as often as the scenario says"));
            if left.len() == 0 { Poll::Ready("the value") } else { Poll::Pending }
        });
        self.watchdog.watch(name, future)
    }

    #[track_caller]
    pub(super) fn expect(&self, expected: &[(&str, Duration, u64)], what: &str) {
        let said = |list: &[SlowPoll]| {
            let each = list
                .iter()
                .map(|slow| format!("poll {} of `{}` took {:?}", slow.nth, slow.task, slow.took));
            let all = each.collect::<Vec<_>>().join(", ");
            if all.is_empty() { "nothing".to_owned() } else { all }
        };
        let slow = |&(task, took, nth): &(&str, Duration, u64)| SlowPoll {
            task: task.to_owned(),
            took,
            nth,
        };
        let expected: Vec<_> = expected.iter().map(slow).collect();
        let reported = self.reports.borrow();
        assert!(
            *reported == expected,
            "the limit is {LIMIT:?}. {what}. Reported: {}. Expected: {}",
            said(&reported),
            said(&expected)
        );
    }
}

/// Polls a future, and says in words what a panic in it was.
#[track_caller]
pub fn poll<F: Future + ?Sized>(future: &mut Pin<&mut F>, what: &str) -> Poll<F::Output> {
    match try_poll(future) {
        Ok(polled) => polled,
        Err(words) => panic!("{what}, and it panicked: {words}"),
    }
}

pub fn try_poll<F: Future + ?Sized>(future: &mut Pin<&mut F>) -> Result<Poll<F::Output>, String> {
    let mut cx = Context::from_waker(Waker::noop());
    catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx))).map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        text.unwrap_or("without words").to_owned()
    })
}

/// Panics without the usual message, because the panic belongs to the scenario.
pub fn breaks() -> Box<dyn FnMut(&mut Context<'_>)> {
    Box::new(|_| resume_unwind(Box::new("the task's own panic")))
}
