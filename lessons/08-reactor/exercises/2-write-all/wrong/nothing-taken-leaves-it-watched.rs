//! Wrong: returns `WriteZero` without ending the watching.
//! Caught by: `after_an_error_the_socket_is_not_watched`
//! Because: the way out for `Ok(0)` is another one than that for errors of the socket.
//! Says: and then gave the error `WriteZero`. The socket is watched still
// Base: right/a-future-of-its-own.rs

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    WriteAll { socket, bytes, written: 0 }
}

pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    written: usize,
}

impl WriteAll<'_> {
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let left = &self.bytes[self.written..];
            if left.is_empty() {
                self.socket.unwatch_writable();
                return Poll::Ready(Ok(()));
            }
            let error = match self.socket.write(left) {
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(written) => {
                    self.written += written;
                    continue;
                }
                Err(error) => error,
            };
            match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::WouldBlock => {
                    self.socket.watch_writable(cx.waker());
                    return Poll::Pending;
                }
                _ => {
                    self.socket.unwatch_writable();
                    return Poll::Ready(Err(error));
                }
            }
        }
    }
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_write(cx)
    }
}

impl Drop for WriteAll<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
