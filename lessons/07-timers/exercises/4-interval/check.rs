//! An interval ticks at its start plus whole periods, whoever is late, and loses no tick that it
//! does not mean to leave out.

#[allow(
    clippy::todo,
    dead_code,
    unreachable_code,
    unused_variables,
    unused_imports,
    unused_mut,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use answer::{Interval, Missed};
use executor::Park;
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Pollers, WakerProbe, times, uses, watchdog};
use timers::{Timer, Timers, VirtualPark};

use setup::*;

#[test]
fn no_thread_and_no_other_clock() {
    let Some(path) = uses(include_str!("answer.rs"), &ELSEWHERE) else { return };
    assert!(
        !path.contains("thread"),
        "the answer uses `{path}`. An interval needs no thread: `Timer::sleep_until` has the loop wake the task at each tick"
    );
    panic!(
        "the answer uses `{path}`. The time is what `Timer::now` says, and here it moves only when the check moves it: on another \
         clock, your interval and the timer would not agree on what is due"
    );
}

#[test]
fn the_first_tick_is_due_at_the_start() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let first = ask(&mut world.interval(secs(10), missed));
            assert!(
                first == Poll::Ready(secs(1)),
                "{}: an interval of 10s was started at 1s. The first tick is due at the start, and the first poll at 1s returned \
                 {first:?}",
                name(missed)
            );
        }
    });
}

#[test]
fn each_tick_comes_a_period_after_the_last() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask(&mut interval);
            for due in [11, 21, 31].map(secs) {
                let task = WakerProbe::new();
                let mut tick = pin!(interval.tick());
                for now in [due - 7 * SECOND, due - NANOSECOND] {
                    world.advance_to(now);
                    let polled = poll(tick.as_mut(), &task);
                    assert!(
                        polled.is_pending() && task.wakes() == 0,
                        "{}: an interval of 10s was started at 1s. The tick that is due at {due:?} was asked for. At {now:?} the task has \
                         been woken {}, and the poll returned {polled:?}: that is early",
                        name(missed),
                        times(task.wakes())
                    );
                }
                world.advance_to(due);
                assert!(
                    task.wakes() > 0,
                    "{}: an interval of 10s was started at 1s. A task waits for the tick that is due at {due:?}, it is {due:?}, and nobody \
                     called its waker",
                    name(missed)
                );
                let polled = poll(tick.as_mut(), &task);
                assert!(
                    polled == Poll::Ready(due),
                    "{}: an interval of 10s was started at 1s. A task waits for the tick that is due at {due:?}, it was woken then, and the \
                     poll returned {polled:?}",
                    name(missed)
                );
            }
        }
    });
}

#[test]
fn a_tick_that_is_taken_late_does_not_shift_the_next() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            for nth in 0..5 {
                // The loop is a little late each time.
                world.advance_to(secs(1 + 10 * nth) + 300 * MILLISECOND);
                let (now, due) = (world.clock.now(), secs(1 + 10 * nth));
                let polled = ask(&mut interval);
                let why = match polled {
                    Poll::Pending => "It is overdue, so the first poll is ready",
                    Poll::Ready(_) if nth == 0 => {
                        "A tick returns the moment at which it was due, and not the one at which it is taken"
                    }
                    Poll::Ready(_) => {
                        "If each tick is counted from the one before as it was taken, all delays add up"
                    }
                };
                assert!(
                    polled == Poll::Ready(due),
                    "{}: an interval of 10s was started at 1s, and each tick is asked for 300ms late. At {now:?}, tick {nth} (the first is \
                     0) is due at {due:?}, and the poll returned {polled:?}. {why}",
                    name(missed)
                );
            }
        }
    });
}

