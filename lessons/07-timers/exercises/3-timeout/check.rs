//! A timeout: the value if it is there, the end of the time if it is not, and nothing left of
//! either.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    unused_mut,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::cell::Cell;
use std::future::{Future, pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use answer::timeout;
use executor::Park;
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Pollers, Scripted, WakerProbe, times, uses, watchdog};
use timers::{Elapsed, Timer, Timers, VirtualPark};

use setup::*;

#[test]
fn no_thread_and_no_other_clock() {
    let Some(path) = uses(include_str!("answer.rs"), &ELSEWHERE) else { return };
    assert!(
        !path.contains("thread"),
        "the answer uses `{path}`. A timeout needs no thread: `Timer::sleep` has the loop wake the task at the deadline, however many \
         there are"
    );
    panic!(
        "the answer uses `{path}`. The time is what `Timer::now` says, and here it moves only when the check moves it: on another \
         clock, your timeout and the timer would not agree on what is over"
    );
}

#[test]
fn what_is_ready_gives_its_value() {
    check(|| {
        let world = World::at(SECOND);
        let mut task = world.timeout(2 * SECOND, ready(17));
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future is ready with 17 at its first poll, and the timeout returned {polled:?}"
        );
    });
}

#[test]
fn a_value_in_time_arrives_when_it_is_there() {
    check(|| {
        let world = World::at(SECOND);
        let answered = world.timer.sleep(2 * SECOND);
        let request = async {
            answered.await;
            17
        };
        let mut task = world.timeout(5 * SECOND, request);
        let polled = task.poll();
        assert!(
            polled.is_pending(),
            "the future needs 2s and has 5s, and the first poll returned {polled:?}"
        );
        world.advance_to(3 * SECOND);
        assert!(
            task.task.wakes() > 0,
            "the future needs 2s, these have passed, it has called the waker that it was polled with, and the task was not woken: it \
             has to get the waker of the task"
        );
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future needs 2s and has 5s. After 2s it is ready with 17, the task was woken, and the timeout returned {polled:?}: a \
             timeout is a bound, and makes nobody wait"
        );
    });
}

#[test]
fn at_the_deadline_the_time_is_over() {
    check(|| {
        let world = World::at(SECOND);
        let duration = Duration::from_nanos(2_000_000_700);
        let mut task = world.timeout(duration, pending::<u32>());
        for passed in [Duration::ZERO, duration - NANOSECOND] {
            world.advance_to(SECOND + passed);
            let polled = task.poll();
            assert!(
                polled.is_pending(),
                "the future is not ready and has {duration:?}. After {passed:?} the timeout returned {polled:?}: a timer may be late, \
                 and never early"
            );
        }
        let woken = task.task.wakes();
        assert!(
            woken == 0,
            "nothing has happened yet, and the task was woken {}: it is polled for nothing, again and again",
            times(woken)
        );
        world.advance_to(SECOND + duration);
        assert!(
            task.task.wakes() > 0,
            "the future is not ready, its time of {duration:?} is over, and nobody called the task's waker. It waits for the future \
             alone, and that may be for ever: this is what a timeout is there for"
        );
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Err(Elapsed)),
            "the future is not ready, its time of {duration:?} is over to the nanosecond, the task was woken, and the timeout returned \
             {polled:?}"
        );
    });
}

#[test]
fn nobody_else_has_to_poll_it() {
    check(|| {
        let world = World::at(SECOND);
        let timeout = timeout(&world.timer, 2 * SECOND, pending::<u32>());
        let minute = || {
            world.advance_to(world.clock.now() + SECOND);
            world.clock.now() < 60 * SECOND
        };
        let report = Bounded::new().polls(100).when_idle(minute).run(timeout);
        assert!(
            report.value == Some(Err(Elapsed)),
            "the future never calls, and has 2s. After a minute, the timeout was {report}"
        );
        let now = world.clock.now();
        assert!(
            report.polls == 2 && now == 3 * SECOND,
            "the future never calls, and has 2s from 1s on. The timeout was polled {}, and ready at {now:?}: once in the beginning and \
             once at the deadline would do",
            times(report.polls)
        );
    });
}

