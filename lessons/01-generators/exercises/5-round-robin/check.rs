//! `Interleave` is a coroutine made of many: each resume is one step of one of them, and they take
//! turns.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::fmt;
use std::time::Duration;

use answer::Interleave;
use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};
use shared::probe::{Caught, Journal, caught, watchdog};

use setup::*;

#[test]
fn making_it_resumes_no_task() {
    limited(|| {
        let happened = Rotation::new(&[1, 0]).journal;
        assert!(
            happened.entries().is_empty(),
            "nobody has resumed the rotation yet, and this has happened: {happened}. A task takes its first step when the \
             rotation is resumed for it"
        );
    });
}

#[test]
fn no_tasks_complete_at_once() {
    limited(|| {
        let state = Rotation::new(&[]).resume();
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
            "three tasks of two steps each yielded, as (task, step): {yielded:?}. Each takes one step, and then it is the \
             next one's turn"
        );
    });
}

#[test]
fn one_resume_is_one_step() {
    limited(|| {
        for limits in [&[3, 3][..], &[0, 2, 1, 0, 4]] {
            let mut rotation = Rotation::new(limits);
            let mut seen = 0;
            for turn in 1.. {
                let state = rotation.resume();
                let happened = rotation.journal.entries().split_off(seen);
                seen += happened.len();
                let steps = happened.iter().filter(|entry| entry.starts_with("step")).count();
                let expected = if matches!(state, Yielded(_)) { 1 } else { 0 };
                assert!(
                    steps == expected,
                    "resume {turn} of tasks with {limits:?} steps gave {state:?}, and meanwhile this happened: {}. A resume \
                     is one step of one task, and none is taken before it is asked for",
                    happened.join(", ")
                );
                if expected == 0 {
                    break;
                }
            }
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
    limited(|| {
        for limits in short_lists() {
            let (yielded, _) = run_numbered(&limits);
            if let Some((number, step)) = yielded.iter().find(|(number, step)| *number != step.task)
            {
                panic!(
                    "the tasks 0, 1, … have {limits:?} steps, and {step} went out with the number {number}. The number is \
                     the task's place in the list that `new` was given: it stays {} when others finish",
                    step.task
                );
            }
        }
    });
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
    limited(|| short_lists().for_each(|limits| in_order(&limits)));
}

#[test]
fn there_may_be_many_tasks() {
    limited(|| {
        let limits = [2; 300];
        let (yielded, results) = run_numbered(&limits);
        for ((number, step), expected) in yielded.iter().zip(in_rounds(&limits)) {
            assert!(
                (*number, step.number) == expected && step.task == *number,
                "of 300 tasks with 2 steps each, {step} went out with the number {number}, where it was the turn of step {} \
                 of task {}",
                expected.1,
                expected.0
            );
        }
        assert!(
            yielded.len() == 600 && results == [20; 300],
            "300 tasks have 2 steps each and complete with 20. It yielded {} times, and completed with {} results",
            yielded.len(),
            results.len()
        );
    });
}

#[test]
fn there_may_be_many_turns() {
    limited(|| {
        let limits = [30_000, 20_000, 25_000];
        let (yielded, _) = run(&limits);
        let wrong = yielded.iter().zip(in_rounds(&limits)).find(|(got, expected)| *got != expected);
        if let Some((got, expected)) = wrong {
            panic!(
                "three tasks have 30,000, 20,000 and 25,000 steps, and where it was the turn of {expected:?}, as (task, step), {got:?} \
                 came"
            );
        }
        assert!(yielded.len() == 75_000, "75,000 steps were to come, and {} came", yielded.len());
    });
}

#[test]
fn two_rotations_keep_their_own_turn() {
    limited(|| {
        let (mut one, mut other) = (Rotation::new(&[1, 3]), Rotation::new(&[2, 2, 1]));
        let turns =
            [(0, 1), (1, 1), (1, 2), (1, 3)].into_iter().zip([(0, 1), (1, 1), (2, 1), (0, 2)]);
        for (of_one, of_other) in turns {
            for (rotation, expected) in [(&mut one, of_one), (&mut other, of_other)] {
                let state = rotation.resume();
                let is_next =
                    matches!(&state, Yielded((_, step)) if (step.task, step.number) == expected);
                assert!(
                    is_next,
                    "two rotations are resumed in turns, one with {:?} steps and one with {:?}. In the one with {:?} it was \
                     the turn of {expected:?}, as (task, step), and it gave {state:?}. The turns of a rotation are its own, whatever another one does",
                    [1, 3],
                    [2, 2, 1],
                    rotation.limits
                );
            }
        }
        let (state, last) = (one.resume(), other.resume());
        assert!(
            matches!(&state, Complete(results) if results == &[10, 30])
                && matches!(last, Yielded(_)),
            "the first of two rotations has come to its end, and gave {state:?} instead of Complete([10, 30]); the other has \
             one step left, and gave {last:?}"
        );
    });
}
