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
use shared::probe::explore::{block_on, bypass, every_order, note, noted, thread};
use shared::probe::{Bounded, Pollers, WakerProbe};

/// What the answer takes its lock from. These can be stopped at every step, so that every order can
/// be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::probe::explore::sync;

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
fn check(scenario: impl Fn() + Send + Sync + 'static) {
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
        "the receiver is there, and `send` returned the value as if it were gone"
    );
}

/// What to look at where a value was sent, and the receiver says that none ever was.
fn hint<T>(received: &Result<T, Closed>) -> &'static str {
    match received {
        Ok(_) => "",
        Err(_) => {
            ". `send` was called, and returned Ok. The sender's `Drop` runs after `send`, too, because `send` takes `self`: what \
             `send` has stored must still be found afterwards"
        }
    }
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
        let Poll::Ready(received) = poll(&mut pin!(receiver), &WakerProbe::new()) else {
            panic!("7 was sent before the receiver was polled, and its first poll returned Pending")
        };
        assert!(
            matches!(received, Ok(7)),
            "7 was sent before the receiver was polled, and its first poll returned Ready({received:?}){}",
            hint(&received)
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
        let Poll::Ready(received) = poll(&mut receiver, &task) else {
            panic!("7 was sent, and the poll after the wake returned Pending")
        };
        assert!(
            matches!(received, Ok(7)),
            "7 was sent, and the poll after the wake returned Ready({received:?}){}",
            hint(&received)
        );
    });
}

#[test]
fn nobody_is_woken_before_there_is_something() {
    check(|| {
        let (_sender, receiver) = channel::<u32>();
        let (mut receiver, a, b) = (pin!(receiver), WakerProbe::new(), WakerProbe::new());
        for (nth, by) in (1..).zip([&a, &a, &b, &a]) {
            let _ = poll(&mut receiver, by);
            let woken = [("A", &a), ("B", &b)].into_iter().find(|(_, task)| task.wakes() > 0);
            if let Some((name, _)) = woken {
                panic!(
                    "task A polled the receiver twice, then task B did, then A again. Nothing has been sent, and task {name} was \
                     woken by poll {nth}: it is polled again for nothing. A waker that is replaced is dropped, and not called"
                );
            }
        }
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        for pollers in Pollers::orders() {
            let (sender, receiver) = channel();
            let mut receiver = pin!(receiver);
            pollers.poll(|cx| receiver.as_mut().poll(cx));
            send(sender, 7);
            pollers.expect_last_woken("7 was sent");
        }
        for pollers in Pollers::orders() {
            let (sender, receiver) = channel::<u32>();
            let mut receiver = pin!(receiver);
            pollers.poll(|cx| receiver.as_mut().poll(cx));
            drop(sender);
            pollers.expect_last_woken("the sender was dropped");
        }
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

/// Polls a receiver as `task`, and hands both halves to `ends`.
#[track_caller]
fn leaves_no_waker(how: &str, ends: fn(Sender<u32>, Pin<Box<Receiver<u32>>>)) {
    let (task, (sender, receiver)) = (WakerProbe::new(), channel());
    let mut receiver = Box::pin(receiver);
    let _ = poll(&mut receiver.as_mut(), &task);
    ends(sender, receiver);
    assert!(
        task.alive() == 0,
        "a task polled the receiver, and then {how}. Both halves are gone, and a clone of the task's waker is kept: its memory is \
         never freed"
    );
}

#[test]
fn what_nobody_receives_is_dropped() {
    check(|| {
        let value = Arc::new("the value");
        let (sender, receiver) = channel();
        let mut receiver = Box::pin(receiver);
        let _ = poll(&mut receiver.as_mut(), &WakerProbe::new());
        send(sender, Arc::clone(&value));
        drop(receiver);
        let left = Arc::strong_count(&value) - 1;
        assert!(
            left == 0,
            "a value was sent, the receiver was dropped before its next poll, and the value was never dropped: what it holds is never freed. A raw \
             pointer has no destructor. The half that ends last has to look whether something is left"
        );
    });
}

#[test]
fn no_waker_is_left_behind() {
    check(|| {
        leaves_no_waker("a value was sent and the receiver was dropped", |sender, receiver| {
            send(sender, 7);
            drop(receiver);
        });
        leaves_no_waker("the receiver was dropped before the sender", |sender, receiver| {
            drop(receiver);
            drop(sender);
        });
        leaves_no_waker("the sender was dropped before the receiver", |sender, receiver| {
            drop(sender);
            drop(receiver);
        });
        leaves_no_waker("the receiver was dropped before `send`", |sender, receiver| {
            drop(receiver);
            let _ = sender.send(7);
        });
        leaves_no_waker("a value was sent and received", |sender, mut receiver| {
            send(sender, 7);
            let _ = poll(&mut receiver.as_mut(), &WakerProbe::new());
        });
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
                "the receiver waits, and `send` returned the value as if it were gone"
            );
        });
        let received = block_on(receiver);
        assert!(
            matches!(received, Ok(7)),
            "7 was sent from another thread, and {received:?} arrived{}. In that order: {}",
            hint(&received),
            noted()
        );
    });
}

