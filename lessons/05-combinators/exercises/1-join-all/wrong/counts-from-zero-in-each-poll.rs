//! Wrong: is ready when as many children got ready in this poll as there are.
//! Caught by: `the_outputs_come_in_the_order_of_the_futures`
//! Because: those that got ready in an earlier poll are not counted any more. Unless all get ready in the same poll,
//!   the count never gets there.
//! Says: It never said Ready

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().map(|f| (Some(Box::pin(f)), None)).collect() }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<(Option<Pin<Box<F>>>, Option<F::Output>)>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut ready = 0;
        for (future, output) in &mut this.children {
            if let Some(f) = future
                && let Poll::Ready(value) = f.as_mut().poll(cx)
            {
                *output = Some(value);
                *future = None;
                ready += 1;
            }
        }
        if ready == this.children.len() {
            return Poll::Ready(this.children.drain(..).filter_map(|c| c.1).collect());
        }
        Poll::Pending
    }
}
