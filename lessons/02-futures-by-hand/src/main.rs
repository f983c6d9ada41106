//! Shows what a future is, and what `.await` does, by polling by hand.
//!
//! Run it with `cargo lesson futures-by-hand`. It builds on the coroutines of `generators`.
//!
//! Nothing here wakes anybody: the program polls until a future is ready. Who should poll, and
//! when, is the next lesson's subject.

use std::cell::Cell;
use std::future::ready;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use futures_by_hand::{
    CallTree, Sum, as_coroutine, countdown, map, poll_once, poll_until_ready, sum, then, yield_now,
};
use generators::{Ask, Coroutine, RoundRobin, delegate};
use shared::narrate::{fact, say, scene, table, title};
use shared::record::timeline_if_asked;

mod recorded;

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Futures by hand", "A future is a generator with one word for \"not yet\".");
    a_value_with_one_method();
    calling_runs_nothing();
    every_poll_starts_at_the_root();
    one_future_after_another();
    a_ready_future_keeps_control();
    what_await_does();
    what_a_local_costs();
    pending_carries_no_value();
    a_coroutine_that_yields_nothing();
}

// ANCHOR: one-method
fn a_value_with_one_method() {
    scene("A future is a value with one method");
    say("countdown(2) is pending twice. Each call of poll asks once and comes back at once.");
    let mut future = countdown(2);
    fact("first poll", format_args!("{:?}", poll_once(&mut future)));
    fact("second poll", format_args!("{:?}", poll_once(&mut future)));
    fact("third poll", format_args!("{:?}", poll_once(&mut future)));
}
// ANCHOR_END: one-method

// ANCHOR: lazy
/// Counts how often it runs.
async fn work(runs: Rc<Cell<u32>>) {
    runs.set(runs.get() + 1);
}

fn calling_runs_nothing() {
    scene("Calling an async function runs nothing");
    let runs = Rc::new(Cell::new(0));
    let future = work(Rc::clone(&runs));
    fact("runs after the call", runs.get());
    fact("bytes that the call gave back", size_of_val(&future));
    fact("owners of the counter", Rc::strong_count(&runs));
    drop(future);
    fact("owners after dropping the future", Rc::strong_count(&runs));
    fact("runs after that", runs.get());
    poll_until_ready(forgets_to_await(&runs));
    fact("runs after a call without .await", runs.get());
    poll_until_ready(work(Rc::clone(&runs)));
    fact("runs once one is polled", runs.get());
    say("A call makes a value. Polls run it, and dropping it drops what it holds.");
}

async fn forgets_to_await(runs: &Rc<Cell<u32>>) {
    #[expect(unused_must_use, reason = "the mistake that this scene is about: no `.await`")]
    work(Rc::clone(runs));
}
// ANCHOR_END: lazy

// ANCHOR: call-tree
fn every_poll_starts_at_the_root() {
    scene("Every poll starts at the root");
    say("root awaits branch, branch awaits leaf, and leaf is countdown(2).");
    let tree = CallTree::new();
    let leaf = tree.watch("leaf", countdown(2));
    let branch = tree.watch("branch", async { leaf.await + 10 });
    let root = tree.watch("root", async { branch.await + 100 });
    poll_and_print(root, &tree);
    say("The caller holds the root and nothing else. Pending came up through every level.");
}
// ANCHOR_END: call-tree

// ANCHOR: then
fn one_future_after_another() {
    scene("One future after another");
    say("first is countdown(1); its value plus one is where second starts.");
    let tree = CallTree::new();
    let first = tree.watch("first", map(countdown(1), |from| from + 1));
    let both = then(first, |from| tree.watch("second", countdown(from)));
    poll_and_print(tree.watch("both", both), &tree);
    say("Poll 2 found first ready, and gave second its first poll at once.");
}
// ANCHOR_END: then

/// Polls until the future is ready, and prints what the tree wrote down after each poll.
fn poll_and_print<F: Future + Unpin>(mut future: F, tree: &CallTree) {
    for poll in 1.. {
        let state = poll_once(&mut future);
        say(format_args!("poll {poll}"));
        tree.take().iter().for_each(|line| say(format_args!("  {line}")));
        if state.is_ready() {
            return;
        }
    }
}

// ANCHOR: ready-keeps-control
fn a_ready_future_keeps_control() {
    scene("A ready future does not give up control");
    let thousand_awaits = async {
        for _ in 0..1000 {
            ready(()).await;
        }
    };
    let ((), polls) = poll_until_ready(thousand_awaits);
    fact("polls, 1000 awaits of ready(())", polls);

    let three_awaits = async {
        for _ in 0..3 {
            yield_now().await;
        }
    };
    let ((), polls) = poll_until_ready(three_awaits);
    fact("polls, 3 awaits of yield_now()", polls);
    say("Control goes back to the caller where a leaf says Pending, and nowhere else.");
}
// ANCHOR_END: ready-keeps-control

