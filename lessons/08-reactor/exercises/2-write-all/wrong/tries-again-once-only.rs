//! Wrong: tries again once when a signal interrupts the write, and not a second time.
//! Caught by: `an_interrupted_write_is_tried_again`
//! Because: signals come when they like: a profiler sends hundreds in a second.
//! Says: gave the error `Interrupted`

use crate::Socket;
use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

fn retry(socket: &mut Socket, left: &[u8]) -> io::Result<usize> {
    match socket.write(left) {
        Err(e) if e.kind() == ErrorKind::Interrupted => socket.write(left),
        other => other,
    }
}
pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut left = bytes;
    while !left.is_empty() {
        match retry(socket, left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(n) => left = &left[n..],
            Err(e) if e.kind() == ErrorKind::WouldBlock => Room { socket, is_watched: false }.await,
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
struct Room<'a> {
    socket: &'a Socket,
    is_watched: bool,
}
impl Future for Room<'_> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_watched {
            return Poll::Ready(());
        }
        self.socket.watch_writable(cx.waker());
        self.is_watched = true;
        Poll::Pending
    }
}
impl Drop for Room<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
