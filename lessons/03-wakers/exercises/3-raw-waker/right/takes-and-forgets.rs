//! Right: every function makes an `Arc` of the pointer, and forgets it where the reference is to
//!   stay.

use std::mem;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

pub fn waker(bell: Arc<Bell>) -> Waker {
    // SAFETY: see the four functions.
    unsafe { Waker::from_raw(raw(bell)) }
}

fn raw(bell: Arc<Bell>) -> RawWaker {
    RawWaker::new(Arc::into_raw(bell).cast(), &VTABLE)
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker's own reference is forgotten again, and so stays with it.
    let bell = unsafe { Arc::from_raw(data.cast::<Bell>()) };
    let other = raw(Arc::clone(&bell));
    mem::forget(bell);
    other
}

unsafe fn wake(data: *const ()) {
    // SAFETY: first as if it were called by reference, then it is dropped.
    unsafe {
        wake_by_ref(data);
        drop_waker(data);
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker keeps the bell alive, and this is only a borrow.
    unsafe { &*data.cast::<Bell>() }.ring();
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker ends here, and leaves its reference.
    unsafe { Arc::decrement_strong_count(data.cast::<Bell>()) };
}
