//! For a lesson's program: what it prints, a clock that it can move, and random numbers that are
//! the same in every run.
//!
//! - [`title`], [`scene`], [`say`], [`fact`], [`table`]: the program's output, in colour on a
//!   terminal.
//! - [`VirtualClock`]: a clock that stands still until it is told to move. An hour passes in no
//!   time.
//! - [`Random`]: random numbers from a seed.
//!
//! A program that uses these three, and nothing else that changes from run to run, prints the same
//! bytes every time, and its `transcript.txt` can be compared with them.
//!
//! ```
//! use shared::narrate::{Random, fact, say, scene, title};
//!
//! title("Wakers", "Pending is a promise to call back.");
//! scene("A sleeper nobody wakes");
//! say("The future returns Pending and keeps no waker.");
//! fact("polls", 1);
//! fact("a die, always the same one", 1 + Random::seeded(7).below(6));
//! ```

mod clock;
mod output;
mod random;

pub use clock::{Sleep, VirtualClock};
pub use output::{fact, say, scene, table, title};
pub use random::Random;
