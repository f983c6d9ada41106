//! What the tests stand on: read `../check.rs` first.

use super::*;

/// What a task yields: who it is, and which of its steps this was, counted from 1.
#[derive(PartialEq)]
pub struct Step {
    pub(super) task: usize,
    pub(super) number: u32,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {} of task {}", self.number, self.task)
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A task that takes as many steps as its limit says and completes with ten times its limit. Notes
/// each step and its end in a journal.
pub struct Task {
    pub(super) name: usize,
    pub(super) limit: u32,
    pub(super) resumed: u32,
    pub(super) journal: Journal,
}

impl Coroutine for Task {
    type Yield = Step;
    type Return = u32;

    fn resume(&mut self, (): ()) -> CoroutineState<Step, u32> {
        let Self { name, limit, .. } = *self;
        self.resumed += 1;
        assert!(
            self.resumed <= limit + 1,
            "task {name} had completed, and was resumed again: a finished task has to leave the rotation"
        );
        if self.resumed > limit {
            self.journal.note(end_of(name));
            return Complete(limit * 10);
        }
        let step = Step { task: name, number: self.resumed };
        self.journal.note(&step);
        Yielded(step)
    }
}

pub fn end_of(task: usize) -> String {
    format!("the end of task {task}")
}

/// A rotation of tasks, and what they have done.
pub struct Rotation {
    pub(super) all: Interleave<Task>,
    pub(super) limits: Vec<u32>,
    pub(super) journal: Journal,
}

impl Rotation {
    /// Tasks with these limits.
    pub fn new(limits: &[u32]) -> Self {
        let journal = Journal::new();
        let task = |(name, &limit)| Task { name, limit, resumed: 0, journal: journal.clone() };
        let tasks = limits.iter().enumerate().map(task).collect();
        Self { all: Interleave::new(tasks), limits: limits.to_vec(), journal: journal.clone() }
    }

    pub(super) fn resume(&mut self) -> CoroutineState<(usize, Step), Vec<u32>> {
        caught(|| self.all.resume(())).unwrap_or_else(|panic| self.explain(&panic))
    }

    /// Says how far the tasks were when the answer panicked.
    pub fn explain(&self, panic: &Caught) -> ! {
        // A task's own words say it all.
        assert!(!panic.location.starts_with(file!()), "{}", panic.message);
        let happened = self.journal.entries();
        let is_unfinished = |task: &usize| !happened.contains(&end_of(*task));
        match (0..self.limits.len()).find(is_unfinished) {
            None => panic!("every task had completed when `resume` {panic}"),
            Some(task) => {
                let its_own = format!(" of task {task}");
                panic!(
                    "task {task} had taken {} of {} steps and had not completed when `resume` {panic}",
                    happened.iter().filter(|entry| entry.ends_with(&its_own)).count(),
                    self.limits[task]
                )
            }
        }
    }
}

/// Everything that a rotation of tasks with these limits yields, in order, with the numbers that go
/// out, and its results.
pub fn run_numbered(limits: &[u32]) -> (Vec<(usize, Step)>, Vec<u32>) {
    let mut rotation = Rotation::new(limits);
    let mut yielded = Vec::new();
    let most = limits.iter().sum::<u32>() as usize;
    while yielded.len() <= most {
        match rotation.resume() {
            Yielded(step) => yielded.push(step),
            Complete(results) => return (yielded, results),
        }
    }
    panic!("all tasks together have {most} steps, and it has yielded {} times", yielded.len());
}

/// Like [`run_numbered`], as (task, step): the numbers that go out are another test's affair.
pub fn run(limits: &[u32]) -> (Vec<(usize, u32)>, Vec<u32>) {
    let (yielded, results) = run_numbered(limits);
    (yielded.into_iter().map(|(_, step)| (step.task, step.number)).collect(), results)
}

/// Every list of one to four tasks with up to three steps.
pub fn short_lists() -> impl Iterator<Item = Vec<u32>> {
    let lists = |count| {
        let list = move |code: u32| (0..count).map(|task| code / 4_u32.pow(task) % 4).collect();
        (0..4_u32.pow(count)).map(list)
    };
    (1..=4).flat_map(lists)
}

/// Runs a test, and ends it in words if `resume` does not return.
pub fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`Interleave::resume`", test);
}

/// Compares with the plain rule: in each round, every task that has another step takes it, in the
/// order of the list.
pub fn in_order(limits: &[u32]) {
    let expected = in_rounds(limits);
    let (yielded, results) = run(limits);
    assert!(
        yielded == expected,
        "the tasks 0, 1, … have {limits:?} steps, and yielded, as (task, step): {yielded:?} instead of {expected:?}. When a \
         task finishes, the turn goes to the next one, and the order of the others stays"
    );
    let ten_times: Vec<u32> = limits.iter().map(|limit| limit * 10).collect();
    assert!(
        results == ten_times,
        "the tasks 0, 1, … completed with {ten_times:?}, and the results are {results:?}"
    );
}

pub fn in_rounds(limits: &[u32]) -> Vec<(usize, u32)> {
    let round = |number| {
        let has_another = move |&(_, &limit): &(usize, &u32)| limit >= number;
        limits.iter().enumerate().filter(has_another).map(move |(task, _)| (task, number))
    };
    let most = limits.iter().copied().max().unwrap_or_default();
    (1..=most).flat_map(round).collect()
}
