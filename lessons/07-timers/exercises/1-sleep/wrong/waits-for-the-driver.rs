//! Wrong: takes it for over once the driver has called, and does not look at the clock.
//! Caught by: `a_finished_sleep_leaves_the_driver`
//! Because: the driver may be late. Then the time is over, the task is awake, and the sleep says that it waits.
//! Says: before the driver could look, and returned Pending. The clock decides, not who calls

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    call: Arc<Call>,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
}

struct Call {
    called: AtomicBool,
    waker: Mutex<Waker>,
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        self.called.store(true, SeqCst);
        self.waker.lock().unwrap().wake_by_ref();
    }
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    let call = Call {
        called: AtomicBool::new(duration.is_zero()),
        waker: Mutex::new(Waker::noop().clone()),
    };
    let mut sleep = Sleep { driver: driver.clone(), deadline, call: Arc::new(call), key: None };
    if !duration.is_zero() {
        let waker = Waker::from(Arc::clone(&sleep.call));
        sleep.key = Some(driver.register(deadline, waker));
    }
    sleep
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
        if self.call.called.load(SeqCst) {
            self.cancel();
            return Poll::Ready(());
        }
        *self.call.waker.lock().unwrap() = cx.waker().clone();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
