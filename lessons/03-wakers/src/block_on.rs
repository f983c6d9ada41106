//! The smallest executor that waits instead of asking again and again.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::waker::Signal;

/// Runs a future on the calling thread and returns its value. While the future waits, the thread
/// sleeps.
///
/// The future is polled once at the start, and then once after each wake; wakes that come together
/// count as one. A wake is remembered: it may come before the thread sleeps, or from within the
/// poll.
///
/// A future that nobody wakes blocks the thread for ever. A wake for nothing does not end the wait:
/// the future is polled, is still pending, and the thread goes back to sleep.
///
/// *Nesting:* a call from within a future that another `block_on` polls works, but it blocks that
/// outer future's thread: if the inner one waits for something that the outer one has yet to do,
/// neither ends.
///
/// *Cancellation:* there is none; the call returns when the future is ready. A waker that is called
/// later does no harm: it may end some later `park` of this thread early, as std allows.
///
/// # Panics
///
/// If the future panics. It is dropped, and this thread can call `block_on` again.
///
/// ```
/// use std::future::ready;
///
/// let word = String::from("borrowed");
/// let length = wakers::block_on(async { ready(word.len()).await });
/// assert_eq!(length, 8);
/// ```
// ANCHOR: block-on
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal::new());
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        signal.wait();
    }
}
// ANCHOR_END: block-on
