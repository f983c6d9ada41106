//! Wrong: `wake_by_ref` does not ring while there are other wakers of the same bell.
//!   Based on `right/a-count-of-its-own.rs`.
//! Caught by: `after_any_life_every_reference_is_back`
//! Because: the others may be dropped without a call. Each wake rings.
//! Says: wakers were cloned, called and dropped in a mixed order, and the bell should have rung

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
    |data| {
        // SAFETY: the waker keeps the box alive.
        let counted = unsafe { counted(data) };
        if counted.wakers.load(SeqCst) == 1 {
            counted.bell.ring();
        }
    },
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
            drop(Box::from_raw(data.cast::<Counted>().cast_mut()));
        }
    }
}