#[test]
fn a_value_that_is_there_counts_however_late() {
    check(|| {
        for (passed, how) in [(2, "exactly at the deadline"), (60, "58s after the deadline")] {
            let world = World::at(SECOND);
            let (request, log) = Scripted::held("request", 1, 17);
            let mut task = world.timeout(2 * SECOND, request);
            let _ = task.poll();
            // Another task keeps the thread. Meanwhile the answer comes.
            world.pass(SECOND + passed * SECOND);
            log.wake();
            let polled = task.poll();
            assert!(
                polled == Poll::Ready(Ok(17)),
                "the future is ready with 17, the task is polled {how}, and the timeout returned {polled:?}. The value is there, and it \
                 is thrown away: look at the future first, and at the clock only if it has nothing"
            );
        }
    });
}

#[test]
fn each_poll_asks_the_future() {
    check(|| {
        let world = World::at(SECOND);
        let answered = world.timer.sleep(2 * SECOND);
        let request = async {
            answered.await;
            17
        };
        let mut task = world.timeout(2 * SECOND, request);
        let _ = task.poll();
        // Another task keeps the thread and then wakes this one. The driver has not looked yet:
        // nobody was called.
        world.pass(4 * SECOND);
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future is ready with 17, and has had no chance yet to call its waker. The task is polled for another reason, after the \
             deadline, and the timeout returned {polled:?}: whether the future has called says nothing about whether it is ready. Ask it \
             in each poll"
        );
    });
    check(|| {
        let (world, asked) = (World::at(SECOND), Cell::new(0));
        let request = std::future::poll_fn(|_| {
            asked.set(asked.get() + 1);
            Poll::<u32>::Pending
        });
        let mut task = world.timeout(2 * SECOND, request);
        for polls in 1..=3 {
            world.advance_to(polls * SECOND);
            let polled = task.poll();
            assert!(
                asked.get() == polls,
                "the timeout was polled {}, at {:?} for the last time. It returned {polled:?}, and it has asked the future {} so far. Once \
                 in each poll: a future that is asked more often than its task is polled does work that nobody has called for",
                times(polls.into()),
                world.clock.now(),
                times(asked.get().into())
            );
        }
    });
}

#[test]
fn the_first_poll_may_be_the_last() {
    check(|| {
        for (duration, late, story) in [
            (Duration::ZERO, Duration::ZERO, "the future has no time"),
            (
                2 * SECOND,
                60 * SECOND,
                "the future has 2s, and the timeout was polled for the first time after 60s",
            ),
        ] {
            let (world, asked) = (World::at(SECOND), Cell::new(0));
            let request = std::future::poll_fn(|_| {
                asked.set(asked.get() + 1);
                Poll::<u32>::Pending
            });
            let mut task = world.timeout(duration, request);
            world.pass(SECOND + late);
            let polled = task.poll();
            assert!(
                polled == Poll::Ready(Err(Elapsed)),
                "{story}, and is not ready. One poll returned {polled:?}, in place of Ready(Err(Elapsed)). It has asked the future {}, and \
                 its task was woken {}. A poll asks once, and then the time decides: there is no second chance in it",
                times(asked.get()),
                times(task.task.wakes())
            );
            assert!(
                asked.get() == 1,
                "{story}, and is not ready. The only poll of the timeout says so, and has asked the future {}: each poll asks it once, \
                 also the last one",
                times(asked.get())
            );
            let woken = task.task.wakes();
            assert!(
                woken == 0,
                "{story}, and is not ready. The only poll of the timeout says so, and meanwhile its task was woken {}: a task that has \
                 its result is polled again for nothing",
                times(woken)
            );
        }
    });
}

