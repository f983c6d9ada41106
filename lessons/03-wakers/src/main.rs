//! Shows who polls a future again, and when: a task that was called, after it was called.
//!
//! Run it with `cargo lesson wakers`. It builds on the futures and the naive runner of
//! `futures_by_hand`.
//!
//! Everything printed but the two processor times is a count, and the same in every run: where a
//! thread takes part, the program decides when it goes on.

use std::cell::Cell;
use std::future::{Future, pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use futures_by_hand::{poll_once, poll_until_ready, yield_now};
use shared::figures::measure::thread_cpu_time;
use shared::narrate::{fact, say, scene, table, title};
use shared::probe::{Bounded, WakerProbe};
use shared::record::timeline_if_asked;
use wakers::{Signal, block_on, oneshot, raw_waker, sleep};

mod orders;
mod recorded;

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Wakers", "Pending is a promise to call back.");
    a_handle_that_can_be_called();
    polls_against_wakes();
    three_ends_of_a_wait();
    the_last_waker_wins();
    a_thread_for_a_sleep();
    nobody_was_told();
    a_sibling_hides_it();
    looking_before_registering();
    a_poll_for_nothing();
}

// ANCHOR: handle
fn a_handle_that_can_be_called() {
    scene("A waker is a handle that can be called");
    say("References to one signal, with wakers from the Wake trait and from a table by hand:");
    let (by_trait, by_hand) = (references(Waker::from), references(raw_waker));
    let steps = ["made", "cloned", "woken by reference", "woken by value", "the other one dropped"];
    let row = |step: usize| {
        vec![steps[step].to_owned(), by_trait[step].to_string(), by_hand[step].to_string()]
    };
    table(&["the waker is", "trait", "table"], &[0, 1, 2, 3, 4].map(row));
    fact("bytes of a waker (64 bits)", size_of::<Waker>());
}

/// How many references there are after each step in a waker's life. One is this function's own.
fn references(waker_of: fn(Arc<Signal>) -> Waker) -> [usize; 5] {
    let signal = Arc::new(Signal::new());
    let count = || Arc::strong_count(&signal);
    let waker = waker_of(Arc::clone(&signal));
    let made = count();
    let copy = waker.clone();
    let cloned = count();
    copy.wake_by_ref();
    let woken_by_reference = count();
    copy.wake();
    let woken_by_value = count();
    drop(waker);
    [made, cloned, woken_by_reference, woken_by_value, count()]
}
// ANCHOR_END: handle

// ANCHOR: polls-against-wakes
fn polls_against_wakes() {
    scene("Polls against wakes");
    say("The same answer, worked out in three places. A thread answers when it is told to go on.");
    let [here, parked, spinning] = [(); 3].map(|()| Tally::default());
    let sums = [
        block_on(here.of(async { sum_to_a_million() })),
        block_on(parked.of(answer_of_a_thread(1))),
        poll_until_ready(spinning.of(answer_of_a_thread(100_000))).0,
    ];
    assert_eq!(sums, [sum_to_a_million(); 3]);
    let row = |what: &str, tally: &Tally| {
        vec![what.to_owned(), tally.polls.get().to_string(), tally.wakes.load(SeqCst).to_string()]
    };
    let rows = [
        row("the poll works it out itself", &here),
        row("a thread does, block_on waits", &parked),
        row("a thread does, the runner asks on", &spinning),
    ];
    table(&["the answer", "polls", "wakes"], &rows);
}

fn sum_to_a_million() -> u64 {
    (1..=1_000_000).sum()
}

/// Waits for a thread that starts to work once this future has been polled `polls` times.
fn answer_of_a_thread(polls: u64) -> impl Future<Output = u64> {
    let (sender, mut answer) = oneshot::channel();
    let (go, told_to_go) = mpsc::channel();
    let worker =
        thread::spawn(move || told_to_go.recv().is_ok() && sender.send(sum_to_a_million()).is_ok());
    let (mut worker, mut polled) = (Some(worker), 0);
    poll_fn(move |cx| {
        let state = Pin::new(&mut answer).poll(cx).map(|sum| sum.expect("the worker sends"));
        polled += 1;
        if polled == polls {
            go.send(()).expect("the worker listens");
        }
        // A runner that asks on finds the answer at its next poll, so that the count is exact.
        if polled == polls && polls > 1 {
            let sent = worker.take().map(thread::JoinHandle::join);
            assert!(matches!(sent, Some(Ok(true))));
        }
        state
    })
}
// ANCHOR_END: polls-against-wakes

