//! A future is split into a task and a handle: however the task ends, whoever awaits the handle
//! learns of it, and in time.

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
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use answer::{JoinError, split};
use shared::probe::{Journal, Pollers, Scripted, WakerProbe, times, watchdog};

use setup::*;

#[test]
fn the_result_arrives_at_one_who_waits() {
    check(|| {
        let (future, log) = Scripted::new("work", 2, 17);
        let (task, handle) = split(future);
        let (mut task, mut handle, awaiter) = (pin!(task), pin!(handle), WakerProbe::new());
        for nth in [1, 2] {
            let polled = poll_handle(&mut handle, &awaiter);
            assert!(
                polled.is_pending(),
                "the future is pending, and the handle returned {}",
                said(&polled)
            );
            let polled = poll_task(&mut task);
            assert!(
                polled.is_pending(),
                "poll {nth} of the future returned Pending, and the task returned {polled:?}"
            );
        }
        assert!(
            log.polls() == 2,
            "the task was polled twice, and the handle twice, and the future was polled {}: only the task polls it, and \
             the handle waits",
            times(log.polls().into())
        );
        assert!(
            awaiter.wakes() == 0,
            "the future is pending, and whoever awaits the handle was woken {}: it is polled for nothing",
            times(awaiter.wakes())
        );
        let polled = poll_task(&mut task);
        assert!(
            polled.is_ready(),
            "the future returned Ready, and the task returned Pending: it stays in the executor for ever"
        );
        assert!(
            awaiter.wakes() > 0,
            "the future returned Ready with 17, the handle's last poll returned Pending, and nobody called the waker: whoever awaits \
             the handle waits for ever"
        );
        let polled = poll_handle(&mut handle, &awaiter);
        assert!(
            matches!(polled, Poll::Ready(Ok(17))),
            "the future returned Ready with 17, and the handle returned {}",
            said(&polled)
        );
    });
}

#[test]
fn the_future_can_wake_the_task() {
    check(|| {
        let (future, log) = Scripted::held("work", 1, ());
        let (task, _handle) = split(future);
        let (mut task, executor) = (pin!(task), WakerProbe::new());
        let _ = poll_task_with(&mut task, &executor.waker());
        log.wake();
        assert!(
            executor.wakes() == 1,
            "the future called the waker of its context once, and the task's waker was called {}: the future is polled with the same \
             `cx` as the task",
            times(executor.wakes())
        );
    });
}

#[test]
fn a_result_that_came_first_is_there() {
    check(|| {
        let (task, handle) = split(async { 17 });
        {
            let mut task = pin!(task);
            let _ = poll_task(&mut task);
        }
        let polled = poll_handle(&mut pin!(handle), &WakerProbe::new());
        assert!(
            matches!(polled, Poll::Ready(Ok(17))),
            "the task ended with 17, the executor dropped it, and then the handle was polled for the first time. It returned {}",
            said(&polled)
        );
    });
}

#[test]
fn the_last_waker_wins() {
    check(|| {
        for pollers in Pollers::orders() {
            let (task, handle) = split(Scripted::new("work", 0, 17).0);
            let (mut task, mut handle) = (pin!(task), pin!(handle));
            pollers.poll(|cx| handle.as_mut().poll(cx));
            let _ = poll_task(&mut task);
            pollers.expect_last_woken("the task ended with a value");
        }
        for pollers in Pollers::orders() {
            let (task, handle) = split(poll_fn(|_| throw::<()>(Loss(3))));
            let (mut task, mut handle) = (pin!(task), pin!(handle));
            pollers.poll(|cx| handle.as_mut().poll(cx));
            let _ = poll_task(&mut task);
            pollers.expect_last_woken("the future panicked");
        }
        for pollers in Pollers::orders() {
            let (task, handle) = split(pending::<()>());
            let mut handle = pin!(handle);
            pollers.poll(|cx| handle.as_mut().poll(cx));
            drop(task);
            pollers.expect_last_woken("the task was dropped");
        }
        for pollers in Pollers::orders() {
            let (_task, handle) = split(pending::<()>());
            let mut handle = Box::pin(handle);
            pollers.poll(|cx| handle.as_mut().poll(cx));
            drop(handle);
            assert!(
                pollers.alive() == 0,
                "the handle was {pollers}, and then it was dropped. Wakers that are still kept: {}. Each of them may keep a whole task in memory",
                pollers.alive()
            );
        }
    });
}

