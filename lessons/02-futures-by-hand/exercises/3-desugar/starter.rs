//! An `async fn`, rewritten as an enum.
//!
//! This is the function (`Office` is in `check.rs`):
//!
//! ```ignore
//! pub async fn postage(office: &Office, copies: u32) -> u32 {
//!     office.note("open");
//!     let grams = office.weigh().await;
//!     office.note("weighed");
//!     let rate = office.look_up_rate().await;
//!     office.note("close");
//!     copies * grams * rate
//! }
//! ```

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use shared::probe::Scripted;

use crate::Office;

/// The future of `postage`: a variant for each place where the function can stand still.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Postage<'a> {
    /// Called, and not polled yet.
    Start { office: &'a Office, copies: u32 },
    // A variant for each `.await`: the future that it waits for, and what is needed afterwards.
    // `office.weigh()` and `office.look_up_rate()` return a `Scripted<u32>`, a future of a `u32`.
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
        // An ordinary `&mut Postage`. This is allowed because all its parts are `Unpin`.
        let this = self.get_mut();
        todo!("go on from the state in which the last poll stopped")
    }
}
