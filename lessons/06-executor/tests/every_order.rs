//! Flags and queue, model-checked: every order in which threads can wake, abort, close, poll and
//! sleep, and broken variants that are caught.
//!
//! The sources are those of the library, and the signal's those of `wakers`. Only what they take
//! from `crate::sync` and `crate::thread` is the explorer's. Around them stands a loop as the
//! executor has it, without what one thread does alone.

#![expect(dead_code, reason = "a test crate uses part of what the sources offer")]

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize as Count;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Waker;

use shared::probe::explore::{Explored, every_order};

use flags::{Flags, Turn};
use queue::RunQueue;
use sync::atomic::AtomicBool;
use waker::Signal;

// ANCHOR: explorers
mod sync {
    pub use shared::probe::explore::sync::{Mutex, MutexGuard, PoisonError, atomic};
}

mod thread {
    pub use shared::probe::explore::thread::{Thread, current, park, park_timeout, spawn};
}

#[path = "../src/flags.rs"]
mod flags;
#[path = "../src/queue.rs"]
mod queue;
#[path = "../../03-wakers/src/waker.rs"]
mod waker;
// ANCHOR_END: explorers

#[path = "every_order/broken.rs"]
mod broken;

/// How a task is woken and begun: as the library does it, or with a mistake.
trait Way: Sized + Send + Sync + 'static {
    fn new() -> Self;
    /// A wake: puts the task into the queue if that is to be.
    fn wake(&self, push: impl FnOnce());
    fn abort(&self, push: impl FnOnce());
    fn begin(&self) -> Turn;
    /// After a poll that was pending.
    fn polled(&self) {}
    fn finish(&self);
}

/// As `task.rs` does it.
struct Sound(Flags);

impl Way for Sound {
    fn new() -> Self {
        Self(Flags::queued())
    }

    fn wake(&self, push: impl FnOnce()) {
        if self.0.wake() {
            push();
        }
    }

    fn abort(&self, push: impl FnOnce()) {
        if self.0.abort() {
            push();
        }
    }

    fn begin(&self) -> Turn {
        self.0.begin()
    }

    fn finish(&self) {
        self.0.finish();
    }
}

/// What a woken task is put into.
trait Line<T>: Send + Sync {
    fn push(&self, item: T);
    fn pop(&self) -> Option<T>;
}

impl<T: Send> Line<T> for RunQueue<T> {
    fn push(&self, item: T) {
        RunQueue::push(self, item);
    }

    fn pop(&self) -> Option<T> {
        RunQueue::pop(self)
    }
}

/// In one step, which leaves room for more orders of the flags.
impl<T: Send> Line<T> for std::sync::Mutex<VecDeque<T>> {
    fn push(&self, item: T) {
        self.lock().expect("nothing panics in here").push_back(item);
    }

    fn pop(&self) -> Option<T> {
        self.lock().expect("nothing panics in here").pop_front()
    }
}

// ANCHOR: small-task
/// A task that waits for a number of events. Whoever brings one counts it, and wakes the task.
struct Task<W: Way> {
    way: W,
    line: Arc<dyn Line<Arc<Self>>>,
    awaited: usize,
    events: Count,
    polls: Count,
    /// How often it stands in the line.
    standing: Count,
    is_over: Count,
    /// A step in the middle of a poll.
    middle: AtomicBool,
}

impl<W: Way> Task<W> {
    fn new(awaited: usize, line: Arc<dyn Line<Arc<Self>>>) -> Arc<Self> {
        let [events, polls, standing, is_over] = [0; 4].map(Count::new);
        let (way, middle) = (W::new(), AtomicBool::new(false));
        let task = Self { way, line, awaited, events, polls, standing, is_over, middle };
        let task = Arc::new(task);
        task.push();
        task
    }

    fn bring_an_event(self: &Arc<Self>) {
        self.events.fetch_add(1, SeqCst);
        self.way.wake(|| self.push());
    }

    fn abort(self: &Arc<Self>) {
        self.way.abort(|| self.push());
    }

    fn push(self: &Arc<Self>) {
        assert_eq!(self.standing.fetch_add(1, SeqCst), 0, "the task stands in the queue twice");
        self.line.push(Arc::clone(self));
    }

