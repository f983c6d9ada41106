//! Wrong: counts the wakers of a bell in two bytes.
//!   Based on `right/a-count-of-its-own.rs`.
//! Caught by: `many_clones_hold_the_bell`
//! Because: 65,536 wakers are then as good as none, and the next one that goes frees what all the others point to.
//! Says: one was given back that was not its own to give

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering::SeqCst};
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

struct Counted {
    wakers: AtomicU16,
    bell: Arc<Bell>,
}

pub fn waker(bell: Arc<Bell>) -> Waker {
    let counted = Box::new(Counted { wakers: AtomicU16::new(1), bell });
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
            drop(Box::from_raw(data.cast::<Counted>().cast_mut()));
        }
    }
}
