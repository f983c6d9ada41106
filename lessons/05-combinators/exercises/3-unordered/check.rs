//! A set of futures polls only those that were woken, and no order of steps loses a wake.

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
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Unordered;
use shared::probe::explore::{block_on, bypass, every_order, note, noted, thread};
use shared::probe::{Bounded, Pollers, Rooted, ScriptLog, Scripted, WakerProbe, times, watchdog};
use wakers::oneshot;

/// What the answer takes its locks from. They can be stopped at every step, so that every order can
/// be tried.
#[allow(unused_imports, reason = "it is for the answer to choose")]
use shared::probe::explore::sync;

use setup::*;

#[test]
fn the_locks_are_those_of_the_check() {
    let Some(path) = bypass(include_str!("answer.rs")) else { return };
    assert!(
        path.contains("sync"),
        "the answer uses `{path}`. Nothing here has to start a thread, or to send one to sleep: `next` returns Pending, and a waker \
         calls the task"
    );
    panic!(
        "the answer uses `{path}`. Take it from `crate::sync` instead: this check has to stop your code between any two steps in \
         order to try every order, and it cannot stop what it does not see"
    );
}

#[test]
fn an_empty_set_has_nothing_to_wait_for() {
    check(|| {
        let mut set = Unordered::<Scripted<()>>::new();
        let said = poll(&mut set, &WakerProbe::new().waker());
        assert!(
            said == Poll::Ready(None),
            "nobody is in the set, and `next` returned {said:?}: there is nothing to wait for, and nobody who could ever wake the task"
        );
    });
}

#[test]
fn new_children_get_their_first_poll_in_next() {
    check(|| {
        let mut family = Family::held(&[2, 2, 2]);
        assert!(
            family.polled() == [0, 0, 0],
            "three children were pushed, and nobody has polled `next` yet. They have been polled: {}. A future that nobody polls does \
             nothing",
            family.polls()
        );
        let said = poll(&mut family.set, Waker::noop());
        assert!(
            said.is_pending(),
            "three children wait, and `next` returned {said:?}. `None` says that there is nobody any more"
        );
        assert!(
            family.polled() == [1, 1, 1],
            "three children were pushed, and the first poll of `next` polled them: {}. One that was never polled has not begun, and has \
             no waker that somebody could call",
            family.polls()
        );
    });
}

#[test]
fn outputs_come_as_they_get_ready() {
    check(|| {
        let mut family = Family::held(&[1, 1, 1]);
        let _ = poll(&mut family.set, Waker::noop());
        let mut got = Vec::new();
        for nth in [2, 0, 1] {
            family.logs[nth].wake();
            let said = poll(&mut family.set, Waker::noop());
            assert!(
                said == Poll::Ready(Some(NAMES[nth])),
                "`a`, `b` and `c` wait. So far {got:?} came out. Now `{}` is ready and was woken, and `next` returned {said:?}",
                NAMES[nth]
            );
            got.push(NAMES[nth]);
        }
        let said = poll(&mut family.set, Waker::noop());
        assert!(said == Poll::Ready(None), "all three have come out, and `next` returned {said:?}");
    });
}

#[test]
fn those_that_are_ready_together_come_one_by_one() {
    check(|| {
        for pending in [0, 1] {
            let mut family = Family::held(&[pending; 3]);
            if pending == 1 {
                let _ = poll(&mut family.set, Waker::noop());
                family.logs.iter().for_each(|log| assert!(log.wake()));
            }
            let mut got = Vec::new();
            for _ in 0..3 {
                got.extend(next(&mut family.set));
            }
            got.sort_unstable();
            assert!(
                got == ["a", "b", "c"],
                "`a`, `b` and `c` are ready{}. `next` was awaited three times, and what came is {got:?}. Nobody wakes the others a \
                 second time: who is known to be woken must stay known until it is polled",
                if pending == 1 {
                    ", and all were woken before the poll"
                } else {
                    " at their first poll"
                }
            );
            let said = poll(&mut family.set, Waker::noop());
            assert!(said == Poll::Ready(None), "all have come out, and `next` returned {said:?}");
        }
    });
}

