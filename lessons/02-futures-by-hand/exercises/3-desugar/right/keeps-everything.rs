//! Right: no loop. One variant keeps every part until the whole is dropped, wakes the task when it
//!   is pending, and multiplies early.

use std::pin::Pin;
use std::task::{Context, Poll};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    /// Polled. What is there says how far it has come.
    Running { office: &'a Office, product: u32, weight: Scripted<u32>, rate: Option<Scripted<u32>> },
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
        if let Postage::Start { office, copies } = *this {
            office.note("open");
            *this =
                Postage::Running { office, product: copies, weight: office.weigh(), rate: None };
        }
        let Postage::Running { office, product, weight, rate } = this else {
            unreachable!("it has just been started")
        };
        if rate.is_none() {
            let Poll::Ready(grams) = Pin::new(weight).poll(cx) else {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            };
            office.note("weighed");
            *product *= grams;
        }
        let rate = rate.get_or_insert_with(|| office.look_up_rate());
        let Poll::Ready(rate) = Pin::new(rate).poll(cx) else {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        };
        office.note("close");
        Poll::Ready(*product * rate)
    }
}
