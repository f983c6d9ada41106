//! Wrong: writes until a write takes nothing.
//! Caught by: `a_socket_that_takes_nothing_is_an_error`
//! Because: a write of no bytes takes nothing, and so does a socket that is broken: then the tail is lost without a word.
//! Says: `write_all` gave `Ok(())`, in place of the error `WriteZero`

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

struct Room<'a> {
    socket: &'a Socket,
    is_watched: bool,
}

impl Future for Room<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.socket.watch_writable(cx.waker());
        if std::mem::replace(&mut self.is_watched, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut written = 0;
    loop {
        match socket.write(&bytes[written..]) {
            Ok(0) => return Ok(()),
            Ok(n) => written += n,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Room { socket, is_watched: false }.await
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
