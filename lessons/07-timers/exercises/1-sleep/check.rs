//! A sleep that leaves word with a driver: it is never early, it is woken once, and it leaves
//! nothing behind.

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

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use answer::sleep;
use driver::World;
use shared::probe::{Bounded, Pollers, WakerProbe, times, uses, watchdog};

/// For the answer.
pub use setup::driver;
use setup::*;

#[test]
fn no_thread_and_no_other_clock() {
    let Some(path) = uses(include_str!("answer.rs"), &ELSEWHERE) else { return };
    assert!(
        !path.contains("thread"),
        "the answer uses `{path}`. A sleep needs no thread: ten thousand that sleep would be ten thousand threads, each with a stack, \
         that do nothing. The driver calls ten thousand wakers from the one thread that is there"
    );
    panic!(
        "the answer uses `{path}`. The time is what `Driver::now` says, and here it moves only when the check moves it: on another \
         clock, your sleep and the driver would not agree on what is due"
    );
}

#[test]
fn a_sleep_ends() {
    check(|| {
        let world = World::at(SECOND);
        let sleep = sleep(&world.driver, 2 * SECOND);
        let report = Bounded::new().polls(100).when_idle(|| world.advance_to_next()).run(sleep);
        assert!(
            report.value.is_some(),
            "a sleep of 2s began at 1s. The driver called everyone who was due, as long as there was anyone; the clock shows {:?}. \
             The sleep was {report}",
            world.now()
        );
    });
}

#[test]
fn zero_is_ready_at_once() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, Duration::ZERO);
        let polled = sleeper.poll();
        assert!(
            polled.is_ready(),
            "a sleep of zero was polled, and said Pending: there is nothing to wait for"
        );
        let entries = world.entries();
        assert!(
            entries == 0,
            "a sleep of zero is ready, and the driver has {entries} entry for it"
        );
    });
}

#[test]
fn it_is_not_early() {
    check(|| {
        // Soon after the start of the clock, and thirty years later.
        for begin in [1_000_400_700, 1_000_000_000_000_400_700].map(Duration::from_nanos) {
            for duration in [SECOND, Duration::from_micros(1500), NANOSECOND * 5, 3600 * SECOND] {
                is_not_early(begin, duration);
            }
            is_not_early(begin, THOUSAND_YEARS);
            is_not_early(begin + THOUSAND_YEARS, SECOND);
        }
    });
}

#[test]
fn at_the_deadline_it_is_woken_and_ready() {
    check(|| {
        for duration in [2 * SECOND, Duration::from_nanos(1_500_700)] {
            let world = World::at(SECOND);
            let mut sleeper = Sleeper::new(&world, duration);
            let _ = sleeper.poll();
            world.advance_to(SECOND + duration);
            assert!(
                sleeper.task.wakes() > 0,
                "a sleep of {duration:?} was polled at its begin, {duration:?} have passed, and nobody called its waker: it sleeps on"
            );
            assert!(
                sleeper.poll().is_ready(),
                "a sleep of {duration:?} was woken at its deadline to the nanosecond, polled, and said Pending. Its time has come"
            );
        }
    });
}

#[test]
fn it_is_polled_for_a_reason_only() {
    check(|| {
        let world = World::at(SECOND);
        let sleep = sleep(&world.driver, 3600 * SECOND);
        let report = Bounded::new().polls(100).when_idle(|| world.advance_to_next()).run(sleep);
        assert!(report.value.is_some(), "a sleep of an hour was {report}");
        assert!(
            report.polls == 2,
            "a sleep of an hour was polled {}: once at its begin, and once at its deadline, would do. It was woken {}, and only the \
             last wake had a reason",
            times(report.polls),
            times(report.wakes)
        );
    });
}

#[test]
fn the_call_fixes_the_deadline() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, 2 * SECOND);
        world.advance_to(2 * SECOND);
        let _ = sleeper.poll();
        world.advance_to(3 * SECOND);
        assert!(
            sleeper.task.wakes() > 0 && sleeper.poll().is_ready(),
            "`sleep` was called at 1s, for 2s, and first polled at 2s. At 3s it was woken {}, and is {}: the time runs from the call. \
             Who makes ten sleeps and awaits them one after the other would wait too long",
            times(sleeper.task.wakes()),
            if sleeper.poll().is_ready() { "ready" } else { "still Pending" }
        );
    });
}

#[test]
fn a_poll_that_comes_late_finds_it_ready() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, 2 * SECOND);
        world.advance_to(60 * SECOND);
        let polled = sleeper.poll();
        assert!(
            polled.is_ready() && world.entries() == 0,
            "a sleep of 2s was first polled after 59s, returned {polled:?}, and entries in the driver are: {}. It is long over",
            world.entries()
        );
    });
}

#[test]
fn polls_do_not_move_the_deadline() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, 2 * SECOND);
        // Something else in the task wants to be polled, again and again.
        for passed in 0..20 {
            world.advance_to(SECOND + passed * SECOND / 10);
            assert!(
                sleeper.poll().is_pending(),
                "a sleep of 2s was polled every 100ms. After {:?} it is ready: that is early. That its task was woken says nothing, it \
                 may have been for something else",
                passed * SECOND / 10
            );
        }
        let entries = world.entries();
        world.advance_to(3 * SECOND);
        let (woken, polled) = (sleeper.task.wakes(), sleeper.poll());
        assert!(
            woken > 0 && polled.is_ready(),
            "a sleep of 2s was polled every 100ms, for something else in its task, and its entries in the driver are then: {entries}. At 2s \
             it was woken {}, and its poll returned {polled:?}. A deadline that moves away with every poll never comes, and without an entry \
             nobody calls",
            times(woken)
        );
    });
}

