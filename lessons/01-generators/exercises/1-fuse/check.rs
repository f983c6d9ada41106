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

use std::rc::Rc;

use answer::Fuse;
use generators::CoroutineState::{self, Complete, Yielded};
use generators::{Coroutine, from_fn};
use shared::probe::caught;

/// Yields each input doubled, and completes at the `end`-th resume with how often it was resumed.
/// It starts again if it is resumed after that.
fn doubling(end: u32) -> impl Coroutine<u32, Yield = u32, Return = u32> {
    let mut resumed = 0;
    from_fn(move |input| {
        resumed += 1;
        if resumed < end { Yielded(input * 2) } else { Complete(std::mem::take(&mut resumed)) }
    })
}

/// Completes at its first resume, and panics at every other.
fn strict() -> impl Coroutine<u32, Yield = u32, Return = &'static str> {
    let mut complete = false;
    from_fn(move |_| -> CoroutineState<u32, _> {
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
fn it_passes_on_for_as_long_as_the_coroutine_yields() {
    let mut fuse = Fuse::new(doubling(u32::MAX));
    for turn in 1..=70_000 {
        let state = caught(|| fuse.resume(turn));
        assert!(
            state == Ok(Yielded(turn * 2)),
            "the coroutine yields twice its input, and resume number {turn}, with {turn}, {}: there is no number of resumes \
             after which Fuse does anything else",
            state.map_or_else(|panic| panic.to_string(), |state| format!("gave {state:?}"))
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
         and cannot be had again"
    );
}

#[test]
fn an_end_without_a_yield_has_a_result_too() {
    let state = Fuse::new(strict()).resume(0);
    assert!(
        state == Complete(Some("result")),
        "the coroutine completed with \"result\" when it was resumed for the first time, and Fuse gave {state:?} instead of \
         Complete(Some(\"result\")): the first resume may be the last"
    );
}

#[test]
fn further_resumes_complete_with_none() {
    over("the first resume", 1, Fuse::new(strict()));
    over("the third resume", 3, Fuse::new(doubling(3)));
}

/// Resumes up to `end`, and insists on `Complete(None)` ever after.
fn over<C: Coroutine<u32, Yield = u32, Return: std::fmt::Debug>>(
    what: &str,
    end: u32,
    mut fuse: Fuse<C>,
) {
    for _ in 0..end {
        let _ = fuse.resume(0);
    }
    for extra in 1..=70_000 {
        let state = caught(|| fuse.resume(0));
        assert!(
            matches!(state, Ok(Complete(None))),
            "the coroutine completed at {what}, and extra resume {extra} of the Fuse {}: after the end, Fuse gives \
             Complete(None), however often it is resumed",
            state.map_or_else(|panic| panic.to_string(), |state| format!("gave {state:?}"))
        );
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
    for end in 1..=3 {
        let connection = Rc::new(());
        let mut inner = doubling(end);
        let held = Rc::clone(&connection);
        let mut fuse = Fuse::new(from_fn(move |input| {
            let _held = &held;
            inner.resume(input)
        }));
        for turn in 1..end {
            let _ = fuse.resume(0);
            assert!(
                Rc::strong_count(&connection) == 2,
                "resume {turn} of {end}: the coroutine has only yielded, and it is gone already: it is needed up to its end"
            );
        }
        let _ = fuse.resume(0);
        assert!(
            Rc::strong_count(&connection) == 1,
            "the coroutine has completed, at resume {end}, and it is still in memory: what it holds, a connection say, stays \
             open for as long as the Fuse is kept"
        );
    }
}

#[test]
fn each_fuse_has_an_end_of_its_own() {
    let (mut short, mut long) = (Fuse::new(doubling(2)), Fuse::new(doubling(4)));
    for turn in 1..=4 {
        let (of_short, of_long) = (short.resume(1), long.resume(1));
        let expected = |end| match end {
            _ if turn < end => Yielded(2),
            _ if turn == end => Complete(Some(end)),
            _ => Complete(None),
        };
        for (end, state) in [(2, of_short), (4, of_long)] {
            assert!(
                state == expected(end),
                "of two Fuses, one is over at its resume 2 and one at its resume 4. They are resumed in turns, and resume \
                 {turn} of the one that is over at {end} gave {state:?} instead of {:?}",
                expected(end)
            );
        }
    }
}
