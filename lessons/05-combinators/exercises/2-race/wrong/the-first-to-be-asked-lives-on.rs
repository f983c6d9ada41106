//! Wrong: drops the side that was asked second when the first one wins, and not the other way
//!   round.
//! Caught by: `the_loser_is_dropped_when_the_race_is_over`
//! Because: the side that was asked first has said Pending, and may lose to the second. It keeps
//!   its connection.
//! Says: still exists

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
        Race { left: Some(Box::pin(left)), right: Some(Box::pin(right)), right_first, polls: 0 }
    }
}
pub struct Race<L: Future, R: Future> {
    left: Option<Pin<Box<L>>>,
    right: Option<Pin<Box<R>>>,
    right_first: bool,
    polls: u32,
}
impl<L: Future, R: Future> Race<L, R> {
    fn ask_left(&mut self, cx: &mut Context<'_>) -> Poll<Winner<L::Output, R::Output>> {
        let Poll::Ready(v) = self.left.as_mut().unwrap().as_mut().poll(cx) else {
            return Poll::Pending;
        };
        if !self.right_first {
            self.right = None;
        }
        Poll::Ready(Winner::Left(v))
    }
    fn ask_right(&mut self, cx: &mut Context<'_>) -> Poll<Winner<L::Output, R::Output>> {
        let Poll::Ready(v) = self.right.as_mut().unwrap().as_mut().poll(cx) else {
            return Poll::Pending;
        };
        if self.right_first {
            self.left = None;
        }
        Poll::Ready(Winner::Right(v))
    }
}
impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.polls += 1;
        if this.right_first {
            if let Poll::Ready(w) = this.ask_right(cx) {
                return Poll::Ready(w);
            }
            this.ask_left(cx)
        } else {
            if let Poll::Ready(w) = this.ask_left(cx) {
                return Poll::Ready(w);
            }
            this.ask_right(cx)
        }
    }
}
