//! Wrong: keeps the name in a `thread_local!`.
//! Caught by: `two_interviews_are_held_side_by_side`
//! Because: all interviews of a thread share it: the name that came last stands on every sheet.
//! Says: The first gave Complete(Sheet { name: "Grace", points: 1 })

use std::cell::RefCell;
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

thread_local! {
    static NAME: RefCell<String> = const { RefCell::new(String::new()) };
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
        let (mut quiz, input) = match mem::replace(self, Self::Done) {
            Self::Start { quiz } => {
                *self = Self::AskedName { quiz };
                return Yielded(NAME_QUESTION.to_owned());
            }
            Self::AskedName { quiz } => {
                NAME.set(input);
                (quiz, String::new())
            }
            Self::InQuiz { quiz } => (quiz, input),
            Self::Done => panic!("coroutine resumed after completion"),
        };
        match quiz.resume(input) {
            Yielded(question) => {
                *self = Self::InQuiz { quiz };
                Yielded(question)
            }
            Complete(points) => Complete(Sheet { name: NAME.take(), points }),
        }
    }
}
