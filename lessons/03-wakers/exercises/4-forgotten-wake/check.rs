//! A gate at which many may wait: opening it wakes each of them, and until then nobody is polled
//! for nothing.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::mem;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use answer::Gate;
use shared::probe::explore::{block_on, bypass, every_order, note, noted, thread};
use shared::probe::{Bounded, Pollers, WakerProbe, is_unpin, times};

/// What the answer takes its lock from. It can be stopped at every step, so that every order can be
/// tried.
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

fn poll_by(task: &WakerProbe, wait: Pin<&mut impl Future<Output = ()>>) {
    let _ = wait.poll(&mut Context::from_waker(&task.waker()));
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
        gate.open();
        let polled = Waiter::at(&gate).poll();
        assert!(
            polled.is_ready(),
            "the gate was opened, and opened once more, and the next one that came was told Pending. A gate that is open stays open"
        );
    });
}

#[test]
fn a_waiter_gets_through_once_the_gate_is_opened() {
    check(|| {
        let gate = Gate::new();
        let mut closed = true;
        // Opens the gate as soon as the future waits.
        let open = || mem::take(&mut closed).then(|| gate.open()).is_some();
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
fn a_closed_gate_calls_nobody() {
    check(|| {
        let gate = Gate::new();
        let [a, b] = [(); 2].map(|()| WakerProbe::new());
        let (mut first, mut second) = (pin!(gate.wait()), pin!(gate.wait()));
        let mut poll = |is_first: bool, task: &WakerProbe| {
            let wait = if is_first { &mut first } else { &mut second };
            let _ = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
        };
        // Each again in its own task, then each in that of the other.
        for (nth, (is_first, by)) in
            (1..).zip([(true, &a), (false, &b), (true, &a), (false, &b), (true, &b), (false, &a)])
        {
            poll(is_first, by);
            let woken = [("A", &a), ("B", &b)].into_iter().find(|(_, task)| task.wakes() > 0);
            if let Some((name, _)) = woken {
                panic!(
                    "two futures wait, of tasks A and B, and are polled in turn. The gate is closed, and task {name} was woken by poll {nth} of \
                     these: it is polled again for nothing"
                );
            }
        }
    });
}

#[test]
fn a_waiter_is_woken_in_the_task_that_polled_last() {
    check(|| {
        for pollers in Pollers::orders() {
            let gate = Gate::new();
            let mut other = Waiter::at(&gate);
            let mut wait = pin!(gate.wait());
            pollers.poll(|cx| {
                let _ = other.poll();
                wait.as_mut().poll(cx)
            });
            gate.open();
            pollers.expect_last_woken("the gate was opened");
        }
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
fn one_that_was_never_polled_takes_nobody_along() {
    check(|| {
        let gate = Gate::new();
        let mut stays = Waiter::at(&gate);
        let early = gate.wait();
        let _ = stays.poll();
        drop((early, gate.wait()));
        gate.open();
        assert!(
            stays.task.wakes() > 0,
            "a task waited, and two futures were dropped that nobody had polled. The gate was opened, and nobody called the waker of the task. A future \
             that was never polled has left nothing behind, and has nothing to take away"
        );
    });
}

#[test]
fn one_that_changes_its_task_leaves_word_of_its_own() {
    check(|| {
        let gate = Gate::new();
        let (a, b) = (WakerProbe::new(), WakerProbe::new());
        let (mut goes, mut stays) = (Box::pin(gate.wait()), Box::pin(gate.wait()));
        let _ = goes.as_mut().poll(&mut Context::from_waker(&a.waker()));
        for task in [&b, &a] {
            let _ = stays.as_mut().poll(&mut Context::from_waker(&task.waker()));
        }
        drop(goes);
        gate.open();
        assert!(
            a.wakes() > 0,
            "task A polled one future. Another future was polled by task B, and then by A. The first future was dropped, and the gate was opened. \
             Nobody called the waker of A, which waits with the second future. That one has left no word of its own, because there was one of the same task \
             already, and that one went with the first future"
        );
    });
}

#[test]
fn one_that_changes_its_task_takes_nobody_along() {
    check(|| {
        for stays_first in [true, false] {
            let gate = Gate::new();
            let (a, b) = (WakerProbe::new(), WakerProbe::new());
            let (mut stays, mut moves) = (Box::pin(gate.wait()), Box::pin(gate.wait()));
            if stays_first {
                poll_by(&a, stays.as_mut());
                poll_by(&a, moves.as_mut());
            } else {
                poll_by(&a, moves.as_mut());
                poll_by(&a, stays.as_mut());
            }
            poll_by(&b, moves.as_mut());
            gate.open();
            assert!(
                a.wakes() > 0 && b.wakes() > 0,
                "task A polled two futures. One of them was then polled by task B, and the gate was opened. Wakes of A: {}, of B: {}. Task A still \
                 waits, with the other future: the one that has moved must not take its word away",
                a.wakes(),
                b.wakes()
            );
        }
    });
}

#[test]
fn an_open_gate_keeps_nobody() {
    check(|| {
        let gate = Gate::new();
        let mut waiter = Waiter::at(&gate);
        let _ = waiter.poll();
        gate.open();
        let wakes = waiter.task.wakes();
        gate.open();
        assert!(
            waiter.task.wakes() == wakes,
            "a gate was opened at which a task waited. It was opened once more, and the task was woken once more, for nothing: it knows"
        );
        let Waiter { task, wait } = waiter;
        drop(wait);
        assert!(
            task.alive() == 0,
            "the gate is open, the future is gone, and {} of the clones of its task's waker are kept. An open gate calls nobody any more, and a kept waker \
             keeps the task's memory: take the wakers out when you call them",
            task.alive()
        );
    });
}

/// A, B and C wait. One of them goes, D comes, one more goes, and those who stay may be polled
/// again. Returns the one of them that the open gate did not wake.
fn come_and_go(first: usize, second: usize, again: bool) -> Option<usize> {
    let gate = Gate::new();
    let come = || {
        let mut waiter = Waiter::at(&gate);
        let _ = waiter.poll();
        Some(waiter)
    };
    let mut waiters = vec![come(), come(), come()];
    waiters[first] = None;
    waiters.push(come());
    waiters[second] = None;
    if again {
        for waiter in waiters.iter_mut().flatten() {
            let _ = waiter.poll();
        }
    }
    gate.open();
    let is_asleep = |waiter: &Waiter| waiter.task.wakes() == 0;
    waiters.iter().position(|waiter| waiter.as_ref().is_some_and(is_asleep))
}

#[test]
fn nobody_takes_the_place_of_one_who_waits() {
    const NAMES: [&str; 4] = ["A", "B", "C", "D"];
    check(|| {
        let pairs = (0..3).flat_map(|first| (0..4).map(move |second| (first, second)));
        for (first, second) in pairs.filter(|(first, second)| first != second) {
            let told = format!(
                "A, B and C waited, {} went away, D came, and {} went away",
                NAMES[first], NAMES[second]
            );
            if let Some(asleep) = come_and_go(first, second, false) {
                panic!(
                    "{told}. Then the gate was opened, and nobody called the waker of {}, who still waits. When somebody comes or goes, it must not \
                     change whose place is whose",
                    NAMES[asleep]
                );
            }
            if let Some(asleep) = come_and_go(first, second, true) {
                panic!(
                    "{told}. Those who were left were polled again, each by the same task. Then the gate was opened, and nobody called the waker \
                     of {}, who still waits. Without that second poll, everyone was woken: what it does to the waker that is already there is the \
                     mistake",
                    NAMES[asleep]
                );
            }
        }
    });
}

#[test]
fn those_who_come_later_push_nobody_out() {
    check(|| {
        let gate = Gate::new();
        let mut first = Waiter::at(&gate);
        let _ = first.poll();
        let others = WakerProbe::new();
        // More than a byte can count, and they go one by one.
        for _ in 0..256 {
            let _ = pin!(gate.wait()).poll(&mut Context::from_waker(&others.waker()));
        }
        let mut last = Waiter::at(&gate);
        let _ = last.poll();
        gate.open();
        for (waiter, which) in [(first, "first"), (last, "last")] {
            assert!(
                waiter.task.wakes() > 0,
                "one waited, 256 others came and went, and a last one came. The gate was opened, and nobody called the waker of the {which} one, \
                 which still waits. If you number those who come, one byte is too small"
            );
        }
    });
}

#[test]
fn one_that_moves_is_not_mistaken_for_another() {
    check(|| {
        let gate = Gate::new();
        let mut wait = gate.wait();
        // A future that has to stay where it is cannot be moved, and may be known by its address.
        if !is_unpin!(wait) {
            return;
        }
        let tasks = [WakerProbe::new(), WakerProbe::new()];
        let [first, second] = tasks.each_ref().map(|task| {
            // SAFETY: the future is `Unpin`, as was just asked: it may be moved although it was
            // pinned.
            let pinned = unsafe { Pin::new_unchecked(&mut wait) };
            let _ = pinned.poll(&mut Context::from_waker(&task.waker()));
            // The next one stands where this one stood.
            (mem::replace(&mut wait, gate.wait()), task)
        });
        gate.open();
        assert!(
            first.1.wakes() > 0 && second.1.wakes() > 0,
            "a future was polled by a first task, and moved, which it may be as long as it is `Unpin`. Another one, in its old place, \
             was polled by a second task, and the gate was opened. Wakes of the first: {}, of the second: {}. An address is not a name",
            first.1.wakes(),
            second.1.wakes()
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
fn tasks_that_take_turns_leave_no_second_waker() {
    fn takes_turns<const N: usize>(how_many: &'static str) {
        let gate = Gate::new();
        let mut wait = pin!(gate.wait());
        let tasks = [(); N].map(|()| WakerProbe::new());
        for _ in 0..100 {
            for task in &tasks {
                let _ = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
            }
        }
        let kept = tasks.each_ref().map(WakerProbe::alive).into_iter().max().unwrap_or(0);
        assert!(
            kept <= 2,
            "{how_many} tasks have polled one future in turn, 100 times each, while the gate was closed, and {kept} clones of the waker \
             of one of them are kept. What a poll leaves behind must not grow"
        );
    }
    check(|| {
        takes_turns::<2>("two");
        takes_turns::<3>("three");
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

#[test]
fn in_no_order_is_the_task_that_polled_last_forgotten() {
    check(|| {
        let gate = Gate::new();
        let other = gate.clone();
        let opener = thread::spawn(move || {
            note("`open` begins");
            other.open();
            note("`open` is over");
        });
        let mut wait = pin!(gate.wait());
        let mut poll = |name: &str, task: &WakerProbe| {
            note(&format!("the {name} task polls"));
            let polled = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
            note(if polled.is_ready() { "it is told Ready" } else { "it is told Pending" });
            polled
        };
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        if poll("first", &first).is_ready() || poll("last", &last).is_ready() {
            return;
        }
        opener.join().expect("it does not panic");
        assert!(
            last.wakes() > 0,
            "one task polled the future, and then another one. Both were told Pending, and the gate was opened. Wakes of the \
             first: {}, of the last: 0. In that order: {}",
            first.wakes(),
            noted()
        );
    });
}

#[test]
fn in_no_order_do_two_that_come_push_each_other_out() {
    check(|| {
        let gate = Gate::new();
        let (task, mut wait) = (WakerProbe::new(), Box::pin(gate.wait()));
        let (other_task, mut other) = (WakerProbe::new(), Box::pin(gate.wait()));
        let probe = other_task.clone();
        let poller = thread::spawn(move || {
            note("the one is polled");
            let _ = other.as_mut().poll(&mut Context::from_waker(&probe.waker()));
            note("the one is told Pending");
            other
        });
        note("the other is polled");
        let _ = wait.as_mut().poll(&mut Context::from_waker(&task.waker()));
        note("the other is told Pending");
        let _other = poller.join().expect("it does not panic");
        gate.open();
        assert!(
            task.wakes() > 0 && other_task.wakes() > 0,
            "two tasks polled a future each, on two threads. Then the gate was opened. Wakes of the one: {}, of the other: {}. Each of \
             them waits. In that order: {}",
            other_task.wakes(),
            task.wakes(),
            noted()
        );
    });
}

#[test]
fn in_no_order_does_one_that_goes_take_somebody_along() {
    check(|| {
        let gate = Gate::new();
        let (mut stays, mut goes) = (Waiter::at(&gate), Box::pin(gate.wait()));
        let task = WakerProbe::new();
        let _ = stays.poll();
        let _ = goes.as_mut().poll(&mut Context::from_waker(&task.waker()));
        let opener = thread::spawn(move || {
            note("`open` begins");
            gate.open();
            note("`open` is over");
        });
        note("a future that waits is being dropped");
        drop(goes);
        note("it is gone");
        opener.join().expect("it does not panic");
        assert!(
            stays.task.wakes() > 0,
            "two tasks waited. The gate was opened while one of their futures was dropped, and nobody called the waker of the one who \
             stayed. In that order: {}",
            noted()
        );
    });
}
