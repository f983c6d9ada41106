//! Wrong: the last waker gives the bell back, and leaves the box in which it was counted.
//!   Based on `right/a-count-of-its-own.rs`.
//! Caught by: `nothing_of_its_own_is_left`
//! Because: each waker that an executor makes leaks a few bytes, although no reference to the bell is lost.
//! Says: bytes of what the answer has allocated are still in use

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

struct Counted {
    wakers: AtomicUsize,
    bell: Arc<Bell>,
}

pub fn waker(bell: Arc<Bell>) -> Waker {
    let counted = Box::new(Counted { wakers: AtomicUsize::new(1), bell });
    // SAFETY: the box lives until `release` has been called as often as there were wakers.
    unsafe { Waker::new(Box::into_raw(counted).cast_const().cast(), &VTABLE) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(
    |data| {
        // SAFETY: the waker that is being cloned keeps the box alive.
        unsafe { counted(data) }.wakers.fetch_add(1, SeqCst);
        RawWaker::new(data, &VTABLE)
    },
    // SAFETY: the waker keeps the box alive until it is released, here, once.
    |data| unsafe {
        counted(data).bell.ring();
        release(data);
    },
    // SAFETY: the waker keeps the box alive.
    |data| unsafe { counted(data) }.bell.ring(),
    // SAFETY: the waker ends here.
    |data| unsafe { release(data) },
);

unsafe fn counted<'a>(data: *const ()) -> &'a Counted {
    // SAFETY: the caller knows that the box is alive.
    unsafe { &*data.cast() }
}

unsafe fn release(data: *const ()) {
    // SAFETY: each waker calls this once, so the last one frees the box, and nobody comes after it.
    unsafe {
        if counted(data).wakers.fetch_sub(1, SeqCst) == 1 {
            std::ptr::drop_in_place(data.cast::<Counted>().cast_mut());
        }
    }
}
