//! A waker that rings a bell, from a table of functions.

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    // The waker's data: a pointer that stands for one reference to the bell.
    let data: *const () = Arc::into_raw(bell).cast();
    // SAFETY: the functions of `VTABLE` keep to what `RawWakerVTable` asks of them: that is your
    // part.
    unsafe { Waker::new(data, &VTABLE) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// Called by `Waker::clone`: makes the new waker's data.
unsafe fn clone(data: *const ()) -> RawWaker {
    todo!("a second waker needs a second reference")
}

/// Called by `Waker::wake`, which takes the waker by value: `drop_waker` is not called afterwards.
unsafe fn wake(data: *const ()) {
    todo!("ring, and release the reference")
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    todo!("ring, and keep the reference")
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // It releases nothing so far.
}