/// Task A and task B poll the receiver in the order of `polls`. The sender goes its way during the
/// last of these polls.
fn during_the_last_poll(polls: &[&'static str], event: &str, go: fn(Sender<u32>)) {
    let (sender, receiver) = channel();
    let (mut receiver, a, b) = (pin!(receiver), WakerProbe::new(), WakerProbe::new());
    let mut poll_by = |name: &str| {
        note(&format!("task {name} polls"));
        let task = if name == "A" { &a } else { &b };
        let polled = receiver.as_mut().poll(&mut Context::from_waker(&task.waker()));
        note(if polled.is_ready() { "it is told Ready" } else { "it is told Pending" });
        polled
    };
    let (last, before) = polls.split_last().expect("somebody polls");
    // The sender begins afterwards: the check before this one tries the orders around a first poll.
    for task in before {
        assert!(
            poll_by(task).is_pending(),
            "nothing has been sent, and the first poll returned Ready"
        );
    }
    let sending = thread::spawn(move || {
        note("the sender begins");
        go(sender);
        note("the sender is gone");
    });
    if poll_by(last).is_ready() {
        return;
    }
    sending.join().expect("it does not panic");
    let (last_task, other) = if *last == "A" { (&a, &b) } else { (&b, &a) };
    assert!(
        last_task.wakes() > 0,
        "the receiver was polled by task {}, and told Pending each time, and {event}. Wakes of task {last}, which polled last: 0, of \
         the other task: {}. In that order: {}",
        polls.join(", then by task "),
        other.wakes(),
        noted()
    );
}

#[test]
fn in_no_order_is_the_task_that_polled_last_forgotten() {
    for polls in [&["A", "B"][..], &["A", "A"], &["A", "B", "A"]] {
        check(move || during_the_last_poll(polls, "7 was sent", |sender| send(sender, 7)));
        check(move || during_the_last_poll(polls, "the sender was dropped", drop));
    }
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

/// The receiver goes while a value is being sent, after as many polls.
fn while_a_value_is_sent(polls: usize) {
    let (value, task, (sender, receiver)) = (Arc::new("the value"), WakerProbe::new(), channel());
    let sent = Arc::clone(&value);
    let mut receiver = Box::pin(receiver);
    for _ in 0..polls {
        let _ = poll(&mut receiver.as_mut(), &task);
    }
    let sending = thread::spawn(move || {
        note("`send` begins");
        let sent = sender.send(sent);
        note(if sent.is_ok() { "`send` says Ok" } else { "`send` returns the value" });
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
    assert!(
        task.alive() == 0,
        "a value was sent while the receiver was dropped. Both halves are gone, and a clone of the receiver's waker is kept: its task's memory is \
         never freed. In that order: {}",
        noted()
    );
}

#[test]
fn in_no_order_does_a_value_remain() {
    for polls in [0, 1] {
        check(move || while_a_value_is_sent(polls));
    }
}
