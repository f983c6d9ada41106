//! Wrong: asks for the weight and for the rate at the start.
//! Caught by: `the_first_poll_goes_up_to_the_first_pending`
//! Because: an async function runs its lines in order. What stands below an await has not been called while the await is
//!   pending.
//! Says: Yours returned Pending and did this: open, ask: weigh, ask: rate, poll weigh

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
        rate: Option<Scripted<u32>>,
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
                    let weight = office.weigh();
                    let rate = Some(office.look_up_rate());
                    *this = Postage::Weighing { office, copies: *copies, weight, rate };
                }
                Postage::Weighing { office, copies, weight, rate } => {
                    let grams = ready!(Pin::new(weight).poll(cx));
                    office.note("weighed");
                    let rate = rate.take().expect("asked for at the start");
                    *this = Postage::LookingUp { office, copies: *copies, grams, rate };
                }
                Postage::LookingUp { office, copies, grams, rate } => {
                    let rate = ready!(Pin::new(rate).poll(cx));
                    office.note("close");
                    let cents = *copies * *grams * rate;
                    *this = Postage::Done;
                    return Poll::Ready(cents);
                }
                Postage::Done => panic!("polled after completion"),
            }
        }
    }
}
