//! Wrong: looks whether all are done at the beginning of a poll, and calls its own task after each output to look again.
//! Caught by: `it_is_ready_in_the_poll_in_which_the_last_child_is`
//! Because: it does get ready, one poll late. Until that poll comes, everybody who waits for the whole waits for nothing.
//! Says: How it went: ready at poll 2

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll {
        outputs: futures.iter().map(|_| None).collect(),
        children: futures.into_iter().map(|future| Some(Box::pin(future))).collect(),
    }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<Option<F::Output>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if this.outputs.iter().all(Option::is_some) {
            return Poll::Ready(
                this.outputs.iter_mut().map(|output| output.take().unwrap()).collect(),
            );
        }
        for (child, output) in this.children.iter_mut().zip(&mut this.outputs) {
            let Some(future) = child else { continue };
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                *output = Some(value);
                *child = None;
                // Something has changed: look again.
                cx.waker().wake_by_ref();
            }
        }
        Poll::Pending
    }
}
