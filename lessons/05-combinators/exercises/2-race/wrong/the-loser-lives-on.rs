//! Wrong: keeps both futures until the race itself is dropped.
//! Caught by: `the_loser_is_dropped_when_the_race_is_over`
//! Because: the race may be kept long after it is over. Until then, the loser holds its connection, and still stands in its
//!   queue.
//! Says: still exists. Nobody will poll it again

use std::pin::Pin;
use std::task::{Context, Poll};

/// Which of the two has won, with its output.
pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

/// Whose turn it is to be asked first.
#[derive(Default)]
pub struct Turns {
    right_first: bool,
}

impl Turns {
    /// The first race asks the left side first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until one of the two is ready. The other one is dropped.
    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        let right_first = self.right_first;
        self.right_first = !right_first;
        Race { sides: Sides { left: Box::pin(left), right: Box::pin(right) }, right_first }
    }
}

/// The future of [`Turns::race`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    sides: Sides<L, R>,
    right_first: bool,
}

struct Sides<L, R> {
    left: Pin<Box<L>>,
    right: Pin<Box<R>>,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let Sides { left, right } = &mut this.sides;
        let left = |cx: &mut Context<'_>| left.as_mut().poll(cx).map(Winner::Left);
        let right = |cx: &mut Context<'_>| right.as_mut().poll(cx).map(Winner::Right);
        if this.right_first { in_turn(cx, right, left) } else { in_turn(cx, left, right) }
    }
}

/// Asks the first side, and the second one only if the first has said Pending: an output that nobody wants is never made.
fn in_turn<T>(
    cx: &mut Context<'_>,
    first: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    second: impl FnOnce(&mut Context<'_>) -> Poll<T>,
) -> Poll<T> {
    match first(cx) {
        Poll::Pending => second(cx),
        ready => ready,
    }
}
