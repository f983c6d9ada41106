//! Wrong: takes the entry out when it is dropped before its deadline, and believes that the driver has done so after it.
//! Caught by: `a_dropped_sleep_leaves_the_driver`
//! Because: a driver that is late has not looked yet, and calls the waker of a task that has no sleep any more.
//! Says: That the time has come does not mean that the entry has been taken out

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    key: Option<Key>,
}

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
        self.cancel();
        if self.driver.now() >= self.deadline {
            return Poll::Ready(());
        }
        self.key = Some(self.driver.register(self.deadline, cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if self.driver.now() < self.deadline {
            self.cancel();
        }
    }
}
