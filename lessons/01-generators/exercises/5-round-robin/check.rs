//! `Interleave` is a coroutine made of many: each resume is one step of one of them, and they take turns.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::fmt;
use std::time::Duration;

use answer::Interleave;
use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};
use shared::probe::{Journal, watchdog};

/// What a task yields: who it is, and which of its steps this was, counted from 1.
#[derive(PartialEq)]
struct Step {
    task: usize,
    number: u32,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {} of task {}", self.number, self.task)
    }
}

/// A task that takes as many steps as its limit says and completes with ten times its limit. Notes each resume in a
/// journal.
struct Task {
    name: usize,
    limit: u32,
    resumed: u32,
    journal: Journal,
}

impl Coroutine for Task {
    type Yield = Step;
    type Return = u32;

    fn resume(&mut self, (): ()) -> CoroutineState<Step, u32> {
        let Self { name, limit, .. } = *self;
        self.resumed += 1;
        self.journal.note(name);
        assert!(
            self.resumed <= limit + 1,
            "task {name} had completed, and was resumed again: a finished task has to leave the rotation"
        );
        if self.resumed <= limit {
            Yielded(Step { task: name, number: self.resumed })
        } else {
            Complete(limit * 10)
        }
    }
}

/// A rotation of tasks with these limits, and the journal in which each resume is noted.
fn interleave(limits: &[u32]) -> (Interleave<Task>, Journal) {
    let journal = Journal::new();
    let task = |(name, &limit)| Task { name, limit, resumed: 0, journal: journal.clone() };
    (Interleave::new(limits.iter().enumerate().map(task).collect()), journal)
}

/// Everything that a rotation of tasks with these limits yields, in order, as (task, step), and its results.
fn run(limits: &[u32]) -> (Vec<(usize, u32)>, Vec<u32>) {
    let (mut all, _) = interleave(limits);
    let mut yielded = Vec::new();
    while yielded.len() < 1_000 {
        match all.resume(()) {
            Yielded((place, step)) => {
                assert!(
                    place == step.task,
                    "the tasks 0, 1, … have {limits:?} steps, and it yielded {step:?} as one of task {place}: what goes out \
                     with a step is the task's place in the list, and that stays the same when others finish"
                );
                yielded.push((place, step.number));
            }
            Complete(results) => return (yielded, results),
        }
    }
    panic!(
        "it has yielded 1,000 times and is not complete: the tasks {limits:?} have far fewer steps"
    );
}

/// Runs a test, and ends it in words if `resume` does not return.
fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`Interleave::resume`", test);
}

#[test]
fn no_tasks_complete_at_once() {
    limited(|| {
        let (mut none, _) = interleave(&[]);
        let state = none.resume(());
        assert!(
            state == Complete(Vec::new()),
            "there are no tasks, and the first resume gave {state:?} instead of Complete([])"
        );
    });
}

#[test]
fn tasks_take_turns() {
    limited(|| {
        let (yielded, _) = run(&[2, 2, 2]);
        assert!(
            yielded == [(0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)],
            "three tasks of two steps each yielded, as (task, step): {yielded:?}. Each is to take one step, and then it is the \
             next one's turn"
        );
    });
}

#[test]
fn one_resume_is_one_step() {
    limited(|| {
        let (mut all, resumed) = interleave(&[3, 3]);
        for task in ["0", "1", "0"] {
            let state = all.resume(());
            let stepped = resumed.take();
            assert!(
                stepped == [task],
                "it was task {task}'s turn. This resume gave {state:?}, and for that these tasks were resumed: {}. One step of \
                 task {task} is enough",
                stepped.join(", ")
            );
        }
    });
}

#[test]
fn nobody_is_skipped_when_another_finishes() {
    limited(|| {
        let (yielded, _) = run(&[1, 2, 2]);
        assert!(
            yielded == [(0, 1), (1, 1), (2, 1), (1, 2), (2, 2)],
            "task 0 has one step, tasks 1 and 2 have two; they yielded, as (task, step): {yielded:?}. When task 0 is over, it \
             is task 1's turn"
        );
    });
}

#[test]
fn the_number_of_a_task_is_its_place_in_the_list() {
    // What goes wrong is said by `run`.
    limited(|| drop(run(&[0, 2, 1, 2])));
}

#[test]
fn everybody_gets_to_the_end() {
    limited(|| {
        let (yielded, _) = run(&[1, 3, 0, 2]);
        for (task, steps) in [1, 3, 0, 2].into_iter().enumerate() {
            let taken = yielded.iter().filter(|&&(who, _)| who == task).count();
            assert!(
                taken == steps,
                "of the {steps} values of task {task}, {taken} came out before the rotation completed: {yielded:?}"
            );
        }
    });
}

#[test]
fn a_finished_task_is_never_resumed_again() {
    // What goes wrong is said by the task.
    limited(|| drop(run(&[0, 3, 1])));
}

#[test]
fn results_stand_in_the_order_of_the_tasks() {
    limited(|| {
        let (_, results) = run(&[3, 1, 2]);
        assert!(
            results == [30, 10, 20],
            "tasks 0, 1 and 2 completed with 30, 10 and 20, and the results are {results:?}"
        );
    });
}

#[test]
fn few_tasks_of_few_steps_always_come_in_order() {
    limited(|| {
        for count in 1..=4 {
            for code in 0..4_u32.pow(count) {
                let limits: Vec<u32> = (0..count).map(|task| code / 4_u32.pow(task) % 4).collect();
                in_order(&limits);
            }
        }
    });
}

/// Compares with the plain rule: in each round, everybody who has another step takes it, in the order of the list.
fn in_order(limits: &[u32]) {
    let round = |number| {
        let has_another = move |&(_, &limit): &(usize, &u32)| limit >= number;
        limits.iter().enumerate().filter(has_another).map(move |(task, _)| (task, number))
    };
    let expected: Vec<_> = (1..=3).flat_map(round).collect();
    let (yielded, results) = run(limits);
    assert!(
        yielded == expected,
        "the tasks 0, 1, … have {limits:?} steps, and yielded, as (task, step): {yielded:?} instead of {expected:?}. Whoever \
         finishes, the turn goes to the one after it, and the order of the others stays"
    );
    let ten_times: Vec<u32> = limits.iter().map(|limit| limit * 10).collect();
    assert!(
        results == ten_times,
        "the tasks 0, 1, … completed with {ten_times:?}, and the results are {results:?}"
    );
}
