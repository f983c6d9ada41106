//! The first of two futures wins, and the other one is cancelled.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Which of the two has won, with its output.
pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

/// Whose turn it is to be asked first. What does it have to remember from one race to the next?
#[derive(Default)]
pub struct Turns {}

impl Turns {
    /// The first race asks the left side first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until one of the two is ready. The other one is dropped.
    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        Race { left: Box::pin(left), right: Box::pin(right) }
    }
}

/// The future of [`Turns::race`]. The fields are a suggestion, and not enough yet.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    left: Pin<Box<L>>,
    right: Pin<Box<R>>,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // An ordinary `&mut Race`. This is allowed because a pinned box may be moved, and what is
        // in it stays where it is.
        let this = self.get_mut();
        todo!("ask both sides, in the right order. What becomes of the loser?")
    }
}
