//! `Timed` polls any future where it lies, counts its polls, and adds up the time within them.

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

use std::cell::Cell;
use std::future::{poll_fn, ready};
use std::marker::PhantomPinned;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::timed;
use shared::figures::alloc::{self, CountingAllocator};
use shared::narrate::VirtualClock;
use shared::probe::{Panics, ScriptLog, Scripted, Stays, WakerProbe, is_unpin, times, unexplained};

/// For the answer.
pub use setup::Tally;
use setup::*;

#[test]
fn a_ready_future_takes_one_poll() {
    let (mut wrapped, log) = scripted(0);
    let polled = poll(wrapped.as_mut());
    assert!(
        log.polls() == 1,
        "`Timed` was polled once, and polled the inner future {}",
        times(log.polls().into())
    );
    let Poll::Ready((value, tally)) = polled else {
        panic!("the inner future was ready at once, and `Timed` said Pending: the value is lost")
    };
    assert!(
        value == "done" && tally.polls == 1,
        "the inner future was ready at its first poll. `Timed` says: {tally:?}. The poll that returns Ready is a poll, too"
    );
}

#[test]
fn pending_is_handed_on_and_every_poll_counts() {
    let (mut wrapped, log) = scripted(3);
    for nth in 1..=3 {
        let polled = poll(wrapped.as_mut());
        assert!(
            polled.is_pending() && log.polls() == nth,
            "after {} of `Timed`, the inner future, which is pending three times, has been polled {}, and `Timed` said {}. One poll \
             outside is one poll inside: whoever polls on in a loop keeps the thread from everybody else",
            if nth == 1 { "one poll" } else { "some polls" },
            times(log.polls().into()),
            if polled.is_pending() { "Pending" } else { "Ready" }
        );
    }
    let Poll::Ready((_, tally)) = poll(wrapped.as_mut()) else {
        panic!("the inner future was ready at its fourth poll, and `Timed` said Pending")
    };
    assert!(
        tally.polls == 4,
        "the inner future was pending three times and then ready: four polls. The tally says {}",
        tally.polls
    );
}

#[test]
fn the_time_within_the_polls_is_added_up() {
    const MS: Duration = Duration::from_millis(1);
    let clock = VirtualClock::new();
    // It computes 1, 10 and 100 ms in its three polls. Before each, it waits for 1000 ms.
    let work = Cell::new(1);
    let inner = poll_fn(|_| {
        clock.advance(MS * work.get());
        work.set(work.get() * 10);
        if work.get() == 1000 { Poll::Ready(()) } else { Poll::Pending }
    });
    let mut wrapped = Box::pin(timed(inner, || clock.now()));
    let ((), tally) = to_its_end(pin!(poll_fn(|cx| {
        clock.advance(MS * 1000);
        wrapped.as_mut().poll(cx)
    })));
    let why = match tally.busy.as_millis() {
        111 => return,
        2111 | 3111 => "the waiting between the polls is in it, too",
        11 => "the last poll, which was ready, is missing",
        110 => "the first poll is missing",
        100 => "only the last poll is in it",
        _ => "the clock is to be read right before and right after each poll",
    };
    panic!(
        "the inner future was busy for 1, 10 and 100 ms in three polls, and waited 1 s before each of them. The tally says {:?} \
         instead of 111ms: {why}",
        tally.busy
    );
}

#[test]
fn the_time_to_drop_it_is_not_in_it() {
    let clock = VirtualClock::new();
    let ((), tally) = to_its_end(pin!(timed(EndsSlowly(&clock), || clock.now())));
    assert!(
        tally.busy == Duration::from_millis(1),
        "the inner future was busy for 1 ms in its only poll, and its destructor took 100 ms. The tally says {:?} instead of 1ms: what was measured \
         is more than the poll. Read the clock before you drop the future",
        tally.busy
    );
}

