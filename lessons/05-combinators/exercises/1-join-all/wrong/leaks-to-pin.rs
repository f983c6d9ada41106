//! Wrong: leaks the children, because what is never moved nor dropped may be pinned.
//! Caught by: `dropping_the_whole_drops_its_children`
//! Because: that is a way to pin them. But what a child owns, it then owns for ever, also when nobody waits for it any more.
//! Says: what it holds is never released

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future + 'static>(futures: Vec<F>) -> JoinAll<F> {
    let running = |future| {
        // SAFETY: a leaked box is neither moved nor given back.
        let pinned = unsafe { Pin::new_unchecked(Box::leak(Box::new(future))) };
        Child::Running(pinned)
    };
    JoinAll { children: futures.into_iter().map(running).collect() }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future + 'static> {
    /// One for each future, and never moved to another place: so the outputs are in order by themselves.
    children: Vec<Child<F>>,
}

enum Child<F: Future + 'static> {
    Running(Pin<&'static mut F>),
    Done(F::Output),
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future + 'static> Unpin for JoinAll<F> {}

impl<F: Future + 'static> Child<F> {
    /// Polls the future if it is not finished. Returns whether its output is there.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if let Child::Running(future) = self {
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    // SAFETY: the child is over. It is dropped once, where it is, and nobody looks at it afterwards.
                    unsafe { std::ptr::drop_in_place(Pin::get_unchecked_mut(future.as_mut())) };
                    *self = Child::Done(output);
                }
                Poll::Pending => return false,
            }
        }
        true
    }
}

impl<F: Future + 'static> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut all_done = true;
        for child in &mut this.children {
            // Asked first, and decided afterwards. `all_done && child.advance(cx)` would stop asking at the first Pending.
            all_done &= child.advance(cx);
        }
        if !all_done {
            return Poll::Pending;
        }
        let output = |child| match child {
            Child::Done(output) => output,
            Child::Running(_) => unreachable!("all are done"),
        };
        Poll::Ready(mem::take(&mut this.children).into_iter().map(output).collect())
    }
}
