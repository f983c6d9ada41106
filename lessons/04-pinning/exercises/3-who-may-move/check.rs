//! Who may move once it is pinned, and which pin belongs into which place.
//!
//! What is true of a type is asked of the compiler. The reasons stand below, at `why`: find your
//! own first.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::{ask, ask_twice, keep, restart, run, verdict};
use shared::figures::alloc::{self, CountingAllocator};
use shared::probe::{Scripted, Stays, WakerProbe, is_unpin, times, watchdog};

use setup::*;
/// For the answer.
pub use setup::{Value, Verdict, Why};

#[test]
fn it_is_said_who_may_move() {
    for (value, is_unpin) in values() {
        let (said, truth) = match verdict(value) {
            Verdict::MayMove(_) => (true, "it stays"),
            Verdict::Stays(_) => (false, "it may move"),
        };
        let said_so = if said { "may move" } else { "stays" };
        assert!(
            said == is_unpin,
            "the answer says that {value:?} {said_so}. The compiler says that {truth}: {}",
            why(value).1
        );
    }
}

#[test]
fn it_is_said_why() {
    for (value, _) in values() {
        let (Verdict::MayMove(said) | Verdict::Stays(said)) = verdict(value);
        let (right, words) = why(value);
        assert!(
            said == right,
            "the answer gives as reason for {value:?}: {said:?}. The reason is another: {words}"
        );
    }
}

#[test]
fn ask_polls_once_where_the_future_lies() {
    limited("`ask`", || {
        let (mut future, log) = Scripted::new("the future", 1, 7);
        let task = WakerProbe::new();
        let first = ask(&mut future, &mut Context::from_waker(&task.waker()));
        assert!(
            first.is_pending() && log.polls() == 1,
            "the future is pending once. `ask` has polled it {} and said {first:?}",
            times(log.polls().into())
        );
        expect_wakes(&task, "`ask`", 1);
        let second = ask(&mut future, &mut noop());
        assert!(
            second == Poll::Ready(7),
            "the future is ready at its second poll, and `ask` said {second:?}"
        );
    });
}

#[test]
fn run_polls_to_the_end_where_the_future_lies() {
    limited(RUN, || {
        for pending in [0, 1, 3] {
            let (future, trail) = Stays::new(pending);
            let task = WakerProbe::new();
            let value = run(future, &mut Context::from_waker(&task.waker()));
            let polls = trail.polled().len();
            assert!(
                (value, polls) == (7, pending as usize + 1),
                "the future is pending {} and then ready with 7. `run` polled it {} and returned {value}",
                times(pending.into()),
                times(polls as u64)
            );
            assert!(
                trail.never_moved(),
                "`run` moved the future between two polls: it was polled in one place and then in another"
            );
            assert!(
                trail.dropped().len() == 1,
                "`run` has returned the value, and the future was dropped {}: it ends there, once",
                times(trail.dropped().len() as u64)
            );
            expect_wakes(&task, "`run`", pending.into());
        }
    });
}

#[test]
fn run_polls_on_for_as_long_as_it_takes() {
    limited(RUN, || {
        // More than two bytes can count.
        let mut left = 70_000;
        let patient = poll_fn(move |_| match left {
            0 => Poll::Ready(7),
            _ => {
                left -= 1;
                Poll::Pending
            }
        });
        let ended = catch_unwind(AssertUnwindSafe(|| run(patient, &mut noop())));
        assert!(
            ended.is_ok_and(|value| value == 7),
            "the future is pending 70,000 times and then ready with 7, and `run` gave up before. How often a future is pending is its own affair"
        );
    });
}

#[test]
fn run_and_ask_allocate_nothing() {
    limited(RUN, || {
        let (value, count) = alloc::count(|| {
            let block = async {
                pause().await;
                7
            };
            run(block, &mut noop())
        });
        assert!(value == 7, "an async block gives 7, and `run` returned {value}");
        assert!(
            count.allocations == 0,
            "`run` has allocated {} bytes. It owns the future until its end, so a local variable is a good place for it: `pin!` pins it \
             there. A box is for a future that is handed on after it was polled",
            count.bytes
        );
        let mut future = std::future::ready(7);
        let (_, count) = alloc::count(|| ask(&mut future, &mut noop()));
        assert!(
            count.allocations == 0,
            "`ask` has allocated {} bytes for a future that may be moved. Its pin promises nothing, and costs nothing: `Pin::new`",
            count.bytes
        );
    });
}

#[test]
fn a_pin_is_used_twice() {
    limited("`ask_twice`", || {
        for pending in [1, 2] {
            let (future, trail) = Stays::new(pending);
            let mut future = pin!(future);
            let task = WakerProbe::new();
            let said = ask_twice(future.as_mut(), &mut Context::from_waker(&task.waker()));
            let right =
                if pending == 1 { [Poll::Pending, Poll::Ready(7)] } else { [Poll::Pending; 2] };
            assert!(
                said == right && trail.polled().len() == 2,
                "the future is pending {}. `ask_twice` has polled it {} and says {said:?}",
                times(pending.into()),
                times(trail.polled().len() as u64)
            );
            expect_wakes(&task, "`ask_twice`", pending.into());
        }
    });
}

