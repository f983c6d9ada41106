//! Wrong: takes the futures out of the race to poll them, and puts them back.
//! Caught by: `a_side_stays_where_it_is`
//! Because: each poll then happens at another place. A future that has been polled may point into itself, and must stay
//!   where it is.
//! Says: it was moved after it had been pinned

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
        Race { sides: Some(Sides { left, right }), right_first }
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
    left: L,
    right: R,
}

impl<L: Future, R: Future> Unpin for Race<L, R> {}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut sides = this.sides.take().expect("`Race` polled after completion");
        // SAFETY: they are not moved during the poll. (But after it.)
        let mut pinned =
            unsafe { (Pin::new_unchecked(&mut sides.left), Pin::new_unchecked(&mut sides.right)) };
        let left = |cx: &mut Context<'_>| pinned.0.as_mut().poll(cx).map(Winner::Left);
        let right = |cx: &mut Context<'_>| pinned.1.as_mut().poll(cx).map(Winner::Right);
        let polled =
            if this.right_first { in_turn(cx, right, left) } else { in_turn(cx, left, right) };
        if polled.is_pending() {
            this.sides = Some(sides);
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
