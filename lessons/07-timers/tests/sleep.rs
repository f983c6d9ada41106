//! A sleep ends at its deadline, keeps the newest waker, and leaves nothing behind.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Wake, Waker};
use std::time::Duration;

use executor::Park;
use shared::narrate::VirtualClock;
use shared::probe::{Journal, WakerProbe, watchdog};
use timers::{Heap, Sleep, Timer, Timers, VirtualPark, Wheel};

mod common;

use common::{SECOND, World, world};

const MILLI: Duration = Duration::from_millis(1);

fn worlds() -> [World; 2] {
    [world(Heap::new()), world(Wheel::new())]
}

/// A driver that is parked by hand.
fn by_hand() -> (VirtualClock, Timers<VirtualPark>, Timer) {
    let clock = VirtualClock::new();
    let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock.clone()));
    (clock, timers, timer)
}

fn poll(sleep: &mut Sleep, waker: &Waker) -> Poll<()> {
    Pin::new(sleep).poll(&mut Context::from_waker(waker))
}

#[test]
fn it_ends_at_its_deadline() {
    for World { clock, timer, executor } in worlds() {
        for seconds in [1, 3600, 100 * 365 * 24 * 3600] {
            let deadline = clock.now() + Duration::from_secs(seconds);
            executor.block_on(timer.sleep(Duration::from_secs(seconds)));
            assert_eq!(clock.now(), deadline);
        }
    }
}

#[test]
fn the_heap_knows_nanoseconds_and_the_wheel_rounds_up() {
    let ends = worlds().map(|World { clock, timer, executor }| {
        executor.block_on(timer.sleep(Duration::from_nanos(1_000_001)));
        clock.now()
    });
    assert_eq!(ends, [Duration::from_nanos(1_000_001), 2 * MILLI]);
}

#[test]
fn those_who_sleep_wake_in_the_order_of_their_deadlines() {
    for World { timer, executor, .. } in worlds() {
        let journal = Journal::new();
        for (name, seconds) in [("c", 3), ("a", 1), ("d", 3), ("b", 2), ("e", 3)] {
            let (journal, sleep) = (journal.clone(), timer.sleep(seconds * SECOND));
            executor
                .spawn(async move {
                    sleep.await;
                    journal.note(name);
                })
                .detach();
        }
        executor.run();
        assert_eq!(journal.to_string(), "a, b, c, d, e");
    }
}

#[test]
fn sleeps_at_the_same_time_take_as_long_as_the_longest() {
    for World { clock, timer, executor } in worlds() {
        let tasks = (1..=100).map(|seconds| executor.spawn(timer.sleep(seconds * SECOND)));
        let _tasks: Vec<_> = tasks.collect();
        executor.run();
        assert_eq!(clock.now(), 100 * SECOND);
    }
}

#[test]
fn the_deadline_is_fixed_by_the_call_and_no_poll_moves_it() {
    let (clock, _timers, timer) = by_hand();
    let mut sleep = timer.sleep(2 * SECOND);
    assert!(timer.is_empty(), "nobody has polled it");
    for _ in 0..3 {
        clock.advance(SECOND / 2);
        assert!(poll(&mut sleep, Waker::noop()).is_pending());
        assert_eq!((sleep.deadline(), timer.len()), (2 * SECOND, 1));
    }
}

#[test]
fn a_task_that_blocks_makes_it_late_and_never_early() {
    for World { clock, timer, executor } in worlds() {
        let (theirs, sleep) = (clock.clone(), timer.sleep(2 * SECOND));
        let sleeper = executor.spawn(async move {
            sleep.await;
            theirs.now()
        });
        let blocks = executor.spawn(async move { clock.advance(10 * SECOND) });
        assert_eq!(executor.block_on(sleeper).expect("it ends"), 10 * SECOND);
        executor.block_on(blocks).expect("it ends");
    }
}

