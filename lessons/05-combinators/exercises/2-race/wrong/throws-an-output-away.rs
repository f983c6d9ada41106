//! Wrong: asks both sides, and then keeps the output of the one whose turn it is.
//! Caught by: `the_loser_is_not_asked_any_more`
//! Because: a side that says Ready has done its work: the job is out of the queue, and nobody has it.
//! Says: Its output is thrown away

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
        let left = left.as_mut().poll(cx).map(Winner::Left);
        let right = right.as_mut().poll(cx).map(Winner::Right);
        let (first, second) = if this.right_first { (right, left) } else { (left, right) };
        let polled = if first.is_ready() { first } else { second };
        if polled.is_ready() {
            // Both are dropped now, and not when somebody drops the `Race`. To the loser, this says: cancelled.
            this.sides = None;
        }
        polled
    }
}
