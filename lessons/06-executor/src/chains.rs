//! Tasks that wait for each other, in a row and nested, and what that takes.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use executor::{Executor, JoinHandle, Park, Spawner, ThreadPark};
use shared::record::{Kind, Recorder, Timeline};

// ANCHOR: chains
/// Awaits `n` tasks, one after the other.
pub async fn in_a_row(spawner: Spawner, n: u32, recorder: Recorder) -> u32 {
    let mut sum = 0;
    for turn in 1..=n {
        let task = recorder.task(&format!("task {turn}"), async { 1 });
        sum += spawner.spawn(task).await.expect("it does not panic");
    }
    sum
}

/// Awaits one task, which awaits one, which awaits one, and so on down to the `n`-th.
pub async fn nested(spawner: Spawner, n: u32, recorder: Recorder) -> u32 {
    level(spawner, 1, n, recorder).await.expect("it does not panic")
}

fn level(spawner: Spawner, at: u32, n: u32, recorder: Recorder) -> JoinHandle<u32> {
    let (inner, theirs) = (spawner.clone(), recorder.clone());
    spawner.spawn(recorder.task(&format!("level {at}"), async move {
        if at == n {
            return 1;
        }
        1 + level(inner, at + 1, n, theirs).await.expect("it does not panic")
    }))
}
// ANCHOR_END: chains

/// What it took to run a chain of tasks and the root that waits for it.
pub struct Counted {
    /// Polls of the root.
    pub root: usize,
    /// Polls of all tasks together.
    pub tasks: usize,
    pub wakes: usize,
    pub turns: usize,
}

/// Runs one of the chains with `n` tasks, and counts.
pub fn counted<F>(n: u32, chain: impl FnOnce(Spawner, u32, Recorder) -> F) -> Counted
where
    F: Future<Output = u32>,
{
    let (recorder, park) = (Recorder::new(), Rc::new(CountedPark::new()));
    let executor = Executor::with_park(Rc::clone(&park));
    let root = recorder.future("root", chain(executor.spawner(), n, recorder.clone()));
    assert_eq!(executor.block_on(root), n);
    let timeline = recorder.timeline();
    let wakes = timeline.events.iter().filter(|event| event.kind == Kind::Wake).count();
    let (root, all) = (polls(&timeline, Some("root")), polls(&timeline, None));
    // The executor parks at the end of each turn but the last, in which the root is ready.
    Counted { root, tasks: all - root, wakes, turns: park.parks.get() + 1 }
}

/// How many polls were recorded, of everybody or of one.
pub fn polls(timeline: &Timeline, name: Option<&str>) -> usize {
    let is_meant = |task| name.is_none_or(|name| timeline.task_name(task) == name);
    let polls = timeline.events.iter().filter(|event| event.kind == Kind::PollBegin);
    polls.filter(|event| event.task.is_some_and(is_meant)).count()
}

/// A park that counts how often it is asked.
struct CountedPark {
    below: ThreadPark,
    parks: Cell<usize>,
}

impl CountedPark {
    fn new() -> Self {
        Self { below: ThreadPark::new(), parks: Cell::new(0) }
    }
}

impl Park for CountedPark {
    fn park(&self, limit: Option<Duration>) {
        self.parks.set(self.parks.get() + 1);
        self.below.park(limit);
    }

    fn unparker(&self) -> Waker {
        self.below.unparker()
    }
}
