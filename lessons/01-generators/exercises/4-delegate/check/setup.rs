//! What the tests stand on: read `../check.rs` first.

use super::*;

/// Asks `questions`, writes every input into its journal, and completes with `points`.
pub struct Quiz {
    pub(super) questions: &'static [&'static str],
    pub(super) points: u32,
    pub(super) resumed: usize,
    pub(super) inputs: Journal,
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

/// An interview with such a quiz, what the quiz was sent, and what the interview completed with, if
/// it did.
pub struct Talk {
    pub(super) interview: Interview<Quiz>,
    pub(super) quiz_got: Journal,
    pub(super) over: Option<String>,
}

impl Talk {
    pub(super) fn new(questions: &'static [&'static str], points: u32) -> Self {
        let quiz_got = Journal::new();
        let quiz = Quiz { questions, points, resumed: 0, inputs: quiz_got.clone() };
        Self { interview: Interview::new(quiz), quiz_got, over: None }
    }

    /// Resumes the interview with each of `inputs`, and returns what the last resume gave.
    #[track_caller]
    pub fn send(&mut self, inputs: &[&str]) -> CoroutineState<String, Sheet> {
        let states = inputs.iter().map(|&input| {
            if let Some(early) = &self.over {
                panic!("the interview is not over, and it has completed already: {early}");
            }
            let state = caught(|| self.interview.resume(input.to_owned())).unwrap_or_else(|panic| {
                // The quiz's own words say it all.
                assert!(!panic.location.starts_with(file!()), "{}", panic.message);
                panic!("a resume of the interview with {input:?} {panic}. Until then, the quiz got: {}", self.quiz_got)
            });
            if let Complete(sheet) = &state {
                self.over = Some(format!("it was sent {input:?} and gave Complete({sheet:?})"));
            }
            state
        });
        states.last().expect("a test sends something")
    }
}

pub fn yielded(question: &str) -> CoroutineState<String, Sheet> {
    Yielded(question.to_owned())
}
