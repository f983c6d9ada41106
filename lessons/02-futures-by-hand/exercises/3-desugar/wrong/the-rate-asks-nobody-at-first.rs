//! Wrong: polls the rate with a waker that does nothing, if the weight was ready in the first
//!   poll.
//! Caught by: `the_task_that_polled_last_is_woken`
//! Because: the rate may be pending in that poll. It tells a waker that does nothing when it is
//!   there, and the task waits for ever.
//! Says: polled by task A, and told Pending each time. Then the future that `rate` gave woke its task

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`: a variant for each place where the function can stand still.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// At the first `.await`.
    Weighing { office: &'a Office, copies: u32, weight: Scripted<u32>, waited: bool },
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
                    *this = Postage::Weighing { office, copies: *copies, weight, waited: false };
                }
                Postage::Weighing { office, copies, weight, waited } => {
                    let Poll::Ready(grams) = Pin::new(weight).poll(cx) else {
                        *waited = true;
                        return Poll::Pending;
                    };
                    let waited = *waited;
                    office.note("weighed");
                    let rate = office.look_up_rate();
                    *this = Postage::LookingUp { office, copies: *copies, grams, rate };
                    if !waited {
                        return Pin::new(this).poll(&mut Context::from_waker(Waker::noop()));
                    }
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
