//! A channel for one value: a state, a result, and someone to call back.
//!
//! Both halves share one `State` behind one lock. Every step looks at the state and changes it
//! under the same lock, so nothing can happen between a look and a change. Wakers are called, and
//! wakers and values dropped, after the lock is released: that may run any code, also code that
//! comes back to this channel. Only a waker's `clone` runs under the lock; it must not come back.
//!
//! ```text
//!                 send(value)
//!   Waiting ───────────────────────▶ Sent ──┐ poll: Ready(Ok(value))
//!   (a waker or none)                       │ or the receiver is dropped
//!      │                                    ▼
//!      └───────────────────────────────▶ Closed
//!        the sender or the receiver is dropped
//! ```

use std::error::Error;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::sync::{Mutex, MutexGuard, PoisonError};

// ANCHOR: channel
/// Makes a channel for one value.
///
/// ```
/// use wakers::{block_on, oneshot};
///
/// let (sender, receiver) = oneshot::channel();
/// sender.send("hello").expect("the receiver is there");
/// assert_eq!(block_on(receiver), Ok("hello"));
/// ```
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared { state: Mutex::new(State::Waiting(None)) });
    (Sender { shared: Arc::clone(&shared) }, Receiver { shared })
}

/// The half that sends. Dropping it without sending closes the channel.
#[derive(Debug)]
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// The half that waits: a future of the value, or of [`Closed`] if the sender was dropped without
/// sending.
///
/// One task is called back: the one that polled last. Polled again after it was ready, it gives
/// [`Closed`].
///
/// *Cancellation:* dropping the receiver closes the channel. A value that is on its way goes back
/// to the sender; one that has arrived is dropped.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

/// Why there is no value: the sender was dropped without sending, or the value has already been
/// received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;
// ANCHOR_END: channel

// ANCHOR: state
struct Shared<T> {
    state: Mutex<State<T>>,
}

enum State<T> {
    /// No value yet. The waker of whoever polled last, if anybody has polled.
    Waiting(Option<Waker>),
    /// The value has been sent, and not yet received.
    Sent(T),
    /// Nothing will come any more.
    Closed,
}
// ANCHOR_END: state

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics under the lock but, at most, a waker's clone, and that leaves the state as
        // it was.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// ANCHOR: send
impl<T> Sender<T> {
    /// Sends the value and wakes whoever waits for it.
    ///
    /// Success means that the value was put where the receiver finds it; the receiver may still be
    /// dropped without looking.
    ///
    /// # Errors
    ///
    /// The value, if the receiver is gone.
    ///
    /// ```
    /// use wakers::oneshot;
    ///
    /// let (sender, receiver) = oneshot::channel();
    /// drop(receiver);
    /// assert_eq!(sender.send(7), Err(7));
    /// ```
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.shared.lock();
        let State::Waiting(waker) = &mut *state else {
            return Err(value);
        };
        let waker = waker.take();
        *state = State::Sent(value);
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        Ok(())
    }

    /// Whether the receiver is gone, so that sending would be in vain.
    ///
    /// An answer of `false` may be out of date by the time it is read.
    pub fn is_closed(&self) -> bool {
        matches!(*self.shared.lock(), State::Closed)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        if let State::Waiting(waker) = &mut *state {
            let waker = waker.take();
            *state = State::Closed;
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}
// ANCHOR_END: send

// ANCHOR: receive
impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.shared.lock();
        if let State::Waiting(waker) = &mut *state {
            // The last waker wins: the receiver may have moved to another task since the last poll.
            let before = waker.replace(cx.waker().clone());
            drop(state);
            drop(before);
            return Poll::Pending;
        }
        match mem::replace(&mut *state, State::Closed) {
            State::Sent(value) => Poll::Ready(Ok(value)),
            // Not `Waiting`: that was seen above, under the same lock.
            State::Waiting(_) | State::Closed => Poll::Ready(Err(Closed)),
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let before = mem::replace(&mut *self.shared.lock(), State::Closed);
        // Here, after the lock was released: dropping a waker may drop a task, and with it the
        // sender of this channel.
        drop(before);
    }
}
// ANCHOR_END: receive

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match *self.lock() {
            State::Waiting(None) => "Waiting",
            State::Waiting(Some(_)) => "Waiting, with a waker",
            State::Sent(_) => "Sent",
            State::Closed => "Closed",
        };
        // The lock is released by now: the writer is foreign code, and may come back to this
        // channel.
        f.write_str(state)
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel is closed: there is no value, and none will come")
    }
}

impl Error for Closed {}
