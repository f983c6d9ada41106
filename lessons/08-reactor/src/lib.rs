//! The kernel tells you who is ready; you tell the task.
//!
//! A socket that has nothing to say answers "would block". The [`Reactor`] asks the kernel to say when that changes, sleeps in
//! the kernel in the meantime, and wakes the task that waits for this socket. It is the place where an executor parks.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Reactor`] | who waits for which socket, and the sleep in the kernel |
//! | [`Registration`] | a source that is watched; [`readable`](Registration::readable) and [`writable`](Registration::writable) wait for it |
//! | [`TcpListener`], [`TcpStream`] | TCP on top of it, with the names of `std::net` |
//! | [`Runtime`] | an executor, its timers, and a reactor, put together |

mod connect;
mod park_state;
mod reactor;
mod registration;
mod source;
mod tcp;

pub use reactor::{Counts, Direction, Reactor};
pub use registration::{Ready, Registration};
pub use source::Source;
pub use tcp::{ReadHalf, TcpListener, TcpStream, WriteHalf};

// ANCHOR: seam
/// What `park_state` takes from std. A test puts a model checker's in its place, and tries every order.
mod sync {
    pub use std::sync::atomic;
}
// ANCHOR_END: seam
