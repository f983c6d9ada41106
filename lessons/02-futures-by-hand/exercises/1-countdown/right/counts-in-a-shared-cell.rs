//! Right: the place is counted down before the number is announced, and the closure is dropped at
//!   lift-off.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

type Announce = Box<dyn FnMut(u32)>;

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    left: Rc<Cell<u32>>,
    announce: RefCell<Option<Announce>>,
}

impl Countdown {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { left: Rc::new(Cell::new(from)), announce: RefCell::new(Some(Box::new(announce))) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
        let number = self.left.get();
        if let Some(less) = number.checked_sub(1) {
            self.left.set(less);
            if let Some(announce) = self.announce.borrow_mut().as_mut() {
                announce(number);
            }
            return Poll::Pending;
        }
        *self.announce.borrow_mut() = None;
        Poll::Ready("lift-off")
    }
}
