//! What happens to a pointer into a value that is moved, and to one that is not.

use std::cell::RefCell;
use std::pin::{Pin, pin};
use std::ptr;
use std::task::{Context, Waker};

use futures_by_hand::{poll_once, yield_now};
use pinning::{Marked, Reader};

#[test]
fn a_mark_is_left_behind_by_a_move() {
    let mut places = [Some(Marked::new(*b"pinning!")), None, None];
    places[0].as_mut().expect("it is there").put_mark(5);
    let place = size_of::<Option<Marked>>().cast_signed();
    for moves in 1..3 {
        places[moves] = places[moves - 1].take();
        let marked = places[moves].as_ref().expect("it is there");
        assert_eq!(marked.mark(), Some(5 - place * moves.cast_signed()));
    }
    // Put there again, it is right again.
    let marked = places[2].as_mut().expect("it is there");
    marked.put_mark(5);
    assert_eq!(marked.mark(), Some(5));
}

#[test]
fn a_value_in_a_box_that_moves_keeps_its_mark() {
    let mut boxed = Box::new(Marked::new(*b"pinning!"));
    boxed.put_mark(7);
    let boxes = [boxed];
    assert_eq!(boxes[0].mark(), Some(7));
}

#[test]
#[should_panic(expected = "index out of bounds")]
fn a_mark_behind_the_last_letter_is_refused() {
    Marked::new(*b"pinning!").put_mark(8);
}

fn read_all(mut reader: Pin<&mut Reader>) -> Vec<u8> {
    std::iter::from_fn(|| reader.as_mut().read()).collect()
}

#[test]
fn a_reader_reads_where_it_was_pinned() {
    let reader = Reader::new(*b"pinning!");
    // Moved twice, before anything points into it.
    let places = [reader];
    let [reader] = places;
    assert_eq!(read_all(pin!(reader)), b"pinning!");
}

#[test]
fn a_reader_goes_on_where_it_was_although_its_box_moves() {
    let mut boxed = Box::pin(Reader::new(*b"pinning!"));
    assert_eq!(boxed.as_mut().read(), Some(b'p'));
    let mut boxes = vec![boxed];
    boxes.reserve(100);
    let mut boxed = boxes.remove(0);
    assert_eq!(read_all(boxed.as_mut()), b"inning!");
    assert_eq!((boxed.as_mut().read(), boxed.as_mut().read()), (None, None));
}

#[test]
fn a_reader_may_be_replaced_in_its_place() {
    let mut reader = pin!(Reader::new(*b"first..."));
    assert_eq!(reader.as_mut().read(), Some(b'f'));
    reader.set(Reader::new(*b"pinning!"));
    assert_eq!(read_all(reader), b"pinning!");
}

#[test]
fn a_futures_local_lies_in_it_and_stays_there() {
    let seen = RefCell::new(Vec::new());
    let future = async {
        let letters = *b"pinning!";
        let marked = &letters[3];
        for _ in 0..3 {
            seen.borrow_mut().push((ptr::from_ref(&letters).addr(), ptr::from_ref(marked).addr()));
            yield_now().await;
        }
        *marked
    };
    let mut boxed = Box::pin(future);
    let start = ptr::from_ref(&*boxed).addr();
    let range = start..start + size_of_val(&*boxed);
    while poll_once(&mut boxed).is_pending() {
        // The box moves between the polls, the future does not.
        boxed = vec![boxed].remove(0);
    }
    let seen = seen.take();
    assert!(range.contains(&seen[0].0));
    assert_eq!(seen[0].1, seen[0].0 + 3);
    assert!(seen.iter().all(|places| *places == seen[0]) && seen.len() == 3);
}

#[test]
fn a_future_may_be_moved_until_it_is_polled() {
    let mut places = [Some(async { yield_now().await }), None];
    places[1] = places[0].take();
    let mut future = pin!(places[1].take().expect("it is there"));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert!(future.as_mut().poll(&mut cx).is_ready());
}