#[test]
fn the_time_is_not_rounded() {
    const BUSY: Duration = Duration::from_nanos(400_400);
    let clock = VirtualClock::new();
    let mut polls = 0;
    let inner = poll_fn(|_| {
        clock.advance(BUSY);
        polls += 1;
        if polls == 3 { Poll::Ready(()) } else { Poll::Pending }
    });
    let ((), tally) = to_its_end(pin!(timed(inner, || clock.now())));
    assert!(
        tally.busy == BUSY * 3,
        "the inner future was busy for {BUSY:?} in each of three polls. The tally says {:?} instead of {:?}. Most polls are shorter than a \
         millisecond: rounded, a thousand of them are nothing. A `Duration` is exact, so add up durations",
        tally.busy,
        BUSY * 3
    );

    // Three years and three nanoseconds: more digits than a fraction of a second has room for.
    let long = [Duration::from_secs(100_000_000), Duration::from_nanos(3)];
    let mut left = long.into_iter();
    let inner = poll_fn(|_| {
        clock.advance(left.next().expect("it is not polled after its end"));
        if left.len() == 0 { Poll::Ready(()) } else { Poll::Pending }
    });
    let ((), tally) = to_its_end(pin!(timed(inner, || clock.now())));
    let sum: Duration = long.iter().sum();
    assert!(
        tally.busy == sum,
        "the inner future was busy for {:?} in its first poll and for {:?} in its second. The tally says {:?} instead of {sum:?}. A \
         `Duration` keeps every nanosecond, however long it is; a floating-point number does not",
        long[0],
        long[1],
        tally.busy
    );
}

#[test]
fn every_poll_counts_however_many() {
    // More than two bytes can count.
    const POLLS: u64 = 70_001;
    let mut left = POLLS;
    let inner = poll_fn(|_| {
        left -= 1;
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    });
    let mut wrapped = pin!(timed(inner, || Duration::ZERO));
    for _ in 1..POLLS {
        assert!(
            poll(wrapped.as_mut()).is_pending(),
            "the inner future is pending, and `Timed` said Ready"
        );
    }
    let Poll::Ready(((), tally)) = poll(wrapped.as_mut()) else {
        panic!("the inner future was ready at its 70,001st poll, and `Timed` said Pending")
    };
    assert!(
        tally.polls == POLLS,
        "the inner future was polled 70,001 times. The tally says {}: what it is counted in is too small. A `u64` is large enough for \
         any program",
        tally.polls
    );
}

#[test]
fn each_has_a_tally_of_its_own() {
    const MS: Duration = Duration::from_millis(1);
    let clock = VirtualClock::new();
    // Ready at its last poll, and busy for so many milliseconds in each.
    let inner = |polls: u32, ms: u32| {
        let (clock, mut left) = (&clock, polls);
        let inner = poll_fn(move |_| {
            clock.advance(MS * ms);
            left -= 1;
            if left == 0 { Poll::Ready(()) } else { Poll::Pending }
        });
        Box::pin(timed(inner, || clock.now()))
    };
    let ((), alone) = to_its_end(inner(2, 1).as_mut());
    let right = Tally { polls: 2, busy: MS * 2 };
    assert!(
        alone == right,
        "a future was polled twice, alone, in a `Timed` of its own, and was busy for 1 ms each time. The tally says {alone:?} instead of {right:?}"
    );
    let (mut one, mut other) = (inner(2, 1), inner(3, 10));
    assert!(poll(one.as_mut()).is_pending());
    assert!(poll(other.as_mut()).is_pending());
    assert!(poll(other.as_mut()).is_pending());
    let (((), one), ((), other)) = (to_its_end(one.as_mut()), to_its_end(other.as_mut()));
    assert!(
        one == right && other == Tally { polls: 3, busy: MS * 30 },
        "two futures were polled in turn, each in a `Timed` of its own: the one twice, for 1 ms each time, the other three times, for 10 ms. \
         Their tallies say {} polls and {:?}, and {} polls and {:?}. Alone, such a future has the right tally, so the two count for each other: \
         what belongs to one `Timed` has to lie in that `Timed`",
        one.polls,
        one.busy,
        other.polls,
        other.busy
    );
}

