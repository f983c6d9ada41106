//! A task can be ended from anywhere: its future is dropped by whoever polls it, and no abort and
//! no value is lost in any order.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    unused_mut,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};

use answer::{Aborted, abortable};
use shared::probe::explore::{block_on, bypass, every_order, note, noted, thread};
use shared::probe::{Bounded, Pollers, Scripted, WakerProbe, times};

/// What the answer takes its locks from. They can be stopped at every step, so that every order can
/// be tried.
use shared::probe::explore::sync;

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
fn check(scenario: fn()) {
    if let Some(path) = bypass(include_str!("answer.rs")) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    every_order(scenario);
}

fn poll<F: Future + ?Sized>(task: &mut Pin<&mut F>, probe: &WakerProbe) -> Poll<F::Output> {
    task.as_mut().poll(&mut Context::from_waker(&probe.waker()))
}

/// Runs what must not panic.
#[track_caller]
fn quietly<T>(what: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        if text.is_some_and(|text| text.starts_with("deadlock")) {
            // The explorer's own: it has better words for it.
            resume_unwind(payload);
        }
        panic!("{what}, and that panicked: {}", text.unwrap_or("without words"))
    })
}

#[test]
fn the_locks_are_those_of_the_check() {
    let Some(path) = bypass(include_str!("answer.rs")) else { return };
    assert!(
        path.contains("sync"),
        "the answer uses `{path}`. Nothing here has to start a thread, or to send one to sleep: `poll` and `abort` return at once"
    );
    panic!(
        "the answer uses `{path}`. Take it from `crate::sync` instead: this check has to stop your code between any two steps in \
         order to try every order, and it cannot stop what it does not see"
    );
}

#[test]
fn without_an_abort_nothing_changes() {
    check(|| {
        let (future, log) = Scripted::held("search", 2, 17);
        let (task, _handle) = abortable(future);
        let (mut task, probe) = (pin!(task), WakerProbe::new());
        for nth in [1, 2] {
            let polled = poll(&mut task, &probe);
            assert!(
                polled.is_pending(),
                "poll {nth} of the future returned Pending, and the task returned {polled:?}"
            );
            assert!(
                probe.wakes() == nth - 1,
                "the future waits, nobody aborts, and the task was woken: it is polled for nothing, again and again"
            );
            log.wake();
            assert!(
                probe.wakes() == nth,
                "the future called the waker of its context, and its task was not woken: it is polled with the same `cx`"
            );
        }
        let polled = poll(&mut task, &probe);
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future returned Ready with 17, and the task returned {polled:?}"
        );
        assert!(
            log.polls() == 3,
            "the task was polled 3 times, and the future {}",
            times(log.polls().into())
        );
    });
}

#[test]
fn an_abort_ends_a_task_that_waits() {
    check(|| {
        let (future, log) = Scripted::held("search", 9, 17);
        let (task, handle) = abortable(future);
        let (mut task, probe) = (pin!(task), WakerProbe::new());
        let _ = poll(&mut task, &probe);
        handle.abort();
        assert!(
            !log.is_dropped(),
            "`abort` dropped the future itself. It belongs to whoever polls the task: on another thread, it might be in the middle \
             of a poll, or own what must not leave its thread"
        );
        assert!(
            probe.wakes() > 0,
            "a task that waits was aborted, and nobody called its waker: it ends only if something else wakes it, and that may be \
             never"
        );
        let polled = poll(&mut task, &probe);
        assert!(
            log.polls() == 1,
            "the task was aborted after its first poll, and its future was polled {} in all: it is not wanted any more, and its next \
             step may be the one that must not happen",
            times(log.polls().into())
        );
        assert!(
            polled == Poll::Ready(Err(Aborted)),
            "the task was aborted, and its next poll returned {polled:?}: whoever awaits it has to learn that no value will come"
        );
        assert!(
            log.is_dropped(),
            "the task returned `Err(Aborted)`, and its future is still there: what it owns stays open for as long as somebody keeps \
             the task"
        );
    });
}

