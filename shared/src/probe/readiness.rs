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
    /// The number of the newest wait that has been polled, and the waker with which it was.
    waiting: Option<(u64, Waker)>,
    /// How many waits have been polled.
    waits: u64,
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
        let waiting = side.waiting.take();
        // A waker may run any code: the lock is released first.
        drop(side);
        if let Some((_, waker)) = waiting {
            waker.wake();
        }
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
        self.side().waiting.is_some()
    }

    pub(super) fn ready(&self) -> Ready<'_> {
        Ready { readiness: self, wait: None }
    }

    fn side(&self) -> MutexGuard<'_, Side> {
        self.side.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until a [`Socket`](super::Socket) or a [`Listener`](super::Listener) is ready in one
/// direction.
///
/// That is a hint: the next try may find nothing. One task waits at a time, and the newest takes
/// the place of the one before.
///
/// *Cancellation:* whoever drops it is not woken any more.
///
/// # Errors
///
/// If [`Peer::wait_fails`](super::Peer::wait_fails) or
/// [`Clients::wait_fails`](super::Clients::wait_fails) says so: a real one has to ask a kernel,
/// which may refuse.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Ready<'a> {
    readiness: &'a Readiness,
    /// From the first poll on: the number of this wait, and how many events there had been.
    wait: Option<Wait>,
}

#[derive(Clone, Copy, Debug)]
struct Wait {
    number: u64,
    seen: u64,
}

impl Future for Ready<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let waker = cx.waker().clone();
        let mut side = self.readiness.side();
        if let Some(kind) = side.fails.take() {
            return Poll::Ready(Err(kind.into()));
        }
        if side.is_ready || self.wait.is_some_and(|wait| wait.seen != side.events) {
            return Poll::Ready(Ok(()));
        }
        let wait = self.wait.unwrap_or_else(|| {
            side.waits += 1;
            Wait { number: side.waits, seen: side.events }
        });
        let before = side.waiting.replace((wait.number, waker));
        drop(side);
        drop(before);
        self.wait = Some(wait);
        Poll::Pending
    }
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        let mut side = self.readiness.side();
        let is_ours =
            |(number, _): &mut (u64, Waker)| self.wait.is_some_and(|wait| wait.number == *number);
        let waiting = side.waiting.take_if(is_ours);
        drop(side);
        drop(waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::WakerProbe;
    use std::pin::pin;

    fn poll(wait: Pin<&mut Ready<'_>>, probe: &WakerProbe) -> Poll<io::Result<()>> {
        wait.poll(&mut Context::from_waker(&probe.waker()))
    }

    #[test]
    fn a_wait_that_is_dropped_leaves_the_newer_one_waiting() {
        let (readiness, probe) = (Readiness::default(), WakerProbe::new());
        let mut before = Box::pin(readiness.ready());
        assert!(poll(before.as_mut(), &probe).is_pending());
        let mut newer = pin!(readiness.ready());
        assert!(poll(newer.as_mut(), &probe).is_pending());
        drop(before);
        readiness.hint();
        assert_eq!(probe.wakes(), 1, "the newer one was made before the older one was dropped");
        assert!(poll(newer, &probe).is_ready());
    }

    #[test]
    fn a_wait_that_is_dropped_is_not_woken() {
        let (readiness, probe) = (Readiness::default(), WakerProbe::new());
        let mut wait = Box::pin(readiness.ready());
        assert!(poll(wait.as_mut(), &probe).is_pending());
        drop(wait);
        assert_eq!((probe.alive(), readiness.is_waited_for()), (0, false));
        readiness.hint();
        assert_eq!(probe.wakes(), 0);
    }
}
