//! Wrong: ends the watching in each poll, and begins it for the first task or for one that has just come.
//! Caught by: `it_is_woken_in_the_task_that_polled_last`
//! Because: the task that took the write over polls once more, for nothing, and is not called any more.
//! Says: then by task B twice
// Base: right/a-future-of-its-own.rs

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::Socket;

pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    WriteAll { socket, bytes, written: 0, tasks: None }
}

pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    written: usize,
    /// The tasks that polled first, and last.
    tasks: Option<[Waker; 2]>,
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
                    let waker = cx.waker();
                    let [first, last] =
                        self.tasks.get_or_insert_with(|| [waker.clone(), waker.clone()]);
                    self.socket.unwatch_writable();
                    if first.will_wake(waker) || !last.will_wake(waker) {
                        last.clone_from(waker);
                        self.socket.watch_writable(waker);
                    }
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
