//! Right: lets go of the loser when the race is decided. The winner, which is done, goes with the
//!   race.

use std::pin::Pin;
use std::task::{Context, Poll};

pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

#[derive(Default)]
pub struct Turns {
    right_first: bool,
}

impl Turns {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        let right_first = self.right_first;
        self.right_first = !right_first;
        Race { left: Some(Box::pin(left)), right: Some(Box::pin(right)), right_first }
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    left: Option<Pin<Box<L>>>,
    right: Option<Pin<Box<R>>>,
    right_first: bool,
}

impl<L: Future, R: Future> Race<L, R> {
    fn ask_left(&mut self, cx: &mut Context<'_>) -> Option<Winner<L::Output, R::Output>> {
        let Poll::Ready(v) = self.left.as_mut()?.as_mut().poll(cx) else { return None };
        self.right = None;
        Some(Winner::Left(v))
    }

    fn ask_right(&mut self, cx: &mut Context<'_>) -> Option<Winner<L::Output, R::Output>> {
        let Poll::Ready(v) = self.right.as_mut()?.as_mut().poll(cx) else { return None };
        self.left = None;
        Some(Winner::Right(v))
    }
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let w = if this.right_first {
            this.ask_right(cx).or_else(|| this.ask_left(cx))
        } else {
            this.ask_left(cx).or_else(|| this.ask_right(cx))
        };
        w.map_or(Poll::Pending, Poll::Ready)
    }
}
