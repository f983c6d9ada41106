//! The heart of an executor: every task has its turn, in the order of the wakes, and no order of
//! steps loses a wake.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};

use answer::Executor;
use shared::probe::explore::{bypass, every_order, note, noted, thread};
use shared::probe::{Journal, times};

/// What the answer takes its locks from. They can be stopped at every step, so that every order can
/// be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::probe::explore::sync;

use Call::{ByReference, ByValue};

use setup::*;

#[test]
fn the_locks_are_those_of_the_check() {
    let Some(path) = bypass(include_str!("answer.rs")) else { return };
    assert!(
        path.contains("sync"),
        "the answer uses `{path}`. Nothing here has to start a thread, or to send one to sleep: when no task can go on, \
         `run_until_idle` returns"
    );
    panic!(
        "the answer uses `{path}`. Take it from `crate::sync` instead: this check has to stop your code between any two steps in \
         order to try every order, and it cannot stop what it does not see"
    );
}

#[test]
fn spawning_polls_nothing() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.spawn(task.future(|_| Poll::Ready(())));
        assert!(
            task.polls() == 0,
            "`spawn` polled the new task. Whoever spawns has its own turn to finish first, and a task that spawns could never spawn \
             two before the first one runs"
        );
        executor.run_until_idle();
        assert!(
            task.polls() == 1,
            "one task was spawned, and after `run_until_idle` it had been polled {}: it is queued from the start, without a wake",
            times(task.polls())
        );
    });
}

#[test]
fn it_returns_when_no_task_can_go_on() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.run_until_idle();
        executor.spawn(task.future(|_| Poll::Pending));
        executor.run_until_idle();
        executor.run_until_idle();
        assert!(
            task.polls() == 1,
            "a task that waits was polled {} in two calls of `run_until_idle`, and nobody woke it: it has to be polled once",
            times(task.polls())
        );
    });
}

#[test]
fn tasks_run_in_the_order_in_which_they_were_spawned() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        for name in ["a", "b", "c"] {
            executor.spawn(Watched::new(name).yields(0, &journal));
        }
        executor.run_until_idle();
        expect_order(&journal, &["a", "b", "c"], "`a`, `b` and `c` were spawned, in this order");
    });
}

#[test]
fn a_wake_during_its_own_poll_is_not_lost() {
    check(|| {
        let (executor, journal, task) = (Executor::new(), Journal::new(), Watched::new("a"));
        executor.spawn(task.yields(2, &journal));
        executor.run_until_idle();
        let polls = task.polls();
        if polls == 3 {
            return;
        }
        executor.run_until_idle();
        assert!(
            task.polls() == polls,
            "a task wakes itself during its first two polls. `run_until_idle` polled it {} and returned, although the task was \
             woken and could go on",
            times(polls)
        );
        panic!(
            "a task wakes itself during its first two polls. It was polled {}, and a further call of `run_until_idle` does not poll \
             it: the wake that came during the poll is lost, and the task waits for ever",
            times(polls)
        );
    });
}

#[test]
fn a_task_that_wakes_itself_goes_to_the_end() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        for name in ["a", "b", "c"] {
            executor.spawn(Watched::new(name).yields(2, &journal));
        }
        executor.run_until_idle();
        expect_order(
            &journal,
            &["a", "b", "c", "a", "b", "c", "a", "b", "c"],
            "three tasks wake themselves twice each. One that can always go on must not keep the others from their turn",
        );
    });
}

#[test]
fn woken_tasks_run_in_the_order_of_the_wakes() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let [a, b, c, d] = ["a", "b", "c", "d"].map(Watched::new);
        for task in [&a, &b, &c, &d] {
            executor.spawn(task.waits(&journal));
        }
        executor.run_until_idle();
        journal.take();
        c.wake(ByReference);
        a.wake(ByValue);
        b.wake(ByReference);
        assert!(
            journal.entries().is_empty(),
            "three wakers were called, and within these calls tasks were polled: {journal}. Whoever wakes is busy with something \
             else, and may be on another thread: a wake only queues the task"
        );
        executor.run_until_idle();
        expect_order(
            &journal,
            &["c", "a", "b"],
            "four tasks wait, and `c`, `a` and `b` were woken, in this order",
        );
    });
}

#[test]
fn new_and_woken_tasks_stand_in_one_queue() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (a, b) = (Watched::new("a"), Watched::new("b"));
        executor.spawn(a.waits(&journal));
        executor.spawn(b.waits(&journal));
        executor.run_until_idle();
        journal.take();
        a.wake(ByReference);
        executor.spawn(Watched::new("new").waits(&journal));
        b.wake(ByValue);
        executor.run_until_idle();
        expect_order(
            &journal,
            &["a", "new", "b"],
            "`a` was woken, then `new` was spawned, then `b` was woken. If new tasks had a queue of their own, whoever stands in the \
             other one could wait for as long as it is filled",
        );
    });
}

