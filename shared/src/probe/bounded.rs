use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::WakerProbe;
use super::waker::Waited;
use crate::base::{counted, grouped, times};

/// Polls a future as an executor would, under limits, and reports what it saw.
///
/// An executor polls again only when the waker was called. So does this runner: it stops as soon as
/// nobody is left who could call it, after too many polls, and after too long a wait.
///
/// A future whose `poll` blocks blocks the runner as well: put a [`watchdog`](super::watchdog)
/// around it.
///
/// ```
/// use shared::probe::{Bounded, Scripted, Verdict};
///
/// let (future, _) = Scripted::new("a", 3, "done");
/// let report = Bounded::new().run(future);
/// assert_eq!((report.polls, report.wakes), (4, 3));
/// assert_eq!(report.expect_ready(), "done");
///
/// let spins = std::future::poll_fn(|cx| {
///     cx.waker().wake_by_ref();
///     std::task::Poll::<()>::Pending
/// });
/// let report = Bounded::new().run(spins);
/// assert_eq!(report.verdict, Verdict::Spins);
/// assert_eq!(
///     report.to_string(),
///     "polled 10,000 times without ever being woken by anything but itself: it spins"
/// );
/// ```
pub struct Bounded<'a> {
    polls: u64,
    wait: Duration,
    idle: Option<Box<dyn FnMut() -> bool + 'a>>,
}

/// How a bounded run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The future returned `Ready`.
    Ready,
    /// It returned `Pending`, was not woken, and no clone of its waker is alive: nobody can ever
    /// wake it.
    Unreachable,
    /// It returned `Pending`, somebody keeps a clone of its waker, and that somebody did not call
    /// it.
    NeverWoken,
    /// It reached the limit of polls, and every wake came from within its own poll.
    Spins,
    /// It reached the limit of polls in another way: it was woken from outside, or one poll was the
    /// limit.
    TooManyPolls,
}

/// What a bounded run saw. `Display` says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a report that nobody reads judges nothing"]
pub struct Report<T> {
    /// What the future returned, if it did.
    pub value: Option<T>,
    /// How the run ended.
    pub verdict: Verdict,
    /// How often the future was polled.
    pub polls: u64,
    /// How often its waker was cloned.
    pub clones: u64,
    /// How often its waker was called.
    pub wakes: u64,
    /// How many clones of its waker were alive at the end of the run, before the future was
    /// dropped.
    pub kept: u64,
    waited: Option<Duration>,
}

impl<'a> Bounded<'a> {
    /// A runner with the usual limits: 10,000 polls, and 5 seconds of waiting for a wake from
    /// another thread.
    pub fn new() -> Self {
        Self { polls: 10_000, wait: Duration::from_secs(5), idle: None }
    }

    /// Sets how often the future may be polled.
    pub fn polls(mut self, limit: u64) -> Self {
        self.polls = limit;
        self
    }

    /// Sets how long to wait for a wake from another thread. The limit is there to end what hangs,
    /// not to measure.
    pub fn wait(mut self, limit: Duration) -> Self {
        self.wait = limit;
        self
    }

    /// Sets what the world outside does when the future waits: move a clock, send a value.
    ///
    /// `work` is called each time the future is pending and has not been woken. It returns whether
    /// it did something; once it has nothing left to do, the run ends without further waiting.
    pub fn when_idle(mut self, work: impl FnMut() -> bool + 'a) -> Self {
        self.idle = Some(Box::new(work));
        self
    }

    /// Polls `future` until it is ready or a limit is reached. The future is dropped before this
    /// returns.
    ///
    /// # Panics
    ///
    /// If the future or the work for idle times panics.
    pub fn run<F: Future>(mut self, future: F) -> Report<F::Output> {
        let probe = WakerProbe::new();
        let waker = probe.waker();
        let mut cx = Context::from_waker(&waker);
        let mut future = pin!(future);
        let mut polls = 0;
        let mut waited = None;
        let (value, verdict) = loop {
            polls += 1;
            if let Poll::Ready(value) = probe.during_poll(|| future.as_mut().poll(&mut cx)) {
                break (Some(value), Verdict::Ready);
            }
            if let Some(verdict) = self.next_step(&probe, polls, &mut waited) {
                break (None, verdict);
            }
        };
        Report {
            value,
            verdict,
            polls,
            clones: probe.clones(),
            wakes: probe.wakes(),
            kept: probe.alive() - 1,
            waited,
        }
    }

