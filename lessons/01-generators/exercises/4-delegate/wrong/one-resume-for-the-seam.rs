//! Wrong: when the name arrives, notes it, and leaves the start of the quiz to the next resume.
//! Caught by: `the_name_is_followed_by_the_first_question`
//! Because: every resume has to hand out something. With nothing to hand out it yields an empty question, and the answer to
//!   that starts the quiz.
//! Says: the name was sent in, and out came Yielded("")

use std::mem;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub const NAME_QUESTION: &str = "What is your name?";

#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub points: u32,
}

pub enum Interview<Q> {
    Start { quiz: Q },
    AskedName { quiz: Q },
    InQuiz { name: String, quiz: Q },
    Done,
}

impl<Q> Interview<Q> {
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
            Self::AskedName { quiz } => {
                *self = Self::InQuiz { name: input, quiz };
                Yielded(String::new())
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
