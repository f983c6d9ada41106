//! A future is a coroutine that yields nothing.

use futures_by_hand::{as_coroutine, countdown, sum};
use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, RoundRobin};

#[test]
fn it_yields_once_for_every_pending() {
    let mut coroutine = as_coroutine(countdown(2));
    assert_eq!(coroutine.resume(()), Yielded(()));
    assert_eq!(coroutine.resume(()), Yielded(()));
    assert_eq!(coroutine.resume(()), Complete(2));
}

#[test]
fn a_round_robin_runs_futures_side_by_side() {
    let mut tasks = RoundRobin::new();
    let long = tasks.spawn(as_coroutine(Box::pin(sum(2, 1))));
    let short = tasks.spawn(as_coroutine(countdown(1)));
    let mut turns = Vec::new();
    tasks.run(|task, state| turns.push((task, state)));
    let expected = [
        (long, Yielded(())),
        (short, Yielded(())),
        (long, Yielded(())),
        (short, Complete(1)),
        (long, Yielded(())),
        (long, Complete(3)),
    ];
    assert_eq!(turns, expected);
}
