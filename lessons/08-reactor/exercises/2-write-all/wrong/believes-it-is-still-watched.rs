//! Wrong: ends the watching in each poll, and does not lower the flag that says so.
//! Caught by: `while_there_is_no_room_it_waits`
//! Because: the second time it believes that it is watched, and nobody watches.
//! Says: and nobody woke its task: the socket is not watched

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    is_watched: bool,
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        // The socket is watched only while it waits.
        if this.is_watched {
            this.socket.unwatch_writable();
        }
        while !this.bytes.is_empty() {
            match this.socket.write(this.bytes) {
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(n) => this.bytes = &this.bytes[n..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !this.is_watched {
                        this.socket.watch_writable(cx.waker());
                        this.is_watched = true;
                    }
                    return Poll::Pending;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl Drop for WriteAll<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    WriteAll { socket, bytes, is_watched: false }.await
}
