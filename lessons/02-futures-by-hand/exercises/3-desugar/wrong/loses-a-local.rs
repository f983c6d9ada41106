//! Wrong: loses a local variable across an await.
//! Caught by: `what_is_needed_after_an_await_is_kept`
//! Because: `let grams` makes a new variable beside the field of the same name. It is gone when the
//!   poll returns, and the field is what it was at the start.
//! Says: that makes 300, and the answer is 0

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

pub struct Postage<'a> {
    office: &'a Office,
    copies: u32,
    grams: u32,
    step: Step,
}

enum Step {
    Start,
    Weighing(Scripted<u32>),
    LookingUp(Scripted<u32>),
}

impl<'a> Postage<'a> {
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Self { office, copies, grams: 0, step: Step::Start }
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        loop {
            match &mut this.step {
                Step::Start => {
                    this.office.note("open");
                    this.step = Step::Weighing(this.office.weigh());
                }
                Step::Weighing(weight) => {
                    let grams = ready!(Pin::new(weight).poll(cx));
                    this.office.note("weighed");
                    this.step = Step::LookingUp(this.office.look_up_rate());
                }
                Step::LookingUp(rate) => {
                    let rate = ready!(Pin::new(rate).poll(cx));
                    this.office.note("close");
                    return Poll::Ready(this.copies * this.grams * rate);
                }
            }
        }
    }
}
