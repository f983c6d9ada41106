//! The model checker's channels. A receiver that is dropped takes the messages along that nobody
//! has received, as std's does: the model checker's own keeps them until the last sender is gone.

use std::iter;
use std::ops::Deref;

pub use shuttle::sync::mpsc::{
    RecvError, RecvTimeoutError, SendError, Sender, SyncSender, TryRecvError, TrySendError,
};

/// The receiving half, as [`std::sync::mpsc::Receiver`].
#[derive(Debug)]
pub struct Receiver<T> {
    inner: shuttle::sync::mpsc::Receiver<T>,
}

/// Makes a channel without a bound, as [`std::sync::mpsc::channel`].
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, inner) = shuttle::sync::mpsc::channel();
    (sender, Receiver { inner })
}

/// Makes a channel for `bound` messages, as [`std::sync::mpsc::sync_channel`].
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (sender, inner) = shuttle::sync::mpsc::sync_channel(bound);
    (sender, Receiver { inner })
}

impl<T> Deref for Receiver<T> {
    type Target = shuttle::sync::mpsc::Receiver<T>;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        // In a panic, the model checker may be at the end of its run, and has no next step.
        if !std::thread::panicking() {
            while self.inner.try_recv().is_ok() {}
        }
    }
}

impl<T: 'static> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = Box<dyn Iterator<Item = T>>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(iter::from_fn(move || self.recv().ok()))
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = shuttle::sync::mpsc::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.inner.iter()
    }
}
