//! Wrong: implements `Wake` for the bell, under the name that it has in `alloc`.
//! Caught by: `the_waker_does_without_the_wake_trait`
//! Because: it is the same trait, and the standard library has done the exercise.
//! Says: the answer uses `alloc::task::Wake`

extern crate alloc;

use alloc::task::Wake;
use std::sync::Arc;
use std::task::Waker;

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
