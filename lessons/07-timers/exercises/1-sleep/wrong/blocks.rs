//! Wrong: waits in `poll` until the clock has moved far enough.
//! Caught by: `a_sleep_ends`
//! Because: whoever waits in `poll` keeps the thread. No other task runs, and the driver does not either.
//! Says: It waits for the clock to move, and holds the only thread

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

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<()> {
        self.cancel();
        while self.driver.now() < self.deadline {
            std::hint::spin_loop();
        }
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
