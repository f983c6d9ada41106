//! Wrong: keeps the waker with which it registered first, and registers anew if another one polls.
//! Caught by: `the_last_waker_wins`
//! Because: the waker to compare with is never renewed. A task that polls again after another one
//!   looks like nothing new.
//! Says: A polled last and waits, and its waker was not called (B's was)

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    /// The entry, and the waker for which it was made.
    entry: Option<(Key, Waker)>,
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, entry: None }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if this.driver.now() >= this.deadline {
            if let Some((key, _)) = this.entry.take() {
                this.driver.cancel(key);
            }
            return Poll::Ready(());
        }
        match &mut this.entry {
            Some((_, waker)) if waker.will_wake(cx.waker()) => {}
            Some((key, _)) => {
                this.driver.cancel(*key);
                *key = this.driver.register(this.deadline, cx.waker().clone());
            }
            None => {
                let key = this.driver.register(this.deadline, cx.waker().clone());
                this.entry = Some((key, cx.waker().clone()));
            }
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some((key, _)) = self.entry.take() {
            self.driver.cancel(key);
        }
    }
}
