//! Wrong: adds in seconds with a fraction, which has 53 bits, and a nanosecond after thirty years needs sixty.
//! Caught by: `it_is_not_early`
//! Because: the deadline is rounded, and may be early by it.
//! Says: is never early, not by a nanosecond

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
    let seconds = driver.now().as_secs_f64() + duration.as_secs_f64();
    let deadline = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
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
        self.cancel();
    }
}