#[test]
fn a_task_aborted_before_its_first_poll_is_never_polled() {
    check(|| {
        let (future, log) = Scripted::new("search", 0, 17);
        let (task, handle) = abortable(future);
        handle.abort();
        let mut task = pin!(task);
        let polled = poll(&mut task, &WakerProbe::new());
        assert!(
            log.polls() == 0,
            "the task was aborted before it was polled for the first time, and its future was polled all the same"
        );
        assert!(
            polled == Poll::Ready(Err(Aborted)),
            "the task was aborted before it was polled for the first time, and its first poll returned {polled:?}"
        );
        assert!(
            log.is_dropped(),
            "the task returned `Err(Aborted)`, and its future is still there"
        );
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        for pollers in Pollers::orders() {
            let (task, handle) = abortable(pending::<u32>());
            let mut task = pin!(task);
            pollers.poll(|cx| task.as_mut().poll(cx));
            handle.abort();
            pollers.expect_last_woken("it was aborted");
        }
        // The same after a wake by the future: the task comes back, and has to be known again.
        for pollers in Pollers::orders() {
            let (future, log) = Scripted::held("search", 99, 17);
            let (task, handle) = abortable(future);
            let mut task = pin!(task);
            pollers.poll(|cx| task.as_mut().poll(cx));
            log.wake();
            pollers.expect_last_woken("the future called its waker");
            pollers.poll(|cx| task.as_mut().poll(cx));
            handle.abort();
            pollers.expect_last_woken(
                "the future called its waker, all polled once more, and then it was aborted",
            );
        }
    });
}

/// A future, and a place for the handle with which it aborts itself.
type Own<H> = Arc<Mutex<Option<H>>>;

/// Looks into a place of the scenario's. (The lock is std's: the explorer need not stop there.)
fn look<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().expect("nobody panics with this lock in hand")
}

#[test]
fn a_future_may_abort_itself() {
    check(|| {
        let place = Own::default();
        let (own, polls) = (Arc::clone(&place), Arc::new(Mutex::new(0)));
        let counts = Arc::clone(&polls);
        let (task, handle) = abortable(poll_fn(move |_| {
            *look(&counts) += 1;
            note("the future is being polled, and aborts its own task");
            let handle = look(&own).take();
            let abort = |handle: Box<dyn Fn() + Send>| handle();
            handle.into_iter().for_each(abort);
            Poll::<u32>::Pending
        }));
        *look(&place) = Some(Box::new(move || handle.abort()) as Box<dyn Fn() + Send>);
        let report = Bounded::new().polls(100).when_idle(|| false).run(task);
        assert!(
            report.value.is_some(),
            "a future called `abort` during its own poll and returned Pending. Its task: {report}. The abort came when this poll had \
             begun, so either this poll or a wake has to see to it"
        );
        assert!(
            report.value == Some(Err(Aborted)),
            "a future called `abort` during its own poll and returned Pending, and its task ended with {:?}",
            report.value
        );
        let polls = *look(&polls);
        assert!(
            polls == 1,
            "a future called `abort` during its first poll, and was polled {} in all",
            times(polls)
        );
    });
}

#[test]
fn a_value_that_is_ready_counts() {
    check(|| {
        let place = Own::default();
        let own = Arc::clone(&place);
        let (task, handle) = abortable(poll_fn(move |_| {
            note("the future is being polled, and aborts its own task");
            let handle = look(&own).take();
            let abort = |handle: Box<dyn Fn() + Send>| handle();
            handle.into_iter().for_each(abort);
            Poll::Ready(17)
        }));
        *look(&place) = Some(Box::new(move || handle.abort()) as Box<dyn Fn() + Send>);
        let polled = poll(&mut pin!(task), &WakerProbe::new());
        assert!(
            polled == Poll::Ready(Ok(17)),
            "an abort came during the poll that returned Ready with 17, and the task returned {polled:?}. The work is done, and the \
             value is there: it must not be thrown away"
        );
    });
}

/// Aborts when it is dropped.
#[derive(Default)]
struct AbortsInDrop(Own<Box<dyn Fn() + Send>>);

impl Drop for AbortsInDrop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // A second panic would end the process, and with it the words about the first.
            return;
        }
        note("the future is being dropped, and aborts");
        let abort = look(&self.0).take();
        abort.into_iter().for_each(|abort| abort());
    }
}

#[test]
fn a_future_may_abort_in_its_drop() {
    check(|| {
        let cleans_up = AbortsInDrop::default();
        let place = Arc::clone(&cleans_up.0);
        let (task, handle) = abortable(poll_fn(move |_| {
            let _ = &cleans_up;
            Poll::<u32>::Pending
        }));
        let (mut task, probe, other) = (pin!(task), WakerProbe::new(), handle.clone());
        *look(&place) = Some(Box::new(move || other.abort()));
        let _ = poll(&mut task, &probe);
        handle.abort();
        let polled = quietly("an aborted future calls `abort` when it is dropped", || {
            poll(&mut task, &probe)
        });
        assert!(
            polled == Poll::Ready(Err(Aborted)),
            "an aborted future calls `abort` once more when it is dropped, and the task returned {polled:?}"
        );
    });
}

