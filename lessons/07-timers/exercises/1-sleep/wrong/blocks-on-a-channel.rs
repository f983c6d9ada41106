//! Wrong: registers a waker that sends a word, and waits for the word in `poll`.
//! Caught by: `a_sleep_ends`
//! Because: nobody can send it: the driver would run on the thread that waits.
//! Says: the sleep blocks: it has not returned within 2s

use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
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

struct Word(Mutex<Sender<()>>);

impl Wake for Word {
    fn wake(self: Arc<Self>) {
        let _ = self.0.lock().unwrap().send(());
    }
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

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<()> {
        let (sender, receiver) = channel();
        if self.driver.now() < self.deadline {
            let word = Waker::from(Arc::new(Word(Mutex::new(sender))));
            self.key = Some(self.driver.register(self.deadline, word));
            let _ = receiver.recv();
        }
        self.cancel();
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
