//! Wrong: computes the deadline in the first poll.
//! Caught by: `the_call_fixes_the_deadline`
//! Because: the time between the call and the first poll is not counted. In a row of sleeps that were made together, each begins
//!   when the one before has ended.
//! Says: the time runs from the call

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    duration: Duration,
    deadline: Option<Duration>,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    Sleep { driver: driver.clone(), duration, deadline: None, key: None }
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
        let (now, duration) = (self.driver.now(), self.duration);
        let deadline = *self.deadline.get_or_insert(now.saturating_add(duration));
        if now >= deadline {
            return Poll::Ready(());
        }
        self.key = Some(self.driver.register(deadline, cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
