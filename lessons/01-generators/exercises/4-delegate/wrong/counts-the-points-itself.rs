//! Wrong: drops the result of the quiz, and counts the questions instead.
//! Caught by: `the_points_are_those_that_the_quiz_gave`
//! Because: only the inner coroutine knows its result. The outer one saw questions and answers go by, and not which were right.
//! Says: completed with 17 points, and the interview gave Complete(Sheet { name: "Ada", points: 2 })

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
    InQuiz { name: String, quiz: Q, asked: u32 },
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
                    *self = Self::InQuiz { name: input, quiz, asked: 1 };
                    Yielded(question)
                }
                Complete(_) => Complete(Sheet { name: input, points: 0 }),
            },
            Self::InQuiz { name, mut quiz, asked } => match quiz.resume(input) {
                Yielded(question) => {
                    *self = Self::InQuiz { name, quiz, asked: asked + 1 };
                    Yielded(question)
                }
                Complete(_) => Complete(Sheet { name, points: asked }),
            },
            Self::Done => panic!("coroutine resumed after completion"),
        }
    }
}
