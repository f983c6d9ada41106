//! Control goes back to the caller where a leaf says `Pending`, and nowhere else.

use std::future::ready;

use futures_by_hand::{countdown, map, poll_until_ready, then, yield_now};
use shared::probe::{Bounded, Verdict};

#[test]
fn awaiting_a_ready_future_does_not_give_up_control() {
    let hundred_awaits = async {
        for _ in 0..100 {
            ready(()).await;
        }
    };
    assert_eq!(poll_until_ready(hundred_awaits), ((), 1));
}

#[test]
fn every_pending_of_a_leaf_costs_one_poll_of_the_root() {
    let three_yields = async {
        for _ in 0..3 {
            yield_now().await;
        }
    };
    assert_eq!(poll_until_ready(three_yields), ((), 4));
    assert_eq!(poll_until_ready(countdown(0)), (0, 1));
    assert_eq!(poll_until_ready(countdown(3)), (3, 4));
}

#[test]
fn nothing_is_lost_at_the_seam_of_two_futures() {
    for (first, second) in [(0, 0), (0, 2), (2, 0), (2, 3)] {
        let both = then(countdown(first), |a| map(countdown(second), move |b| (a, b)));
        let polls = u64::from(first + second) + 1;
        assert_eq!(poll_until_ready(both), ((first, second), polls));
    }
}

#[test]
fn a_runner_that_polls_only_on_a_wake_gets_through() {
    let report = Bounded::new().run(async {
        yield_now().await;
        countdown(2).await
    });
    assert_eq!((report.verdict, report.polls, report.wakes), (Verdict::Ready, 4, 3));
}
