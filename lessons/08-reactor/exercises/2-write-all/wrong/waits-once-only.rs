//! Wrong: has the socket watched at the first would-block, ends that when it is polled again, and never begins anew.
//! Caught by: `whatever_the_pieces_everything_arrives_once`
//! Because: a long answer needs many waits: room comes in pieces, too.
//! Says: "te" of "tea and cake" has arrived, and `write_all` was polled twice, returned Pending

use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Socket;

pub fn write_all<'a>(socket: &'a mut Socket, bytes: &'a [u8]) -> WriteAll<'a> {
    WriteAll { socket, left: bytes, state: State::New }
}

pub struct WriteAll<'a> {
    socket: &'a mut Socket,
    left: &'a [u8],
    state: State,
}

enum State {
    New,
    Waits,
    Writes,
}

impl WriteAll<'_> {
    fn write(&mut self) -> io::Result<()> {
        while !self.left.is_empty() {
            match self.socket.write(self.left) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => self.left = &self.left[written..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Future for WriteAll<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let State::Waits = self.state {
            self.socket.unwatch_writable();
            self.state = State::Writes;
        }
        match self.write() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if let State::New = self.state {
                    self.socket.watch_writable(cx.waker());
                    self.state = State::Waits;
                }
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }
}

impl Drop for WriteAll<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}
