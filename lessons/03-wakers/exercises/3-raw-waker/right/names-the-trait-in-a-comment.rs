//! Right: a comment names the trait that the answer does without, the table is a constant, and
//!   `wake` counts down by hand.

use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    // The waker's data: a pointer that stands for one reference to the bell.
    let data: *const () = Arc::into_raw(bell).cast();
    // SAFETY: the waker owns that reference from here on. `clone` adds one for each new waker,
    // `wake` and `drop_waker` give back the one of the waker that they end, and `wake_by_ref` does
    // neither. `Bell` is Send and Sync, so any thread may call them.
    unsafe { Waker::new(data, &VTABLE) }
}

/// What `impl Wake for Bell` would write. A constant: the compiler gives it an address.
const VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// Called by `Waker::clone`: makes the new waker's data.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: `data` came from `Arc::into_raw`, and the waker that is being cloned holds a
    // reference.
    unsafe { Arc::increment_strong_count(data.cast::<Bell>()) };
    RawWaker::new(data, &VTABLE)
}

/// Called by `Waker::wake`, which takes the waker by value: `drop_waker` is not called afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`, and the waker that ends here leaves us its
    // reference. It is released last.
    unsafe {
        (*data.cast::<Bell>()).ring();
        Arc::decrement_strong_count(data.cast::<Bell>());
    }
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: as above, but the reference stays the waker's: `ManuallyDrop` does not release it.
    let bell = unsafe { ManuallyDrop::new(Arc::from_raw(data.cast::<Bell>())) };
    bell.ring();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`, and the waker that ends here leaves us its
    // reference.
    drop(unsafe { Arc::from_raw(data.cast::<Bell>()) });
}
