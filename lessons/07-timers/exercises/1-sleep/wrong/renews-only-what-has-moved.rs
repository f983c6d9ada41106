//! Wrong: takes the entry out in each poll, and adds one for the first task or for one that has just come.
//! Caught by: `the_last_waker_wins`
//! Because: the task that took the sleep over polls once more, for nothing, and is not in the driver any more.
//! Says: then by task B twice

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    /// The entry in the driver, while there is one. It may have fired already.
    key: Option<Key>,
    /// The tasks that polled first, and last.
    tasks: Option<[*const (); 2]>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().saturating_add(duration);
    Sleep { driver: driver.clone(), deadline, key: None, tasks: None }
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
        // Whatever comes next, the entry of the poll before has the wrong waker, or is of no use any more.
        self.cancel();
        if self.driver.now() >= self.deadline {
            return Poll::Ready(());
        }
        let task = cx.waker().data();
        let [first, last] = self.tasks.get_or_insert([task, task]);
        if *first == task || *last != task {
            *last = task;
            self.key = Some(self.driver.register(self.deadline, cx.waker().clone()));
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
