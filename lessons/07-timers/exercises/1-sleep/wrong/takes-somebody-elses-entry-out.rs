//! Wrong: keeps one key for all sleeps of the thread, and takes out what stands there.
//! Caught by: `a_dropped_sleep_leaves_the_driver`
//! Because: the key of the last one that registered is not one's own.
//! Says: a sleep takes out its own entry only

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    registered: bool,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, registered: false }
}

thread_local! {
    static KEY: Cell<Option<Key>> = const { Cell::new(None) };
}

impl Sleep {
    fn cancel(&mut self) {
        if self.registered
            && let Some(key) = KEY.take()
        {
            self.driver.cancel(key);
        }
        self.registered = false;
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Whatever comes next, the entry of the poll before has the wrong waker, or is of no use any more.
        self.cancel();
        if self.driver.now() >= self.deadline {
            return Poll::Ready(());
        }
        KEY.set(Some(self.driver.register(self.deadline, cx.waker().clone())));
        self.registered = true;
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
