//! Right: every state resumes the quiz itself, and looks itself whether it has completed.

use std::mem;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

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
    Start { quiz: Q },
    AskedName { quiz: Q },
    InQuiz { name: String, quiz: Q },
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
                    Complete(points) => Complete(Sheet { name, points }),
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
