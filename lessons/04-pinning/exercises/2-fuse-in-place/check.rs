//! `Fuse` polls any future where it lies, drops it there as soon as it is ready, and is pending
//! ever after.

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

use answer::fuse;
use shared::figures::alloc::{self, CountingAllocator};
use shared::probe::{PanicLog, Panics, Scripted, Stays, WakerProbe, is_unpin, times, unexplained};

use setup::*;

#[test]
fn the_value_comes_through() {
    for pending in [0, 2] {
        let (inner, log) = Scripted::new("the inner future", pending, "done");
        let mut fused = Box::pin(fuse(inner));
        for nth in 1..=pending {
            let polled = poll(fused.as_mut());
            assert!(
                polled.is_pending() && log.polls() == nth,
                "the inner future is pending, and has been polled {} in {} of `Fuse`. One poll outside is one poll inside",
                times(log.polls().into()),
                if nth == 1 { "one poll" } else { "two polls" },
            );
        }
        let polled = poll(fused.as_mut());
        assert!(
            polled == Poll::Ready("done"),
            "the inner future is ready with `done` after {pending} times Pending, and `Fuse` says {polled:?}"
        );
    }
}

#[test]
fn the_context_is_handed_on() {
    let (inner, log) = Scripted::held("the inner future", 2, ());
    let mut fused = Box::pin(fuse(inner));
    for nth in ["first", "second"] {
        let task = WakerProbe::new();
        let polled = fused.as_mut().poll(&mut Context::from_waker(&task.waker()));
        assert!(polled.is_pending(), "the inner future is pending twice, and `Fuse` said Ready");
        assert!(
            task.wakes() == 0,
            "nothing has happened, and `Fuse` woke its task: it is polled again for nothing"
        );
        log.wake();
        assert!(
            task.wakes() > 0,
            "the {nth} task that polled was not woken when the inner future called the waker that it was given. Hand it the `cx` of \
             that very poll"
        );
    }
    let task = WakerProbe::new();
    let polled = fused.as_mut().poll(&mut Context::from_waker(&task.waker()));
    assert!(
        polled.is_ready(),
        "the inner future is ready at its third poll, and `Fuse` said Pending"
    );
    assert!(
        task.wakes() == 0,
        "`Fuse` has returned the value, and woke its task as well: the task is polled again for nothing"
    );
}

#[test]
fn any_future_will_do() {
    let (inner, _) = Stays::new(2);
    let mut fused = around(inner);
    let polls = [(); 3].map(|()| poll(fused.as_mut()));
    assert!(
        polls == [Poll::Pending, Poll::Pending, Poll::Ready(7)],
        "a future that must stay is pending twice and then ready with 7. Polled three times, `Fuse` said {polls:?}"
    );
    // One that borrows, and must not leave its thread: an answer that asks for `'static` or `Send`
    // does not compile here.
    let polls = Cell::new(0);
    let borrows = poll_fn(|_| {
        polls.set(polls.get() + 1);
        Poll::Ready(7)
    });
    assert!(
        poll(pin!(fuse(borrows))) == Poll::Ready(7) && polls.get() == 1,
        "a future that borrows a `Cell` is ready at once with 7. Polled once, `Fuse` has polled it {}, or lost the 7",
        times(polls.get())
    );
}

#[test]
fn it_is_not_dropped_before_it_is_done() {
    let (inner, trail) = Stays::new(2);
    let mut fused = around(inner);
    for nth in ["first", "second"] {
        assert!(
            poll(fused.as_mut()).is_pending(),
            "the inner future is pending twice, and `Fuse` said Ready"
        );
        assert!(
            trail.dropped().is_empty(),
            "the inner future was pending in the {nth} poll, and it was dropped. Nobody can finish it now: whoever waits for it waits for ever"
        );
    }
    assert!(
        poll(fused.as_mut()).is_ready(),
        "the inner future is ready at its third poll, and `Fuse` said Pending: it has lost the future half-way"
    );
}

#[test]
fn a_finished_future_is_gone_at_once() {
    for (pending, which) in [(0, "first"), (1, "second"), (2, "third")] {
        let (inner, trail) = Stays::new(pending);
        let mut fused = around(inner);
        to_its_end(fused.as_mut());
        if !trail.dropped().is_empty() {
            continue;
        }
        let again = catch_unwind(AssertUnwindSafe(|| poll(fused.as_mut())));
        let when = match (trail.dropped().is_empty(), again) {
            (false, _) => "It went with the next poll, and nobody has to poll again",
            (true, Ok(_)) => "It was still there after one more poll",
            (true, Err(_)) => "The next poll of `Fuse` even polled it once more",
        };
        panic!(
            "the inner future was ready at its {which} poll, `Fuse` has returned its value, and the inner future is not dropped. {when}: what it holds \
             (connections, locks, memory) is kept by something that is finished"
        );
    }
}

#[test]
fn it_is_polled_and_dropped_in_one_place() {
    for (polls, when) in [(1, "half-way"), (3, "when it was ready")] {
        let (inner, trail) = Stays::new(2);
        let mut fused = around(inner);
        (0..polls).for_each(|_| _ = poll(fused.as_mut()));
        assert!(
            trail.was_polled_within(&*fused),
            "the inner future was polled outside of `Fuse`: in a box, or in a variable into which it was moved. It is to lie in the struct, \
             be polled there and stay there"
        );
        drop(fused);
        assert!(
            trail.never_moved(),
            "the inner future was dropped {when}, and in another place than the one in which it was polled. It was moved first, by a `take` \
             or the like. Its destructor may follow its own pointers, so a pinned value is dropped where it lies: `Pin::set` does that"
        );
    }
}

