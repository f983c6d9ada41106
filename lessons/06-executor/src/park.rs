//! Where an executor's thread sleeps.

use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use wakers::Signal;

// ANCHOR: park
/// What an executor does when no task can go on, and how it is called back.
///
/// It is also the place where events come in: an implementation may look after timers or sockets,
/// and wake the tasks that wait for them. Parks can be stacked: one that keeps timers sleeps in
/// another one, until its next deadline.
pub trait Park {
    /// Sleeps until something has happened: the [`unparker`](Park::unparker) was called, here or
    /// before; an event has come; or `limit` has passed. It may also return for no reason. Without
    /// a limit it sleeps for as long as it takes; with a limit of zero it looks for events and does
    /// not sleep.
    fn park(&self, limit: Option<Duration>);

    /// Ends the sleep, from any thread. A call that comes before the sleep is remembered.
    fn unparker(&self) -> Waker;
}

/// Sleeps on the thread that made it, and knows of no events: only a wake ends the sleep.
#[derive(Debug)]
pub struct ThreadPark {
    signal: Arc<Signal>,
}

impl ThreadPark {
    /// Makes one for the calling thread.
    #[allow(
        clippy::new_without_default,
        reason = "a default that depends on the thread would surprise"
    )]
    pub fn new() -> Self {
        Self { signal: Arc::new(Signal::new()) }
    }
}

impl Park for ThreadPark {
    /// # Panics
    ///
    /// On another thread than the one that made it.
    fn park(&self, limit: Option<Duration>) {
        match limit {
            None => self.signal.wait(),
            Some(limit) => drop(self.signal.wait_for(limit)),
        }
    }

    fn unparker(&self) -> Waker {
        Waker::from(Arc::clone(&self.signal))
    }
}
// ANCHOR_END: park

impl<P: Park + ?Sized> Park for Rc<P> {
    fn park(&self, limit: Option<Duration>) {
        (**self).park(limit);
    }

    fn unparker(&self) -> Waker {
        (**self).unparker()
    }
}

impl<P: Park + ?Sized> Park for Arc<P> {
    fn park(&self, limit: Option<Duration>) {
        (**self).park(limit);
    }

    fn unparker(&self) -> Waker {
        (**self).unparker()
    }
}
