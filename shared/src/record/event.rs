use std::panic::Location;
use std::time::Duration;

/// A task's or future's place in [`Timeline::tasks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// A thread's place in [`Timeline::threads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadIndex(pub u32);

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It returned `Ready`; for a coroutine: it is complete.
    Ready,
    /// It returned `Pending`; for a coroutine: it yielded.
    Pending,
    /// It panicked.
    Panicked,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The task was made, to be handed to an executor.
    Spawn,
    /// A poll of the task began. The event's text is what was passed in, if that is shown.
    PollBegin,
    /// A poll of the task ended. The event's text is the value that came out, if that is shown.
    PollEnd(Outcome),
    /// The task's waker was cloned: somebody means to call it.
    WakerCloned,
    /// The task was woken.
    Wake,
    /// The thread is about to sleep: nothing is left to do.
    Park,
    /// The thread has woken up.
    Unpark,
    /// The timer that the event's text names was set to this deadline, counted from the start of
    /// its clock.
    TimerSet(Duration),
    /// The deadline of the timer that the event's text names has come.
    TimerFired(Duration),
    /// Somebody wants to know when the source of I/O that the event's text names is ready.
    Interest,
    /// The source of I/O that the event's text names is ready.
    Readiness,
    /// The task's future was dropped.
    Drop,
    /// A remark of the program's own: the event's text.
    Note,
}

/// A place in the source code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position(&'static Location<'static>);

impl Position {
    #[track_caller]
    pub(super) fn caller() -> Self {
        Self(Location::caller())
    }

    /// The file, as the compiler was given it (relative to the workspace for a crate of the
    /// workspace), with `/` between its parts on every platform.
    pub fn file(self) -> String {
        self.0.file().replace('\\', "/")
    }

    /// The line, counted from 1.
    pub fn line(self) -> u32 {
        self.0.line()
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event's number: 0 for the first of a recording. Its order is that of all threads
    /// together.
    pub tick: u64,
    /// The thread on which it happened.
    pub thread: ThreadIndex,
    /// The task that it is about, if it is about one.
    pub task: Option<TaskId>,
    /// Whose poll it happened in: the innermost task or future that this thread was polling, or
    /// dropping. For a wake, this is who woke; `None` is the thread itself, outside any task. For
    /// the begin of a poll, it is who polls.
    pub within: Option<TaskId>,
    /// What happened.
    pub kind: Kind,
    /// The remark, the name of the timer or source, or the value that went in or came out.
    pub text: Option<Box<str>>,
    /// Where in the source: for what a task does, where it was wrapped; for the rest, where the
    /// recorder was called. A waker does not know who calls it, so wakes and clones have none.
    pub position: Option<Position>,
    /// The real time since the recording began, where that was asked for.
    pub time: Option<Duration>,
}

impl Event {
    /// Who did it: the task in whose poll it happened; `None` is the thread itself. It is always a
    /// thread that parks.
    pub fn actor(&self) -> Option<TaskId> {
        match self.kind {
            Kind::Park | Kind::Unpark => None,
            _ => self.within,
        }
    }
}

/// A task, or a future polled within one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Its name. Two of the same name are two.
    pub name: String,
    /// Who polled it first; `None` for a task, for a future that a thread polled by itself, and for
    /// one never polled.
    pub parent: Option<TaskId>,
}

/// In which words the events are told: steps of a future and of a coroutine are the same, and have
/// other names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Vocabulary {
    /// Polled, `Pending`, `Ready`.
    #[default]
    Futures,
    /// Resumed, yields, complete.
    Coroutines,
}

/// A whole recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The tasks and futures, in the order in which they were wrapped.
    pub tasks: Vec<Task>,
    /// The threads' names, in the order in which they first recorded something.
    pub threads: Vec<String>,
    /// The events, by tick.
    pub events: Vec<Event>,
    /// How many events came after the last of `events` and were not kept, because there were too
    /// many.
    pub cut: u64,
    /// In which words to tell it.
    pub vocabulary: Vocabulary,
}

impl Timeline {
    /// The name of a task; `?` for one that is not of this recording.
    pub fn task_name(&self, task: TaskId) -> &str {
        self.tasks.get(task.0 as usize).map_or("?", |task| task.name.as_str())
    }

    /// The name of a thread; `?` for one that is not of this recording.
    pub fn thread_name(&self, thread: ThreadIndex) -> &str {
        self.threads.get(thread.0 as usize).map_or("?", String::as_str)
    }

    /// The first `limit` events, and how many are left out after them: those, and those never kept.
    pub(super) fn first(&self, limit: usize) -> (&[Event], u64) {
        let shown = &self.events[..self.events.len().min(limit)];
        (shown, (self.events.len() - shown.len()) as u64 + self.cut)
    }
}