#[test]
fn a_waker_that_comes_during_a_poll_wins_too() {
    check_within("is being polled", || {
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        let (slot, late, mut polls) = (Slot::default(), last.waker(), 0);
        let own = Rc::clone(&slot);
        let (task, handle) = split(poll_fn(move |_| {
            polls += 1;
            if polls == 2 {
                return Poll::Ready(());
            }
            if let Some(mut handle) = own.take() {
                let _ = poll_with(&mut handle.as_mut(), &late);
                own.set(Some(handle));
            }
            Poll::Pending
        }));
        let (mut task, mut handle) = (pin!(task), Box::pin(handle));
        let _ = poll_handle(&mut handle.as_mut(), &first);
        slot.set(Some(handle));
        let _ = poll_task(&mut task);
        let _ = poll_task(&mut task);
        assert!(
            last.wakes() > 0,
            "two awaiters polled the handle: the first before a poll of the task, and the second during that poll. The task ended in \
             its next poll. Wakes of the first: {}, of the second: 0. The second polled last, and waits for ever",
            first.wakes()
        );
    });
}

#[test]
fn a_panic_stays_within_the_task() {
    check(|| {
        let (task, _handle) = split(poll_fn(|_| throw::<()>(Loss(3))));
        let polled = poll_task(&mut pin!(task));
        assert!(
            polled.is_ready(),
            "the future panicked, and the task returned Pending: whoever polls a future after its panic gets one more panic"
        );
    });
}

#[test]
fn a_panic_reaches_the_awaiter() {
    check(|| {
        let (task, handle) = split(poll_fn(|_| throw::<u32>(Loss(3))));
        let (mut task, mut handle, awaiter) = (pin!(task), pin!(handle), WakerProbe::new());
        let _ = poll_handle(&mut handle, &awaiter);
        let _ = poll_task(&mut task);
        let wakes = awaiter.wakes();
        let polled = poll_handle(&mut handle, &awaiter);
        assert!(
            wakes > 0,
            "the future panicked, the handle waits, and nobody called its waker: whoever awaits it waits for ever"
        );
        assert!(
            polled.is_ready(),
            "the future panicked, and the handle still returns Pending: it waits for a value that can never come"
        );
        let Poll::Ready(Err(JoinError::Panicked(payload))) = polled else {
            panic!("the future panicked, and the handle returned {}", said(&polled));
        };
        assert!(
            payload.downcast_ref::<Loss>() == Some(&Loss(3)),
            "the future panicked with a value of its own type, and the awaiter got something else: {}. It cannot find out what \
             happened, or let the panic go on",
            words(&*payload)
        );
    });
}

#[test]
fn a_panic_that_came_first_is_there() {
    check(|| {
        let (task, handle) = split(poll_fn(|_| throw::<u32>(Loss(3))));
        {
            let mut task = pin!(task);
            let _ = poll_task(&mut task);
        }
        let polled = poll_handle(&mut pin!(handle), &WakerProbe::new());
        assert!(
            matches!(polled, Poll::Ready(Err(JoinError::Panicked(_)))),
            "the future panicked, the executor dropped the task, and then the handle was polled for the first time. It returned {}",
            said(&polled)
        );
    });
}

#[test]
fn a_waker_that_comes_during_the_drop_wins_too() {
    check_within("ends and drops it", || {
        for (end, how) in ENDS {
            let (first, last) = (WakerProbe::new(), WakerProbe::new());
            let looks = Looks::with(last.waker());
            let slot = Rc::clone(&looks.handle);
            let (task, handle) = split(poll_fn(move |_| {
                let _ = &looks;
                match end {
                    End::Value => Poll::Ready(()),
                    End::Panic => throw(Loss(3)),
                    End::Drop => Poll::Pending,
                }
            }));
            let (mut task, mut handle) = (Box::pin(task), Box::pin(handle));
            let _ = poll_handle(&mut handle.as_mut(), &first);
            slot.set(Some(handle));
            let _ = poll_task(&mut task.as_mut());
            if matches!(end, End::Drop) {
                drop(task);
            }
            assert!(
                last.wakes() > 0,
                "{how}, and the future was dropped. Within this drop, a second awaiter polled the handle, and got Pending. Wakes of the \
                 first awaiter: {}, of the second: 0. The second polled last, and waits for ever",
                first.wakes()
            );
        }
    });
}

