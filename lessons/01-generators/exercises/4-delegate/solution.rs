//! An interview that leaves most of the talking to a quiz.
//!
//! Two things happen at the seam. The name arrives, and the quiz is started, in one resume: a
//! resume that brings the name has to hand out the first question. And the state changes *before*
//! the quiz is resumed, so that the case "the quiz goes on" and the case "the quiz begins" share
//! their code, and with it the end of a quiz that completes at once.

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
    /// Not begun.
    Start {
        /// The quiz, not resumed yet.
        quiz: Q,
    },
    /// Stopped where the name was asked for.
    AskedName {
        /// The quiz, not resumed yet.
        quiz: Q,
    },
    /// The quiz is in charge.
    InQuiz {
        /// Whose sheet it will be.
        name: String,
        /// What every input goes to.
        quiz: Q,
    },
    /// Run to its end.
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
        let (name, mut quiz, input) = match mem::replace(self, Self::Done) {
            Self::Start { quiz } => {
                *self = Self::AskedName { quiz };
                return Yielded(NAME_QUESTION.to_owned());
            }
            Self::AskedName { quiz } => (input, quiz, String::new()),
            Self::InQuiz { name, quiz } => (name, quiz, input),
            Self::Done => panic!("coroutine resumed after completion"),
        };
        match quiz.resume(input) {
            Yielded(question) => {
                *self = Self::InQuiz { name, quiz };
                Yielded(question)
            }
            Complete(points) => Complete(Sheet { name, points }),
        }
    }
}
