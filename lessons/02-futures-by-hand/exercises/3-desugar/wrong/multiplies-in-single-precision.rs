//! Wrong: multiplies as `f32`, as one is used to with money.
//! Caught by: `each_number_counts_however_large_it_is`
//! Because: an `f32` has some 7 digits: 16,801,801 is not among the numbers that it knows. The
//!   function multiplies whole numbers.
//! Says: that makes 16801801, and the answer is 168018

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`: a variant for each place where the function can stand still.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// At the first `.await`.
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32> },
    /// At the second `.await`: now `grams` is needed afterwards, too.
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
        // Each arm is the code between two places where the function can stand still.
        loop {
            match this {
                Postage::Start { office, copies } => {
                    office.note("open");
                    let weight = office.weigh();
                    *this = Postage::Weighing { office, copies: *copies, weight };
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
                    let cents = (*copies as f32 * *grams as f32 * rate as f32) as u32;
                    *this = Postage::Done;
                    return Poll::Ready(cents);
                }
                Postage::Done => panic!("`Postage` polled after completion"),
            }
        }
    }
}
