//! Coroutines written by hand: the body cut at each `yield`, and an enum that says where to go on.

use std::mem;

use crate::CoroutineState::{self, Complete, Yielded};
use crate::{Coroutine, RESUMED_AFTER_COMPLETION};

/// Yields 1, yields 7, and ends. The smallest state machine that is worth the name.
///
/// ```
/// use generators::{Coroutine, CoroutineState::{Complete, Yielded}, OneThenSeven};
///
/// let mut numbers = OneThenSeven::Start;
/// assert_eq!(numbers.resume(()), Yielded(1));
/// assert_eq!(numbers.resume(()), Yielded(7));
/// assert_eq!(numbers.resume(()), Complete(()));
/// ```
// ANCHOR: one_then_seven
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "coroutines do nothing unless resumed"]
pub enum OneThenSeven {
    /// Not begun.
    Start,
    /// Stopped where 1 was yielded.
    AtOne,
    /// Stopped where 7 was yielded.
    AtSeven,
    /// Run to its end.
    Done,
}

impl Coroutine for OneThenSeven {
    type Yield = u32;
    type Return = ();

    fn resume(&mut self, (): ()) -> CoroutineState<u32, ()> {
        match self {
            Self::Start => {
                *self = Self::AtOne;
                Yielded(1)
            }
            Self::AtOne => {
                *self = Self::AtSeven;
                Yielded(7)
            }
            Self::AtSeven => {
                *self = Self::Done;
                Complete(())
            }
            Self::Done => panic!("{RESUMED_AFTER_COMPLETION}"),
        }
    }
}
// ANCHOR_END: one_then_seven

/// Yields a question, and completes with whatever is sent in as the answer.
///
/// The first input is dropped: it arrives before the question was asked.
///
/// ```
/// use generators::{Ask, Coroutine, CoroutineState::{Complete, Yielded}};
///
/// let mut ask = Ask::new(7);
/// assert_eq!(ask.resume(0), Yielded(7));
/// assert_eq!(ask.resume(42), Complete(42));
/// ```
// ANCHOR: ask
#[derive(Clone, Debug)]
#[must_use = "coroutines do nothing unless resumed"]
pub struct Ask<Q> {
    state: AskState<Q>,
}

#[derive(Clone, Debug)]
enum AskState<Q> {
    Start { question: Q },
    Waiting,
    Done,
}

impl<Q, A> Coroutine<A> for Ask<Q> {
    type Yield = Q;
    type Return = A;

    fn resume(&mut self, input: A) -> CoroutineState<Q, A> {
        // Taken out, because the question is to be given away. `Done` stays behind.
        match mem::replace(&mut self.state, AskState::Done) {
            AskState::Start { question } => {
                self.state = AskState::Waiting;
                Yielded(question)
            }
            AskState::Waiting => Complete(input),
            AskState::Done => panic!("{RESUMED_AFTER_COMPLETION}"),
        }
    }
}
// ANCHOR_END: ask

impl<Q> Ask<Q> {
    /// A coroutine that will ask `question`.
    pub fn new(question: Q) -> Self {
        Self { state: AskState::Start { question } }
    }
}

/// Yields 1, 2, 3 and so on up to a limit, and completes with their sum.
///
/// ```
/// use generators::{CountTo, Coroutine, CoroutineState::{Complete, Yielded}};
///
/// let mut count = CountTo::new(2);
/// assert_eq!(count.resume(()), Yielded(1));
/// assert_eq!(count.resume(()), Yielded(2));
/// assert_eq!(count.resume(()), Complete(3));
/// ```
// ANCHOR: count_to
#[derive(Clone, Debug)]
#[must_use = "coroutines do nothing unless resumed"]
pub struct CountTo {
    limit: u32,
    state: CountState,
}

#[derive(Clone, Debug)]
enum CountState {
    Counting { last: u32, sum: u64 },
    Done,
}

impl Coroutine for CountTo {
    type Yield = u32;
    type Return = u64;

    fn resume(&mut self, (): ()) -> CoroutineState<u32, u64> {
        match self.state {
            CountState::Counting { last, sum } if last < self.limit => {
                let next = last + 1;
                self.state = CountState::Counting { last: next, sum: sum + u64::from(next) };
                Yielded(next)
            }
            CountState::Counting { sum, .. } => {
                self.state = CountState::Done;
                Complete(sum)
            }
            CountState::Done => panic!("{RESUMED_AFTER_COMPLETION}"),
        }
    }
}
// ANCHOR_END: count_to

impl CountTo {
    /// A coroutine that will count from 1 to `limit`, the limit included. A limit of 0 yields
    /// nothing.
    pub fn new(limit: u32) -> Self {
        Self { limit, state: CountState::Counting { last: 0, sum: 0 } }
    }
}
