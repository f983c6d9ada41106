//! Wrong: makes the future that it waits for anew at every poll.
//! Caught by: `work_is_not_repeated_when_it_is_polled_again`
//! Because: a new future begins to wait from the start. What waits for a fresh one at each poll
//!   never sees it ready.
//! Says: after poll 2, "ask: weigh" stands in the book twice

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

pub enum Postage<'a> {
    Start { office: &'a Office, copies: u32 },
    Weighing { office: &'a Office, copies: u32 },
    LookingUp { office: &'a Office, copies: u32, grams: u32 },
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
        loop {
            match *this {
                Postage::Start { office, copies } => {
                    office.note("open");
                    *this = Postage::Weighing { office, copies };
                }
                Postage::Weighing { office, copies } => {
                    let grams = ready!(Pin::new(&mut office.weigh()).poll(cx));
                    office.note("weighed");
                    *this = Postage::LookingUp { office, copies, grams };
                }
                Postage::LookingUp { office, copies, grams } => {
                    let rate = ready!(Pin::new(&mut office.look_up_rate()).poll(cx));
                    office.note("close");
                    *this = Postage::Done;
                    return Poll::Ready(copies * grams * rate);
                }
                Postage::Done => panic!("`Postage` polled after completion"),
            }
        }
    }
}
