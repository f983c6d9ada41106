use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use super::Journal;

/// A future that returns `Pending` a given number of times and then a value.
///
/// It keeps the newest waker. Whether it also wakes it is chosen at the start: [`Scripted::new`]
/// wakes its task at once, so that any runner gets through; [`Scripted::held`] wakes when
/// [`ScriptLog::wake`] is called. What was done to the future is read from its [`ScriptLog`], also
/// after it is gone.
///
/// # Panics
///
/// `poll` panics if the future is polled after it has returned `Ready`, naming the future.
///
/// ```
/// use shared::probe::{Bounded, Scripted};
///
/// let (future, log) = Scripted::new("left", 2, 7);
/// let report = Bounded::new().run(future);
/// assert_eq!(report.value, Some(7));
/// assert_eq!(log.polls(), 3);
/// assert!(log.is_dropped());
/// ```
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Scripted<T> {
    pending: u32,
    value: Option<T>,
    wakes_itself: bool,
    log: ScriptLog,
}

/// What was done to a [`Scripted`] future.
#[derive(Clone, Debug)]
pub struct ScriptLog {
    inner: Arc<LogInner>,
}

#[derive(Debug)]
struct LogInner {
    name: String,
    polls: AtomicU32,
    ready: AtomicBool,
    dropped: AtomicBool,
    waker: Mutex<Option<Waker>>,
    journal: Option<Journal>,
}

impl<T> Scripted<T> {
    /// A future called `name`, pending `pending` times and then ready with `value`. It wakes its
    /// task at each `Pending`.
    pub fn new(name: &str, pending: u32, value: T) -> (Self, ScriptLog) {
        Self::build(name, pending, value, true, None)
    }

    /// Like [`Scripted::new`], but it wakes its task only when [`ScriptLog::wake`] says so.
    pub fn held(name: &str, pending: u32, value: T) -> (Self, ScriptLog) {
        Self::build(name, pending, value, false, None)
    }

    /// Like [`Scripted::new`], and it writes `poll NAME`, `ready NAME` and `drop NAME` into
    /// `journal`.
    pub fn noted(journal: &Journal, name: &str, pending: u32, value: T) -> (Self, ScriptLog) {
        Self::build(name, pending, value, true, Some(journal.clone()))
    }

    fn build(
        name: &str,
        pending: u32,
        value: T,
        wakes_itself: bool,
        journal: Option<Journal>,
    ) -> (Self, ScriptLog) {
        let inner = LogInner {
            name: name.to_owned(),
            polls: AtomicU32::new(0),
            ready: AtomicBool::new(false),
            dropped: AtomicBool::new(false),
            waker: Mutex::new(None),
            journal,
        };
        let log = ScriptLog { inner: Arc::new(inner) };
        (Self { pending, value: Some(value), wakes_itself, log: log.clone() }, log)
    }
}

impl<T: Unpin> Future for Scripted<T> {
    type Output = T;

    // So that a misuse is reported where it happens: in the answer.
    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        let log = &this.log.inner;
        log.polls.fetch_add(1, SeqCst);
        assert!(
            !log.ready.load(SeqCst),
            "`{}` was polled again after it had returned Ready: a finished future must not be polled",
            log.name
        );
        this.log.note("poll");
        if this.pending == 0 {
            log.ready.store(true, SeqCst);
            this.log.note("ready");
            return Poll::Ready(
                this.value.take().expect("it is taken once, when the future turns ready"),
            );
        }
        this.pending -= 1;
        this.log.keep(cx.waker());
        if this.wakes_itself {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl<T> Drop for Scripted<T> {
    fn drop(&mut self) {
        self.log.inner.dropped.store(true, SeqCst);
        self.log.forget_waker();
        self.log.note("drop");
    }
}

impl ScriptLog {
    /// How often the future was polled.
    pub fn polls(&self) -> u32 {
        self.inner.polls.load(SeqCst)
    }

    /// Whether the future has returned `Ready`.
    pub fn is_ready(&self) -> bool {
        self.inner.ready.load(SeqCst)
    }

    /// Whether the future has been dropped.
    pub fn is_dropped(&self) -> bool {
        self.inner.dropped.load(SeqCst)
    }

    /// Wakes the task that polled last. Returns whether there was a waker to call.
    pub fn wake(&self) -> bool {
        let waker = self.inner.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        let found = waker.is_some();
        waker.into_iter().for_each(Waker::wake);
        found
    }

    fn keep(&self, waker: &Waker) {
        let waker = waker.clone();
        let old = self.inner.waker.lock().unwrap_or_else(PoisonError::into_inner).replace(waker);
        // Dropped without the lock: a waker's drop may run any code.
        drop(old);
    }

    fn forget_waker(&self) {
        let old = self.inner.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(old);
    }

    fn note(&self, event: &str) {
        if let Some(journal) = &self.inner.journal {
            journal.note(format_args!("{event} {}", self.inner.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::WakerProbe;

    #[test]
    #[should_panic(expected = "`left` was polled again after it had returned Ready")]
    fn a_poll_after_ready_is_noticed() {
        let (mut future, _) = Scripted::new("left", 0, ());
        let mut cx = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut future).poll(&mut cx).is_ready());
        let _ = Pin::new(&mut future).poll(&mut cx);
    }

    #[test]
    fn a_held_future_wakes_when_it_is_told() {
        let probe = WakerProbe::new();
        let (mut future, log) = Scripted::held("right", 1, 3);
        assert!(Pin::new(&mut future).poll(&mut Context::from_waker(&probe.waker())).is_pending());
        assert_eq!(probe.wakes(), 0);
        assert!(log.wake());
        assert_eq!(probe.wakes(), 1);
        assert!(!log.wake());
    }

    #[test]
    fn the_journal_tells_the_story() {
        let journal = Journal::new();
        let (future, log) = Scripted::noted(&journal, "a", 1, ());
        crate::probe::Bounded::new().run(future).expect_ready();
        assert_eq!(journal.entries(), ["poll a", "poll a", "ready a", "drop a"]);
        assert!(log.is_ready() && log.is_dropped());
    }
}