#[test]
fn the_context_is_handed_on() {
    let (inner, log) = Scripted::held("the inner future", 2, ());
    let mut wrapped = Box::pin(timed(inner, || Duration::ZERO));
    for nth in ["first", "second"] {
        let task = WakerProbe::new();
        let polled = wrapped.as_mut().poll(&mut Context::from_waker(&task.waker()));
        assert!(polled.is_pending(), "the inner future is pending twice, and `Timed` said Ready");
        assert!(
            task.wakes() == 0,
            "nothing has happened, and `Timed` woke its task: it is polled again for nothing"
        );
        log.wake();
        assert!(
            task.wakes() > 0,
            "the {nth} task that polled was not woken when the inner future called the waker that it was given. Hand it the `cx` of \
             that very poll"
        );
    }
    let task = WakerProbe::new();
    let polled = wrapped.as_mut().poll(&mut Context::from_waker(&task.waker()));
    assert!(
        polled.is_ready(),
        "the inner future is ready at its third poll, and `Timed` said Pending"
    );
    assert!(
        task.wakes() == 0,
        "`Timed` has returned the value, and woke its task as well: the task is polled again for nothing"
    );
}

#[test]
fn any_future_will_do() {
    let (inner, _) = Stays::new(2);
    let mut wrapped = around(inner);
    let polls: [bool; 3] = [(); 3].map(|()| poll(wrapped.as_mut()).is_ready());
    assert!(
        polls == [false, false, true],
        "a future that must stay is pending twice and then ready. Polled three times, `Timed` was ready: {polls:?}"
    );
}

#[test]
fn the_inner_future_lies_within() {
    let (inner, trail) = Stays::new(0);
    let mut wrapped = around(inner);
    let _ = poll(wrapped.as_mut());
    assert!(
        trail.was_polled_within(&*wrapped),
        "the inner future was polled outside of `Timed`: in a box, or in a variable of `poll`. It is to lie in the struct and be \
         polled there, without an allocation and without being moved"
    );
}

#[test]
fn nothing_is_allocated() {
    let mut is_first = true;
    let inner = poll_fn(move |_| match std::mem::take(&mut is_first) {
        true => Poll::Pending,
        false => Poll::Ready(7),
    });
    let ((value, _), count) = alloc::count(|| to_its_end(pin!(timed(inner, || Duration::ZERO))));
    assert!(value == 7, "the inner future is ready with 7, and `Timed` returned {value}");
    assert!(
        count.allocations == 0,
        "`Timed` was made and polled until it was ready, and has allocated {} bytes. It is put around every future of a service: what it \
         needs, the tally as well, lies in the struct",
        count.bytes
    );
}

#[test]
fn the_inner_future_stays_where_it_is() {
    let (inner, trail) = Stays::new(3);
    let mut wrapped = around(inner);
    let _ = to_its_end(wrapped.as_mut());
    assert!(
        trail.was_polled_within(&*wrapped),
        "`Timed` is pinned, and its inner future was polled somewhere else: it was taken out, and so moved. A future of an `async fn` \
         may have a reference to its own local by now, and that one still points to the old place"
    );
    let polled = trail.polled();
    assert!(
        polled.iter().all(|place| *place == polled[0]),
        "the inner future was polled in more than one place: it was moved between two polls"
    );
}

#[test]
fn the_inner_future_is_dropped_where_it_lies() {
    for (polls, when) in [(1, "half-way"), (3, "after it was ready")] {
        let (inner, trail) = Stays::new(2);
        let mut wrapped = around(inner);
        (0..polls).for_each(|_| _ = poll(wrapped.as_mut()));
        drop(wrapped);
        assert!(
            trail.never_moved(),
            "the inner future was dropped {when}, and in another place than the one in which it was polled: it was moved first, by a \
             `take` or the like. It must stay until it is dropped, and its own `drop` may use its pointers, too"
        );
    }
}

