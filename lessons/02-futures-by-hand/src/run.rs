//! Ways to poll a future without a runtime.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Polls a future once, with a waker that does nothing, and returns what it says.
///
/// # Panics
///
/// If the future does, for instance because it has already returned `Ready`.
///
/// ```
/// use futures_by_hand::poll_once;
/// use std::task::Poll;
///
/// assert_eq!(poll_once(&mut std::future::ready(7)), Poll::Ready(7));
/// assert_eq!(poll_once(&mut std::future::pending::<u32>()), Poll::Pending);
/// ```
// ANCHOR: poll-once
pub fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    let mut cx = Context::from_waker(Waker::noop());
    Pin::new(future).poll(&mut cx)
}
// ANCHOR_END: poll-once

/// Polls a future until it is ready. Returns its value, and how many polls it took.
///
/// This is the most naive runner there is: it asks again and again, whether anything has changed or
/// not. A future that never gets ready keeps it busy for ever.
///
/// # Panics
///
/// If the future does.
///
/// ```
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// assert_eq!(poll_until_ready(countdown(3)), (3, 4));
/// ```
// ANCHOR: poll-until-ready
pub fn poll_until_ready<F: Future>(future: F) -> (F::Output, u64) {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return (value, polls);
        }
    }
}
// ANCHOR_END: poll-until-ready
