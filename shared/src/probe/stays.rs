use std::fmt;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// A future that must stay where it is, as that of an `async fn` must: it is not `Unpin`. It is
/// pending so many times, waking its task each time, and then ready with 7.
///
/// It notes where it is polled and where it is dropped, as numbers, and does not really point into
/// itself. So an answer that moves it, or drops it twice, does no harm, and is found out. What it
/// noted is read from its [`Trail`], also after it is gone.
///
/// # Panics
///
/// `poll` panics if the future has returned `Ready`, or was dropped.
///
/// ```
/// use shared::probe::Stays;
/// use std::pin::pin;
/// use std::task::{Context, Waker};
///
/// let (future, trail) = Stays::new(1);
/// let mut boxed = Box::pin(future);
/// let mut cx = Context::from_waker(Waker::noop());
/// assert!(boxed.as_mut().poll(&mut cx).is_pending());
/// let mut boxed = pin!(boxed); // moves the box, not the future
/// assert!(boxed.as_mut().poll(&mut cx).is_ready());
/// assert_eq!(trail.polled().len(), 2);
/// assert!(trail.never_moved());
/// ```
#[must_use = "futures do nothing unless polled"]
pub struct Stays {
    trail: Trail,
    pending: u32,
    _stays: PhantomPinned,
}

/// Where a [`Stays`] was polled and dropped.
///
/// Its memory is never freed: it must outlive a future that somebody drops once too often.
#[derive(Clone, Copy)]
pub struct Trail(&'static Mutex<Steps>);

/// All trails that there are.
static KEPT: Mutex<Vec<Trail>> = Mutex::new(Vec::new());

#[derive(Clone, Debug, Default)]
struct Steps {
    polled: Vec<usize>,
    dropped: Vec<usize>,
    is_ready: bool,
}

impl Stays {
    /// A future that is pending `pending` times.
    pub fn new(pending: u32) -> (Self, Trail) {
        let trail = Trail(Box::leak(Box::default()));
        // Still reachable, so that no tool takes it for lost.
        KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(trail);
        (Self { trail, pending, _stays: PhantomPinned }, trail)
    }
}

impl Future for Stays {
    type Output = u32;

    // So that a misuse is reported where it happens: in the answer.
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        // SAFETY: nothing is moved out, only a number is changed.
        let this = unsafe { self.get_unchecked_mut() };
        let mut steps = this.trail.steps();
        assert!(
            !steps.is_ready,
            "the inner future was polled again after it had returned Ready: a finished future must not be polled"
        );
        assert!(
            steps.dropped.is_empty(),
            "the inner future was polled after it had been dropped: what it held is gone by now"
        );
        steps.polled.push(ptr::from_ref(this).addr());
        if this.pending == 0 {
            steps.is_ready = true;
            return Poll::Ready(7);
        }
        drop(steps);
        this.pending -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Stays {
    fn drop(&mut self) {
        self.trail.steps().dropped.push(ptr::from_ref(self).addr());
    }
}

impl fmt::Debug for Stays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stays").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl Trail {
    /// Its address at each poll.
    pub fn polled(self) -> Vec<usize> {
        self.steps().polled.clone()
    }

    /// Its address each time that it was dropped. There should be one.
    pub fn dropped(self) -> Vec<usize> {
        self.steps().dropped.clone()
    }

    /// Whether it was polled and dropped in one place.
    pub fn never_moved(self) -> bool {
        let steps = self.steps();
        let mut places = steps.polled.iter().chain(&steps.dropped);
        let first = places.next();
        places.all(|place| Some(place) == first)
    }

    /// Whether each poll was within the value to which this points.
    pub fn was_polled_within<T: ?Sized>(self, outer: &T) -> bool {
        let start = ptr::from_ref(outer).cast::<()>().addr();
        let range = start..start + size_of_val(outer);
        self.steps().polled.iter().all(|place| range.contains(place))
    }

    fn steps(self) -> MutexGuard<'static, Steps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A copy: the writer is foreign code, which may come back to this trail.
        let steps = self.steps().clone();
        steps.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::mem::ManuallyDrop;
    use std::pin::pin;
    use std::task::Waker;

    use super::*;

    fn poll(future: Pin<&mut Stays>) -> Poll<u32> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn nothing_is_written_under_the_lock() {
        crate::probe::watchdog(std::time::Duration::from_secs(10), "formatting", || {
            let (_future, trail) = Stays::new(1);
            crate::probe::written_from_within(&trail);
        });
    }

    #[test]
    fn one_that_stays_leaves_one_place() {
        let (future, trail) = Stays::new(1);
        {
            let mut future = pin!(future);
            assert!(poll(future.as_mut()).is_pending());
            assert!(poll(future.as_mut()).is_ready());
            assert!(trail.was_polled_within(&*future));
        }
        assert!(trail.never_moved());
        assert_eq!((trail.polled().len(), trail.dropped().len()), (2, 1));
    }

    #[test]
    fn one_that_is_moved_leaves_two() {
        let (future, trail) = Stays::new(1);
        let mut places = [Some(future), None];
        // SAFETY: it keeps no pointer to itself, so that moving it afterwards does no harm.
        let pinned = unsafe { Pin::new_unchecked(&mut places[0]) };
        assert!(poll(pinned.as_pin_mut().expect("it is there")).is_pending());
        places[1] = places[0].take();
        assert!(!trail.was_polled_within(&places[1]));
        drop(places);
        assert!(!trail.never_moved());
    }

    #[test]
    fn a_second_drop_is_counted() {
        let (future, trail) = Stays::new(0);
        let mut future = ManuallyDrop::new(future);
        for _ in 0..2 {
            // SAFETY: it owns nothing, so the second time does no harm.
            unsafe { ManuallyDrop::drop(&mut future) };
        }
        assert_eq!(trail.dropped().len(), 2);
    }

    #[test]
    #[should_panic(expected = "polled again after it had returned Ready")]
    fn a_poll_after_ready_is_noticed() {
        let mut future = pin!(Stays::new(0).0);
        assert!(poll(future.as_mut()).is_ready());
        let _ = poll(future.as_mut());
    }
}
