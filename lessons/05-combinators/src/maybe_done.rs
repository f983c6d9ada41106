//! A future, and the value that it has left behind.

use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

// ANCHOR: maybe-done
pin_project! {
    /// One side of a `join`: a future, then its value, then nothing.
    ///
    /// The future is dropped as soon as it is ready: what it holds is not held until its neighbours
    /// are ready, too.
    #[project = Place]
    #[derive(Debug)]
    pub(crate) enum MaybeDone<F: Future> {
        /// Not ready yet.
        Waiting { #[pin] future: F },
        /// Ready. The value has not been fetched yet.
        Done { value: Option<F::Output> },
    }
}

impl<F: Future> MaybeDone<F> {
    pub(crate) fn new(future: F) -> Self {
        Self::Waiting { future }
    }

    /// Polls the future, unless it is ready already. Returns whether it is.
    pub(crate) fn is_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> bool {
        let Place::Waiting { future } = self.as_mut().project() else {
            return true;
        };
        let Poll::Ready(value) = future.poll(cx) else {
            return false;
        };
        self.set(Self::Done { value: Some(value) });
        true
    }

    /// Takes the value out. `None` before it is there, and from the second time on.
    pub(crate) fn take(self: Pin<&mut Self>) -> Option<F::Output> {
        match self.project() {
            Place::Waiting { .. } => None,
            Place::Done { value } => value.take(),
        }
    }
}
// ANCHOR_END: maybe-done