#[test]
fn the_inner_future_is_dropped_once() {
    for (polls, when) in [(0, "before its first poll"), (1, "half-way"), (3, "after it was ready")]
    {
        let (inner, trail) = Stays::new(2);
        let mut wrapped = around(inner);
        (0..polls).for_each(|_| _ = poll(wrapped.as_mut()));
        drop(wrapped);
        let drops = trail.dropped().len();
        assert!(
            drops > 0,
            "`Timed` was dropped {when}, and the inner future was not: what it holds (locks, sockets, memory) is never released"
        );
        assert!(
            drops == 1,
            "`Timed` was dropped {when}, and the inner future was dropped {}: the second time, it releases what it does not have any \
             more",
            times(drops as u64)
        );
    }
}

#[test]
fn one_whose_destructor_panics_is_dropped_once() {
    for (polls, when) in [
        (0, "was never polled, `Timed` was dropped,"),
        (1, "waited, `Timed` was dropped,"),
        (2, "was ready,"),
    ] {
        let (inner, log) = Panics::in_drop(1);
        let mut wrapped = Box::pin(timed(inner, || Duration::ZERO));
        for _ in 0..polls {
            let polled = catch_unwind(AssertUnwindSafe(|| _ = poll(wrapped.as_mut())));
            if let (Err(panic), 0) = (polled, log.drops()) {
                resume_unwind(panic);
            }
        }
        let _ = catch_unwind(AssertUnwindSafe(|| drop(wrapped)));
        assert!(
            log.drops() == 1,
            "the inner future {when} and the destructor of the inner future panicked. `Timed` is gone, and the inner future was dropped {}. What is \
             dropped is gone, also when its destructor panics: if you drop it by hand, note that first, or leave both to `Pin::set`, which does it so",
            times(log.drops().into())
        );
    }
}

#[test]
fn one_that_panics_is_dropped_once() {
    for (pending, which) in [(0, "first"), (1, "second")] {
        let (inner, log) = Panics::in_poll(pending);
        let mut wrapped = Box::pin(timed(inner, || Duration::ZERO));
        (0..pending).for_each(|_| _ = poll(wrapped.as_mut()));
        let polled = catch_unwind(AssertUnwindSafe(|| _ = poll(wrapped.as_mut())));
        let panic = polled.err().unwrap_or_else(|| {
            panic!("the inner future panicked in its {which} poll, and `Timed` has returned as if nothing had been wrong")
        });
        if !Panics::is_its_own(&*panic) {
            resume_unwind(panic);
        }
        drop(wrapped);
        assert!(
            log.drops() == 1,
            "the inner future panicked in its {which} poll, and then `Timed` was dropped. The inner future was dropped {}. A `poll` that panics has not \
             returned `Ready`: the future is still there, and has locks, sockets and memory to release, once. Do not note that it is finished \
             before you know it",
            times(log.drops().into())
        );
    }
}

#[test]
fn it_is_unpin_only_if_the_inner_future_is() {
    let (inner, _) = Stays::new(0);
    assert!(
        !is_unpin!(timed(inner, || Duration::ZERO)),
        "`Timed` is `Unpin` although its inner future is not. So safe code may poll it, move it, and poll it again, and the future moves \
         along with it: nothing that `poll` promises is true any more. Do not write `impl Unpin` without `F: Unpin`, and do not box the future"
    );
}

#[test]
fn it_is_unpin_if_the_inner_future_is() {
    assert!(
        is_unpin!(timed(ready(7), || Duration::ZERO)),
        "`Timed` is not `Unpin` although its inner future and its clock are. Nothing in it has to stay, and its users would have to \
         pin it all the same. Leave it to the compiler, which looks at the fields"
    );
    assert!(
        is_unpin!(timed(ready(PhantomPinned), || Duration::ZERO)),
        "`Timed` is not `Unpin` although its inner future is. It is the value of that future that has to stay, and this says nothing about \
         the future: do not keep the value in the struct"
    );
}

#[test]
fn every_unsafe_block_says_why_nothing_moves() {
    if let Some(line) = unexplained(include_str!("answer.rs")) {
        panic!(
            "the `unsafe` block in line {line} of the answer has no comment that begins with `SAFETY:`. Write above it who keeps the \
             future from being moved: where you find no words for it, look again"
        );
    }
}