#[test]
fn a_wake_for_another_reason_does_not_end_it() {
    for World { clock, timer, executor } in worlds() {
        let mut sleep = timer.sleep(10 * SECOND);
        let mut tick = timer.sleep(SECOND);
        let mut polls = 0;
        executor.block_on(poll_fn(|cx| {
            polls += 1;
            if Pin::new(&mut tick).poll(cx).is_ready() && tick.deadline() < 9 * SECOND {
                tick = timer.sleep(SECOND);
                assert!(Pin::new(&mut tick).poll(cx).is_pending());
            }
            Pin::new(&mut sleep).poll(cx)
        }));
        assert_eq!(clock.now(), 10 * SECOND);
        assert!(polls >= 10, "{polls} polls");
        drop((sleep, tick));
        assert!(timer.is_empty());
    }
}

#[test]
fn the_task_that_polled_last_is_called() {
    let (clock, timers, timer) = by_hand();
    let (first, last) = (WakerProbe::new(), WakerProbe::new());
    let mut sleep = timer.sleep(SECOND);
    assert!(poll(&mut sleep, &first.waker()).is_pending());
    assert!(poll(&mut sleep, &last.waker()).is_pending());
    assert_eq!((first.alive(), last.alive(), timer.len()), (0, 1, 1));
    timers.park(None);
    assert_eq!((clock.now(), first.wakes(), last.wakes()), (SECOND, 0, 1));
    assert!(poll(&mut sleep, &last.waker()).is_ready());
    assert!(poll(&mut sleep, &last.waker()).is_ready(), "it stays ready");
}

#[test]
fn the_same_waker_is_not_cloned_again() {
    let (_clock, _timers, timer) = by_hand();
    let (probe, mut sleep) = (WakerProbe::new(), timer.sleep(SECOND));
    let waker = probe.waker();
    (0..3).for_each(|_| assert!(poll(&mut sleep, &waker).is_pending()));
    assert_eq!(probe.clones(), 1);
}

#[test]
fn a_dropped_sleep_leaves_nothing_behind() {
    for World { timer, .. } in worlds() {
        let probe = WakerProbe::new();
        for _ in 0..1_000 {
            let mut sleep = timer.sleep(SECOND);
            assert!(poll(&mut sleep, &probe.waker()).is_pending());
            assert_eq!(timer.len(), 1);
        }
        assert_eq!((timer.len(), probe.alive(), probe.wakes()), (0, 0, 0));
    }
}

#[test]
fn a_task_that_is_aborted_takes_its_timer_along() {
    for World { clock, timer, executor } in worlds() {
        let task = executor.spawn(timer.sleep(3600 * SECOND));
        executor.block_on(timer.sleep(SECOND));
        assert_eq!(timer.len(), 1);
        task.abort();
        assert!(executor.block_on(task).expect_err("it has no result").is_cancelled());
        assert_eq!((timer.len(), clock.now()), (0, SECOND));
    }
}

#[test]
fn an_executor_that_is_dropped_takes_the_timers_of_its_tasks_along() {
    for World { timer, executor, .. } in worlds() {
        let held = Rc::new(());
        for seconds in 1..=100 {
            let (held, sleep) = (Rc::clone(&held), timer.sleep(seconds * SECOND));
            executor
                .spawn(async move {
                    sleep.await;
                    drop(held);
                })
                .detach();
        }
        executor.block_on(timer.sleep(SECOND / 2));
        assert_eq!(timer.len(), 100);
        drop(executor);
        assert_eq!((timer.len(), Rc::strong_count(&held)), (0, 1));
    }
}

#[test]
fn a_task_that_panics_leaves_no_timer_behind() {
    for World { clock, timer, executor } in worlds() {
        let (theirs, mut long) = (timer.clone(), timer.sleep(3600 * SECOND));
        let task = executor.spawn(async move {
            let waker = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
            assert!(poll(&mut long, &waker).is_pending());
            theirs.sleep(SECOND).await;
            panic!("it has slept");
        });
        let error = executor.block_on(task).expect_err("it has no result");
        assert_eq!((error.is_panic(), timer.len(), clock.now()), (true, 0, SECOND));
    }
}

