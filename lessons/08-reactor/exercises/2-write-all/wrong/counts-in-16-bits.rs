//! Wrong: counts what was written in 16 bits.
//! Caught by: `a_long_answer_arrives_as_well`
//! Because: behind 65,535 bytes the count begins again, and so does the answer.
//! Says: an answer has 140,000 bytes

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
    let mut written = 0_u16;
    while usize::from(written) < bytes.len() {
        match socket.write(&bytes[usize::from(written)..]) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(length) => written = written.wrapping_add(length as u16),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Room { socket, is_watched: false }.await;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
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
