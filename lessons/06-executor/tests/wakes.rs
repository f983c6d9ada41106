//! A waker may be called from anywhere and at any time: by another thread, during the poll, when
//! the task is over, when the executor is gone.

use std::future::poll_fn;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;

use executor::{Executor, JoinHandle, yield_now};
use shared::probe::Scripted;
use wakers::oneshot;

/// A task that hands out its waker at every poll, and is ready at the `polls`-th with that number.
fn hands_out(
    executor: &Executor,
    polls: u32,
    mut to: impl FnMut(&Waker) + 'static,
) -> JoinHandle<u32> {
    let mut polled = 0;
    executor.spawn(poll_fn(move |cx| {
        polled += 1;
        to(cx.waker());
        if polled == polls { Poll::Ready(polled) } else { Poll::Pending }
    }))
}

#[test]
fn a_wake_by_another_thread_ends_the_sleep() {
    let executor = Executor::new();
    let (sender, receiver) = oneshot::channel();
    let (asleep, may_send) = mpsc::channel();
    let task = executor.spawn(receiver);
    executor.spawn(async move { asleep.send(()) }).detach();
    let helper = thread::spawn(move || {
        may_send.recv().unwrap();
        sender.send(17)
    });
    assert_eq!(executor.block_on(task).unwrap(), Ok(17));
    helper.join().unwrap().unwrap();
}

#[test]
fn many_threads_may_wake_many_tasks() {
    let executor = Executor::new();
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..20).map(|_| oneshot::channel()).unzip();
    let tasks: Vec<_> = receivers.into_iter().map(|receiver| executor.spawn(receiver)).collect();
    let threads: Vec<_> =
        (0..20).zip(senders).map(|(n, sender)| thread::spawn(move || sender.send(n))).collect();
    let sum = executor.block_on(async {
        let mut sum = 0;
        for task in tasks {
            sum += task.await.unwrap().unwrap();
        }
        sum
    });
    assert_eq!(sum, 190);
    threads.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
}

#[test]
fn a_wake_during_the_poll_is_not_lost() {
    let executor = Executor::new();
    let task = hands_out(&executor, 2, Waker::wake_by_ref);
    assert_eq!(executor.block_on(task).unwrap(), 2);
}

#[test]
fn a_wake_during_the_poll_by_another_thread_is_not_lost() {
    let executor = Executor::new();
    let task = hands_out(&executor, 2, |waker| {
        let waker = waker.clone();
        thread::spawn(move || waker.wake()).join().unwrap();
    });
    assert_eq!(executor.block_on(task).unwrap(), 2);
}

#[test]
fn two_wakes_between_polls_count_as_one() {
    let executor = Executor::new();
    let (waker, task) = waker_of_a_task(&executor, 3);
    waker.wake_by_ref();
    waker.wake_by_ref();
    executor.block_on(yield_now());
    executor.block_on(yield_now());
    assert!(!task.is_finished(), "it was polled a third time");
    waker.wake();
    assert_eq!(executor.block_on(task).unwrap(), 3);
}

#[test]
fn a_wake_between_two_calls_is_remembered() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("task", 1, ());
    executor.spawn(future).detach();
    executor.block_on(yield_now());
    assert!(log.wake());
    assert_eq!(log.polls(), 1, "a wake does not poll");
    executor.run();
    assert_eq!(log.polls(), 2);
}

#[test]
fn the_future_of_block_on_can_be_woken_by_another_thread_and_later() {
    let executor = Executor::new();
    let (sender, receiver) = oneshot::channel();
    let mut kept = None;
    let helper = thread::spawn(move || sender.send(17));
    let mut receiver = Box::pin(receiver);
    let value = executor.block_on(poll_fn(|cx| {
        kept = Some(cx.waker().clone());
        receiver.as_mut().poll(cx)
    }));
    assert_eq!(value, Ok(17));
    helper.join().unwrap().unwrap();
    let kept = kept.expect("it was polled");
    kept.wake_by_ref();
    drop(executor);
    kept.wake();
}

/// Polls a task once, so that its waker comes out.
fn waker_of_a_task(executor: &Executor, polls: u32) -> (Waker, JoinHandle<u32>) {
    let (give, take) = mpsc::channel();
    let task = hands_out(executor, polls, move |waker| drop(give.send(waker.clone())));
    executor.block_on(yield_now());
    (take.recv().expect("the task was polled"), task)
}

#[test]
fn a_wake_after_completion_does_nothing() {
    let executor = Executor::new();
    let (waker, task) = waker_of_a_task(&executor, 1);
    assert!(task.is_finished());
    waker.wake_by_ref();
    waker.wake_by_ref();
    thread::spawn(move || waker.wake()).join().unwrap();
    executor.block_on(yield_now());
    assert_eq!(executor.block_on(task).unwrap(), 1);
}

#[test]
fn a_wake_in_the_last_poll_does_not_poll_again() {
    let executor = Executor::new();
    let task = hands_out(&executor, 1, Waker::wake_by_ref);
    executor.block_on(yield_now());
    executor.block_on(yield_now());
    assert_eq!(executor.block_on(task).unwrap(), 1);
}

#[test]
fn a_wake_for_a_task_that_is_over_does_not_reach_the_one_in_its_place() {
    let executor = Executor::new();
    let (waker, _task) = waker_of_a_task(&executor, 1);
    let (future, log) = Scripted::held("next", 1, ());
    executor.spawn(future).detach();
    executor.block_on(yield_now());
    waker.wake();
    executor.block_on(yield_now());
    assert_eq!(log.polls(), 1);
}

#[test]
fn a_wake_after_the_executor_is_gone_does_nothing() {
    let executor = Executor::new();
    let (waker, task) = waker_of_a_task(&executor, 2);
    drop(executor);
    waker.wake_by_ref();
    waker.wake_by_ref();
    assert!(wakers::block_on(task).unwrap_err().is_cancelled());
    waker.wake();
}

#[test]
fn the_last_waker_may_be_called_and_dropped_on_another_thread_after_the_executor_is_gone() {
    for wakes in [false, true] {
        let executor = Executor::new();
        let value = Rc::new(());
        // The future owns what must not leave this thread.
        let inside = Rc::clone(&value);
        let (give, take) = mpsc::channel();
        executor
            .spawn(poll_fn(move |cx| {
                give.send((cx.waker().clone(), Rc::strong_count(&inside))).unwrap();
                Poll::<()>::Pending
            }))
            .detach();
        executor.block_on(yield_now());
        drop(executor);
        assert_eq!(Rc::strong_count(&value), 1, "the future is dropped here");
        let (waker, count) = take.recv().unwrap();
        assert_eq!(count, 2);
        let elsewhere = thread::spawn(move || if wakes { waker.wake() } else { drop(waker) });
        elsewhere.join().unwrap();
    }
}

#[test]
fn wakers_of_one_task_know_each_other() {
    let executor = Executor::new();
    let (one, _task) = waker_of_a_task(&executor, 2);
    let (other, _other) = waker_of_a_task(&executor, 2);
    assert!(one.will_wake(&one.clone()));
    assert!(!one.will_wake(&other));
}
