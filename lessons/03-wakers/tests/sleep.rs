//! A sleep is never early, and calls back the task that polled last.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use shared::probe::WakerProbe;
use wakers::{Sleep, block_on, sleep};

const SHORT: Duration = Duration::from_millis(2);

#[test]
fn it_is_never_early() {
    for _ in 0..10 {
        let start = Instant::now();
        block_on(sleep(SHORT));
        assert!(start.elapsed() >= SHORT);
    }
}

#[test]
fn the_deadline_is_fixed_by_the_call() {
    let start = Instant::now();
    let (first, second) = (sleep(SHORT), sleep(2 * SHORT));
    block_on(async {
        // Both run since the call, so the second has not to wait for the first.
        second.await;
        assert!(start.elapsed() >= 2 * SHORT);
        let mut first = first;
        assert!(Pin::new(&mut first).poll(&mut Context::from_waker(Waker::noop())).is_ready());
    });
}

/// A sleep that another task has polled before.
struct Handed {
    sleep: Sleep,
    before: WakerProbe,
    polls: u32,
}

impl Future for Handed {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        if self.polls == 1 {
            let other = self.before.waker();
            let _ = Pin::new(&mut self.sleep).poll(&mut Context::from_waker(&other));
        }
        let polls = self.polls;
        Pin::new(&mut self.sleep).poll(cx).map(|()| polls)
    }
}

#[test]
fn the_task_that_polled_last_is_called() {
    let before = WakerProbe::new();
    let polls = block_on(Handed { sleep: sleep(SHORT), before: before.clone(), polls: 0 });
    // One, on a machine so busy that the deadline passed before the first poll.
    assert!(polls <= 2, "{polls} polls");
    assert_eq!(before.alive(), 0, "the first task's waker is gone");
}

#[test]
fn zero_is_ready_at_once() {
    let mut sleep = sleep(Duration::ZERO);
    assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_ready());
}

#[test]
fn a_dropped_sleep_wakes_nobody() {
    let probe = WakerProbe::new();
    let mut sleep = sleep(Duration::from_secs(3600));
    assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(&probe.waker())).is_pending());
    drop(sleep);
    assert_eq!((probe.alive(), probe.wakes()), (0, 0));
}