#[test]
fn a_child_that_is_pushed_later_replaces_nobody() {
    check(|| {
        let mut family = Family::held(&[0, 1, 1]);
        let said = poll(&mut family.set, Waker::noop());
        assert!(
            said == Poll::Ready(Some("a")),
            "`a` is ready, `b` and `c` wait, and `next` returned {said:?}"
        );
        // One is gone. If places are used again, this one gets that of `a`.
        let (late, log) = Scripted::held("d", 1, "d");
        family.set.push(late);
        family.logs.push(log);
        let _ = poll(&mut family.set, Waker::noop());
        let mut got = Vec::new();
        for (log, name) in family.logs.iter().zip(NAMES).skip(1) {
            assert!(
                log.wake(),
                "`a` was ready, then `d` was pushed, and `next` polled. Something happened for `{name}`, which {}",
                if log.is_dropped() {
                    "has been dropped although it was not ready"
                } else {
                    "has no waker to call: nobody has polled it"
                }
            );
            got.extend(next(&mut family.set));
        }
        assert!(
            got == ["b", "c", "d"],
            "`a` was ready, and `d` was pushed while `b` and `c` waited. Then these three were woken one by one, and got ready. What came is \
             {got:?}"
        );
    });
}

#[test]
fn only_the_woken_are_polled() {
    check(|| {
        let mut family = Family::held(&[5; 4]);
        let _ = poll(&mut family.set, Waker::noop());
        let _ = poll(&mut family.set, Waker::noop());
        assert!(
            family.polled() == [1; 4],
            "four children wait, and none was woken. `next` was polled twice, and the children: {}. The second poll had no reason to \
             ask anybody",
            family.polls()
        );
        for nth in [2, 0, 2] {
            let before = family.polled();
            family.logs[nth].wake();
            let _ = poll(&mut family.set, Waker::noop());
            let mut expected = before;
            expected[nth] += 1;
            assert!(
                family.polled() == expected,
                "four children wait, `{}` was woken, and `next` was polled. By now, the children have been polled: {}. Expected: \
                 {expected:?}. Whoever asks everyone at every wake needs n times n polls for n children",
                NAMES[nth],
                family.polls()
            );
        }
    });
}

#[test]
fn among_many_only_the_woken_is_polled() {
    check(|| {
        let mut set = Unordered::new();
        let logs = [(); 65].map(|()| {
            let (future, log) = Scripted::held("one of 65", 9, ());
            set.push(future);
            log
        });
        let _ = poll(&mut set, Waker::noop());
        let _ = poll(&mut set, Waker::noop());
        logs[64].wake();
        let _ = poll(&mut set, Waker::noop());
        for (place, log) in logs.iter().enumerate() {
            let expected = if place == 64 { 2 } else { 1 };
            assert!(
                log.polls() == expected,
                "65 children wait, and the last one was woken. Child {} has been polled {} in all. Expected: {}. A note belongs to one \
                 child, however many there are",
                place + 1,
                times(u64::from(log.polls())),
                times(u64::from(expected))
            );
        }
    });
}

#[test]
fn two_wakes_make_one_poll() {
    check(|| {
        let kept = Kept::default();
        let mut set = Unordered::new();
        set.push(kept.child(9));
        let _ = poll(&mut set, Waker::noop());
        let waker = kept.waker();
        (0..3).for_each(|_| waker.wake_by_ref());
        let said = poll(&mut set, Waker::noop());
        assert!(
            said.is_pending() && kept.polls() == 2,
            "a child was polled once, then its waker was called 3 times, then `next` was polled: it returned {said:?}, and the child has \
             been polled {} in all. A wake says that there is a reason to ask, and one poll answers to all that came before",
            times(u64::from(kept.polls()))
        );
    });
}

