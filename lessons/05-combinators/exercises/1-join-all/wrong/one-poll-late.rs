//! Wrong: looks whether all are done before it polls them.
//! Caught by: `it_is_ready_in_the_poll_in_which_the_last_child_is`
//! Because: when the last child gets ready, the whole says Pending once more. Nobody is left who would wake it.
//! Says: nobody is left who would wake it again

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
    /// One for each future, and never moved to another place: so the outputs are in order by themselves.
    children: Vec<Child<F>>,
}

enum Child<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Child<F> {
    /// Polls the future if it is not finished.
    fn advance(&mut self, cx: &mut Context<'_>) {
        if let Child::Running(future) = self
            && let Poll::Ready(output) = future.as_mut().poll(cx)
        {
            *self = Child::Done(output);
        }
    }
}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if this.children.iter().any(|child| matches!(child, Child::Running(_))) {
            for child in &mut this.children {
                child.advance(cx);
            }
            return Poll::Pending;
        }
        let output = |child| match child {
            Child::Done(output) => output,
            Child::Running(_) => unreachable!("all are done"),
        };
        Poll::Ready(mem::take(&mut this.children).into_iter().map(output).collect())
    }
}
