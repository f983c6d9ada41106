//! Wrong: resumes the quiz with an empty string each time.
//! Caught by: `every_answer_reaches_the_quiz`
//! Because: delegation passes on in both directions. The questions come out, and the answers end in the outer coroutine.
//! Says: it got "", "", ""

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
            Self::AskedName { mut quiz } => match quiz.resume(String::new()) {
                Yielded(question) => {
                    *self = Self::InQuiz { name: input, quiz };
                    Yielded(question)
                }
                Complete(points) => Complete(Sheet { name: input, points }),
            },
            Self::InQuiz { name, mut quiz } => match quiz.resume(String::new()) {
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
