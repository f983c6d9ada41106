//! Wrong: gives 0 points when the quiz completes as it is started.
//! Caught by: `a_quiz_without_questions_completes_at_once`
//! Because: there is a result also where there was no question, and only the quiz knows it.
//! Says: gave Complete(Sheet { name: "Ada", points: 0 }) instead of a sheet

use std::mem;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// What an interview asks first.
pub const NAME_QUESTION: &str = "What is your name?";

/// What an interview completes with.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The answer to [`NAME_QUESTION`].
    pub name: String,
    /// What the quiz completed with.
    pub points: u32,
}

/// Asks for a name, and then hands over to a quiz until that one completes.
pub enum Interview<Q> {
    /// Not begun.
    Start {
        /// The quiz, not resumed yet.
        quiz: Q,
    },
    /// The name was asked for.
    AskedName { quiz: Q },
    /// The quiz has the word.
    InQuiz { name: String, quiz: Q },
    /// At its end.
    Done,
}

impl<Q> Interview<Q> {
    /// An interview with a quiz that was not resumed yet.
    pub fn new(quiz: Q) -> Self {
        Self::Start { quiz }
    }
}

impl<Q: Coroutine<String, Yield = String, Return = u32>> Coroutine<String> for Interview<Q> {
    type Yield = String;
    type Return = Sheet;

    fn resume(&mut self, input: String) -> CoroutineState<String, Sheet> {
        match mem::replace(self, Self::Done) {
            Self::Start { quiz } => {
                *self = Self::AskedName { quiz };
                Yielded(NAME_QUESTION.to_owned())
            }
            Self::AskedName { mut quiz } => {
                let name = input;
                match quiz.resume(String::new()) {
                    Yielded(question) => {
                        *self = Self::InQuiz { name, quiz };
                        Yielded(question)
                    }
                    Complete(_) => Complete(Sheet { name, points: 0 }),
                }
            }
            Self::InQuiz { name, mut quiz } => match quiz.resume(input) {
                Yielded(question) => {
                    *self = Self::InQuiz { name, quiz };
                    Yielded(question)
                }
                Complete(points) => Complete(Sheet { name, points }),
            },
            Self::Done => panic!("coroutine resumed after completion"),
        }
    }
}
