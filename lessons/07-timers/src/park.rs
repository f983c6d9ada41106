//! A park for virtual time.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use executor::Park;
use shared::narrate::VirtualClock;
use shared::record::parked;
use wakers::Signal;

// ANCHOR: virtual-park
/// Does not sleep: it moves a virtual clock to the moment at which the sleep would have ended.
///
/// With it, a program passes hours in no time, and in the same order in every run. It belongs to
/// the thread that made it.
#[derive(Debug)]
pub struct VirtualPark {
    clock: VirtualClock,
    signal: Arc<Signal>,
}

impl VirtualPark {
    /// Makes one that moves `clock`, for the calling thread.
    pub fn new(clock: VirtualClock) -> Self {
        Self { clock, signal: Arc::new(Signal::new()) }
    }
}

impl Park for VirtualPark {
    /// # Panics
    ///
    /// If there is no limit and nobody has called the unparker: it takes such a sleep for one that
    /// never ends, for it does not wait for other threads. Also on another thread than the one that
    /// made it.
    fn park(&self, limit: Option<Duration>) {
        // A limit of zero only looks whether the unparker was called.
        if self.signal.wait_for(Duration::ZERO) {
            return;
        }
        let limit = limit.expect(
            "every task waits for ever: no timer is set, and nobody is left to call a waker",
        );
        if !limit.is_zero() {
            parked(|| self.clock.advance(limit));
        }
    }

    fn unparker(&self) -> Waker {
        Waker::from(Arc::clone(&self.signal))
    }
}
// ANCHOR_END: virtual-park
