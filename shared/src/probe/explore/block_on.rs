use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

use super::{note, thread};

/// Runs a future on a thread of the explorer: polls it, and sleeps until it is woken. It polls once
/// at first, and once more after each wake or several: never for no reason, for such a poll would
/// find what a lost wake was to tell.
///
/// For scenarios of [`every_order`](super::every_order). A wake that is lost in some order leaves
/// this thread asleep, and the exploration ends with the words for that. The polls and the wakes
/// are [noted](super::note). Whoever calls the waker can be stopped right after the call, before it
/// goes on.
///
/// # Panics
///
/// If the future does, or outside an exploration.
///
/// ```
/// use std::task::Poll;
/// use shared::probe::explore::{block_on, every_order, thread};
///
/// every_order(|| {
///     let mut polls = 0;
///     let woken_once = std::future::poll_fn(|cx| {
///         polls += 1;
///         let waker = cx.waker().clone();
///         if polls == 2 { Poll::Ready(polls) } else { thread::spawn(|| waker.wake()); Poll::Pending }
///     });
///     assert_eq!(block_on(woken_once), 2);
/// });
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    let called = Arc::new(AtomicBool::new(false));
    let (mut future, mut waker) = (pin!(future), None);
    shuttle::future::block_on(poll_fn(|cx| {
        // Shuttle polls once more after each poll that a wake has led to.
        let has_reason = waker.is_none() || called.swap(false, SeqCst);
        if !has_reason {
            return Poll::Pending;
        }
        note("the future is polled");
        let waker = waker.get_or_insert_with(|| {
            let stoppable = Stoppable { inner: cx.waker().clone(), called: Arc::clone(&called) };
            Waker::from(Arc::new(stoppable))
        });
        let state = future.as_mut().poll(&mut Context::from_waker(waker));
        note(if state.is_ready() { "it returns Ready" } else { "it returns Pending" });
        state
    }))
}

/// A waker after whose call other threads can run. The explorer's own is no step.
struct Stoppable {
    inner: Waker,
    called: Arc<AtomicBool>,
}

impl Wake for Stoppable {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        note("its waker is called");
        self.called.store(true, SeqCst);
        self.inner.wake_by_ref();
        thread::yield_now();
    }
}
