//! Wrong: implements `Wake` for the bell, and turns the `Arc` into a waker.
//! Caught by: `the_waker_does_without_the_wake_trait`
//! Because: it works, and the standard library has done the exercise.
//! Says: the answer uses `std::task::Wake`

use std::sync::Arc;
use std::task::{Wake, Waker};

use crate::Bell;

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.ring();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
    }
}

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    bell.into()
}
