//! Wrong: one of the `unsafe` blocks does not say why it is safe.
//! Caught by: `every_unsafe_block_says_who_holds_the_reference`
//! Because: the compiler does not look here. The sentence is what the next reader checks the code against.
//! Says: has no comment that begins with `SAFETY:`

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
    // Give it back.
    drop(unsafe { Arc::from_raw(data.cast::<Bell>()) });
}