#[test]
fn a_dropped_task_ends_the_wait() {
    check(|| {
        for polls in [0, 1] {
            let (task, handle) = split(pending::<u32>());
            let (mut task, mut handle, awaiter) = (Box::pin(task), pin!(handle), WakerProbe::new());
            for _ in 0..polls {
                let _ = poll_task(&mut task.as_mut());
            }
            let _ = poll_handle(&mut handle, &awaiter);
            drop(task);
            let wakes = awaiter.wakes();
            let polled = poll_handle(&mut handle, &awaiter);
            assert!(
                matches!(polled, Poll::Ready(Err(JoinError::Cancelled))),
                "the task was polled {} and dropped before its end, and the handle returned {}: nothing will ever come",
                times(polls),
                said(&polled)
            );
            assert!(
                wakes > 0,
                "the task was dropped, and the handle is ready to say so, but nobody called its waker: who should ask it?"
            );
        }
    });
}

#[test]
fn a_cancellation_that_came_first_is_there() {
    check(|| {
        let (task, handle) = split(pending::<u32>());
        drop(task);
        let polled = poll_handle(&mut pin!(handle), &WakerProbe::new());
        assert!(
            matches!(polled, Poll::Ready(Err(JoinError::Cancelled))),
            "the task was dropped before its end, and then the handle was polled for the first time. It returned {}",
            said(&polled)
        );
    });
}

#[test]
fn the_future_is_gone_before_the_awaiter_is_woken() {
    check(|| {
        for (end, how) in ENDS {
            let journal = Journal::new();
            let (task, handle) = split(owner(&journal, end, "the future is dropped"));
            let (mut task, mut handle) = (Box::pin(task), pin!(handle));
            let _ = poll_with(&mut handle, &Arc::new(NotesWake(journal.clone())).into());
            let _ = poll_task(&mut task.as_mut());
            if matches!(end, End::Drop) {
                drop(task);
            }
            let happened = journal.to_string();
            assert!(
                happened.contains("the future is dropped"),
                "{how}, and the future was not dropped then: what it owns stays with the task. What happened: {happened}"
            );
            assert!(
                happened == "the future is dropped, the awaiter is woken",
                "{how}. What happened then: {happened}. The awaiter goes on as soon as it is woken, and relies on what the \
                 future owned being free. Expected: the future is dropped, the awaiter is woken"
            );
        }
    });
}

#[test]
fn the_future_is_gone_before_the_handle_is_ready() {
    check_within("ends and drops it", || {
        for (end, how) in ENDS {
            let looks = Looks::with(Waker::noop().clone());
            let (slot, seen) = (Rc::clone(&looks.handle), Rc::clone(&looks.seen));
            let (task, handle) = split(poll_fn(move |_| {
                let _ = &looks;
                match end {
                    End::Value => Poll::Ready(()),
                    End::Panic => throw(Loss(3)),
                    End::Drop => Poll::Pending,
                }
            }));
            slot.set(Some(Box::pin(handle)));
            let mut task = Box::pin(task);
            let _ = poll_task(&mut task.as_mut());
            if matches!(end, End::Drop) {
                drop(task);
            }
            assert!(
                seen.get().is_some(),
                "{how}, and the future was not dropped then: what it owns stays with the task"
            );
            assert!(
                seen.get() == Some(false),
                "{how}. The future looked at the handle from within its own drop, and the handle was ready already. Whoever awaits \
                 it may go on before what the future owns is free"
            );
        }
    });
}

#[test]
fn dropping_the_handle_detaches_the_task() {
    check(|| {
        let (future, log) = Scripted::new("work", 2, 17);
        let (task, handle) = split(future);
        let mut task = pin!(task);
        let _ = poll_task(&mut task);
        drop(handle);
        assert!(
            !log.is_dropped(),
            "the handle was dropped, and the future with it: the task was to run on. That nobody waits for a result is no reason not \
             to do the work"
        );
        let polled = (poll_task(&mut task), poll_task(&mut task));
        assert!(
            log.polls() == 3 && log.is_ready(),
            "the handle was dropped after the first poll. The task was polled twice more, and the future {}: dropping a handle \
             detaches the task, which runs on to its end",
            times(u64::from(log.polls()) - 1)
        );
        assert!(
            polled.1.is_ready(),
            "a task without a handle returned Pending although its future is ready"
        );
    });
}

#[test]
fn a_result_that_nobody_wants_is_dropped() {
    check(|| {
        for when in ["before the task ended", "after the task ended"] {
            let journal = Journal::new();
            let (task, handle) = split(owner(&journal, End::Value, "the future is dropped"));
            let (mut task, mut handle) = (pin!(task), Some(handle));
            if when.starts_with("before") {
                handle.take();
            }
            let _ = poll_task(&mut task);
            drop(handle);
            let drops = journal.count("the value is dropped");
            assert!(
                drops == 1,
                "the handle was dropped {when}, and the value that nobody can take any more was dropped {}: it has to go at once",
                times(drops as u64)
            );
        }
    });
}

