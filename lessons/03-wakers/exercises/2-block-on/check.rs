//! `block_on` polls a future when it has been woken, sleeps in between, and loses no wake in any order.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
mod answer;

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::{Poll, Waker};

use answer::block_on;
use shared::explore::{bypass, every_order};

/// What the answer takes its threads and locks from. These can be stopped at every step, so that every order can be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::explore::{sync, thread};

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
fn check(scenario: fn()) {
    insist_on_the_threads_of_the_check();
    every_order(scenario);
}

#[track_caller]
fn insist_on_the_threads_of_the_check() {
    if let Some(path) = bypass(include_str!("answer.rs")) {
        panic!(
            "the answer uses `{path}`. Take it from `crate::thread` or `crate::sync` instead: this check has to stop your code \
             between any two steps in order to try every order, and it cannot stop what it does not see"
        );
    }
}

/// How often the future has been told to get on. (An atomic of std's: the explorer need not stop there.)
type Told = Arc<AtomicU32>;

/// Tells the future to get on, and then wakes its task.
fn tell(told: &Told, waker: &Waker) {
    told.fetch_add(1, SeqCst);
    waker.wake_by_ref();
}

/// A future that hands out its waker at the first poll and is then pending until it was told `times` times. It is ready with
/// the number of its polls.
fn waits_to_be_told(times: u32, first: impl FnOnce(Waker, Told)) -> impl Future<Output = u32> {
    let told = Told::default();
    let (mut first, mut polls) = (Some(first), 0);
    poll_fn(move |cx| {
        polls += 1;
        assert!(
            polls < 50,
            "polls: {polls}, wakes: {}. It spins: a thread that asks again and again keeps a processor busy for nothing",
            told.load(SeqCst)
        );
        if let Some(first) = first.take() {
            first(cx.waker().clone(), Arc::clone(&told));
            return Poll::Pending;
        }
        if told.load(SeqCst) >= times { Poll::Ready(polls) } else { Poll::Pending }
    })
}

#[test]
fn the_threads_are_those_of_the_check() {
    insist_on_the_threads_of_the_check();
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
fn a_wake_during_the_poll_is_not_lost() {
    check(|| {
        let wakes_itself = waits_to_be_told(1, |waker, told| tell(&told, &waker));
        let polls = block_on(wakes_itself);
        assert!(polls == 2, "the future was woken once, and polled {polls} times");
    });
}

#[test]
fn it_sleeps_until_another_thread_wakes_it() {
    check(|| {
        block_on(waits_to_be_told(1, |waker, told| {
            thread::spawn(move || tell(&told, &waker));
        }));
    });
}

#[test]
fn it_sleeps_again_after_a_wake() {
    check(|| {
        let polls = block_on(waits_to_be_told(2, |waker, told| {
            tell(&told, &waker);
            thread::spawn(move || tell(&told, &waker));
        }));
        assert!(polls <= 4, "the future was woken twice, and polled {polls} times");
    });
}

#[test]
fn an_unpark_that_is_no_wake_does_not_poll() {
    check(|| {
        let polls = block_on(waits_to_be_told(1, |waker, told| {
            let sleeper = thread::current();
            thread::spawn(move || {
                sleeper.unpark();
                tell(&told, &waker);
            });
        }));
        assert!(
            polls <= 2,
            "the future was woken once, and polled {polls} times. `park` may return because somebody else called `unpark`, or for \
             no reason at all: only a wake is a reason to poll"
        );
    });
}

#[test]
fn a_block_on_within_the_poll_does_not_swallow_the_wake() {
    check(|| {
        block_on(waits_to_be_told(1, |waker, told| {
            tell(&told, &waker);
            block_on(waits_to_be_told(1, |waker, told| {
                thread::spawn(move || tell(&told, &waker));
            }));
        }));
    });
}