#[test]
fn a_child_that_waits_for_its_turn_is_noted_once() {
    check(|| {
        let [a, b, c] = [(); 3].map(|()| Kept::default());
        let mut set = Unordered::new();
        for (kept, ready) in [(&a, 2), (&b, 9), (&c, 9)] {
            set.push(kept.child(ready));
        }
        let _ = poll(&mut set, Waker::noop());
        let wakers = [&a, &b, &c].map(Kept::waker);
        wakers.iter().for_each(Waker::wake_by_ref);
        let first = poll(&mut set, Waker::noop());
        // Some of those may have been polled before `a`, and the others are still due.
        let before = [b.polls(), c.polls()];
        wakers[1..].iter().for_each(Waker::wake_by_ref);
        let _ = poll(&mut set, Waker::noop());
        let polls = [b.polls() - before[0], c.polls() - before[1]];
        assert!(
            first.is_ready() && polls == [1, 1],
            "`a`, `b` and `c` were woken, and `next` returned {first:?}: `a` is ready. Then `b` and `c` were woken once more, and in the \
             next poll of `next` `b` was polled {}, and `c` {}: each once is right, whether it was still due from before or not",
            times(u64::from(polls[0])),
            times(u64::from(polls[1]))
        );
    });
}

#[test]
fn a_wake_from_within_the_own_poll_is_not_lost() {
    check(|| {
        let mut family = Family::restless(&[3, 1]);
        let task = WakerProbe::new();
        let said = poll(&mut family.set, &task.waker());
        assert!(
            said.is_pending() && family.polled() == [1, 1],
            "two children wake themselves in each poll, and say Pending. The first poll of `next` returned {said:?}, and polled them: \
             {}. One that asks to be polled again has its turn in the next poll: if it is polled again and again in this one, nothing \
             else runs on this thread",
            family.polls()
        );
        assert!(
            task.wakes() > 0,
            "a child called its waker during its own poll, and `next` returned Pending without waking its task: nobody comes back to \
             poll that child"
        );
        let got: Vec<_> = std::iter::from_fn(|| next(&mut family.set)).take(3).collect();
        assert!(
            got == ["b", "a"],
            "`a` is ready at its poll 4, `b` at its poll 2, and both wake themselves whenever they say Pending. What came out is {got:?}; \
             by then they had been polled: {}. A wake that comes during the poll is a reason for one more poll",
            family.polls()
        );
    });
}

#[test]
fn a_sibling_may_be_woken_in_the_middle_of_a_poll() {
    check(|| {
        for waits_first in [true, false] {
            let (sender, receiver) = oneshot::channel();
            let waits: Boxed = Box::pin(async { receiver.await.unwrap_or("nothing") });
            let mut later = true;
            let mut sender = Some(sender);
            // Sends at its second poll, so that the other one waits by then.
            let sends: Boxed = Box::pin(poll_fn(move |cx| {
                cx.waker().wake_by_ref();
                if std::mem::take(&mut later) {
                    return Poll::Pending;
                }
                let sent = sender.take().map(|sender| sender.send("received"));
                Poll::Ready(if sent == Some(Ok(())) { "sent" } else { "lost" })
            }));
            let mut set = Unordered::new();
            let (first, second) = if waits_first { (waits, sends) } else { (sends, waits) };
            set.push(first);
            set.push(second);
            let got: Vec<_> = std::iter::from_fn(|| next(&mut set)).take(3).collect();
            assert!(
                got == ["sent", "received"],
                "one child sends a message to another one, in its second poll. The one that waits was pushed {}. What came out is {got:?}: \
                 `sent` and then `received` was expected. The waker of the second was called while the set polled the first",
                if waits_first { "first" } else { "second" }
            );
        }
    });
}

