//! Writes all of some bytes to a socket in non-blocking mode.

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

// Socket::watch_writable(&self, waker: &Waker)
// Socket::unwatch_writable(&self)
use crate::Socket;

/// Writes all of `bytes`, and waits where there is no room.
///
/// *Cancellation:* some of it may have been written. The socket is not watched any more.
///
/// # Errors
///
/// `WriteZero` if the socket takes nothing, and those of the socket.
pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    todo!("write what fits; where there is no room, wait for it")
}

/// Waits until there may be room. It is a suggestion: use it or not.
struct Room<'a> {
    socket: &'a Socket,
    /// Whether the event loop has been asked.
    is_watched: bool,
}

impl Future for Room<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!("the first poll has the socket watched; and a later one?")
    }
}

// And who ends the watching, in every case?
