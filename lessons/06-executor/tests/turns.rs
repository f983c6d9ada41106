//! In one turn, each task that was woken runs once, in the order of the wakes; so everyone has a
//! share.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use executor::{Executor, yield_now};
use shared::probe::{Journal, Scripted};

/// Says its word, and lets the others have their turn, `times` times.
async fn says(journal: Journal, word: &'static str, times: usize) {
    for n in 1..=times {
        journal.note(format_args!("{word}{n}"));
        yield_now().await;
    }
}

#[test]
fn first_spawned_first_polled_and_then_by_turns() {
    let (executor, journal) = (Executor::new(), Journal::new());
    for word in ["a", "b"] {
        executor.spawn(says(journal.clone(), word, 3)).detach();
    }
    executor.run();
    assert_eq!(journal.entries(), ["a1", "b1", "a2", "b2", "a3", "b3"]);
}

#[test]
fn tasks_run_in_the_order_in_which_they_were_woken() {
    let (executor, journal) = (Executor::new(), Journal::new());
    let logs = ["a", "b", "c"].map(|name| {
        let (future, log) = Scripted::held(name, 1, ());
        let journal = journal.clone();
        executor
            .spawn(async move {
                future.await;
                journal.note(name);
            })
            .detach();
        log
    });
    executor.block_on(yield_now());
    for place in [2, 0, 1] {
        assert!(logs[place].wake());
    }
    executor.run();
    assert_eq!(journal.entries(), ["c", "a", "b"]);
}

#[test]
fn wakes_that_come_together_buy_one_turn() {
    let (executor, polls) = (Executor::new(), Rc::new(Cell::new(0)));
    let counter = Rc::clone(&polls);
    let task = executor.spawn(poll_fn(move |cx| {
        counter.set(counter.get() + 1);
        if counter.get() == 4 {
            return Poll::Ready(());
        }
        (0..3).for_each(|_| cx.waker().wake_by_ref());
        let copy = cx.waker().clone();
        copy.wake();
        Poll::Pending
    }));
    executor.block_on(task).unwrap();
    assert_eq!(polls.get(), 4);
}

#[test]
fn a_task_that_always_wakes_itself_starves_nobody() {
    let executor = Executor::new();
    let busy = executor.spawn(async {
        loop {
            yield_now().await;
        }
    });
    let (future, log) = Scripted::new("other", 100, 17);
    let other = executor.spawn(future);
    assert_eq!(executor.block_on(other).unwrap(), 17);
    assert_eq!(log.polls(), 101);
    assert!(!busy.is_finished());
}

#[test]
fn a_task_that_is_not_woken_is_not_polled() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("quiet", 1, ());
    executor.spawn(future).detach();
    let (busy, _) = Scripted::new("busy", 50, ());
    executor.block_on(busy);
    assert_eq!(log.polls(), 1);
}

#[test]
fn the_future_of_block_on_comes_first_in_a_turn_and_only_when_it_was_woken() {
    let (executor, journal) = (Executor::new(), Journal::new());
    executor.spawn(says(journal.clone(), "task", 4)).detach();
    let (future, log) = Scripted::held("main", 1, ());
    let waker = log.clone();
    let notes = journal.clone();
    executor
        .spawn(async move {
            yield_now().await;
            yield_now().await;
            notes.note("wakes main");
            waker.wake();
        })
        .detach();
    executor.block_on(async {
        journal.note("main begins");
        future.await;
        journal.note("main ends");
    });
    assert_eq!(log.polls(), 2);
    let expected = ["main begins", "task1", "task2", "task3", "wakes main", "main ends"];
    assert_eq!(journal.entries(), expected);
}

/// B is spawned first. Then A is awaited five times, made by `a`.
fn five_times_a_beside_b<A: Future>(a: impl Fn(&Executor, Journal) -> A) -> String {
    let (executor, journal) = (Executor::new(), Journal::new());
    let b = journal.clone();
    let b = executor.spawn(async move { b.note("B") });
    executor.block_on(async {
        for _ in 0..5 {
            a(&executor, journal.clone()).await;
        }
        b.await.unwrap();
    });
    journal.entries().concat()
}

async fn note_a(journal: Journal) {
    journal.note("A");
}

#[test]
fn awaiting_a_future_does_not_give_up_the_thread() {
    assert_eq!(five_times_a_beside_b(|_, journal| note_a(journal)), "AAAAAB");
}

#[test]
fn awaiting_a_task_does() {
    let as_a_task = |executor: &Executor, journal| executor.spawn(note_a(journal));
    assert_eq!(five_times_a_beside_b(as_a_task), "BAAAAA");
}
