//! A thread that waits for a lock of its own is told with the line at which it waits, and that at
//! which it took the lock.
#![cfg(feature = "explore")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use shared::probe::explore::sync::{Arc, Condvar, Mutex, RwLock, mpsc};
use shared::probe::explore::{every_order, note, thread};

const ALIVE: &str = "nobody panics";

fn words_of(scenario: impl Fn() + Send + Sync + 'static) -> String {
    let payload =
        catch_unwind(AssertUnwindSafe(|| every_order(scenario))).expect_err("some order must fail");
    payload.downcast_ref::<String>().expect("a panic with words").clone()
}

#[track_caller]
fn expect_lines(words: &str, calls: [(&str, u32); 2]) {
    let [(first, taken), (second, waits)] = calls;
    let file = "explored_locks.rs";
    assert!(words.starts_with(&format!("deadlock: `{second}` in {file}:{waits} ")), "{words}");
    assert!(words.contains(&format!("with `{first}` in {file}:{taken}, and its guard")), "{words}");
}

#[test]
fn a_mutex_that_is_locked_twice_is_told_with_both_lines() {
    let words = words_of(|| {
        let lock = Mutex::new(0);
        let _held = lock.lock();
        note("it is locked");
        let _twice = lock.lock();
    });
    expect_lines(&words, [("lock", line!() - 4), ("lock", line!() - 2)]);
    assert!(words.ends_with("In that order: it is locked"), "{words}");
}

#[test]
fn a_mutex_that_was_only_tried_is_held_too() {
    let words = words_of(|| {
        let lock = Mutex::new(0);
        let _held = lock.try_lock();
        let _twice = lock.lock();
    });
    expect_lines(&words, [("try_lock", line!() - 3), ("lock", line!() - 2)]);
}

#[test]
fn each_pair_of_a_lock_for_readers_is_told() {
    let words = words_of(|| {
        let lock = RwLock::new(0);
        let _held = lock.read();
        let _twice = lock.write();
    });
    expect_lines(&words, [("read", line!() - 3), ("write", line!() - 2)]);
    let words = words_of(|| {
        let lock = RwLock::new(0);
        let _held = lock.write();
        let _twice = lock.read();
    });
    expect_lines(&words, [("write", line!() - 3), ("read", line!() - 2)]);
    assert!(words.contains("waits for ever"), "{words}");
    let words = words_of(|| {
        let lock = RwLock::new(0);
        let _held = lock.read();
        let _twice = lock.read();
    });
    expect_lines(&words, [("read", line!() - 3), ("read", line!() - 2)]);
    // A writer may stand between the two.
    assert!(words.contains("may wait for ever"), "{words}");
    let words = words_of(|| {
        let lock = RwLock::new(0);
        let _held = lock.try_write();
        let _twice = lock.write();
    });
    expect_lines(&words, [("try_write", line!() - 3), ("write", line!() - 2)]);
}

#[test]
fn a_guard_that_came_back_from_a_wait_is_held() {
    let words = words_of(|| {
        let bell = Arc::new((Mutex::new(false), Condvar::new()));
        let ringer = Arc::clone(&bell);
        thread::spawn(move || {
            *ringer.0.lock().expect(ALIVE) = true;
            ringer.1.notify_one();
        });
        let rung = bell.0.lock().expect(ALIVE);
        let _rung = bell.1.wait_while(rung, |rung| !*rung).expect(ALIVE);
        let _twice = bell.0.lock();
    });
    expect_lines(&words, [("lock", line!() - 4), ("lock", line!() - 2)]);
}

#[test]
fn a_lock_that_was_released_is_told_of_nobody() {
    let explored = every_order(|| {
        let lock = Arc::new(Mutex::new(0));
        let readers = Arc::new(RwLock::new(0));
        let (other, others) = (Arc::clone(&lock), Arc::clone(&readers));
        let adder = thread::spawn(move || {
            *other.lock().expect(ALIVE) += 1;
            *others.write().expect(ALIVE) += 1;
        });
        *lock.lock().expect(ALIVE) += 1;
        *lock.lock().expect(ALIVE) += 1;
        let _ = (readers.read().map(|count| *count), readers.read().map(|count| *count));
        *readers.write().expect(ALIVE) += 1;
        adder.join().expect(ALIVE);
        assert_eq!((*lock.lock().expect(ALIVE), *readers.read().expect(ALIVE)), (3, 2));
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn a_poisoned_lock_is_held_like_any_other() {
    let words = words_of(|| {
        let lock = Arc::new(Mutex::new(0));
        let other = Arc::clone(&lock);
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let _guard = other.lock();
            std::panic::resume_unwind(Box::new("poison"));
        }));
        let _held = lock.lock();
        let _twice = lock.lock();
    });
    expect_lines(&words, [("lock", line!() - 3), ("lock", line!() - 2)]);
}

#[test]
fn a_receiver_takes_its_messages_along() {
    let explored = every_order(|| {
        let (sender, receiver) = mpsc::channel();
        let message = Arc::new(());
        for _ in 0..2 {
            sender.send(Arc::clone(&message)).expect("the receiver is there");
        }
        drop(receiver);
        assert_eq!(
            Arc::strong_count(&message),
            1,
            "a message is left in a channel without a receiver"
        );
        assert!(sender.send(message).is_err());
    });
    assert!(explored.all, "{explored:?}");
}
