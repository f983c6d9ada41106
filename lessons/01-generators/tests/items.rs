//! A coroutine seen as an iterator.

use std::rc::Rc;

use generators::CoroutineState::{Complete, Yielded};
use generators::{CountTo, OneThenSeven, from_fn, items};

#[test]
fn the_end_is_none_and_stays_none() {
    let mut numbers = items(OneThenSeven::Start);
    let nexts = [(); 5].map(|()| numbers.next());
    assert_eq!(nexts, [Some(1), Some(7), None, None, None]);
}

#[test]
fn an_iterator_asks_for_no_more_than_it_hands_out() {
    let mut resumed = 0;
    let squares = from_fn(|()| {
        resumed += 1;
        Yielded::<u32, ()>(resumed * resumed)
    });
    assert_eq!(items(squares).take(3).collect::<Vec<_>>(), [1, 4, 9]);
    assert_eq!(resumed, 3);
}

#[test]
fn the_result_is_there_after_the_end_and_not_before() {
    let mut numbers = items(CountTo::new(2));
    assert_eq!(numbers.next(), Some(1));
    assert_eq!(numbers.clone().into_result(), None);
    assert_eq!(numbers.by_ref().last(), Some(2));
    assert_eq!(numbers.into_result(), Some(3));
}

#[test]
fn the_coroutine_is_dropped_when_it_completes() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    let mut nothing = items(from_fn(move |()| {
        let _inside = &inside;
        Complete::<u32, _>("result")
    }));
    assert_eq!(Rc::strong_count(&held), 2);
    assert_eq!(nothing.next(), None);
    assert_eq!(Rc::strong_count(&held), 1);
    assert_eq!(nothing.into_result(), Some("result"));
}
