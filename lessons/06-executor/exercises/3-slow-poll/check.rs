//! A watchdog on a clock that is moved by hand: it names the task whose single poll took too long,
//! and nobody else.

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

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::{SlowPoll, Watchdog};
use shared::narrate::VirtualClock;
use shared::probe::{Scripted, WakerProbe, times};

use setup::*;

#[test]
fn a_watched_future_is_what_it_was() {
    let world = World::new();
    let (future, log) = Scripted::held("work", 1, 17);
    let mut watched = pin!(world.watchdog.watch("work", future));
    let task = WakerProbe::new();
    let polled = watched.as_mut().poll(&mut Context::from_waker(&task.waker()));
    assert!(polled.is_pending(), "the future returned Pending, and the watched one {polled:?}");
    assert!(
        task.wakes() == 0,
        "the future waits, and the watched one woke its task: it is polled for nothing, again and again"
    );
    log.wake();
    assert!(
        task.wakes() == 1,
        "the future called the waker of its context once, and its task was woken {}: it is polled with the same `cx`",
        times(task.wakes())
    );
    let polled = poll(&mut watched, "the watched future was polled");
    assert!(
        polled == Poll::Ready(17),
        "the future returned Ready with 17, and the watched one {polled:?}"
    );
    assert!(
        log.polls() == 2,
        "the watched future was polled twice, and the future within {}",
        times(log.polls().into())
    );
    world.expect(&[], "No time passed at all");
}

#[test]
fn a_poll_that_takes_too_long_is_reported() {
    let world = World::new();
    let mut task = pin!(world.busy("parser", &[ms(250), ms(1)]));
    let _ = poll(&mut task, "a task with a slow poll was polled");
    world.expect(
        &[("parser", ms(250), 1)],
        "The first poll of `parser` took 250ms, returned Pending, and is over",
    );
}

#[test]
fn a_poll_may_take_seconds() {
    // More than a second, than 32 bits hold of nanoseconds, of microseconds, and of milliseconds.
    for seconds in [2, 5, 5_000, 5_000_000] {
        let (world, took) = (World::new(), ms(1_000 * seconds));
        let _ = poll(&mut pin!(world.busy("parser", &[took])), "a task ran for seconds");
        world.expect(
            &[("parser", took, 1)],
            &format!("`parser` ran for {seconds} seconds: whole ones, and more than a small number holds in a small unit"),
        );
    }
}

#[test]
fn the_poll_that_returns_ready_counts_too() {
    let world = World::new();
    let mut task = pin!(world.busy("parser", &[ms(1), ms(250)]));
    let _ = poll(&mut task, "a task was polled");
    let polled = poll(&mut task, "a task with a slow last poll was polled");
    world.expect(
        &[("parser", ms(250), 2)],
        "The first poll of `parser` took 1ms, the second 250ms and returned Ready",
    );
    assert!(
        polled == Poll::Ready("the value"),
        "the slow poll returned Ready with a value, and the watched future returned {polled:?}: being slow is no reason to lose it"
    );
}

#[test]
fn exactly_the_limit_is_not_too_long() {
    let world = World::new();
    let nanosecond = Duration::from_nanos(1);
    for (name, took) in
        [("below", LIMIT - nanosecond), ("at the limit", LIMIT), ("above", LIMIT + nanosecond)]
    {
        let _ = poll(&mut pin!(world.busy(name, &[took])), "a task was polled");
    }
    world.expect(
        &[("above", LIMIT + nanosecond, 1)],
        "The polls of three tasks took 1ns less than the limit, exactly as long, and 1ns more",
    );
}

#[test]
fn many_short_polls_are_not_one_long_one() {
    let world = World::new();
    let mut task = pin!(world.busy("ticker", &[ms(40); 10]));
    for _ in 0..10 {
        let _ = poll(&mut task, "a task with short polls was polled");
    }
    world.expect(
        &[],
        "Ten polls of `ticker` took 40ms each. It has given the thread back ten times, and held up nobody",
    );
}

