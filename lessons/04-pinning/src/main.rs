//! Shows what moves and what stays: values that point into themselves, the futures of async
//! functions among them.
//!
//! Run it with `cargo lesson pinning`. It builds on the futures of `futures_by_hand` and on
//! `wakers`.
//!
//! Addresses differ from run to run, so none is printed: only how far they are apart. Sizes are
//! those of Rust 1.95 on 64 bits.

use std::cell::RefCell;
use std::future::{poll_fn, ready};
use std::marker::PhantomPinned;
use std::pin::pin;
use std::ptr;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_by_hand::{countdown, poll_once, poll_until_ready, yield_now};
use pinning::{Marked, Reader, Tally, by_hand, timed};
use shared::figures::alloc::{self, CountingAllocator};
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table, title};
use shared::probe::{Bounded, Journal, is_unpin};
use shared::record::timeline_if_asked;
use wakers::oneshot;

mod locals;
mod recorded;

use locals::{End, story};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Pinning", "A paused function may point into itself, so it must stay where it is.");
    a_pointer_into_oneself();
    a_future_points_into_itself();
    pinned_on_the_stack_and_on_the_heap();
    a_pointer_that_may_be_followed();
    who_may_move();
    timed_twice();
    in_which_order_locals_go();
    big_futures();
}

/// How far a value has gone from one address to another, in words.
fn way(from: usize, to: usize) -> String {
    match to.wrapping_sub(from).cast_signed() {
        0 => "stays where it is".into(),
        bytes => format!("moves by {bytes} bytes"),
    }
}

/// Where a value lies, as a number.
fn address<T>(value: &T) -> usize {
    ptr::from_ref(value).addr()
}

// ANCHOR: marked
fn a_pointer_into_oneself() {
    scene("A pointer into oneself");
    say("A value of eight letters, with a mark at letter 3. It lies in the first of two places.");
    let mut places = [Some(Marked::new(*b"pinning!")), None];
    let marked = places[0].as_mut().expect("it was put there");
    marked.put_mark(3);
    let here = address(marked);
    fact("the mark points at its byte", mark(marked));

    places[1] = places[0].take();
    let marked = places[1].as_ref().expect("it was put there");
    fact("into the second place, it", way(here, address(marked)));
    fact("the mark points at its byte", mark(marked));

    let boxed = Box::new(places[1].take());
    let letters = address(&*boxed);
    let mut places = [Some(boxed), None];
    places[1] = places[0].take();
    let boxed = places[1].as_ref().expect("it was put there");
    fact("in a box that moves, it", way(letters, address(&**boxed)));
}

fn mark(marked: &Marked) -> isize {
    marked.mark().expect("it was put")
}
// ANCHOR_END: marked

// ANCHOR: looks-at-itself
/// Looks at a local of its own, before an await and after it.
async fn looks_at_itself(seen: &Seen) -> u8 {
    let letters = *b"pinning!";
    let marked = &letters[3];
    seen.look(&letters, marked);
    yield_now().await;
    seen.look(&letters, marked);
    *marked
}
// ANCHOR_END: looks-at-itself

/// What such a future saw at each poll: where its local lies, and what the reference to it says, as
/// numbers.
#[derive(Default)]
struct Seen(RefCell<Vec<(usize, usize)>>);

impl Seen {
    fn look(&self, letters: &[u8; 8], marked: &u8) {
        self.0.borrow_mut().push((address(letters), address(marked)));
    }
}

// ANCHOR: future
fn a_future_points_into_itself() {
    scene("A future points into itself");
    let seen = Seen::default();
    let mut places = [Some(looks_at_itself(&seen)), None];
    let here = address(&places[0]);
    places[1] = places[0].take();
    fact("before it is polled, it", way(here, address(&places[1])));

    let mut future = pin!(places[1].take().expect("it was put there"));
    let mut cx = Context::from_waker(Waker::noop());
    let (start, size) = (address(&*future), size_of_val(&*future));
    assert!(future.as_mut().poll(&mut cx).is_pending());
    let after_one_poll = address(&*future);
    let letter = future.as_mut().poll(&mut cx);

    let seen = seen.0.take();
    let (letters, marked) = seen[0];
    fact("its size in bytes", size);
    fact("its local `letters` is at byte", letters - start);
    fact("its reference `marked` says byte", marked - start);
    fact("from poll to poll, it", way(start, after_one_poll));
    fact("and the local", way(letters, seen[1].0));
    fact("the second poll returns", format_args!("{:?}", letter.map(char::from)));
}
// ANCHOR_END: future

// ANCHOR: stack-and-heap
fn pinned_on_the_stack_and_on_the_heap() {
    scene("Pinned on the stack, pinned on the heap");
    let seven = || async {
        yield_now().await;
        7
    };
    let (value, count) = alloc::count(|| poll_until_ready(pin!(seven())).0);
    fact("pin!: allocations", count.allocations);
    fact("its value", value);

    let (boxed, count) = alloc::count(|| Box::pin(seven()));
    fact("Box::pin: allocations", count.allocations);
    let here = address(&*boxed);
    let mut places = [Some(boxed), None];
    let handle = address(&places[0]);
    places[1] = places[0].take();
    fact("the box", way(handle, address(&places[1])));
    let mut boxed = places[1].take().expect("it was put there");
    assert!(poll_once(&mut boxed).is_pending());
    let boxed = Box::new(boxed);
    fact("the future, in a box in a box", way(here, address(&**boxed)));
    fact("its value", poll_until_ready(*boxed).0);
}
// ANCHOR_END: stack-and-heap