#[test]
fn work_between_the_ticks_does_not_add_up() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let timer = world.timer.clone();
            // What an interval is there for: something is done every 10 s, and takes 3 s.
            let work = async move {
                for _ in 0..10 {
                    interval.tick().await;
                    timer.sleep(secs(3)).await;
                }
            };
            let an_hour = || {
                world.advance_to(world.clock.now() + SECOND);
                world.clock.now() < secs(3600)
            };
            let report = Bounded::new().polls(1000).when_idle(an_hour).run(work);
            assert!(
                report.value.is_some(),
                "{}: a loop does something that takes 3s at each tick of an interval of 10s, ten times. After an hour, it was {report}",
                name(missed)
            );
            let now = world.clock.now();
            assert!(
                now == secs(1 + 9 * 10 + 3),
                "{}: a loop does something that takes 3s at each tick of an interval of 10s, ten times. It was started at 1s, and the \
                 last work is over at {now:?}, and not at 94s: the time that the work takes belongs to the period",
                name(missed)
            );
        }
    });
}

#[test]
fn burst_makes_up_for_missed_ticks() {
    check(|| {
        let world = World::at(secs(1));
        let mut interval = world.interval(secs(10), Missed::Burst);
        let _ = ask(&mut interval);
        world.advance_to(secs(47));
        let ticks = ask_all(&mut interval, 5);
        let expected = [ready(&[11, 21, 31, 41]), vec![Poll::Pending]].concat();
        assert!(
            ticks == expected,
            "Burst: an interval of 10s was started at 1s, and its first tick was taken. Then nobody came until 47s. Four ticks are \
             overdue, 11s, 21s, 31s and 41s; each is ready at the first poll, and the fifth call waits. Five calls returned {ticks:?}"
        );
        world.advance_to(secs(51));
        let tick = ask(&mut interval);
        assert!(
            tick == Poll::Ready(secs(51)),
            "Burst: all missed ticks were made up for. The next one is due at 51s, and at 51s the poll returned {tick:?}"
        );
    });
}

#[test]
fn two_ticks_may_come_in_one_poll() {
    check(|| {
        let world = World::at(secs(1));
        let mut interval = world.interval(secs(10), Missed::Burst);
        world.advance_to(secs(12));
        let polled = poll(
            pin!(async { [interval.tick().await, interval.tick().await] }),
            &WakerProbe::new(),
        );
        assert!(
            polled == Poll::Ready([secs(1), secs(11)]),
            "Burst: an interval of 10s was started at 1s, and it is 12s. A task awaits two ticks, one after the other. Both are overdue, and \
             its first poll returned {polled:?}"
        );
    });
}

#[test]
fn skip_leaves_missed_ticks_out() {
    check(|| {
        let world = World::at(secs(1));
        let mut interval = world.interval(secs(10), Missed::Skip);
        let _ = ask(&mut interval);
        world.advance_to(secs(47));
        let ticks = ask_all(&mut interval, 2);
        assert!(
            ticks == [Poll::Ready(secs(11)), Poll::Pending],
            "Skip: an interval of 10s was started at 1s, and its first tick was taken. Then nobody came until 47s. The tick of 11s comes \
             late, those of 21s, 31s and 41s are left out, and the next call waits. Two calls returned {ticks:?}"
        );
        world.advance_to(secs(51) - NANOSECOND);
        let early = ask(&mut interval);
        world.advance_to(secs(51));
        let tick = ask(&mut interval);
        assert!(
            early.is_pending() && tick == Poll::Ready(secs(51)),
            "Skip: an interval of 10s was started at 1s. At 47s one tick came late, and the next is due at 51s. A poll before that \
             returned {early:?}, and at 51s {tick:?}: the ticks stay at the start plus whole periods"
        );
    });
    check(|| {
        let (world, millis) = (World::at(secs(1)), Duration::from_millis);
        let mut interval = world.interval(millis(1), Missed::Skip);
        let _ = ask(&mut interval);
        world.advance_to(millis(1004));
        let ticks = ask_all(&mut interval, 2);
        assert!(
            ticks == [Poll::Ready(millis(1001)), Poll::Pending],
            "Skip: an interval of 1ms was started at 1s, its first tick was taken, and nobody came until 1.004s. The tick of 1.001s comes \
             late, those of 1.002s to 1.004s are left out, and the next call waits. Two calls returned {ticks:?}. To be late by 3ms is \
             nothing for a period of an hour, and three periods here: what decides is whether other moments have come"
        );
    });
}

