//! Exploring orders finds what luck would miss, and says what it found.
#![cfg(feature = "explore")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use shared::explore::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use shared::explore::sync::{Arc, Condvar, Mutex};
use shared::explore::{every_order, hint, thread};

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
