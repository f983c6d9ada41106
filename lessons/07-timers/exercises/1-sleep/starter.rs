//! A future that is ready at its deadline.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

// Driver::now() -> Duration
// Driver::register(deadline: Duration, waker: Waker) -> Key
// Driver::cancel(key: Key) -> bool
use crate::driver::{Driver, Key};

/// Waits until a moment of the driver's clock. The fields are a suggestion: change them if you
/// like.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    /// The entry in the driver, once there is one.
    key: Option<Key>,
}

/// Returns a future that is ready once `duration` has passed since this call.
pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    todo!("when is the deadline?")
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!("has the time come? If not, who is to call?")
    }
}

// And what has to happen when a sleep is dropped?
