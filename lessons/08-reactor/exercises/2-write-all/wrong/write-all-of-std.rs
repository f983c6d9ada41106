//! Wrong: calls `write_all` of std, and calls it again after a would-block.
//! Caught by: `whatever_the_pieces_everything_arrives_once`
//! Because: std gives the error on, and does not say how much was written before it.
//! Says: would-block

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

/// Writes all of `bytes`, and waits where there is no room.
///
/// *Cancellation:* some of it may have been written. The socket is not watched any more.
///
/// # Errors
///
/// `WriteZero` if the socket takes nothing, and those of the socket.
pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    loop {
        match socket.write_all(bytes) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Room { socket, is_watched: false }.await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Waits until there may be room. The socket is watched no longer than this lives.
struct Room<'a> {
    socket: &'a Socket,
    /// Whether the event loop has been asked.
    is_watched: bool,
}

impl Future for Room<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_watched {
            // Woken, or polled for nothing: the next write tells.
            return Poll::Ready(());
        }
        self.is_watched = true;
        self.socket.watch_writable(cx.waker());
        Poll::Pending
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
