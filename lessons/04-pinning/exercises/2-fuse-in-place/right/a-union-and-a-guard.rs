//! Right: the future is in a union, and a guard drops it there when `poll` is left.

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

union Slot<F> {
    future: ManuallyDrop<F>,
    _nothing: (),
}

/// A place for a pinned value that may be emptied.
struct Cellar<F> {
    slot: Slot<F>,
    full: bool,
}

impl<F> Cellar<F> {
    fn contents(self: Pin<&mut Self>) -> Option<Pin<&mut F>> {
        // SAFETY: it is full, so the slot holds a future; it is never moved, and dropped in place
        // by `clear`.
        unsafe {
            let this = self.get_unchecked_mut();
            if this.full { Some(Pin::new_unchecked(&mut this.slot.future)) } else { None }
        }
    }

    fn clear(&mut self) {
        if std::mem::replace(&mut self.full, false) {
            // SAFETY: it was full, and is not any more.
            unsafe { ManuallyDrop::drop(&mut self.slot.future) }
        }
    }
}

impl<F> Drop for Cellar<F> {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Empties the cellar at its end, if told to.
struct Broom<'a, F>(Pin<&'a mut Cellar<F>>, bool);

impl<F> Drop for Broom<'_, F> {
    fn drop(&mut self) {
        if self.1 {
            // SAFETY: `clear` drops in place, and moves nothing.
            unsafe { self.0.as_mut().get_unchecked_mut() }.clear();
        }
    }
}

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse(Cellar { slot: Slot { future: ManuallyDrop::new(future) }, full: true })
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F>(Cellar<F>);

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the only field is pinned when the struct is.
        let mut broom = Broom(unsafe { self.map_unchecked_mut(|fuse| &mut fuse.0) }, false);
        let Some(future) = broom.0.as_mut().contents() else { return Poll::Pending };
        let polled = future.poll(cx);
        broom.1 = polled.is_ready();
        polled
    }
}
