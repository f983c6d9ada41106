//! Right: two boxed futures of one type in a vector, in the order in which they are asked. It would
//!   do for three as well.

use std::pin::Pin;
use std::task::{Context, Poll};

pub enum Winner<L, R> {
    Left(L),
    Right(R),
}

type Side<'a, W> = Pin<Box<dyn Future<Output = W> + 'a>>;

#[derive(Default)]
pub struct Turns {
    reversed: bool,
}

impl Turns {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn race<'a, L, R>(&mut self, left: L, right: R) -> Race<'a, Winner<L::Output, R::Output>>
    where
        L: Future + 'a,
        R: Future + 'a,
    {
        let mut row: Vec<Side<'a, _>> = vec![
            Box::pin(async { Winner::Left(left.await) }),
            Box::pin(async { Winner::Right(right.await) }),
        ];
        if self.reversed {
            row.reverse();
        }
        self.reversed = !self.reversed;
        Race { row }
    }
}

pub struct Race<'a, W> {
    row: Vec<Side<'a, W>>,
}

impl<W> Future for Race<'_, W> {
    type Output = W;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<W> {
        let polled = self.row.iter_mut().map(|side| side.as_mut().poll(cx)).find(Poll::is_ready);
        if polled.is_some() {
            self.row.clear();
        }
        polled.unwrap_or(Poll::Pending)
    }
}
