//! Wrong: asks the system's clock instead of the driver's.
//! Caught by: `no_thread_and_no_other_clock`
//! Because: the driver does not know that clock. It calls at its own deadline, and the sleep may find that its time
//!   has not come.
//! Says: on another clock, your sleep and the driver would not agree

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    begin: Instant,
    duration: Duration,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    Sleep { driver: driver.clone(), begin: Instant::now(), duration, key: None }
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
        if self.begin.elapsed() >= self.duration {
            return Poll::Ready(());
        }
        self.key =
            Some(self.driver.register(self.driver.now() + self.duration, cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
