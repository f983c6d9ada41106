use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use super::{Event, Kind, TaskId, ThreadIndex, Timeline};

/// Takes events from any thread. Clones write into the same recording.
///
/// A recorder that is [off](Recorder::off) takes nothing and costs a comparison.
#[derive(Clone, Debug)]
pub struct Recorder {
    inner: Option<Arc<Mutex<Recording>>>,
}

#[derive(Debug, Default)]
struct Recording {
    timeline: Timeline,
    threads: HashMap<ThreadId, ThreadIndex>,
}

impl Recorder {
    /// Creates a recorder with an empty recording.
    #[expect(
        clippy::new_without_default,
        reason = "a default recorder could as well be one that is off"
    )]
    pub fn new() -> Self {
        Self { inner: Some(Arc::default()) }
    }

    /// Creates a recorder that takes nothing.
    pub fn off() -> Self {
        Self { inner: None }
    }

    /// Whether events are taken.
    pub fn is_on(&self) -> bool {
        self.inner.is_some()
    }

    /// Announces a task by name and returns its number. Two tasks of the same name are two tasks.
    pub fn task(&self, name: &str) -> TaskId {
        let Some(mut recording) = self.recording() else {
            return TaskId(0);
        };
        let tasks = &mut recording.timeline.tasks;
        tasks.push(name.to_owned());
        TaskId(u32::try_from(tasks.len() - 1).expect("fewer than four billion tasks"))
    }

    /// Records that something happened, now and on this thread.
    pub fn record(&self, task: Option<TaskId>, kind: Kind) {
        if let Some(mut recording) = self.recording() {
            recording.push(task, kind);
        }
    }

    /// Records a remark of the program's own. The text is built only if the recorder is on.
    pub fn note(&self, task: Option<TaskId>, text: impl FnOnce() -> String) {
        if self.is_on() {
            self.record(task, Kind::Note(text()));
        }
    }

    /// A copy of what was recorded so far. Empty for a recorder that is off.
    pub fn timeline(&self) -> Timeline {
        self.recording().map(|recording| recording.timeline.clone()).unwrap_or_default()
    }

    fn recording(&self) -> Option<MutexGuard<'_, Recording>> {
        // Nothing but an exhausted memory can panic under the lock, so a poisoned recording is a whole one.
        self.inner.as_ref().map(|inner| inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Recording {
    fn push(&mut self, task: Option<TaskId>, kind: Kind) {
        let thread = self.thread();
        let tick = self.timeline.events.len() as u64;
        self.timeline.events.push(Event { tick, thread, task, kind });
    }

    /// The index of the current thread, which is announced by its name or, without one, by its turn.
    fn thread(&mut self) -> ThreadIndex {
        let current = thread::current();
        *self.threads.entry(current.id()).or_insert_with(|| {
            let names = &mut self.timeline.threads;
            let index = names.len();
            names.push(current.name().map_or_else(|| format!("thread {index}"), str::to_owned));
            ThreadIndex(u32::try_from(index).expect("fewer than four billion threads"))
        })
    }
}