#[test]
fn skip_goes_on_after_now() {
    check(|| {
        // One period late, and two.
        for (now, next) in [(secs(21), secs(31)), (secs(31), secs(41))] {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), Missed::Skip);
            let _ = ask(&mut interval);
            world.advance_to(now);
            let ticks = ask_all(&mut interval, 2);
            assert!(
                ticks == [Poll::Ready(secs(11)), Poll::Pending],
                "Skip: an interval of 10s was started at 1s, its first tick was taken, and nobody came until {now:?} sharp. The tick of 11s \
                 comes late, and the next is the first one after now: that of {next:?}. Two calls returned {ticks:?}"
            );
            world.advance_to(next);
            let tick = ask(&mut interval);
            assert!(
                tick == Poll::Ready(next),
                "Skip: at {now:?} one tick came late. The next is due at {next:?}, and at {next:?} the poll returned {tick:?}"
            );
        }
    });
}

#[test]
fn skip_counts_from_when_the_late_one_was_taken() {
    check(|| {
        let world = World::at(secs(1));
        let mut interval = world.interval(secs(10), Missed::Skip);
        let _ = ask(&mut interval);
        world.advance_to(secs(35));
        let late = ask(&mut interval);
        // The work for it takes long, too: 41 s goes by meanwhile.
        world.advance_to(secs(45));
        let ticks = ask_all(&mut interval, 2);
        assert!(
            late == Poll::Ready(secs(11)) && ticks == [Poll::Ready(secs(41)), Poll::Pending],
            "Skip: an interval of 10s was started at 1s. The tick of 11s was taken at 35s ({late:?}), so the next is that of 41s. Nobody came \
             until 45s: it comes late, and then the next call waits. Two calls at 45s returned {ticks:?}"
        );
    });
}

#[test]
fn one_that_was_waited_for_may_be_late() {
    check(|| {
        let world = World::at(secs(1));
        let mut interval = world.interval(secs(10), Missed::Skip);
        let _ = ask(&mut interval);
        world.advance_to(secs(5));
        let task = WakerProbe::new();
        let waited = {
            let mut tick = pin!(interval.tick());
            let early = poll(tick.as_mut(), &task);
            // Another task has the thread when this one is woken.
            world.pass(secs(47));
            [early, poll(tick.as_mut(), &task)]
        };
        let then = ask(&mut interval);
        assert!(
            waited == [Poll::Pending, Poll::Ready(secs(11))] && then.is_pending(),
            "Skip: an interval of 10s was started at 1s. The call for the tick of 11s was polled at 5s and then, because another task kept the \
             thread, at 47s: it returned {waited:?}. The next is the first one after 47s, that of 51s, and at 47s the next call returned \
             {then:?}. What the clock showed before the wait is out of date when it ends"
        );
        world.advance_to(secs(51));
        let tick = ask(&mut interval);
        assert!(
            tick == Poll::Ready(secs(51)),
            "Skip: an interval of 10s was started at 1s. A task waited for the tick of 11s from 5s on, and took it at 47s. The next is that of \
             51s, and at 51s the poll returned {tick:?}"
        );
    });
}

#[test]
fn the_time_before_the_first_call_counts() {
    check(|| {
        for (missed, expected) in [
            (Missed::Burst, [ready(&[1, 11, 21, 31]), vec![Poll::Pending]].concat()),
            (Missed::Skip, [ready(&[1]), vec![Poll::Pending; 4]].concat()),
        ] {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            world.advance_to(secs(35));
            let ticks = ask_all(&mut interval, 5);
            assert!(
                ticks == expected,
                "{}: an interval of 10s was started at 1s, and nobody came until 35s. It ticks from its start on, and not from the first \
                 call. Five calls returned {ticks:?}, and not {expected:?}",
                name(missed)
            );
        }
    });
}

