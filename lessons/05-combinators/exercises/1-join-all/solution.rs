//! Waiting for many futures at the same time.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let running = |future| Child::Running(Box::pin(future));
    JoinAll { children: futures.into_iter().map(running).collect() }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// One for each future, and never moved to another place: so the outputs are in order by
    /// themselves.
    children: Vec<Child<F>>,
}

enum Child<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Child<F> {
    /// Polls the future if it is not finished. Returns whether its output is there.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if let Child::Running(future) = self {
            match future.as_mut().poll(cx) {
                // This drops the future: what it holds is released now, and it cannot be polled
                // again by mistake.
                Poll::Ready(output) => *self = Child::Done(output),
                Poll::Pending => return false,
            }
        }
        true
    }
}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut all_done = true;
        for child in &mut this.children {
            // Asked first, and decided afterwards. `all_done && child.advance(cx)` would stop
            // asking at the first Pending.
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
