//! Wrong: keeps the grams in a `thread_local!`.
//! Caught by: `two_mailings_keep_their_own_place`
//! Because: all mailings of a thread share it: each multiplies by the weight of the letter that
//!   was weighed last.
//! Says: and the answers are (Ready(30), 600)

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

thread_local! {
    static GRAMS: Cell<u32> = const { Cell::new(0) };
}

/// The future of `postage`: a variant for each place where the function can stand still.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// At the first `.await`.
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32> },
    /// At the second `.await`: now `grams` is needed afterwards, too.
    LookingUp { office: &'a Office, copies: u32, rate: Scripted<u32> },
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
                    GRAMS.set(grams);
                    office.note("weighed");
                    let rate = office.look_up_rate();
                    *this = Postage::LookingUp { office, copies: *copies, rate };
                }
                Postage::LookingUp { office, copies, rate } => {
                    let rate = ready!(Pin::new(rate).poll(cx));
                    office.note("close");
                    let cents = *copies * GRAMS.get() * rate;
                    *this = Postage::Done;
                    return Poll::Ready(cents);
                }
                Postage::Done => panic!("`Postage` polled after completion"),
            }
        }
    }
}
