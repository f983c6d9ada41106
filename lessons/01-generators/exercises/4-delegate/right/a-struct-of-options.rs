//! Right: no enum; a flag and an optional name say how far it is, and the quiz is boxed and shared.

use std::cell::RefCell;
use std::rc::Rc;

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
pub struct Interview<Q> {
    asked: bool,
    name: Option<String>,
    quiz: Rc<RefCell<Box<Q>>>,
}

impl<Q> Interview<Q> {
    /// An interview with a quiz that was not resumed yet.
    pub fn new(quiz: Q) -> Self {
        Self { asked: false, name: None, quiz: Rc::new(RefCell::new(Box::new(quiz))) }
    }
}

impl<Q: Coroutine<String, Yield = String, Return = u32>> Coroutine<String> for Interview<Q> {
    type Yield = String;
    type Return = Sheet;

    fn resume(&mut self, mut input: String) -> CoroutineState<String, Sheet> {
        if !self.asked {
            self.asked = true;
            return Yielded(NAME_QUESTION.to_owned());
        }
        if self.name.is_none() {
            self.name = Some(std::mem::take(&mut input));
        }
        let quiz = Rc::clone(&self.quiz);
        let state = quiz.borrow_mut().resume(input);
        match state {
            Yielded(question) => Yielded(question),
            Complete(points) => {
                Complete(Sheet { name: self.name.clone().unwrap_or_default(), points })
            }
        }
    }
}