// ANCHOR: side-by-side
fn what_await_does() {
    scene("What .await does");
    say("sum(2, 1), as an enum by hand and as the compiler builds it, polled side by side.");
    let mut by_hand = Sum::new(2, 1);
    let mut by_compiler = pin!(sum(2, 1));
    let mut cx = Context::from_waker(Waker::noop());
    let row = |polls: u32, hand: &str, compiler: &str, state: &Sum| {
        vec![polls.to_string(), hand.to_owned(), compiler.to_owned(), format!("{state:?}")]
    };
    let mut rows = vec![row(0, "", "", &by_hand)];
    for polls in 1.. {
        let hand = poll_once(&mut by_hand);
        let compiler = by_compiler.as_mut().poll(&mut cx);
        rows.push(row(polls, &format!("{hand:?}"), &format!("{compiler:?}"), &by_hand));
        if hand.is_ready() && compiler.is_ready() {
            break;
        }
    }
    table(&["polls", "by hand", "by the compiler", "the enum by hand, afterwards"], &rows);
    fact("bytes by hand", size_of_val(&Sum::new(2, 1)));
    fact("bytes by the compiler", size_of_val(&sum(2, 1)));
    say("The same at every poll. The sizes are of this compiler.");
}
// ANCHOR_END: side-by-side

// ANCHOR: buffers
const KIB: usize = 1024;

/// Stands for a read: it needs the whole buffer, and one byte of it is of interest afterwards.
fn fill(buffer: &mut [u8]) -> u8 {
    buffer.fill(7);
    buffer[0]
}

async fn keeps_it_across() -> u8 {
    let mut buffer = [0; KIB];
    fill(&mut buffer);
    yield_now().await;
    buffer[0]
}

async fn never_looks_at_it_again() -> u8 {
    let mut buffer = [0; KIB];
    let first = fill(&mut buffer);
    yield_now().await;
    first
}

async fn ends_its_scope_before() -> u8 {
    let first = {
        let mut buffer = [0; KIB];
        fill(&mut buffer)
    };
    yield_now().await;
    first
}

async fn takes_it_as_argument(buffer: [u8; KIB]) -> u8 {
    yield_now().await;
    buffer[0]
}

async fn awaits_it() -> u8 {
    keeps_it_across().await
}

async fn awaits_it_twice() -> u8 {
    keeps_it_across().await;
    keeps_it_across().await
}

async fn awaits_it_in_a_box() -> u8 {
    Box::pin(keeps_it_across()).await
}
// ANCHOR_END: buffers

// ANCHOR: sizes
fn what_a_local_costs() {
    scene("What a local costs");
    say("Bytes of a future that has to do with a buffer of 1024 bytes (this compiler, 64 bits):");
    let row = |what: &str, bytes: usize| vec![what.to_owned(), bytes.to_string()];
    let rows = [
        row("keeps the buffer across the await", size_of_val(&keeps_it_across())),
        row("never looks at it again after it", size_of_val(&never_looks_at_it_again())),
        row("ends its scope before the await", size_of_val(&ends_its_scope_before())),
        row("takes it as an argument", size_of_val(&takes_it_as_argument([7; KIB]))),
        row("awaits the first of these", size_of_val(&awaits_it())),
        row("awaits it twice, in a row", size_of_val(&awaits_it_twice())),
        row("awaits it in a box", size_of_val(&awaits_it_in_a_box())),
    ];
    table(&["the future", "bytes"], &rows);
}
// ANCHOR_END: sizes

// ANCHOR: cells
/// Says 7, is told something, and returns 23. What is said goes through two cells.
async fn rock(out: &Cell<Option<u32>>, back: &Cell<Option<u32>>) -> u32 {
    out.set(Some(7));
    yield_now().await;
    fact("the rock was told", format_args!("{:?}", back.take()));
    23
}

fn pending_carries_no_value() {
    scene("Pending carries no value");
    say("A coroutine: values go in and out with resume.");
    let mut ask = delegate(Ask::new(7), |_answer: u32| 23);
    fact("resume(0)", format_args!("{:?}", ask.resume(0)));
    fact("resume(42)", format_args!("{:?}", ask.resume(42)));

    say("A future: the same question and answer need a cell each.");
    let (out, back) = (Cell::new(None), Cell::new(None));
    let mut future = pin!(rock(&out, &back));
    let mut cx = Context::from_waker(Waker::noop());
    fact("first poll", format_args!("{:?}", future.as_mut().poll(&mut cx)));
    fact("found in the cell for out", format_args!("{:?}", out.take()));
    back.set(Some(42));
    fact("second poll", format_args!("{:?}", future.as_mut().poll(&mut cx)));
}
// ANCHOR_END: cells

// ANCHOR: round-robin
fn a_coroutine_that_yields_nothing() {
    scene("A coroutine that yields ()");
    say("So the loop for coroutines runs futures, too: three of them in turn.");
    let names = ["sum by hand", "sum by the compiler", "countdown"];
    let mut tasks = RoundRobin::new();
    tasks.spawn(as_coroutine(Sum::new(1, 1)));
    tasks.spawn(as_coroutine(Box::pin(sum(1, 1))));
    tasks.spawn(as_coroutine(countdown(1)));
    tasks.run(|task, state| fact(names[task], format_args!("{state:?}")));
}
// ANCHOR_END: round-robin
