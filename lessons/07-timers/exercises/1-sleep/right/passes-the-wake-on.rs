//! Right: registers once, with a waker of its own that passes the wake on to whoever polled last.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Whoever polled last.
#[derive(Default)]
struct Last(Mutex<Option<Waker>>);

impl Last {
    fn replace(&self, waker: Option<Waker>) -> Option<Waker> {
        std::mem::replace(&mut *self.0.lock().expect("nobody panics here"), waker)
    }
}

impl Wake for Last {
    fn wake(self: Arc<Self>) {
        // Called after the lock is released: what it runs may poll this sleep.
        let last = self.replace(None);
        last.into_iter().for_each(Waker::wake);
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    last: Arc<Last>,
    key: Option<Key>,
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, last: Arc::default(), key: None }
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
        drop(self.last.replace(Some(cx.waker().clone())));
        if self.key.is_none() {
            let waker = Waker::from(Arc::clone(&self.last));
            self.key = Some(self.driver.register(self.deadline, waker));
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
