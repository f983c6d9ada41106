//! Wrong: ends the watching of the first wait only, when it is given up.
//! Caught by: `when_it_is_given_up_the_socket_is_not_watched`
//! Because: a long answer waits more than once, and may be given up in any of its waits.
//! Says: waited for room twice
// Base: right/a-future-of-its-own.rs

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    WriteAll { socket, bytes, written: 0, waits: 0, is_watched: false }
}

pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    written: usize,
    waits: usize,
    is_watched: bool,
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
                    self.waits += usize::from(self.is_watched);
                    self.is_watched = false;
                    continue;
                }
                Err(error) => error,
            };
            match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::WouldBlock => {
                    self.is_watched = true;
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
        if self.waits == 0 {
            self.socket.unwatch_writable();
        }
    }
}
