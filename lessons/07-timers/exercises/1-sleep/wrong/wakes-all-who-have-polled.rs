//! Wrong: registers once, with a waker of its own that calls everybody who has ever polled.
//! Caught by: `the_last_waker_wins`
//! Because: a task that has given the sleep away is polled for nothing, and is kept until then.
//! Says: That task has given the sleep away

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Everybody who has polled.
#[derive(Default)]
struct Everybody(Mutex<Vec<Waker>>);

impl Wake for Everybody {
    fn wake(self: Arc<Self>) {
        let all = std::mem::take(&mut *self.0.lock().expect("nobody panics here"));
        all.into_iter().for_each(Waker::wake);
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    everybody: Arc<Everybody>,
    key: Option<Key>,
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, everybody: Arc::default(), key: None }
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
        let mut all = self.everybody.0.lock().expect("nobody panics here");
        if !all.iter().any(|waker| waker.will_wake(cx.waker())) {
            all.push(cx.waker().clone());
        }
        drop(all);
        if self.key.is_none() {
            let waker = Waker::from(Arc::clone(&self.everybody));
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
