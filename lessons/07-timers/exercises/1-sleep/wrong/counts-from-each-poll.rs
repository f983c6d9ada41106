//! Wrong: computes the deadline anew in each poll.
//! Caught by: `polls_do_not_move_the_deadline`
//! Because: "in two seconds" said at every poll never comes.
//! Says: its entries in the driver are then: 1. At 2s it was woken 0 times, and its poll returned Pending

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    duration: Duration,
    done: Option<Duration>,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let done = duration.is_zero().then_some(Duration::ZERO);
    Sleep { driver: driver.clone(), duration, done, key: None }
}

impl Sleep {
    fn cancel(&mut self) {
        if let Some(key) = self.key.take() {
            self.driver.cancel(key);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Whatever comes next, the entry of the poll before has the wrong waker, or is of no use any more.
        self.cancel();
        let now = self.driver.now();
        if self.done.is_some_and(|done| now >= done) {
            return Poll::Ready(());
        }
        let deadline = now.saturating_add(self.duration);
        self.done = Some(deadline);
        self.key = Some(self.driver.register(deadline, cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
