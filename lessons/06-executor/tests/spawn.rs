//! Spawning makes a task and queues it. It runs when the executor does, and not before.

use std::cell::{Cell, RefCell};
use std::future::{pending, ready};
use std::rc::Rc;

use executor::{Executor, yield_now};
use shared::probe::Scripted;

#[test]
fn spawn_does_not_poll() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 0, 17);
    let task = executor.spawn(future);
    assert_eq!((log.polls(), executor.len()), (0, 1));
    assert_eq!(executor.block_on(task).unwrap(), 17);
    assert_eq!((log.polls(), executor.len()), (1, 0));
}

#[test]
fn a_spawn_within_a_task_does_not_poll_either() {
    let executor = Executor::new();
    let spawner = executor.spawner();
    let spawns = executor.spawn(async move {
        let (future, log) = Scripted::new("inner", 0, ());
        let inner = spawner.spawn(future);
        let polls = log.polls();
        inner.await.unwrap();
        (polls, log.polls())
    });
    assert_eq!(executor.block_on(spawns).unwrap(), (0, 1));
}

#[test]
fn a_future_that_is_ready_at_once_leaves_the_tasks_unpolled() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 0, ());
    executor.spawn(future).detach();
    assert_eq!(executor.block_on(ready(1)), 1);
    assert_eq!((log.polls(), executor.len()), (0, 1));
    executor.block_on(yield_now());
    assert_eq!((log.polls(), executor.len()), (1, 0));
}

#[test]
fn what_is_left_over_goes_on_in_the_next_call() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 3, ());
    executor.spawn(future).detach();
    executor.block_on(yield_now());
    assert_eq!((log.polls(), executor.is_empty()), (1, false));
    executor.run();
    assert_eq!((log.polls(), executor.is_empty()), (4, true));
}

#[test]
fn run_also_waits_for_tasks_that_tasks_spawn() {
    let executor = Executor::new();
    let (spawner, sum) = (executor.spawner(), Rc::new(Cell::new(0)));
    let total = Rc::clone(&sum);
    executor
        .spawn(async move {
            for n in 1..=10 {
                let total = Rc::clone(&total);
                spawner.spawn(async move { total.set(total.get() + n) }).detach();
            }
        })
        .detach();
    executor.run();
    assert_eq!(sum.get(), 55);
}

#[test]
fn the_future_of_block_on_may_borrow() {
    let executor = Executor::new();
    let words = RefCell::new(Vec::new());
    executor.block_on(async {
        words.borrow_mut().push("a");
        executor.spawn(async {}).await.unwrap();
        words.borrow_mut().push("b");
    });
    assert_eq!(words.into_inner(), ["a", "b"]);
}

#[test]
fn many_tasks_come_and_go() {
    let executor = Executor::new();
    for _ in 0..3 {
        let tasks: Vec<_> = (0..1_000_u64).map(|n| executor.spawn(async move { n })).collect();
        let sum = executor.block_on(async {
            let mut sum = 0;
            for task in tasks {
                sum += task.await.unwrap();
            }
            sum
        });
        assert_eq!((sum, executor.len()), (499_500, 0));
    }
}

#[test]
fn a_spawner_does_not_keep_the_executor_and_drops_what_comes_too_late() {
    let executor = Executor::new();
    let spawner = executor.spawner();
    drop(executor);
    let (future, log) = Scripted::new("late", 0, ());
    let task = spawner.spawn_named("late", future);
    assert!(log.is_dropped() && task.is_finished());
    assert_eq!(log.polls(), 0);
    let error = wakers::block_on(task).unwrap_err();
    assert!(error.is_cancelled());
    assert_eq!(error.to_string(), "task late was cancelled");
}

#[test]
fn a_task_without_a_name_is_called_by_its_place() {
    let executor = Executor::new();
    let (task, line) = (executor.spawn(pending::<()>()), line!());
    task.abort();
    let words = executor.block_on(task).unwrap_err().to_string();
    // The separator in the path is the system's.
    assert!(
        words.starts_with("task ") && words.contains(&format!("spawn.rs:{line} was")),
        "{words}"
    );
}
