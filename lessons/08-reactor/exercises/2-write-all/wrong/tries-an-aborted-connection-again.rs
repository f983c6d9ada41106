//! Wrong: takes `ConnectionAborted` for a reason to try again, as it is at `accept`.
//! Caught by: `an_error_of_the_socket_is_passed_on`
//! Because: the connection is gone, and what was written before is lost.
//! Says: in place of the error `ConnectionAborted`

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
                Room { socket, is_watched: false }.await;
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::Interrupted | ErrorKind::ConnectionAborted
                ) => {}
            Err(error) => return Err(error),
        }
    }
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

impl Drop for Room<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
