use std::sync::Arc;

use super::recorder::{Entry, Inner};
use super::stack::Entered;
use super::{Kind, Outcome, Position, Recorder, TaskId};

/// A lane for something that runs in steps and is not a future: a coroutine, a state machine driven
/// by hand.
///
/// Dropping it records that the thing was dropped. It is what [`Recorder::track`] returns.
///
/// ```
/// use shared::record::{Outcome, Recorder, Vocabulary};
///
/// let recorder = Recorder::new().with_vocabulary(Vocabulary::Coroutines);
/// let mut counter = recorder.track("counter");
/// let mut count = 0;
/// let mut resume = |by: u32| counter.step_showing(
///     || by.to_string(),
///     || { count += by; count },
///     |count| (Outcome::Pending, count.to_string()),
/// );
/// assert_eq!((resume(7), resume(42)), (7, 49));
///
/// let timeline = recorder.timeline();
/// assert!(timeline.sentence(&timeline.events[2]).ends_with(" resumes counter with 42"));
/// assert_eq!(timeline.sentence(&timeline.events[3]), "counter yields 49");
/// ```
#[derive(Debug)]
pub struct Track {
    lane: Option<Lane>,
}

/// What a [`Track`] and a [`Traced`](super::Traced) that are on have in common.
pub(super) struct Lane {
    pub(super) recorder: Arc<Inner>,
    pub(super) task: TaskId,
    position: Position,
    /// Its parent is found at the first step; a task has none.
    parent_known: bool,
}

impl Recorder {
    /// Announces something that runs in steps and is not a future.
    #[track_caller]
    pub fn track(&self, name: &str) -> Track {
        Track { lane: self.lane(name) }
    }

    #[track_caller]
    pub(super) fn lane(&self, name: &str) -> Option<Lane> {
        let recorder = Arc::clone(self.inner.as_ref()?);
        let task = recorder.add_task(name);
        Some(Lane { recorder, task, position: Position::caller(), parent_known: false })
    }
}

impl Track {
    /// Its number in the recording; `None` if the recorder is off.
    pub fn id(&self) -> Option<TaskId> {
        self.lane.as_ref().map(|lane| lane.task)
    }

    /// Records a step around `work`; `outcome` says how it ended. A panic is recorded as one, and
    /// goes on.
    pub fn step<T>(&mut self, work: impl FnOnce() -> T, outcome: impl FnOnce(&T) -> Outcome) -> T {
        self.steps(|| None, work, |value| (outcome(value), None))
    }

    /// The same, and shows what went in and what came out; an empty text shows nothing. Neither
    /// text is built if the recorder is off.
    pub fn step_showing<T>(
        &mut self,
        sent: impl FnOnce() -> String,
        work: impl FnOnce() -> T,
        outcome: impl FnOnce(&T) -> (Outcome, String),
    ) -> T {
        let end = |value: &T| {
            let (outcome, text) = outcome(value);
            (outcome, shown(text))
        };
        self.steps(|| shown(sent()), work, end)
    }

    fn steps<T>(
        &mut self,
        sent: impl FnOnce() -> Option<Box<str>>,
        work: impl FnOnce() -> T,
        end: impl FnOnce(&T) -> (Outcome, Option<Box<str>>),
    ) -> T {
        match &mut self.lane {
            None => work(),
            Some(lane) => {
                let sent = sent();
                lane.step(sent, work, end)
            }
        }
    }
}

impl Drop for Track {
    fn drop(&mut self) {
        if let Some(lane) = &self.lane {
            lane.record(Kind::Drop, None);
        }
    }
}

impl Lane {
    /// Records that this is a task: it has no parent, whoever polls it first.
    pub(super) fn spawned(mut self) -> Self {
        self.parent_known = true;
        self.record(Kind::Spawn, None);
        self
    }

    pub(super) fn record(&self, kind: Kind, text: Option<Box<str>>) {
        self.recorder.record(self.entry(kind, text));
    }

    /// Says that this thread is busy with the lane, until what is returned is dropped.
    pub(super) fn enter(&self) -> Option<Entered> {
        Entered::new(self.recorder.id, self.task)
    }

    pub(super) fn step<T>(
        &mut self,
        sent: Option<Box<str>>,
        work: impl FnOnce() -> T,
        end: impl FnOnce(&T) -> (Outcome, Option<Box<str>>),
    ) -> T {
        let begin = self.entry(Kind::PollBegin, sent);
        if std::mem::replace(&mut self.parent_known, true) {
            self.recorder.record(begin);
        } else {
            self.recorder.record_first_poll(self.task, begin);
        }
        let unwinding = Unwinding(self);
        let entered = self.enter();
        let value = work();
        drop(entered);
        std::mem::forget(unwinding);
        let (outcome, text) = end(&value);
        self.record(Kind::PollEnd(outcome), text);
        value
    }

    fn entry(&self, kind: Kind, text: Option<Box<str>>) -> Entry {
        Entry { task: Some(self.task), kind, text, position: Some(self.position) }
    }
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Lane").field(&self.task).finish()
    }
}

fn shown(text: String) -> Option<Box<str>> {
    (!text.is_empty()).then(|| text.into())
}

/// Dropped in a panic only.
struct Unwinding<'a>(&'a Lane);

impl Drop for Unwinding<'_> {
    fn drop(&mut self) {
        self.0.record(Kind::PollEnd(Outcome::Panicked), None);
    }
}
