//! A timer served by a helper thread.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use crate::oneshot::{self, Receiver};

/// Stands for "for ever" where the clock cannot count as far as was asked: 30 years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Returns a future that is ready once `duration` has passed since this call, never earlier.
///
/// The deadline is fixed by this call. The helper thread that keeps it is started by the first poll
/// that comes before the deadline; a sleep that nobody polls costs nothing.
///
/// Each sleep costs a thread of its own. A timer that keeps many deadlines on one thread is the
/// subject of a later lesson.
///
/// *Cancellation:* dropping the future wakes nobody; its helper thread sleeps on until the
/// deadline, and ends.
///
/// ```
/// use std::time::{Duration, Instant};
/// use wakers::{block_on, sleep};
///
/// let start = Instant::now();
/// block_on(sleep(Duration::from_millis(5)));
/// assert!(start.elapsed() >= Duration::from_millis(5));
/// ```
// ANCHOR: sleep
pub fn sleep(duration: Duration) -> Sleep {
    let now = Instant::now();
    let deadline = now.checked_add(duration).unwrap_or_else(|| now + FAR);
    Sleep { deadline, helper: None }
}

/// The future of [`sleep`]. Once it is ready, it stays ready.
///
/// # Panics
///
/// The first poll panics if the system cannot start one more thread.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    deadline: Instant,
    /// What the helper thread says when the deadline has come. No helper before the first poll.
    helper: Option<Receiver<()>>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = self.deadline;
        if Instant::now() >= deadline {
            // The helper may be late, and still have a waker.
            self.helper = None;
            return Poll::Ready(());
        }
        let helper = self.helper.get_or_insert_with(|| start_helper(deadline));
        // The channel keeps the newest waker, and looks and registers in one step. It closes only
        // after it has said its word.
        Pin::new(helper).poll(cx).map(|_| ())
    }
}

fn start_helper(deadline: Instant) -> Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    let wait = move || {
        thread::sleep(deadline.saturating_duration_since(Instant::now()));
        // Nobody listens any more if the `Sleep` was dropped.
        let _ = sender.send(());
    };
    let started = thread::Builder::new().name("sleep".into()).spawn(wait);
    started.expect("the system can start one more thread");
    receiver
}
// ANCHOR_END: sleep

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn the_helper_starts_with_the_first_poll_and_not_before() {
        let mut sleep = sleep(HOUR);
        assert!(sleep.helper.is_none());
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(sleep.helper.is_some());
    }

    #[test]
    fn a_deadline_that_has_passed_needs_no_helper() {
        let mut sleep = sleep(Duration::ZERO);
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_ready());
        assert!(sleep.helper.is_none());
    }

    #[test]
    fn polls_do_not_move_the_deadline() {
        let mut sleep = sleep(HOUR);
        let deadline = sleep.deadline;
        for _ in 0..3 {
            assert!(
                Pin::new(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_pending()
            );
        }
        assert_eq!(sleep.deadline, deadline);
    }

    #[test]
    fn one_that_the_clock_has_made_ready_keeps_no_waker() {
        let probe = shared::probe::WakerProbe::new();
        let mut sleep = sleep(HOUR);
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(&probe.waker())).is_pending());
        // The clock was faster than the helper.
        sleep.deadline = Instant::now();
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(&probe.waker())).is_ready());
        assert_eq!(probe.alive(), 0, "the helper keeps the waker of a sleep that is over");
    }

    #[test]
    fn a_duration_beyond_the_clock_is_for_ever() {
        let mut sleep = sleep(Duration::MAX);
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
}
