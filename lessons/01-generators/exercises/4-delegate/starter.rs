//! An interview that leaves most of the talking to a quiz.

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
    // Which other states are there, and what does each of them hold?
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
        todo!("ask for the name, delegate to the quiz, complete with a sheet")
    }
}
