//! Wrong: does the work before the first await when it is made.
//! Caught by: `making_it_asks_for_nothing`
//! Because: calling an async function only keeps its arguments. Everything in its body, from the first line on, belongs to the
//!   first poll.
//! Says: nobody has polled yet, and this has happened: open, ask: weigh

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

pub enum Postage<'a> {
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32> },
    LookingUp { office: &'a Office, copies: u32, grams: u32, rate: Scripted<u32> },
    Done,
}

impl<'a> Postage<'a> {
    pub fn new(office: &'a Office, copies: u32) -> Self {
        office.note("open");
        Postage::Weighing { office, copies, weight: office.weigh() }
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        loop {
            match this {
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
