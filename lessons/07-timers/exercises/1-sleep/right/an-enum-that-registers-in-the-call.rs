//! Right: sets the timer in the call, with a waker that does nothing, and is replaced by a second
//!   state when it is over.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Sleep {
    Set { driver: Driver, deadline: Duration, key: Key },
    Over,
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    let key = driver.register(deadline, Waker::noop().clone());
    Sleep::Set { driver: driver.clone(), deadline, key }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Sleep::Set { driver, deadline, key } = &mut *self else { return Poll::Ready(()) };
        driver.cancel(*key);
        if driver.now() < *deadline {
            *key = driver.register(*deadline, cx.waker().clone());
            return Poll::Pending;
        }
        drop(mem::replace(&mut *self, Sleep::Over));
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Sleep::Set { driver, key, .. } = self {
            driver.cancel(*key);
        }
    }
}
