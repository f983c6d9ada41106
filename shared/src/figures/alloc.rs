//! How many allocations, and how many bytes, a piece of code makes.
//!
//! ```
//! use shared::figures::alloc::CountingAllocator;
//!
//! #[global_allocator]
//! static ALLOCATOR: CountingAllocator = CountingAllocator;
//!
//! let (boxed, count) = shared::figures::alloc::count(|| Box::new(7u64));
//! assert_eq!((count.allocations, count.bytes), (1, 8));
//! # drop(boxed);
//! ```

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    // A constant, and of a type without a destructor: reading it can neither allocate nor come too
    // late.
    static COUNT: Cell<Count> = const { Cell::new(Count { allocations: 0, bytes: 0, frees: 0, freed: 0 }) };
}

/// What a piece of code asked of the allocator, on the thread that ran it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Calls that asked for memory; growing a block counts as one.
    pub allocations: u64,
    /// Bytes asked for; growing a block counts its new size.
    pub bytes: u64,
    /// Blocks freed.
    pub frees: u64,
    /// Bytes freed; growing a block frees its old size.
    pub freed: u64,
}

impl Count {
    /// How many bytes more are in use than before. Fewer, if it is negative.
    pub fn kept(&self) -> i64 {
        self.bytes as i64 - self.freed as i64
    }
}

/// The system's allocator, with a count per thread. Install it with `#[global_allocator]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CountingAllocator;

fn note(allocations: u64, bytes: usize, frees: u64, freed: usize) {
    let before = COUNT.get();
    COUNT.set(Count {
        allocations: before.allocations + allocations,
        bytes: before.bytes + bytes as u64,
        frees: before.frees + frees,
        freed: before.freed + freed as u64,
    });
}

// SAFETY: every call is passed on to `System`, which upholds the trait's contract; counting neither
// allocates nor unwinds.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size(), 0, 0);
        // SAFETY: the caller upholds `alloc`'s contract, which is the same as `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        note(0, 0, 1, layout.size());
        // SAFETY: `block` came from `System` with this layout, as the caller promises of this
        // allocator.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        note(1, new_size, 0, layout.size());
        // SAFETY: `block` came from `System` with this layout, and the caller promises a size that
        // is not zero.
        unsafe { System.realloc(block, layout, new_size) }
    }
}

/// Runs `work` and counts what it allocates on this thread.
///
/// Returns zeros where [`CountingAllocator`] is not the program's global allocator.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, Count) {
    let before = COUNT.get();
    let value = work();
    let after = COUNT.get();
    let count = Count {
        allocations: after.allocations - before.allocations,
        bytes: after.bytes - before.bytes,
        frees: after.frees - before.frees,
        freed: after.freed - before.freed,
    };
    (value, count)
}
