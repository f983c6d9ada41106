//! A function that can stop half-way is a value you can store.
//!
//! A [`Coroutine`] is such a value. Whoever holds it calls [`resume`](Coroutine::resume): the
//! coroutine runs up to its next stop and hands out a value, or it runs to its end and hands out
//! its result. In between it is nothing but data.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Coroutine`], [`CoroutineState`] | the trait, and what `resume` returns |
//! | [`OneThenSeven`], [`CountTo`], [`Ask`] | coroutines written by hand, as data and a position |
//! | [`from_fn`] | a coroutine made of one closure |
//! | [`items`] | a coroutine seen as an [`Iterator`] |
//! | [`delegate`] | a coroutine that passes everything on to an inner one |
//! | [`RoundRobin`] | a loop that resumes many of them, one step each: the first event loop |
//!
//! The trait has the shape of the unstable `std::ops::Coroutine`, without its pinning.
//!
//! ```
//! use generators::{Ask, Coroutine, CoroutineState::{Complete, Yielded}};
//!
//! let mut ask = Ask::new("how old are you?");
//! assert_eq!(ask.resume(0), Yielded("how old are you?"));
//! assert_eq!(ask.resume(42), Complete(42));
//! ```

mod by_hand;
mod delegate;
mod from_fn;
mod items;
mod round_robin;

pub use by_hand::{Ask, CountTo, OneThenSeven};
pub use delegate::{Delegate, delegate};
pub use from_fn::{FromFn, from_fn};
pub use items::{Items, items};
pub use round_robin::{RoundRobin, TaskId};

// ANCHOR: state
/// What a coroutine hands out when it is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a yielded value or a result is lost if nobody looks at it"]
pub enum CoroutineState<Y, R> {
    /// It stopped half-way with a value. It can be resumed.
    Yielded(Y),
    /// It came to its end with its result. It must not be resumed again.
    Complete(R),
}
// ANCHOR_END: state

impl<Y, R> CoroutineState<Y, R> {
    /// Returns the yielded value, if this is one.
    ///
    /// ```
    /// # use generators::CoroutineState;
    /// assert_eq!(CoroutineState::<_, ()>::Yielded(7).yielded(), Some(7));
    /// assert_eq!(CoroutineState::<u32, _>::Complete(23).yielded(), None);
    /// ```
    pub fn yielded(self) -> Option<Y> {
        match self {
            Self::Yielded(value) => Some(value),
            Self::Complete(_) => None,
        }
    }

    /// Returns the result, if this is one.
    ///
    /// ```
    /// # use generators::CoroutineState;
    /// assert_eq!(CoroutineState::<u32, _>::Complete(23).complete(), Some(23));
    /// assert_eq!(CoroutineState::<_, ()>::Yielded(7).complete(), None);
    /// ```
    pub fn complete(self) -> Option<R> {
        match self {
            Self::Yielded(_) => None,
            Self::Complete(result) => Some(result),
        }
    }
}

// ANCHOR: coroutine
/// A computation that can stop half-way, and go on from there when it is resumed.
///
/// `Input` is the type of what is sent in with each resume.
#[must_use = "coroutines do nothing unless resumed"]
pub trait Coroutine<Input = ()> {
    /// What it hands out each time it stops.
    type Yield;
    /// What it hands out once, at its end.
    type Return;

    /// Runs up to the next stop or to the end.
    ///
    /// The first call starts the body. Its input arrives before anything was yielded, so it
    /// answers nothing: what it means, if anything, is for each coroutine to say.
    ///
    /// # Panics
    ///
    /// May panic if the coroutine is resumed after it has completed. Every coroutine of this
    /// crate does, but for [`from_fn`], where the closure decides.
    fn resume(&mut self, input: Input) -> CoroutineState<Self::Yield, Self::Return>;
}
// ANCHOR_END: coroutine

impl<Input, C: Coroutine<Input> + ?Sized> Coroutine<Input> for &mut C {
    type Yield = C::Yield;
    type Return = C::Return;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, C::Return> {
        (**self).resume(input)
    }
}

impl<Input, C: Coroutine<Input> + ?Sized> Coroutine<Input> for Box<C> {
    type Yield = C::Yield;
    type Return = C::Return;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, C::Return> {
        (**self).resume(input)
    }
}

/// What a coroutine of this crate says when it is resumed after its end. The compiler's own
/// coroutines use the same words.
const RESUMED_AFTER_COMPLETION: &str = "coroutine resumed after completion";
