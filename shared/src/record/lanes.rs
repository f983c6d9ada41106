//! What the text and the picture have in common: which lanes there are, in which order, and in
//! which state each of them is.

use std::collections::{HashMap, HashSet};

use super::{Event, Kind, Outcome, TaskId, ThreadIndex, Timeline, Vocabulary};

/// Who a lane belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Thread(ThreadIndex),
    Task(TaskId),
}

/// A lane, in the order in which they are drawn: threads, then each task, followed by what is
/// nested in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    pub(super) owner: Owner,
    /// Whether the task was spawned, rather than polled by a thread or within another.
    pub(super) spawned: bool,
    /// In whose poll it was first polled.
    pub(super) parent: Option<TaskId>,
}

#[derive(Debug, Default)]
pub(super) struct Lanes {
    pub(super) all: Vec<Lane>,
    places: HashMap<Owner, usize>,
}

impl Owner {
    /// Who did it.
    pub(super) fn actor(event: &Event) -> Self {
        event.actor().map_or(Owner::Thread(event.thread), Owner::Task)
    }

    /// Whether an event mentions it.
    pub(super) fn is_of(self, event: &Event) -> bool {
        match self {
            Owner::Thread(thread) => event.thread == thread,
            Owner::Task(task) => [event.task, event.within].contains(&Some(task)),
        }
    }
}

impl Lanes {
    /// The lanes of everything that these events mention.
    pub(super) fn of(timeline: &Timeline, events: &[Event]) -> Self {
        let mut threads: Vec<ThreadIndex> = events.iter().map(|event| event.thread).collect();
        threads.sort_unstable();
        threads.dedup();
        let both = |event: &Event| [event.task, event.within];
        let mut tasks: Vec<TaskId> = events.iter().flat_map(both).flatten().collect();
        tasks.sort_unstable();
        tasks.dedup();
        let mut lanes = Lanes::default();
        for thread in threads {
            lanes.push(Lane { owner: Owner::Thread(thread), spawned: false, parent: None });
        }
        let family = Family::new(timeline, events, &tasks);
        for task in family.in_order() {
            let (spawned, parent) = (family.spawned.contains(&task), family.parents[&task]);
            lanes.push(Lane { owner: Owner::Task(task), spawned, parent });
        }
        lanes
    }

    fn push(&mut self, lane: Lane) {
        self.places.insert(lane.owner, self.all.len());
        self.all.push(lane);
    }

    /// Where a lane stands, from the left.
    pub(super) fn place(&self, owner: Owner) -> Option<usize> {
        self.places.get(&owner).copied()
    }

    /// Keeps the first `count` lanes, and says how many that leaves out.
    pub(super) fn keep(&mut self, count: usize) -> usize {
        let left_out = self.all.len().saturating_sub(count);
        self.all.truncate(count);
        self.places.retain(|_, place| *place < count);
        left_out
    }
}

/// Who is nested in whom.
struct Family {
    parents: HashMap<TaskId, Option<TaskId>>,
    children: HashMap<Option<TaskId>, Vec<TaskId>>,
    spawned: Vec<TaskId>,
}

impl Family {
    fn new(timeline: &Timeline, events: &[Event], tasks: &[TaskId]) -> Self {
        let is_known = |task: &TaskId| tasks.binary_search(task).is_ok();
        let mut family =
            Self { parents: HashMap::new(), children: HashMap::new(), spawned: Vec::new() };
        for &task in tasks {
            let parent = timeline.tasks.get(task.0 as usize).and_then(|task| task.parent);
            let parent = parent.filter(|parent| is_known(parent) && *parent != task);
            family.parents.insert(task, parent);
            family.children.entry(parent).or_default().push(task);
        }
        let spawned = events.iter().filter(|event| event.kind == Kind::Spawn);
        family.spawned = spawned.filter_map(|event| event.task).collect();
        family
    }

