//! Wrong: exchanges the waker only if it is another one than the first.
//! Caught by: `it_is_woken_in_the_task_that_polled_last`
//! Because: what counts is which waker the event loop has. When the future moves back to its first task, that is the second one's.
//! Says: A polled last and waits, and its waker was not called (B's was)

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::Socket;

/// All of it, as one future.
struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    watched_by: Option<Waker>,
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while !this.bytes.is_empty() {
            match this.socket.write(this.bytes) {
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(n) => this.bytes = &this.bytes[n..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let first = this.watched_by.get_or_insert_with(|| {
                        this.socket.watch_writable(cx.waker());
                        cx.waker().clone()
                    });
                    if !first.will_wake(cx.waker()) {
                        this.socket.watch_writable(cx.waker());
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
    WriteAll { socket, bytes, watched_by: None }.await
}
