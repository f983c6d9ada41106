//! Wrong: puts the `async fn` into a box and polls it.
//! Caught by: `it_is_written_without_async`
//! Because: it does the same at every poll, because it is the same. The states, which are what the
//!   exercise is about, are written by the compiler.
//! Says: this lets the compiler write the states

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Office;

async fn postage(office: &Office, copies: u32) -> u32 {
    office.note("open");
    let grams = office.weigh().await;
    office.note("weighed");
    let rate = office.look_up_rate().await;
    office.note("close");
    copies * grams * rate
}

/// The future of `postage`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    Running(Pin<Box<dyn Future<Output = u32> + 'a>>),
}

impl<'a> Postage<'a> {
    /// What calling `postage(office, copies)` does.
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Postage::Running(Box::pin(postage(office, copies)))
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let Postage::Running(future) = self.get_mut();
        future.as_mut().poll(cx)
    }
}
