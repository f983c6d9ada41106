use std::panic::panic_any;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// A future that panics: in a poll, or in its destructor. It is pending so many times before.
///
/// It owns nothing, so an answer that drops it twice does no harm, and is found out. Its destructor
/// panics only when it runs for the first time: a second panic on the way out would end the
/// process. What was done to it is read from its [`PanicLog`].
///
/// ```
/// use std::panic::{AssertUnwindSafe, catch_unwind};
/// use std::pin::pin;
/// use std::task::{Context, Waker};
/// use shared::probe::Panics;
///
/// let (future, log) = Panics::in_poll(1);
/// let mut future = Box::pin(future);
/// let mut cx = Context::from_waker(Waker::noop());
/// assert!(future.as_mut().poll(&mut cx).is_pending());
/// let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx)));
/// assert!(Panics::is_its_own(&*polled.unwrap_err()));
/// drop(future);
/// assert_eq!((log.polls(), log.drops()), (2, 1));
/// ```
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Panics {
    pending: u32,
    place: Place,
    log: PanicLog,
}

/// What was done to a [`Panics`].
///
/// Its memory is never freed: it must outlive a future that somebody drops once too often.
#[derive(Clone, Copy, Debug)]
pub struct PanicLog(&'static Counts);

#[derive(Debug, Default)]
struct Counts {
    polls: AtomicU32,
    drops: AtomicU32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Poll,
    Drop,
}

/// All counts that there are: still reachable, so that no tool takes them for lost.
static KEPT: Mutex<Vec<PanicLog>> = Mutex::new(Vec::new());

const IN_POLL: &str = "the inner future panics when it is polled";
const IN_DROP: &str = "the destructor of the inner future panics";

impl Panics {
    /// A future that is pending `pending` times, and panics when it is polled once more.
    pub fn in_poll(pending: u32) -> (Self, PanicLog) {
        Self::build(pending, Place::Poll)
    }

    /// A future that is pending `pending` times and then ready, and panics when it is dropped.
    pub fn in_drop(pending: u32) -> (Self, PanicLog) {
        Self::build(pending, Place::Drop)
    }

    /// Whether a panic that was caught comes from such a future, and not from the code around it.
    pub fn is_its_own(panic: &(dyn std::any::Any + Send)) -> bool {
        panic.downcast_ref::<&str>().is_some_and(|words| [IN_POLL, IN_DROP].contains(words))
    }

    fn build(pending: u32, place: Place) -> (Self, PanicLog) {
        let log = PanicLog(Box::leak(Box::default()));
        KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(log);
        (Self { pending, place, log }, log)
    }
}

impl Future for Panics {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.log.0.polls.fetch_add(1, SeqCst);
        if self.pending > 0 {
            self.pending -= 1;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match self.place {
            Place::Poll => panic_any(IN_POLL),
            Place::Drop => Poll::Ready(()),
        }
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        let is_first = self.log.0.drops.fetch_add(1, SeqCst) == 0;
        if is_first && self.place == Place::Drop {
            panic_any(IN_DROP);
        }
    }
}

impl PanicLog {
    /// How often it was polled.
    pub fn polls(self) -> u32 {
        self.0.polls.load(SeqCst)
    }

    /// How often it was dropped. It should be once.
    pub fn drops(self) -> u32 {
        self.0.drops.load(SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::ManuallyDrop;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::task::Waker;

    fn poll(future: &mut Panics) -> Poll<()> {
        Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn its_destructor_panics_once_and_counts_on() {
        let (future, log) = Panics::in_drop(1);
        let mut future = ManuallyDrop::new(future);
        assert!(poll(&mut future).is_pending());
        assert!(poll(&mut future).is_ready());
        for nth in 1..=2 {
            let dropped = catch_unwind(AssertUnwindSafe(|| {
                // SAFETY: it owns nothing, so the second time does no harm.
                unsafe { ManuallyDrop::drop(&mut future) }
            }));
            assert_eq!(dropped.is_err_and(|panic| Panics::is_its_own(&*panic)), nth == 1);
        }
        assert_eq!((log.polls(), log.drops()), (2, 2));
    }

    #[test]
    fn another_panic_is_not_its_own() {
        let panic = catch_unwind(|| panic!("somebody else's")).expect_err("it panics");
        assert!(!Panics::is_its_own(&*panic));
    }
}
