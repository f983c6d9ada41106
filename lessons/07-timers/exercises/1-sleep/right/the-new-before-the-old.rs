//! Right: registers anew before it takes the old entry out, in a closure that holds them all.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep(Pin<Box<dyn Future<Output = ()>>>);

struct Entries {
    driver: Driver,
    keys: Vec<Key>,
}

impl Drop for Entries {
    fn drop(&mut self) {
        for key in self.keys.drain(..) {
            self.driver.cancel(key);
        }
    }
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    let mut entries = Entries { driver: driver.clone(), keys: Vec::new() };
    Sleep(Box::pin(async move {
        poll_fn(|cx| {
            if entries.driver.now() >= deadline {
                return Poll::Ready(());
            }
            entries.keys.push(entries.driver.register(deadline, cx.waker().clone()));
            if entries.keys.len() > 1 {
                let old = entries.keys.remove(0);
                entries.driver.cancel(old);
            }
            Poll::Pending
        })
        .await;
        drop(entries);
    }))
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(cx)
    }
}
