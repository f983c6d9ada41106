//! Wrong: sees that no copies cost nothing, and does not ask.
//! Caught by: `every_poll_does_what_the_async_function_does`
//! Because: the product is 0 in any case, but the function opens the office, waits twice and closes. A rewritten function does
//!   what the original does, and does not improve on it.
//! Says: for 0 copies of 20 grams at 5 cents, with the weight pending 0 times and the rate pending 0 times, poll 1 differs

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// At the first `.await`.
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32> },
    /// At the second `.await`.
    LookingUp { office: &'a Office, copies: u32, grams: u32, rate: Scripted<u32> },
    /// The value has been handed out.
    Done,
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
        loop {
            match this {
                Postage::Start { copies: 0, .. } => {
                    *this = Postage::Done;
                    return Poll::Ready(0);
                }
                Postage::Start { office, copies } => {
                    office.note("open");
                    *this = Postage::Weighing { office, copies: *copies, weight: office.weigh() };
                }
                Postage::Weighing { office, copies, weight } => {
                    let grams = ready!(Pin::new(weight).poll(cx));
                    office.note("weighed");
                    let rate = office.look_up_rate();
                    *this = Postage::LookingUp { office, copies: *copies, grams, rate };
                }
                Postage::LookingUp { office, copies, grams, rate } => {
                    let rate = ready!(Pin::new(rate).poll(cx));
                    office.note("close");
                    let cents = *copies * *grams * rate;
                    *this = Postage::Done;
                    return Poll::Ready(cents);
                }
                Postage::Done => panic!("`Postage` polled after completion"),
            }
        }
    }
}
