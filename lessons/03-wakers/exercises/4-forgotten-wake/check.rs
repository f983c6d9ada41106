//! A gate at which many may wait: opening it wakes each of them, and until then nobody is polled for nothing.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
mod answer;

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use answer::Gate;
use shared::probe::{Bounded, WakerProbe};

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
fn an_open_gate_lets_through_at_once() {
    let gate = Gate::new();
    gate.open();
    let mut waiter = Waiter::at(&gate);
    assert!(waiter.poll().is_ready(), "the gate is open, and the first poll returned Pending");
}

#[test]
fn a_waiter_gets_through_once_the_gate_is_opened() {
    let gate = Gate::new();
    let mut closed = true;
    // Opens the gate as soon as the future waits.
    let open = || std::mem::take(&mut closed).then(|| gate.open()).is_some();
    let report = Bounded::new().when_idle(open).run(gate.wait());
    assert!(report.value.is_some(), "{report}");
}

#[test]
fn opening_the_gate_wakes_the_waiter() {
    let gate = Gate::new();
    let mut waiter = Waiter::at(&gate);
    assert!(waiter.poll().is_pending(), "the gate is closed, and the first poll returned Ready");
    let wakes = waiter.task.wakes();
    assert!(
        wakes == 0,
        "nothing has happened, and the task was woken {wakes} times: it is polled again for nothing"
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
}

#[test]
fn everyone_who_waits_is_woken() {
    let gate = Gate::new();
    let mut waiters = [(); 3].map(|()| Waiter::at(&gate));
    for waiter in &mut waiters {
        let _ = waiter.poll();
    }
    gate.open();
    let woken =
        waiters.iter().map(|waiter| if waiter.task.wakes() > 0 { "woken" } else { "still asleep" });
    let woken: Vec<_> = woken.collect();
    assert!(
        woken == ["woken"; 3],
        "three tasks waited, and the gate was opened. The first is {}, the second is {}, the third is {}. The gate opens once: \
         who is not woken now waits for ever",
        woken[0],
        woken[1],
        woken[2]
    );
}

#[test]
fn a_waiter_is_woken_in_the_task_that_polled_last() {
    let gate = Gate::new();
    let mut wait = pin!(gate.wait());
    let (first, last) = (WakerProbe::new(), WakerProbe::new());
    for task in [&first, &last] {
        let _ = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
    }
    gate.open();
    assert!(
        last.wakes() > 0,
        "one task polled the future, then another one did, and the gate was opened. Wakes of the first: {}, of the last: 0. The \
         future has moved to the last one",
        first.wakes()
    );
}

#[test]
fn polling_again_keeps_no_second_waker() {
    let gate = Gate::new();
    let mut waiter = Waiter::at(&gate);
    for _ in 0..100 {
        let _ = waiter.poll();
    }
    let kept = waiter.task.alive();
    assert!(
        kept <= 1,
        "one task has polled 100 times while the gate was closed, and {kept} clones of its waker are kept. A poll may come at any \
         time, also for nothing: what it leaves behind must not grow"
    );
}
