//! The waker from a table keeps its promises about references, exactly as the one from `Wake` does.

use std::sync::Arc;
use std::task::Waker;
use std::thread;

use wakers::{Signal, raw_waker};

/// What every step does to the number of references.
fn references(waker_of: fn(Arc<Signal>) -> Waker) -> Vec<usize> {
    let signal = Arc::new(Signal::new());
    let mut counts = vec![Arc::strong_count(&signal)];
    let waker = waker_of(Arc::clone(&signal));
    counts.push(Arc::strong_count(&signal));
    let (second, third) = (waker.clone(), waker.clone());
    counts.push(Arc::strong_count(&signal));
    second.wake_by_ref();
    counts.push(Arc::strong_count(&signal));
    second.wake();
    counts.push(Arc::strong_count(&signal));
    drop(third);
    counts.push(Arc::strong_count(&signal));
    drop(waker);
    counts.push(Arc::strong_count(&signal));
    counts
}

#[test]
fn each_step_moves_the_count_as_it_must() {
    assert_eq!(references(raw_waker), [1, 2, 4, 4, 3, 2, 1]);
}

#[test]
fn the_trait_does_the_same() {
    assert_eq!(references(Waker::from), references(raw_waker));
}

#[test]
fn the_last_waker_frees_the_signal() {
    let signal = Arc::new(Signal::new());
    let watch = Arc::downgrade(&signal);
    let waker = raw_waker(signal);
    let copy = waker.clone();
    drop(waker);
    assert!(watch.upgrade().is_some());
    copy.wake();
    assert!(watch.upgrade().is_none());
}

#[test]
fn a_clone_wakes_the_same_task() {
    let (waker, other) = (raw_waker(Arc::new(Signal::new())), raw_waker(Arc::new(Signal::new())));
    assert!(waker.will_wake(&waker.clone()));
    assert!(!waker.will_wake(&other));
}

#[test]
fn clones_may_be_used_on_many_threads_at_once() {
    let signal = Arc::new(Signal::new());
    let waker = raw_waker(Arc::clone(&signal));
    thread::scope(|scope| {
        for _ in 0..4 {
            let waker = waker.clone();
            scope.spawn(move || {
                for _ in 0..100 {
                    let copy = waker.clone();
                    copy.wake_by_ref();
                    drop(copy);
                }
                waker.wake();
            });
        }
    });
    signal.wait();
    drop(waker);
    assert_eq!(Arc::strong_count(&signal), 1);
}
