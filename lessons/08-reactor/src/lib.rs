//! The kernel tells you who is ready; you tell the task.
//!
//! A socket that has nothing to say answers "would block". The [`Reactor`] asks the kernel to say
//! when that changes, sleeps in the kernel in the meantime, and wakes the task that waits for this
//! socket. It is the place where an executor parks.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Reactor`] | who waits for which socket, and the sleep in the kernel |
//! | [`Registration`] | a source that is watched; [`readable`](Registration::readable) and [`writable`](Registration::writable) wait for it |
//! | [`TcpListener`], [`TcpStream`] | TCP on top of it, with the names of `std::net` |
//! | [`Runtime`] | an executor, its timers, and a reactor, put together |
//! | [`Handle`] | all that a task needs of its runtime |
//!
//! What a program needs of `executor` and `timers` is here, too: [`JoinHandle`], [`yield_now`],
//! [`Timer`], [`Elapsed`]…
//!
//! A server that answers whatever it is sent, and a client, on one thread:
//!
//! ```
//! use std::time::Duration;
//! use reactor::{Runtime, TcpStream};
//!
//! # fn main() -> std::io::Result<()> {
//! let runtime = Runtime::new()?;
//! let mut listener = runtime.bind("127.0.0.1:0")?;
//! let address = listener.local_addr()?;
//! let handle = runtime.handle().clone();
//! let server = runtime.spawn(async move {
//!     loop {
//!         match listener.accept().await {
//!             // A task for each connection: none waits for another.
//!             Ok((stream, _)) => handle.spawn(echo(stream)).detach(),
//!             // Such as "too many open files": it may pass, and to try again at once would spin.
//!             Err(_) => handle.timer().sleep(Duration::from_millis(100)).await,
//!         }
//!     }
//! });
//! runtime.block_on(async {
//!     let mut stream = runtime.connect(address).await?;
//!     stream.write_all(b"hello").await?;
//!     let mut buffer = [0; 5];
//!     stream.read_exact(&mut buffer).await?;
//!     assert_eq!(&buffer, b"hello");
//!     server.abort();
//!     Ok(())
//! })
//! # }
//!
//! async fn echo(mut stream: TcpStream) -> std::io::Result<()> {
//!     let mut buffer = [0; 1024];
//!     loop {
//!         match stream.read(&mut buffer).await? {
//!             0 => return Ok(()),
//!             length => stream.write_all(&buffer[..length]).await?,
//!         }
//!     }
//! }
//! ```

mod connect;
mod counts;
mod handle;
mod home;
mod park_state;
mod reactor;
mod registration;
mod runtime;
mod source;
mod tcp;

pub use counts::Counts;
pub use executor::{JoinError, JoinHandle, Spawner, yield_now};
pub use handle::Handle;
pub use reactor::{Direction, Reactor};
pub use registration::{Ready, Registration};
pub use runtime::Runtime;
pub use source::Source;
pub use tcp::{ReadHalf, TcpListener, TcpStream, WriteHalf};
pub use timers::{Elapsed, Interval, MissedTicks, Sleep, Timeout, Timer};

// ANCHOR: seam
/// What `park_state` takes from std. A test puts a model checker's in its place, and tries every
/// order.
mod sync {
    pub use std::sync::atomic;
}
// ANCHOR_END: seam
