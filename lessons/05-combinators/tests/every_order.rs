//! The unordered set, model-checked: every order in which its wakers can be called from other
//! threads, and broken variants that are caught.
//!
//! The sources are those of the library, and of the `block_on` that waits for the set. Only what
//! they take from `crate::sync` and `crate::thread` is the explorer's.

#![expect(dead_code, reason = "a test crate uses part of what the sources offer")]

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use shared::probe::WakerProbe;
use shared::probe::explore::{Explored, every_order};
use wakers::oneshot;

use block_on::block_on;
use broken::{Mistake, OneChild};
use unordered::Unordered;

// ANCHOR: explorers
mod sync {
    pub use shared::probe::explore::sync::{Mutex, PoisonError, atomic};
}

mod thread {
    pub use shared::probe::explore::thread::{
        Thread, current, park, park_timeout, spawn, yield_now,
    };
}

#[path = "../src/ready_list.rs"]
mod ready_list;
#[path = "../src/unordered.rs"]
mod unordered;

#[path = "../../03-wakers/src/block_on.rs"]
mod block_on;
#[path = "../../03-wakers/src/waker.rs"]
mod waker;
// ANCHOR_END: explorers

#[path = "every_order/broken.rs"]
mod broken;

type Count = Arc<AtomicUsize>;
type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

fn assert_many(explored: Explored, orders: usize) {
    assert!(explored.all && explored.orders >= orders, "{explored:?}");
}

// ANCHOR: arrives
#[test]
fn a_value_from_another_thread_always_arrives() {
    let explored = every_order(|| {
        let (sender, receiver) = oneshot::channel();
        let mut set = Unordered::new();
        set.push(receiver);
        thread::spawn(move || sender.send(7));
        assert_eq!(block_on(set.next()), Some(Ok(7)));
        assert!(set.is_empty());
    });
    assert_many(explored, 10);
}
// ANCHOR_END: arrives

/// Polls the set as an executor does, that is, whenever its task was woken, and gives what came of
/// it.
fn run_while_woken<F: Future>(set: &mut Unordered<F>, task: &WakerProbe) -> Vec<F::Output> {
    let waker = task.waker();
    let mut values = Vec::new();
    while task.take_woken() {
        while let Poll::Ready(Some(value)) = set.poll_next(&mut Context::from_waker(&waker)) {
            values.push(value);
        }
    }
    values
}

#[test]
fn values_from_two_threads_both_arrive() {
    let explored = every_order(|| {
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..2).map(|_| oneshot::channel()).unzip();
        let mut set: Unordered<_> = receivers.into_iter().collect();
        let task = WakerProbe::new();
        task.waker().wake();
        let mut values = run_while_woken(&mut set, &task);
        let send =
            |(value, sender): (_, oneshot::Sender<_>)| thread::spawn(move || sender.send(value));
        let sending: Vec<_> = senders.into_iter().enumerate().map(send).collect();
        values.extend(run_while_woken(&mut set, &task));
        for thread in sending {
            thread.join().expect("it does not panic").expect("the receiver is there");
        }
        values.extend(run_while_woken(&mut set, &task));
        values.sort_by_key(|value| value.ok());
        assert_eq!(values, [Ok(0), Ok(1)]);
    });
    assert_many(explored, 100);
}

/// A child that lets another thread wake it while it is still being polled: it waits for `done`.
fn woken_during_its_poll() -> Boxed<usize> {
    let done = Arc::new(AtomicBool::new(false));
    let (mut helper, mut polls) = (None, 0);
    Box::pin(poll_fn(move |cx| {
        polls += 1;
        if done.load(SeqCst) {
            return Poll::Ready(polls);
        }
        helper.get_or_insert_with(|| {
            let (done, waker) = (Arc::clone(&done), cx.waker().clone());
            thread::spawn(move || {
                done.store(true, SeqCst);
                waker.wake();
            })
        });
        // The wake may come before this poll returns, or after it.
        thread::yield_now();
        Poll::Pending
    }))
}

#[test]
fn a_wake_during_the_poll_is_not_lost() {
    let explored = every_order(|| {
        let mut set = Unordered::new();
        set.push(woken_during_its_poll());
        assert_eq!(block_on(set.next()), Some(2), "one poll, and one for the wake");
    });
    assert_many(explored, 10);
}

