//! Right: a future written by hand, which has the socket watched from the first would-block to the
//!   end, and in each poll by the newest waker.

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
                return Poll::Ready(Ok(()));
            }
            let error = match self.socket.write(left) {
                Ok(0) => io::Error::new(ErrorKind::WriteZero, "the socket takes nothing"),
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
                _ => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = self.poll_write(cx);
        if polled.is_ready() {
            self.socket.unwatch_writable();
        }
        polled
    }
}

impl Drop for WriteAll<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