#[test]
fn a_result_whose_handle_goes_with_the_future_is_dropped() {
    check_within("ends and drops it", || {
        let journal = Journal::new();
        let place = Rc::new(Cell::new(None::<Box<dyn std::any::Any>>));
        let (own, value) = (Rc::clone(&place), journal.clone());
        let (task, handle) = split(poll_fn(move |_| {
            let _ = &own;
            Poll::Ready(NotesDrop(value.clone(), "the value is dropped"))
        }));
        place.set(Some(Box::new(handle)));
        // From here on the future is the only owner of its handle.
        drop(place);
        let mut task = pin!(task);
        let _ = poll_task(&mut task);
        let drops = journal.count("the value is dropped");
        assert!(
            drops == 1,
            "a future that owns its own handle was ready, and the handle was dropped with it. Nobody can take the value any more, and \
             while the task was still there it was dropped {}: it has to go at once",
            times(drops as u64)
        );
    });
}

#[test]
fn a_waker_may_use_the_handle() {
    let what = "the awaiter's waker polls and drops the handle when it is called, and this call";
    watchdog(Duration::from_secs(5), what, || {
        let (task, handle) = split(Scripted::new("work", 0, 17).0);
        let (mut task, mut handle, seen) = (pin!(task), Box::pin(handle), Rc::new(Cell::new(None)));
        let _ = poll_with(&mut handle.as_mut(), &Arc::new(ActsWhenCalled).into());
        let told = Rc::clone(&seen);
        prepare(move || {
            let polled = poll_with(&mut handle.as_mut(), Waker::noop());
            told.set(Some(said(&polled)));
            drop(handle);
        });
        let _ = poll_task(&mut task);
        let seen = seen.take();
        assert!(
            seen.as_deref() == Some("Ready(Ok(17))"),
            "the task ended with 17 and called the awaiter's waker, which polls the handle at once. The handle returned {}",
            seen.as_deref().unwrap_or("nothing: the waker was not called")
        );
    });
}

#[test]
fn a_waker_may_be_the_last_to_own_the_task() {
    let what = "an awaiter's waker was the last to own the task. It was dropped, the task with it, and this";
    watchdog(Duration::from_secs(5), what, || {
        for is_kept in [true, false] {
            let (task, handle) = split(Scripted::new("work", 9, 17).0);
            let (mut handle, other) = (Box::pin(handle), WakerProbe::new());
            let _ = poll_with(&mut handle.as_mut(), &Arc::new(ActsWhenDropped).into());
            prepare(move || drop(task));
            if is_kept {
                let polled = poll_handle(&mut handle.as_mut(), &other);
                assert!(
                    polled.is_ready() || other.wakes() > 0,
                    "the handle was polled by a second awaiter. The waker of the first was the last to own the task, which was dropped \
                     with it. The handle returned Pending, and the second waker was not called: the second awaiter waits for ever"
                );
                // Otherwise the task is in a place that outlives the scenario.
                do_it();
                continue;
            }
            drop(handle);
            assert!(
                DEED.take().is_none(),
                "the handle was dropped, and the waker that it was polled with is still there: the awaiter stays in memory for as long \
                 as the task runs"
            );
        }
    });
}

#[test]
fn a_panic_that_nobody_waits_for_stays_within_the_task() {
    check(|| {
        let (task, handle) = split(poll_fn(|_| throw::<()>(Loss(3))));
        drop(handle);
        let polled = poll_task(&mut pin!(task));
        assert!(
            polled.is_ready(),
            "the handle is gone, the future panicked, and the task returned Pending"
        );
    });
}

#[test]
fn a_future_may_hold_its_own_handle() {
    check_within("is polled", || {
        let slot = Slot::default();
        let own = Rc::clone(&slot);
        let (task, handle) = split(poll_fn(move |cx| {
            let mut handle = own.take().expect("it is put there before the first poll");
            let polled = handle.as_mut().poll(cx);
            own.set(Some(handle));
            assert!(polled.is_pending(), "the future is being polled, and its own handle is ready");
            Poll::Ready(())
        }));
        slot.set(Some(Box::pin(handle)));
        // From here on the future is the only owner of its handle: both are dropped at the end of
        // the task.
        drop(slot);
        let polled = poll_task(&mut pin!(task));
        assert!(polled.is_ready(), "the future is ready, and the task returned {polled:?}");
    });
}