#[test]
fn two_wakes_at_once_are_both_seen() {
    let explored = every_order(|| {
        let (rung, seen, polls) = (Count::default(), Count::default(), Count::default());
        let (task, waker) = (WakerProbe::new(), Arc::new(Mutex::new(None)));
        let mut set = Unordered::new();
        set.push({
            let (rung, seen) = (Arc::clone(&rung), Arc::clone(&seen));
            let (polls, waker) = (Arc::clone(&polls), Arc::clone(&waker));
            poll_fn(move |cx| {
                polls.fetch_add(1, SeqCst);
                seen.store(rung.load(SeqCst), SeqCst);
                *waker.lock().unwrap() = Some(cx.waker().clone());
                Poll::<()>::Pending
            })
        });
        task.waker().wake();
        run_while_woken(&mut set, &task);
        let waker = waker.lock().unwrap().take().expect("the child has left its waker");
        let ringing = [waker.clone(), waker].map(|waker| {
            let rung = Arc::clone(&rung);
            thread::spawn(move || {
                rung.fetch_add(1, SeqCst);
                waker.wake();
            })
        });
        run_while_woken(&mut set, &task);
        ringing.into_iter().for_each(|thread| thread.join().expect("it does not panic"));
        run_while_woken(&mut set, &task);
        assert_eq!(seen.load(SeqCst), 2, "the last poll came before the last wake");
        assert!(polls.load(SeqCst) <= 3, "two wakes are worth two polls at most");
    });
    assert_many(explored, 100);
}

#[test]
fn a_wake_after_completion_disturbs_nobody() {
    let explored = every_order(|| {
        let task = WakerProbe::new();
        let mut set: Unordered<Boxed<u32>> = Unordered::new();
        set.push(Box::pin(poll_fn(|cx: &mut Context<'_>| {
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Ready(1)
        })));
        task.waker().wake();
        assert_eq!(run_while_woken(&mut set, &task), [1]);
        let (sender, receiver) = oneshot::channel();
        set.push(Box::pin(async { receiver.await.expect("it is sent") }));
        task.waker().wake();
        assert_eq!(run_while_woken(&mut set, &task), []);
        sender.send(2).expect("the receiver is there");
        assert_eq!(run_while_woken(&mut set, &task), [2]);
    });
    assert_many(explored, 10);
}

#[test]
fn a_wake_after_the_set_is_gone_finds_nobody() {
    let explored = every_order(|| {
        let probe = WakerProbe::new();
        let mut set = Unordered::new();
        set.push(poll_fn(|cx| {
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::<()>::Pending
        }));
        let state = set.poll_next(&mut Context::from_waker(&probe.waker()));
        assert!(state.is_pending());
        drop(set);
        assert!(probe.wakes() <= 1, "the task was woken {} times", probe.wakes());
    });
    assert_many(explored, 2);
}

#[test]
fn whoever_polled_the_set_last_is_woken() {
    let explored = every_order(|| {
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        let (sender, receiver) = oneshot::channel();
        let mut set = Unordered::new();
        set.push(receiver);
        let mut poll = |probe: &WakerProbe| set.poll_next(&mut Context::from_waker(&probe.waker()));
        assert!(poll(&first).is_pending());
        let sending = thread::spawn(move || sender.send(()));
        let state = poll(&last);
        sending.join().expect("it does not panic").expect("the receiver is there");
        // It may have been woken once more although it found the value: that is allowed.
        assert!(state.is_ready() || last.wakes() == 1, "whoever polled last was not woken");
    });
    assert_many(explored, 5);
}

/// What the explorer says of a set with one child and this mistake.
fn words_about(mistake: Mistake) -> String {
    let scenario = move || {
        let set = OneChild::new(woken_during_its_poll(), mistake);
        block_on(set);
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| every_order(scenario)));
    let payload = outcome.expect_err("some order must fail");
    payload.downcast_ref::<String>().cloned().expect("a panic with words")
}

#[test]
fn without_a_mistake_the_small_set_passes() {
    let explored = every_order(|| {
        let polls = block_on(OneChild::new(woken_during_its_poll(), Mistake::None));
        assert_eq!(polls, 2);
    });
    assert_many(explored, 10);
}

// ANCHOR: caught
const ASLEEP: &str = "everybody sleeps and nobody is left to wake them";

#[test]
fn lowering_the_flag_after_the_poll_is_caught() {
    let words = words_about(Mistake::LowersAfterThePoll);
    assert!(words.contains(ASLEEP), "{words}");
}
// ANCHOR_END: caught

#[test]
fn looking_before_registering_is_caught() {
    let words = words_about(Mistake::LooksThenRegisters);
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn waking_the_task_before_the_child_is_in_the_list_is_caught() {
    let words = words_about(Mistake::WakesThenPushes);
    assert!(words.contains(ASLEEP), "{words}");
}