#[test]
fn the_time_counts_after_the_question() {
    check(|| {
        let world = World::at(SECOND);
        // Its poll keeps the thread for 5 s.
        let greedy = std::future::poll_fn(|_| {
            world.pass(6 * SECOND);
            Poll::<u32>::Pending
        });
        let mut task = world.timeout(2 * SECOND, greedy);
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Err(Elapsed)),
            "the future has 2s. Its first poll took 5s and left it pending, and the timeout returned {polled:?}; timers that are set: {}. \
             The time is over, so this poll says so. Look at the clock when the future has been asked: what was seen before is out of \
             date",
            world.timer.len()
        );
    });
}

#[test]
fn no_time_is_enough_for_what_is_ready() {
    check(|| {
        let world = World::at(SECOND);
        let polled = world.timeout(Duration::ZERO, ready(17)).poll();
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future is ready with 17 and has no time at all, and the timeout returned {polled:?}: it was not even asked"
        );
        let polled = world.timeout(Duration::ZERO, pending::<u32>()).poll();
        assert!(
            polled == Poll::Ready(Err(Elapsed)),
            "the future is not ready and has no time at all, and the first poll of the timeout returned {polled:?}"
        );
    });
}

#[test]
fn the_call_fixes_the_deadline() {
    check(|| {
        let world = World::at(SECOND);
        let mut task = world.timeout(2 * SECOND, pending::<u32>());
        world.advance_to(2 * SECOND);
        let _ = task.poll();
        world.advance_to(3 * SECOND);
        let (woken, polled) = (task.task.wakes(), task.poll());
        assert!(
            woken > 0 && polled.is_ready(),
            "`timeout` was called at 1s, with 2s, and first polled at 2s. At 3s the task has been woken {}, and the timeout returned \
             {polled:?}: the time runs from the call, also while the task stands in the queue",
            times(woken)
        );
    });
}

#[test]
fn polls_do_not_move_the_deadline() {
    check(|| {
        let world = World::at(SECOND);
        let mut task = world.timeout(2 * SECOND, pending::<u32>());
        for passed in 0..20 {
            world.advance_to(SECOND + passed * SECOND / 10);
            let polled = task.poll();
            assert!(
                polled.is_pending(),
                "the future has 2s, and the task is polled every 100ms, for other reasons. After {:?} the timeout returned {polled:?}: \
                 being polled again is no sign that the time is over",
                passed * SECOND / 10
            );
        }
        world.advance_to(3 * SECOND);
        let (woken, polled) = (task.task.wakes(), task.poll());
        assert!(
            woken > 0 && polled.is_ready(),
            "the future has 2s, and the task is polled every 100ms, for other reasons. After 2s the task has been woken by the timeout \
             {}, and the timeout returned {polled:?}: its end moves away with every poll",
            times(woken)
        );
    });
}

#[test]
fn a_future_that_gets_on_is_polled_on() {
    check(|| {
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 3, 17);
        let mut task = world.timeout(60 * SECOND, request);
        for wakes in 0..3 {
            let polled = task.poll();
            assert!(
                polled.is_pending(),
                "the future has a minute, was woken {}, and is not ready. The timeout returned {polled:?}",
                times(wakes)
            );
            assert!(
                log.wake() && task.task.wakes() == wakes + 1,
                "the future has called the waker of its last poll, {} in all, and the task was woken {}: a future gets on only if it is \
                 polled, with the waker of the task",
                times(wakes + 1),
                times(task.task.wakes())
            );
        }
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Ok(17)),
            "the future was woken 3 times, it is ready with 17 in its 4th poll, and the timeout returned {polled:?}. It was polled {}",
            times(log.polls().into())
        );
    });
}

#[test]
fn a_finished_future_is_not_polled_again() {
    check(|| {
        let world = World::at(SECOND);
        let (request, log) = Scripted::new("request", 1, 17);
        let mut task = world.timeout(2 * SECOND, request);
        let _ = task.poll();
        let polled = task.poll();
        assert!(
            polled == Poll::Ready(Ok(17)) && log.polls() == 2,
            "the future is ready with 17 in its second poll. The timeout was polled twice, returned {polled:?}, and has polled the \
             future {}",
            times(log.polls().into())
        );
    });
}

