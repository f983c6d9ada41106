//! `buffered`: never more than the limit, as many as the limit, and the values in order.

use std::cell::Cell;
use std::future::ready;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use combinators::{Buffered, buffered};
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Scripted, WakerProbe};

const SECOND: Duration = Duration::from_secs(1);

/// Sleeps for each of the durations, `limit` at a time. Returns the values, how many were in flight
/// at most, and the time that it took.
fn sleeps(limit: usize, seconds: &[u32]) -> (Vec<usize>, u32, Duration) {
    let clock = VirtualClock::new();
    let (now, most) = (Cell::new(0), Cell::new(0));
    let (now, most, clock) = (&now, &most, &clock);
    let futures = seconds.iter().enumerate().map(|(number, seconds)| async move {
        now.set(now.get() + 1);
        most.set(most.get().max(now.get()));
        clock.sleep(*seconds * SECOND).await;
        now.set(now.get() - 1);
        number
    });
    let values = collected(buffered(limit, futures));
    let values = Bounded::new().when_idle(|| clock.advance_to_next()).run(values).expect_ready();
    (values, most.get(), clock.now())
}

async fn collected<I, T>(mut stream: Buffered<I>) -> Vec<T>
where
    I: Iterator<Item: Future<Output = T>>,
{
    let mut values = Vec::new();
    while let Some(value) = stream.next().await {
        values.push(value);
    }
    values
}

#[test]
fn as_many_as_the_limit_and_no_more_are_in_flight() {
    for limit in 1..=6 {
        let (values, most, time) = sleeps(limit, &[1; 6]);
        assert_eq!(values, [0, 1, 2, 3, 4, 5]);
        assert_eq!(most, limit as u32);
        assert_eq!(time, 6u32.div_ceil(limit as u32) * SECOND);
    }
}

#[test]
fn the_values_come_in_order_whoever_is_first() {
    assert_eq!(sleeps(3, &[3, 1, 2, 1]).0, [0, 1, 2, 3]);
}

#[test]
fn a_slow_one_at_the_front_holds_up_those_behind_it() {
    // With a place for each that is not ready, the last would begin after 1 second and end after 2.
    assert_eq!(sleeps(2, &[5, 1, 1]).2, 6 * SECOND);
}

#[test]
fn more_room_than_futures_is_fine() {
    assert_eq!(sleeps(100, &[2, 1]), (vec![0, 1], 2, 2 * SECOND));
    assert_eq!(sleeps(1, &[]), (vec![], 0, Duration::ZERO));
}

#[test]
fn the_iterator_is_asked_when_there_is_room() {
    let asked = Cell::new(0);
    let endless = std::iter::repeat_with(|| {
        asked.set(asked.get() + 1);
        ready(asked.get())
    });
    let mut values = buffered(3, endless);
    assert_eq!(asked.get(), 0, "nobody has polled yet");
    for n in 1..=4 {
        assert_eq!(Bounded::new().run(values.next()).expect_ready(), Some(n));
        assert_eq!(asked.get(), n + 2);
    }
}

#[test]
fn after_the_end_there_is_nothing_more() {
    let mut values = buffered(2, [ready(1)]);
    assert_eq!(Bounded::new().run(values.next()).expect_ready(), Some(1));
    for _ in 0..2 {
        assert_eq!(Bounded::new().run(values.next()).expect_ready(), None);
    }
}

#[test]
fn a_wait_that_is_dropped_loses_nothing() {
    let clock = VirtualClock::new();
    let mut values = buffered(2, [clock.sleep(SECOND), clock.sleep(2 * SECOND)]);
    {
        let mut next = std::pin::pin!(values.next());
        assert!(next.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    clock.advance(2 * SECOND);
    let both = async { (values.next().await, values.next().await, values.next().await) };
    assert_eq!(Bounded::new().run(both).expect_ready(), (Some(()), Some(()), None));
}

#[test]
#[should_panic(expected = "with a limit of 0, no future would ever begin")]
fn a_limit_of_zero_is_refused() {
    buffered(0, [ready(())]);
}

#[test]
fn a_future_that_panics_is_not_passed_over_in_silence() {
    let futures: [Pin<Box<dyn Future<Output = u32>>>; 2] =
        [Box::pin(async { panic!("a future") }), Box::pin(ready(2))];
    let mut values = buffered(2, futures);
    for _ in 0..2 {
        let run = AssertUnwindSafe(|| Bounded::new().run(values.next()).value);
        assert!(catch_unwind(run).is_err());
    }
}

#[test]
fn a_wait_that_is_dropped_keeps_no_waker() {
    let task = WakerProbe::new();
    let (child, log) = Scripted::held("child", 1, 7);
    let mut values = buffered(1, [child]);
    let mut wait = Box::pin(values.next());
    assert!(wait.as_mut().poll(&mut Context::from_waker(&task.waker())).is_pending());
    drop(wait);
    assert_eq!(task.alive(), 0, "the stream keeps the waker of a wait that is gone");
    assert!(log.wake());
    assert_eq!(Bounded::new().run(values.next()).expect_ready(), Some(7));
}
