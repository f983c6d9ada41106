//! Why a task has no result.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};

use crate::name::Name;

// ANCHOR: error
/// Why a task has no result.
pub struct JoinError {
    task: Name,
    cause: Cause,
}

enum Cause {
    Cancelled,
    // In a lock only so that the error may be shared between threads, which most users of errors
    // ask for.
    Panicked(Mutex<Box<dyn Any + Send>>),
}

impl JoinError {
    pub(crate) fn cancelled(task: &Name) -> Self {
        Self { task: task.clone(), cause: Cause::Cancelled }
    }

    pub(crate) fn panicked(task: &Name, payload: Box<dyn Any + Send>) -> Self {
        Self { task: task.clone(), cause: Cause::Panicked(Mutex::new(payload)) }
    }

    /// Whether the task was aborted, or its executor is gone.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.cause, Cause::Cancelled)
    }

    /// Whether the task's future panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.cause, Cause::Panicked(_))
    }

    /// What the task panicked with, to be looked at or passed on with
    /// [`std::panic::resume_unwind`].
    ///
    /// # Errors
    ///
    /// The error itself, if the task was cancelled.
    ///
    /// ```
    /// use executor::Executor;
    ///
    /// let executor = Executor::new();
    /// let task = executor.spawn(async { panic!("no more tea") });
    /// let error = executor.block_on(task).unwrap_err();
    /// let payload = error.into_panic().unwrap();
    /// assert_eq!(payload.downcast_ref::<&str>(), Some(&"no more tea"));
    /// ```
    pub fn into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.cause {
            Cause::Panicked(payload) => {
                Ok(payload.into_inner().unwrap_or_else(PoisonError::into_inner))
            }
            Cause::Cancelled => Err(self),
        }
    }
}
// ANCHOR_END: error

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cause::Panicked(payload) = &self.cause else {
            return write!(f, "task {} was cancelled", self.task);
        };
        // A copy, so that the lock is released before anything is written: the writer is foreign
        // code.
        let text = {
            let payload = payload.lock().unwrap_or_else(PoisonError::into_inner);
            let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            text.or_else(|| payload.downcast_ref::<String>().cloned())
        };
        match text {
            Some(text) => write!(f, "task {} panicked: {text}", self.task),
            None => write!(f, "task {} panicked", self.task),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl Error for JoinError {}

/// Of the kind [`Other`](io::ErrorKind::Other), with the error within: `task.await??` where a
/// function returns `io::Result`.
impl From<JoinError> for io::Error {
    fn from(error: JoinError) -> Self {
        Self::other(error)
    }
}
