use std::time::Duration;

/// A task's place in [`Timeline::tasks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// A thread's place in [`Timeline::threads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadIndex(pub u32);

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned `Ready`.
    Ready,
    /// It returned `Pending`.
    Pending,
    /// It panicked.
    Panicked,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The task was handed to an executor.
    Spawn,
    /// A poll of the task began.
    PollBegin,
    /// A poll of the task ended.
    PollEnd(Outcome),
    /// The task's waker was cloned: somebody means to call it.
    WakerCloned,
    /// The task was woken, by another task or (`None`) by something outside any task.
    Wake {
        /// The task in whose poll the waker was called.
        by: Option<TaskId>,
    },
    /// The thread went to sleep: nothing was left to do.
    Park,
    /// The thread woke up.
    Unpark,
    /// A timer was set to a deadline, counted from the start of the clock.
    TimerSet(Duration),
    /// A timer's deadline has come.
    TimerFired(Duration),
    /// Somebody wants to know when a source of I/O is ready.
    Interest(String),
    /// A source of I/O is ready.
    Readiness(String),
    /// The task's future was dropped.
    Drop,
    /// A remark of the program's own.
    Note(String),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event's number: 0 for the first of a recording. Its order is that of all threads together.
    pub tick: u64,
    /// The thread on which it happened.
    pub thread: ThreadIndex,
    /// The task that it is about, if it is about one.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: Kind,
}

/// A whole recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The tasks' names, in the order in which they were announced.
    pub tasks: Vec<String>,
    /// The threads' names, in the order in which they first recorded something.
    pub threads: Vec<String>,
    /// The events, by tick.
    pub events: Vec<Event>,
}

impl Timeline {
    /// The name of a task; `?` for one that is not of this recording.
    pub fn task_name(&self, task: TaskId) -> &str {
        self.tasks.get(task.0 as usize).map_or("?", String::as_str)
    }

    /// The name of a thread; `?` for one that is not of this recording.
    pub fn thread_name(&self, thread: ThreadIndex) -> &str {
        self.threads.get(thread.0 as usize).map_or("?", String::as_str)
    }
}
