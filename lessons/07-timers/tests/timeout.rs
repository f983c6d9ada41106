//! A timeout looks at the future before the clock, and leaves nothing behind.

use std::future::{Future, pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use shared::probe::{Scripted, WakerProbe};
use timers::{Elapsed, Heap, Wheel};

mod common;

use common::{SECOND, World, world};

fn worlds() -> [World; 2] {
    [world(Heap::new()), world(Wheel::new())]
}

#[test]
fn a_future_that_is_in_time_gives_its_value() {
    for World { clock, timer, executor } in worlds() {
        let sleep = timer.sleep(SECOND);
        let value = executor.block_on(timer.timeout(2 * SECOND, async {
            sleep.await;
            7
        }));
        assert_eq!((value, clock.now(), timer.len()), (Ok(7), SECOND, 0));
    }
}

#[test]
fn a_future_that_is_late_gives_elapsed_at_the_deadline() {
    for World { clock, timer, executor } in worlds() {
        let value = executor.block_on(timer.timeout(2 * SECOND, timer.sleep(3 * SECOND)));
        assert_eq!((value, clock.now(), timer.len()), (Err(Elapsed), 2 * SECOND, 0));
    }
}

#[test]
fn a_result_that_is_there_at_the_deadline_counts() {
    for World { timer, executor, .. } in worlds() {
        let same = timer.sleep(2 * SECOND);
        assert_eq!(executor.block_on(timer.timeout(2 * SECOND, same)), Ok(()));
    }
}

#[test]
fn a_result_that_is_there_counts_however_late_the_poll_comes() {
    for World { clock, timer, executor } in worlds() {
        let sleep = timer.sleep(SECOND);
        let task = executor.spawn(timer.timeout(2 * SECOND, sleep));
        let blocks = executor.spawn(async move { clock.advance(10 * SECOND) });
        assert_eq!(executor.block_on(task).expect("it ends"), Ok(()));
        executor.block_on(blocks).expect("it ends");
    }
}

#[test]
fn no_time_is_enough_for_what_is_ready() {
    for World { timer, executor, .. } in worlds() {
        assert_eq!(executor.block_on(timer.timeout(Duration::ZERO, ready(7))), Ok(7));
        assert_eq!(executor.block_on(timer.timeout(Duration::ZERO, pending::<()>())), Err(Elapsed));
    }
}

#[test]
fn the_time_is_counted_from_the_call() {
    for World { clock, timer, executor } in worlds() {
        let timeout = timer.timeout(2 * SECOND, pending::<()>());
        executor.block_on(timer.sleep(SECOND));
        assert_eq!(executor.block_on(timeout), Err(Elapsed));
        assert_eq!(clock.now(), 2 * SECOND);
    }
}

#[test]
fn the_future_is_dropped_where_the_timeout_is_awaited() {
    for World { timer, executor, .. } in worlds() {
        let (future, log) = Scripted::held("slow", 9, ());
        let timer = &timer;
        executor.block_on(async {
            let result = timer.timeout(SECOND, future).await;
            assert_eq!((result, log.is_dropped()), (Err(Elapsed), true));
        });
        assert_eq!(log.polls(), 2, "once at the start, and once more before it is given up");
    }
}

#[test]
fn dropping_it_drops_the_future_and_its_timer() {
    for World { timer, .. } in worlds() {
        let (future, log) = Scripted::held("slow", 1, ());
        {
            let mut timeout = pin!(timer.timeout(SECOND, future));
            let polled = timeout.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!((polled, timer.len()), (Poll::Pending, 1));
        }
        assert_eq!((timer.len(), log.is_dropped()), (0, true));
    }
}

#[test]
fn a_panic_passes_and_leaves_no_timer_behind() {
    for World { timer, executor, .. } in worlds() {
        let sleep = timer.sleep(SECOND);
        let bad = timer.timeout(2 * SECOND, async move {
            sleep.await;
            panic!("from the future");
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| executor.block_on(bad)));
        assert!(outcome.is_err() && timer.is_empty());
    }
}

#[test]
fn timeouts_can_be_nested() {
    for World { clock, timer, executor } in worlds() {
        let inner = timer.timeout(3 * SECOND, pending::<()>());
        assert_eq!(executor.block_on(timer.timeout(SECOND, inner)), Err(Elapsed));
        let inner = timer.timeout(SECOND, pending::<()>());
        assert_eq!(executor.block_on(timer.timeout(3 * SECOND, inner)), Ok(Err(Elapsed)));
        assert_eq!((clock.now(), timer.len()), (2 * SECOND, 0));
    }
    assert_eq!(Elapsed.to_string(), "the time was over before the future was ready");
}

#[test]
fn elapsed_becomes_an_error_of_io() {
    for World { timer, executor, .. } in worlds() {
        let late: std::io::Result<()> = executor.block_on(async {
            timer.timeout(SECOND, pending::<()>()).await?;
            Ok(())
        });
        let error = late.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
        assert_eq!(error.to_string(), Elapsed.to_string());
    }
}

#[test]
fn one_that_was_in_time_keeps_no_waker_and_no_timer() {
    for World { timer, .. } in worlds() {
        let task = WakerProbe::new();
        let (child, log) = Scripted::held("child", 1, 7);
        let mut timeout = pin!(timer.timeout(SECOND, child));
        let waker = task.waker();
        assert!(timeout.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert!(log.wake());
        let polled = timeout.as_mut().poll(&mut Context::from_waker(&waker));
        assert_eq!(polled, Poll::Ready(Ok(7)));
        drop(waker);
        // It is still there, as it is in a `join` that waits for another.
        assert_eq!((task.alive(), timer.len()), (0, 0), "something of the sleep is left");
    }
}
