//! The loop: fair, complete, and helpless against a task that does not yield.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use generators::CoroutineState::{self, Complete, Yielded};
use generators::{CountTo, RoundRobin, from_fn};
use shared::narrate::Random;

#[test]
fn spawning_runs_nothing() {
    let runs = Cell::new(0);
    let mut tasks = RoundRobin::new();
    tasks.spawn(from_fn(|()| {
        runs.set(runs.get() + 1);
        Complete::<(), _>(())
    }));
    assert_eq!((tasks.len(), runs.get()), (1, 0));
    assert_eq!(tasks.turn(), Some((0, Complete(()))));
    assert_eq!((tasks.len(), runs.get()), (0, 1));
}

#[test]
fn a_loop_without_tasks_has_no_turn_to_give() {
    let mut tasks = RoundRobin::<(), ()>::new();
    assert!(tasks.is_empty());
    assert_eq!(tasks.turn(), None);
    tasks.run(|_, _| panic!("there is nothing to observe"));
}

#[test]
fn between_two_turns_of_a_task_every_other_one_gets_exactly_one() {
    let mut random = Random::seeded(7);
    for _ in 0..50 {
        let limits: Vec<u32> = (0..random.below(9)).map(|_| random.below(9) as u32).collect();
        let mut tasks = RoundRobin::new();
        for &limit in &limits {
            tasks.spawn(CountTo::new(limit));
        }
        let mut turns = Vec::new();
        tasks.run(|id, _| turns.push(id));
        // A task with limit n yields in rounds 0 to n - 1, and completes in round n.
        let rounds = 0..=limits.iter().copied().max().unwrap_or(0);
        let takes_part = |round, id: &usize| round <= limits[*id];
        let expected: Vec<_> = rounds
            .flat_map(|round| (0..limits.len()).filter(move |id| takes_part(round, id)))
            .collect();
        assert_eq!(turns, expected, "limits {limits:?}");
    }
}

#[test]
fn every_task_hands_in_its_own_result() {
    let mut results = Vec::new();
    let mut tasks = RoundRobin::new();
    for limit in [3, 1, 2] {
        tasks.spawn(CountTo::new(limit));
    }
    tasks.run(|id, state| results.extend(state.complete().map(|sum| (id, sum))));
    assert_eq!(results, [(1, 1), (2, 3), (0, 6)]);
}

#[test]
fn a_task_spawned_between_two_turns_goes_to_the_back() {
    let mut tasks = RoundRobin::new();
    let (a, b) = (tasks.spawn(CountTo::new(1)), tasks.spawn(CountTo::new(1)));
    assert_eq!(tasks.turn(), Some((a, Yielded(1))));
    let c = tasks.spawn(CountTo::new(1));
    let order: Vec<_> = std::iter::from_fn(|| tasks.turn()).map(|(id, _)| id).collect();
    assert_eq!(order, [b, a, c, b, c]);
}

#[test]
fn a_finished_task_is_dropped_at_once() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    let mut tasks = RoundRobin::new();
    tasks.spawn(from_fn(move |()| {
        let _inside = &inside;
        Complete::<u32, u64>(0)
    }));
    tasks.spawn(CountTo::new(5));
    let _ = tasks.turn();
    assert_eq!((Rc::strong_count(&held), tasks.len()), (1, 1));
}

#[test]
fn dropping_the_loop_drops_its_tasks() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    let mut tasks = RoundRobin::new();
    tasks.spawn(from_fn(move |()| Yielded::<_, ()>(Rc::strong_count(&inside))));
    assert_eq!(tasks.turn(), Some((0, Yielded(2))));
    drop(tasks);
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn a_task_that_panics_is_gone_and_the_others_go_on() {
    let mut tasks = RoundRobin::new();
    tasks.spawn(from_fn(|()| -> CoroutineState<u32, u64> { panic!("out of luck") }));
    let steady = tasks.spawn(CountTo::new(1));
    let payload = catch_unwind(AssertUnwindSafe(|| tasks.turn())).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"out of luck"));
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks.turn(), Some((steady, Yielded(1))));
    assert_eq!(tasks.turn(), Some((steady, Complete(1))));
    assert_eq!(tasks.turn(), None);
}

#[test]
fn a_task_that_does_not_yield_keeps_the_others_waiting() {
    let clock = Cell::new(0);
    let seen = Cell::new(None);
    let mut tasks = RoundRobin::new();
    tasks.spawn(from_fn(|()| {
        (0..1_000).for_each(|_| clock.set(clock.get() + 1));
        Complete::<(), _>(())
    }));
    tasks.spawn(from_fn(|()| {
        seen.set(Some(clock.get()));
        Complete(())
    }));
    tasks.run(|_, _| ());
    assert_eq!(seen.get(), Some(1_000));
}

#[test]
fn the_debug_form_names_the_queue() {
    let mut tasks = RoundRobin::new();
    for limit in [1, 0] {
        tasks.spawn(CountTo::new(limit));
    }
    let _ = tasks.turn();
    assert_eq!(format!("{tasks:?}"), "RoundRobin([1, 0])");
}
