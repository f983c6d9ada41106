//! Right: the table is a constant of a generic type, and its functions are closures.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::Bell;

trait Ring {
    fn sound(&self);
}

impl Ring for Bell {
    fn sound(&self) {
        self.ring();
    }
}

/// A reference that belongs to a waker, and is looked at without being taken.
struct Lent<T>(ManuallyDrop<Arc<T>>);

impl<T> Lent<T> {
    /* SAFETY: (for the caller) a waker that lives holds a reference behind `data`. */
    unsafe fn from(data: *const ()) -> Self {
        // SAFETY: the caller's waker holds the reference, and `ManuallyDrop` leaves it there.
        Self(ManuallyDrop::new(unsafe { Arc::from_raw(data.cast()) }))
    }
}

impl<T> Deref for Lent<T> {
    type Target = Arc<T>;

    fn deref(&self) -> &Arc<T> {
        &self.0
    }
}

struct Table<T>(PhantomData<T>);

impl<T: Ring + Send + Sync + 'static> Table<T> {
    const VTABLE: &'static RawWakerVTable = &RawWakerVTable::new(
        // SAFETY: the waker that is being cloned holds a reference.
        |data| unsafe { Self::raw(Arc::clone(&Lent::from(data))) },
        // SAFETY: the waker is used up, and its reference is taken over here.
        |data| unsafe { Arc::<T>::from_raw(data.cast()).sound() },
        // SAFETY: the waker holds a reference all the time.
        |data| unsafe { Lent::<T>::from(data).sound() },
        // SAFETY: the waker is gone, and its reference is taken over here.
        |data| unsafe { drop(Arc::<T>::from_raw(data.cast())) },
    );

    fn raw(thing: Arc<T>) -> RawWaker {
        let data = NonNull::from(&**ManuallyDrop::new(thing));
        RawWaker::new(data.as_ptr().cast_const().cast(), Self::VTABLE)
    }
}

/// Makes a waker that rings `bell` when it is called. It owns the reference that it is given.
pub fn waker(bell: Arc<Bell>) -> Waker {
    // SAFETY: every function of the table takes over a reference, lends it or adds one, as it is
    // asked to.
    unsafe { Waker::from_raw(Table::raw(bell)) }
}