    /// What the executor does with the first in the line. Returns whether there was one.
    fn turn(self: &Arc<Self>, in_the_poll: impl FnOnce()) -> bool {
        if self.line.pop().is_none() {
            return false;
        }
        self.standing.fetch_sub(1, SeqCst);
        match self.way.begin() {
            Turn::Nothing => return true,
            Turn::Cancel => {}
            Turn::Poll if self.is_ready(in_the_poll) => {}
            Turn::Poll => {
                self.way.polled();
                return true;
            }
        }
        self.way.finish();
        assert_eq!(self.is_over.fetch_add(1, SeqCst), 0, "it ended twice");
        true
    }

    fn is_ready(&self, in_the_poll: impl FnOnce()) -> bool {
        assert!(!self.is_over(), "it was polled after its end");
        self.polls.fetch_add(1, SeqCst);
        in_the_poll();
        self.middle.load(SeqCst);
        self.events.load(SeqCst) == self.awaited
    }

    fn is_over(&self) -> bool {
        self.is_over.load(SeqCst) == 1
    }

    fn polls(&self) -> usize {
        self.polls.load(SeqCst)
    }
}
// ANCHOR_END: small-task

/// Lets two threads do something with a task beside the executor, then the executor alone, until
/// nobody stands in the line.
fn beside_two<W: Way>(awaited: usize, doings: [fn(&Arc<Task<W>>); 2]) -> Arc<Task<W>> {
    let line: Arc<std::sync::Mutex<VecDeque<_>>> = Arc::default();
    let task = Task::<W>::new(awaited, line);
    let threads = doings.map(|does| {
        let task = Arc::clone(&task);
        thread::spawn(move || does(&task))
    });
    while task.turn(|| {}) {}
    threads.into_iter().for_each(|thread| thread.join().expect("it does not panic"));
    while task.turn(|| {}) {}
    task
}

// ANCHOR: scenarios
fn a_wake_against_the_poll_and_the_sleep<W: Way>() {
    let signal = Arc::new(Signal::new());
    let queue = Arc::new(RunQueue::new(Waker::from(Arc::clone(&signal))));
    let task = Task::<W>::new(1, queue);
    let other = Arc::clone(&task);
    task.turn(|| drop(thread::spawn(move || other.bring_an_event())));
    while !task.is_over() {
        if !task.turn(|| {}) {
            signal.wait();
        }
    }
    assert!(task.polls() <= 2, "two polls are enough for one event");
}

fn two_wakes<W: Way>() {
    let task = beside_two::<W>(2, [Task::bring_an_event, Task::bring_an_event]);
    assert!(task.is_over(), "it has what it waits for, and nobody polls it: {LOST}");
    assert!(task.polls() <= 3, "three polls are enough for two events");
}

fn a_wake_against_an_abort<W: Way>() {
    // One event is not enough: only the abort can end it.
    let task = beside_two::<W>(2, [Task::bring_an_event, Task::abort]);
    assert!(task.is_over(), "it was aborted, and nobody drops it: {LOST}");
}
// ANCHOR_END: scenarios

const LOST: &str = "a wake is lost";

fn two_aborts<W: Way>() {
    let task = beside_two::<W>(1, [Task::abort, Task::abort]);
    assert!(task.is_over(), "it was aborted, and nobody drops it: {LOST}");
}

fn a_wake_and_an_abort_against_the_end<W: Way>() {
    // It is ready at its first poll, unless the abort comes first.
    let line: Arc<std::sync::Mutex<VecDeque<_>>> = Arc::default();
    let task = Task::<W>::new(0, line);
    let other = Arc::clone(&task);
    let waking = thread::spawn(move || other.way.wake(|| other.push()));
    let other = Arc::clone(&task);
    let aborting = thread::spawn(move || other.abort());
    while task.turn(|| {}) {}
    waking.join().expect("it does not panic");
    aborting.join().expect("it does not panic");
    while task.turn(|| {}) {}
    assert!(task.is_over() && task.polls() <= 1);
    // What comes now finds that it is over.
    task.way.wake(|| task.push());
    assert_eq!(task.standing.load(SeqCst), 0, "it was queued after its end");
}