#[test]
fn what_is_kept_may_move_and_its_future_stays() {
    limited("`Kept`", || {
        let (future, trail) = Stays::new(2);
        let kept = keep(future);
        assert!(
            is_unpin!(kept),
            "`Kept` has to stay, as the future in it does. It is to be polled, handed to another list, and polled again: keep the future where it \
             does not move along"
        );
        assert!(
            trail.polled().is_empty(),
            "`keep` has polled the future. Whoever keeps it decides when it is polled"
        );
        // Moved from one place to another between two polls.
        let mut places = [Some(Perhaps(kept)), None, None, None];
        let mut last = Poll::Pending;
        // Each list belongs to a task of its own.
        for at in 0..3 {
            let task = WakerProbe::new();
            let place = places[at].as_mut().expect("it was put there");
            let polled = place.poll(&mut Context::from_waker(&task.waker()));
            last = polled.expect(
                "`Kept` may be moved, and is not a future with the output of the one in it: there is nothing to poll. A `Box<F>` is one only if \
                 `F` is `Unpin`, for a plain box promises nobody that the future stays; a pinned box does",
            );
            expect_wakes(&task, "`poll` of `Kept`", u64::from(at < 2));
            places[at + 1] = places[at].take();
        }
        assert!(
            last == Poll::Ready(7),
            "the future is pending twice and ready with 7 at the third poll. `Kept` says {last:?}"
        );
        drop(places);
        assert!(
            trail.never_moved(),
            "`Kept` was moved between two polls, and the future moved along: it was polled in one place and then in another"
        );
        assert!(
            trail.dropped().len() == 1,
            "`Kept` is gone, and the future in it was dropped {}: it is to end with its `Kept` at the latest, once",
            times(trail.dropped().len() as u64)
        );
    });
}

#[test]
fn what_is_kept_ends_with_it() {
    limited("`Kept`", || {
        for (polls, when) in [(0, "before its first poll"), (1, "half-way"), (2, "half-way")] {
            let (future, trail) = Stays::new(2);
            let mut kept = Perhaps(keep(future));
            for _ in 0..polls {
                let _ = kept.poll(&mut noop());
                // Moved, as from one list to the next.
                kept = *Box::new(kept);
            }
            drop(kept);
            assert!(
                trail.dropped().len() == 1,
                "`Kept` was dropped {when}, and the future in it was dropped {}: it is to end with its `Kept` at the latest, once, finished or not",
                times(trail.dropped().len() as u64)
            );
            assert!(
                trail.never_moved(),
                "`Kept` was moved and then dropped {when}, and its future was polled in one place and dropped in another"
            );
        }
    });
}

#[test]
fn the_old_future_ends_in_its_place() {
    limited("`restart`", || {
        let ((old, old_trail), (new, new_trail)) = (Stays::new(2), Stays::new(0));
        let mut place = pin!(old);
        assert!(place.as_mut().poll(&mut noop()).is_pending());
        restart(place.as_mut(), new);
        assert!(
            old_trail.dropped().len() == 1 && old_trail.never_moved(),
            "another future was put in the place of one that waits. That one was dropped {}: it is to end once, and where it lies",
            times(old_trail.dropped().len() as u64)
        );
        assert!(
            old_trail.polled().len() == 1,
            "`restart` has polled the old future {} before it dropped it. It is not wanted any more, and whatever it says is lost: dropping \
             it is all that it takes",
            times(old_trail.polled().len() as u64 - 1)
        );
        assert!(
            new_trail.polled().is_empty() && new_trail.dropped().is_empty(),
            "`restart` was given a fresh future, and has polled it {} and dropped it {}. It belongs into the place of the old one, as it is",
            times(new_trail.polled().len() as u64),
            times(new_trail.dropped().len() as u64)
        );
        let polled = place.as_mut().poll(&mut noop());
        assert!(
            polled == Poll::Ready(7) && new_trail.was_polled_within(&*place),
            "the place holds a future that is ready at its first poll, and says {polled:?}"
        );
    });
}

#[test]
fn nothing_is_unsafe() {
    let code = |line: &'static str| line.split("//").next().unwrap_or_default();
    let found = include_str!("answer.rs").lines().position(|line| code(line).contains("unsafe"));
    if let Some(line) = found {
        panic!(
            "the answer has `unsafe` in line {}. Every place here has a pin that the compiler can check by itself: with `unsafe`, it is you who \
             promises that nothing moves, and nobody looks",
            line + 1
        );
    }
}