// ANCHOR: tally
/// Counts the polls and the wakes of one future.
#[derive(Default)]
struct Tally {
    polls: Cell<u64>,
    wakes: Arc<AtomicU64>,
}

impl Tally {
    /// The same future, polled through this tally.
    async fn of<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        poll_fn(|cx| {
            self.polls.set(self.polls.get() + 1);
            let passing = Passing { to: cx.waker().clone(), wakes: Arc::clone(&self.wakes) };
            future.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(passing))))
        })
        .await
    }
}

/// A waker that counts a wake, and passes it on to another.
struct Passing {
    to: Waker,
    wakes: Arc<AtomicU64>,
}

impl Wake for Passing {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, SeqCst);
        self.to.wake_by_ref();
    }
}
// ANCHOR_END: tally

// ANCHOR: three-ends
fn three_ends_of_a_wait() {
    scene("Three ends of a wait");
    let (sender, receiver) = oneshot::channel();
    fact("a new channel", format_args!("{receiver:?}"));
    fact("sending 17", format_args!("{:?}", sender.send(17)));
    fact("the channel then", format_args!("{receiver:?}"));
    fact("the receiver gets", format_args!("{:?}", block_on(receiver)));

    let (sender, receiver) = oneshot::channel::<u32>();
    drop(sender);
    fact("without a sender, it gets", format_args!("{:?}", block_on(receiver)));

    let (sender, receiver) = oneshot::channel();
    drop(receiver);
    fact("without a receiver, sending 17", format_args!("{:?}", sender.send(17)));
}
// ANCHOR_END: three-ends

// ANCHOR: last-waker
fn the_last_waker_wins() {
    scene("The last waker wins");
    say("Two tasks poll the same receiver, one after the other. Then the value is sent.");
    let (sender, mut receiver) = oneshot::channel();
    let tasks = [WakerProbe::new(), WakerProbe::new()];
    for task in &tasks {
        let waker = task.waker();
        let state = Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker));
        assert_eq!(state, Poll::Pending);
    }
    sender.send(17).expect("the receiver is there");
    fact("wakes of the first task", tasks[0].wakes());
    fact("wakes of the second task", tasks[1].wakes());
}
// ANCHOR_END: last-waker

// ANCHOR: a-sleep
fn a_thread_for_a_sleep() {
    scene("A thread for a sleep");
    let duration = Duration::from_millis(30);
    let start = Instant::now();
    let polls = Cell::new(0);
    let mut asleep = sleep(duration);
    let parked = processor_time_of(|| {
        block_on(poll_fn(|cx| {
            polls.set(polls.get() + 1);
            Pin::new(&mut asleep).poll(cx)
        }));
    });
    fact("30 ms asleep, woken too early", start.elapsed() < duration);
    fact("polls in that time", if polls.get() <= 2 { "2 at most" } else { "too many" });
    fact("processor time, parked", parked);
    let asking_on = processor_time_of(|| {
        poll_until_ready(sleep(duration));
    });
    fact("the runner that asks on", asking_on);

    let start = Instant::now();
    let (first, second) = (sleep(duration), sleep(duration));
    block_on(async {
        first.await;
        second.await;
    });
    fact("two at once, woken too early", start.elapsed() < duration);
}
// ANCHOR_END: a-sleep

/// How long this thread was on a processor for `work`, in words.
fn processor_time_of(work: impl FnOnce()) -> String {
    let before = thread_cpu_time();
    work();
    match (before, thread_cpu_time()) {
        (Some(before), Some(after)) => format!("{:.1} ms", (after - before).as_secs_f64() * 1e3),
        _ => "not counted by this system".into(),
    }
}

