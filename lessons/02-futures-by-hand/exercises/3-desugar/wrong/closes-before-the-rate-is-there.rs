//! Wrong: closes before the rate is there, at every poll.
//! Caught by: `work_is_not_repeated_when_it_is_polled_again`
//! Because: the arm begins again at every poll, so what stands before the `ready!` is done each time. What comes after the
//!   await stands after the `ready!`.
//! Says: "close" stands in the book twice

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`: a variant for each place where the function can stand still.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start {
        office: &'a Office,
        copies: u32,
    },
    Weighing {
        office: &'a Office,
        copies: u32,
        weight: Scripted<u32>,
    },
    LookingUp {
        office: &'a Office,
        copies: u32,
        grams: u32,
        rate: Scripted<u32>,
    },
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
                Postage::Start { office, copies } => {
                    office.note("open");
                    *this = Postage::Weighing { weight: office.weigh(), office, copies: *copies };
                }
                Postage::Weighing { office, copies, weight } => {
                    let grams = ready!(Pin::new(weight).poll(cx));
                    office.note("weighed");
                    let rate = office.look_up_rate();
                    *this = Postage::LookingUp { office, copies: *copies, grams, rate };
                }
                Postage::LookingUp { office, copies, grams, rate } => {
                    office.note("close");
                    let rate = ready!(Pin::new(rate).poll(cx));
                    let cents = *copies * *grams * rate;
                    *this = Postage::Done;
                    return Poll::Ready(cents);
                }
                Postage::Done => panic!("polled after completion"),
            }
        }
    }
}