#[test]
fn polling_again_keeps_one_entry() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, 2 * SECOND);
        // Now by one task, now by another.
        let tasks = [WakerProbe::new(), WakerProbe::new()];
        for (polls, task) in (1..=100).zip([&tasks[0], &tasks[0], &tasks[1]].into_iter().cycle()) {
            let _ = sleeper.poll_as(task);
            let entries = world.entries();
            assert!(
                entries <= 1,
                "one sleep was polled {} (twice by one task, once by another, and so on), and has {entries} entries in the driver. A poll \
                 may come at any time, also for nothing: what it leaves behind must not grow",
                times(polls)
            );
        }
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        for pollers in Pollers::orders() {
            let world = World::at(SECOND);
            let mut sleeper = Sleeper::new(&world, 2 * SECOND);
            pollers.poll(|cx| {
                world.begin_poll();
                sleeper.sleep.as_mut().poll(cx)
            });
            world.advance_to(3 * SECOND);
            pollers.expect_last_woken("the deadline came");
        }
        for polls in [&[0, 0, 1][..], &[0, 1, 0], &[0, 1, 1], &[0, 1, 0, 1]] {
            let (woken, kept) = is_given_away(polls);
            assert!(
                kept == 0 && woken == 0,
                "two tasks polled one sleep in turns. Of the one that did not poll last, {kept} clones of the waker were kept, and it was \
                 woken {}. That task has given the sleep away: to wake it is a poll for nothing, and to keep its waker is to keep the \
                 whole task",
                times(woken)
            );
        }
    });
}

#[test]
fn a_dropped_sleep_leaves_the_driver() {
    check(|| {
        // The first, the middle and the last one goes, with deadlines of their own and with the
        // same one.
        for seconds in [[3, 2, 2], [2, 2, 2], [1, 2, 3]] {
            (0..3).for_each(|goes| one_of_three_is_dropped(seconds, goes));
        }

        let world = World::at(SECOND);
        let mut late = Sleeper::new(&world, 2 * SECOND);
        let _ = late.poll();
        // Another task has the thread for a minute, and drops this sleep: the driver has not looked
        // yet.
        world.pass(120 * SECOND);
        drop(late);
        let entries = world.entries();
        assert!(
            entries == 0,
            "a sleep was dropped after its deadline, before the driver could look, and its entry is still there: the driver will wake a \
             task for a sleep that is gone. That the time has come does not mean that the entry has been taken out"
        );
    });
}

#[test]
fn a_finished_sleep_leaves_the_driver() {
    check(|| {
        let world = World::at(SECOND);
        let mut sleeper = Sleeper::new(&world, 2 * SECOND);
        let _ = sleeper.poll();
        // Another task has the thread for a minute, and then wakes this one: the driver has not
        // looked yet.
        world.pass(60 * SECOND);
        let polled = sleeper.poll();
        assert!(
            polled.is_ready(),
            "a sleep of 2s was woken by something else after 59s, before the driver could look, and returned Pending. The clock \
             decides, not who calls"
        );
        let entries = world.entries();
        assert!(
            entries == 0,
            "a sleep was ready before the driver could look, and its entry is still there: the task will be woken for something that \
             is over"
        );
    });
}

#[test]
fn any_duration_will_do() {
    check(|| {
        let world = World::at(SECOND);
        let forever = catch_unwind(AssertUnwindSafe(|| {
            let mut sleeper = Sleeper::new(&world, Duration::MAX);
            let polled = sleeper.poll();
            (sleeper, polled)
        }));
        let Ok((mut sleeper, polled)) = forever else {
            panic!(
                "a sleep of `Duration::MAX` panicked at 1s: the deadline is beyond what a `Duration` can count. Who says `MAX` means \
                 \"for ever\", and has no reason to panic"
            );
        };
        assert!(polled.is_pending(), "a sleep of `Duration::MAX` is ready at 1s");
        for (now, when) in [
            (1_000_000_000 * SECOND, "after 30 years"),
            (Duration::MAX - NANOSECOND, "a nanosecond before the end of the clock"),
        ] {
            world.advance_to(now);
            assert!(
                sleeper.poll().is_pending() && sleeper.task.wakes() == 0,
                "a sleep of `Duration::MAX` ended {when}: a deadline that the clock cannot count is the end of the clock, and no moment \
                 before that"
            );
        }
        world.advance_to(Duration::MAX);
        let (woken, polled) = (sleeper.task.wakes(), sleeper.poll());
        assert!(
            woken > 0 && polled.is_ready(),
            "a sleep of `Duration::MAX` waits, and the clock is at its end. It was woken {}, and its poll returned {polled:?}: a deadline \
             that the clock cannot count is the end of the clock, and that has come",
            times(woken)
        );
    });
    check(|| is_not_early(SECOND, Duration::MAX - SECOND));
}
