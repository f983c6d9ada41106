//! Wrong: leaks the future of the weight, to have a reference without a lifetime.
//! Caught by: `a_postage_that_is_dropped_lets_go_of_all_and_does_no_more`
//! Because: what is leaked is never dropped: the scales never hear that nobody waits for them
//!   any more.
//! Says: the future that `weigh` gave still exists

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
    Weighing { office: &'a Office, copies: u32, weight: &'static mut Scripted<u32> },
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
                    let weight = Box::leak(Box::new(office.weigh()));
                    *this = Postage::Weighing { office, copies: *copies, weight };
                }
                Postage::Weighing { office, copies, weight } => {
                    let grams = ready!(Pin::new(&mut **weight).poll(cx));
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
