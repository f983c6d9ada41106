//! `block_on` polls a future when it has been woken, sleeps in between, and loses no wake in any
//! order.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::future::poll_fn;
use std::panic::{catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use answer::block_on;
use shared::probe::explore::{bypass, every_order, note, noted};

/// What the answer takes its threads and locks from. These can be stopped at every step, so that
/// every order can be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::probe::explore::{sync, thread};

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
fn check(scenario: impl Fn() + Send + Sync + 'static) {
    if let Some(path) = bypass(include_str!("answer.rs")) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    every_order(scenario);
}

#[test]
fn the_threads_are_those_of_the_check() {
    if let Some(path) = bypass(include_str!("answer.rs")) {
        panic!(
            "the answer uses `{path}`. Take it from `crate::thread` or `crate::sync` instead: this check has to stop your code \
             between any two steps in order to try every order, and it cannot stop what it does not see"
        );
    }
}

use Call::{ByReference, ByValue};

/// What tells a future to get on. (Atomics and a lock of std's: the explorer need not stop there.)
#[derive(Clone, Default)]
struct Told {
    /// The future that is told.
    who: &'static str,
    /// How often the future was told, and a call of its waker has begun.
    begun: Arc<AtomicU32>,
    /// How many of these calls have returned.
    returned: Arc<AtomicU32>,
    /// The waker of the newest poll: only this one has to be good for anything.
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Told {
    /// Tells the future to get on, and then wakes its task.
    fn tell(&self, call: Call) {
        self.begun.fetch_add(1, SeqCst);
        let waker = self.waker.lock().expect("nobody panics here").clone();
        match call {
            Call::ByReference => {
                note(&format!("the waker of {} is called by reference", self.who));
                waker.iter().for_each(Waker::wake_by_ref);
            }
            Call::ByValue => {
                note(&format!("the waker of {} is called by value", self.who));
                waker.into_iter().for_each(Waker::wake);
            }
        }
        self.returned.fetch_add(1, SeqCst);
    }
}

/// The two ways to call a waker.
enum Call {
    ByReference,
    ByValue,
}

/// A future that does `first` at the first poll and is then pending until it was told `times`
/// times. It insists that each further poll has a reason.
fn waits_to_be_told(times: u32, first: impl FnOnce(Told)) -> impl Future<Output = ()> {
    called_by_name("the future", times, first)
}

fn called_by_name(
    who: &'static str,
    times: u32,
    first: impl FnOnce(Told),
) -> impl Future<Output = ()> {
    let told = Told { who, ..Told::default() };
    let (mut first, mut polls, mut returned_before) = (Some(first), 0, 0);
    poll_fn(move |cx| {
        polls += 1;
        note(&format!("poll {polls} of {who} begins"));
        // Whatever was called before the poll before this one began has had its poll.
        assert!(
            polls == 1 || told.begun.load(SeqCst) > returned_before,
            "polled for nothing: this is poll {polls}, and nobody has called the waker since poll {} began. A loop that asks again \
             and again keeps a processor busy, and a sleep may end because of somebody else's `unpark`, or for no reason at all. \
             In that order: {}",
            polls - 1,
            noted()
        );
        returned_before = told.returned.load(SeqCst);
        *told.waker.lock().expect("nobody panics here") = Some(cx.waker().clone());
        if let Some(first) = first.take() {
            first(told.clone());
            note("it returns Pending");
            return Poll::Pending;
        }
        if told.begun.load(SeqCst) >= times {
            return Poll::Ready(());
        }
        note("it returns Pending");
        Poll::Pending
    })
}

#[test]
fn a_ready_future_gives_its_value() {
    check(|| {
        let word = String::from("ready");
        let length = block_on(async { word.len() });
        assert!(length == 5, "the future is ready with 5, and `block_on` returned {length}");
    });
}

#[test]
fn the_future_is_gone_when_it_returns() {
    for (pending, which) in [(0, "first"), (1, "second"), (2, "third")] {
        check(move || {
            let lock = Arc::new(());
            let held = Arc::clone(&lock);
            let mut left = pending;
            block_on(poll_fn(move |cx| {
                if left == 0 {
                    return Poll::Ready(Arc::strong_count(&held));
                }
                left -= 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            }));
            assert!(
                Arc::strong_count(&lock) == 1,
                "`block_on` has returned the value, and the future was not dropped: what it holds (locks, sockets, memory) is never released. The future was \
                 ready at its {which} poll. A pinned value must not be moved, and may be dropped where it lies: `pin!` sees to that"
            );
        });
    }
}

#[test]
fn a_wake_during_the_poll_is_not_lost() {
    check(|| block_on(waits_to_be_told(1, |told| told.tell(ByReference))));
}

#[test]
fn it_sleeps_until_another_thread_wakes_it() {
    check(|| {
        block_on(waits_to_be_told(1, |told| {
            thread::spawn(move || told.tell(ByReference));
        }));
    });
}

#[test]
fn it_sleeps_again_after_a_wake() {
    check(|| {
        block_on(waits_to_be_told(2, |told| {
            told.tell(ByReference);
            thread::spawn(move || told.tell(ByValue));
        }));
    });
}

/// A future that is told once, by another thread, after its first poll. At its second, it waits for
/// the end of that call. It never gets ready.
fn told_only_once() -> impl Future<Output = ()> {
    let told = Told { who: "the future", ..Told::default() };
    let (mut caller, mut polls) = (None, 0);
    poll_fn(move |cx| {
        polls += 1;
        note(&format!("poll {polls} of the future begins"));
        assert!(
            polls <= 1 + told.begun.load(SeqCst),
            "polled for nothing: this is poll {polls}, and nobody has called the waker since poll {} began. One wake is good for one poll: \
             if it ends a sleep, and leaves the flag up, there is a second one. In that order: {}",
            polls - 1,
            noted()
        );
        if polls == 1 {
            *told.waker.lock().expect("nobody panics here") = Some(cx.waker().clone());
            let told = told.clone();
            caller = Some(thread::spawn(move || told.tell(ByValue)));
        } else if let Some(caller) = caller.take() {
            caller.join().expect("it calls a waker, and no more");
        }
        note("it returns Pending");
        Poll::Pending
    })
}

#[test]
fn it_sleeps_again_after_a_sleep() {
    // Nobody wakes it a second time, so it is right to sleep for ever: the first order ends with
    // that.
    let end = catch_unwind(|| check(|| block_on(told_only_once())));
    let panic = end.expect_err("the future never gets ready");
    let words = panic.downcast_ref::<String>().map_or("", String::as_str);
    if !words.contains("everybody sleeps and nobody is left to wake them") {
        resume_unwind(panic);
    }
}

#[test]
fn wakes_that_come_together_count_as_one() {
    check(|| {
        block_on(waits_to_be_told(3, |told| {
            told.tell(ByReference);
            told.tell(ByValue);
            thread::spawn(move || told.tell(ByReference));
        }));
    });
}

#[test]
fn a_burst_of_wakes_counts_as_one() {
    check(|| {
        block_on(waits_to_be_told(1, |told| {
            let waker = told.waker.lock().expect("nobody panics here").clone();
            note(
                "the waker of the future is called 255 times within its poll, and once more: 256 wakes, which count as one",
            );
            for _ in 0..255 {
                waker.iter().for_each(Waker::wake_by_ref);
            }
            told.tell(ByReference);
        }));
    });
}

#[test]
fn an_unpark_that_is_no_wake_does_not_poll() {
    check(|| {
        block_on(waits_to_be_told(1, |told| {
            let sleeper = thread::current();
            thread::spawn(move || {
                note("somebody else calls `unpark`");
                sleeper.unpark();
                told.tell(ByReference);
            });
        }));
    });
}

#[test]
fn a_block_on_within_the_poll_does_not_swallow_the_wake() {
    check(|| {
        block_on(waits_to_be_told(1, |told| {
            told.tell(ByReference);
            note("a `block_on` within the poll begins");
            block_on(called_by_name("the inner future", 1, |told| {
                thread::spawn(move || told.tell(ByReference));
            }));
            note("the `block_on` within is over");
        }));
    });
}

#[test]
fn a_wake_for_the_outer_future_is_not_the_inner_ones() {
    check(|| {
        block_on(waits_to_be_told(1, |told| {
            note("a `block_on` within the poll begins");
            block_on(called_by_name("the inner future", 1, |inner| {
                told.tell(ByReference);
                thread::spawn(move || inner.tell(ByReference));
            }));
            note("the `block_on` within is over");
        }));
    });
}

#[test]
fn three_levels_keep_their_wakes_apart() {
    check(|| {
        block_on(called_by_name("the outer future", 1, |outer| {
            outer.tell(ByReference);
            block_on(called_by_name("the middle future", 1, |middle| {
                middle.tell(ByReference);
                block_on(called_by_name("the inner future", 1, |inner| {
                    thread::spawn(move || inner.tell(ByReference));
                }));
                note("the innermost `block_on` is over");
            }));
            note("the middle `block_on` is over");
        }));
    });
}

#[test]
fn a_wake_that_comes_too_late_is_not_the_next_ones() {
    check(|| {
        let mut first = None;
        block_on(called_by_name("the first future", 1, |told| {
            told.tell(ByReference);
            first = Some(told);
        }));
        note("the first `block_on` is over, and a second one begins");
        let first = first.expect("it was polled");
        block_on(called_by_name("the second future", 1, |second| {
            first.tell(ByValue);
            thread::spawn(move || second.tell(ByValue));
        }));
    });
}
