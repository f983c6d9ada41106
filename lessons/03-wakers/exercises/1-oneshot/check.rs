//! A channel for one value: the receiver is a future, and no order of steps loses its wake.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use answer::{Closed, Receiver, Sender, channel};
use shared::explore::{block_on, bypass, every_order, note, noted, thread};
use shared::probe::{Bounded, WakerProbe};

/// What the answer takes its lock from. These can be stopped at every step, so that every order can be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::explore::sync;

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
fn check(scenario: fn()) {
    if let Some(path) = bypass(include_str!("answer.rs")) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    every_order(scenario);
}

fn poll<T>(receiver: &mut Pin<&mut Receiver<T>>, task: &WakerProbe) -> Poll<Result<T, Closed>> {
    note("the receiver is polled");
    receiver.as_mut().poll(&mut Context::from_waker(&task.waker()))
}

#[track_caller]
fn send<T>(sender: Sender<T>, value: T) {
    assert!(
        sender.send(value).is_ok(),
        "the receiver is there, and `send` gave the value back as if it were gone"
    );
}

#[test]
fn the_locks_are_those_of_the_check() {
    let Some(path) = bypass(include_str!("answer.rs")) else { return };
    assert!(
        path.contains("sync"),
        "the answer uses `{path}`. Nothing here has to start a thread, or to send one to sleep: `poll` returns, and whoever sends \
         wakes the task"
    );
    panic!(
        "the answer uses `{path}`. Take it from `crate::sync` instead: this check has to stop your code between any two steps in \
         order to try every order, and it cannot stop what it does not see"
    );
}

#[test]
fn a_value_sent_before_the_first_poll_is_there() {
    check(|| {
        let (sender, receiver) = channel();
        send(sender, 7);
        let polled = poll(&mut pin!(receiver), &WakerProbe::new());
        assert!(
            matches!(polled, Poll::Ready(Ok(7))),
            "7 was sent before the receiver was polled, and its first poll returned {polled:?}"
        );
    });
}

#[test]
fn a_receiver_that_waits_can_be_woken() {
    check(|| {
        let (sender, receiver) = channel();
        let mut sender = Some(sender);
        // Sends the value as soon as the receiver waits.
        let send_one = || sender.take().is_some_and(|sender| sender.send(7).is_ok());
        let report = Bounded::new().polls(100).when_idle(send_one).run(receiver);
        assert!(report.value.is_some(), "{report}");
    });
}

#[test]
fn sending_wakes_the_receiver_once_it_waits() {
    check(|| {
        let (sender, receiver) = channel();
        let (mut receiver, task) = (pin!(receiver), WakerProbe::new());
        let polled = poll(&mut receiver, &task);
        assert!(
            polled.is_pending(),
            "nothing has been sent, and the first poll returned {polled:?}"
        );
        assert!(
            task.wakes() == 0,
            "nothing has been sent, and the receiver woke its own task: it would be polled again and again for nothing"
        );
        send(sender, 7);
        assert!(
            task.wakes() > 0,
            "the receiver waits, 7 was sent, and nobody called its waker: its task is never polled again"
        );
        let polled = poll(&mut receiver, &task);
        assert!(
            matches!(polled, Poll::Ready(Ok(7))),
            "7 was sent, and the poll after the wake returned {polled:?}"
        );
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        let (sender, receiver) = channel();
        let (mut receiver, first, last) = (pin!(receiver), WakerProbe::new(), WakerProbe::new());
        let _ = poll(&mut receiver, &first);
        let _ = poll(&mut receiver, &last);
        send(sender, 7);
        assert!(
            last.wakes() > 0,
            "two tasks polled the receiver, one after the other, and the value was sent. Wakes of the first task: {}, of the \
             second: 0. The receiver has moved to the second, and that one waits for ever",
            first.wakes()
        );
    });
}

#[test]
fn a_dropped_sender_ends_the_wait() {
    check(|| {
        let (sender, receiver) = channel::<u32>();
        let (mut receiver, task) = (pin!(receiver), WakerProbe::new());
        let _ = poll(&mut receiver, &task);
        drop(sender);
        let wakes = task.wakes();
        let polled = poll(&mut receiver, &task);
        assert!(
            !polled.is_pending(),
            "the sender was dropped, and the receiver still returns Pending: it waits for a value that can never come"
        );
        assert!(
            matches!(polled, Poll::Ready(Err(_))),
            "the sender was dropped without sending, and the receiver returned {polled:?}"
        );
        assert!(
            wakes > 0,
            "the sender was dropped and the receiver is ready to say so, but nobody called its waker: who should ask it?"
        );
    });
}

