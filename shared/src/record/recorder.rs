use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use super::{Event, Kind, Position, Task, TaskId, ThreadIndex, Timeline, Vocabulary, stack};

/// How many events a recorder keeps unless told otherwise.
const LIMIT: usize = 1_000_000;
/// How long a thread waits for an event. The limit is there to end what hangs, not to measure.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes events from any thread. Clones write into the same recording.
///
/// A recorder that is [off](Recorder::off) takes nothing, allocates nothing and costs a comparison.
#[derive(Clone)]
pub struct Recorder {
    pub(super) inner: Option<Arc<Inner>>,
}

pub(super) struct Inner {
    /// Tells recorders apart, in what a thread remembers of them. An address would not do: it can
    /// be used again.
    pub(super) id: u64,
    recording: Mutex<Recording>,
    recorded: Condvar,
}

struct Recording {
    timeline: Timeline,
    threads: Vec<ThreadId>,
    limit: usize,
    start: Option<Instant>,
    waiting: usize,
}

/// What is to be recorded; the rest of an [`Event`] the recorder knows itself.
pub(super) struct Entry {
    pub(super) task: Option<TaskId>,
    pub(super) kind: Kind,
    pub(super) text: Option<Box<str>>,
    pub(super) position: Option<Position>,
}

impl Recorder {
    /// Creates a recorder with an empty recording of up to a million events.
    #[expect(
        clippy::new_without_default,
        reason = "a default recorder could as well be one that is off"
    )]
    pub fn new() -> Self {
        static CREATED: AtomicU64 = AtomicU64::new(1);
        let mut timeline = Timeline::default();
        timeline.events.reserve(256);
        let recording =
            Recording { timeline, threads: Vec::new(), limit: LIMIT, start: None, waiting: 0 };
        Self {
            inner: Some(Arc::new(Inner {
                id: CREATED.fetch_add(1, Relaxed),
                recording: Mutex::new(recording),
                recorded: Condvar::new(),
            })),
        }
    }

    /// Creates a recorder that takes nothing.
    pub fn off() -> Self {
        Self { inner: None }
    }

    /// Whether events are taken.
    pub fn is_on(&self) -> bool {
        self.inner.is_some()
    }

    /// Notes the real time of every event from here on, counted from this call. Two such recordings
    /// are never the same.
    pub fn with_real_time(self) -> Self {
        self.change(|recording| recording.start = Some(Instant::now()))
    }

    /// Sets how many events are kept. Further ones are counted in [`Timeline::cut`].
    pub fn with_limit(self, events: usize) -> Self {
        self.change(|recording| recording.limit = events)
    }

    /// Sets in which words the recording is told.
    pub fn with_vocabulary(self, vocabulary: Vocabulary) -> Self {
        self.change(|recording| recording.timeline.vocabulary = vocabulary)
    }

    fn change(self, change: impl FnOnce(&mut Recording)) -> Self {
        if let Some(inner) = &self.inner {
            change(&mut inner.lock());
        }
        self
    }

    /// Gives the current thread a name in this recording; without it, that is the name it was built
    /// with, or its turn.
    ///
    /// Does nothing once the thread has recorded something.
    pub fn name_thread(&self, name: &str) {
        if let Some(inner) = &self.inner {
            inner.lock().thread(inner.id, Some(name));
        }
    }

    /// Records that the current thread is about to sleep. Call it before `thread::park` or the
    /// like.
    #[track_caller]
    pub fn park(&self) {
        self.record(None, Kind::Park, || None);
    }

    /// Records that the current thread has woken up. Call it after `thread::park` or the like.
    #[track_caller]
    pub fn unpark(&self) {
        self.record(None, Kind::Unpark, || None);
    }

    /// Records that a timer was set to `deadline`, counted from the start of its clock, by the task
    /// being polled.
    #[track_caller]
    pub fn timer_set(&self, name: &str, deadline: Duration) {
        self.record(self.current(), Kind::TimerSet(deadline), || Some(name.into()));
    }

    /// Records that a timer's deadline, counted from the start of its clock, has come.
    #[track_caller]
    pub fn timer_fired(&self, name: &str, deadline: Duration) {
        self.record(self.current(), Kind::TimerFired(deadline), || Some(name.into()));
    }

    /// Records that the task being polled wants to know when a source of I/O is ready.
    #[track_caller]
    pub fn interest(&self, source: &str) {
        self.record(self.current(), Kind::Interest, || Some(source.into()));
    }

    /// Records that a source of I/O is ready.
    #[track_caller]
    pub fn readiness(&self, source: &str) {
        self.record(self.current(), Kind::Readiness, || Some(source.into()));
    }

    /// Records a remark of the program's own, by the task being polled. The text is built only if
    /// the recorder is on.
    #[track_caller]
    pub fn note(&self, text: impl FnOnce() -> String) {
        self.record(self.current(), Kind::Note, || Some(text().into()));
    }

    /// The innermost task or future that the current thread is polling for this recorder.
    pub fn current(&self) -> Option<TaskId> {
        self.inner.as_ref().and_then(|inner| stack::current(inner.id))
    }

    /// Blocks until an event has been recorded for which `wanted` returns true, be it long ago.
    /// Returns at once if the recorder is off.
    ///
    /// With it, a helper thread acts only after what must come first, so that the recording is the
    /// same in every run.
    ///
    /// # Panics
    ///
    /// After 20 seconds without such an event.
    pub fn wait_for(&self, wanted: impl FnMut(&Event) -> bool) {
        self.wait_for_nth(1, wanted);
    }

    /// Blocks until `count` events have been recorded for which `wanted` returns true. Returns at
    /// once if the recorder is off.
    ///
    /// # Panics
    ///
    /// After 20 seconds without so many.
    pub fn wait_for_nth(&self, count: usize, wanted: impl FnMut(&Event) -> bool) {
        if let Some(inner) = &self.inner {
            inner.wait(count, PATIENCE, wanted);
        }
    }

    /// A copy of what was recorded so far. Empty for a recorder that is off.
    pub fn timeline(&self) -> Timeline {
        self.inner.as_ref().map(|inner| inner.lock().timeline.clone()).unwrap_or_default()
    }

    #[track_caller]
    fn record(&self, task: Option<TaskId>, kind: Kind, text: impl FnOnce() -> Option<Box<str>>) {
        if let Some(inner) = &self.inner {
            // The text is built before the lock is taken: what builds it may itself record.
            let (text, position) = (text(), Some(Position::caller()));
            inner.record(Entry { task, kind, text, position });
        }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = self.inner.as_ref().map(|inner| inner.lock().timeline.events.len());
        f.debug_struct("Recorder").field("on", &self.is_on()).field("events", &events).finish()
    }
}