// ANCHOR: reader
fn a_pointer_that_may_be_followed() {
    scene("A pointer that may be followed");
    let reader = Reader::new(*b"pinning!");
    let mut places = [Some(reader), None];
    places[1] = places[0].take();
    say("A reader is moved while nothing points into it, then pinned, then read to its end:");
    let mut reader = pin!(places[1].take().expect("it was put there"));
    let letters: String = std::iter::from_fn(|| reader.as_mut().read().map(char::from)).collect();
    fact("it reads", letters);
}
// ANCHOR_END: reader

// ANCHOR: who-may-move
fn who_may_move() {
    scene("Who may move");
    let future = || async { yield_now().await };
    let (_sender, receiver) = oneshot::channel::<u32>();
    let rows = [
        ("u32, String, and nearly all others", is_unpin!((7, String::new()))),
        ("Ready, Countdown, oneshot's Receiver", is_unpin!((ready(7), countdown(7), receiver))),
        ("poll_fn with a closure", is_unpin!(poll_fn(|_| Poll::Ready(7)))),
        ("an async block", is_unpin!(future())),
        ("an async block without an await", is_unpin!(async {})),
        ("Option<async block>", is_unpin!(Some(future()))),
        ("&mut async block", is_unpin!(&mut future())),
        ("Pin<&mut async block>", is_unpin!(pin!(future()))),
        ("Box<async block>", is_unpin!(Box::new(future()))),
        ("Pin<Box<async block>>", is_unpin!(Box::pin(future()))),
        ("PhantomPinned, and who has one: Reader", is_unpin!(Reader::new(*b"pinning!"))),
        ("Timed<async block>", is_unpin!(timed(future(), || Duration::ZERO))),
        ("Timed<Countdown>", is_unpin!(timed(countdown(7), || Duration::ZERO))),
        (
            "Timed<Countdown>, a clock that stays",
            is_unpin!(timed(countdown(7), clock_that_stays())),
        ),
    ];
    let row = |(what, unpin): (&str, bool)| {
        vec![what.to_owned(), if unpin { "may move (Unpin)" } else { "stays" }.to_owned()]
    };
    table(&["the type", "once pinned, it"], &rows.map(row));
}
// ANCHOR_END: who-may-move

fn clock_that_stays() -> impl FnMut() -> Duration {
    let stays = PhantomPinned;
    move || {
        let _ = &stays;
        Duration::ZERO
    }
}

// ANCHOR: timed
fn timed_twice() {
    scene("A future, timed");
    say("It computes for 5 ms, waits for 20, computes for 10, waits for 30, and computes for 5.");
    let clock = VirtualClock::new();
    let now = || clock.now();
    let (_, by_macro) = on(&clock, timed(works_and_waits(&clock), now));
    let (_, by_hand) = on(&clock, by_hand::timed(works_and_waits(&clock), now));
    let row =
        |what: &str, of: fn(&Tally) -> String| vec![what.to_owned(), of(&by_hand), of(&by_macro)];
    let rows = [
        row("polls", |tally| tally.polls.to_string()),
        row("busy, in ms", |tally| tally.busy.as_millis().to_string()),
        row("took, in ms", |tally| tally.took.as_millis().to_string()),
    ];
    table(&["projection", "by hand", "by pin-project-lite"], &rows);
}

/// Some work and some waiting. To work for a while is to move the clock.
async fn works_and_waits(clock: &VirtualClock) {
    for (work, wait) in [(5, 20), (10, 30)] {
        clock.advance(Duration::from_millis(work));
        clock.sleep(Duration::from_millis(wait)).await;
    }
    clock.advance(Duration::from_millis(5));
}

/// Runs a future. When it waits, the clock goes on to what it waits for.
fn on<F: Future>(clock: &VirtualClock, future: F) -> F::Output {
    Bounded::new().when_idle(|| clock.advance_to_next()).run(future).expect_ready()
}
// ANCHOR_END: timed

// ANCHOR: locals
fn in_which_order_locals_go() {
    scene("In which order a future's locals go");
    let row = |(end, what): (End, &str)| {
        let journal = Journal::new();
        story(&journal, end);
        vec![what.to_owned(), journal.to_string()]
    };
    let rows = [
        (End::NeverPolled, "before it is polled"),
        (End::HalfWay, "while it waits"),
        (End::Ready, "never, it is polled to its end"),
    ];
    table(&["dropped", "what is noted, in order"], &rows.map(row));
}
// ANCHOR_END: locals

// ANCHOR: big
/// Has a buffer of 16 KiB, and needs it after its await.
async fn big() -> usize {
    let mut buffer = [0_u8; 16 * 1024];
    fill(&mut buffer);
    yield_now().await;
    buffer.len()
}

fn big_futures() {
    scene("What a big future costs");
    let clock = || Duration::ZERO;
    let (boxed, count) = alloc::count(|| Box::pin(big()));
    let row = |what: &str, bytes: usize| vec![what.to_owned(), bytes.to_string()];
    let rows = [
        row("the future", size_of_val(&big())),
        row("Timed, with the future in it", size_of_val(&timed(big(), clock))),
        row("an async block that awaits that", size_of_val(&async { timed(big(), clock).await })),
        row("the handle that pin! gives", size_of_val(&pin!(big()))),
        row("the handle that Box::pin gives", size_of_val(&boxed)),
        row("what Box::pin allocates for it", count.bytes as usize),
        row("Timed, with that box in it", size_of_val(&timed(boxed, clock))),
    ];
    table(&["to move it copies", "bytes"], &rows);
    say("A future is copied each time it is moved. Once it is pinned, it is not moved any more.");
}

fn fill(buffer: &mut [u8]) {
    buffer.fill(1);
}
// ANCHOR_END: big
