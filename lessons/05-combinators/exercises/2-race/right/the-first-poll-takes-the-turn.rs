//! Right: a race takes its turn when it is first polled, from a counter that it shares with the
//!   `Turns`.

use std::cell::Cell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// Which of the two has won, with its output.
pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

/// Shared with the races: the first poll of a race takes the turn.
#[derive(Default)]
pub struct Turns {
    races: Rc<Cell<usize>>,
}

impl Turns {
    /// The first race asks the left side first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until one of the two is ready. The other one is dropped.
    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        let sides = VecDeque::from([Side::Left(Box::pin(left)), Side::Right(Box::pin(right))]);
        Race { turn: Some(Rc::clone(&self.races)), sides }
    }
}

enum Side<L, R> {
    Left(Pin<Box<L>>),
    Right(Pin<Box<R>>),
}

impl<L: Future, R: Future> Side<L, R> {
    fn ask(&mut self, cx: &mut Context<'_>) -> Poll<Winner<L::Output, R::Output>> {
        match self {
            Side::Left(left) => left.as_mut().poll(cx).map(Winner::Left),
            Side::Right(right) => right.as_mut().poll(cx).map(Winner::Right),
        }
    }
}

/// The future of [`Turns::race`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    /// Until the first poll.
    turn: Option<Rc<Cell<usize>>>,
    /// In the order in which they are asked.
    sides: VecDeque<Side<L, R>>,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(turn) = self.turn.take() {
            self.sides.rotate_left(turn.get() % 2);
            turn.set(turn.get() + 1);
        }
        for side in &mut self.sides {
            if let Poll::Ready(winner) = side.ask(cx) {
                self.sides.clear();
                return Poll::Ready(winner);
            }
        }
        Poll::Pending
    }
}