#[test]
fn a_finished_child_may_wake_a_sibling_when_it_goes() {
    check(|| {
        let (sender, receiver) = oneshot::channel();
        let waits: Boxed = Box::pin(async { receiver.await.unwrap_or("its sender is gone") });
        let goes = Goes(Some(sender));
        // Ready at its first poll. It is dropped by the set, with what it has captured.
        let ready: Boxed = Box::pin(poll_fn(move |_| {
            Poll::Ready(["ready", "lost"][usize::from(goes.0.is_none())])
        }));
        let mut set = Unordered::new();
        set.push(waits);
        set.push(ready);
        let got: Vec<_> = std::iter::from_fn(|| next(&mut set)).take(3).collect();
        assert!(
            got == ["ready", "its sender is gone"],
            "one child waits for a message, the other one has the sender, and is ready at its first poll. When the set drops it, the sender goes \
             with it, and that wakes the one that waits. What came out is {got:?}"
        );
    });
}

#[test]
fn a_child_that_waits_wakes_nobody() {
    check(|| {
        let (mut family, task) = (Family::held(&[1, 1]), WakerProbe::new());
        let _ = poll(&mut family.set, &task.waker());
        assert!(
            task.wakes() == 0,
            "two children wait, nothing has happened, and the task was woken {}: it computes at full speed while everybody waits",
            times(task.wakes())
        );
        family.logs[1].wake();
        assert!(
            task.wakes() > 0,
            "two children wait, the waker of one was called, and nobody called the task that waits for the set"
        );
        let mut family = Family::held(&[2, 2]);
        let _ = poll(&mut family.set, &task.waker());
        family.logs[1].wake();
        let before = task.wakes();
        let said = poll(&mut family.set, &task.waker());
        assert!(
            said.is_pending() && task.wakes() == before,
            "two children wait, one was woken, and says Pending again in the second poll of `next`. That poll returned {said:?}, and in it \
             the task was woken {}: both have a waker, and nobody is to be asked again before one of them calls",
            times(task.wakes() - before)
        );
    });
}

#[test]
fn a_wake_reaches_the_task_that_polled_last() {
    check(|| {
        // The first, the middle and the last; then when a sibling has come out before.
        for (pending, nth) in
            [([9, 9, 9], 0), ([9, 9, 9], 1), ([9, 9, 9], 2), ([0, 9, 9], 2), ([9, 9, 0], 0)]
        {
            for pollers in Pollers::orders() {
                let mut family = Family::held(&pending);
                if pending.contains(&0) {
                    let said = next(&mut family.set);
                    assert!(
                        said.is_some(),
                        "one of three is ready at its first poll, and `next` did not give its output"
                    );
                }
                let name = NAMES[nth];
                // The first event is over, and the task comes back for the second one.
                for event in ["", " once more"] {
                    pollers.poll(|cx| pin!(family.set.next()).poll(cx));
                    assert!(
                        family.logs[nth].wake(),
                        "`next` was {pollers}, and something happened for `{name}`, which has no waker to call: nobody has polled it"
                    );
                    pollers.expect_last_woken(&format!("`{name}` called its waker{event}"));
                }
            }
        }
        // `b` is to be polled, and has called nobody: it has no waker.
        let (mut family, task) = (Family::held(&[1]), WakerProbe::new());
        let _ = poll(&mut family.set, &task.waker());
        family.set.push(Scripted::held("b", 1, "b").0);
        family.logs[0].wake();
        assert!(
            task.wakes() > 0,
            "`a` waits, and a task has polled `next`. Then `b` was pushed, and `a` called its waker. The task was not woken: `b` is noted \
             already, but that it is noted does not mean that somebody was called"
        );
    });
}

