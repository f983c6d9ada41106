//! Right: no `Sleep` type: an async block around `poll_fn`, and a guard that takes the entry out.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use crate::driver::{Driver, Key};

/// An entry in the driver, which goes when this goes.
struct Entry {
    driver: Driver,
    key: Key,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.driver.cancel(self.key);
    }
}

pub fn sleep(driver: &Driver, duration: Duration) -> impl Future<Output = ()> + use<> {
    let driver = driver.clone();
    let deadline = driver.now().checked_add(duration).unwrap_or(Duration::MAX);
    async move {
        let mut entry = None;
        poll_fn(|cx| {
            // In two steps: the old one goes before the new one comes.
            entry = None;
            if driver.now() < deadline {
                let key = driver.register(deadline, cx.waker().clone());
                entry = Some(Entry { driver: driver.clone(), key });
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
        // Only now, for one who reads it: `entry` is empty here.
        drop(entry);
    }
}
