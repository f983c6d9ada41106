//! Wrong: starts a thread that sleeps, and then calls the waker.
//! Caught by: `no_thread_and_no_other_clock`
//! Because: it works, for a few. A thread is a stack and an entry in the system's scheduler, and each of them
//!   does nothing but wait.
//! Says: A sleep needs no thread: ten thousand that sleep would be ten thousand threads

use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
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

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let now = self.driver.now();
        if now >= self.deadline {
            return Poll::Ready(());
        }
        let (left, waker) = (self.deadline - now, cx.waker().clone());
        thread::spawn(move || {
            thread::sleep(left);
            waker.wake();
        });
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
