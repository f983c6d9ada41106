//! Wrong: keeps the future that `postage` returns, and polls it.
//! Caught by: `it_does_not_leave_the_work_to_the_async_function`
//! Because: it does the same at every poll, because it is the same. The word `async` does not stand
//!   in it, and still the states are written by the compiler.
//! Says: the answer calls `postage` and polls what it gets

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::{Office, postage};

/// The future of `postage`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// Waits for what the function waits for.
    Waiting { future: Pin<Box<dyn Future<Output = u32> + 'a>> },
}

impl<'a> Postage<'a> {
    /// What calling `postage(office, copies)` does.
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Postage::Start { office, copies }
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        if let Postage::Start { office, copies } = this {
            *this = Postage::Waiting { future: Box::pin(postage(office, *copies)) };
        }
        let Postage::Waiting { future } = this else { unreachable!("it has begun") };
        future.as_mut().poll(cx)
    }
}
