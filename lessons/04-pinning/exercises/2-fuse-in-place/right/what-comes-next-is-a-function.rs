//! Right: two fields hold functions: the one is the next step, the other drops the future, and is
//!   there as long as it is.

use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll};

type Step<F> = fn(Pin<&mut Fuse<F>>, &mut Context<'_>) -> Poll<<F as Future>::Output>;

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { place: MaybeUninit::new(future), step: Fuse::burn, end: Some(Fuse::end) }
}

/// The future of `fuse`. What it does next is a function in one of its fields.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F: Future> {
    place: MaybeUninit<F>,
    step: Step<F>,
    /// Drops what is in `place`; `None` when nothing is.
    end: Option<unsafe fn(&mut MaybeUninit<F>)>,
}

impl<F: Future + Unpin> Unpin for Fuse<F> {}

impl<F: Future> Fuse<F> {
    /// # Safety
    /// There is a future in the place, and nobody uses it afterwards.
    unsafe fn end(place: &mut MaybeUninit<F>) {
        // SAFETY: the caller says so.
        unsafe { place.assume_init_drop() }
    }

    fn burn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: this step is the current one only as long as there is a future. It lies in a
        // pinned struct.
        let polled = unsafe { Pin::new_unchecked(this.place.assume_init_mut()) }.poll(cx);
        if polled.is_ready() {
            this.step = Self::burnt;
            if let Some(end) = this.end.take() {
                // SAFETY: it was there, and `end` is empty now.
                unsafe { end(&mut this.place) }
            }
        }
        polled
    }

    fn burnt(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<F::Output> {
        Poll::Pending
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        (self.step)(self, cx)
    }
}

impl<F: Future> Drop for Fuse<F> {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            // SAFETY: `end` was there, so the future is. It is dropped in its place.
            unsafe { end(&mut self.place) }
        }
    }
}