#[test]
fn a_deadline_that_has_passed_is_ready_at_once_and_needs_no_entry() {
    let (clock, _timers, timer) = by_hand();
    assert!(poll(&mut timer.sleep(Duration::ZERO), Waker::noop()).is_ready());
    clock.advance(SECOND);
    assert!(poll(&mut timer.sleep_until(SECOND / 2), Waker::noop()).is_ready());
    assert!(timer.is_empty());
}

#[test]
fn a_poll_after_the_deadline_needs_no_driver() {
    let (clock, timers, timer) = by_hand();
    let (probe, mut sleep) = (WakerProbe::new(), timer.sleep(SECOND));
    assert!(poll(&mut sleep, &probe.waker()).is_pending());
    drop(timers);
    clock.advance(SECOND);
    assert!(poll(&mut sleep, &probe.waker()).is_ready());
    assert_eq!((timer.len(), probe.alive(), probe.wakes()), (0, 0, 0));
}

#[test]
fn the_end_of_all_time_can_be_slept_for() {
    let World { clock, timer, executor } = world(Heap::new());
    executor.block_on(timer.sleep(SECOND));
    executor.block_on(timer.sleep(Duration::MAX));
    assert_eq!(clock.now(), Duration::MAX);
}

/// A task that owns a sleep of its own, and comes back to the driver whatever is done with its
/// waker.
struct Owner {
    timer: Timer,
    sleep: Sleep,
}

impl Wake for Owner {
    fn wake(self: Arc<Self>) {
        assert!(poll(&mut self.timer.sleep(SECOND), Waker::noop()).is_pending());
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        assert!(poll(&mut self.sleep, Waker::noop()).is_pending());
    }
}

fn owner(timer: &Timer) -> Waker {
    let (timer, sleep) = (timer.clone(), timer.sleep(3600 * SECOND));
    Waker::from(Arc::new(Owner { timer, sleep }))
}

#[test]
fn a_waker_that_comes_back_to_the_driver_does_not_deadlock() {
    watchdog(Duration::from_secs(60), "the driver", || {
        let (_clock, timers, timer) = by_hand();
        // Replaced by another one.
        let mut sleep = timer.sleep(SECOND);
        assert!(poll(&mut sleep, &owner(&timer)).is_pending());
        assert!(poll(&mut sleep, Waker::noop()).is_pending());
        // Cancelled.
        assert!(poll(&mut sleep, &owner(&timer)).is_pending());
        drop(sleep);
        // Called, and used up.
        let mut sleep = timer.sleep(SECOND);
        assert!(poll(&mut sleep, &owner(&timer)).is_pending());
        timers.park(None);
        assert!(poll(&mut sleep, Waker::noop()).is_ready());
        assert!(timer.is_empty());
    });
}

/// A waker that cannot be cloned.
fn panics_when_cloned() -> Waker {
    static TABLE: RawWakerVTable =
        RawWakerVTable::new(|_| panic!("no clone"), |_| {}, |_| {}, |_| {});
    // SAFETY: none of the functions uses the pointer, and no state is shared.
    unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &TABLE)) }
}

#[test]
fn a_waker_that_panics_when_it_is_cloned_leaves_the_driver_as_it_was() {
    for World { clock, timer, executor } in worlds() {
        let (probe, mut sleep) = (WakerProbe::new(), timer.sleep(SECOND));
        let poll_badly = |sleep: &mut Sleep| {
            let polled = catch_unwind(AssertUnwindSafe(|| poll(sleep, &panics_when_cloned())));
            assert!(polled.is_err());
        };
        // It has no entry yet.
        poll_badly(&mut sleep);
        assert!(timer.is_empty());
        // It has one, with the waker of somebody else.
        assert!(poll(&mut sleep, &probe.waker()).is_pending());
        poll_badly(&mut sleep);
        assert_eq!((timer.len(), probe.alive()), (1, 1));
        executor.block_on(timer.sleep(2 * SECOND));
        assert_eq!((probe.wakes(), clock.now()), (1, 2 * SECOND));
    }
}