/// A waker that aborts: when it is called, or when it is dropped.
struct Aborts {
    in_drop: bool,
    place: Own<Box<dyn Fn() + Send>>,
}

impl Aborts {
    fn abort(&self, when: &str) {
        let abort = look(&self.place).take();
        if let Some(abort) = abort {
            note(&format!("a waker is {when}, and aborts"));
            abort();
        }
    }
}

impl Wake for Aborts {
    fn wake(self: Arc<Self>) {
        if !self.in_drop {
            self.abort("called");
        }
    }
}

impl Drop for Aborts {
    fn drop(&mut self) {
        if self.in_drop && !std::thread::panicking() {
            self.abort("dropped");
        }
    }
}

#[test]
fn a_waker_may_abort_when_it_is_called() {
    check(|| {
        let (task, handle) = abortable(pending::<u32>());
        let (mut task, place, other) = (pin!(task), Own::default(), handle.clone());
        let waker = Waker::from(Arc::new(Aborts { in_drop: false, place: Arc::clone(&place) }));
        let _ = task.as_mut().poll(&mut Context::from_waker(&waker));
        *look(&place) = Some(Box::new(move || other.abort()) as Box<dyn Fn() + Send>);
        quietly("an abort called the task's waker, which aborts the task once more", || {
            handle.abort();
        });
        let polled = poll(&mut task, &WakerProbe::new());
        assert!(
            polled == Poll::Ready(Err(Aborted)),
            "an abort called the task's waker, which aborted the task once more, and the next poll returned {polled:?}"
        );
    });
}

#[test]
fn a_waker_may_abort_when_it_is_dropped() {
    check(|| {
        let (task, handle) = abortable(pending::<u32>());
        let (mut task, place, probe) = (pin!(task), Own::default(), WakerProbe::new());
        let waker = Waker::from(Arc::new(Aborts { in_drop: true, place: Arc::clone(&place) }));
        let _ = task.as_mut().poll(&mut Context::from_waker(&waker));
        drop(waker);
        *look(&place) = Some(Box::new(move || handle.abort()) as Box<dyn Fn() + Send>);
        let polled = quietly("a task's old waker aborts the task when it is dropped", || {
            poll(&mut task, &probe)
        });
        // A waker may be kept for longer than it is needed.
        if look(&place).is_some() {
            return;
        }
        assert!(
            polled == Poll::Ready(Err(Aborted)) || probe.wakes() > 0,
            "a task was polled with a second waker, and the drop of the first one aborted it. This poll returned {polled:?}, and the \
             second waker was not called: the task waits for ever"
        );
    });
}

#[test]
fn a_second_abort_does_nothing() {
    check(|| {
        let (future, log) = Scripted::held("search", 9, 17);
        let (task, handle) = abortable(future);
        let (mut task, probe) = (pin!(task), WakerProbe::new());
        let _ = poll(&mut task, &probe);
        quietly("a task was aborted twice", || {
            handle.abort();
            handle.abort();
        });
        let polled = poll(&mut task, &probe);
        assert!(
            polled == Poll::Ready(Err(Aborted)) && log.polls() == 1,
            "a task was aborted twice after its first poll. Its next poll returned {polled:?}, and its future was polled {}",
            times(log.polls().into())
        );
    });
}

#[test]
fn every_clone_aborts_the_same_task() {
    check(|| {
        for nth in 0..3 {
            let (future, log) = Scripted::held("search", 9, 17);
            let (task, handle) = abortable(future);
            let clone = handle.clone();
            let mut handles = vec![Some(handle), Some(clone.clone()), Some(clone)];
            let aborts = handles[nth].take().expect("there are three");
            // The others are alive at the abort, or gone.
            if nth != 1 {
                handles.clear();
            }
            let (mut task, probe) = (pin!(task), WakerProbe::new());
            let _ = poll(&mut task, &probe);
            aborts.abort();
            let wakes = probe.wakes();
            let polled = poll(&mut task, &probe);
            assert!(
                wakes > 0 && polled == Poll::Ready(Err(Aborted)),
                "a task was aborted by {}. It was woken {}, its next poll returned {polled:?}, and its future was polled {}",
                [
                    "the handle, after its clones were dropped",
                    "a clone of a clone of the handle, while the others were alive",
                    "a clone of the handle, after the others were dropped"
                ][nth],
                times(wakes),
                times(log.polls().into())
            );
        }
    });
}