#[test]
fn a_cancelled_call_loses_no_tick() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask(&mut interval);
            // A `select` in a loop: whatever else is ready first, the call of `tick` is dropped.
            for (calls, now) in (1..).zip([2, 5, 9].map(secs)) {
                world.advance_to(now);
                let _ = ask(&mut interval);
                // One that is dropped before its first poll.
                drop(interval.tick());
                let timers = world.timer.len();
                assert!(
                    timers <= 1,
                    "{}: `tick` was called, polled and dropped {}, and {timers} timers are set: each call that was dropped has left one",
                    name(missed),
                    times(calls)
                );
            }
            let task = WakerProbe::new();
            let mut tick = pin!(interval.tick());
            let early = poll(tick.as_mut(), &task);
            assert!(
                early.is_pending(),
                "{}: an interval of 10s was started at 1s, and its first tick was taken. Three calls of `tick` were polled and dropped \
                 before 11s, and a fourth one, at 9s, returned {early:?}: the next tick is that of 11s",
                name(missed)
            );
            world.advance_to(secs(11));
            let woken = task.wakes();
            let polled = poll(tick.as_mut(), &task);
            assert!(
                woken > 0 && polled == Poll::Ready(secs(11)),
                "{}: an interval of 10s was started at 1s, and its first tick was taken. Three calls of `tick` were polled and dropped \
                 before 11s, and a fourth one waits, in another task. At 11s that task was woken {}, and its poll returned {polled:?}: a \
                 call that is dropped must not take a tick along",
                name(missed),
                times(woken)
            );
        }
    });
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask(&mut interval);
            {
                let mut tick = pin!(interval.tick());
                let _ = poll(tick.as_mut(), &WakerProbe::new());
                // Its task is woken, and something else is ready before it is polled.
                world.advance_to(secs(12));
            }
            let tick = ask(&mut interval);
            assert!(
                tick == Poll::Ready(secs(11)),
                "{}: a call of `tick` waited for the tick of 11s. It was woken then, and dropped before it was polled. The next call \
                 returned {tick:?}: nobody has taken that tick yet",
                name(missed)
            );
        }
    });
}

#[test]
fn polls_do_not_move_the_tick() {
    check(|| {
        for (missed, pollers) in
            BOTH.into_iter().flat_map(|m| Pollers::orders().map(move |p| (m, p)))
        {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask(&mut interval);
            let mut tick = pin!(interval.tick());
            pollers.poll(|cx| tick.as_mut().poll(cx));
            world.advance_to(secs(11));
            pollers.expect_last_woken("the moment of the tick came");
        }
    });
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask(&mut interval);
            let mut tick = pin!(interval.tick());
            let last = WakerProbe::new();
            for now in 1..11 {
                world.advance_to(secs(now));
                // Each time in another task.
                let polled = poll(tick.as_mut(), &WakerProbe::new());
                assert!(
                    polled.is_pending(),
                    "{}: an interval of 10s was started at 1s, and its first tick was taken. The call for the next one, of 11s, was polled \
                     every second, and returned {polled:?} at {now}s: that is early",
                    name(missed)
                );
                let timers = world.timer.len();
                assert!(
                    timers <= 1,
                    "{}: one call of `tick` was polled {}, and {timers} timers are set for it: what a poll leaves behind must not grow",
                    name(missed),
                    times(now)
                );
            }
            let _ = poll(tick.as_mut(), &last);
            world.advance_to(secs(11));
            let woken = last.wakes();
            let polled = poll(tick.as_mut(), &last);
            assert!(
                woken > 0 && polled == Poll::Ready(secs(11)),
                "{}: a call of `tick` was polled every second, in several tasks. At 11s, when it is due, the task that polled last was woken \
                 {}, and its poll returned {polled:?}",
                name(missed),
                times(woken)
            );
        }
    });
}

#[test]
fn a_dropped_interval_sets_no_timer() {
    check(|| {
        for missed in BOTH {
            let world = World::at(secs(1));
            let mut interval = world.interval(secs(10), missed);
            let _ = ask_all(&mut interval, 2);
            drop(interval);
            let timers = world.timer.len();
            assert!(
                timers == 0,
                "{}: an interval waited and was dropped, and timers are still set: {timers}",
                name(missed)
            );
        }
    });
}

