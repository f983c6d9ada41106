//! A future is a generator with one word for "not yet".
//!
//! The smallest futures ([`yield_now`], [`countdown`]), two made of others ([`map`], [`then`]), an
//! `async fn` beside the same thing as an enum ([`sum`], [`Sum`]), and what runs them:
//! [`poll_once`], and the most naive runner, [`poll_until_ready`]. [`CallTree`] writes down who
//! polls whom, and [`as_coroutine`] says in code what a future is: a coroutine that yields `()`.
//!
//! ```
//! use futures_by_hand::{countdown, map, poll_until_ready, then};
//!
//! let by_hand = then(countdown(2), |two| map(countdown(1), move |one| two + one));
//! let by_compiler = async { countdown(2).await + countdown(1).await };
//!
//! // The value, and how many polls it took to get it.
//! assert_eq!(poll_until_ready(by_hand), (3, 4));
//! assert_eq!(poll_until_ready(by_compiler), (3, 4));
//! ```
//!
//! The futures made of others ask for parts that are `Unpin`. A future that an `async fn` returns
//! is not: put it into `Box::pin`, and it is.
//!
//! ```
//! use futures_by_hand::{map, poll_until_ready, sum};
//!
//! assert_eq!(poll_until_ready(map(Box::pin(sum(2, 1)), |sum| sum * 10)), (30, 4));
//! ```

mod by_hand;
mod call_tree;
mod combine;
mod coroutine;
mod leaf;
mod run;

pub use by_hand::{Sum, sum};
pub use call_tree::{CallTree, Watched};
pub use combine::{Map, Then, map, then};
pub use coroutine::{AsCoroutine, as_coroutine};
pub use leaf::{Countdown, YieldNow, countdown, yield_now};
pub use run::{poll_once, poll_until_ready};
