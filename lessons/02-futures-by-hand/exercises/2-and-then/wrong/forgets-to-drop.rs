//! Wrong: keeps the first future in a `ManuallyDrop`, and drops it where the second one begins.
//! Caught by: `a_whole_that_is_dropped_half_way_drops_what_it_has`
//! Because: a whole that is dropped before that never comes there. What the first future holds
//!   is never released.
//! Says: the whole was polled 0 times and then dropped, and the first future still exists

use std::mem::{self, ManuallyDrop};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen::First { first: ManuallyDrop::new(first), next }
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum AndThen<A, N, B> {
    /// Waits for the first future. The second does not exist yet.
    First { first: ManuallyDrop<A>, next: N },
    /// Waits for the second future. The first is gone.
    Second { second: B },
    /// The value has been handed out.
    Done,
}

impl<A, N, B> Future for AndThen<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        loop {
            match this {
                AndThen::First { first, .. } => {
                    let value = ready!(Pin::new(&mut **first).poll(cx));
                    // `next` can be called once, so it has to be moved out of `this`; `Done` takes its place meanwhile.
                    if let AndThen::First { first, next } = mem::replace(this, AndThen::Done) {
                        drop(ManuallyDrop::into_inner(first));
                        *this = AndThen::Second { second: next(value) };
                    }
                }
                AndThen::Second { second } => {
                    let value = ready!(Pin::new(second).poll(cx));
                    *this = AndThen::Done;
                    return Poll::Ready(value);
                }
                AndThen::Done => panic!("`AndThen` polled after completion"),
            }
        }
    }
}
