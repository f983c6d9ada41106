//! Wrong: ends the watching when the future is dropped, and not when it is ready.
//! Caught by: `when_all_is_written_the_socket_is_not_watched`
//! Because: a future that is ready may be kept, in a list, or in a `join` that waits for others.
//! Says: and then gave `Ok(())`. The socket is watched still

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    WriteAll { socket, left: bytes }
}

pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    left: &'a [u8],
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while !this.left.is_empty() {
            match this.socket.write(this.left) {
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(written) => this.left = &this.left[written..],
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => {
                        this.socket.watch_writable(cx.waker());
                        return Poll::Pending;
                    }
                    ErrorKind::Interrupted => {}
                    _ => return Poll::Ready(Err(error)),
                },
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
