//! `block_on` polls when it is called, and only then; it survives panics, nesting and stray
//! unparks.

use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Poll, Waker};
use std::thread;

use futures_by_hand::{countdown, yield_now};
use shared::probe::Scripted;
use wakers::{block_on, oneshot};

/// Pending at the first poll, during which `while_polled` runs, and ready at the next with the
/// number of polls.
fn pending_once(mut while_polled: impl FnMut(&Waker)) -> impl Future<Output = u32> {
    let mut polls = 0;
    poll_fn(move |cx| {
        polls += 1;
        if polls > 1 {
            return Poll::Ready(polls);
        }
        while_polled(cx.waker());
        Poll::Pending
    })
}

#[test]
fn a_ready_future_is_polled_once() {
    let (future, log) = Scripted::new("ready", 0, 7);
    assert_eq!(block_on(future), 7);
    assert_eq!(log.polls(), 1);
}

#[test]
fn each_wake_buys_one_poll() {
    let (future, log) = Scripted::new("three", 3, ());
    block_on(future);
    assert_eq!(log.polls(), 4);
}

#[test]
fn a_wake_during_the_poll_is_not_lost() {
    assert_eq!(block_on(pending_once(Waker::wake_by_ref)), 2);
}

#[test]
fn a_wake_from_another_thread_before_the_sleep_is_not_lost() {
    let wake_elsewhere = |waker: &Waker| {
        let waker = waker.clone();
        thread::spawn(move || waker.wake()).join().expect("it does not panic");
    };
    assert_eq!(block_on(pending_once(wake_elsewhere)), 2);
}

#[test]
fn wakes_that_come_together_buy_one_poll() {
    let wake_thrice = |waker: &Waker| (0..3).for_each(|_| waker.wake_by_ref());
    let future = async {
        let first = pending_once(wake_thrice).await;
        let (future, log) = Scripted::new("next", 1, ());
        future.await;
        (first, log.polls())
    };
    assert_eq!(block_on(future), (2, 2));
}

#[test]
fn a_park_inside_the_poll_does_not_swallow_the_wake() {
    // The wake comes first, and its unpark with it. What the poll does next uses the unpark up.
    let wake_and_park = |waker: &Waker| {
        waker.wake_by_ref();
        thread::park();
    };
    assert_eq!(block_on(pending_once(wake_and_park)), 2);
}

#[test]
fn an_unpark_without_a_wake_does_not_poll() {
    let unpark_first = |waker: &Waker| {
        let (waker, sleeper) = (waker.clone(), thread::current());
        sleeper.unpark();
        thread::spawn(move || {
            (0..100).for_each(|_| sleeper.unpark());
            waker.wake();
        });
    };
    let (mut polls, mut future) = (0, Box::pin(pending_once(unpark_first)));
    block_on(poll_fn(|cx| {
        polls += 1;
        future.as_mut().poll(cx)
    }));
    assert_eq!(polls, 2);
}

#[test]
fn a_nested_call_works() {
    let inner = || block_on(async { countdown(2).await + 1 });
    let outer = async {
        yield_now().await;
        inner()
    };
    assert_eq!(block_on(outer), 3);
}

#[test]
fn a_panic_comes_through_and_the_future_is_dropped() {
    let (bystander, log) = Scripted::held("bystander", 1, ());
    let panics = async move {
        let _kept = bystander;
        yield_now().await;
        panic!("its own words");
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| block_on(panics)));
    let payload = outcome.expect_err("the panic comes through");
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"its own words"));
    assert!(log.is_dropped());
    assert_eq!(block_on(ready(1)), 1);
}

#[test]
fn a_waker_that_is_called_after_the_end_does_no_harm() {
    let mut kept = None;
    let polls = block_on(pending_once(|waker| {
        kept = Some(waker.clone());
        waker.wake_by_ref();
    }));
    kept.expect("it was polled").wake();
    assert_eq!((polls, block_on(countdown(2))), (2, 2));
}

#[test]
fn the_future_may_borrow_and_need_not_be_send() {
    let local = std::rc::Rc::new(7);
    let borrowed = &local;
    assert_eq!(block_on(async { *ready(borrowed).await.as_ref() }), 7);
}

#[test]
fn two_threads_can_each_block_on_the_other_ones_half() {
    let (ping, pinged) = oneshot::channel();
    let (pong, ponged) = oneshot::channel();
    let other = thread::spawn(move || {
        let word: Result<&str, _> = block_on(pinged);
        pong.send(word.map(str::len))
    });
    ping.send("ping").expect("the other thread listens");
    assert_eq!(block_on(ponged), Ok(Ok(4)));
    other.join().expect("it does not panic").expect("we listened");
}
