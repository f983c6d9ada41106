//! Wrong: repeats the work before the first await at every poll.
//! Caught by: `work_is_not_repeated_when_it_is_polled_again`
//! Because: "not begun" is not a state of its own here. The first line of `poll` is taken for the
//!   first line of the function, but `poll` runs many times.
//! Says: after poll 2, "open" stands in the book twice

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

pub struct Postage<'a> {
    office: &'a Office,
    copies: u32,
    grams: Option<u32>,
    weight: Option<Scripted<u32>>,
    rate: Option<Scripted<u32>>,
}

impl<'a> Postage<'a> {
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Self { office, copies, grams: None, weight: None, rate: None }
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        let office = this.office;
        office.note("open");
        let grams = match this.grams {
            Some(grams) => grams,
            None => {
                let weight = this.weight.get_or_insert_with(|| office.weigh());
                let grams = ready!(Pin::new(weight).poll(cx));
                office.note("weighed");
                *this.grams.insert(grams)
            }
        };
        let rate = this.rate.get_or_insert_with(|| office.look_up_rate());
        let rate = ready!(Pin::new(rate).poll(cx));
        office.note("close");
        Poll::Ready(this.copies * grams * rate)
    }
}
