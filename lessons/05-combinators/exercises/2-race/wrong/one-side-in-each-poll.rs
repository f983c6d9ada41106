//! Wrong: asks one side in each poll, and the other one in the next.
//! Caught by: `every_poll_asks_both_sides_once`
//! Because: the side that was not asked has no waker, so there may be no next poll.
//! Says: has left no waker with which its task could be called

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
        Race { sides: Some(Sides { left: Box::pin(left), right: Box::pin(right) }), right_first }
    }
}

/// The future of [`Turns::race`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    /// `None` once the race is over.
    sides: Option<Sides<L, R>>,
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
        let Sides { left, right } = this.sides.as_mut().expect("`Race` polled after completion");
        this.right_first = !this.right_first;
        let polled = if this.right_first {
            left.as_mut().poll(cx).map(Winner::Left)
        } else {
            right.as_mut().poll(cx).map(Winner::Right)
        };
        if polled.is_ready() {
            // Both are dropped now, and not when somebody drops the `Race`. To the loser, this says: cancelled.
            this.sides = None;
        }
        polled
    }
}
