use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

/// A future that is not `Unpin`, and notices when it is moved although it has been pinned.
///
/// It polls `inner`, and compares its own address with that of its first poll: at each poll, and
/// when it is dropped.
///
/// # Panics
///
/// `poll` and `drop` panic, naming the future, if its address has changed since the first poll.
///
/// ```
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
/// use shared::probe::{Rooted, Scripted};
///
/// let mut rooted = pin!(Rooted::new("left", Scripted::new("left", 1, 7).0));
/// let mut cx = Context::from_waker(Waker::noop());
/// assert_eq!(rooted.as_mut().poll(&mut cx), Poll::Pending);
/// assert_eq!(rooted.as_mut().poll(&mut cx), Poll::Ready(7));
/// ```
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Rooted<F> {
    name: &'static str,
    // In a cell, so that a poll needs no more than `&self`, and no unsafe code.
    inner: RefCell<F>,
    at: Cell<usize>,
    _pinned: PhantomPinned,
}

impl<F> Rooted<F> {
    /// A future called `name` that does what `inner` does.
    pub fn new(name: &'static str, inner: F) -> Self {
        Self { name, inner: RefCell::new(inner), at: Cell::new(0), _pinned: PhantomPinned }
    }

    #[track_caller]
    fn stay(&self, what: &str) {
        let here = std::ptr::from_ref(self).addr();
        let before = self.at.replace(here);
        assert!(
            before == 0 || before == here,
            "`{}` was polled at one address and is {what} at another: it was moved after it had been pinned. A paused function may \
             point into itself, and these pointers now lead to where it was",
            self.name
        );
    }
}

impl<F: Future + Unpin> Future for Rooted<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.stay("polled");
        Pin::new(&mut *self.inner.borrow_mut()).poll(cx)
    }
}

impl<F> Drop for Rooted<F> {
    fn drop(&mut self) {
        // One that was never polled may have been moved. In a panic, the first one counts.
        if self.at.get() != 0 && !thread::panicking() {
            self.stay("dropped");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Scripted;
    use std::task::Waker;

    /// Polls it where it is, and breaks the promise of `Pin` for it: it may be moved afterwards.
    /// Nothing in it minds.
    fn poll<T: Unpin>(rooted: &mut Rooted<Scripted<T>>) -> Poll<T> {
        // SAFETY: what is moved has no pointer into itself, whatever its type says: to notice the
        // move is what it is for.
        let pinned = unsafe { Pin::new_unchecked(rooted) };
        pinned.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn it_may_be_moved_before_its_first_poll() {
        let rooted = Rooted::new("a", Scripted::new("a", 1, ()).0);
        let mut moved = Box::new(rooted);
        assert!(poll(&mut moved).is_pending());
        assert!(poll(&mut moved).is_ready());
    }

    #[test]
    #[should_panic(expected = "is polled at another")]
    fn a_poll_at_another_address_is_noticed() {
        let mut rooted = Rooted::new("a", Scripted::new("a", 2, ()).0);
        assert!(poll(&mut rooted).is_pending());
        let mut moved = Box::new(rooted);
        let _ = poll(&mut moved);
    }

    #[test]
    #[should_panic(expected = "is dropped at another")]
    fn a_drop_at_another_address_is_noticed() {
        let mut rooted = Rooted::new("a", Scripted::new("a", 1, ()).0);
        assert!(poll(&mut rooted).is_pending());
        drop(Box::new(rooted));
    }
}
