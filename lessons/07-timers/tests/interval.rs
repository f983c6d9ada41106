//! An interval does not drift, and does with missed ticks what it was told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use shared::probe::WakerProbe;
use timers::{Heap, MissedTicks, Wheel};

mod common;

use common::{SECOND, World, world};

const MILLI: Duration = Duration::from_millis(1);

const POLICIES: [MissedTicks; 3] = [MissedTicks::Burst, MissedTicks::Delay, MissedTicks::Skip];

fn worlds() -> [World; 2] {
    [world(Heap::new()), world(Wheel::new())]
}

/// Takes one tick for each of `work`, which keeps the thread for so long after it. What is returned
/// is, for each tick, when it was due and when it was taken.
fn ticks(world: &World, missed: MissedTicks, work: &[Duration]) -> Vec<(Duration, Duration)> {
    let mut interval = world.timer.interval(10 * SECOND).with_missed_ticks(missed);
    world.executor.block_on(async {
        let mut ticks = Vec::new();
        for work in work {
            let due = interval.tick().await;
            ticks.push((due, world.clock.now()));
            world.clock.advance(*work);
        }
        ticks
    })
}

fn seconds(ticks: &[(Duration, Duration)]) -> Vec<(u64, u64)> {
    ticks.iter().map(|(due, taken)| (due.as_secs(), taken.as_secs())).collect()
}

#[test]
fn the_first_tick_is_now_and_each_further_one_a_period_later() {
    for world in worlds() {
        world.clock.advance(5 * SECOND);
        let ticks = ticks(&world, MissedTicks::Burst, &[Duration::ZERO; 4]);
        assert_eq!(seconds(&ticks), [(5, 5), (15, 15), (25, 25), (35, 35)]);
    }
}

#[test]
fn work_between_the_ticks_does_not_move_them() {
    for missed in POLICIES {
        for world in worlds() {
            let ticks = ticks(&world, missed, &[3 * SECOND, 9 * SECOND, SECOND, SECOND]);
            assert_eq!(seconds(&ticks), [(0, 0), (10, 10), (20, 20), (30, 30)], "{missed:?}");
        }
    }
}

/// When the third tick is due, if the second one, due at 10 s, is taken so late.
fn third_after(missed: MissedTicks, late: Duration) -> Duration {
    let [heap, wheel] = worlds().map(|world| {
        let ticks = ticks(&world, missed, &[10 * SECOND + late, Duration::ZERO, Duration::ZERO]);
        assert_eq!(ticks[1], (10 * SECOND, 10 * SECOND + late), "{missed:?}");
        ticks[2].0
    });
    assert_eq!(heap, wheel);
    heap
}

#[test]
fn being_a_little_late_does_not_move_them_either() {
    for missed in POLICIES {
        for late in [4 * MILLI, 5 * MILLI] {
            assert_eq!(third_after(missed, late), 20 * SECOND, "{missed:?}");
        }
    }
}

#[test]
fn more_than_a_little_counts_as_missed() {
    let late = 5 * MILLI + Duration::from_nanos(1);
    let expected = [20 * SECOND, 20 * SECOND + late, 20 * SECOND];
    assert_eq!(POLICIES.map(|missed| third_after(missed, late)), expected);
}

#[test]
fn missed_ticks_are_made_up_for_or_put_off_or_left_out() {
    // After the first tick, the task keeps the thread for 35 s: the ticks of 10, 20 and 30 s are
    // missed.
    let work = [35 * SECOND, Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO];
    let expected = [
        [(0, 0), (10, 35), (20, 35), (30, 35), (40, 40)],
        [(0, 0), (10, 35), (45, 45), (55, 55), (65, 65)],
        [(0, 0), (10, 35), (40, 40), (50, 50), (60, 60)],
    ];
    for (missed, expected) in POLICIES.into_iter().zip(expected) {
        for world in worlds() {
            assert_eq!(seconds(&ticks(&world, missed, &work)), expected, "{missed:?}");
        }
    }
}

#[test]
fn exactly_on_a_later_tick_the_next_one_is_a_whole_period_away() {
    for world in worlds() {
        let work = [30 * SECOND, Duration::ZERO, Duration::ZERO];
        let ticks = ticks(&world, MissedTicks::Skip, &work);
        assert_eq!(seconds(&ticks), [(0, 0), (10, 30), (40, 40)]);
    }
}

#[test]
fn a_tick_that_was_not_awaited_to_its_end_is_not_lost() {
    for World { clock, timer, executor } in worlds() {
        let mut interval = timer.interval(10 * SECOND);
        executor.block_on(interval.tick());
        {
            let mut given_up = pin!(interval.tick());
            let mut cx = Context::from_waker(Waker::noop());
            assert!(given_up.as_mut().poll(&mut cx).is_pending());
        }
        clock.advance(10 * SECOND);
        assert_eq!(executor.block_on(interval.tick()), 10 * SECOND);
    }
}

