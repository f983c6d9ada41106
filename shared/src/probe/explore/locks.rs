//! The model checker's locks, which also know on which line each thread has taken them.
//!
//! A thread that locks what it has already locked waits for itself. The model checker finds that,
//! and tells where in its own source it did. What helps are the two lines of the code under test.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::path::Path;
use std::sync::{Mutex as Plain, PoisonError};

use shuttle::current::me;
use shuttle::scheduler::TaskId;
use shuttle::sync::{LockResult, TryLockError, TryLockResult};

use super::notes;

/// Which threads have a lock, and where each has taken it.
#[derive(Debug, Default)]
struct Holders(Plain<Vec<Holder>>);

#[derive(Debug)]
struct Holder {
    thread: TaskId,
    call: &'static str,
    at: &'static Location<'static>,
}

/// One entry in a lock's [`Holders`], for as long as its guard lives.
#[derive(Debug)]
struct Held<'a> {
    holders: &'a Holders,
    thread: TaskId,
}

impl Holders {
    const fn new() -> Self {
        Self(Plain::new(Vec::new()))
    }

    /// Panics if this thread has the lock already, and so can never get it by `call`.
    #[track_caller]
    fn expect_free(&self, call: &str) {
        let (me, here) = (me(), Location::caller());
        let holders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = holders.iter().find(|holder| holder.thread == me) else { return };
        let may = if call == "read" && held.call == "read" { "may wait" } else { "waits" };
        let (first, second) = (line(held.at), line(here));
        let words = format!(
            "deadlock: `{call}` in {second} {may} for ever, because the same thread has taken this lock \
             with `{}` in {first}, and its guard is still alive{}",
            held.call,
            notes::in_words()
        );
        drop(holders);
        panic!("{words}");
    }

    #[track_caller]
    fn add(&self, call: &'static str) -> Held<'_> {
        let (thread, at) = (me(), Location::caller());
        let mut holders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        holders.push(Holder { thread, call, at });
        drop(holders);
        Held { holders: self, thread }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut holders = self.holders.0.lock().unwrap_or_else(PoisonError::into_inner);
        holders.retain(|holder| holder.thread != self.thread);
    }
}

/// "answer.rs:14": the folder is known, and long.
fn line(at: &Location<'_>) -> String {
    let file =
        Path::new(at.file()).file_name().map_or(at.file().into(), |name| name.to_string_lossy());
    format!("{file}:{}", at.line())
}

/// Makes what std's module has of a lock of the model checker: the guards, with the line at which
/// they were taken.
macro_rules! guard {
    ($name:ident, $($mutable:ident)?) => {
        #[doc = concat!("A guard, as [`std::sync::", stringify!($name), "`].")]
        #[must_use = "if unused, the lock is released at once"]
        pub struct $name<'a, T: ?Sized> {
            // First: the lock is released, and then nobody has it.
            inner: shuttle::sync::$name<'a, T>,
            _held: Held<'a>,
        }

        impl<T: ?Sized> Deref for $name<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.inner
            }
        }

        $(impl<T: ?Sized> DerefMut for $name<'_, T> {
            fn deref_mut(&mut self) -> &$mutable T {
                &mut self.inner
            }
        })?

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    };
}

guard!(MutexGuard, mut);
guard!(RwLockReadGuard,);
guard!(RwLockWriteGuard, mut);

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Lends the model checker's guard to a wait that releases the lock and takes it again.
    pub(super) fn map(
        self,
        wait: impl FnOnce(
            shuttle::sync::MutexGuard<'a, T>,
        ) -> LockResult<shuttle::sync::MutexGuard<'a, T>>,
    ) -> LockResult<Self> {
        let Self { inner, _held: held } = self;
        match wait(inner) {
            Ok(inner) => Ok(Self { inner, _held: held }),
            Err(poisoned) => {
                Err(PoisonError::new(Self { inner: poisoned.into_inner(), _held: held }))
            }
        }
    }
}

/// Makes a method that takes a lock, and one that tries to.
macro_rules! takes {
    ($guard:ident, $lock:ident, $try_lock:ident) => {
        /// Takes the lock, as std's.
        ///
        /// # Errors
        ///
        /// If the lock is poisoned, as std's.
        ///
        /// # Panics
        ///
        /// If this thread has it already: with the line of this call, and the one at which it was
        /// taken.
        #[track_caller]
        pub fn $lock(&self) -> LockResult<$guard<'_, T>> {
            self.holders.expect_free(stringify!($lock));
            let taken = self.inner.$lock();
            let held = self.holders.add(stringify!($lock));
            match taken {
                Ok(inner) => Ok($guard { inner, _held: held }),
                Err(poisoned) => {
                    Err(PoisonError::new($guard { inner: poisoned.into_inner(), _held: held }))
                }
            }
        }

        /// Takes the lock if it is free, as std's.
        ///
        /// # Errors
        ///
        /// If somebody has it, or if it is poisoned.
        #[track_caller]
        pub fn $try_lock(&self) -> TryLockResult<$guard<'_, T>> {
            match self.inner.$try_lock() {
                Ok(inner) => Ok($guard { inner, _held: self.holders.add(stringify!($try_lock)) }),
                Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
                Err(TryLockError::Poisoned(poisoned)) => {
                    let held = self.holders.add(stringify!($try_lock));
                    let guard = $guard { inner: poisoned.into_inner(), _held: held };
                    Err(TryLockError::Poisoned(PoisonError::new(guard)))
                }
            }
        }
    };
}

/// Makes what std's `Mutex` and `RwLock` have in common.
macro_rules! lock {
    ($name:ident, $($takes:tt)*) => {
        #[doc = concat!("A lock, as [`std::sync::", stringify!($name), "`].")]
        pub struct $name<T: ?Sized> {
            holders: Holders,
            inner: shuttle::sync::$name<T>,
        }

        impl<T> $name<T> {
            /// Makes a lock that nobody has.
            #[track_caller]
            pub const fn new(value: T) -> Self {
                Self { holders: Holders::new(), inner: shuttle::sync::$name::new(value) }
            }

            /// Takes the value out.
            ///
            /// # Errors
            ///
            /// If the lock is poisoned, as std's.
            pub fn into_inner(self) -> LockResult<T> {
                self.inner.into_inner()
            }
        }

        impl<T: ?Sized> $name<T> {
            $($takes)*

            /// Reaches the value without locking: nobody else has it.
            ///
            /// # Errors
            ///
            /// If the lock is poisoned, as std's.
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                self.inner.get_mut()
            }

            /// Ends the poisoning.
            pub fn clear_poison(&self) {
                self.inner.clear_poison();
            }
        }

        impl<T: Default> Default for $name<T> {
            fn default() -> Self {
                Self::new(T::default())
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self::new(value)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    };
}

lock! { Mutex, takes!(MutexGuard, lock, try_lock); }
lock! { RwLock,
    takes!(RwLockReadGuard, read, try_read);
    takes!(RwLockWriteGuard, write, try_write);
}
