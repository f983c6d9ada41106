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
//!
//! A server that answers whatever it is sent, and a client, on one thread:
//!
//! ```
//! use reactor::{Runtime, TcpListener, TcpStream};
//!
//! # fn main() -> std::io::Result<()> {
//! let runtime = Runtime::new()?;
//! let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
//! let address = listener.local_addr()?;
//! let spawner = runtime.spawner();
//! let server = runtime.spawn(async move {
//!     while let Ok((mut stream, _)) = listener.accept().await {
//!         // A task for each connection: none waits for another.
//!         let echo = spawner.spawn(async move {
//!             let mut buffer = [0; 1024];
//!             while let Ok(length @ 1..) = stream.read(&mut buffer).await {
//!                 if stream.write_all(&buffer[..length]).await.is_err() {
//!                     break;
//!                 }
//!             }
//!         });
//!         drop(echo); // Nobody waits for it: it goes on by itself.
//!     }
//! });
//! runtime.block_on(async {
//!     let mut stream = TcpStream::connect(runtime.reactor(), address).await?;
//!     stream.write_all(b"hello").await?;
//!     let mut buffer = [0; 5];
//!     let length = stream.read(&mut buffer).await?;
//!     assert_eq!(&buffer[..length], b"hello");
//!     server.abort();
//!     Ok(())
//! })
//! # }
//! ```

mod connect;
mod counts;
mod park_state;
mod reactor;
mod registration;
mod runtime;
mod source;
mod tcp;

pub use counts::Counts;
pub use reactor::{Direction, Reactor};
pub use registration::{Ready, Registration};
pub use runtime::Runtime;
pub use source::Source;
pub use tcp::{ReadHalf, TcpListener, TcpStream, WriteHalf};

// ANCHOR: seam
/// What `park_state` takes from std. A test puts a model checker's in its place, and tries every order.
mod sync {
    pub use std::sync::atomic;
}
// ANCHOR_END: seam