fn a_wake_and_an_abort_against_close<W: Way>() {
    let queue = Arc::new(RunQueue::new(Waker::noop().clone()));
    let task = Task::<W>::new(2, Arc::clone(&queue) as Arc<dyn Line<_>>);
    task.turn(|| {});
    let (woken, aborted) = (Arc::clone(&task), Arc::clone(&task));
    let waking = thread::spawn(move || woken.bring_an_event());
    let aborting = thread::spawn(move || aborted.abort());
    drop(queue.close());
    waking.join().expect("it does not panic");
    aborting.join().expect("it does not panic");
    assert_eq!(queue.len(), 0, "it was queued where nobody will ever take it");
    assert_eq!(Arc::strong_count(&task), 1, "somebody keeps the task");
}

/// What is explored, and what of it is in the table.
type Scenario = (&'static str, fn());

const SOUND: [Scenario; 6] = [
    ("a wake against the poll and the sleep", a_wake_against_the_poll_and_the_sleep::<Sound>),
    ("two wakes against the polls", two_wakes::<Sound>),
    ("a wake and an abort against the polls", a_wake_against_an_abort::<Sound>),
    ("two aborts against the poll", two_aborts::<Sound>),
    ("a wake and an abort against the end", a_wake_and_an_abort_against_the_end::<Sound>),
    ("a wake and an abort against close", a_wake_and_an_abort_against_close::<Sound>),
];

/// Explores all, and compares what was explored with the table that the book shows.
/// `SNAPSHOTS=overwrite` accepts the table as it is now.
#[test]
fn in_every_order_nothing_is_lost_and_nothing_happens_twice() {
    let row = |(name, scenario): &Scenario| {
        let Explored { orders, all } = every_order(*scenario);
        let scope = if all { "all" } else { "the first of more" };
        format!("{name:<40}{orders:>7}  {scope}\n")
    };
    let heading = format!("{:<40}{:>7}\n", "what meets", "orders");
    let table = heading + &SOUND.iter().map(row).collect::<String>();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/every_order/explored.txt");
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        std::fs::write(path, &table).expect("it can be written");
    }
    let expected = std::fs::read_to_string(path).expect("the table is there");
    assert_eq!(table, expected);
}

/// What the explorer says of a scenario that must fail in some order.
fn words_of(scenario: fn()) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(|| every_order(scenario)));
    let payload = outcome.expect_err("some order must fail");
    payload
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| payload.downcast_ref::<&str>().expect("a panic with words").to_string())
}

// ANCHOR: caught
const ASLEEP: &str = "everybody sleeps and nobody is left to wake them";
const TWICE: &str = "the task stands in the queue twice";

#[test]
fn clearing_the_flag_after_the_poll_is_caught() {
    let words = words_of(a_wake_against_the_poll_and_the_sleep::<broken::ClearsAfterThePoll>);
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn pushing_before_setting_the_flag_is_caught() {
    let words = words_of(|| {
        let twice = |task: &Arc<Task<_>>| (0..2).for_each(|_| task.bring_an_event());
        let task = beside_two::<broken::PushesBeforeItSets>(2, [twice, |_| {}]);
        assert!(task.is_over(), "{LOST}");
    });
    assert!(words.contains(LOST), "{words}");
}

#[test]
fn looking_at_the_flag_and_setting_it_in_two_steps_is_caught() {
    let words = words_of(two_wakes::<broken::LooksThenSets>);
    assert!(words.contains(TWICE), "{words}");
}

#[test]
fn a_task_without_a_flag_is_caught() {
    let words = words_of(two_wakes::<broken::NoFlag>);
    assert!(words.contains(TWICE), "{words}");
}
// ANCHOR_END: caught

#[test]
fn an_abort_that_queues_nobody_is_caught() {
    let words = words_of(a_wake_against_an_abort::<broken::AbortsInSilence>);
    assert!(words.contains(LOST), "{words}");
}

#[test]
fn a_wake_that_does_not_look_whether_the_task_is_over_is_caught() {
    let words = words_of(a_wake_and_an_abort_against_the_end::<broken::WakesTheDead>);
    assert!(words.contains("it ended twice"), "{words}");
}

#[test]
fn waking_the_thread_before_the_push_is_caught() {
    let words = words_of(broken::wakes_before_it_pushes);
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_queue_that_stays_open_is_caught() {
    let words = words_of(broken::closes_by_emptying);
    assert!(words.contains("where nobody will ever take it"), "{words}");
}
