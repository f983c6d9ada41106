//! `Fuse` passes everything on to its coroutine up to the end, and from then on answers by itself.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use answer::Fuse;
use generators::CoroutineState::{self, Complete, Yielded};
use generators::{Coroutine, from_fn};

/// Yields each input doubled, and completes at the `end`-th resume with how often it was resumed. It starts again if it is
/// resumed after that.
fn doubling(end: u32) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut resumed = 0;
    from_fn(move |input| {
        resumed += 1;
        if resumed < end { Yielded(input * 2) } else { Complete(std::mem::take(&mut resumed)) }
    })
}

/// Completes at its first resume, and panics at every other.
fn strict() -> impl Coroutine<Yield = u32, Return = &'static str> {
    let mut complete = false;
    from_fn(move |()| -> CoroutineState<u32, _> {
        assert!(!complete, "the inner coroutine was resumed after it had completed");
        complete = true;
        Complete("result")
    })
}

#[test]
fn values_and_inputs_pass_through() {
    let mut fuse = Fuse::new(doubling(4));
    for input in [5, 1, 21] {
        let state = fuse.resume(input);
        assert!(
            state == Yielded(input * 2),
            "the coroutine yields twice its input, and resume({input}) gave {state:?} instead of Yielded({}): \
             before the end, Fuse only passes on",
            input * 2
        );
    }
}

#[test]
fn the_result_comes_with_the_end() {
    let mut fuse = Fuse::new(doubling(2));
    let _ = fuse.resume(0);
    let state = fuse.resume(0);
    assert!(
        state == Complete(Some(2)),
        "the coroutine completed with 2, and Fuse gave {state:?} instead of Complete(Some(2)): a result comes once, \
         and whoever drops it has lost it"
    );
}

#[test]
fn an_end_without_a_yield_has_a_result_too() {
    let state = Fuse::new(strict()).resume(());
    assert!(
        state == Complete(Some("result")),
        "the coroutine completed with \"result\" when it was resumed for the first time, and Fuse gave {state:?} instead of \
         Complete(Some(\"result\")): the first resume may be the last"
    );
}

#[test]
fn further_resumes_complete_with_none() {
    let mut fuse = Fuse::new(strict());
    let _ = fuse.resume(());
    for extra in 1..=3 {
        match catch_unwind(AssertUnwindSafe(|| fuse.resume(()))) {
            Ok(Complete(None)) => {}
            Ok(state) => {
                panic!(
                    "extra resume {extra} gave {state:?}: after the end, Fuse gives Complete(None)"
                )
            }
            Err(_) => panic!(
                "extra resume {extra} panicked: after the end, Fuse gives Complete(None), however often it is resumed"
            ),
        }
    }
}

#[test]
fn it_does_not_start_again() {
    let mut fuse = Fuse::new(doubling(2));
    let (first, second) = (fuse.resume(1), fuse.resume(1));
    let third = fuse.resume(1);
    assert!(
        third == Complete(None),
        "Fuse gave {first:?}, {second:?} and then {third:?} instead of Complete(None): the coroutine was resumed after its \
         end, and started again"
    );
}

#[test]
fn the_coroutine_is_dropped_at_its_end() {
    let connection = Rc::new(());
    let held = Rc::clone(&connection);
    let mut fuse = Fuse::new(from_fn(move |last: bool| {
        let _held = &held;
        if last { Complete(()) } else { Yielded(()) }
    }));
    let _ = fuse.resume(false);
    assert!(
        Rc::strong_count(&connection) == 2,
        "the coroutine has only yielded, and it is gone already: it is needed up to its end"
    );
    let _ = fuse.resume(true);
    assert!(
        Rc::strong_count(&connection) == 1,
        "the coroutine has completed, and it is still in memory: what it holds, a connection say, stays open for as long \
         as the Fuse is kept"
    );
}