    /// Parents before their children. A task in a circle of parents (no recorder makes one) is left
    /// out.
    fn in_order(&self) -> Vec<TaskId> {
        let children = |parent: Option<TaskId>| self.children.get(&parent).into_iter().flatten();
        let mut order = Vec::new();
        let mut to_visit: Vec<TaskId> = children(None).rev().copied().collect();
        while let Some(task) = to_visit.pop() {
            order.push(task);
            to_visit.extend(children(Some(task)).rev().copied());
        }
        order
    }
}

/// How a task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Life {
    /// Not heard of yet, or dropped.
    #[default]
    Absent,
    /// Spawned or woken: it may be polled.
    Runnable,
    /// Being polled.
    Polled,
    /// It returned `Pending`, and was not woken since.
    Waiting,
    /// It returned `Ready` or panicked.
    Finished,
}

/// The recording, played event by event.
#[derive(Debug, Default)]
pub(super) struct Play {
    lives: HashMap<TaskId, Life>,
    /// Those that were woken during their own poll: they are to be polled again.
    woken: HashSet<TaskId>,
    parked: HashMap<ThreadIndex, bool>,
    polling: HashMap<ThreadIndex, Vec<TaskId>>,
}

impl Play {
    pub(super) fn life(&self, task: TaskId) -> Life {
        self.lives.get(&task).copied().unwrap_or_default()
    }

    /// Whether a thread has been heard of, and does not sleep.
    pub(super) fn is_up(&self, thread: ThreadIndex) -> bool {
        self.parked.get(&thread) == Some(&false)
    }

    pub(super) fn is_known(&self, thread: ThreadIndex) -> bool {
        self.parked.contains_key(&thread)
    }

    /// What a thread is polling, the innermost last.
    pub(super) fn polling(&self, thread: ThreadIndex) -> &[TaskId] {
        self.polling.get(&thread).map_or(&[], Vec::as_slice)
    }

    /// How deep an event is nested in polls.
    pub(super) fn depth(&self, event: &Event) -> usize {
        let polling = self.polling(event.thread);
        match event.kind {
            Kind::PollEnd(_) => event
                .task
                .and_then(|task| polling.iter().rposition(|polled| *polled == task))
                .unwrap_or(polling.len()),
            _ => polling.len(),
        }
    }

    pub(super) fn play(&mut self, event: &Event) {
        self.parked.entry(event.thread).or_insert(false);
        match event.kind {
            Kind::Park => {
                self.parked.insert(event.thread, true);
            }
            Kind::Unpark => {
                self.parked.insert(event.thread, false);
            }
            _ => {}
        }
        let Some(task) = event.task else { return };
        let polling = self.polling.entry(event.thread).or_default();
        let life = self.lives.entry(task).or_default();
        match event.kind {
            Kind::Spawn => *life = Life::Runnable,
            Kind::PollBegin => {
                polling.push(task);
                self.woken.remove(&task);
                *life = Life::Polled;
            }
            Kind::PollEnd(outcome) => {
                // What was still open within it has ended as well, whatever the recording says.
                if let Some(depth) = polling.iter().rposition(|polled| *polled == task) {
                    polling.truncate(depth);
                }
                *life = match outcome {
                    Outcome::Pending if self.woken.remove(&task) => Life::Runnable,
                    Outcome::Pending => Life::Waiting,
                    Outcome::Ready | Outcome::Panicked => Life::Finished,
                };
            }
            Kind::Wake if *life == Life::Waiting => *life = Life::Runnable,
            Kind::Wake if *life == Life::Polled => {
                self.woken.insert(task);
            }
            Kind::Drop => *life = Life::Absent,
            _ => {}
        }
    }
}

/// What a lane without a parent is.
pub(super) fn noun(timeline: &Timeline, lane: &Lane) -> &'static str {
    match (lane.owner, timeline.vocabulary) {
        (Owner::Thread(_), _) => "thread",
        (Owner::Task(_), Vocabulary::Coroutines) => "coroutine",
        (Owner::Task(_), Vocabulary::Futures) if lane.spawned => "task",
        (Owner::Task(_), Vocabulary::Futures) => "future",
    }
}
