//! Wrong: ends the watching when everything is written, and not when a write has failed.
//! Caught by: `after_an_error_the_socket_is_not_watched`
//! Because: the way out by `?` or `return` leads past it.
//! Says: and then gave the error `ConnectionReset`. The socket is watched still

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
    let mut left = bytes;
    while !left.is_empty() {
        match socket.write(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => left = &left[written..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let given_up = GivenUp(socket);
                Room { socket, is_watched: false }.await;
                std::mem::forget(given_up);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    socket.unwatch_writable();
    Ok(())
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

/// Ends the watching of a call that is given up.
struct GivenUp<'a>(&'a Socket);

impl Drop for GivenUp<'_> {
    fn drop(&mut self) {
        self.0.unwatch_writable();
    }
}