    /// Decides, after a `Pending`, whether to poll again (`None`) or how the run ends.
    fn next_step(
        &mut self,
        probe: &WakerProbe,
        polls: u64,
        waited: &mut Option<Duration>,
    ) -> Option<Verdict> {
        if polls >= self.polls {
            let wakes = probe.wakes();
            let only_itself = wakes > 0 && wakes == probe.wakes_from_own_poll();
            return Some(if only_itself { Verdict::Spins } else { Verdict::TooManyPolls });
        }
        let mut world_moves = true;
        // Bounded, too: a world that always has something to do, and wakes nobody, must not keep
        // the runner for ever.
        for _ in 0..self.polls {
            // Looked at before the wakes are: a thread that wakes by value between the two looks
            // must not count as nobody.
            let is_abandoned = probe.alive() == 1;
            if probe.take_woken() {
                return None;
            }
            if is_abandoned {
                return Some(Verdict::Unreachable);
            }
            match &mut self.idle {
                None => return self.wait_for_wake(probe, waited),
                Some(_) if !world_moves => return Some(Verdict::NeverWoken),
                Some(work) => world_moves = work(),
            }
        }
        (!probe.take_woken()).then_some(Verdict::NeverWoken)
    }

    fn wait_for_wake(&self, probe: &WakerProbe, waited: &mut Option<Duration>) -> Option<Verdict> {
        match probe.wait(self.wait, 1) {
            Waited::Woken => None,
            Waited::Abandoned => Some(Verdict::Unreachable),
            Waited::TimedOut => {
                *waited = Some(self.wait);
                Some(Verdict::NeverWoken)
            }
        }
    }
}

impl Default for Bounded<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Report<T> {
    /// Returns the future's value.
    ///
    /// # Panics
    ///
    /// If the future did not become ready, with the report's words.
    #[track_caller]
    pub fn expect_ready(self) -> T {
        let words = self.to_string();
        self.value.unwrap_or_else(|| panic!("{words}"))
    }
}

impl<T> fmt::Display for Report<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let polled = times(self.polls);
        match self.verdict {
            Verdict::Ready => write!(f, "polled {polled}, then Ready"),
            Verdict::Unreachable => {
                let clones = match self.clones {
                    0 => "cloned the waker 0 times".to_owned(),
                    1 => "cloned the waker once and dropped the clone".to_owned(),
                    n => format!("cloned the waker {} and dropped every clone", times(n)),
                };
                write!(
                    f,
                    "polled {polled}, returned Pending, {clones}: nobody can ever wake this task"
                )
            }
            Verdict::NeverWoken => {
                let (kept, verb) =
                    (counted(self.kept, "clone"), if self.kept == 1 { "exists" } else { "exist" });
                let wait =
                    self.waited.map(|limit| format!(" within {limit:?}")).unwrap_or_default();
                write!(f, "polled {polled}, returned Pending, and was not woken{wait}: ")?;
                write!(f, "{kept} of its waker {verb}, but whoever keeps it did not call")
            }
            Verdict::Spins => write!(
                f,
                "polled {} times without ever being woken by anything but itself: it spins",
                grouped(self.polls)
            ),
            Verdict::TooManyPolls => {
                write!(f, "polled {polled} and woken {}, and still Pending", times(self.wakes))
            }
        }
    }
}

/// Polls a future until it is ready, at most `limit` times, with a waker that does nothing. Returns
/// its value and the polls.
///
/// This is the most naive runner there is: it asks nothing of a future but that it gets on when it
/// is polled.
///
/// # Errors
///
/// With words, if the future is still pending after `limit` polls.
///
/// ```
/// use shared::probe::{Scripted, naive};
///
/// assert_eq!(naive(Scripted::new("a", 2, 7).0, 10), Ok((7, 3)));
/// assert_eq!(
///     naive(std::future::pending::<()>(), 10),
///     Err("polled 10 times, and Pending every time: it never gets ready".to_owned())
/// );
/// ```
pub fn naive<F: Future>(future: F, limit: u64) -> Result<(F::Output, u64), String> {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for polls in 1..=limit {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return Ok((value, polls));
        }
    }
    Err(format!("polled {}, and Pending every time: it never gets ready", times(limit)))
}
