//! Wrong: dropping a waker does the same as calling it.
//! Caught by: `a_waker_gives_its_reference_back_when_it_is_dropped`
//! Because: whoever drops a waker has no news. The task is polled for nothing.
//! Says: the waker was not called, and the bell should have rung 0 times. It has rung once

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
    // SAFETY: `data` came from `Arc::into_raw`; the waker is used up and leaves its reference to us.
    let bell = unsafe { Arc::from_raw(data.cast::<Bell>()) };
    bell.ring();
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`; the waker keeps its reference, and `ManuallyDrop` does not give it back.
    let bell = unsafe { std::mem::ManuallyDrop::new(Arc::from_raw(data.cast::<Bell>())) };
    bell.ring();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: a waker that is dropped has the same reference to give back as one that is woken.
    unsafe { wake(data) };
}
