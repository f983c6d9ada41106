//! Right: a guard reads the clock and counts the poll when it is dropped; the future is in an
//!   `UnsafeCell`, behind the rest.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;

/// What belongs to one wrapper, apart from the future.
struct Watch<C> {
    clock: C,
    polls: Cell<u64>,
    nanos: Cell<u128>,
}

/// Stops when it goes out of scope, however that comes about.
struct Lap<'a, C: FnMut() -> Duration> {
    watch: &'a mut Watch<C>,
    began: Duration,
}

impl<C: FnMut() -> Duration> Watch<C> {
    fn lap(&mut self) -> Lap<'_, C> {
        let began = (self.clock)();
        Lap { watch: self, began }
    }
}

impl<C: FnMut() -> Duration> Drop for Lap<'_, C> {
    fn drop(&mut self) {
        let spent = (self.watch.clock)() - self.began;
        self.watch.nanos.set(self.watch.nanos.get() + spent.as_nanos());
        self.watch.polls.set(self.watch.polls.get() + 1);
    }
}

/// The future of `timed`. The future comes last, in a cell, and a marker says whose `Unpin` counts.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C>(Watch<C>, PhantomData<fn() -> C>, UnsafeCell<F>);

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed(
        Watch { clock, polls: Cell::new(0), nanos: Cell::new(0) },
        PhantomData,
        UnsafeCell::new(future),
    )
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of the struct: the first part is used by reference, the last
        // is pinned.
        let Timed(watch, _, cell) = unsafe { self.get_unchecked_mut() };
        let polled = {
            let _lap = watch.lap();
            // SAFETY: the cell lies in a pinned struct, nobody else has a reference to what is in
            // it, and there is no `Drop`.
            unsafe { Pin::new_unchecked(&mut *cell.get()) }.poll(cx)
        };
        match polled {
            Poll::Pending => Poll::Pending,
            Poll::Ready(value) => {
                let nanos = watch.nanos.get();
                let busy =
                    Duration::new((nanos / 1_000_000_000) as u64, (nanos % 1_000_000_000) as u32);
                Poll::Ready((value, Tally { polls: watch.polls.get(), busy }))
            }
        }
    }
}