#[test]
fn the_loser_is_dropped_at_once() {
    check(|| {
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 9, 17);
        let mut task = world.timeout(2 * SECOND, request);
        let _ = task.poll();
        assert!(!log.is_dropped(), "the future still has time, and was dropped");
        world.advance_to(3 * SECOND);
        let polled = task.poll();
        // The timeout itself is still there, as in a `select` in a loop.
        assert!(
            polled == Poll::Ready(Err(Elapsed)) && log.is_dropped(),
            "the time is over, the timeout returned {polled:?}, and the future within it {}. Whoever keeps the timeout keeps the \
             future, its connection and its memory",
            if log.is_dropped() { "is dropped" } else { "is still there" }
        );
    });
}

#[test]
fn the_timer_is_taken_out_at_once() {
    check(|| {
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 1, 17);
        let mut task = world.timeout(3600 * SECOND, request);
        let _ = task.poll();
        let _ = log.wake();
        let polled = task.poll();
        let timers = world.timer.len();
        // The timeout itself is still there, as in a `select` in a loop.
        assert!(
            polled == Poll::Ready(Ok(17)) && timers == 0,
            "the future won, the timeout returned {polled:?}, and timers are still set: {timers}. The task will be woken in an hour, for \
             something that is over"
        );
        assert!(
            log.is_dropped(),
            "the future has given its value, and it is still there. Whoever keeps the timeout keeps the future, its connection and its \
             memory"
        );
    });
}

#[test]
fn who_never_waited_is_dropped_as_well() {
    check(|| {
        for (is_ready, passed, story) in [
            (true, 0, "the future is ready at its first poll"),
            (
                false,
                60,
                "the future has 2s, and the timeout was polled for the first time after 60s",
            ),
        ] {
            let world = World::at(SECOND);
            let (request, log) = Scripted::held("request", if is_ready { 0 } else { 9 }, 17);
            let mut task = world.timeout(2 * SECOND, request);
            world.pass(SECOND + passed * SECOND);
            let polled = task.poll();
            let (timers, gone) = (world.timer.len(), log.is_dropped());
            // The timeout itself is still there, as in a `select` in a loop.
            assert!(
                polled.is_ready() && gone && timers == 0,
                "{story}. The timeout returned {polled:?}. The future within {}, and timers are still set: {timers}. What the timeout \
                 held goes when it is ready, also if it never had to wait",
                if gone { "is dropped" } else { "is still there" }
            );
        }
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 9, 17);
        let mut task = world.timeout(2 * SECOND, request);
        let _ = task.poll();
        // Another task keeps the thread: the driver has not looked yet, and its timer is still set.
        world.pass(60 * SECOND);
        let polled = task.poll();
        let timers = world.timer.len();
        assert!(
            polled == Poll::Ready(Err(Elapsed)) && log.is_dropped() && timers == 0,
            "the time is over, the driver has not looked yet, and the timeout returned {polled:?}. The future within {}, and timers are \
             still set: {timers}. The task will be woken for something that is over",
            if log.is_dropped() { "is dropped" } else { "is still there" }
        );
    });
}

