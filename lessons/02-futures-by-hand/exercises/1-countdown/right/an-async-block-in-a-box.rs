//! Right: an `async` block in a box counts, so a poll after `Ready` panics.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    inner: Pin<Box<dyn Future<Output = &'static str>>>,
}

/// Pending at its first poll, ready at its second.
#[derive(Default)]
struct OncePending {
    asked: bool,
}

impl Future for OncePending {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.asked, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Countdown {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, mut announce: impl FnMut(u32) + 'static) -> Self {
        let inner = Box::pin(async move {
            for number in (1..=from).rev() {
                announce(number);
                OncePending::default().await;
            }
            "lift-off"
        });
        Self { inner }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        self.inner.as_mut().poll(cx)
    }
}
