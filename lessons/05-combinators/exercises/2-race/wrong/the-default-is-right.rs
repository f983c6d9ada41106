//! Wrong: remembers whether left is first, and derives `Default`.
//! Caught by: `ties_are_won_in_turn`
//! Because: the default of a `bool` is `false`, so the first race of each `Turns` asks the right
//!   side first.
//! Says: race 1 of the same `Turns`

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
    left_first: bool,
}

impl Turns {
    /// The first race asks the left side first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until one of the two is ready. The other one is dropped.
    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        let left_first = self.left_first;
        self.left_first = !left_first;
        Race { left_first, sides: Some((Box::pin(left), Box::pin(right))) }
    }
}

/// The future of [`Turns::race`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    left_first: bool,
    sides: Option<(Pin<Box<L>>, Pin<Box<R>>)>,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (left, right) = this.sides.as_mut().expect("polled after Ready");
        let right_first = !this.left_first;
        let mut winner = None;
        if !right_first {
            if let Poll::Ready(output) = left.as_mut().poll(cx) {
                winner = Some(Winner::Left(output));
            }
        }
        if winner.is_none() {
            if let Poll::Ready(output) = right.as_mut().poll(cx) {
                winner = Some(Winner::Right(output));
            }
        }
        if winner.is_none() && right_first {
            if let Poll::Ready(output) = left.as_mut().poll(cx) {
                winner = Some(Winner::Left(output));
            }
        }
        match winner {
            Some(winner) => {
                this.sides = None;
                Poll::Ready(winner)
            }
            None => Poll::Pending,
        }
    }
}
