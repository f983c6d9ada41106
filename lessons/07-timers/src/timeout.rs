//! A future that is given up at a deadline.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::driver::Timer;
use crate::sleep::Sleep;

// ANCHOR: timeout
impl Timer {
    /// Returns a future that waits for `future`, but no longer than `duration`, counted from this
    /// call.
    ///
    /// In each poll it looks at `future` first and at the clock afterwards: a result that is there
    /// counts, however late the poll comes. A `future` that blocks is not interrupted.
    ///
    /// *Cancellation:* dropping it drops `future`. So does the end of its time, if it is awaited:
    /// `.await` drops what it has awaited.
    ///
    /// # Errors
    ///
    /// [`Elapsed`], if the time was over and `future` was not ready.
    ///
    /// ```
    /// use std::future::pending;
    /// use std::time::Duration;
    /// # use executor::Executor;
    /// # use shared::narrate::VirtualClock;
    /// # use timers::{Elapsed, Timers, VirtualPark};
    /// # let clock = VirtualClock::new();
    /// # let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
    /// # let executor = Executor::with_park(timers);
    /// let second = Duration::from_secs(1);
    /// assert_eq!(executor.block_on(timer.timeout(second, async { 7 })), Ok(7));
    /// assert_eq!(executor.block_on(timer.timeout(second, pending::<()>())), Err(Elapsed));
    /// ```
    pub fn timeout<F: Future>(&self, duration: Duration, future: F) -> Timeout<F> {
        Timeout { future, sleep: self.sleep(duration) }
    }
}

pin_project! {
    /// The future of [`Timer::timeout`]. It must not be polled again after it was ready.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timeout<F> {
        #[pin]
        future: F,
        sleep: Sleep,
    }
}

/// The time was over before the future was ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(value) = this.future.poll(cx) {
            // Whoever awaits a `Timeout` drops it now; in a `join` it can live for long.
            this.sleep.cancel();
            return Poll::Ready(Ok(value));
        }
        Pin::new(this.sleep).poll(cx).map(|()| Err(Elapsed))
    }
}
// ANCHOR_END: timeout

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time was over before the future was ready")
    }
}

impl Error for Elapsed {}

/// Of the kind [`TimedOut`](io::ErrorKind::TimedOut): `timer.timeout(…).await?` where a function
/// returns `io::Result`.
impl From<Elapsed> for io::Error {
    fn from(elapsed: Elapsed) -> Self {
        Self::new(io::ErrorKind::TimedOut, elapsed)
    }
}
