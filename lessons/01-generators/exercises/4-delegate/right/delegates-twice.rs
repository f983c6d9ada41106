//! Right: two of the lesson's coroutines, `Ask` for the name and `delegate` for the quiz, one after
//!   the other.

use generators::CoroutineState::{Complete, Yielded};
use generators::{Ask, Coroutine, CoroutineState, Delegate, delegate};

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

type Finish = Box<dyn FnOnce(u32) -> Sheet>;

/// Asks for a name, and then hands over to a quiz until that one completes.
pub struct Interview<Q> {
    ask: Ask<String>,
    next: Option<Q>,
    quiz: Option<Delegate<Q, Finish>>,
}

impl<Q> Interview<Q> {
    /// An interview with a quiz that was not resumed yet.
    pub fn new(quiz: Q) -> Self {
        Self { ask: Ask::new(NAME_QUESTION.to_owned()), next: Some(quiz), quiz: None }
    }
}

impl<Q: Coroutine<String, Yield = String, Return = u32>> Coroutine<String> for Interview<Q> {
    type Yield = String;
    type Return = Sheet;

    fn resume(&mut self, input: String) -> CoroutineState<String, Sheet> {
        if let Some(quiz) = &mut self.quiz {
            return quiz.resume(input);
        }
        let name = match self.ask.resume(input) {
            Yielded(question) => return Yielded(question),
            Complete(name) => name,
        };
        let quiz = self.next.take().expect("the name is answered once");
        let finish: Finish = Box::new(|points| Sheet { name, points });
        self.quiz.insert(delegate(quiz, finish)).resume(String::new())
    }
}
