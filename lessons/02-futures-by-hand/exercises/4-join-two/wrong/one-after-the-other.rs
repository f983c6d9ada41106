//! Wrong: waits for one side after the other.
//! Caught by: `one_poll_asks_both_sides`
//! Because: `ready!` returns while the left side is pending, so the right side has not even begun. The two waits add up.
//! Says: `left` has been polled once and `right` 0 times: a side that is never asked has not even begun

use std::pin::Pin;
use std::task::{Context, Poll, ready};

pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right, left_value: None }
}

pub struct Join<A: Future, B: Future> {
    left: A,
    right: B,
    left_value: Option<A::Output>,
}

impl<A, B> Future for Join<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
    A::Output: Unpin,
    B::Output: Unpin,
{
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if this.left_value.is_none() {
            this.left_value = Some(ready!(Pin::new(&mut this.left).poll(cx)));
        }
        let right = ready!(Pin::new(&mut this.right).poll(cx));
        let left = this.left_value.take().expect("it was set above");
        Poll::Ready((left, right))
    }
}