#[test]
fn a_finished_child_is_gone_and_may_be_woken() {
    check(|| {
        // Each of the three is once the one that is finished first.
        for nth in 0..3 {
            let mut pending = [1; 3];
            pending[nth] = 0;
            let (mut family, name) = (Family::held(&pending), NAMES[nth]);
            let said = poll(&mut family.set, Waker::noop());
            assert!(
                said == Poll::Ready(Some(name)),
                "`{name}` is ready at its first poll, the two others wait, and `next` returned {said:?}"
            );
            assert!(
                family.logs[nth].is_dropped(),
                "`next` returned the output of `{name}`, and `{name}` still exists. What a finished child holds is released when it is \
                 done, and not with the set"
            );
            // The last one out, too. The others may not have been polled yet.
            let _ = poll(&mut family.set, Waker::noop());
            for (other, log) in family.logs.iter().enumerate().filter(|(other, _)| *other != nth) {
                let _ = log.wake();
                let _ = next(&mut family.set);
                assert!(
                    log.is_dropped(),
                    "`next` has returned the output of `{name}`, then `{}` was woken and was ready, `next` was awaited, and `{0}` still exists",
                    NAMES[other]
                );
            }
        }
    });
    check(|| {
        let (mut set, kept) = (Unordered::new(), Kept::default());
        set.push(kept.child(1));
        assert!(next(&mut set) == Some("kept"), "a child is ready at its first poll");
        let late = kept.waker();
        let said = after_late_wake("the set was empty by then", || {
            late.wake_by_ref();
            poll(&mut set, Waker::noop())
        });
        assert!(
            said == Poll::Ready(None),
            "the only child is finished, then its waker was called, and `next` returned {said:?}. The set is empty, and a late wake does \
             not change that"
        );
        let next_one = Kept::default();
        set.push(next_one.child(2));
        let _ = poll(&mut set, Waker::noop());
        let _ = after_late_wake("another child waited by then", || {
            late.wake_by_ref();
            poll(&mut set, Waker::noop())
        });
        assert!(
            next_one.polls() == 1,
            "a child is finished. A second one was pushed, was polled, and waits. The waker of the first was called, `next` was polled, and \
             that polled the second one, which nobody has woken. A late wake names a child that is gone, and not one that came after it"
        );
        let said = after_late_wake("another child waited by then, and was woken, too", || {
            late.wake();
            next_one.waker().wake();
            next(&mut set)
        });
        assert!(
            said == Some("kept"),
            "a child is finished, and a second one waits. The waker of the first was called, and then that of the second, which is ready \
             now. `next` was awaited and gave {said:?}: the late wake must not take the place of the one that counts"
        );
    });
}

#[test]
fn dropping_the_set_drops_its_children() {
    check(|| {
        let Family { mut set, logs } = Family::held(&[2, 0, 2]);
        set.push(Scripted::held("new", 0, "new").0);
        let _ = poll(&mut set, Waker::noop());
        drop(set);
        // Each child keeps a waker, as a timer or a socket would.
        let left: Vec<_> = NAMES.iter().zip(&logs).filter(|(_, log)| !log.is_dropped()).collect();
        assert!(
            left.is_empty(),
            "the set was dropped, and `{}` is still there. Somebody has its waker, and a waker is to call, and not to keep what it calls",
            left[0].0
        );
        let kept = Kept::default();
        let mut set = Unordered::new();
        set.push(kept.child(9));
        let _ = poll(&mut set, Waker::noop());
        drop(set);
        // The set is gone: this may call the task, and no more.
        kept.waker().wake();
    });
}

#[test]
fn a_child_stays_where_it_is() {
    check(|| {
        let (mut set, mut got) = (Unordered::new(), 0);
        for pending in [3, 0, 2] {
            for name in NAMES {
                // Not `Unpin`. One that is moved after its first poll panics, and names itself.
                set.push(Rooted::new(name, Scripted::new(name, pending, name).0));
            }
            got += usize::from(
                poll(&mut set, Waker::noop()).map(|output| output.is_some()) == Poll::Ready(true),
            );
        }
        let rest = std::iter::from_fn(|| next(&mut set)).take(20).count();
        assert!(
            got + rest == 12,
            "12 children were pushed, between polls of `next`, and each wakes itself until it is ready. {} outputs came, and then `next` said \
             Pending, and its task was not woken any more",
            got + rest
        );
    });
}

