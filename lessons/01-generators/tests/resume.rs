//! What `resume` does: first, half-way, at the end and after it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Ask, Coroutine, CountTo, OneThenSeven, delegate, from_fn};

/// The words of the panic that `work` ends with.
fn panic_words<T>(work: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(work)).err().expect("it was to panic");
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|&words| words.to_owned())).unwrap()
}

#[test]
fn making_a_coroutine_runs_nothing() {
    let runs = Cell::new(0);
    let mut coroutine = from_fn(|()| {
        runs.set(runs.get() + 1);
        Yielded::<_, ()>(runs.get())
    });
    assert_eq!(runs.get(), 0);
    assert_eq!(coroutine.resume(()), Yielded(1));
    assert_eq!(runs.get(), 1);
}

#[test]
fn dropping_one_that_was_never_resumed_runs_nothing() {
    let runs = Cell::new(0);
    drop(delegate(Ask::new(7), |_: u32| runs.set(1)));
    assert_eq!(runs.get(), 0);
}

#[test]
fn a_stopped_coroutine_is_a_value_that_can_be_copied() {
    let mut numbers = OneThenSeven::Start;
    assert_eq!(numbers.resume(()), Yielded(1));
    let mut twin = numbers;
    assert_eq!(numbers.resume(()), Yielded(7));
    assert_eq!(numbers.resume(()), Complete(()));
    assert_eq!(twin.resume(()), Yielded(7));
}

#[test]
fn locals_survive_a_stop() {
    let mut count = CountTo::new(3);
    assert_eq!([(); 3].map(|()| count.resume(()).yielded()), [Some(1), Some(2), Some(3)]);
    assert_eq!(count.resume(()), Complete(6));
}

#[test]
fn a_loop_without_rounds_completes_at_once() {
    assert_eq!(CountTo::new(0).resume(()), Complete(0));
}

#[test]
fn the_first_input_of_a_question_answers_nothing() {
    let mut ask = Ask::new("q");
    assert_eq!(ask.resume("too early"), Yielded("q"));
    assert_eq!(ask.resume("in time"), Complete("in time"));
}

#[test]
fn dropping_a_stopped_coroutine_drops_what_it_holds() {
    let held = Rc::new(());
    let mut ask = Ask::new(());
    let _ = ask.resume(Rc::clone(&held));
    assert_eq!(Rc::strong_count(&held), 1, "the first input is dropped at once");

    let unasked = Ask::new(Rc::clone(&held));
    assert_eq!(Rc::strong_count(&held), 2);
    drop(unasked);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn a_resume_after_completion_panics_with_words() {
    let words = "coroutine resumed after completion";
    let mut numbers = OneThenSeven::Done;
    assert_eq!(panic_words(|| numbers.resume(())), words);

    let mut count = CountTo::new(0);
    assert_eq!(count.resume(()), Complete(0));
    assert_eq!(panic_words(|| count.resume(())), words);

    let mut ask = Ask::new(7);
    assert_eq!((ask.resume(0), ask.resume(42)), (Yielded(7), Complete(42)));
    assert_eq!(panic_words(|| ask.resume(43)), words);

    let mut outer = delegate(CountTo::new(0), |sum| sum + 1);
    assert_eq!(outer.resume(()), Complete(1));
    assert_eq!(panic_words(|| outer.resume(())), words);
}

#[test]
fn a_coroutine_can_be_resumed_through_a_reference_and_a_box() {
    let mut ask = Ask::new(7);
    let mut through_a_reference = delegate(&mut ask, |answer| answer);
    assert_eq!(through_a_reference.resume(0), Yielded(7));
    let mut boxed: Box<dyn Coroutine<u32, Yield = i32, Return = u32>> = Box::new(ask);
    assert_eq!(boxed.resume(42), Complete(42));
}
