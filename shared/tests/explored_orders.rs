//! Exploring orders finds what luck would miss, and says what it found.
#![cfg(feature = "explore")]

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Poll, Waker};

use shared::probe::explore::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use shared::probe::explore::sync::{Arc, Condvar, Mutex};
use shared::probe::explore::{block_on, every_order, hint, note, thread};

fn words_of(scenario: impl Fn() + Send + Sync + 'static) -> String {
    let payload =
        catch_unwind(AssertUnwindSafe(|| every_order(scenario))).expect_err("some order must fail");
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .expect("a panic with words")
}

#[test]
fn a_lost_update_is_found() {
    let words = words_of(|| {
        let sum = Arc::new(AtomicU32::new(0));
        let other = Arc::clone(&sum);
        let adder = thread::spawn(move || other.store(other.load(SeqCst) + 1, SeqCst));
        sum.store(sum.load(SeqCst) + 1, SeqCst);
        adder.join().expect("the adder does not panic");
        assert_eq!(sum.load(SeqCst), 2, "an update was lost");
    });
    assert!(words.contains("an update was lost"), "{words}");
}

#[test]
fn a_lost_notification_is_told_as_a_sleep_without_end() {
    let words = words_of(|| {
        let bell = Arc::new((Mutex::new(()), Condvar::new()));
        let ringer = Arc::clone(&bell);
        thread::spawn(move || ringer.1.notify_one());
        drop(bell.1.wait(bell.0.lock().expect("nobody panics")));
    });
    assert!(words.contains("everybody sleeps and nobody is left to wake them"), "{words}");
}

#[test]
fn a_future_that_is_woken_once_is_polled_twice() {
    let words = words_of(|| {
        let mut polls = 0;
        block_on(poll_fn(move |cx| {
            polls += 1;
            match polls {
                1 => {
                    let waker = cx.waker().clone();
                    thread::spawn(move || waker.wake());
                    Poll::Pending
                }
                2 => Poll::Pending,
                _ => Poll::Ready(()),
            }
        }));
    });
    assert!(words.contains("nobody is left to wake them"), "{words}");
}

#[test]
fn a_thread_that_never_gets_on_is_told_as_spinning() {
    let words = words_of(|| {
        let never = AtomicBool::new(false);
        while !never.load(SeqCst) {
            hint::spin_loop();
        }
    });
    assert!(words.contains("it spins"), "{words}");
}

#[test]
fn a_right_program_is_tried_in_every_order() {
    let explored = every_order(|| {
        let turns = Arc::new(Mutex::new(Vec::new()));
        let writers: Vec<_> = (0..2)
            .map(|name| {
                let turns = Arc::clone(&turns);
                thread::spawn(move || turns.lock().expect("nobody panics").push(name))
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().expect("nobody panics"));
        assert_eq!(turns.lock().expect("nobody panics").len(), 2);
    });
    assert!(explored.all && explored.orders >= 2, "{explored:?}");
}

#[test]
fn a_park_in_a_loop_is_not_taken_for_spinning() {
    let explored = every_order(|| {
        let (rung, sleeper) = (Arc::new(AtomicBool::new(false)), thread::current());
        let bell = Arc::clone(&rung);
        thread::spawn(move || {
            bell.store(true, SeqCst);
            sleeper.unpark();
        });
        while !rung.load(SeqCst) {
            thread::park();
        }
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn a_park_that_returns_for_no_reason_is_tried() {
    let words = words_of(|| {
        let (rung, sleeper) = (Arc::new(AtomicBool::new(false)), thread::current());
        let bell = Arc::clone(&rung);
        thread::spawn(move || {
            bell.store(true, SeqCst);
            sleeper.unpark();
        });
        thread::park();
        assert!(rung.load(SeqCst), "the park was over before the bell rang");
    });
    assert!(words.contains("before the bell rang"), "{words}");
}

#[test]
fn a_wait_that_returns_for_no_reason_is_tried() {
    let words = words_of(|| {
        let bell = Arc::new((Mutex::new(false), Condvar::new()));
        let ringer = Arc::clone(&bell);
        thread::spawn(move || {
            *ringer.0.lock().expect("nobody panics") = true;
            ringer.1.notify_one();
        });
        let mut rung = bell.0.lock().expect("nobody panics");
        if !*rung {
            rung = bell.1.wait(rung).expect("nobody panics");
        }
        assert!(*rung, "the wait was over before the bell rang");
    });
    assert!(words.contains("before the bell rang"), "{words}");
}

#[test]
fn a_wait_in_a_loop_gets_through_in_every_order() {
    let explored = every_order(|| {
        let bell = Arc::new((Mutex::new(false), Condvar::new()));
        let ringer = Arc::clone(&bell);
        thread::spawn(move || {
            *ringer.0.lock().expect("nobody panics") = true;
            ringer.1.notify_one();
        });
        let rung = bell.0.lock().expect("nobody panics");
        assert!(*bell.1.wait_while(rung, |rung| !*rung).expect("nobody panics"));
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn a_sleep_that_ends_by_the_clock_is_told_as_spinning() {
    let limit = std::time::Duration::from_secs(1);
    let parks = words_of(move || {
        let rung = AtomicBool::new(false);
        while !rung.load(SeqCst) {
            thread::park_timeout(limit);
        }
    });
    assert!(parks.contains("it spins"), "{parks}");
    let waits = words_of(move || {
        let bell = (Mutex::new(false), Condvar::new());
        let mut rung = bell.0.lock().expect("nobody panics");
        while !*rung {
            rung = bell.1.wait_timeout(rung, limit).expect("nobody panics").0;
        }
    });
    assert!(waits.contains("it spins"), "{waits}");
}

#[test]
fn a_thread_alone_that_blocks_is_told_as_such() {
    let words = words_of(|| {
        let bell = (Mutex::new(()), Condvar::new());
        let mut rung = bell.0.lock().expect("nobody panics");
        loop {
            rung = bell.1.wait(rung).expect("nobody panics");
        }
    });
    assert!(words.starts_with("there is only one thread, and it waits for ever"), "{words}");
}

#[test]
fn a_waker_that_was_called_too_early_is_found() {
    let words = words_of(|| {
        let (done, waker) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(None)));
        let (sets, calls) = (Arc::clone(&done), Arc::clone(&waker));
        thread::spawn(move || {
            let waker: Option<Waker> = calls.lock().expect("nobody panics").take();
            waker.into_iter().for_each(Waker::wake);
            note("it is done");
            sets.store(true, SeqCst);
        });
        block_on(poll_fn(|cx| {
            *waker.lock().expect("nobody panics") = Some(cx.waker().clone());
            if done.load(SeqCst) { Poll::Ready(()) } else { Poll::Pending }
        }));
    });
    assert!(words.contains("nobody is left to wake them"), "{words}");
    assert!(words.contains("In that order: the future is polled; it returns Pending"), "{words}");
    assert!(words.contains("; it is done"), "{words}");
}

#[test]
fn a_large_frame_has_room() {
    let explored = every_order(|| {
        let frame = std::hint::black_box([1_u8; 200_000]);
        assert_eq!(frame.len(), 200_000);
    });
    assert_eq!(explored.orders, 1);
}
