//! An interview asks for a name, lets a quiz talk until it is over, and completes with the name and the quiz's points.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
mod answer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use answer::{Interview, NAME_QUESTION, Sheet};
use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};
use shared::probe::Journal;

/// Asks `questions`, writes every input into its journal, and completes with `points`.
struct Quiz {
    questions: &'static [&'static str],
    points: u32,
    resumed: usize,
    inputs: Journal,
}

impl Coroutine<String> for Quiz {
    type Yield = String;
    type Return = u32;

    fn resume(&mut self, input: String) -> CoroutineState<String, u32> {
        assert!(
            self.resumed <= self.questions.len(),
            "the quiz was resumed after it had completed: its result is its end"
        );
        self.inputs.note(format_args!("{input:?}"));
        self.resumed += 1;
        match self.questions.get(self.resumed - 1) {
            Some(&question) => Yielded(question.to_owned()),
            None => Complete(self.points),
        }
    }
}

/// An interview with such a quiz, and the inputs that the quiz gets.
fn interview(questions: &'static [&'static str], points: u32) -> (Interview<Quiz>, Journal) {
    let inputs = Journal::new();
    let quiz = Quiz { questions, points, resumed: 0, inputs: inputs.clone() };
    (Interview::new(quiz), inputs)
}

fn yielded(question: &str) -> CoroutineState<String, Sheet> {
    Yielded(question.to_owned())
}

fn sheet(name: &str, points: u32) -> CoroutineState<String, Sheet> {
    Complete(Sheet { name: name.to_owned(), points })
}

fn send(interview: &mut Interview<Quiz>, input: &str) -> CoroutineState<String, Sheet> {
    interview.resume(input.to_owned())
}

#[test]
fn it_asks_for_the_name_first() {
    let (mut interview, inputs) = interview(&["2 + 2?"], 1);
    let state = send(&mut interview, "");
    assert!(
        state == yielded(NAME_QUESTION),
        "the first resume gave {state:?}, and it is to give Yielded({NAME_QUESTION:?})"
    );
    assert!(
        inputs.entries().is_empty(),
        "the quiz was resumed before the name was known: whatever it yielded there is lost"
    );
}

#[test]
fn the_name_is_followed_by_the_first_question() {
    let (mut interview, _) = interview(&["2 + 2?", "3 * 3?"], 1);
    let _ = send(&mut interview, "");
    let state = send(&mut interview, "Ada");
    assert!(
        state == yielded("2 + 2?"),
        "the name was sent in, and out came {state:?}: the first question of the quiz is to follow at once, and none may be \
         skipped"
    );
    let state = send(&mut interview, "4");
    assert!(
        state == yielded("3 * 3?"),
        "the first answer was sent in, and out came {state:?} instead of the second question"
    );
}

#[test]
fn every_answer_reaches_the_quiz() {
    let (mut interview, inputs) = interview(&["2 + 2?", "3 * 3?"], 1);
    for input in ["", "Ada", "4"] {
        let _ = send(&mut interview, input);
    }
    let _ = catch_unwind(AssertUnwindSafe(|| send(&mut interview, "9")));
    let inputs = inputs.entries();
    assert!(
        inputs == ["\"\"", "\"4\"", "\"9\""],
        "the quiz is to be started with an empty string and then to get the answers 4 and 9; it got {}",
        inputs.join(", ")
    );
}

#[test]
fn the_last_answer_completes_the_interview() {
    let (mut interview, _) = interview(&["2 + 2?"], 1);
    for input in ["", "Ada"] {
        let _ = send(&mut interview, input);
    }
    let state = send(&mut interview, "4");
    assert!(
        state == sheet("Ada", 1),
        "the quiz completed with 1 when it got its last answer, and the interview gave {state:?}: it is to complete in the \
         same resume, as there is nothing more to ask"
    );
}

#[test]
fn the_points_are_those_that_the_quiz_gave() {
    let (mut interview, _) = interview(&["2 + 2?", "3 * 3?"], 17);
    let mut state = send(&mut interview, "");
    for input in ["Ada", "4", "9"] {
        state = send(&mut interview, input);
    }
    assert!(
        state == sheet("Ada", 17),
        "the quiz had 2 questions and completed with 17 points, and the interview gave {state:?}: the result of the inner \
         coroutine is what the outer one waited for"
    );
}

#[test]
fn a_quiz_without_questions_completes_at_once() {
    let (mut interview, _) = interview(&[], 5);
    let _ = send(&mut interview, "");
    let state = send(&mut interview, "Ada");
    assert!(
        state == sheet("Ada", 5),
        "the quiz completed when it was started, without a question, and the interview gave {state:?} instead of its result"
    );
}
