//! Right: each function is written in a different way, and `wake` is made of two others.

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
    // SAFETY: `data` came from `Arc::into_raw`. The waker that is being cloned lends its reference,
    // and keeps it.
    let bell = unsafe { Arc::from_raw(data.cast::<Bell>()) };
    let copy = Arc::clone(&bell);
    std::mem::forget(bell);
    RawWaker::new(Arc::into_raw(copy).cast(), &VTABLE)
}

/// Called by `Waker::wake`, which takes the waker by value: `drop_waker` is not called afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker is gone, and its reference is ours: first lent, then released.
    unsafe {
        wake_by_ref(data);
        drop_waker(data);
    }
}

/// Called by `Waker::wake_by_ref`: the waker lives on.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` points to a bell which the waker's reference keeps alive.
    let bell: &Bell = unsafe { &*data.cast() };
    bell.ring();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is gone, and its reference is ours to release.
    unsafe { Arc::decrement_strong_count(data.cast::<Bell>()) };
}