#[test]
fn waiting_is_not_running() {
    let world = World::new();
    let mut task = pin!(world.busy("sleeper", &[ms(40), ms(40), ms(40)]));
    for _ in 0..3 {
        // Before the first poll, too: the task stands in the queue.
        world.clock.advance(ms(60_000));
        let _ = poll(&mut task, "a task that waits between its polls was polled");
    }
    world.expect(
        &[],
        "Three polls of `sleeper` took 40ms each, with a minute before each of them. While it waits, it holds up nobody",
    );
}

#[test]
fn every_slow_poll_is_reported() {
    let world = World::new();
    let mut task = pin!(world.busy("parser", &[ms(300), ms(1), ms(200), ms(250)]));
    for _ in 0..4 {
        let _ = poll(&mut task, "a task with several slow polls was polled");
    }
    world.expect(
        &[("parser", ms(300), 1), ("parser", ms(200), 3), ("parser", ms(250), 4)],
        "Four polls of `parser` took 300ms, 1ms, 200ms and 250ms",
    );
}

#[test]
fn tasks_do_not_mix() {
    let world = World::new();
    let mut a = pin!(world.busy("a", &[ms(150), ms(60), ms(60)]));
    let mut b = pin!(world.busy("b", &[ms(60), ms(170), ms(60)]));
    for _ in 0..3 {
        let _ = poll(&mut a, "one of two tasks was polled");
        let _ = poll(&mut b, "the other of two tasks was polled");
    }
    world.expect(
        &[("a", ms(150), 1), ("b", ms(170), 2)],
        "Two tasks were polled in turn. The polls of `a` took 150ms, 60ms and 60ms, those of `b` 60ms, 170ms and 60ms",
    );
}

#[test]
fn one_who_awaits_a_slow_one_is_not_to_blame() {
    let world = World::new();
    let inner = world.busy("inner", &[ms(250)]);
    let outer =
        world.watched("outer", vec![world.work(ms(30)), world.polls(inner), world.work(ms(40))]);
    let _ = poll(&mut pin!(outer), "a watched future polled another one");
    world.expect(
        &[("inner", ms(250), 1)],
        "`outer` ran for 30ms, polled `inner`, which took 250ms, and ran for another 40ms. Its own time is 70ms",
    );
}

#[test]
fn one_who_is_slow_around_another_is_to_blame() {
    let world = World::new();
    let inner = world.busy("inner", &[ms(50)]);
    let outer =
        world.watched("outer", vec![world.work(ms(80)), world.polls(inner), world.work(ms(90))]);
    let _ = poll(&mut pin!(outer), "a watched future polled another one");
    world.expect(
        &[("outer", ms(170), 1)],
        "`outer` ran for 80ms, polled `inner`, which took 50ms, and ran for another 90ms. Its own time is 170ms",
    );
}

#[test]
fn both_may_be_slow() {
    let world = World::new();
    let inner = world.busy("inner", &[ms(250)]);
    let outer =
        world.watched("outer", vec![world.work(ms(80)), world.polls(inner), world.work(ms(90))]);
    let _ = poll(&mut pin!(outer), "a watched future polled another one");
    world.expect(
        &[("inner", ms(250), 1), ("outer", ms(170), 1)],
        "`outer` ran for 80ms, polled `inner`, which took 250ms, and ran for another 90ms. The poll of `inner` is over first",
    );
}