#[test]
fn wakes_that_come_together_count_as_one() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (a, b) = (Watched::new("a"), Watched::new("b"));
        executor.spawn(a.waits(&journal));
        executor.spawn(b.waits(&journal));
        executor.run_until_idle();
        journal.take();
        for call in [ByReference, ByValue, ByReference] {
            a.wake(call);
            b.wake(call);
        }
        executor.run_until_idle();
        expect_order(&journal, &["a", "b"], "`a` and `b` were woken three times each");
        journal.take();
        // More than a byte can count.
        for _ in 0..257 {
            a.wake(ByReference);
        }
        executor.run_until_idle();
        expect_order(&journal, &["a"], "`a` was woken 257 times, and did not run meanwhile");
        journal.take();
        for task in [&a, &b, &a] {
            task.wake(ByReference);
        }
        executor.run_until_idle();
        expect_order(
            &journal,
            &["a", "b"],
            "`a`, `b` and once more `a` were woken. A task that stands in the queue keeps its place: if each wake sent it to the end, \
             one that is woken all the time would never have its turn",
        );
    });
}

#[test]
fn each_of_many_tasks_has_a_mark_of_its_own() {
    check(|| {
        let (executor, tasks) = (Executor::new(), [(); 65].map(|()| Watched::new("one of 65")));
        for task in &tasks {
            executor.spawn(task.future(|_| Poll::Pending));
        }
        executor.run_until_idle();
        for task in &tasks {
            task.wake(ByValue);
        }
        executor.run_until_idle();
        for (place, task) in tasks.iter().enumerate() {
            assert!(
                task.polls() == 2,
                "65 tasks were spawned, all wait, and all were woken. Number {} was polled {} in all: once after it was spawned and \
                 once after the wake is due to each, however many there are",
                place + 1,
                times(task.polls())
            );
        }
    });
}

#[test]
fn a_task_that_waits_for_its_turn_is_not_queued_again() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (a, b) = (Watched::new("a"), Watched::new("b"));
        let (seen, other) = (journal.clone(), b.clone());
        executor.spawn(a.future(move |this| {
            seen.note("a");
            if this.polls() == 2 {
                other.wake(ByReference);
            }
            Poll::Pending
        }));
        executor.spawn(b.waits(&journal));
        executor.run_until_idle();
        journal.take();
        a.wake(ByReference);
        b.wake(ByReference);
        executor.run_until_idle();
        expect_order(
            &journal,
            &["a", "b"],
            "`a` and `b` were woken, in this order, and `a` wakes `b` once more, whose turn is still to come",
        );
    });
}

#[test]
fn a_task_may_spawn_tasks() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (spawner, seen) = (executor.clone(), journal.clone());
        executor.spawn(Watched::new("parent").future(move |_| {
            seen.note("parent");
            spawner.spawn(Watched::new("child").yields(1, &seen));
            Poll::Ready(())
        }));
        executor.spawn(Watched::new("sibling").yields(1, &journal));
        executor.run_until_idle();
        expect_order(
            &journal,
            &["parent", "sibling", "child", "sibling", "child"],
            "`parent` spawned `child` while `sibling` was in the queue, and both yield once. The new one goes to the end",
        );
    });
}

#[test]
fn a_future_may_spawn_in_its_drop() {
    check(|| {
        let (executor, cleaner) = (Executor::new(), Watched::new("cleaner"));
        let cleans_up = SpawnsInDrop(executor.clone(), cleaner.clone());
        executor.spawn(Watched::new("a").future(move |_| {
            let _ = &cleans_up;
            Poll::Ready(())
        }));
        executor.run_until_idle();
        assert!(
            cleaner.polls() == 1,
            "a future that was ready spawned another task when it was dropped, and after `run_until_idle` that one had been polled {}",
            times(cleaner.polls())
        );
    });
}

#[test]
fn a_finished_task_is_left_alone() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (done, other) = (Watched::new("done"), Watched::new("other"));
        executor.spawn(done.yields(0, &journal));
        executor.spawn(other.waits(&journal));
        executor.run_until_idle();
        assert!(
            done.facts().is_dropped,
            "a future returned Ready, `run_until_idle` has returned, and the future is still there: as long as somebody keeps a \
             waker of the task, everything that the future owns stays in memory"
        );
        quietly(
            "a waker was called after its task was over. That is allowed, and has to do nothing, but",
            || {
                done.wake(ByReference);
                executor.run_until_idle();
                done.wake(ByValue);
                executor.run_until_idle();
            },
        );
        other.wake(ByReference);
        executor.run_until_idle();
        expect_order(
            &journal,
            &["done", "other", "other"],
            "`done` was ready, and `other` waits and was woken",
        );
    });
}

