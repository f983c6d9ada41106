//! Wrong: leaves its entry alone while the same task polls, and adds another one for another task.
//! Caught by: `polling_again_keeps_one_entry`
//! Because: the entry of the task before is of no use any more, and nobody knows its key.
//! Says: one sleep was polled 3 times (twice by one task, once by another, and so on), and has 2 entries

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<(Key, Waker)>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, key: None }
}

impl Sleep {
    fn cancel(&mut self) {
        if let Some((key, _)) = self.key.take() {
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
        if self.key.as_ref().is_none_or(|(_, waker)| !waker.will_wake(cx.waker())) {
            let waker = cx.waker().clone();
            self.key = Some((self.driver.register(self.deadline, waker.clone()), waker));
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
