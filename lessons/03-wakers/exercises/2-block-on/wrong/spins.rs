//! Wrong: polls again and again, whether it was woken or not.
//! Caught by: `it_sleeps_until_another_thread_wakes_it`
//! Because: it works, and keeps a processor busy for as long as the future waits.
//! Says: polled for nothing: this is poll 2

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}
