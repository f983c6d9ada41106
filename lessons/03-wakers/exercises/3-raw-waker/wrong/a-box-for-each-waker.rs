//! Wrong: puts the `Arc` of each waker into a box of its own, and uses the box's address.
//! Caught by: `a_clone_says_that_it_wakes_the_same_task`
//! Because: no reference is lost, but two wakers of one task look like strangers. Whoever asks `will_wake` clones every time.
//! Says: `will_wake` of a waker and its clone is false

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    // SAFETY: the data is a box that belongs to this waker alone.
    unsafe { Waker::new(boxed(bell), &VTABLE) }
}

fn boxed(bell: Arc<Bell>) -> *const () {
    Box::into_raw(Box::new(bell)).cast_const().cast()
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// Called by `Waker::clone`: makes the new waker's data.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: `data` came from `boxed`, and the waker that is being cloned keeps its box.
    let bell = unsafe { &*data.cast::<Arc<Bell>>() };
    RawWaker::new(boxed(Arc::clone(bell)), &VTABLE)
}

/// Called by `Waker::wake`, which takes the waker by value: `drop_waker` is not called afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker ends here, and leaves us its box.
    unsafe {
        wake_by_ref(data);
        drop_waker(data);
    }
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` came from `boxed`, and the waker keeps its box.
    unsafe { &*data.cast::<Arc<Bell>>() }.ring();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: `data` came from `boxed`, and the waker ends here.
    drop(unsafe { Box::from_raw(data.cast::<Arc<Bell>>().cast_mut()) });
}
