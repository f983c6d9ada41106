//! Wrong: returns `Pending` at every await, ready or not.
//! Caught by: `it_goes_on_at_once_when_an_await_is_ready`
//! Because: an await gives up control only where the future that it waits for is pending. This
//!   costs a poll for each await, and nobody has a reason to make it.
//! Says: so one poll is enough. It returned Pending after this: open, ask: weigh

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

pub enum Postage<'a> {
    Start { office: &'a Office, copies: u32 },
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32> },
    LookingUp { office: &'a Office, copies: u32, grams: u32, rate: Scripted<u32> },
    Done,
}

impl<'a> Postage<'a> {
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Postage::Start { office, copies }
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        match this {
            Postage::Start { office, copies } => {
                office.note("open");
                let weight = office.weigh();
                *this = Postage::Weighing { office, copies: *copies, weight };
                Poll::Pending
            }
            Postage::Weighing { office, copies, weight } => {
                let grams = ready!(Pin::new(weight).poll(cx));
                office.note("weighed");
                let rate = office.look_up_rate();
                *this = Postage::LookingUp { office, copies: *copies, grams, rate };
                Poll::Pending
            }
            Postage::LookingUp { office, copies, grams, rate } => {
                let rate = ready!(Pin::new(rate).poll(cx));
                office.note("close");
                let cents = *copies * *grams * rate;
                *this = Postage::Done;
                Poll::Ready(cents)
            }
            Postage::Done => panic!("`Postage` polled after completion"),
        }
    }
}
