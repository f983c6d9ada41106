//! Right: a tree. The whole waits for two halves, each of which waits for its halves, down to the
//!   single futures.

use std::pin::Pin;
use std::task::{Context, Poll};

enum Tree<F: Future> {
    Running(Pin<Box<F>>),
    Done(Vec<F::Output>),
    Halves(Box<(Tree<F>, Tree<F>)>),
}

impl<F: Future> Tree<F> {
    fn new(mut futures: Vec<F>) -> Self {
        match futures.len() {
            0 => Tree::Done(Vec::new()),
            1 => Tree::Running(Box::pin(futures.remove(0))),
            n => {
                let right = futures.split_off(n / 2);
                Tree::Halves(Box::new((Tree::new(futures), Tree::new(right))))
            }
        }
    }

    fn is_ready(&mut self, cx: &mut Context<'_>) -> bool {
        match self {
            Tree::Done(_) => true,
            Tree::Running(future) => match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    *self = Tree::Done(vec![output]);
                    true
                }
                Poll::Pending => false,
            },
            Tree::Halves(halves) => {
                let (left, right) = &mut **halves;
                if !(left.is_ready(cx) & right.is_ready(cx)) {
                    return false;
                }
                let (Tree::Done(l), Tree::Done(r)) = (left, right) else { return false };
                l.append(r);
                *self = Tree::Done(std::mem::take(l));
                true
            }
        }
    }
}

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { root: Tree::new(futures) }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    root: Tree<F>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.root.is_ready(cx) {
            return Poll::Pending;
        }
        match &mut this.root {
            Tree::Done(outputs) => Poll::Ready(std::mem::take(outputs)),
            _ => Poll::Pending,
        }
    }
}