// ANCHOR: nobody-told
fn nobody_was_told() {
    scene("Nobody was told");
    say("Futures that never get ready, run by a runner that gives up and says why:");
    let report = Bounded::new().run(pending::<()>());
    say(format_args!("  keeps no waker:\n    {report}"));

    let report = Bounded::new().run(poll_fn(|cx| {
        drop(cx.waker().clone());
        Poll::<()>::Pending
    }));
    say(format_args!("  drops its waker:\n    {report}"));

    let (_sender, receiver) = oneshot::channel::<u32>();
    let report = Bounded::new().when_idle(|| false).run(receiver);
    say(format_args!("  waits for a sender that never sends:\n    {report}"));

    let report = Bounded::new().run(poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    }));
    say(format_args!("  wakes itself:\n    {report}"));
}
// ANCHOR_END: nobody-told

// ANCHOR: hidden
/// Waits until the bell has been rung, and makes the mistake: it tells nobody whom to call.
fn forgetful(bell: &Cell<bool>) -> impl Future<Output = ()> {
    poll_fn(|_| if bell.get() { Poll::Ready(()) } else { Poll::Pending })
}

/// Polls both at every poll, until both are ready.
async fn both(first: impl Future<Output = ()>, second: impl Future<Output = ()>) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut first_done, mut second_done) = (false, false);
    poll_fn(|cx| {
        first_done = first_done || first.as_mut().poll(cx).is_ready();
        second_done = second_done || second.as_mut().poll(cx).is_ready();
        if first_done && second_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

fn a_sibling_hides_it() {
    scene("A sibling hides it");
    let bell = Cell::new(false);
    let report = Bounded::new().run(forgetful(&bell));
    say(format_args!("  alone:\n    {report}"));

    let sibling = async {
        yield_now().await;
        bell.set(true);
        yield_now().await;
    };
    let report = Bounded::new().run(both(forgetful(&bell), sibling));
    say(format_args!("  beside a sibling that wakes the same task:\n    {report}"));
}
// ANCHOR_END: hidden

// ANCHOR: lost
fn looking_before_registering() {
    scene("Looking before registering");
    say("A receiver looks for the value and registers its waker. A sender stores the value and");
    say("calls the waker that is registered, if one is. Every order of the four steps:");
    let row = |run: &orders::Run| vec![run.order.join(", "), run.end.to_string()];
    let rows: Vec<_> = orders::look_then_register().iter().map(row).collect();
    table(&["the order of the steps", "the receiver"], &rows);

    say("How many of the orders lose the wake:");
    let ways = [
        ("look, then register", orders::look_then_register()),
        ("register, then look", orders::register_then_look()),
        ("both in one step, under one lock", orders::under_one_lock()),
    ];
    let row = |(name, runs): &(&str, Vec<orders::Run>)| {
        let lost = runs.iter().filter(|run| run.end == orders::End::Lost).count();
        vec![(*name).to_owned(), runs.len().to_string(), lost.to_string()]
    };
    table(&["the receiver's steps", "orders", "lost"], &ways.each_ref().map(row));
}
// ANCHOR_END: lost

// ANCHOR: spurious
fn a_poll_for_nothing() {
    scene("A poll for nothing");
    say("Somebody calls the waker twice although nothing has been sent. Then the value is sent.");
    let (sender, mut receiver) = oneshot::channel();
    let (mut sender, mut calls_left) = (Some(sender), 2);
    let task = Cell::new(None);
    let world = || {
        if calls_left > 0 {
            calls_left -= 1;
            return task.take().map(Waker::wake).is_some();
        }
        sender.take().is_some_and(|sender| sender.send(17).is_ok())
    };
    let report = Bounded::new().when_idle(world).run(poll_fn(|cx| {
        task.set(Some(cx.waker().clone()));
        Pin::new(&mut receiver).poll(cx)
    }));
    say(format_args!("  {report}"));
    fact("wakes", report.wakes);
    fact("the value", format_args!("{:?}", report.value));
    fact("a later poll", format_args!("{:?}", poll_once(&mut receiver)));
}
// ANCHOR_END: spurious
