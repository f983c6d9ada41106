//! Wrong: `wake` gives the reference back first, and rings afterwards.
//! Caught by: `the_bell_is_there_while_it_rings`
//! Because: the reference may have been the last. Then the bell is freed before it is rung.
//! Says: the bell is rung after its last reference was given back

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    // The waker's data: a pointer that stands for one reference to the bell.
    let data: *const () = Arc::into_raw(bell).cast();
    // SAFETY: the functions of `VTABLE` keep to what `RawWakerVTable` asks of them: that is your part.
    unsafe { Waker::new(data, &VTABLE) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// Called by `Waker::clone`: makes the new waker's data.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: `data` came from `Arc::into_raw`, and the waker that is being cloned holds a reference.
    unsafe { Arc::increment_strong_count(data.cast::<Bell>()) };
    RawWaker::new(data, &VTABLE)
}

/// Called by `Waker::wake`, which takes the waker by value: `drop_waker` is not called afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker is used up: its reference goes back, and the bell is rung.
    unsafe {
        Arc::decrement_strong_count(data.cast::<Bell>());
        (*data.cast::<Bell>()).ring();
    }
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`; the waker keeps its reference, and `ManuallyDrop` does not give it back.
    let bell = unsafe { std::mem::ManuallyDrop::new(Arc::from_raw(data.cast::<Bell>())) };
    bell.ring();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`; the waker is gone and leaves its reference to us.
    drop(unsafe { Arc::from_raw(data.cast::<Bell>()) });
}
