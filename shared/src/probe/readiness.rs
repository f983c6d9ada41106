use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// One direction of a socket: whether it is ready, and who waits for that.
#[derive(Debug, Default)]
pub(super) struct Readiness {
    side: Mutex<Side>,
}

#[derive(Debug, Default)]
struct Side {
    is_ready: bool,
    /// How often somebody who waits was to look again.
    events: u64,
    /// What the next wait fails with.
    fails: Option<ErrorKind>,
    waker: Option<Waker>,
}

impl Readiness {
    /// Says how things are. If there is something new, whoever waits is woken.
    pub(super) fn set(&self, is_ready: bool, is_news: bool) {
        self.side().is_ready = is_ready;
        if is_news {
            self.hint();
        }
    }

    /// Wakes whoever waits, whether there is anything to do or not.
    pub(super) fn hint(&self) {
        let mut side = self.side();
        side.events += 1;
        let waker = side.waker.take();
        // A waker may run any code: the lock is given back first.
        drop(side);
        waker.into_iter().for_each(Waker::wake);
    }

    /// Lets one wait fail: the one there is, or else the next.
    pub(super) fn fail(&self, kind: ErrorKind) {
        self.side().fails = Some(kind);
        self.hint();
    }

    pub(super) fn is_ready(&self) -> bool {
        self.side().is_ready
    }

    pub(super) fn is_waited_for(&self) -> bool {
        self.side().waker.is_some()
    }

    pub(super) fn ready(&self) -> Ready<'_> {
        Ready { readiness: self, seen: None }
    }

    fn side(&self) -> MutexGuard<'_, Side> {
        self.side.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until a [`Socket`](super::Socket) or a [`Listener`](super::Listener) is ready in one direction.
///
/// That is a hint: the next try may find nothing. One task waits at a time, and the newest takes the place of the one before.
///
/// *Cancellation:* whoever drops it is not woken any more.
///
/// # Errors
///
/// If [`Peer::wait_fails`](super::Peer::wait_fails) or [`Clients::wait_fails`](super::Clients::wait_fails) says so: a real one
/// has to ask a kernel, which may refuse.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Ready<'a> {
    readiness: &'a Readiness,
    /// How many events there had been when this was polled first.
    seen: Option<u64>,
}

impl Future for Ready<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let waker = cx.waker().clone();
        let mut side = self.readiness.side();
        if let Some(kind) = side.fails.take() {
            return Poll::Ready(Err(kind.into()));
        }
        if side.is_ready || self.seen.is_some_and(|seen| seen != side.events) {
            return Poll::Ready(Ok(()));
        }
        let events = side.events;
        let before = side.waker.replace(waker);
        drop(side);
        drop(before);
        self.seen = Some(events);
        Poll::Pending
    }
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        let mut side = self.readiness.side();
        let waker = if self.seen == Some(side.events) { side.waker.take() } else { None };
        drop(side);
        drop(waker);
    }
}
