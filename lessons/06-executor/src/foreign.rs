//! Code that is not ours, and may panic: destructors of results, wakers of whoever waits.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs foreign code. If it panics, nobody but the panic hook hears of it.
pub(crate) fn shielded(work: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
        // What was panicked with may panic when it is dropped. What that panics with is not
        // dropped.
        mem::forget(catch_unwind(AssertUnwindSafe(|| drop(payload))));
    }
}