#[test]
fn dropping_the_handles_aborts_nothing() {
    check(|| {
        let (future, log) = Scripted::held("search", 1, 17);
        let (task, handle) = abortable(future);
        let (mut task, probe) = (pin!(task), WakerProbe::new());
        let _ = poll(&mut task, &probe);
        drop(handle.clone());
        drop(handle);
        log.wake();
        let polled = poll(&mut task, &probe);
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the handles were dropped, and nobody called `abort`. The future returned Ready with 17, and the task {polled:?}"
        );
    });
}

#[test]
fn an_abort_after_the_end_does_nothing() {
    check(|| {
        let (task, handle) = abortable(async { 17 });
        {
            let mut task = pin!(task);
            let polled = poll(&mut task, &WakerProbe::new());
            assert!(
                polled == Poll::Ready(Ok(17)),
                "the future is ready with 17, and the task returned {polled:?}"
            );
            quietly("a task was aborted after it had returned its value", || handle.abort());
        }
        quietly("a task was aborted after it was over and dropped", || handle.abort());
        let (task, handle) = abortable(pending::<u32>());
        let _ = poll(&mut pin!(task), &WakerProbe::new());
        quietly("a task was aborted after it was dropped unfinished", || handle.abort());
    });
}

/// What is known of a future that another thread aborts. (Its locks are std's: the explorer need
/// not stop there.)
#[derive(Clone, Default)]
struct Facts {
    polls: Arc<Mutex<u64>>,
    /// On which thread it was dropped.
    dropped_on: Arc<Mutex<Option<thread::ThreadId>>>,
    /// Whether `abort` has been called and has returned.
    is_aborted: Arc<Mutex<bool>>,
}

struct Drops(Facts);

impl Drop for Drops {
    fn drop(&mut self) {
        note("the future is dropped");
        *look(&self.0.dropped_on) = Some(thread::current().id());
    }
}

impl Facts {
    /// The future: it returns `answer` at each poll.
    fn future(&self, answer: Poll<u32>) -> impl Future<Output = u32> + Send + use<> {
        let (facts, drops) = (self.clone(), Drops(self.clone()));
        let step = sync::atomic::AtomicBool::new(false);
        poll_fn(move |_| {
            let _ = &drops;
            *look(&facts.polls) += 1;
            note("the wrapped future is polled");
            // A step: here, too, another thread may have its turn.
            step.load(SeqCst);
            answer
        })
    }

    /// Has another thread abort the task.
    fn abort_elsewhere(&self, abort: impl FnOnce() + Send + 'static) {
        let is_aborted = Arc::clone(&self.is_aborted);
        thread::spawn(move || {
            note("`abort` begins");
            abort();
            note("`abort` has returned");
            *look(&is_aborted) = true;
        });
    }

    /// Runs the task, and sees to it that no poll that begins after the abort polls the future.
    fn run<T>(&self, task: impl Future<Output = T>) -> T {
        let mut task = pin!(task);
        block_on(poll_fn(|cx| {
            let (was_aborted, polls) = (*look(&self.is_aborted), *look(&self.polls));
            let polled = task.as_mut().poll(cx);
            assert!(
                !was_aborted || *look(&self.polls) == polls,
                "`abort` had returned when this poll began, and the poll polled the future once more. In that order: {}",
                noted()
            );
            polled
        }))
    }
}

#[test]
fn in_no_order_is_an_abort_lost() {
    check(|| {
        let facts = Facts::default();
        let (task, handle) = abortable(facts.future(Poll::Pending));
        facts.abort_elsewhere(move || handle.abort());
        let ended = facts.run(async {
            let mut task = pin!(task);
            let ended = task.as_mut().await;
            assert!(
                look(&facts.dropped_on).is_some(),
                "the task ended with {ended:?}, and its future is still there. In that order: {}",
                noted()
            );
            ended
        });
        assert!(
            ended == Err(Aborted),
            "the future is never ready, and its task ended with {ended:?}. In that order: {}",
            noted()
        );
        assert!(
            *look(&facts.dropped_on) == Some(thread::current().id()),
            "the future was dropped on the thread that called `abort`, and not on the one that polls it: what it owns may have to stay \
             there. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_a_value_lost() {
    check(|| {
        let facts = Facts::default();
        let (task, handle) = abortable(facts.future(Poll::Ready(17)));
        facts.abort_elsewhere(move || handle.abort());
        let ended = facts.run(task);
        let polls = *look(&facts.polls);
        let expected = if polls == 0 { Err(Aborted) } else { Ok(17) };
        assert!(
            ended == expected,
            "a future that is ready with 17 at its first poll was polled {}, while another thread aborted its task, and the task \
             ended with {ended:?}. Expected: {expected:?}. In that order: {}",
            times(polls),
            noted()
        );
    });
}