#[test]
fn a_task_that_woke_itself_and_finished_is_not_polled_again() {
    check(|| {
        let (executor, journal, task) = (Executor::new(), Journal::new(), Watched::new("a"));
        executor.spawn(task.future(|this| {
            this.wake(ByReference);
            Poll::Ready(())
        }));
        executor.spawn(Watched::new("b").yields(1, &journal));
        quietly("a task woke itself and returned Ready in the same poll, and then", || {
            executor.run_until_idle();
        });
        expect_order(
            &journal,
            &["b", "b"],
            "`a` woke itself and returned Ready in the same poll, and `b`, which stood behind it, woke itself once. That `a` needs \
             no turn any more is no reason to stop: `b` can go on",
        );
    });
}

#[test]
fn a_new_task_has_nothing_of_an_old_one() {
    check(|| {
        let (executor, journal) = (Executor::new(), Journal::new());
        let (old, new) = (Watched::new("old"), Watched::new("new"));
        executor.spawn(old.future(|this| {
            this.wake(ByReference);
            Poll::Ready(())
        }));
        let (spawner, seen, spawned) = (executor.clone(), journal.clone(), new.clone());
        executor.spawn(Watched::new("parent").future(move |_| {
            spawner.spawn(spawned.waits(&seen));
            Poll::Ready(())
        }));
        quietly("`old` woke itself and returned Ready, then `new` was spawned, and then", || {
            executor.run_until_idle();
        });
        quietly(
            "a waker of `old`, which was over before `new` was spawned, was called, and then",
            || {
                old.wake(ByReference);
                executor.run_until_idle();
            },
        );
        expect_order(&journal, &["new"], "`new` was spawned, and nobody has woken it");
    });
}

#[test]
fn a_waker_may_outlive_the_executor() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.spawn(task.future(|_| Poll::Pending));
        executor.run_until_idle();
        drop(executor);
        quietly(
            "a waker was called when the executor was gone. That is allowed, and has to do nothing, but",
            || {
                task.wake(ByReference);
                task.wake(ByValue);
            },
        );
        assert!(task.polls() == 1, "the executor is gone, and a call of a waker polled the task");
    });
}

#[test]
fn a_task_that_nobody_can_wake_is_gone() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.spawn(task.future(|_| Poll::Pending));
        executor.run_until_idle();
        drop(executor);
        let waker = task.facts().waker.take();
        drop(waker);
        assert!(
            task.facts().is_dropped,
            "a task waits, the executor is gone, and so is every waker that the task was polled with, and its future is still there. \
             Nobody can poll it any more, and what it owns stays in memory for ever: does the task keep what keeps the task?"
        );
    });
}

#[test]
fn a_task_in_the_queue_of_an_executor_that_is_gone_is_gone() {
    for was_polled in [false, true] {
        check(if was_polled { queued_by_a_wake } else { queued_by_spawn });
    }
}

#[test]
fn in_no_order_is_a_wake_from_another_thread_lost() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        let waking = Arc::new(Mutex::new(None));
        let starts = Arc::clone(&waking);
        executor.spawn(task.future(move |this| {
            if this.facts().begun > 0 {
                return Poll::Ready(());
            }
            // The wake may come at any moment from here on: during this poll, at its end, after it.
            let (this, mut waking) = (this.clone(), starts.lock().expect("nobody panics here"));
            if waking.is_none() {
                *waking = Some(thread::spawn(move || this.wake(ByReference)));
            }
            Poll::Pending
        }));
        executor.run_until_idle();
        let waking = waking.lock().expect("nobody panics here").take();
        waking.expect("the task has been polled").join().expect("a wake does not panic");
        note("the other thread is over");
        executor.run_until_idle();
        assert!(
            task.facts().is_over,
            "another thread woke the task, `run_until_idle` was called afterwards, and the task was polled {} in all: the wake is \
             lost. In that order: {}",
            times(task.polls()),
            noted()
        );
    });
}

#[test]
fn in_no_order_does_one_wake_swallow_the_next() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.spawn(
            task.future(
                |this| {
                    if this.facts().begun == 2 { Poll::Ready(()) } else { Poll::Pending }
                },
            ),
        );
        executor.run_until_idle();
        let other = task.clone();
        let waking = thread::spawn(move || {
            other.wake(ByReference);
            other.wake(ByReference);
        });
        executor.run_until_idle();
        waking.join().expect("a wake does not panic");
        note("the other thread is over");
        executor.run_until_idle();
        assert!(
            task.facts().is_over,
            "another thread woke the task twice, `run_until_idle` was called meanwhile and afterwards, and since the second wake the \
             task has not been polled: that wake is lost. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_do_two_threads_queue_a_task_twice() {
    check(|| {
        let (executor, task) = (Executor::new(), Watched::new("a"));
        executor.spawn(task.future(|_| Poll::Pending));
        executor.run_until_idle();
        let other = task.clone();
        let waking = thread::spawn(move || other.wake(ByReference));
        task.wake(ByValue);
        waking.join().expect("a wake does not panic");
        executor.run_until_idle();
        assert!(
            task.polls() == 2,
            "two threads woke a task that waits, and afterwards it was polled {}: it has to be polled once. In that order: {}",
            times(task.polls() - 1),
            noted()
        );
    });
}