#[test]
fn a_report_does_not_wait_for_the_polls_around() {
    let world = World::new();
    let (reports, seen) = (Rc::clone(&world.reports), Rc::new(Cell::new(None)));
    let sees = Rc::clone(&seen);
    let looks: Box<dyn FnMut(&mut Context<'_>)> =
        Box::new(move |_| sees.set(Some(reports.borrow().len())));
    let inner = world.busy("inner", &[ms(250)]);
    let outer = world.watched("outer", vec![world.polls(inner), looks]);
    let _ = poll(&mut pin!(outer), "a watched future polled another one");
    world.expect(&[("inner", ms(250), 1)], "`outer` polled `inner`, which took 250ms");
    assert!(
        seen.get() == Some(1),
        "`outer` polled `inner`, whose poll took 250ms and was over. When `outer` went on, nothing had been reported yet: a poll is \
         reported when it is over itself. Those around it may go on for long, and one that never ends hides the report that would \
         explain it"
    );
}

#[test]
fn several_polls_within_one_all_count() {
    for (took, own, slow) in [
        ([ms(90), ms(80), ms(70)], ms(20), None),
        ([ms(150), ms(90), ms(80)], ms(20), Some("first")),
        ([ms(90), ms(150), ms(80)], ms(20), Some("second")),
        ([ms(90), ms(80), ms(150)], ms(20), Some("third")),
        ([ms(90), ms(80), ms(70)], ms(30), Some("join")),
    ] {
        let world = World::new();
        let mut steps: Steps = vec![world.work(own)];
        for (name, took) in ["first", "second", "third"].into_iter().zip(took) {
            steps.push(world.polls(world.busy(name, &[took])));
            steps.push(world.work(own));
        }
        let _ =
            poll(&mut pin!(world.watched("join", steps)), "a watched future polled three others");
        let time = slow.map(|slow| (slow, if slow == "join" { 4 * own } else { ms(150) }, 1));
        world.expect(
            time.as_slice(),
            &format!(
                "`join` polled `first`, which took {:?}, `second`, {:?}, and `third`, {:?}. It ran for {own:?} before the first and after \
                 each of them, so its own time is {:?}",
                took[0],
                took[1],
                took[2],
                4 * own
            ),
        );
    }
}

#[test]
fn futures_of_one_name_are_counted_apart() {
    let world = World::new();
    let mut twins = [(); 2].map(|()| Box::pin(world.busy("twin", &[ms(1), ms(150)])));
    for _ in 0..2 {
        for twin in &mut twins {
            let _ = poll(&mut twin.as_mut(), "one of two futures with the same name was polled");
        }
    }
    world.expect(
        &[("twin", ms(150), 2), ("twin", ms(150), 2)],
        "Two futures have the same name. Each was polled twice, in turn, and its second poll took 150ms: a poll is counted as one of its \
         future's, and not of all that have the name",
    );
}

#[test]
fn the_number_of_a_poll_may_be_large() {
    // More than 8 and 16 bits hold.
    for short in [300_usize, 70_000] {
        let world = World::new();
        let mut times = vec![Duration::ZERO; short];
        times.push(ms(150));
        let mut task = pin!(world.busy("ticker", &times));
        for _ in 0..times.len() {
            let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
        world.expect(
            &[("ticker", ms(150), times.len() as u64)],
            &format!("`ticker` was polled {short} times in no time, and its next poll took 150ms"),
        );
    }
}

#[test]
fn at_any_depth_the_right_one_is_named() {
    let names = ["top", "second", "third", "leaf"];
    // Each level alone, all but one, and none. What is long within must not hide what is slow
    // around it.
    for own in [
        [150, 10, 10, 10],
        [10, 150, 10, 10],
        [10, 10, 150, 10],
        [10, 10, 10, 150],
        [110, 10, 10, 900],
        [110, 900, 10, 10],
        [10, 110, 10, 900],
        [90, 130, 60, 300],
        [120, 130, 110, 90],
        [90, 90, 90, 90],
    ] {
        let world = World::new();
        let mut within: Option<Pin<Box<dyn Future<Output = ()>>>> = None;
        for (name, own) in names.into_iter().zip(own).rev() {
            // Half of it before the poll within, and the other half after that.
            let mut steps: Steps = vec![world.work(ms(own) / 2)];
            steps.extend(within.take().map(|within| world.polls(within)));
            steps.push(world.work(ms(own) / 2));
            within = Some(Box::pin(world.watched(name, steps)));
        }
        let mut top = within.expect("there are four levels");
        let _ = poll(&mut top.as_mut(), "four watched futures polled one another");
        let levels = names.into_iter().zip(own).rev();
        let slow: Vec<_> = levels
            .filter(|(_, own)| ms(*own) > LIMIT)
            .map(|(name, own)| (name, ms(own), 1))
            .collect();
        world.expect(
            &slow,
            &format!(
                "`top` polled `second`, that one `third`, and that one `leaf`. They ran for {}ms, {}ms, {}ms and {}ms of their own, half of it \
                 before the poll within, and half after",
                own[0], own[1], own[2], own[3]
            ),
        );
    }
}

#[test]
fn what_lies_between_is_not_seen() {
    let world = World::new();
    let mut inner = Box::pin(world.busy("inner", &[ms(250), ms(10)]));
    // Not watched: its work is the outer one's.
    let clock = world.clock.clone();
    let between = poll_fn(move |cx| {
        clock.advance(ms(120));
        inner.as_mut().poll(cx).map(drop)
    });
    let mut outer = pin!(world.watchdog.watch("outer", between));
    let _ =
        poll(&mut outer, "a watched future polled another one, through one that is not watched");
    let _ =
        poll(&mut outer, "a watched future polled another one, through one that is not watched");
    world.expect(
        &[("inner", ms(250), 1), ("outer", ms(120), 1), ("outer", ms(120), 2)],
        "`outer` is polled twice. Each time, a future in it that is not watched runs for 120ms, and polls `inner`, which takes 250ms \
         and then 10ms",
    );
}

#[test]
fn another_watchdog_has_its_own_view() {
    let (world, other) = (World::new(), World::new());
    let inner = other.watched("inner", vec![other.work(ms(250)), world.work(ms(250))]);
    let steps = vec![world.work(ms(30)), world.polls(inner), world.work(ms(40))];
    let _ = poll(
        &mut pin!(world.watched("outer", steps)),
        "a future polled one that another watchdog watches",
    );
    other.expect(&[("inner", ms(250), 1)], "`inner` is watched by this watchdog, and took 250ms");
    world.expect(
        &[("outer", ms(320), 1)],
        "`outer` ran for 30ms, polled a future of another watchdog for 250ms, and ran for another 40ms. Of that other one this \
         watchdog knows nothing: all is the own time of `outer`",
    );
}

#[test]
fn a_future_of_another_watchdog_in_between_hides_nothing() {
    let (world, other) = (World::new(), World::new());
    let leaf = world.busy("leaf", &[ms(250)]);
    let between = other.watched("between", vec![world.work(ms(20)), world.polls(leaf)]);
    let steps = vec![world.work(ms(30)), world.polls(between), world.work(ms(40))];
    let _ = poll(
        &mut pin!(world.watched("outer", steps)),
        "a future polled one that another watchdog watches, and that one polled one of the first watchdog",
    );
    world.expect(
        &[("leaf", ms(250), 1)],
        "`outer` ran for 70ms, and polled a future of another watchdog. That one ran for 20ms, and polled `leaf`, which this watchdog \
         watches and which took 250ms. The own time of `outer` is 90ms",
    );
    other.expect(&[], "On the clock of the other watchdog no time passed");
}

#[test]
fn a_panic_goes_through() {
    let world = World::new();
    let task = world.watched("broken", vec![world.work(ms(250)), breaks()]);
    let polled = try_poll(&mut pin!(task));
    assert!(
        polled == Err("the task's own panic".to_owned()),
        "the future panicked, and the watched one ended with {polled:?}: whoever runs the task has to learn of its panic"
    );
    world.expect(&[("broken", ms(250), 1)], "A poll of `broken` ran for 250ms, and then panicked");
}

#[test]
fn a_panic_leaves_nothing_behind() {
    let world = World::new();
    let broken = world.watched("broken", vec![world.work(ms(90)), breaks()]);
    // As an executor does: it catches the panic of one task, and goes on.
    let mut broken = Box::pin(broken);
    let catches: Box<dyn FnMut(&mut Context<'_>)> =
        Box::new(move |_| drop(try_poll(&mut broken.as_mut())));
    let outer = world.watched("outer", vec![world.work(ms(50)), catches, world.work(ms(60))]);
    let _ = poll(&mut pin!(outer), "a watched future caught the panic of another one");
    world.expect(
        &[("outer", ms(110), 1)],
        "`outer` ran for 50ms, polled `broken`, which ran for 90ms and panicked, caught the panic, and ran for 60ms. Its own time is \
         110ms",
    );
    let _ = poll(
        &mut pin!(world.busy("next", &[ms(120)])),
        "a task was polled after another one had panicked",
    );
    world.expect(
        &[("outer", ms(110), 1), ("next", ms(120), 1)],
        "After the panic of `broken`, a poll of `next` took 120ms",
    );
}
