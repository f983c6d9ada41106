//! The bounded runner says how a run ended, in words that point at the mistake.

use std::future::{pending, poll_fn, ready};
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Scripted, Verdict};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_ready_future_is_polled_once() {
    let report = Bounded::new().run(ready(7));
    assert_eq!((report.value, report.polls), (Some(7), 1));
}

#[test]
fn a_forgotten_waker_is_diagnosed() {
    let report = Bounded::new().run(pending::<()>());
    assert_eq!(report.verdict, Verdict::Unreachable);
    assert_eq!(
        report.to_string(),
        "polled once, returned Pending, cloned the waker 0 times: nobody can ever wake this task"
    );
}

#[test]
fn a_clone_that_is_dropped_unused_is_diagnosed() {
    let report = Bounded::new().run(poll_fn(|cx| {
        drop(cx.waker().clone());
        Poll::<()>::Pending
    }));
    assert_eq!(report.verdict, Verdict::Unreachable);
    assert!(report.to_string().contains("cloned the waker once and dropped the clone"), "{report}");
}

#[test]
fn a_future_that_only_wakes_itself_spins() {
    let report = Bounded::new().polls(100).run(poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    }));
    assert_eq!(report.verdict, Verdict::Spins);
    assert_eq!(
        report.to_string(),
        "polled 100 times without ever being woken by anything but itself: it spins"
    );
}

#[test]
fn the_longest_wait_there_is_ends_with_the_wake() {
    let (give, take) = mpsc::channel::<Waker>();
    let waker_elsewhere = thread::spawn(move || take.recv().map(Waker::wake));
    let mut polls = 0;
    let report = Bounded::new().wait(Duration::MAX).run(poll_fn(|cx| {
        polls += 1;
        if polls > 1 {
            return Poll::Ready(());
        }
        give.send(cx.waker().clone()).expect("the other thread listens");
        Poll::Pending
    }));
    assert_eq!((report.verdict, report.polls), (Verdict::Ready, 2));
    waker_elsewhere.join().expect("it does not panic").expect("a waker was given");
}

#[test]
fn a_keeper_that_does_not_call_is_diagnosed_without_waiting() {
    let mut kept: Option<Waker> = None;
    let report = Bounded::new().wait(HOUR).when_idle(|| false).run(poll_fn(|cx| {
        kept = Some(cx.waker().clone());
        Poll::<()>::Pending
    }));
    assert_eq!(report.verdict, Verdict::NeverWoken);
    assert!(report.to_string().contains("1 clone of its waker exist"), "{report}");
}

#[test]
fn a_wake_from_another_thread_is_awaited() {
    let (to_thread, wakers) = mpsc::channel::<Waker>();
    let helper = thread::spawn(move || wakers.iter().for_each(Waker::wake));
    let mut polls = 0;
    let report = Bounded::new().wait(HOUR).run(poll_fn(move |cx| {
        polls += 1;
        if polls == 3 {
            return Poll::Ready(polls);
        }
        to_thread.send(cx.waker().clone()).expect("the helper listens");
        Poll::Pending
    }));
    assert_eq!(report.expect_ready(), 3);
    helper.join().expect("the helper does not panic");
}

#[test]
fn a_keeper_that_goes_away_ends_the_wait() {
    let report = Bounded::new().wait(HOUR).run(poll_fn(|cx| {
        let waker = cx.waker().clone();
        thread::spawn(move || drop(waker));
        Poll::<()>::Pending
    }));
    assert_eq!(report.verdict, Verdict::Unreachable);
}

#[test]
fn idle_work_moves_the_world() {
    let clock = VirtualClock::new();
    let two_sleeps = async {
        clock.sleep(HOUR).await;
        clock.sleep(HOUR).await;
    };
    let report = Bounded::new().when_idle(|| clock.advance_to_next()).run(two_sleeps);
    assert_eq!((report.verdict, report.polls), (Verdict::Ready, 3));
    assert_eq!(clock.now(), 2 * HOUR);
}

#[test]
fn wakes_from_outside_are_not_spinning() {
    let (mut future, log) = Scripted::held("slow", 1_000, ());
    let report = Bounded::new().polls(10).when_idle(|| log.wake()).run(&mut future);
    assert_eq!(report.verdict, Verdict::TooManyPolls);
}

#[test]
#[should_panic(expected = "nobody can ever wake this task")]
fn expecting_a_value_panics_with_the_words() {
    Bounded::new().run(pending::<()>()).expect_ready();
}

#[test]
fn a_wake_in_the_last_step_of_the_world_counts() {
    let (future, log) = Scripted::held("a", 1, 7);
    let mut steps = 0;
    let world = || {
        steps += 1;
        if steps == 2 {
            log.wake();
        }
        true
    };
    assert_eq!(Bounded::new().polls(2).when_idle(world).run(future).expect_ready(), 7);
}

#[test]
fn who_was_never_woken_does_not_spin() {
    let (future, _) = Scripted::held("a", 1, 7);
    let report = Bounded::new().polls(1).run(future);
    assert_eq!(report.to_string(), "polled once and woken 0 times, and still Pending");
}
