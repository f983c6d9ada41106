//! A gate at which many may wait: opening it wakes each of them, and until then nobody is polled for nothing.

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
use std::task::{Context, Poll};

use answer::Gate;
use shared::explore::{block_on, bypass, every_order, note, thread};
use shared::probe::{Bounded, WakerProbe, times};

/// What the answer takes its lock from. It can be stopped at every step, so that every order can be tried.
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

/// Someone who waits at a gate, and the task that polls for them.
struct Waiter {
    wait: Pin<Box<dyn Future<Output = ()>>>,
    task: WakerProbe,
}

impl Waiter {
    fn at(gate: &Gate) -> Self {
        Self { wait: Box::pin(gate.wait()), task: WakerProbe::new() }
    }

    fn poll(&mut self) -> Poll<()> {
        self.wait.as_mut().poll(&mut Context::from_waker(&self.task.waker()))
    }
}

#[test]
fn the_locks_are_those_of_the_check() {
    let Some(path) = bypass(include_str!("answer.rs")) else { return };
    assert!(
        path.contains("sync"),
        "the answer uses `{path}`. Nothing here has to start a thread, or to send one to sleep: `poll` returns, and `open` wakes \
         those who wait"
    );
    panic!(
        "the answer uses `{path}`. Take it from `crate::sync` instead: this check has to stop your code between any two steps in \
         order to try every order, and it cannot stop what it does not see"
    );
}

#[test]
fn an_open_gate_lets_through_at_once() {
    check(|| {
        let gate = Gate::new();
        gate.open();
        for nth in ["first", "second"] {
            let polled = Waiter::at(&gate).poll();
            assert!(
                polled.is_ready(),
                "the gate is open, and the {nth} one that came was told Pending. A gate that is open stays open"
            );
        }
    });
}

#[test]
fn a_waiter_gets_through_once_the_gate_is_opened() {
    check(|| {
        let gate = Gate::new();
        let mut closed = true;
        // Opens the gate as soon as the future waits.
        let open = || std::mem::take(&mut closed).then(|| gate.open()).is_some();
        let report = Bounded::new().polls(100).when_idle(open).run(gate.wait());
        assert!(report.value.is_some(), "{report}");
    });
}

#[test]
fn opening_the_gate_wakes_the_waiter() {
    check(|| {
        let gate = Gate::new();
        let mut waiter = Waiter::at(&gate);
        assert!(
            waiter.poll().is_pending(),
            "the gate is closed, and the first poll returned Ready"
        );
        let wakes = waiter.task.wakes();
        assert!(
            wakes == 0,
            "nothing has happened, and the task was woken {}: it is polled again for nothing",
            times(wakes)
        );
        gate.open();
        assert!(
            waiter.task.wakes() > 0,
            "a task waits, the gate was opened, and nobody called its waker"
        );
        assert!(
            waiter.poll().is_ready(),
            "the gate is open, the task was woken, and its poll returned Pending"
        );
    });
}

#[test]
fn everyone_who_waits_is_woken() {
    check(|| {
        let gate = Gate::new();
        let mut waiters = [(); 3].map(|()| Waiter::at(&gate));
        for waiter in &mut waiters {
            let _ = waiter.poll();
        }
        gate.open();
        let woken =
            |waiter: &Waiter| if waiter.task.wakes() > 0 { "woken" } else { "still asleep" };
        let [first, second, third] = waiters.each_ref().map(woken);
        assert!(
            [first, second, third] == ["woken"; 3],
            "three tasks waited, and the gate was opened. The first is {first}, the second is {second}, the third is {third}. The \
             gate opens once: who is not woken now waits for ever"
        );
        let through =
            waiters.iter_mut().filter_map(|waiter| waiter.poll().is_ready().then_some(()));
        let through = through.count();
        assert!(
            through == 3,
            "three tasks waited, the gate was opened, all three were woken, and {through} got through. A gate that is open stays open"
        );
    });
}

#[test]
fn a_waiter_is_woken_in_the_task_that_polled_last() {
    check(|| {
        let gate = Gate::new();
        let mut wait = pin!(gate.wait());
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        for task in [&first, &last] {
            let _ = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
        }
        gate.open();
        assert!(
            last.wakes() > 0,
            "one task polled the future, then another one did, and the gate was opened. Wakes of the first: {}, of the last: 0. \
             The future has moved to the last one",
            first.wakes()
        );
    });
}

#[test]
fn one_that_goes_away_takes_nobody_along() {
    check(|| {
        let gate = Gate::new();
        let (mut stays, mut goes) = (Waiter::at(&gate), Waiter::at(&gate));
        // A second future of the task that stays.
        let mut sibling = Box::pin(gate.wait());
        let _ = stays.poll();
        let _ = goes.poll();
        let _ = sibling.as_mut().poll(&mut Context::from_waker(&stays.task.waker()));
        drop(goes);
        drop(sibling);
        gate.open();
        assert!(
            stays.task.wakes() > 0,
            "three futures waited, one of a first task and two of a second. The first task went away, and one of the second task's \
             two. The gate was opened, and nobody called the waker of the second task, whose other future still waits"
        );
    });
}

#[test]
fn polling_again_keeps_no_second_waker() {
    check(|| {
        let gate = Gate::new();
        let mut waiters = [(); 2].map(|()| Waiter::at(&gate));
        for _ in 0..100 {
            for waiter in &mut waiters {
                let _ = waiter.poll();
            }
        }
        let kept = waiters.iter().map(|waiter| waiter.task.alive()).max().unwrap_or(0);
        // The gate keeps one. The future may keep one more, to compare with.
        assert!(
            kept <= 2,
            "two tasks have polled in turn, 100 times each, while the gate was closed, and {kept} clones of the waker of one of \
             them are kept. A poll may come at any time, also for nothing: what it leaves behind must not grow"
        );
    });
}

#[test]
fn in_no_order_is_the_wake_lost() {
    check(|| {
        let gate = Gate::new();
        let other = gate.clone();
        thread::spawn(move || {
            note("`open` begins");
            other.open();
            note("`open` is over");
        });
        block_on(gate.wait());
    });
}
