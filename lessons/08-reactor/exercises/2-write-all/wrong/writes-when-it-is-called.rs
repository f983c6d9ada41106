//! Wrong: a future of its own that begins to write when it is made.
//! Caught by: `before_its_first_poll_it_writes_nothing`
//! Because: a call that nobody awaits has sent bytes.
//! Says: nothing happens before the first poll

use crate::Socket;
use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
// a struct future returned by a plain function
pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    {
        let done = socket.write(bytes).unwrap_or(0);
        WriteAll { socket, bytes, done, watched: false }
    }
}
pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    bytes: &'a [u8],
    done: usize,
    watched: bool,
}
impl WriteAll<'_> {
    fn stop(&mut self) {
        if std::mem::take(&mut self.watched) {
            self.socket.unwatch_writable();
        }
    }
}
impl Drop for WriteAll<'_> {
    fn drop(&mut self) {
        self.stop();
    }
}
impl Future for WriteAll<'_> {
    type Output = io::Result<()>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let me = &mut *self;
        let r = loop {
            if me.done == me.bytes.len() {
                break Ok(());
            }
            match me.socket.write(&me.bytes[me.done..]) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(n) => me.done += n,
                Err(e) if e.kind() == ErrorKind::WouldBlock => {
                    me.socket.watch_writable(cx.waker());
                    me.watched = true;
                    return Poll::Pending;
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => break Err(e),
            }
        };
        me.stop();
        Poll::Ready(r)
    }
}