#[test]
fn a_sender_dropped_before_the_first_poll_is_noticed() {
    check(|| {
        let (sender, receiver) = channel::<u32>();
        drop(sender);
        let polled = poll(&mut pin!(receiver), &WakerProbe::new());
        assert!(
            matches!(polled, Poll::Ready(Err(_))),
            "the sender was dropped before the receiver was polled, and its first poll returned {polled:?}"
        );
    });
}

#[test]
fn a_dropped_receiver_gives_the_value_back() {
    check(|| {
        let (sender, receiver) = channel();
        drop(receiver);
        let sent = sender.send(7);
        assert!(
            sent == Err(7),
            "the receiver is gone, and `send(7)` returned {sent:?}. The sender believes that somebody has got its value"
        );
        let (sender, receiver) = channel();
        let mut receiver = Box::pin(receiver);
        let _ = poll(&mut receiver.as_mut(), &WakerProbe::new());
        drop(receiver);
        let sent = sender.send(7);
        assert!(
            sent == Err(7),
            "the receiver was polled, and then dropped, and `send(7)` returned {sent:?}. The sender believes that somebody has got \
             its value"
        );
    });
}

#[test]
fn what_nobody_receives_is_dropped() {
    check(|| {
        let (value, task) = (Arc::new("the value"), WakerProbe::new());
        let (sender, receiver) = channel();
        let mut receiver = Box::pin(receiver);
        let _ = poll(&mut receiver.as_mut(), &task);
        send(sender, Arc::clone(&value));
        drop(receiver);
        let left = Arc::strong_count(&value) - 1;
        assert!(
            left == 0,
            "a value was sent, the receiver was dropped before its next poll, and the value was never dropped: what it holds is never given back. A raw \
             pointer has no destructor. Who ends last has to look whether something is left"
        );
        assert!(
            task.alive() == 0,
            "both halves are gone, and a clone of the task's waker is kept: its memory is never given back"
        );
    });
}

#[test]
fn in_no_order_is_the_wake_lost() {
    check(|| {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            note("`send` begins");
            let sent = sender.send(7);
            note("`send` is over");
            assert!(
                sent.is_ok(),
                "the receiver waits, and `send` gave the value back as if it were gone"
            );
        });
        let received = block_on(receiver);
        assert!(
            matches!(received, Ok(7)),
            "7 was sent from another thread, and {received:?} arrived. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_the_task_that_polled_last_forgotten() {
    check(|| {
        let (sender, receiver) = channel();
        let (mut receiver, first, last) = (pin!(receiver), WakerProbe::new(), WakerProbe::new());
        let mut poll_by = |name: &str, task: &WakerProbe| {
            note(&format!("the {name} task polls"));
            let polled = receiver.as_mut().poll(&mut Context::from_waker(&task.waker()));
            note(if polled.is_ready() { "it is told Ready" } else { "it is told Pending" });
            polled
        };
        // The sender begins afterwards: the check before this one tries the orders around a first poll.
        assert!(
            poll_by("first", &first).is_pending(),
            "nothing has been sent, and the first poll returned Ready"
        );
        let sending = thread::spawn(move || {
            note("`send` begins");
            send(sender, 7);
            note("`send` is over");
        });
        if poll_by("last", &last).is_ready() {
            return;
        }
        sending.join().expect("it does not panic");
        assert!(
            last.wakes() > 0,
            "one task polled the receiver, and then another one. Both were told Pending, and 7 was sent. Wakes of the first: {}, \
             of the last: 0. In that order: {}",
            first.wakes(),
            noted()
        );
    });
}

#[test]
fn in_no_order_does_a_dropped_sender_leave_the_receiver_waiting() {
    check(|| {
        let (sender, receiver) = channel::<u32>();
        thread::spawn(move || {
            note("the sender is being dropped");
            drop(sender);
            note("the sender is gone");
        });
        let received = block_on(receiver);
        assert!(received.is_err(), "nothing was sent, and {received:?} arrived");
    });
}

#[test]
fn in_no_order_does_a_value_remain() {
    check(|| {
        let (value, (sender, receiver)) = (Arc::new("the value"), channel());
        let sent = Arc::clone(&value);
        let sending = thread::spawn(move || {
            note("`send` begins");
            let sent = sender.send(sent);
            note(if sent.is_ok() { "`send` says Ok" } else { "`send` gives the value back" });
        });
        note("the receiver is being dropped");
        drop(receiver);
        note("the receiver is gone");
        sending.join().expect("it does not panic");
        assert!(
            Arc::strong_count(&value) == 1,
            "a value was sent while the receiver was dropped. Both halves are gone, nobody has the value, and it was never dropped. If the receiver goes \
             after `send` has looked for it, somebody has to look once more. In that order: {}",
            noted()
        );
    });
}