impl Inner {
    /// Records that something happened, now and on this thread.
    pub(super) fn record(&self, entry: Entry) {
        let within = stack::current(self.id);
        self.lock().push(self, within, entry);
    }

    /// Records the first poll of a task and, with it, who its parent is.
    pub(super) fn record_first_poll(&self, task: TaskId, entry: Entry) {
        let within = stack::current(self.id);
        let mut recording = self.lock();
        recording.timeline.tasks[task.0 as usize].parent = within;
        recording.push(self, within, entry);
    }

    /// Announces a task by name.
    pub(super) fn add_task(&self, name: &str) -> TaskId {
        let tasks = &mut self.lock().timeline.tasks;
        tasks.push(Task { name: name.to_owned(), parent: None });
        TaskId(index(tasks.len() - 1))
    }

    fn wait(&self, count: usize, patience: Duration, mut wanted: impl FnMut(&Event) -> bool) {
        let end = Instant::now() + patience;
        let (mut seen, mut found) = (0, 0);
        loop {
            let (timeline, fresh) = self.events_after(seen, end);
            seen += fresh.len();
            // Looked at without the lock: what `wanted` does may itself record.
            found += fresh.iter().filter(|event| wanted(event)).count();
            if found >= count {
                return;
            }
            if let Some(timeline) = timeline {
                let last = timeline.events.last().map(|event| timeline.sentence(event));
                let last = last.unwrap_or_else(|| "none was".into());
                panic!(
                    "waited {patience:?} for an event that nobody recorded ({found} of {count}); the last that was \
                     recorded: {last}"
                );
            }
        }
    }

    /// The events from `seen` on, as soon as there are any; at the `end` of all patience, also the
    /// timeline, to tell of it.
    fn events_after(&self, seen: usize, end: Instant) -> (Option<Timeline>, Vec<Event>) {
        let mut recording = self.lock();
        while recording.timeline.events.len() == seen {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return (Some(recording.timeline.clone()), Vec::new());
            }
            recording.waiting += 1;
            let waited = self.recorded.wait_timeout(recording, left);
            recording = waited.unwrap_or_else(PoisonError::into_inner).0;
            recording.waiting -= 1;
        }
        (None, recording.timeline.events[seen..].to_vec())
    }

    fn lock(&self) -> MutexGuard<'_, Recording> {
        // Nothing but an exhausted memory can panic under the lock, so a poisoned recording is a
        // whole one.
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recording {
    fn push(&mut self, inner: &Inner, within: Option<TaskId>, entry: Entry) {
        // Also for an event that is not kept: a thread that did something is named.
        let thread = self.thread(inner.id, None);
        let events = &mut self.timeline.events;
        if events.len() >= self.limit {
            self.timeline.cut += 1;
            return;
        }
        let Entry { task, kind, text, position } = entry;
        // Read under the lock, so that times are in the order of ticks.
        let time = self.start.map(|start| start.elapsed());
        let tick = events.len() as u64;
        events.push(Event { tick, thread, task, within, kind, text, position, time });
        if self.waiting > 0 {
            inner.recorded.notify_all();
        }
    }

    /// The index of the current thread, which is announced if it is new.
    fn thread(&mut self, recorder: u64, name: Option<&str>) -> ThreadIndex {
        thread_local! {
            // The recorder that this thread wrote to last, and which thread it is there.
            static LAST: Cell<(u64, ThreadIndex)> = const { Cell::new((0, ThreadIndex(0))) };
        }
        let (known, thread) = LAST.get();
        if known == recorder {
            return thread;
        }
        let current = thread::current();
        let place = self.threads.iter().position(|id| *id == current.id());
        let thread = ThreadIndex(index(place.unwrap_or(self.threads.len())));
        if place.is_none() {
            let turn = || format!("thread {}", thread.0);
            let name = name.or(current.name()).map_or_else(turn, str::to_owned);
            self.threads.push(current.id());
            self.timeline.threads.push(name);
        }
        LAST.set((recorder, thread));
        thread
    }
}

fn index(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than four billion tasks and threads")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "nobody recorded (1 of 2); the last that was recorded")]
    fn a_wait_for_what_never_comes_ends_in_words() {
        let recorder = Recorder::new();
        recorder.park();
        let inner = recorder.inner.as_ref().expect("it is on");
        inner.wait(2, Duration::from_millis(1), |event| event.kind == Kind::Park);
    }

    #[test]
    fn what_is_waited_for_may_record() {
        let recorder = Recorder::new();
        recorder.park();
        recorder.wait_for(|_| {
            recorder.note(|| "looked at".into());
            true
        });
        assert_eq!(recorder.timeline().events.len(), 2);
    }
}
