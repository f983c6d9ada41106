//! Wrong: counts the races in a byte, to see whether the number is odd.
//! Caught by: `ties_are_won_in_turn`
//! Because: a worker's loop runs on. After 255 races, the count has nowhere to go.
//! Says: attempt to add with overflow

use std::pin::Pin;
use std::task::{Context, Poll};

pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

#[derive(Default)]
pub struct Turns {
    count: u8,
}

impl Turns {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn race<L: Future, R: Future>(&mut self, left: L, right: R) -> Race<L, R> {
        Race {
            sides: Some((Box::pin(left), Box::pin(right))),
            turn: {
                self.count += 1;
                self.count % 2 == 0
            },
        }
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Race<L: Future, R: Future> {
    sides: Option<(Pin<Box<L>>, Pin<Box<R>>)>,
    turn: bool,
}

impl<L: Future, R: Future> Future for Race<L, R> {
    type Output = Winner<L::Output, R::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (l, r) = this.sides.as_mut().unwrap();
        let w = if this.turn {
            match r.as_mut().poll(cx) {
                Poll::Ready(v) => Poll::Ready(Winner::Right(v)),
                Poll::Pending => l.as_mut().poll(cx).map(Winner::Left),
            }
        } else {
            match l.as_mut().poll(cx) {
                Poll::Ready(v) => Poll::Ready(Winner::Left(v)),
                Poll::Pending => r.as_mut().poll(cx).map(Winner::Right),
            }
        };
        if w.is_ready() {
            this.sides = None;
        }
        w
    }
}
