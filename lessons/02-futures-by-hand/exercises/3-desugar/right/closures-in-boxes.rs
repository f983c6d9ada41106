//! Right: each half after an `.await` is a closure in a box, and the enum knows only a future and
//!   what comes after it.

use std::pin::Pin;
use std::task::{Context, Poll};

use shared::probe::Scripted;

use crate::Office;

/// What to do with an awaited value: it gives the next state.
type After<'a> = Box<dyn FnOnce(u32) -> Postage<'a> + 'a>;

/// The future of `postage`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start(Box<dyn FnOnce() -> Postage<'a> + 'a>),
    /// Waits for a future, and then calls the closure with its value.
    Awaiting(Box<Scripted<u32>>, Option<After<'a>>),
    /// Holds the value, and gives it at every poll.
    Finished(u32),
}

fn awaiting<'a>(future: Scripted<u32>, after: impl FnOnce(u32) -> Postage<'a> + 'a) -> Postage<'a> {
    Postage::Awaiting(Box::new(future), Some(Box::new(after)))
}

impl<'a> Postage<'a> {
    /// What calling `postage(office, copies)` does.
    pub fn new(office: &'a Office, copies: u32) -> Self {
        Postage::Start(Box::new(move || {
            office.note("open");
            awaiting(office.weigh(), move |grams| {
                office.note("weighed");
                awaiting(office.look_up_rate(), move |rate| {
                    office.note("close");
                    Postage::Finished(copies * grams * rate)
                })
            })
        }))
    }
}

impl Future for Postage<'_> {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let next = match &mut *self {
            Postage::Start(_) => {
                let start = std::mem::replace(&mut *self, Postage::Finished(0));
                let Postage::Start(run) = start else { unreachable!("it was a start") };
                run()
            }
            Postage::Awaiting(future, after) => match Pin::new(&mut **future).poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(value) => after.take().expect("called once")(value),
            },
            Postage::Finished(cents) => return Poll::Ready(*cents),
        };
        *self = next;
        self.poll(cx)
    }
}
