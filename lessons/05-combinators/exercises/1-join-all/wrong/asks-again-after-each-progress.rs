//! Wrong: asks all that wait again when one of them got ready.
//! Caught by: `no_child_is_polled_twice_in_one_poll`
//! Because: whoever waits for a sibling is woken by it. The others are polled for nothing, n times in the worst case.
//! Says: is left alone until the next poll, also if a sibling got ready

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().map(|future| Child::Waits(Box::pin(future))).collect() }
}

enum Child<F: Future> {
    Waits(Pin<Box<F>>),
    Done(F::Output),
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Child<F>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            let mut progress = false;
            let mut waiting = false;
            for child in &mut this.children {
                let Child::Waits(future) = child else { continue };
                match future.as_mut().poll(cx) {
                    Poll::Ready(output) => {
                        *child = Child::Done(output);
                        progress = true;
                    }
                    Poll::Pending => waiting = true,
                }
            }
            if !waiting {
                break;
            }
            // A child that got ready may be what another one waits for: ask again.
            if !progress {
                return Poll::Pending;
            }
        }
        let outputs = this.children.drain(..).map(|child| match child {
            Child::Done(output) => output,
            Child::Waits(_) => unreachable!(),
        });
        Poll::Ready(outputs.collect())
    }
}
