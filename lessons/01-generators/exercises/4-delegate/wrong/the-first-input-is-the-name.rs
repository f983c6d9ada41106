//! Wrong: takes the first input for the name.
//! Caught by: `the_second_input_is_the_name_whatever_it_is`
//! Because: the first input arrives before anything was asked, so it answers nothing. The name answers the question
//!   that goes out in this resume.
//! Says: the interview ended with Complete(Sheet { name: "first", points: 1 })

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
    AskedName { name: String, quiz: Q },
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
                *self = Self::AskedName { name: input, quiz };
                Yielded(NAME_QUESTION.to_owned())
            }
            Self::AskedName { name, mut quiz } => match quiz.resume(String::new()) {
                Yielded(question) => {
                    *self = Self::InQuiz { name, quiz };
                    Yielded(question)
                }
                Complete(points) => Complete(Sheet { name, points }),
            },
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
