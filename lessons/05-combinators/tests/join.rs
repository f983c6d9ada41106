//! `join` and `join_all`: both sides get on at every poll, a finished side is left alone, and
//! values come in order.

use std::future::{pending, poll_fn, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use combinators::{join, join_all};
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Journal, Scripted, Verdict};

#[test]
fn nothing_is_polled_before_the_join_is() {
    let (left, left_log) = Scripted::new("left", 0, 1);
    let (right, right_log) = Scripted::new("right", 0, 2);
    let both = join(left, right);
    assert_eq!((left_log.polls(), right_log.polls()), (0, 0));
    drop(both);
    assert!(left_log.is_dropped() && right_log.is_dropped());
}

#[test]
fn both_sides_are_polled_each_time_until_they_are_ready() {
    for (left_pending, right_pending) in [(0, 3), (3, 0), (2, 2), (0, 0)] {
        let (left, left_log) = Scripted::new("left", left_pending, "l");
        let (right, right_log) = Scripted::new("right", right_pending, "r");
        let report = Bounded::new().run(join(left, right));
        assert_eq!(report.polls, u64::from(left_pending.max(right_pending)) + 1);
        assert_eq!(report.value, Some(("l", "r")));
        // A `Scripted` panics if it is polled after it was ready.
        assert_eq!((left_log.polls(), right_log.polls()), (left_pending + 1, right_pending + 1));
    }
}

#[test]
fn a_side_that_is_ready_is_dropped_at_once() {
    let (left, log) = Scripted::new("left", 0, 1);
    let mut both = pin!(join(left, pending::<()>()));
    assert!(both.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert!(log.is_dropped());
}

#[test]
fn a_value_that_nobody_fetched_is_dropped_with_the_join() {
    let value = std::rc::Rc::new(());
    let mut both = Box::pin(join(ready(std::rc::Rc::clone(&value)), pending::<()>()));
    assert!(both.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(std::rc::Rc::strong_count(&value), 2);
    drop(both);
    assert_eq!(std::rc::Rc::strong_count(&value), 1);
}

#[test]
#[should_panic(expected = "`Join` polled after completion")]
fn a_join_that_is_ready_must_not_be_polled() {
    let mut both = pin!(join(ready(1), ready(2)));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(both.as_mut().poll(&mut cx), Poll::Ready((1, 2)));
    let _ = both.as_mut().poll(&mut cx);
}

#[test]
fn waits_overlap_on_the_clock() {
    let clock = VirtualClock::new();
    let second = Duration::from_secs(1);
    let both = join(clock.sleep(3 * second), clock.sleep(5 * second));
    Bounded::new().when_idle(|| clock.advance_to_next()).run(both).expect_ready();
    assert_eq!(clock.now(), 5 * second);
}

#[test]
fn a_join_can_be_sent_if_its_sides_can() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&join(ready(1), ready("two")));
    is_send(&join_all([ready(1)]));
}

#[test]
fn join_all_gives_the_values_in_the_order_of_the_futures() {
    let all = [2, 0, 1].map(|pending| Scripted::new("child", pending, pending).0);
    let report = Bounded::new().run(join_all(all));
    assert_eq!((report.value, report.polls), (Some(vec![2, 0, 1]), 3));
}

#[test]
fn join_all_leaves_those_alone_that_are_ready() {
    let journal = Journal::new();
    let all = [("a", 0), ("b", 2)].map(|(name, n)| Scripted::noted(&journal, name, n, ()).0);
    Bounded::new().run(join_all(all)).expect_ready();
    let story = "poll a, ready a, drop a, poll b, poll b, poll b, ready b, drop b";
    assert_eq!(journal.to_string(), story);
}

#[test]
fn join_all_of_nothing_is_ready_with_nothing() {
    let report = Bounded::new().run(join_all(Vec::<std::future::Ready<()>>::new()));
    assert_eq!((report.value, report.polls), (Some(vec![]), 1));
}

#[test]
#[should_panic(expected = "`JoinAll` polled after completion")]
fn a_join_all_that_is_ready_must_not_be_polled() {
    let mut all = join_all([ready(1)]);
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(std::pin::Pin::new(&mut all).poll(&mut cx), Poll::Ready(vec![1]));
    let _ = std::pin::Pin::new(&mut all).poll(&mut cx);
}

#[test]
fn a_child_that_panics_takes_the_join_all_with_it_and_the_others_are_dropped() {
    let (other, log) = Scripted::new("other", 5, ());
    let children: [std::pin::Pin<Box<dyn Future<Output = ()>>>; 2] =
        [Box::pin(other), Box::pin(async { panic!("a child") })];
    let run = std::panic::AssertUnwindSafe(|| Bounded::new().run(join_all(children)).verdict);
    assert!(std::panic::catch_unwind(run).is_err());
    assert!(log.is_dropped());
}

#[test]
fn a_forgotten_wake_is_hidden_by_a_sibling_and_not_by_a_set() {
    let forgetful = || {
        let mut polls = 0;
        poll_fn(move |_| {
            polls += 1;
            if polls == 2 { Poll::Ready(()) } else { Poll::Pending }
        })
    };
    let (sibling, _) = Scripted::new("sibling", 1, ());
    let report = Bounded::new().run(join(forgetful(), sibling));
    assert_eq!(report.verdict, Verdict::Ready);

    let (sibling, _) = Scripted::new("sibling", 1, ());
    let report = Bounded::new().when_idle(|| false).run(async {
        let mut set = combinators::Unordered::<std::pin::Pin<Box<dyn Future<Output = ()>>>>::new();
        set.push(Box::pin(forgetful()));
        set.push(Box::pin(sibling));
        while set.next().await.is_some() {}
    });
    assert_ne!(report.verdict, Verdict::Ready);
}
