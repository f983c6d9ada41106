//! Right: each poll of the wait begins a new watch, and a second one is over at once, whatever
//!   became of the watches.

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::Socket;

/// The socket is watched while it lives.
struct Watch<'a>(&'a Socket);

impl<'a> Watch<'a> {
    fn new(socket: &'a Socket, waker: &Waker) -> Self {
        socket.watch_writable(waker);
        Self(socket)
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.unwatch_writable();
    }
}

/// Waits until there may be room: each poll has the socket watched for the task that polls.
struct Room<'a> {
    socket: &'a Socket,
    watch: Option<Watch<'a>>,
}

impl Future for Room<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let is_first = self.watch.is_none();
        self.watch = Some(Watch::new(self.socket, cx.waker()));
        if is_first { Poll::Pending } else { Poll::Ready(()) }
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match socket.write(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(n) => rest = &rest[n..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Room { socket, watch: None }.await
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
