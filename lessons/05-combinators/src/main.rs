//! Shows what it means to wait for several things at once, and who is polled while one does.
//!
//! Run it with `cargo lesson combinators`. It builds on the futures of `futures_by_hand` and the
//! channel of `wakers`.
//!
//! All waits are on a clock that stands still until everybody waits, so that a minute takes no time
//! and every run prints the same lines. The runner is `Bounded`: it polls when it is woken, and
//! says why it gives up.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use combinators::{Either, Unordered, join, join_all, select};
use futures_by_hand::yield_now;
use shared::figures::alloc::CountingAllocator;
use shared::narrate::Random;
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table, title};
use shared::probe::{Bounded, Journal, Report};
use shared::record::timeline_if_asked;

mod functions;
mod recorded;
mod streams;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const SECOND: Duration = Duration::from_secs(1);

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Combinators", "Waiting for several things at once, on one thread, without a runtime.");
    in_a_row_and_together();
    waits_overlap_and_work_does_not();
    the_first_of_two();
    who_wins_a_tie();
    polls_of_many();
    a_forgotten_wake_in_a_join();
    streams::a_few_at_a_time();
    streams::while_nobody_polls();
    streams::only_large_inputs_hang();
    functions::a_function_that_calls_itself();
    functions::a_closure_that_awaits();
}

// ANCHOR: on-the-clock
/// Runs a future. When nobody can go on, the clock goes on to where somebody can.
fn run<T>(clock: &VirtualClock, future: impl Future<Output = T>) -> Report<T> {
    Bounded::new().when_idle(|| clock.advance_to_next()).run(future)
}

/// Does nothing before it is polled: then it waits for so many seconds from that moment on.
async fn wait(clock: &VirtualClock, seconds: u32) {
    clock.sleep(seconds * SECOND).await;
}

/// A row for a table: what was done, how many seconds it took, how often the task was polled.
fn timed(what: &str, work: impl AsyncFnOnce(&VirtualClock)) -> Vec<String> {
    let clock = VirtualClock::new();
    let polls = run(&clock, work(&clock)).polls;
    vec![what.to_owned(), clock.now().as_secs().to_string(), polls.to_string()]
}
// ANCHOR_END: on-the-clock

// ANCHOR: in-a-row
fn in_a_row_and_together() {
    scene("In a row and together");
    say("Three waits, of 3, 1 and 2 seconds:");
    let rows = [
        timed("each called and awaited in turn", async |clock| {
            wait(clock, 3).await;
            wait(clock, 1).await;
            wait(clock, 2).await;
        }),
        timed("all called first, then awaited", async |clock| {
            let (three, one, two) = (wait(clock, 3), wait(clock, 1), wait(clock, 2));
            three.await;
            one.await;
            two.await;
        }),
        timed("join_all", async |clock| {
            join_all([3, 1, 2].map(|seconds| wait(clock, seconds))).await;
        }),
    ];
    table(&["how", "seconds", "polls of the task"], &rows);
}
// ANCHOR_END: in-a-row

// ANCHOR: work
/// Keeps the thread for so many seconds, in one poll. (It moves the clock instead of computing.)
async fn work(clock: &VirtualClock, seconds: u32) {
    clock.advance(seconds * SECOND);
}

fn waits_overlap_and_work_does_not() {
    scene("Waits overlap, work does not");
    let rows = [
        timed("join(wait 2, wait 3)", async |clock| {
            join(wait(clock, 2), wait(clock, 3)).await;
        }),
        timed("join(wait 2, work 3)", async |clock| {
            join(wait(clock, 2), work(clock, 3)).await;
        }),
        timed("join(work 3, wait 2)", async |clock| {
            join(work(clock, 3), wait(clock, 2)).await;
        }),
        timed("join(work 2, work 3)", async |clock| {
            join(work(clock, 2), work(clock, 3)).await;
        }),
    ];
    table(&["what", "seconds", "polls of the task"], &rows);

    let clock = VirtualClock::new();
    let seen = Seen::default();
    let all = join_all([3, 1, 2].map(|seconds| seen.of(wait(&clock, seconds))));
    run(&clock, all).expect_ready();
    fact("polls of three waits, together", seen.polls.get());
    fact("threads that polled them", seen.threads.borrow().len());
    fact("one of them is this thread", seen.threads.borrow().contains(&thread::current().id()));
}
// ANCHOR_END: work

// ANCHOR: seen
/// Counts the polls of futures, and the threads on which they were polled.
#[derive(Default)]
struct Seen {
    polls: Cell<u64>,
    threads: RefCell<HashSet<thread::ThreadId>>,
}

impl Seen {
    /// The same future, seen by this.
    async fn of<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        poll_fn(|cx| {
            self.polls.set(self.polls.get() + 1);
            self.threads.borrow_mut().insert(thread::current().id());
            future.as_mut().poll(cx)
        })
        .await
    }
}
// ANCHOR_END: seen

