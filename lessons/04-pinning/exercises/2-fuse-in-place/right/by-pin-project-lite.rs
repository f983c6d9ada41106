//! Right: the macro writes the projection, of an enum; `Pin::set` ends the variant.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse::Runs { future }
}

pin_project! {
    /// The future of `fuse`.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    #[project = Projected]
    pub enum Fuse<F> {
        Runs { #[pin] future: F },
        Over,
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let value = match self.as_mut().project() {
            Projected::Runs { future } => ready!(future.poll(cx)),
            Projected::Over => return Poll::Pending,
        };
        self.set(Fuse::Over);
        Poll::Ready(value)
    }
}
