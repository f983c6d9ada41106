//! An outer coroutine that passes everything on to an inner one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use generators::CoroutineState::{Complete, Yielded};
use generators::{Ask, Coroutine, CountTo, delegate, from_fn, items};

#[test]
fn values_go_out_and_inputs_go_in_unchanged() {
    let mut received = Vec::new();
    let inner = from_fn(|input: i32| {
        received.push(input);
        if received.len() < 3 { Yielded(input * 2) } else { Complete("inner result") }
    });
    let mut outer = delegate(inner, str::len);
    assert_eq!(outer.resume(1), Yielded(2));
    assert_eq!(outer.resume(5), Yielded(10));
    assert_eq!(outer.resume(9), Complete(12));
    assert_eq!(received, [1, 5, 9]);
}

#[test]
fn seven_out_forty_two_in_twenty_three_at_the_end() {
    let mut received = None;
    let mut outer = delegate(Ask::new(7), |answer: u32| {
        received = Some(answer);
        23
    });
    assert_eq!(outer.resume(0), Yielded(7));
    assert_eq!(outer.resume(42), Complete(23));
    drop(outer);
    assert_eq!(received, Some(42));
}

#[test]
fn delegation_nests() {
    let inner = delegate(CountTo::new(2), |sum| sum * 10);
    let mut outer = items(delegate(inner, |tens| tens + 1));
    assert_eq!(outer.by_ref().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(outer.into_result(), Some(31));
}

#[test]
fn a_panic_inside_is_not_hidden() {
    let inner = from_fn(|()| -> generators::CoroutineState<(), ()> { panic!("the inner one") });
    let mut outer = delegate(inner, |()| ());
    let payload = catch_unwind(AssertUnwindSafe(|| outer.resume(()))).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"the inner one"));
}