#[test]
fn a_dropped_interval_leaves_nothing_behind() {
    for World { timer, executor, .. } in worlds() {
        let mut interval = timer.interval(SECOND);
        executor.block_on(async { (interval.tick().await, interval.tick().await) });
        assert!(interval.poll_tick(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!(timer.len(), 1);
        drop(interval);
        assert!(timer.is_empty());
    }
}

#[test]
fn a_period_of_zero_is_refused() {
    let World { timer, .. } = world(Heap::new());
    let refused = catch_unwind(AssertUnwindSafe(|| drop(timer.interval(Duration::ZERO))));
    let payload = refused.expect_err("it panics");
    let words = payload.downcast_ref::<&str>().copied().unwrap_or_default();
    assert!(words.contains("a period that is not zero"), "{words}");
}

#[test]
fn after_a_thousand_years_the_times_are_still_exact() {
    let World { clock, timer, executor } = world(Heap::new());
    let period = Duration::from_nanos(1_000_003);
    let mut interval = timer.interval(period).with_missed_ticks(MissedTicks::Skip);
    assert_eq!(executor.block_on(interval.tick()), Duration::ZERO);
    clock.advance(Duration::from_secs(1_000 * 365 * 24 * 3600));
    let periods = clock.now().as_nanos() / period.as_nanos();
    assert_eq!(executor.block_on(interval.tick()), period);
    let next = Duration::from_nanos_u128((periods + 1) * period.as_nanos());
    assert_eq!(executor.block_on(interval.tick()), next);
}

#[test]
fn the_longest_period_does_not_overflow() {
    for missed in POLICIES {
        let World { clock, timer, executor } = world(Heap::new());
        let mut interval = timer.interval(Duration::MAX).with_missed_ticks(missed);
        clock.advance(SECOND);
        assert_eq!(executor.block_on(interval.tick()), Duration::ZERO);
        assert_eq!(executor.block_on(interval.tick()), Duration::MAX);
    }
}

#[test]
fn a_short_period_has_a_short_tolerance() {
    // The second tick, due at 1 ms, is taken at 4 ms: the ticks of 2, 3 and 4 ms were missed.
    let thirds = [(MissedTicks::Burst, 2), (MissedTicks::Delay, 5), (MissedTicks::Skip, 5)];
    for (missed, third) in thirds {
        for World { clock, timer, executor } in worlds() {
            let mut interval = timer.interval(MILLI).with_missed_ticks(missed);
            executor.block_on(interval.tick());
            clock.advance(4 * MILLI);
            assert_eq!(executor.block_on(interval.tick()), MILLI);
            assert_eq!(executor.block_on(interval.tick()), third * MILLI, "{missed:?}");
        }
    }
    // One that is late by a period and no more has missed nothing.
    for World { clock, timer, executor } in worlds() {
        let mut interval = timer.interval(MILLI).with_missed_ticks(MissedTicks::Skip);
        executor.block_on(interval.tick());
        clock.advance(2 * MILLI);
        assert_eq!(executor.block_on(interval.tick()), MILLI);
        assert_eq!(executor.block_on(interval.tick()), 2 * MILLI);
    }
}

#[test]
fn a_wait_that_is_dropped_keeps_no_waker_and_no_timer() {
    for World { clock, timer, executor } in worlds() {
        let task = WakerProbe::new();
        let mut interval = timer.interval(10 * SECOND);
        executor.block_on(interval.tick());
        let mut wait = Box::pin(interval.tick());
        assert!(wait.as_mut().poll(&mut Context::from_waker(&task.waker())).is_pending());
        drop(wait);
        assert_eq!((task.alive(), timer.len()), (0, 0), "something of the wait is left");
        // Its tick is not lost.
        assert_eq!(executor.block_on(interval.tick()), 10 * SECOND);
        assert_eq!((clock.now(), task.wakes()), (10 * SECOND, 0));
    }
}

#[test]
fn a_wait_that_was_never_polled_takes_nobodys_waker_along() {
    for World { clock, timer, executor } in worlds() {
        let task = WakerProbe::new();
        let mut interval = timer.interval(10 * SECOND);
        executor.block_on(interval.tick());
        assert!(interval.poll_tick(&mut Context::from_waker(&task.waker())).is_pending());
        drop(interval.tick());
        executor.block_on(timer.sleep(10 * SECOND));
        assert_eq!((clock.now(), task.wakes()), (10 * SECOND, 1));
    }
}
