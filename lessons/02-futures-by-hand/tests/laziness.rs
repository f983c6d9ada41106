//! A future does nothing until it is polled.

use std::cell::Cell;
use std::rc::Rc;

use futures_by_hand::{countdown, map, poll_once, poll_until_ready, then};
use shared::probe::Scripted;

async fn count_a_call(calls: Rc<Cell<u32>>) {
    calls.set(calls.get() + 1);
}

#[test]
fn calling_an_async_function_runs_nothing() {
    let calls = Rc::new(Cell::new(0));
    let future = count_a_call(Rc::clone(&calls));
    assert_eq!(calls.get(), 0);
    poll_until_ready(future);
    assert_eq!(calls.get(), 1);
}

#[test]
fn a_future_that_is_never_polled_drops_what_it_captured() {
    let calls = Rc::new(Cell::new(0));
    let future = count_a_call(Rc::clone(&calls));
    assert_eq!(Rc::strong_count(&calls), 2);
    drop(future);
    assert_eq!((Rc::strong_count(&calls), calls.get()), (1, 0));
}

#[test]
fn combining_futures_polls_none_of_them() {
    let (first, log) = Scripted::new("first", 0, 1);
    let called = Cell::new(0);
    let call = || called.set(called.get() + 1);
    let both = then(first, |from| {
        call();
        countdown(from)
    });
    let future = map(both, |_| call());
    assert_eq!((log.polls(), called.get()), (0, 0));
    poll_until_ready(future);
    assert_eq!((log.polls(), called.get()), (1, 2));
}

#[test]
fn the_second_future_is_not_made_before_the_first_is_ready() {
    let made = Cell::new(false);
    let mut both = then(countdown(1), |from| {
        made.set(true);
        countdown(from)
    });
    assert!(poll_once(&mut both).is_pending());
    assert!(!made.get());
    assert!(poll_once(&mut both).is_pending());
    assert!(made.get());
}
