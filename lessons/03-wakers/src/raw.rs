//! The same waker as `Signal`'s, by a table of functions.
//!
//! The protocol: a waker's data pointer comes from `Arc::into_raw` and stands for one reference to
//! the signal. `clone` adds a reference, for the new waker. `wake` and `drop` end a waker and give
//! its reference back. `wake_by_ref` does neither.

use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::waker::Signal;

/// Makes a waker that raises `signal`, without the help of [`Wake`](std::task::Wake).
///
/// It does what `Waker::from(signal)` does. An executor writes its own table where a reference
/// count in an `Arc` is not what keeps its tasks.
///
/// ```
/// use std::sync::Arc;
/// use wakers::{Signal, raw_waker};
///
/// let signal = Arc::new(Signal::new());
/// let waker = raw_waker(Arc::clone(&signal));
/// assert_eq!(Arc::strong_count(&signal), 2);
/// waker.wake();
/// assert_eq!(Arc::strong_count(&signal), 1);
/// signal.wait();
/// ```
// ANCHOR: raw-waker
pub fn raw_waker(signal: Arc<Signal>) -> Waker {
    let data = Arc::into_raw(signal).cast();
    // SAFETY: `data` stands for one reference, which the waker owns from here on, and every
    // function of `VTABLE` treats it so (see each). They may be called from any thread, as a
    // waker's functions must: `Signal` is Send and Sync.
    unsafe { Waker::new(data, &VTABLE) }
}
// ANCHOR_END: raw-waker

// ANCHOR: vtable
/// A `static`, not a `const`: it has one address, by which `Waker::will_wake` knows two wakers to
/// be of the same kind.
static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// Called by `Waker::clone`.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: `data` came from `Arc::into_raw`, and the reference of the waker that is being cloned
    // keeps the signal alive. The reference that is added here belongs to the waker that is
    // returned.
    unsafe { Arc::increment_strong_count(data.cast::<Signal>()) };
    RawWaker::new(data, &VTABLE)
}

/// Called by `Waker::wake`, which uses the waker up: there is no `drop` afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`; the waker is gone after this call and leaves us its
    // reference.
    let signal = unsafe { Arc::from_raw(data.cast::<Signal>()) };
    signal.raise();
}

/// Called by `Waker::wake_by_ref`, which leaves the waker as it is.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`. The reference still belongs to the waker:
    // `ManuallyDrop` does not release it.
    let signal = unsafe { ManuallyDrop::new(Arc::from_raw(data.cast::<Signal>())) };
    signal.raise();
}

/// Called when a waker is dropped.
unsafe fn drop_waker(data: *const ()) {
    // SAFETY: `data` came from `Arc::into_raw`; the waker is gone after this call and leaves us its
    // reference.
    drop(unsafe { Arc::from_raw(data.cast::<Signal>()) });
}
// ANCHOR_END: vtable
