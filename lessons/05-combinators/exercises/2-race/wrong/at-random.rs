//! Wrong: lets chance decide who is asked first.
//! Caught by: `ties_are_won_in_turn`
//! Because: over many races that is fair, as in `tokio::select!`. Here the turns were promised, and chance may ask the same
//!   side many times in a row.
//! Says: It asks the right side first, in each of its polls, so that one wins. It said LeftWon

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
    seed: u64,
}

impl Turns {
    /// The first race asks the left side first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until one of the two is ready. The other one is dropped.
    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let right_first = self.seed >> 63 == 1;
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
        let left = |cx: &mut Context<'_>| left.as_mut().poll(cx).map(Winner::Left);
        let right = |cx: &mut Context<'_>| right.as_mut().poll(cx).map(Winner::Right);
        let polled =
            if this.right_first { in_turn(cx, right, left) } else { in_turn(cx, left, right) };
        if polled.is_ready() {
            // Both are dropped now, and not when somebody drops the `Race`. To the loser, this says: cancelled.
            this.sides = None;
        }
        polled
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
