//! A leaf future that is ready at its deadline.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::Timer;
use crate::queue::Key;

// ANCHOR: sleep
impl Timer {
    /// Returns a future that is ready once `duration` has passed since this call, never earlier.
    ///
    /// The deadline is fixed by this call, and the timer is set by the first poll. A duration of
    /// zero is ready at once. One that the clock cannot count ends with the clock.
    ///
    /// *Cancellation:* dropping the future takes its entry out of the driver's queue.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use executor::Executor;
    /// # use shared::narrate::VirtualClock;
    /// # use timers::{Timers, VirtualPark};
    /// # let clock = VirtualClock::new();
    /// # let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
    /// # let executor = Executor::with_park(timers);
    /// let sleep = timer.sleep(Duration::from_secs(2));
    /// executor.block_on(sleep);
    /// assert_eq!(timer.now(), Duration::from_secs(2));
    /// ```
    pub fn sleep(&self, duration: Duration) -> Sleep {
        self.sleep_until(self.now().saturating_add(duration))
    }

    /// As [`sleep`](Timer::sleep), until a moment that is counted from the start of the clock.
    pub fn sleep_until(&self, deadline: Duration) -> Sleep {
        Sleep { timer: self.clone(), deadline, key: None }
    }
}

/// The future of [`Timer::sleep`]. Once it is ready, it stays ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    timer: Timer,
    deadline: Duration,
    /// The entry in the queue. None before the first poll, and none after the deadline.
    key: Option<Key>,
}

impl Sleep {
    /// When it is ready, counted from the start of the clock.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Takes the entry out of the queue. The next poll puts a new one in.
    pub(crate) fn cancel(&mut self) {
        if let Some(key) = self.key.take() {
            self.timer.shared.cancel(key);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // The clock decides, not the wake: somebody else may have woken the task.
        if self.timer.now() >= self.deadline {
            self.cancel();
            return Poll::Ready(());
        }
        self.key = Some(self.timer.shared.register(self.key, self.deadline, cx.waker()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
// ANCHOR_END: sleep