#[test]
fn in_no_order_is_a_wake_lost() {
    explore(|| {
        let (sender, receiver) = oneshot::channel();
        let mut set = Unordered::new();
        set.push(receiver);
        thread::spawn(move || {
            note("`send` begins");
            let _ = sender.send(7);
            note("`send` is over");
        });
        let got = block_on(set.next());
        assert!(
            got == Some(Ok(7)),
            "7 was sent from another thread, and {got:?} came. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_a_wake_lost_behind_a_sibling() {
    explore(|| {
        let (first, second) = (oneshot::channel(), oneshot::channel());
        let mut set = Unordered::new();
        set.push(first.1);
        set.push(second.1);
        // Ready at once: the other thread wakes the second one while the set hands out the first
        // one, or before, or after.
        let _ = first.0.send(1);
        thread::spawn(move || {
            note("`send` begins");
            let _ = second.0.send(2);
            note("`send` is over");
        });
        let got = block_on(async { [set.next().await, set.next().await] });
        assert!(
            matches!(got, [Some(Ok(1)), Some(Ok(2))] | [Some(Ok(2)), Some(Ok(1))]),
            "1 was sent before, and 2 from another thread, and {got:?} came. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_a_wake_lost_while_a_sibling_finishes() {
    explore(|| {
        let (first, second) = (oneshot::channel(), oneshot::channel());
        let mut set = Unordered::new();
        set.push(first.1);
        set.push(second.1);
        // Both have left their wakers.
        let _ = poll(&mut set, Waker::noop());
        let _ = first.0.send(1);
        thread::spawn(move || {
            note("`send` begins");
            let _ = second.0.send(2);
            note("`send` is over");
        });
        let mut got = Vec::new();
        for _ in 0..2 {
            got.push(block_on(set.next()));
            note("an output has come");
        }
        assert!(
            matches!(got[..], [Some(Ok(1)), Some(Ok(2))] | [Some(Ok(2)), Some(Ok(1))]),
            "two children waited. 1 was sent to the first, and 2 from another thread to the second, and {got:?} came. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_a_wake_lost_in_the_middle_of_a_poll() {
    explore(|| {
        let (sender, mut receiver) = oneshot::channel();
        let mut set = Unordered::<Boxed>::new();
        // Wakes itself at its first poll, and so is polled again, perhaps while the other thread
        // wakes it.
        let mut first = true;
        set.push(Box::pin(poll_fn(move |cx| {
            if std::mem::take(&mut first) {
                cx.waker().wake_by_ref();
            }
            Pin::new(&mut receiver).poll(cx).map(|received| received.unwrap_or("nothing"))
        })));
        thread::spawn(move || {
            note("`send` begins");
            let _ = sender.send("sent");
            note("`send` is over");
        });
        let got = block_on(set.next());
        assert!(
            got == Some("sent"),
            "a message was sent from another thread, and {got:?} came. In that order: {}",
            noted()
        );
    });
}

#[test]
fn in_no_order_is_a_wake_lost_while_a_sibling_is_polled() {
    explore(|| {
        let (sender, receiver) = oneshot::channel();
        let mut set = Unordered::<Boxed>::new();
        // Is polled twice, and then waits for ever.
        let mut first = true;
        set.push(Box::pin(poll_fn(move |cx| {
            if std::mem::take(&mut first) {
                cx.waker().wake_by_ref();
            }
            Poll::Pending
        })));
        set.push(Box::pin(async { receiver.await.unwrap_or("nothing") }));
        let _ = poll(&mut set, Waker::noop());
        let sends = thread::spawn(move || {
            note("`send` begins");
            let _ = sender.send("sent");
            note("`send` is over");
        });
        let task = WakerProbe::new();
        note("`next` is polled");
        let mut said = poll(&mut set, &task.waker());
        note(if said.is_ready() { "it returns Ready" } else { "it returns Pending" });
        sends.join().unwrap();
        let wakes = task.wakes();
        if said.is_pending() {
            said = poll(&mut set, &task.waker());
        }
        assert!(
            said == Poll::Ready(Some("sent")),
            "a message was sent from another thread, and `next` returned {said:?}. In that order: {}",
            noted()
        );
        assert!(
            wakes > 0 || noted().contains("Ready"),
            "a child was woken by another thread while `next` polled its sibling, and `next` returned Pending. Nobody called the task, so \
             nobody comes back to poll that child. In that order: {}",
            noted()
        );
    });
}
