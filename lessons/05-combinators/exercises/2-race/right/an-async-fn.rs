//! Right: an `async fn`. The sides live in the function's own locals, and its end drops them.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

#[derive(Default)]
pub struct Turns(bool);

impl Turns {
    pub fn new() -> Self {
        Self(false)
    }

    pub async fn race<L: Future, R: Future>(
        &mut self,
        left: L,
        right: R,
    ) -> Winner<L::Output, R::Output> {
        let (mut left, mut right) = (pin!(left), pin!(right));
        self.0 = !self.0;
        let left_first = self.0;
        poll_fn(|cx| {
            if left_first && let Poll::Ready(output) = left.as_mut().poll(cx) {
                return Poll::Ready(Winner::Left(output));
            }
            if let Poll::Ready(output) = right.as_mut().poll(cx) {
                return Poll::Ready(Winner::Right(output));
            }
            if !left_first && let Poll::Ready(output) = left.as_mut().poll(cx) {
                return Poll::Ready(Winner::Left(output));
            }
            Poll::Pending
        })
        .await
    }
}