#[test]
fn a_dropped_timeout_takes_both_along() {
    check(|| {
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 9, 17);
        drop(world.timeout(2 * SECOND, request));
        assert!(
            log.is_dropped() && world.timer.is_empty(),
            "a timeout was dropped before its first poll. The future within {}, and timers are set: {}",
            if log.is_dropped() { "is dropped" } else { "is still there" },
            world.timer.len()
        );
        for goes in 0..3 {
            let world = World::at(SECOND);
            let mut tasks: Vec<_> =
                (0..3).map(|_| world.timeout(2 * SECOND, pending::<u32>())).collect();
            for task in &mut tasks {
                let _ = task.poll();
            }
            drop(tasks.remove(goes));
            world.advance_to(3 * SECOND);
            let woken = tasks.iter().filter(|task| task.task.wakes() > 0).count();
            assert!(
                woken == 2,
                "three timeouts waited for the same moment, number {} was dropped, and of the two others, {woken} were woken",
                goes + 1
            );
        }
        let world = World::at(SECOND);
        let (request, log) = Scripted::held("request", 9, 17);
        let mut task = world.timeout(2 * SECOND, request);
        let _ = task.poll();
        let probe = task.task.clone();
        drop(task);
        let (timers, gone) = (world.timer.len(), log.is_dropped());
        assert!(
            gone && timers == 0 && probe.alive() == 0,
            "a timeout was dropped while it waited. The future within {}, timers are still set: {timers}, clones of the waker are kept: \
             {}. Dropping it is how it is cancelled",
            if gone { "is dropped" } else { "is still there" },
            probe.alive()
        );
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        for pollers in Pollers::orders() {
            let world = World::at(SECOND);
            let mut task = world.timeout(2 * SECOND, pending::<u32>());
            pollers.poll(|cx| task.future.as_mut().poll(cx));
            world.advance_to(3 * SECOND);
            pollers.expect_last_woken("the time was over");
        }
        for pollers in Pollers::orders() {
            let world = World::at(SECOND);
            let (request, log) = Scripted::held("request", 9, 17);
            let mut task = world.timeout(2 * SECOND, request);
            pollers.poll(|cx| task.future.as_mut().poll(cx));
            let _ = log.wake();
            pollers.expect_last_woken("the future called the waker of its last poll");
        }
    });
}

#[test]
fn one_timer_is_enough() {
    check(|| {
        let world = World::at(SECOND);
        let mut task = world.timeout(2 * SECOND, pending::<u32>());
        for polls in 1..=100 {
            // Each time in another task.
            let _ = task.poll_as(&WakerProbe::new());
            let timers = world.timer.len();
            assert!(
                timers <= 1,
                "one timeout was polled {}, and {timers} timers are set for it: what a poll leaves behind must not grow",
                times(polls)
            );
        }
    });
}

#[test]
fn a_timeout_within_a_timeout() {
    check(|| {
        for (seconds, expected) in [
            // From within. At the same moment, the inner one is asked first.
            ([2, 5, 9], Ok(Ok(Err(Elapsed)))),
            ([5, 2, 9], Ok(Err(Elapsed))),
            ([9, 5, 2], Err(Elapsed)),
            ([5, 2, 2], Ok(Err(Elapsed))),
            ([2, 2, 2], Ok(Ok(Err(Elapsed)))),
        ] {
            let world = World::at(SECOND);
            let [inner, middle, outer] = seconds.map(|seconds| seconds * SECOND);
            let within = timeout(&world.timer, inner, pending::<u32>());
            let within = timeout(&world.timer, middle, within);
            let mut task = world.timeout(outer, within);
            let _ = task.poll();
            world.advance_to(3 * SECOND);
            let polled = task.poll();
            assert!(
                polled == Poll::Ready(expected),
                "a timeout of {inner:?} stands within one of {middle:?}, and that within one of {outer:?}. Nothing happens. After 2s the \
                 outer one returned {polled:?}, in place of Ready({expected:?})"
            );
        }
    });
}

#[test]
fn any_duration_will_do() {
    check(|| {
        let world = World::at(SECOND);
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let mut task = world.timeout(Duration::MAX, pending::<u32>());
            let _ = task.poll();
            world.advance_to(Duration::MAX - NANOSECOND);
            task.poll()
        }));
        let Ok(polled) = polled else {
            panic!(
                "a timeout of `Duration::MAX` panicked at 1s: the deadline is beyond what a `Duration` can count. Who says `MAX` means \
                 \"for ever\", and has no reason to panic"
            );
        };
        assert!(
            polled.is_pending(),
            "a timeout of `Duration::MAX` returned {polled:?} a nanosecond before the end of the clock"
        );
    });
}
