//! A function that can stop half-way is a value you can store.
//!
//! Shows, scene by scene: that a coroutine does nothing until it is resumed; that it yields values
//! one by one and then ends; that values travel in both directions, through a delegating coroutine
//! as well; how one loop runs many coroutines at once; what a greedy one does to the others; and
//! how little memory a stopped function takes.
//!
//! Run it with `cargo lesson generators`. It builds on nothing but the standard library and this
//! crate's `lib.rs`.

use std::cell::{Cell, RefCell};
use std::iter;

use generators::CoroutineState::{self, Complete, Yielded};
use generators::{
    Ask, Coroutine, CountTo, Items, OneThenSeven, RoundRobin, delegate, from_fn, items,
};
use shared::figures::alloc::{self, CountingAllocator};
use shared::narrate::{fact, say, scene, table, title};
use shared::record::timeline_if_asked;

mod recorded;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Generators", "A function that can stop half-way is a value you can store.");
    nothing_runs_until_it_is_resumed();
    one_seven_and_the_end();
    values_travel_both_ways();
    interleaving();
    a_greedy_one();
    sizes_in_memory();
}

// ANCHOR: lazy
fn nothing_runs_until_it_is_resumed() {
    scene("Nothing runs until it is resumed");
    let calls = Cell::new(0);
    let mut squares = iter::from_fn(|| {
        calls.set(calls.get() + 1);
        Some(calls.get() * calls.get())
    });
    say("A generator of squares is made. It has no end, and nobody has asked it for anything.");
    fact("times its body has run", calls.get());
    let asked: Vec<u32> = squares.by_ref().take(3).collect();
    say("Three squares are asked for.");
    fact("squares", format!("{asked:?}"));
    fact("times its body has run", calls.get());
}
// ANCHOR_END: lazy

// ANCHOR: end
fn one_seven_and_the_end() {
    scene("1, then 7, then the end");
    let mut numbers = OneThenSeven::Start;
    for _ in 0..3 {
        let from = format!("resumed in state {numbers:?}");
        fact(&from, format!("{:?}", numbers.resume(())));
    }
    say("The same, seen as an iterator: the end is None, and it stays None.");
    let mut numbers = items(OneThenSeven::Start);
    for _ in 0..4 {
        fact("next", format!("{:?}", numbers.next()));
    }
}
// ANCHOR_END: end

// ANCHOR: both_ways
fn values_travel_both_ways() {
    scene("Values travel both ways");
    let received = Cell::new(None);
    let mut outer = delegate(Ask::new(7), |answer: u32| {
        received.set(Some(answer));
        23
    });
    say("An outer coroutine delegates to an inner one, which asks a question.");
    fact("resume(0), which starts it", format!("{:?}", outer.resume(0)));
    fact("resume(42), which answers", format!("{:?}", outer.resume(42)));
    fact("the inner one completed with", format!("{:?}", received.get()));
    say("7 came out through both, 42 went in through both, and 23 is the outer one's own result.");
}
// ANCHOR_END: both_ways

// ANCHOR: interleaving
fn interleaving() {
    scene("One loop, many coroutines");
    let names = ["a", "b", "c"];
    let mut tasks = RoundRobin::new();
    for limit in [2, 1, 3] {
        tasks.spawn(CountTo::new(limit));
    }
    say("Tasks a, b and c count to 2, 1 and 3. The loop gives each one step at a time.");
    let mut turns = 0;
    tasks.run(|id, state| {
        turns += 1;
        let label = format!("turn {turns}, task {}", names[id]);
        fact(&label, format!("{state:?}"));
    });
}
// ANCHOR_END: interleaving

// ANCHOR: greedy
/// Works for `stints` turns, `effort` units of work in each. Notes when each turn begins.
fn worker<'a>(
    name: &'static str,
    stints: u32,
    effort: u32,
    work_done: &'a Cell<u32>,
    log: &'a RefCell<Vec<Vec<String>>>,
) -> impl Coroutine<Yield = (), Return = ()> + 'a {
    let mut turn = 0;
    from_fn(move |()| {
        turn += 1;
        log.borrow_mut().push(vec![name.into(), turn.to_string(), work_done.get().to_string()]);
        for _ in 0..effort {
            work_done.set(work_done.get() + 1);
        }
        if turn == stints { Complete(()) } else { Yielded(()) }
    })
}

fn a_greedy_one() {
    scene("A greedy one stops the rest");
    let work_done = Cell::new(0);
    let log = RefCell::default();
    let mut tasks = RoundRobin::new();
    tasks.spawn(worker("polite", 3, 1, &work_done, &log));
    tasks.spawn(worker("greedy", 1, 1_000_000, &work_done, &log));
    tasks.spawn(worker("modest", 3, 1, &work_done, &log));
    tasks.run(|_, _| ());
    say(
        "Polite and modest yield after each unit of work. Greedy has 1000000 units and never yields.",
    );
    table(&["task", "its turn", "work done before"], &log.borrow());
    say("Greedy ends only because its work does. With a loop that never ends in its place, resume");
    say("would not return, and polite and modest would never get another turn.");
}
// ANCHOR_END: greedy

// ANCHOR: sizes
fn sizes_in_memory() {
    scene("What a stopped function weighs");
    let row = |what: &str, bytes: usize| vec![what.to_owned(), bytes.to_string()];
    let rows = [
        row("OneThenSeven", size_of::<OneThenSeven>()),
        row("CountTo", size_of::<CountTo>()),
        row("Items<CountTo>", size_of::<Items<CountTo>>()),
        row("Ask<u32>", size_of::<Ask<u32>>()),
        row("Ask<[u8; 100]>", size_of::<Ask<[u8; 100]>>()),
        row("CoroutineState<u32, ()>", size_of::<CoroutineState<u32, ()>>()),
        row("Box<dyn Coroutine>", size_of::<Box<dyn Coroutine<Yield = (), Return = ()>>>()),
    ];
    table(&["type", "bytes"], &rows);
    let (stopped, count) = alloc::count(|| vec![OneThenSeven::Start; 1_000_000]);
    say("A million generators, started or not, side by side:");
    fact("generators", stopped.len());
    fact("allocations", count.allocations);
    fact("bytes", count.bytes);
}
// ANCHOR_END: sizes
