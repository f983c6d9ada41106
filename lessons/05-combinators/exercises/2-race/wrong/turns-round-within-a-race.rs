//! Wrong: begins with the side whose turn it is, and turns round in each poll.
//! Caught by: `ties_are_won_in_turn`
//! Because: the turn belongs to the whole race. Now it depends on how often a race is polled who is
//!   first when it is decided.
//! Says: race 3 of the same `Turns`

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
        Race { right_first, sides: Some((Box::pin(left), Box::pin(right))) }
    }
}

/// The future of [`Turns::race`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    right_first: bool,
    sides: Option<(Pin<Box<L>>, Pin<Box<R>>)>,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (left, right) = this.sides.as_mut().expect("polled after Ready");
        let right_first = this.right_first;
        // Within a race, too, nobody is to be asked first for ever.
        this.right_first = !right_first;
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