#[test]
fn it_is_dropped_once() {
    for (polls, when) in [
        (0, "never polled"),
        (1, "polled half-way"),
        (3, "polled until it was ready"),
        (5, "polled until it was ready, and twice more"),
    ] {
        let (inner, trail) = Stays::new(2);
        let mut fused = around(inner);
        (0..polls).for_each(|_| _ = poll(fused.as_mut()));
        drop(fused);
        let drops = trail.dropped().len();
        assert!(
            drops > 0,
            "the inner future was {when}, and `Fuse` is gone. The inner future was never dropped: what it holds is never released"
        );
        assert!(
            drops == 1,
            "the inner future was {when}, and `Fuse` is gone. The inner future was dropped {}: the second time, it releases what it does \
             not have any more",
            times(drops as u64)
        );
    }
}

#[test]
fn one_whose_destructor_panics_is_dropped_once() {
    for (polls, when) in [
        (
            0,
            "the inner future was never polled, and its destructor panicked when `Fuse` was dropped",
        ),
        (1, "the inner future waited, and its destructor panicked when `Fuse` was dropped"),
        (2, "the destructor of the inner future panicked, `Fuse` was dropped on the way out"),
    ] {
        let (fused, log) = burst(polls);
        let _ = catch_unwind(AssertUnwindSafe(|| drop(fused)));
        assert!(
            log.drops() == 1,
            "{when}, and so the inner future was dropped {}. What is \
             dropped is gone, also when its destructor panics. Note that it is gone before you drop it, or leave both to `Pin::set`, which does it so",
            times(log.drops().into())
        );
    }

    let (mut fused, log) = burst(2);
    let _ = catch_unwind(AssertUnwindSafe(|| poll(fused.as_mut())));
    assert!(
        log.polls() == 2,
        "the inner future was ready, and its destructor panicked. Then `Fuse` was polled once more, and polled the inner future, of which nothing \
         is left. It is finished before you drop it: note that first"
    );
}

#[test]
fn one_that_panics_is_dropped_once() {
    for (pending, which) in [(0, "first"), (1, "second")] {
        let (inner, log) = Panics::in_poll(pending);
        let mut fused = Box::pin(fuse(inner));
        (0..pending).for_each(|_| _ = poll(fused.as_mut()));
        let polled = catch_unwind(AssertUnwindSafe(|| _ = poll(fused.as_mut())));
        let panic = polled.err().unwrap_or_else(|| {
            panic!("the inner future panicked in its {which} poll, and `Fuse` has returned from `poll` as if nothing had been wrong")
        });
        if !Panics::is_its_own(&*panic) {
            resume_unwind(panic);
        }
        drop(fused);
        assert!(
            log.drops() == 1,
            "the inner future panicked in its {which} poll, and then `Fuse` was dropped. The inner future was dropped {}. A `poll` that panics has not \
             returned `Ready`: the future is still there, and has locks, sockets and memory to release, once. Do not note that it is finished \
             before you know it",
            times(log.drops().into())
        );
    }
}

#[test]
fn nothing_is_allocated() {
    let mut is_first = true;
    let inner = poll_fn(move |_| match std::mem::take(&mut is_first) {
        true => Poll::Pending,
        false => Poll::Ready(7),
    });
    let (value, count) = alloc::count(|| to_its_end(pin!(fuse(inner))));
    assert!(value == 7, "the inner future is ready with 7, and `Fuse` returned {value}");
    assert!(
        count.allocations == 0,
        "`Fuse` was made and polled until it was ready, and has allocated {} bytes. What it needs lies in the struct: it is to save memory",
        count.bytes
    );
}

#[test]
fn after_its_end_it_is_pending_for_ever() {
    for pending in 0..3 {
        let (inner, _) = Scripted::new("the inner future", pending, "done");
        let mut fused = Box::pin(fuse(inner));
        let (before, task) = (WakerProbe::new(), WakerProbe::new());
        for _ in 0..=pending {
            let _ = fused.as_mut().poll(&mut Context::from_waker(&before.waker()));
        }
        for nth in 1..=3 {
            let waker = task.waker();
            let again = catch_unwind(AssertUnwindSafe(|| {
                fused.as_mut().poll(&mut Context::from_waker(&waker))
            }));
            let polled = again.unwrap_or_else(told);
            assert!(
                polled.is_pending(),
                "`Fuse` was ready, and at poll {nth} after that it is ready again. There is no second value"
            );
            assert!(
                task.wakes() == 0,
                "`Fuse` is finished, and wakes its task when it is polled: the task is polled again and again, and nothing will ever come"
            );
        }
        for (task, of) in [(&task, "the waker"), (&before, "the waker of an earlier poll")] {
            assert!(
                task.alive() == 0,
                "`Fuse` is finished, and keeps a clone of {of}: it will never call it"
            );
        }
    }
}

#[test]
fn it_is_unpin_only_if_the_inner_future_is() {
    assert!(
        !is_unpin!(fuse(Stays::new(0).0)),
        "`Fuse` is `Unpin` although its inner future is not. So safe code may poll it, move it, and poll it again, and the future moves along \
         with it. Do not write `impl Unpin` without `F: Unpin`, and do not box the future"
    );
}

#[test]
fn it_is_unpin_if_the_inner_future_is() {
    assert!(
        is_unpin!(fuse(ready(7))),
        "`Fuse` is not `Unpin` although its inner future is. Nothing in it has to stay, and its users would have to pin it all the same. Leave \
         it to the compiler, which looks at the fields"
    );
    assert!(
        is_unpin!(fuse(ready(PhantomPinned))),
        "`Fuse` is not `Unpin` although its inner future is. It is the value of that future that has to stay, and this says nothing about the \
         future: hand the value out as it comes, and do not keep it in the struct"
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