#[test]
fn after_any_time_it_is_exact() {
    check(|| {
        // More periods than 32 bits can count, and then more nanoseconds than 64 bits can.
        for (period, years) in [(MILLISECOND, 200), (7 * NANOSECOND, 1000)] {
            let world = World::at(secs(1));
            let [mut burst, mut skip] = BOTH.map(|missed| world.interval(period, missed));
            let _ = (ask(&mut burst), ask(&mut skip));
            let stall = YEAR * years + 3 * NANOSECOND;
            world.pass(secs(1) + stall);
            let late = catch_unwind(AssertUnwindSafe(|| {
                [ask(&mut burst), ask(&mut burst), ask(&mut skip)]
            }));
            let Ok(late) = late else {
                panic!(
                    "intervals of {period:?} were started at 1s, and nobody came for {years} years. A call panicked then: the delay, or the \
                     periods in it, are more than some number in it can hold"
                );
            };
            let expected = [1, 2, 1].map(|periods| Poll::Ready(secs(1) + period * periods));
            assert!(
                late == expected,
                "intervals of {period:?} were started at 1s, and nobody came for {years} years. Then two calls with Burst and one with Skip \
                 returned {late:?}, and not {expected:?}"
            );
            let periods = stall.as_nanos() / period.as_nanos() + 1;
            let next = secs(1) + Duration::from_nanos_u128(periods * period.as_nanos());
            let early = ask(&mut skip);
            world.pass(next);
            let tick = ask(&mut skip);
            assert!(
                early.is_pending() && tick == Poll::Ready(next),
                "Skip: an interval of {period:?} was started at 1s, and nobody came for {years} years. One tick came late. The next is due at \
                 {next:?}, after {periods} periods. A poll before that returned {early:?}, and one at that moment {tick:?}: such numbers \
                 need more bits, and no rounding"
            );
        }
    });
}

#[test]
fn the_end_of_the_clock_is_no_reason_to_panic() {
    check(|| {
        let world = World::at(secs(1));
        let mut skip = world.interval(secs(10), Missed::Skip);
        world.pass(Duration::MAX - SECOND);
        let Ok(ticks) = catch_unwind(AssertUnwindSafe(|| ask_all(&mut skip, 2))) else {
            panic!(
                "Skip: an interval of 10s was started at 1s, nobody came until a second before the end of the clock, and a call panicked. The \
                 next moment is more than a `Duration` can count, so it is at the end of the clock"
            );
        };
        assert!(
            ticks == [Poll::Ready(secs(1)), Poll::Pending],
            "Skip: an interval of 10s was started at 1s, and nobody came until a second before the end of the clock. One tick comes late, and \
             the next call waits. Two calls returned {ticks:?}"
        );
        for missed in BOTH {
            let world = World::at(secs(1));
            let ticks = catch_unwind(AssertUnwindSafe(|| {
                ask_all(&mut world.interval(Duration::MAX, missed), 2)
            }));
            let Ok(ticks) = ticks else {
                panic!(
                    "{}: an interval with a period of `Duration::MAX` panicked at 1s: the second tick is beyond what a `Duration` can count, \
                     so it is at the end of the clock",
                    name(missed)
                );
            };
            assert!(
                ticks == [Poll::Ready(secs(1)), Poll::Pending],
                "{}: an interval with a period of `Duration::MAX` was started at 1s, and two calls returned {ticks:?}",
                name(missed)
            );
        }
        // The period just fits, is too long by a nanosecond, and by far.
        let fits = Duration::MAX - SECOND;
        let periods = [fits, fits + NANOSECOND, Duration::MAX];
        for (missed, period) in BOTH.into_iter().flat_map(|m| periods.map(|p| (m, p))) {
            let world = World::at(secs(1));
            let mut interval = world.interval(period, missed);
            let _ = ask(&mut interval);
            world.pass(Duration::MAX - NANOSECOND);
            let early = ask(&mut interval);
            world.pass(Duration::MAX);
            let tick = ask(&mut interval);
            assert!(
                early.is_pending() && tick == Poll::Ready(Duration::MAX),
                "{}: an interval with a period of {period:?} was started at 1s, and its first tick was taken. The second is due at the end \
                 of the clock. A nanosecond before, a poll returned {early:?}, and at the end {tick:?}",
                name(missed)
            );
        }
    });
}