// ANCHOR: loser
/// Notes its drop.
struct Connection<'a>(&'a Journal);

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        self.0.note("the connection is closed");
    }
}

fn the_first_of_two() {
    scene("The first of two");
    let (clock, journal) = (VirtualClock::new(), Journal::new());
    let quick = async {
        wait(&clock, 1).await;
        journal.note("the quick one is ready");
    };
    let slow = async {
        let _connection = Connection(&journal);
        journal.note("the slow one has a connection");
        wait(&clock, 10).await;
        journal.note("the slow one says goodbye");
    };
    let task = async {
        let winner = select(quick, slow).await;
        journal.note(format_args!("the winner is the {} one", side(&winner)));
    };
    run(&clock, task).expect_ready();
    journal.entries().iter().for_each(|entry| say(format_args!("  {entry}")));
    fact("seconds", clock.now().as_secs());
    fact("sleepers left on the clock", clock.sleepers());
}

fn side<A, B>(winner: &Either<A, B>) -> &'static str {
    match winner {
        Either::Left(_) => "left",
        Either::Right(_) => "right",
    }
}
// ANCHOR_END: loser

// ANCHOR: tie
fn who_wins_a_tie() {
    scene("Who wins a tie");
    say("A thousand races of two futures that are both ready:");
    let mut random = Random::seeded(5);
    let rows = [
        races("the tortoise is always the left one", |_| true),
        races("they change sides after each race", |race| race % 2 == 0),
        races("a draw decides the sides", |_| random.below(2) == 0),
    ];
    table(&["", "tortoise", "hare"], &rows);
}

/// How often each of the two wins.
fn races(what: &str, mut tortoise_is_left: impl FnMut(u32) -> bool) -> Vec<String> {
    let mut wins = [0, 0];
    for race in 0..1000 {
        let (tortoise, hare) = (ready(0), ready(1));
        let sides = if tortoise_is_left(race) { (tortoise, hare) } else { (hare, tortoise) };
        let winner = Bounded::new().run(select(sides.0, sides.1)).expect_ready().into_inner();
        wins[winner] += 1;
    }
    vec![what.to_owned(), wins[0].to_string(), wins[1].to_string()]
}
// ANCHOR_END: tie

// ANCHOR: polls-of-many
fn polls_of_many() {
    scene("Polls of many");
    say(
        "So many children, each woken once, one after the other. How often are they polled, all together?",
    );
    let row = |children: u32| {
        let (joined, set) = (polls_of_join_all(children), polls_of_set(children));
        let each = set / u64::from(children);
        [u64::from(children), joined, set, each].map(|count| count.to_string()).to_vec()
    };
    let headings = ["children", "join_all", "the set", "the set, for each child"];
    table(&headings, &[1, 10, 100, 1000].map(row));
}

fn polls_of_join_all(children: u32) -> u64 {
    let (clock, seen) = (VirtualClock::new(), Seen::default());
    let all = join_all((1..=children).map(|seconds| seen.of(wait(&clock, seconds))));
    run(&clock, all).expect_ready();
    seen.polls.get()
}

fn polls_of_set(children: u32) -> u64 {
    let (clock, seen) = (VirtualClock::new(), Seen::default());
    let mut set: Unordered<_> =
        (1..=children).map(|seconds| seen.of(wait(&clock, seconds))).collect();
    run(&clock, async { while set.next().await.is_some() {} }).expect_ready();
    seen.polls.get()
}
// ANCHOR_END: polls-of-many

// ANCHOR: forgetful
/// Waits until the bell has been rung, and makes the mistake: it tells nobody whom to call.
fn forgetful(bell: &Cell<bool>) -> impl Future<Output = ()> {
    poll_fn(|_| if bell.get() { Poll::Ready(()) } else { Poll::Pending })
}

/// Is pending twice, and wakes itself each time. In its second poll, it rings the bell.
async fn ringer(bell: &Cell<bool>) {
    yield_now().await;
    bell.set(true);
    yield_now().await;
}

fn a_forgotten_wake_in_a_join() {
    scene("A forgotten wake in a join");
    let bell = Cell::new(false);
    let report = Bounded::new().run(forgetful(&bell));
    say(format_args!("  alone:\n    {report}"));

    let report = Bounded::new().run(join(forgetful(&bell), ringer(&bell)));
    say(format_args!("  joined with a sibling:\n    {report}"));

    bell.set(false);
    let report = Bounded::new().when_idle(|| false).run(async {
        let mut set: Unordered<Pin<Box<dyn Future<Output = ()>>>> = Unordered::new();
        set.push(Box::pin(forgetful(&bell)));
        set.push(Box::pin(ringer(&bell)));
        while set.next().await.is_some() {}
    });
    say(format_args!("  in a set with the sibling:\n    {report}"));
}
// ANCHOR_END: forgetful
