//! Right: no allocation. The sides are pinned within the race, and projected to by hand. Only the
//!   loser is dropped early.

use std::pin::Pin;
use std::task::{Context, Poll};

pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

pub struct Turns {
    races: u64,
}

impl Turns {
    pub fn new() -> Self {
        Self { races: 0 }
    }

    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        self.races += 1;
        Race { left: Some(left), right: Some(right), nth: self.races }
    }
}

/// It is `Unpin` only if both sides are: no `impl Unpin` says otherwise.
pub struct Race<L, R> {
    left: Option<L>,
    right: Option<R>,
    nth: u64,
}

fn ask<F: Future>(side: &mut Pin<&mut Option<F>>, cx: &mut Context<'_>) -> Poll<F::Output> {
    side.as_mut().as_pin_mut().expect("polled after completion").poll(cx)
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of `self`: both fields are pinned again, and only polled or
        // dropped in place.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above. `Race` has no `Drop` of its own that could move them.
        let (mut left, mut right) =
            unsafe { (Pin::new_unchecked(&mut this.left), Pin::new_unchecked(&mut this.right)) };
        for asked in [this.nth, this.nth + 1] {
            if asked % 2 == 1 {
                if let Poll::Ready(output) = ask(&mut left, cx) {
                    right.set(None);
                    return Poll::Ready(Winner::Left(output));
                }
            } else if let Poll::Ready(output) = ask(&mut right, cx) {
                left.set(None);
                return Poll::Ready(Winner::Right(output));
            }
        }
        Poll::Pending
    }
}
