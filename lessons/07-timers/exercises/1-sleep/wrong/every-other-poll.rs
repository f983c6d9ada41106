//! Wrong: takes the old entry out at a poll, and forgets to put a new one in.
//! Caught by: `polls_do_not_move_the_deadline`
//! Because: after every second poll, the driver knows nothing of the sleep.
//! Says: its entries in the driver are then: 0. At 2s it was woken 0 times

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, key: None }
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
        if self.driver.now() >= self.deadline {
            self.cancel();
            return Poll::Ready(());
        }
        match self.key.take() {
            Some(old) => drop(self.driver.cancel(old)),
            None => self.key = Some(self.driver.register(self.deadline, cx.waker().clone())),
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
