//! Wrong: adds a reference by hand, and one more by cloning the `Arc`.
//! Caught by: `a_clone_holds_a_reference_of_its_own`
//! Because: a waker gives one reference back. The second one stays.
//! Says: a waker was cloned, and both were dropped. No waker is alive, and 1 of the references

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
    // SAFETY: the waker that is being cloned holds a reference.
    let bell = unsafe {
        Arc::increment_strong_count(data.cast::<Bell>());
        std::mem::ManuallyDrop::new(Arc::from_raw(data.cast::<Bell>()))
    };
    RawWaker::new(Arc::into_raw(Arc::clone(&bell)).cast(), &VTABLE)
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
    // SAFETY: `data` came from `Arc::into_raw`; the waker is gone and leaves its reference to us.
    drop(unsafe { Arc::from_raw(data.cast::<Bell>()) });
}
